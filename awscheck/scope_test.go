package awscheck

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
)

// forgetful is an S3 endpoint that lets everybody do everything and heeds
// only what it is told to.
type forgetful struct {
	conditions bool // If-Match
	uploads    bool // that a part needs an upload
	markers    bool // deletions write delete markers

	mu      sync.Mutex
	objects map[string]bool
	put     []string // keys that were stored at some time
	deleted []string
}

func (f *forgetful) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, _ = io.Copy(io.Discard, r.Body)
	key := strings.TrimPrefix(r.URL.Path, "/"+testBucket+"/")
	refuse := func(status int, code string) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "<Error><Code>"+code+"</Code><Message>m</Message></Error>")
	}
	switch {
	case r.Method == http.MethodPut && r.URL.Query().Has("uploadId") && f.uploads:
		refuse(404, "NoSuchUpload")
	case r.Method == http.MethodPut && r.Header.Get("If-Match") != "" && f.conditions:
		refuse(412, "PreconditionFailed")
	case r.Method == http.MethodPut:
		f.objects[key] = true
		f.put = append(f.put, key)
		w.Header().Set("ETag", `"e"`)
	case r.Method == http.MethodDelete && !f.objects[key] && f.conditions:
		refuse(412, "PreconditionFailed")
	case r.Method == http.MethodDelete:
		delete(f.objects, key)
		f.deleted = append(f.deleted, key)
		if f.markers {
			w.Header().Set("X-Amz-Delete-Marker", "true")
			w.Header().Set("X-Amz-Version-Id", "v")
		}
		w.WriteHeader(204)
	case f.objects[key]:
	default:
		refuse(404, "NoSuchKey")
	}
}

func (f *forgetful) outside(keys []string) (n int) {
	for _, key := range keys {
		if !strings.HasPrefix(key, "media/") {
			n++
		}
	}
	return n
}

// What an endpoint might store is tried inside the prefix first, and outside
// only where it is certain that nothing comes of it, or the person asked.
func TestScopeChangesNothing(t *testing.T) {
	for _, c := range []struct {
		name      string
		endpoint  *forgetful
		writes    bool
		reason    string
		put, gone int // outside
	}{
		{name: "conditions are heeded", endpoint: &forgetful{conditions: true, uploads: true}, reason: "wide"},
		{name: "conditions are not, uploads are", endpoint: &forgetful{uploads: true}, reason: "wide", gone: 2},
		{name: "nothing is heeded", endpoint: &forgetful{}, reason: "wide", gone: 2},
		{name: "markers are written", endpoint: &forgetful{markers: true}, reason: "wide"},
		{name: "nothing is heeded, and writing is asked for", endpoint: &forgetful{}, writes: true, reason: "wide", put: 2, gone: 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.endpoint.objects = map[string]bool{}
			server := httptest.NewServer(c.endpoint)
			defer server.Close()
			source := connect.FromParts(connect.Parts{
				Endpoint: server.URL, Region: "us-east-1", AccessKeyID: "AKIA", SecretAccessKey: "s", MaxBackoff: time.Millisecond,
			})
			defer source.Close()
			target := roleTarget()
			target.Access = "caller"
			x := newTest(target, Options{Source: source, ScopeWrites: c.writes})
			defer x.close()
			o := scopePrefix(context.Background(), x)
			if o.what != c.reason {
				t.Errorf("%s %s %v", o.status, o.what, o.args)
			}
			if got := c.endpoint.outside(c.endpoint.put); got != c.put {
				t.Errorf("%d uploads outside: %v", got, c.endpoint.put)
			}
			if got := c.endpoint.outside(c.endpoint.deleted); got != c.gone {
				t.Errorf("%d deletions outside: %v", got, c.endpoint.deleted)
			}
			if len(c.endpoint.objects) != 0 || len(x.ledger.pending()) != 0 {
				t.Errorf("left: %v, in the ledger %v", c.endpoint.objects, x.ledger.pending())
			}
		})
	}
}

// What was not tried is not said to be refused.
func TestScopeNotTriedIsNoPass(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(method string, u *url.URL) bool // refused
		want   outcome
	}{
		"all is refused": {func(string, *url.URL) bool { return true }, outcome{status: Pass, what: "pass"}},
		"reading is refused, uploads cannot be tried": {
			func(method string, _ *url.URL) bool { return method != http.MethodPut },
			outcome{status: Inconclusive, what: "untried"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				inside := strings.HasPrefix(r.URL.Path, "/"+testBucket+"/media/")
				if !inside && c.answer(r.Method, r.URL) || inside && r.Method == http.MethodPut && name == "all is refused" {
					w.WriteHeader(403)
					_, _ = io.WriteString(w, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
					return
				}
				if r.Method == http.MethodPut && !inside {
					t.Errorf("an upload outside was tried: %s", r.URL)
				}
				w.Header().Set("ETag", `"e"`)
			}))
			defer server.Close()
			source := connect.FromParts(connect.Parts{Endpoint: server.URL, Region: "us-east-1", AccessKeyID: "AKIA", SecretAccessKey: "s", MaxBackoff: time.Millisecond})
			defer source.Close()
			target := roleTarget()
			target.Access = "caller"
			x := newTest(target, Options{Source: source})
			defer x.close()
			if o := scopePrefix(context.Background(), x); o.status != c.want.status || o.what != c.want.what {
				t.Errorf("%s %s, want %s %s", o.status, o.what, c.want.status, c.want.what)
			}
		})
	}
}

// What the role may see besides is told, and holds nothing up.
func TestScopeNotes(t *testing.T) {
	more := objectsGrant + `        - {Effect: Allow, Action: ["s3:ListAllMyBuckets", "s3:GetBucketPolicy"], Resource: "*"}` + "\n"
	w := start(t, edited(t, documentedAccount, []edit{{objectsGrant, more}}))
	r := w.run(roleTarget(), Options{})
	row := rowOf(t, r, "scope.prefix")
	for _, id := range []string{"scope-list-wide", "scope-list-buckets", "scope-reads-policy"} {
		want{status: Pass, note: id}.check(t, row)
	}
	if r.Verdict != Ready {
		t.Errorf("verdict %s", r.Verdict)
	}
}
