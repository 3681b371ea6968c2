package cdn_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/cdn"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

const (
	home  = "123456789012"
	grant = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},
	  "Action":"s3:GetObject","Resource":"arn:aws:s3:::assets/media/*",
	  "Condition":{"StringEquals":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"}}}]}`
	open = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::assets/media/*"}]}`
)

type rig struct {
	t   *testing.T
	s3  *s3.Server
	cdn *cdn.Server
	mu  sync.Mutex
	at  time.Time
}

func (r *rig) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

func (r *rig) later(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

func newRig(t *testing.T, bucketPolicy string, d account.Distribution) *rig {
	t.Helper()
	doc, err := policy.Parse([]byte(bucketPolicy))
	if err != nil {
		t.Fatal(err)
	}
	d.ID, d.OriginBucket = "E2EXAMPLE", "assets"
	d.Aliases, d.Certificate = []string{"media.example.com"}, []string{"media.example.com", "*.more.example.com"}
	acct := account.Account{
		ID: home, Distributions: []account.Distribution{d},
		Buckets: []account.Bucket{{
			Name: "assets", Region: "ap-northeast-1", Owner: home, Policy: &doc,
			Objects: []account.Object{
				{Key: "media/a.txt", Content: []byte("0123456789"), ContentType: "text/plain"},
				{Key: "media/big.bin", Size: 300 << 20},
				{Key: "private/x.txt", Content: []byte("x")},
			},
		}},
	}
	r := &rig{t: t, at: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}
	r.s3 = s3.New(acct, s3.Options{Now: r.now})
	r.cdn = cdn.New(acct, r.s3, cdn.Options{Now: r.now})
	return r
}

func live() account.Distribution {
	return account.Distribution{Enabled: true, Deployed: true, OriginAccessControl: true, CacheTTL: 24 * time.Hour}
}

func (r *rig) do(method, target string, headers ...string) *http.Response {
	r.t.Helper()
	req := httptest.NewRequest(method, target, nil)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	r.cdn.ServeHTTP(w, req)
	return w.Result()
}

func (r *rig) want(res *http.Response, status int, cache, body string) {
	r.t.Helper()
	data, _ := io.ReadAll(res.Body)
	if res.StatusCode != status || res.Header.Get("X-Cache") != cache || !strings.Contains(string(data), body) {
		r.t.Fatalf("got %d %q %q, want %d %q %q", res.StatusCode, res.Header.Get("X-Cache"), data, status, cache, body)
	}
}

func (r *rig) write(method, key, body string, headers ...string) {
	r.t.Helper()
	req := httptest.NewRequest(method, "http://127.0.0.1/assets/"+key, strings.NewReader(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	all := policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}}}}
	w := httptest.NewRecorder()
	r.s3.ServeHTTP(w, req.WithContext(access.WithCaller(req.Context(), access.Caller{
		Principal: policy.Principal{Kind: policy.User, Account: home, ARN: "arn:aws:iam::" + home + ":user/u"}, Identity: []policy.Document{all},
	})))
	if w.Code >= 300 {
		r.t.Fatalf("%s %s: %d %s", method, key, w.Code, w.Body)
	}
}

func TestHitMissAndHeaders(t *testing.T) {
	r := newRig(t, grant, live())
	for _, host := range []string{"media.example.com", "MEDIA.example.com:443", "d2example.cloudfront.net"} {
		r.later(time.Hour * 48)
		res := r.do("GET", "https://"+host+"/media/a.txt?v=1")
		r.want(res, 200, res.Header.Get("X-Cache"), "0123456789")
		r.later(90 * time.Second)
		res = r.do("GET", "https://"+host+"/media/a.txt?v=2") // the query is no part of the cache key
		r.want(res, 200, "Hit from cloudfront", "0123456789")
		for name, want := range map[string]string{
			"Age": "90", "Content-Type": "text/plain", "Content-Length": "10", "Server": "AmazonS3", "X-Amz-Cf-Pop": "NRT57-P1",
			"X-Amz-Request-Id": "", "Accept-Ranges": "bytes", "X-Amz-Server-Side-Encryption": "AES256",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", host, name, got, want)
			}
		}
		if via := res.Header.Get("Via"); !strings.HasSuffix(via, ".cloudfront.net (CloudFront)") {
			t.Errorf("Via is %q", via)
		}
		if res.Header.Get("X-Amz-Cf-Id") == "" {
			t.Error("no X-Amz-Cf-Id")
		}
	}
}

func TestRefusedByOrigin(t *testing.T) {
	r := newRig(t, grant, live())
	res := r.do("GET", "https://media.example.com/private/x.txt")
	r.want(res, 403, "Error from cloudfront", "<Code>AccessDenied</Code>")
	if res.Header.Get("Server") != "AmazonS3" || res.Header.Get("X-Amz-Request-Id") == "" {
		t.Errorf("the origin's headers are missing: %v", res.Header)
	}
	r.want(r.do("GET", "https://media.example.com/media/none.txt"), 403, "Error from cloudfront", "AccessDenied")
	r.want(r.do("GET", "https://media.example.com/"), 403, "Error from cloudfront", "AccessDenied")
}

func TestOriginAccess(t *testing.T) {
	stranger := live()
	stranger.OriginAccessControl = false
	for name, c := range map[string]struct {
		policy string
		d      account.Distribution
		status int
	}{
		"control and grant":              {grant, live(), 200},
		"grant, no control":              {grant, stranger, 403},
		"grant for another distribution": {strings.Replace(grant, "E2EXAMPLE", "E2OTHER", 1), live(), 403},
		"grant for another account":      {strings.Replace(grant, "cloudfront::123456789012", "cloudfront::111122223333", 1), live(), 403},
		"open bucket, no control":        {open, stranger, 200},
		"open bucket and control":        {open, live(), 200},
	} {
		r := newRig(t, c.policy, c.d)
		if res := r.do("GET", "https://media.example.com/media/a.txt"); res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", name, res.StatusCode, c.status)
		}
	}
}

func TestOwnErrorPage(t *testing.T) {
	off, fresh := live(), live()
	off.Enabled, fresh.Deployed = false, false
	for name, c := range map[string]struct {
		d      account.Distribution
		method string
		host   string
		text   string
	}{
		"unknown alias": {live(), "GET", "x.more.example.com", "Bad request."},
		"disabled":      {off, "GET", "media.example.com", "Bad request."},
		"not deployed":  {fresh, "GET", "media.example.com", "Bad request."},
		"method":        {live(), "POST", "media.example.com", "supports only cachable requests"},
	} {
		r := newRig(t, grant, c.d)
		res := r.do(c.method, "https://"+c.host+"/media/a.txt")
		r.want(res, 403, "Error from cloudfront", c.text)
		if res.Header.Get("Server") != "CloudFront" || res.Header.Get("Content-Type") != "text/html" || res.Header.Get("X-Amz-Request-Id") != "" {
			t.Errorf("%s: %v", name, res.Header)
		}
	}
}

func TestErrorsAreCachedTenSeconds(t *testing.T) {
	r := newRig(t, open, live())
	target := "https://media.example.com/media/new.txt"
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
	r.write("PUT", "media/new.txt", "here")
	r.later(9 * time.Second)
	res := r.do("GET", target)
	r.want(res, 403, "Error from cloudfront", "AccessDenied")
	if res.Header.Get("Age") != "9" {
		t.Errorf("Age is %q", res.Header.Get("Age"))
	}
	r.later(time.Second)
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "here")
}

func TestStaleUntilTTL(t *testing.T) {
	r := newRig(t, grant, live())
	target := "https://media.example.com/media/a.txt"
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "0123456789")
	r.write("DELETE", "media/a.txt", "")
	r.later(24*time.Hour - time.Second)
	r.want(r.do("GET", target), 200, "Hit from cloudfront", "0123456789") // deleted, and still served
	r.later(time.Second)
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
}

func TestRefreshHit(t *testing.T) {
	r := newRig(t, grant, live())
	target := "https://media.example.com/media/a.txt"
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "0123456789")
	r.later(25 * time.Hour)
	r.want(r.do("GET", target), 200, "RefreshHit from cloudfront", "0123456789")
	r.want(r.do("GET", target), 200, "Hit from cloudfront", "0123456789")
	r.write("PUT", "media/a.txt", "changed")
	r.later(25 * time.Hour)
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "changed")
}

func TestCacheControlOfTheObject(t *testing.T) {
	for _, c := range []struct {
		header string
		keep   time.Duration
	}{
		{"Cache-Control: max-age=60", time.Minute},
		{"Cache-Control: public, max-age=60, s-maxage=120", 2 * time.Minute},
		{"Cache-Control: no-store", 0},
		{"Expires: Sat, 21 Nov 2026 09:00:30 GMT", 30 * time.Second},
	} {
		r := newRig(t, grant, live())
		r.write("PUT", "media/c.txt", c.header, c.header)
		target := "https://media.example.com/media/c.txt"
		r.want(r.do("GET", target), 200, "Miss from cloudfront", c.header)
		if c.keep > 0 {
			r.later(c.keep - time.Second)
			r.want(r.do("GET", target), 200, "Hit from cloudfront", c.header)
			r.later(time.Second)
		}
		if got := r.do("GET", target).Header.Get("X-Cache"); got == "Hit from cloudfront" {
			t.Errorf("%s: still a hit after %s", c.header, c.keep)
		}
	}
}

func TestRangesAndConditionsFromCache(t *testing.T) {
	r := newRig(t, grant, live())
	target := "https://media.example.com/media/a.txt"
	etag := r.do("GET", target).Header.Get("ETag")
	res := r.do("GET", target, "Range: bytes=2-4")
	r.want(res, 206, "Hit from cloudfront", "234")
	if got := res.Header.Get("Content-Range"); got != "bytes 2-4/10" {
		t.Errorf("Content-Range is %q", got)
	}
	r.want(r.do("GET", target, "Range: bytes=-3"), 206, "Hit from cloudfront", "789")
	r.want(r.do("GET", target, "If-None-Match: "+etag), 304, "Hit from cloudfront", "")
	r.want(r.do("GET", target, "If-Modified-Since: Sat, 21 Nov 2026 09:00:00 GMT"), 304, "Hit from cloudfront", "")
	head := r.do("HEAD", target)
	r.want(head, 200, "Hit from cloudfront", "")
	if head.Header.Get("Content-Length") != "10" {
		t.Errorf("HEAD has length %q", head.Header.Get("Content-Length"))
	}
	if res := r.do("GET", target, "Range: bytes=90-"); res.StatusCode != 416 {
		t.Errorf("got %d for a range that is not there", res.StatusCode)
	}
}

func TestTooBigForTheCache(t *testing.T) {
	r := newRig(t, grant, live())
	target := "https://media.example.com/media/big.bin"
	for range 2 {
		res := r.do("GET", target, "Range: bytes=314572799-")
		if data, _ := io.ReadAll(res.Body); res.StatusCode != 206 || len(data) != 1 || res.Header.Get("X-Cache") != "Miss from cloudfront" {
			t.Errorf("got %d, %d bytes, %q", res.StatusCode, len(data), res.Header.Get("X-Cache"))
		}
	}
	res := r.do("HEAD", target)
	if res.StatusCode != 200 || res.Header.Get("Content-Length") != fmt.Sprint(300<<20) {
		t.Errorf("HEAD: %d %v", res.StatusCode, res.Header)
	}
}

func TestOriginPath(t *testing.T) {
	d := live()
	d.OriginPath = "/media"
	r := newRig(t, grant, d)
	r.want(r.do("GET", "https://media.example.com/a.txt"), 200, "Miss from cloudfront", "0123456789")
	r.want(r.do("GET", "https://media.example.com/media/a.txt"), 403, "Error from cloudfront", "AccessDenied") // media/media/a.txt
}

func TestHostsAndCertificates(t *testing.T) {
	r := newRig(t, grant, live())
	for host, want := range map[string][]string{
		"media.example.com":        {"media.example.com", "*.more.example.com"},
		"x.more.example.com":       {"media.example.com", "*.more.example.com"},
		"d2example.cloudfront.net": {"*.cloudfront.net", "cloudfront.net"},
	} {
		if !r.cdn.Serves(host) || !slices.Equal(r.cdn.CertificateNames(host), want) {
			t.Errorf("%s: %v %v", host, r.cdn.Serves(host), r.cdn.CertificateNames(host))
		}
	}
	for _, host := range []string{"a.b.more.example.com", "dother.cloudfront.net", "example.com", "more.example.com"} {
		if r.cdn.Serves(host) {
			t.Errorf("%s leads to the edge", host)
		}
	}
}

func TestManyViewers(t *testing.T) {
	r := newRig(t, grant, live())
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			if i%8 == 0 {
				r.later(25 * time.Hour)
			}
			req := httptest.NewRequest("GET", "https://media.example.com/media/a.txt", nil)
			w := httptest.NewRecorder()
			r.cdn.ServeHTTP(w, req)
			if w.Code != 200 || w.Body.String() != "0123456789" {
				t.Errorf("got %d %q", w.Code, w.Body)
			}
		})
	}
	wg.Wait()
}
