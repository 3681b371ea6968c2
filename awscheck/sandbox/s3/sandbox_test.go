package s3_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

const (
	home    = "123456789012"
	foreign = "999988887777"
)

// instant is the sandbox's clock in these tests.
var instant = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// clock is a settable clock.
type clock struct{ now time.Time }

// document parses a policy.
func document(t testing.TB, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// allowing is a policy with one statement.
func allowing(t testing.TB, resource string, actions ...string) policy.Document {
	t.Helper()
	return policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Effect: policy.Allow, Action: actions, Resource: []string{resource},
	}}}
}

// role is a session of a role of the account that owns the buckets.
func role(docs ...policy.Document) access.Caller {
	return access.Caller{
		Principal: policy.Principal{
			Kind: policy.AssumedRole, Account: home, ARN: "arn:aws:sts::" + home + ":assumed-role/MediaRole/s",
			RoleARN: "arn:aws:iam::" + home + ":role/MediaRole", UserID: "AROAEXAMPLE:s",
		},
		Identity: docs,
	}
}

// stranger is a user of another account.
func stranger(docs ...policy.Document) access.Caller {
	return access.Caller{
		Principal: policy.Principal{Kind: policy.User, Account: foreign, ARN: "arn:aws:iam::" + foreign + ":user/vendor", UserID: "AIDAEXAMPLE"},
		Identity:  docs,
	}
}

// admin may do everything in the buckets' account.
func admin(t testing.TB) access.Caller { return role(allowing(t, "*", "s3:*", "kms:*")) }

var anonymous = access.Caller{}

// rig is a server under test.
type rig struct {
	t   testing.TB
	srv *s3.Server
	clk *clock
}

func bucketNamed(name string, change ...func(*account.Bucket)) account.Bucket {
	b := account.Bucket{
		Name: name, Region: "ap-northeast-1", Owner: home,
		PublicAccessBlock: account.PublicAccessBlock{BlockPublicACLs: true, IgnorePublicACLs: true, BlockPublicPolicy: true, RestrictPublicBuckets: true},
		ObjectOwnership:   "BucketOwnerEnforced",
		Encryption:        account.Encryption{Algorithm: "AES256"},
	}
	for _, f := range change {
		f(&b)
	}
	return b
}

func newRig(t testing.TB, buckets ...account.Bucket) *rig {
	return newAccountRig(t, account.Account{ID: home, Buckets: buckets})
}

func newAccountRig(t testing.TB, acct account.Account) *rig {
	clk := &clock{instant}
	return &rig{t: t, clk: clk, srv: s3.New(acct, s3.Options{Now: func() time.Time { return clk.now }})}
}

// answer is a response that was read to its end.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

// do sends a request as caller. Headers are "Name: value".
func (r *rig) do(caller access.Caller, method, target, body string, headers ...string) answer {
	r.t.Helper()
	req := httptest.NewRequest(method, "http://127.0.0.1:9"+target, strings.NewReader(body))
	req.ContentLength = int64(len(body))
	return r.send(caller, req, headers...)
}

func (r *rig) send(caller access.Caller, req *http.Request, headers ...string) answer {
	r.t.Helper()
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if strings.EqualFold(name, "Host") {
			req.Host = value
			continue
		}
		req.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	r.srv.ServeHTTP(w, req.WithContext(access.WithCaller(req.Context(), caller)))
	res := w.Result()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer{r.t, res.StatusCode, res.Header, string(data)}
}

// as sends a request in the context ctx.
func (r *rig) as(ctx context.Context, method, target string) answer {
	r.t.Helper()
	w := httptest.NewRecorder()
	r.srv.ServeHTTP(w, httptest.NewRequest(method, "http://127.0.0.1:9"+target, nil).WithContext(ctx))
	return answer{r.t, w.Code, w.Header(), w.Body.String()}
}

// want fails the test unless the status, and with an error the code, is so.
func (a answer) want(status int, code string) answer {
	a.t.Helper()
	if a.status != status || a.code() != code {
		a.t.Fatalf("got %d %q, want %d %q\n%s", a.status, a.code(), status, code, a.body)
	}
	return a
}

// contains fails the test unless the body holds the text.
func (a answer) contains(text string) answer {
	a.t.Helper()
	if !strings.Contains(a.body, text) {
		a.t.Fatalf("%q is not in:\n%s", text, a.body)
	}
	return a
}

func (a answer) lacks(text string) answer {
	a.t.Helper()
	if strings.Contains(a.body, text) {
		a.t.Fatalf("%q is in:\n%s", text, a.body)
	}
	return a
}

// has fails the test unless the header has that value.
func (a answer) has(name, value string) answer {
	a.t.Helper()
	if got := a.value(name); got != value {
		a.t.Fatalf("header %s is %q, want %q", name, got, value)
	}
	return a
}

// value is a header whatever its letters' case.
func (a answer) value(name string) string {
	for k, v := range a.header {
		if strings.EqualFold(k, name) {
			return strings.Join(v, ",")
		}
	}
	return ""
}

func (a answer) code() string {
	var e struct {
		XMLName xml.Name
		Code    string
	}
	if xml.Unmarshal([]byte(a.body), &e) != nil || e.XMLName.Local != "Error" {
		return ""
	}
	return e.Code
}

// parse decodes the body.
func parse[T any](a answer) T {
	a.t.Helper()
	var out T
	if err := xml.NewDecoder(bytes.NewReader([]byte(a.body))).Decode(&out); err != nil {
		a.t.Fatalf("%v in %s", err, a.body)
	}
	return out
}

type listed struct {
	Contents []struct {
		Key, ETag string
		Size      int64
	}
	CommonPrefixes        []struct{ Prefix string }
	IsTruncated           bool
	KeyCount, MaxKeys     int
	NextContinuationToken string
	NextMarker            string
}

func (l listed) keys() (keys []string) {
	for _, c := range l.Contents {
		keys = append(keys, c.Key)
	}
	return keys
}

func (l listed) prefixes() (prefixes []string) {
	for _, c := range l.CommonPrefixes {
		prefixes = append(prefixes, c.Prefix)
	}
	return prefixes
}
