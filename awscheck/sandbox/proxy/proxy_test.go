package proxy_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck/sandbox/proxy"
)

// start runs a proxy that knows media.example.com and the buckets of one
// Region, and returns a client that goes through it.
func start(t *testing.T) (*http.Client, *url.URL) {
	t.Helper()
	ca, err := proxy.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	p := proxy.New(proxy.Options{
		CA: ca,
		Handler: func(host string) http.Handler {
			if host != "media.example.com" && host != "mismatch.example.com" && !strings.HasSuffix(host, ".s3.ap-northeast-1.amazonaws.com") {
				return nil
			}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				fmt.Fprintf(w, "%s %s %s tls=%v host=%s body=%s", r.Method, r.Host, r.URL.RequestURI(), r.TLS != nil, host, body)
			})
		},
		Names: func(host string) []string {
			switch {
			case host == "mismatch.example.com":
				return []string{"*.cloudfront.net"}
			case strings.HasSuffix(host, "amazonaws.com"):
				return []string{"*.s3.ap-northeast-1.amazonaws.com"}
			}
			return nil
		},
	})
	srv := httptest.NewServer(p)
	u, _ := url.Parse(srv.URL)
	transport := &http.Transport{Proxy: http.ProxyURL(u), TLSClientConfig: &tls.Config{RootCAs: ca.Pool()}}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := p.Close(ctx); err != nil {
			t.Errorf("closing: %v", err)
		}
		srv.Close()
		goleak.VerifyNone(t)
	})
	return &http.Client{Transport: transport}, u
}

func get(t *testing.T, c *http.Client, target string) (int, string) {
	t.Helper()
	res, err := c.Get(target)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestOwnHosts(t *testing.T) {
	c, _ := start(t)
	for target, want := range map[string]string{
		"https://media.example.com/a%20b?x=1":              "GET media.example.com /a%20b?x=1 tls=true host=media.example.com body=",
		"http://media.example.com/a%20b?x=1":               "GET media.example.com /a%20b?x=1 tls=false host=media.example.com body=",
		"https://assets.s3.ap-northeast-1.amazonaws.com/k": "GET assets.s3.ap-northeast-1.amazonaws.com /k tls=true host=assets.s3.ap-northeast-1.amazonaws.com body=",
		"https://MEDIA.example.com/":                       "GET MEDIA.example.com / tls=true host=media.example.com body=",
	} {
		if status, body := get(t, c, target); status != 200 || body != want {
			t.Errorf("%s: %d %q, want %q", target, status, body, want)
		}
	}
}

func TestOtherHostsDoNotExist(t *testing.T) {
	c, u := start(t)
	if status, body := get(t, c, "http://www.example.org/"); status != 502 || strings.TrimSpace(body) != "no such host" {
		t.Errorf("plain: %d %q", status, body)
	}
	_, err := c.Get("https://www.example.org/")
	if err == nil || !strings.Contains(err.Error(), "no such host") {
		t.Errorf("CONNECT: %v", err)
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "CONNECT www.example.org:443 HTTP/1.1\r\nHost: www.example.org:443\r\n\r\n")
	answer, _ := io.ReadAll(conn)
	if !strings.HasPrefix(string(answer), "HTTP/1.1 502 no such host\r\n") || !strings.HasSuffix(string(answer), "\r\n\r\nno such host\n") {
		t.Errorf("raw: %q", answer)
	}
}

func TestOtherPortsAreClosed(t *testing.T) {
	c, _ := start(t)
	_, err := c.Get("https://media.example.com:8443/")
	if err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("port 8443: %v", err)
	}
}

func TestCertificateNames(t *testing.T) {
	c, _ := start(t)
	for _, host := range []string{"mismatch.example.com", "dotted.bucket.s3.ap-northeast-1.amazonaws.com"} {
		_, err := c.Get("https://" + host + "/")
		var wrong x509.HostnameError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestUntrustedAuthority(t *testing.T) {
	c, _ := start(t)
	c.Transport.(*http.Transport).TLSClientConfig.RootCAs = x509.NewCertPool()
	_, err := c.Get("https://media.example.com/")
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		t.Errorf("got %v", err)
	}
}

// A client may send its hello, or a whole plain request, before it has seen
// that the tunnel stands.
func TestEarlyBytes(t *testing.T) {
	_, u := start(t)
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "CONNECT media.example.com:80 HTTP/1.1\r\nHost: media.example.com:80\r\n\r\n"+
		"GET /early HTTP/1.1\r\nHost: media.example.com\r\nConnection: close\r\n\r\n")
	br := bufio.NewReader(conn)
	if res, err := http.ReadResponse(br, &http.Request{Method: "CONNECT"}); err != nil || res.StatusCode != 200 {
		t.Fatalf("CONNECT: %v %v", res, err)
	}
	res, err := http.ReadResponse(br, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); !strings.HasPrefix(string(body), "GET media.example.com /early tls=false") {
		t.Errorf("got %q", body)
	}
}

func TestManyClients(t *testing.T) {
	c, _ := start(t)
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			target := fmt.Sprintf("https://b%d.s3.ap-northeast-1.amazonaws.com/%d", i%8, i)
			res, err := c.Post(target, "text/plain", strings.NewReader("x"))
			if err != nil {
				t.Error(err)
				return
			}
			defer res.Body.Close()
			if body, _ := io.ReadAll(res.Body); !strings.HasSuffix(string(body), "body=x") {
				t.Errorf("%s: %q", target, body)
			}
		})
	}
	wg.Wait()
}

func TestAuthority(t *testing.T) {
	ca, err := proxy.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := ca.Certificate("b.example.com", "a.example.com", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := ca.Certificate("127.0.0.1", "a.example.com", "b.example.com", "a.example.com")
	if again != leaf {
		t.Error("the same names gave another certificate")
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca.PEM()) {
		t.Fatal("the PEM holds no certificate")
	}
	for _, name := range []string{"a.example.com", "b.example.com", "127.0.0.1"} {
		if _, err := leaf.Leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: pool}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := leaf.Leaf.Verify(x509.VerifyOptions{DNSName: "c.example.com", Roots: pool}); err == nil {
		t.Error("a name that is not on it passed")
	}
	if _, err := ca.Certificate(); err == nil {
		t.Error("a certificate without a name")
	}
}
