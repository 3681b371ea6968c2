package purge_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/purge"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	distribution = "E2EXAMPLE"
	domain       = "https://media.example.com"
)

var (
	place = connect.Place{
		Access: "role", Region: "ap-northeast-1", Bucket: "alpha-prod-assets",
		RoleARN: "arn:aws:iam::123456789012:role/MediaRole", ExternalID: "md-7q4kz2m9x1c8v5b3n6t0w8r2",
	}
	space = address.Space{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", Domain: domain}
)

// rig is a sandbox with a distribution, whose clock only the test moves on.
type rig struct {
	t      *testing.T
	source *connect.Source
	web    *http.Client
	ahead  atomic.Int64
	paused []time.Duration
	events []purge.Event
	posts  atomic.Int64 // CreateInvalidation requests
	caller string       // the account of who the program runs as
}

func start(t *testing.T, change ...func(*account.Account)) *rig {
	t.Helper()
	acct, _, err := account.Scenario("microcms-cloudfront")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(&acct)
	}
	r, begin := &rig{t: t, caller: "123456789012"}, time.Now()
	box, err := sandbox.Start(t.Context(), sandbox.Options{
		Account: acct, Dir: t.TempDir(), Now: func() time.Time { return begin.Add(time.Duration(r.ahead.Load())) },
		Log: func(q sandbox.Request) {
			if q.Operation == "CreateInvalidation" {
				r.posts.Add(1)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	admin := box.Caller("admin")
	r.source = connect.FromParts(connect.Parts{
		Endpoint: box.Endpoint(), Region: "us-east-1", AccessKeyID: admin.AccessKeyID, SecretAccessKey: admin.SecretAccessKey,
		Proxy: box.ProxyURL(), RootCAs: box.RootCAs(), MaxBackoff: time.Millisecond,
	})
	r.web = r.source.Delivery()
	t.Cleanup(func() {
		r.source.Close()
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r *rig) ways() []purge.Way {
	return []purge.Way{
		{Name: "role", API: r.source.RoleCloudFront(place), Account: func(context.Context) string { return "123456789012" }},
		{Name: "caller", API: r.source.CloudFront(place.Region), Account: func(context.Context) string { return r.caller }},
	}
}

// run runs a job; what it waits for passes at once, by the sandbox's clock.
func (r *rig) run(paths []string, change ...func(*purge.Job)) purge.Result {
	r.t.Helper()
	job := purge.Job{Distribution: distribution, Paths: paths, ID: "job", Pause: func(ctx context.Context, d time.Duration) error {
		r.paused = append(r.paused, d)
		r.ahead.Add(int64(d))
		return ctx.Err()
	}}
	for _, f := range change {
		f(&job)
	}
	return purge.Run(r.t.Context(), r.ways(), job, func(e purge.Event) { r.events = append(r.events, e) })
}

func (r *rig) put(key, body string) {
	r.t.Helper()
	client, err := r.source.S3(place)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := client.PutObject(r.t.Context(), &s3.PutObjectInput{Bucket: aws.String(place.Bucket), Key: aws.String(key), Body: strings.NewReader(body)}); err != nil {
		r.t.Fatal(err)
	}
}

// get is what a visitor is given.
func (r *rig) get(url string) string {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, url, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := r.web.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK {
		return res.Status
	}
	return string(body)
}

func withQueries(a *account.Account) { a.Distributions[0].QueryStrings = true }

// TestExactlyTheCopiesMeantGo: everything is in the edge in several variants;
// what a purge names goes, in every variant and however it is written, and
// nothing else does.
func TestExactlyTheCopiesMeantGo(t *testing.T) {
	gone := []string{"a b~c.jpg", "夏の海.jpg", "a*b.jpg", "1+1=2;(a),'!$@&.txt", "100%.txt", "#tag {x}|^[`].txt", "q?w=1.txt", "folder/x.txt", "folder/深い/y.txt"}
	stays := []string{"a b~d.jpg", "夏の山.jpg", "aXb.jpg", "a", "1+1=3.txt", "100.txt", "q", "folder2/x.txt", "folder.txt", "deep/folder/x.txt", "A B~C.JPG"}
	r := start(t, withQueries)
	variants := func(name string) []string {
		url := space.URL(space.Key(name))
		return []string{url, url + "?w=200", url + "?w=200&h=9"}
	}
	for _, round := range []string{"old", "new"} {
		for _, name := range append(slices.Clone(gone), stays...) {
			r.put(space.Key(name), round)
			for _, url := range variants(name) {
				if got := r.get(url); got != "old" {
					t.Fatalf("%s: %q while the edge has the old one", url, got)
				}
			}
		}
	}
	var keys []string
	for _, name := range gone[:len(gone)-2] {
		keys = append(keys, space.Key(name))
	}
	paths := purge.Paths(space, append(keys, space.Key("folder/")), false)
	if result := r.run(paths); result.Err != nil || len(result.Left) > 0 || result.By != "caller" {
		t.Fatalf("%+v", result)
	}
	for want, names := range map[string][]string{"new": gone, "old": stays} {
		for _, name := range names {
			for _, url := range variants(name) {
				if got := r.get(url); got != want {
					t.Errorf("%s: %q, want %q", url, got, want)
				}
			}
		}
	}
}

// With exact paths the variants stay.
func TestExactPaths(t *testing.T) {
	r := start(t, withQueries)
	url := space.URL("media/x.txt")
	for _, round := range []string{"old", "new"} {
		r.put("media/x.txt", round)
		r.get(url)
		r.get(url + "?w=1")
	}
	paths := purge.Paths(space, []string{"media/x.txt"}, true)
	if result := r.run(paths); result.Err != nil || !slices.Equal(paths, []string{"/media/x.txt"}) {
		t.Fatalf("%v %+v", paths, result)
	}
	if a, b := r.get(url), r.get(url+"?w=1"); a != "new" || b != "old" {
		t.Errorf("%q %q", a, b)
	}
}

// The documented role may not invalidate; one that was given it does so, and
// then nobody else is asked.
func TestWhoAsks(t *testing.T) {
	r := start(t)
	if result := r.run([]string{"/media/a*"}); result.By != "caller" || len(result.Refused) != 1 || result.Refused[0].Err.Code != purge.CodeDenied {
		t.Errorf("documented role: %+v", result)
	}
	grant := policy.Statement{Effect: policy.Allow, Action: []string{"cloudfront:CreateInvalidation"}, Resource: []string{"*"}}
	r = start(t, func(a *account.Account) {
		doc := *a.Roles[0].Policy
		doc.Statements = append(slices.Clone(doc.Statements), grant)
		a.Roles[0].Policy = &doc
	})
	if result := r.run([]string{"/media/a*"}); result.By != "role" || len(result.Refused) != 0 {
		t.Errorf("role with the action: %+v", result)
	}
	deny := policy.Document{Version: "2012-10-17", Statements: []policy.Statement{
		{Effect: policy.Allow, Action: []string{"sts:*", "s3:*"}, Resource: []string{"*"}},
	}}
	r = start(t, func(a *account.Account) { a.Callers[0].Policy = &deny })
	result := r.run([]string{"/media/a*"})
	if result.Err == nil || result.Err.Code != purge.CodeDenied || result.Err.Action != "cloudfront:CreateInvalidation" ||
		len(result.Refused) != 2 || !slices.Equal(result.Left, []string{"/media/a*"}) {
		t.Errorf("nobody may: %+v", result)
	}
	if r.posts.Load() != 2 {
		t.Errorf("%d requests for two who may not", r.posts.Load())
	}
	r = start(t)
	if result := r.run([]string{"/media/a*"}, func(j *purge.Job) { j.Distribution = "ENONE" }); result.Err == nil || result.Err.Code != purge.CodeDenied && result.Err.Code != purge.CodeNoDistribution {
		t.Errorf("another distribution: %+v", result)
	}
}

func wild(n int) []string {
	var paths []string
	for i := range n {
		paths = append(paths, fmt.Sprintf("/media/%03d*", i))
	}
	return paths
}

// More wildcards than may be in progress go in several requests; the later
// ones wait visibly, and --wait sees all of them complete.
func TestManyWildcardsWait(t *testing.T) {
	r := start(t)
	result := r.run(wild(40), func(j *purge.Job) { j.Wait = true })
	if result.Err != nil || !result.Completed() || len(result.Invalidations) != 3 {
		t.Fatalf("%+v", result)
	}
	var asked []int
	busy, completed := 0, 0
	for _, e := range r.events {
		switch e.Type {
		case purge.EventRequested:
			asked = append(asked, e.Paths)
		case purge.EventBusy:
			busy++
			if e.Again <= 0 {
				t.Errorf("no time is said: %+v", e)
			}
		case purge.EventCompleted:
			completed++
		}
	}
	if !slices.Equal(asked, []int{15, 30, 40}) || busy < 2 || completed != 3 {
		t.Errorf("asked %v, busy %d, completed %d", asked, busy, completed)
	}
}

// Where CloudFront stays busy patience ends, and what was not asked for is
// told.
func TestPatienceEnds(t *testing.T) {
	r := start(t)
	still := func(j *purge.Job) {
		j.Patience = time.Minute
		j.Pause = func(_ context.Context, d time.Duration) error { r.paused = append(r.paused, d); return nil }
	}
	result := r.run(wild(20), still)
	if result.Err == nil || result.Err.Code != purge.CodeBusy || !slices.Equal(result.Left, wild(20)[15:]) || len(result.Invalidations) != 1 {
		t.Fatalf("%+v", result)
	}
	var all time.Duration
	last := len(r.paused) - 1 // what is left of the minute, however short
	for i, d := range r.paused {
		if all += d; i > 0 && i < last && d < r.paused[i-1] {
			t.Errorf("waits are not growing: %v", r.paused)
		}
	}
	if all != time.Minute {
		t.Errorf("gave up after %v", all)
	}
	ctx, cancel := context.WithCancel(t.Context())
	job := purge.Job{Distribution: distribution, Paths: wild(16)[15:], ID: "other", Pause: func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }}
	if result := purge.Run(ctx, r.ways(), job, nil); result.Err == nil || result.Err.Code != purge.CodeAborted || len(result.Left) != 1 {
		t.Errorf("canceled: %+v", result)
	}
}

// The same job is one invalidation, however often it is asked for; another job
// is another.
func TestTheSameJobOnce(t *testing.T) {
	r := start(t)
	paths := []string{"/media/b*", "/media/a*"}
	one, two := r.run(paths), r.run([]string{"/media/a*", "/media/b*"})
	other := r.run(paths, func(j *purge.Job) { j.ID = "another" })
	if one.Err != nil || two.Err != nil || other.Err != nil {
		t.Fatalf("%+v %+v %+v", one, two, other)
	}
	if a, b, c := one.Invalidations[0].ID, two.Invalidations[0].ID, other.Invalidations[0].ID; a == "" || a != b || a == c {
		t.Errorf("%q %q %q", a, b, c)
	}
}

// Whoever may ask but not look is told that the end is not known.
func TestTheEndIsNotToBeSeen(t *testing.T) {
	blind := policy.Document{Version: "2012-10-17", Statements: []policy.Statement{
		{Effect: policy.Allow, Action: []string{"sts:*", "cloudfront:CreateInvalidation"}, Resource: []string{"*"}},
	}}
	r := start(t, func(a *account.Account) { a.Callers[0].Policy = &blind })
	result := r.run([]string{"/media/a*"}, func(j *purge.Job) { j.Wait = true })
	if result.Err != nil || result.Completed() || result.Unseen == nil || result.Unseen.Action != "cloudfront:GetInvalidation" {
		t.Errorf("%+v", result)
	}
}
