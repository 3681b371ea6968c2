package cdn_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/cdn"
)

func TestInvalidate(t *testing.T) {
	for _, c := range []struct {
		viewer, path string
		gone         bool
	}{
		{"/media/a.txt", "/media/a.txt", true},
		{"/media/a.txt", "/media/a.txt*", true},
		{"/media/a.txt", "/media/*", true},
		{"/media/a.txt", "/*", true},
		{"/media/a.txt", "media/a.txt", false},  // no slash in front
		{"/media/a.txt", "/media/A.txt", false}, // another letter case
		{"/media/a.txt", "/media/a.tx", false},  // no asterisk
		{"/media/a.txt", "/*/a.txt", false},     // an asterisk within is itself
		{"/media/a*b.txt", "/media/a*b.txt", true},
		{"/media/%E6%97%A5.txt", "/media/%e6%97%a5.txt", true}, // the case of the digits does not matter
		{"/media/%E6%97%A5.txt", "/media/日.txt", false},        // what is not ASCII has to be encoded
		{"/media/a~b.txt", "/media/a%7Eb.txt", true},           // unsafe: to be encoded
		{"/media/a~b.txt", "/media/a~b.txt", false},
		{"/media/a(1)'!.txt", "/media/a(1)'!.txt", true}, // safe: not to be encoded
		{"/media/a(1)'!.txt", "/media/a%281%29'!.txt", false},
		{"/media/a%2Bb.txt", "/media/a+b.txt", false}, // another URL of the same key
		{"/media/a%2Bb.txt", "/media/a%2Bb.txt", true},
	} {
		r := newRig(t, grant, live())
		target := "https://media.example.com" + c.viewer
		first := r.do("GET", target)
		r.later(time.Second)
		if again := r.do("GET", target); again.Header.Get("Age") != "1" {
			t.Fatalf("%s is not cached: %d %v", c.viewer, again.StatusCode, again.Header)
		}
		r.cdn.Invalidate("EOTHER", []string{c.path})
		if again := r.do("GET", target); again.Header.Get("Age") != "1" {
			t.Fatalf("%s was invalidated in another distribution", c.viewer)
		}
		r.cdn.Invalidate("E2EXAMPLE", []string{"/none", c.path})
		if gone := r.do("GET", target).Header.Get("Age") == ""; gone != c.gone {
			t.Errorf("%s (%d): %s invalidates: %v, want %v", c.viewer, first.StatusCode, c.path, gone, c.gone)
		}
	}
}

// A cached error goes with an invalidation as well.
func TestInvalidateAnError(t *testing.T) {
	r := newRig(t, grant, live())
	target := "https://media.example.com/media/new.txt"
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
	r.write("PUT", "media/new.txt", "here")
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
	r.cdn.Invalidate("E2EXAMPLE", []string{"/media/new.txt"})
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "here")
}

func TestQueryStringsInTheCacheKey(t *testing.T) {
	d := live()
	d.QueryStrings = true
	r := newRig(t, grant, d)
	const target = "https://media.example.com/media/a.txt"
	for _, query := range []string{"", "?w=1", "?w=2"} {
		r.want(r.do("GET", target+query), 200, "Miss from cloudfront", "0123456789")
		r.want(r.do("GET", target+query), 200, "Hit from cloudfront", "0123456789")
	}
	r.cdn.Invalidate("E2EXAMPLE", []string{"/media/a.txt", "/media/a.txt?w=1"})
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "")
	r.want(r.do("GET", target+"?w=1"), 200, "Miss from cloudfront", "")
	r.want(r.do("GET", target+"?w=2"), 200, "Hit from cloudfront", "")
	r.cdn.Invalidate("E2EXAMPLE", []string{"/media/a.txt*"})
	r.want(r.do("GET", target+"?w=2"), 200, "Miss from cloudfront", "")
}

func TestErrorCachingIsConfigured(t *testing.T) {
	d, minute := live(), time.Minute
	d.ErrorCaching = &minute
	r := newRig(t, grant, d)
	target := "https://media.example.com/media/new.txt"
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
	r.write("PUT", "media/new.txt", "here")
	r.later(59 * time.Second)
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
	r.later(time.Second)
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "here")

	none := time.Duration(0)
	d.ErrorCaching = &none
	r = newRig(t, grant, d)
	r.want(r.do("GET", target), 403, "Error from cloudfront", "AccessDenied")
	r.write("PUT", "media/new.txt", "here")
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "here")
}

func TestErrorResponse(t *testing.T) {
	d := live()
	d.ErrorResponse = &account.ErrorResponse{Status: 200, Content: []byte("<!doctype html><title>App</title>")}
	r := newRig(t, grant, d)
	target := "https://media.example.com/media/none.txt"
	for _, age := range []string{"", "0"} {
		res := r.do("GET", target)
		r.want(res, 200, "Error from cloudfront", "<title>App") // told by this header alone
		if res.Header.Get("Content-Type") != "text/html" || res.Header.Get("Age") != age || res.Header.Get("X-Amz-Request-Id") != "" {
			t.Errorf("headers %v", res.Header)
		}
	}
	r.want(r.do("GET", "https://media.example.com/media/a.txt"), 200, "Miss from cloudfront", "0123456789")
	d.ErrorResponse = &account.ErrorResponse{Content: []byte("gone")}
	r = newRig(t, grant, d)
	r.want(r.do("GET", target), 403, "Error from cloudfront", "gone")
}

func TestBlocked(t *testing.T) {
	d := live()
	d.Blocked = true
	r := newRig(t, grant, d)
	res := r.do("GET", "https://media.example.com/media/a.txt")
	r.want(res, 403, "Error from cloudfront", "Request blocked.")
	if res.Header.Get("Server") != "CloudFront" || res.Header.Get("X-Amz-Request-Id") != "" {
		t.Errorf("headers %v", res.Header)
	}
}

func TestSigningNever(t *testing.T) {
	for signing, status := range map[string]int{"": 200, account.SignAlways: 200, account.SignNoOverride: 200, account.SignNever: 403} {
		d := live()
		d.Signing = signing
		if res := newRig(t, grant, d).do("GET", "https://media.example.com/media/a.txt"); res.StatusCode != status {
			t.Errorf("signing %q: %d, want %d", signing, res.StatusCode, status)
		}
	}
}

func TestOtherOrigins(t *testing.T) {
	const target = "https://media.example.com/media/a.txt"
	changed := func(domain string) account.Distribution {
		d := live()
		d.ID, d.OriginDomain = "E2EXAMPLE", domain
		d.Aliases, d.Certificate = []string{"media.example.com"}, []string{"media.example.com"}
		return d
	}
	r := newRig(t, grant, live())
	r.cdn.Configure(changed("assets.s3.amazonaws.com"))
	res := r.do("GET", target)
	r.want(res, 307, "Miss from cloudfront", "<Code>TemporaryRedirect</Code>")
	if got := res.Header.Get("Location"); got != "https://assets.s3.ap-northeast-1.amazonaws.com/media/a.txt" {
		t.Errorf("Location is %q", got)
	}

	r = newRig(t, grant, live())
	r.cdn.Configure(changed("assets.s3.ap-northeast-1.amazonaws.com"))
	r.want(r.do("GET", target), 200, "Miss from cloudfront", "0123456789")

	r = newRig(t, grant, live())
	r.cdn.Configure(changed("others.s3.ap-northeast-1.amazonaws.com"))
	r.want(r.do("GET", target), 404, "Error from cloudfront", "<BucketName>others</BucketName>")

	r = newRig(t, grant, live())
	r.cdn.Configure(changed("assets.s3-website-ap-northeast-1.amazonaws.com"))
	res = r.do("GET", target)
	r.want(res, 502, "Error from cloudfront", "wasn't able to resolve the origin domain name")
	if res.Header.Get("Server") != "CloudFront" {
		t.Errorf("headers %v", res.Header)
	}
}

func TestOriginThatIsNoBucket(t *testing.T) {
	d := live()
	d.ID, d.OriginDomain, d.Aliases = "E2", "www.example.com", []string{"media.example.com"}
	edge := cdn.New(account.Account{ID: home, Distributions: []account.Distribution{d}}, nil, cdn.Options{
		Origin: func(host string) http.Handler {
			if host != "www.example.com" {
				return nil
			}
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Server", "nginx")
				_, _ = io.WriteString(w, "page of "+r.URL.Path)
			})
		},
	})
	r := &rig{t: t, cdn: edge}
	res := r.do("GET", "https://media.example.com/x")
	r.want(res, 200, "Miss from cloudfront", "page of /x")
	if res.Header.Get("Server") != "nginx" || !strings.Contains(res.Header.Get("Via"), "CloudFront") {
		t.Errorf("headers %v", res.Header)
	}
}

// What changes takes effect at once; what is cached stays.
func TestConfigure(t *testing.T) {
	r := newRig(t, grant, live())
	r.want(r.do("GET", "https://media.example.com/media/a.txt"), 200, "Miss from cloudfront", "")
	d := live()
	d.ID, d.OriginBucket, d.Aliases, d.Certificate = "E2EXAMPLE", "assets", []string{"cdn.example.com"}, []string{"cdn.example.com"}
	r.cdn.Configure(d)
	if r.cdn.Serves("media.example.com") {
		t.Error("the old alias still leads here")
	}
	r.want(r.do("GET", "https://cdn.example.com/media/a.txt"), 200, "Hit from cloudfront", "")
	d.ID, d.Aliases = "E3", []string{"new.example.com"}
	r.cdn.Configure(d)
	r.want(r.do("GET", "https://new.example.com/media/a.txt"), 403, "Error from cloudfront", "AccessDenied")
	r.want(r.do("GET", "https://cdn.example.com/media/a.txt"), 200, "Hit from cloudfront", "")
}
