package purge_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/purge"
)

const elsewhere = "210987654321"

// foreign has the program run as an administrator of another account.
func foreign(a *account.Account) { a.Callers[0].Account = elsewhere }

// A distribution of another account: nobody of this one can do anything there,
// and both accounts are named.
func TestDistributionOfAnotherAccount(t *testing.T) {
	r := start(t)
	theirs := func(j *purge.Job) { j.Distribution, j.Account = "ETHEIRS", elsewhere }
	result := r.run([]string{"/media/a*"}, theirs)
	if result.Err == nil || result.Err.Code != purge.CodeForeign || result.Err.Args["account"] != elsewhere ||
		result.Err.Args["mine"] != "123456789012" || result.Err.Args["distribution"] != "ETHEIRS" || !slices.Equal(result.Left, []string{"/media/a*"}) {
		t.Errorf("%+v", result)
	}
	// The role's account has it; who the program runs as comes from elsewhere.
	r = start(t, foreign, func(a *account.Account) {
		a.Roles[0].TrustPolicy.Statements[0].Principal = &policy.Principals{AWS: []string{"*"}}
	})
	r.caller = elsewhere
	result = r.run([]string{"/media/a*"}, func(j *purge.Job) { j.Account = "123456789012" })
	if result.Err == nil || result.Err.Code != purge.CodeDenied || len(result.Refused) != 2 || result.Refused[1].Err.Code != purge.CodeForeign {
		t.Errorf("%+v", result)
	}
	// An id alone does not say whose it is: then it is said who was asked.
	r = start(t)
	result = r.run([]string{"/media/a*"}, func(j *purge.Job) { j.Distribution = "ENONE" })
	if result.Err == nil || result.Err.Code != purge.CodeNoDistribution || result.Err.Args["mine"] != "123456789012" {
		t.Errorf("%+v", result)
	}
}

func faulty(f ...account.Fault) func(*account.Account) {
	return func(a *account.Account) {
		for i := range f {
			f[i].Service = "cloudfront"
		}
		a.Faults = append(a.Faults, f...)
	}
}

// A pace that CloudFront does not bear is a reason to wait, visibly, and no
// failure.
func TestThrottled(t *testing.T) {
	slow := account.Fault{Operation: "CreateInvalidation", Status: http.StatusBadRequest, Code: "Throttling", Times: 8}
	r := start(t, faulty(slow))
	result := r.run([]string{"/media/a*"})
	if result.Err != nil || len(result.Invalidations) != 1 || len(r.paused) == 0 || r.events[0].Type != purge.EventBusy {
		t.Errorf("%+v %v", result, r.events)
	}
	slow.Times = 0
	r = start(t, faulty(slow))
	result = r.run([]string{"/media/a*"}, func(j *purge.Job) { j.Patience = time.Second })
	if result.Err == nil || result.Err.Code != purge.CodeThrottled || len(result.Left) != 1 {
		t.Errorf("%+v", result)
	}
}

// taken stands for a CloudFront that the sandbox is not: with a smaller limit
// than documented, or a reference in somebody's use.
type taken struct {
	purge.API
	most   int
	code   string
	seen   [][]string
	refs   []string
	status string
}

func (a *taken) CreateInvalidation(_ context.Context, in *cloudfront.CreateInvalidationInput, _ ...func(*cloudfront.Options)) (*cloudfront.CreateInvalidationOutput, error) {
	items := in.InvalidationBatch.Paths.Items
	if a.code != "" {
		return nil, &smithy.GenericAPIError{Code: "InvalidationBatchAlreadyExists"}
	}
	if len(items) > a.most {
		return nil, &types.BatchTooLarge{}
	}
	a.seen, a.refs = append(a.seen, items), append(a.refs, aws.ToString(in.InvalidationBatch.CallerReference))
	return &cloudfront.CreateInvalidationOutput{Invalidation: &types.Invalidation{Id: aws.String("I1"), Status: aws.String(a.status)}}, nil
}

// A batch that is too large is halved until it is not; each half has a
// reference of its own, the same on every run.
func TestTooLargeABatch(t *testing.T) {
	run := func() *taken {
		api := &taken{most: 2, status: purge.InProgress}
		result := purge.Run(t.Context(), []purge.Way{{Name: "caller", API: api}}, purge.Job{Distribution: "E1", Paths: []string{"/a", "/b", "/c", "/d", "/e"}, ID: "j"}, nil)
		if result.Err != nil || len(result.Left) != 0 {
			t.Fatalf("%+v", result)
		}
		return api
	}
	first, second := run(), run()
	if got := slices.Concat(first.seen...); !slices.Equal(got, []string{"/a", "/b", "/c", "/d", "/e"}) {
		t.Errorf("asked for %v", first.seen)
	}
	if !slices.Equal(first.refs, second.refs) || len(slices.Compact(slices.Sorted(slices.Values(first.refs)))) != len(first.refs) {
		t.Errorf("%v, %v", first.refs, second.refs)
	}
	api := &taken{most: 0}
	result := purge.Run(t.Context(), []purge.Way{{Name: "caller", API: api}}, purge.Job{Distribution: "E1", Paths: []string{"/a", "/b"}, ID: "j"}, nil)
	if result.Err == nil || result.Err.Code != purge.CodeTooLarge || len(result.Left) != 2 {
		t.Errorf("one path alone: %+v", result)
	}
}

func TestReferenceTaken(t *testing.T) {
	result := purge.Run(t.Context(), []purge.Way{{Name: "caller", API: &taken{code: "x"}}}, purge.Job{Distribution: "E1", Paths: []string{"/a"}, ID: "j"}, nil)
	if result.Err == nil || result.Err.Code != purge.CodeReference || len(result.Left) != 1 {
		t.Errorf("%+v", result)
	}
}

// An invalidation that does not complete is waited for until patience ends;
// the same job picks it up again, and asks for no second one.
func TestNeverCompletes(t *testing.T) {
	r := start(t, func(a *account.Account) { a.Distributions[0].InvalidationTime = 48 * time.Hour })
	wait := func(j *purge.Job) { j.Wait, j.Patience = true, 10*time.Minute }
	first := r.run([]string{"/media/a*"}, wait)
	if first.Err != nil || first.Completed() || first.Unseen == nil || first.Unseen.Code != purge.CodeUnfinished ||
		first.Unseen.Args["ids"] != first.Invalidations[0].ID || first.Unseen.Args["seconds"] != "600" {
		t.Fatalf("%+v", first)
	}
	following := 0
	for _, e := range r.events {
		if e.Type == purge.EventFollowing {
			if following++; e.Requests != 1 || e.Completed != 0 {
				t.Errorf("%+v", e)
			}
		}
	}
	if following < 3 {
		t.Errorf("its wait was told %d times", following)
	}
	r.ahead.Add(int64(48 * time.Hour))
	r.events = nil
	again := r.run([]string{"/media/a*"}, wait)
	if !again.Completed() || again.Invalidations[0].ID != first.Invalidations[0].ID || !again.Invalidations[0].Earlier || r.events[0].Type != purge.EventEarlier {
		t.Errorf("%+v %+v", again, r.events)
	}
	fresh := r.run([]string{"/media/a*"}, func(j *purge.Job) { j.ID = "another" })
	if fresh.Invalidations[0].Earlier || fresh.Invalidations[0].ID == first.Invalidations[0].ID {
		t.Errorf("%+v", fresh)
	}
}

// Follow goes on with what an earlier run asked for, and survives a moment
// without CloudFront.
func TestFollow(t *testing.T) {
	r := start(t, faulty(account.Fault{Operation: "GetInvalidation", Status: http.StatusServiceUnavailable, Times: 4}),
		func(a *account.Account) { a.Distributions[0].InvalidationTime = time.Minute })
	asked := r.run([]string{"/media/a*"})
	job := purge.Job{Distribution: distribution, Paths: []string{"/media/a*"}, Pause: func(ctx context.Context, d time.Duration) error {
		r.ahead.Add(int64(d))
		return ctx.Err()
	}}
	var last purge.Event
	done := purge.Follow(t.Context(), r.ways()[1], job, asked.Invalidations, func(e purge.Event) { last = e })
	if !done.Completed() || done.Unseen != nil || last.Type != purge.EventCompleted || last.Waited < time.Minute || last.Completed != 1 {
		t.Errorf("%+v %+v", done, last)
	}
	ctx, cancel := context.WithCancel(t.Context())
	job.Pause = func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }
	stopped := purge.Follow(ctx, r.ways()[1], job, []purge.Invalidation{{ID: "I9", Status: purge.InProgress}}, nil)
	if stopped.Unseen == nil || stopped.Unseen.Code != purge.CodeAborted || !slices.Equal(stopped.Open(), []string{"I9"}) {
		t.Errorf("%+v", stopped)
	}
}

// A name as long as S3 takes fits into a path of CloudFront; a longer one is no
// file's, and nothing is asked for it.
func TestLongNames(t *testing.T) {
	r := start(t)
	name := strings.Repeat("海", (1024-len("media/.jpg"))/3) + ".jpg"
	keys, problem := purge.Keys(space, name)
	if problem != nil {
		t.Fatal(problem)
	}
	paths := purge.Paths(space, keys, false)
	if result := r.run(paths); result.Err != nil || len(paths[0]) < 3000 {
		t.Errorf("%d characters: %+v", len(paths[0]), result)
	}
	if _, problem := purge.Keys(space, "海海"+name); problem == nil || problem.Code != purge.CodePathTooLong {
		t.Errorf("%+v", problem)
	}
}
