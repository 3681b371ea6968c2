package remote

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// loopback lets a test's own servers through, and nothing else.
func loopback(a netip.AddrPort) bool { return a.Addr().IsLoopback() }

// client fetches from a test's servers.
func client(t *testing.T, o Options) *Client {
	t.Helper()
	if o.Permit == nil {
		o.Permit = loopback
	}
	o.AllowHTTP = true
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func get(t *testing.T, c *Client, raw string) (string, Answer, error) {
	t.Helper()
	u, err := Parse(raw)
	if err != nil {
		return "", Answer{}, err
	}
	var b bytes.Buffer
	a, err := c.Get(t.Context(), u, &b, nil)
	return b.String(), a, err
}

func codeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return "no *Error: " + err.Error()
	}
	return ""
}

func want(t *testing.T, err error, code string) *Error {
	t.Helper()
	if got := codeOf(err); got != code {
		t.Fatalf("%q (%v), want %q", got, err, code)
	}
	var e *Error
	errors.As(err, &e)
	return e
}

func TestGetBringsTheFile(t *testing.T) {
	var asked http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Clone()
		w.Header().Set("Content-Type", "image/PNG; x=y")
		w.Header().Set("Content-Disposition", `attachment; filename="a b.png"`)
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "1"})
		fmt.Fprint(w, "content")
	})
	c := client(t, Options{})
	for range 2 { // a cookie of the first answer must not come back
		body, a, err := get(t, c, s.URL+"/x?y=1#z")
		if err != nil || body != "content" {
			t.Fatalf("%q, %v", body, err)
		}
		if a.Type != "image/png" || a.Name != "a b.png" || a.Size != 7 || !a.Plain || a.Proxied || a.URL != s.URL+"/x?y=1" {
			t.Errorf("%+v", a)
		}
	}
	for name := range asked {
		switch name {
		case "User-Agent", "Accept", "Accept-Encoding":
		default:
			t.Errorf("the server was told %s: %q", name, asked[name])
		}
	}
	if asked.Get("User-Agent") != "mediadock" {
		t.Errorf("User-Agent %q", asked.Get("User-Agent"))
	}
}

func TestRedirectsAreFollowedWithoutTraces(t *testing.T) {
	var referer string
	var target *httptest.Server
	target = serve(t, func(w http.ResponseWriter, r *http.Request) {
		referer += r.Header.Get("Referer")
		if r.URL.Path == "/final" {
			fmt.Fprint(w, "there")
			return
		}
		n, _ := strconv.Atoi(r.URL.Path[1:])
		if n == 0 {
			http.Redirect(w, r, "/final", http.StatusFound)
			return
		}
		http.Redirect(w, r, fmt.Sprintf("%s/%d", target.URL, n-1), http.StatusMovedPermanently)
	})
	c := client(t, Options{})
	body, a, err := get(t, c, target.URL+"/9") // ten redirects
	if err != nil || body != "there" || !strings.HasSuffix(a.URL, "/final") || referer != "" {
		t.Errorf("%q from %s, Referer %q, %v", body, a.URL, referer, err)
	}
	_, _, err = get(t, c, target.URL+"/10")
	want(t, err, CodeRedirects)
	loop := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) })
	_, _, err = get(t, c, loop.URL+"/again")
	want(t, err, CodeRedirects)
	nowhere := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	_, _, err = get(t, c, nowhere.URL)
	want(t, err, CodeRedirect)
}

// A public server that sends on to where nobody from outside gets.
func TestRedirectsInsideAreRefused(t *testing.T) {
	var asked atomic.Int32
	for target, code := range map[string]string{
		"http://169.254.169.254/latest/meta-data/": CodeForbidden,
		"http://[fd00:ec2::254]/latest":            CodeForbidden,
		"http://[::ffff:169.254.169.254]/":         CodeForbidden,
		"http://10.0.0.1/":                         CodeAddress,
		"http://[64:ff9b::10.0.0.1]/":              CodeAddress,
		"http://2852039166/":                       CodeHost,
		"http://0xa9fea9fe/":                       CodeHost,
		"http://0251.0376.0251.0376/":              CodeHost,
		"http://user:pw@example.com/":              CodeUserinfo,
		"file:///etc/passwd":                       CodeScheme,
		"gopher://127.0.0.1:70/":                   CodeScheme,
		"http://127.0.0.1:22/":                     CodePort,
		"http://１６９.２５４.１６９.２５４/":                  CodeForbidden,
		"//169.254.169.254/x":                      CodeForbidden,
		"http://[fe80::1%25eth0]/":                 CodeHost,
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusFound)
		})
		_, _, err := get(t, client(t, Options{}), s.URL+"/start")
		if e := want(t, err, code); e.Args["from"] == "" {
			t.Errorf("%s: not said which URL led there", target)
		}
	}
	if asked.Load() != 15 {
		t.Errorf("asked %d times", asked.Load())
	}
}

// Without a policy of the test, the rules of the package refuse the test's own
// server, by address and by name.
func TestLoopbackIsRefused(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("was asked") })
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	c := New(Options{AllowHTTP: true})
	defer c.Close()
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.0.0.1."} {
		_, _, err := get(t, c, "http://"+host+":"+port+"/")
		want(t, err, CodeAddress)
	}
	open := New(Options{AllowHTTP: true, AllowPrivate: true})
	defer open.Close()
	for _, host := range []string{"169.254.169.254", "100.100.100.200", "168.63.129.16", "[fd00:ec2::254]", "224.0.0.1", "0.0.0.0"} {
		_, _, err := get(t, open, "http://"+host+"/")
		want(t, err, CodeForbidden)
	}
}

func TestPlainHTTPIsRefused(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("was asked") })
	c := New(Options{Permit: loopback})
	defer c.Close()
	_, _, err := get(t, c, s.URL)
	want(t, err, CodeHTTP)

	secure := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.URL, http.StatusFound)
	}))
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	c = New(Options{Permit: loopback, Roots: roots})
	defer c.Close()
	_, _, err = get(t, c, secure.URL)
	want(t, err, CodeHTTP)

	c = New(Options{Permit: loopback})
	defer c.Close()
	_, _, err = get(t, c, secure.URL)
	want(t, err, CodeTLS)
}

func TestSizeIsLimited(t *testing.T) {
	said := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "11")
		fmt.Fprint(w, "0123456789x")
	})
	unsaid := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush() // chunked
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<10)); err != nil {
				return
			}
		}
	})
	bomb := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(make([]byte, 1<<20))
		_ = z.Close()
	})
	c := client(t, Options{MaxBytes: 10})
	for _, s := range []*httptest.Server{said, unsaid, bomb} {
		_, _, err := get(t, c, s.URL)
		if e := want(t, err, CodeTooLarge); e.Args["limit"] != "10" {
			t.Errorf("limit %q", e.Args["limit"])
		}
	}
	body, _, err := get(t, client(t, Options{MaxBytes: 11}), said.URL)
	if err != nil || len(body) != 11 {
		t.Errorf("a file of the very limit: %d bytes, %v", len(body), err)
	}
}

func TestEncodedBodiesAreWhatPeopleMean(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, "plain")
	_ = z.Close()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", r.URL.Query().Get("e"))
		_, _ = w.Write(zipped.Bytes()[:zipped.Len()-len(r.URL.Query().Get("cut"))])
	})
	c := client(t, Options{})
	for path, expect := range map[string]string{
		"/a.txt?e=gzip": "plain", "/a?e=X-Gzip": "plain", "/a.txt?e=": zipped.String(), "/a.tar.gz?e=gzip": zipped.String(),
		"/a.svgz?e=gzip": zipped.String(), "/a.txt?e=aws-chunked": zipped.String(),
	} {
		if body, _, err := get(t, c, s.URL+path); err != nil || body != expect {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
	_, _, err := get(t, c, s.URL+"/a.txt?e=br")
	want(t, err, CodeEncoding)
	_, _, err = get(t, c, s.URL+"/a.txt?e=gzip&cut=xxx")
	want(t, err, CodeTruncated)
}

func TestWhatStopsComingIsGivenUp(t *testing.T) {
	hold := make(chan struct{})
	t.Cleanup(func() { close(hold) })
	header := serve(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	})
	body := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "begins")
		w.(http.Flusher).Flush()
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	})
	drip := serve(t, func(w http.ResponseWriter, r *http.Request) { // a byte now and then
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			if _, err := w.Write([]byte("x")); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	})
	c := client(t, Options{Times: Times{Header: 100 * time.Millisecond, Stall: time.Minute}})
	_, _, err := get(t, c, header.URL)
	want(t, err, CodeTimeout)
	c = client(t, Options{Times: Times{Header: time.Minute, Stall: 100 * time.Millisecond}})
	_, _, err = get(t, c, body.URL)
	want(t, err, CodeStalled)
	_, _, err = get(t, c, drip.URL)
	if e := want(t, err, CodeStalled); !e.Passing() {
		t.Error("is not tried again")
	}
}

func TestTruncatedIsNoFile(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "short")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	_, _, err := get(t, client(t, Options{}), s.URL)
	if e := want(t, err, CodeTruncated); !e.Passing() {
		t.Error("is not tried again")
	}
}

func TestStatusesAreTold(t *testing.T) {
	for status, code := range map[int]string{
		401: CodeDenied, 403: CodeDenied, 404: CodeMissing, 410: CodeMissing, 418: CodeStatus, 429: CodeBusy, 503: CodeBusy, 204: CodeStatus, 206: CodeStatus,
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(status)
		})
		_, _, err := get(t, client(t, Options{}), s.URL)
		e := want(t, err, code)
		if e.Args["status"] != strconv.Itoa(status) || (e.After == 7*time.Second) != (code == CodeBusy) {
			t.Errorf("%d: %+v", status, e)
		}
	}
}

func TestRetryAfterIsReadBothWays(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for v, expect := range map[string]time.Duration{
		"": 0, "x": 0, "-5": 0, "120": 2 * time.Minute, "Sun, 22 Nov 2026 10:00:30 GMT": 30 * time.Second, "Sun, 22 Nov 2026 09:00:00 GMT": 0,
	} {
		if got := retryAfter(v, now); got != expect {
			t.Errorf("%q: %s", v, got)
		}
	}
}

func TestErrorsOfTheDiskAreTold(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "content") })
	u, _ := Parse(s.URL)
	full := errors.New("no space left on device")
	_, err := client(t, Options{}).Get(t.Context(), u, writer(func([]byte) (int, error) { return 0, full }), nil)
	want(t, err, CodeWrite)
	if !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "begins")
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	u, _ := Parse(s.URL)
	_, err := client(t, Options{}).Get(ctx, u, io.Discard, nil)
	want(t, err, CodeAborted)
}

func TestLookReadsTheBeginningAlone(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	ranges := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "a.txt", time.Time{}, strings.NewReader(long))
	})
	whole := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(long)))
		_, _ = io.WriteString(w, long)
	})
	empty := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "a.txt", time.Time{}, strings.NewReader(""))
	})
	noHead := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
		_, _ = io.WriteString(w, "short")
	})
	c := client(t, Options{})
	for s, size := range map[*httptest.Server]int64{ranges: 1 << 20, whole: 1 << 20, empty: 0, noHead: 5} {
		u, _ := Parse(s.URL)
		a, err := c.Look(t.Context(), u)
		if err != nil || a.Size != size || len(a.Head) != int(min(size, HeadBytes)) {
			t.Errorf("%d bytes of %d, want %d: %v", len(a.Head), a.Size, size, err)
		}
	}
}

// Behind a proxy no address is known here, so hosts are judged by their names.
func TestBehindAProxyNamesDecide(t *testing.T) {
	var seen []string
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Host)
		if r.Method == http.MethodConnect {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprint(w, "by the proxy")
	})
	via, _ := url.Parse(proxy.URL)
	o := Options{Proxy: http.ProxyURL(via), Permit: func(netip.AddrPort) bool { return false }}
	c := client(t, o)
	body, a, err := get(t, c, "http://files.example.com/a.txt")
	if err != nil || body != "by the proxy" || !a.Proxied {
		t.Errorf("%q, %+v, %v", body, a, err)
	}
	_, _, err = get(t, c, "https://files.example.com/a.txt")
	want(t, err, CodeProxy)
	seen = nil
	strict := New(Options{Proxy: http.ProxyURL(via), AllowHTTP: true})
	defer strict.Close()
	for host, code := range map[string]string{
		"10.0.0.1": CodeAddress, "intranet": CodeAddress, "wiki.corp": CodeAddress, "a.internal.": CodeAddress, "localhost": CodeAddress,
		"metadata.google.internal": CodeForbidden, "169.254.169.254": CodeForbidden, "[::1]": CodeAddress,
	} {
		_, _, err := get(t, strict, "http://"+host+"/")
		want(t, err, code)
	}
	if len(seen) > 0 {
		t.Errorf("the proxy was asked for %q", seen)
	}
}
