package access_test

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
)

func TestCallerTravels(t *testing.T) {
	c := access.Caller{AccessKeyID: "AKIA", Principal: policy.Principal{ARN: "arn"}}
	if got := access.CallerFrom(access.WithCaller(context.Background(), c)); got.AccessKeyID != "AKIA" || got.Principal.ARN != "arn" {
		t.Errorf("%+v", got)
	}
	if got := access.CallerFrom(context.Background()); got.Principal.Kind != policy.Anonymous || got.AccessKeyID != "" {
		t.Errorf("%+v", got)
	}
}

func TestRequestKeys(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "[2001:db8::1]:4711"
	r.Header.Set("User-Agent", "agent/1")
	r.Header.Set("Referer", "https://example.com/")
	at := time.Date(2026, 11, 21, 18, 0, 0, 0, time.FixedZone("JST", 9*3600))
	want := map[string]string{
		"aws:currenttime": "2026-11-21T09:00:00Z", "aws:epochtime": "1795251600", "aws:securetransport": "true",
		"aws:sourceip": "2001:db8::1", "aws:useragent": "agent/1", "aws:referer": "https://example.com/",
	}
	got := access.RequestKeys(r, at)
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
	for k, v := range want {
		if len(got[k]) != 1 || got[k][0] != v {
			t.Errorf("%s: got %v, want %s", k, got[k], v)
		}
	}
	bare := httptest.NewRequest(http.MethodGet, "/", nil)
	bare.RemoteAddr = "@"
	for _, k := range []string{"aws:sourceip", "aws:useragent", "aws:referer"} {
		if v, ok := access.RequestKeys(bare, at)[k]; ok {
			t.Errorf("%s is there: %v", k, v)
		}
	}
}

func TestSecureTransport(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if !access.SecureTransport(r) {
		t.Error("the endpoint on loopback stands for HTTPS")
	}
	plain := r.WithContext(access.WithPlainProxied(r.Context()))
	if access.SecureTransport(plain) {
		t.Error("plain HTTP through the proxy is no HTTPS")
	}
	plain.TLS = &tls.ConnectionState{}
	if !access.SecureTransport(plain) {
		t.Error("TLS is TLS")
	}
}
