package media_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

func numbered(n int) []string {
	var paths []string
	for i := range n {
		paths = append(paths, fmt.Sprintf("f/%04d.txt", i))
	}
	return paths
}

func planEnvironment(t testing.TB, l *media.Library, o media.EnvironmentOptions) media.EnvironmentPlan {
	t.Helper()
	plan, err := l.PlanEnvironment(t.Context(), devID, o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func toEnvironment(t testing.TB, l *media.Library, o media.EnvironmentOptions) (media.EnvironmentResult, *ends) {
	t.Helper()
	var e ends
	return l.CopyEnvironment(t.Context(), planEnvironment(t, l, o), e.emit), &e
}

func TestWhatIsNoEnvironmentIsRefused(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"a.txt", devID + "/b.txt"})
	within := r.Space
	within.Prefix += "/" + devID
	client, err := r.Source.S3(r.Place)
	if err != nil {
		t.Fatal(err)
	}
	other := address.EnvironmentID(mediatest.Service, "other")
	for name, c := range map[string]struct {
		l    *media.Library
		id   string
		want string
	}{
		"no id":                     {r.Library, "", media.CodeEnvironmentID},
		"a name":                    {r.Library, "dev", media.CodeEnvironmentID},
		"upper case":                {r.Library, strings.ToUpper(devID), media.CodeEnvironmentID},
		"more than an id":           {r.Library, devID + "/x", media.CodeEnvironmentID},
		"up":                        {r.Library, devID + "/../" + devID, media.CodeEnvironmentID},
		"of an environment":         {r.In(devID), other, media.CodeEnvironmentNested},
		"a prefix that is one's":    {media.New(client, nil, within, media.Options{}), other, media.CodeEnvironmentPrefix},
		"a key that reads alone":    {media.New(client, nil, r.Space, media.Options{ReadOnly: true}), other, media.CodeReadOnly},
		"a directory with contents": {r.Library, devID, media.CodeEnvironmentTaken},
	} {
		_, err := c.l.PlanEnvironment(t.Context(), c.id, media.EnvironmentOptions{})
		if codeOf(err) != c.want || !errors.Is(err, media.ErrRefused) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if c.want == media.CodeEnvironmentTaken {
			continue
		}
		// Nor with a plan that somebody made up.
		if res := c.l.CopyEnvironment(t.Context(), media.EnvironmentPlan{ID: c.id}, nil); res.Stopped == nil || res.Stopped.Code != c.want {
			t.Errorf("%s: copied: %+v", name, res)
		}
	}
	if keys := r.Keys(); len(keys) != 2 {
		t.Errorf("keys %q", keys)
	}
}

// Denied copies stop after a few, name the right, and go on once it is given.
func TestDeniedCopiesStopAndGoOn(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	paths := numbered(300)
	r.LayMany(paths)
	denied := media.New(mediatest.Forbid(t, e, "CopyObject"), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	res, got := toEnvironment(t, denied, media.EnvironmentOptions{Name: "dev"})
	if res.Stopped == nil || res.Stopped.Code != media.CodeDenied || res.Stopped.Evidence.Operation != "s3:CopyObject" || !res.Resumable || res.Failed < 32 || res.Failed > 200 {
		t.Errorf("%+v (%v)", res, res.Stopped)
	}
	if res.NotStarted != 300-res.Failed || got.sum.NotStarted != res.NotStarted {
		t.Errorf("%d not started, %d failed", res.NotStarted, res.Failed)
	}
	res, _ = toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if !res.Check.Equal() || res.Done != 300 || res.Resumable {
		t.Errorf("gone on: %+v", res)
	}
}

// A right that a few objects lack fails those alone.
func TestObjectsThatMayNotBeReadFailAlone(t *testing.T) {
	e := mediatest.Sandbox(t, statement(policy.Statement{
		Effect: policy.Deny, Action: []string{"s3:GetObject"}, Resource: []string{"arn:aws:s3:::*/secret/*"},
	}))
	r := written(t, e, t.TempDir(), media.Options{})
	r.LayMany([]string{"a.txt", "secret/b.txt", "z.txt"})
	res, got := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	got.want(t, "a.txt", "done")
	got.want(t, "secret/b.txt", "failed:denied")
	got.want(t, "z.txt", "done")
	if res.Failed != 1 || !res.Check.Done || res.Check.Missing != 1 || !slices.Equal(res.Check.MissingPaths, []string{"secret/b.txt"}) || !res.Resumable {
		t.Errorf("%+v", res)
	}
}

func TestThrottledCopiesAreMadeWithFewerAtOnce(t *testing.T) {
	r := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "CopyObject", Status: 503, Code: "SlowDown", Times: 60})).Room(t, media.Options{})
	r.LayMany(numbered(200))
	least := 1000
	var e ends
	res := r.CopyEnvironment(t.Context(), planEnvironment(t, r.Library, media.EnvironmentOptions{}), func(ev media.Event) {
		e.emit(ev)
		if ev.Environment != nil {
			least = min(least, ev.Environment.Parallel)
		}
	})
	if !res.Check.Equal() || res.Failed != 0 || res.Done != 200 || res.SlowDowns != 60 { // each is told once, however often it was tried
		t.Errorf("%+v", res)
	}
	if least >= media.DefaultParallel {
		t.Errorf("never fewer than %d at once", least)
	}
}

// A copy of which all tries are refused, and which is begun anew, counts each
// refusal once.
func TestRefusalsOfOneCopyAreCountedOnce(t *testing.T) {
	t.Parallel()
	const refused = 5 // as often as one request is tried
	r := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "CopyObject", Status: 503, Code: "SlowDown", Times: refused})).Room(t, media.Options{})
	r.LayMany(numbered(1))
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if !res.Check.Equal() || res.Done != 1 || res.SlowDowns != refused {
		t.Errorf("%+v", res)
	}
}

func TestTheNetworkThatEndsStopsACopy(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	r.LayMany(numbered(200))
	client, _ := mediatest.Cut(t, e, 60, false)
	dying := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 1}) // else the first may be the one that is cut
	dying.NotesEvery(10)
	res, _ := toEnvironment(t, dying, media.EnvironmentOptions{})
	if res.Stopped == nil || res.Stopped.Code != media.CodeNetwork || !res.Resumable || res.Done == 0 {
		t.Fatalf("%+v (%v)", res, res.Stopped)
	}
	if left := r.EnvironmentsLeft(); len(left) != 1 || left[0].Done == 0 {
		t.Errorf("left %+v", left)
	}
	res, _ = toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if !res.Check.Equal() || res.Check.Target != 200 {
		t.Errorf("gone on: %+v", res)
	}
}

// A person who cancels finds what was done, and goes on later.
func TestACancelledCopyGoesOn(t *testing.T) {
	e := mediatest.Sandbox(t)
	o := media.Options{Journal: journalOf(e, t.TempDir()), Parallel: 4}
	r := e.Room(t, o)
	r.LayMany(numbered(100))
	if res := cutAfter(t, r, o, 20); res.NotStarted != 80 {
		t.Errorf("%+v", res)
	}
	// Some may be done beyond one that was not.
	done, keys := int64(0), r.Keys()
	for slices.Contains(keys, fmt.Sprintf("%s/f/%04d.txt", devID, done)) {
		done++
	}
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
	if !plan.Resumes || plan.Same != done || len(keys) != 120 {
		t.Errorf("%d are copied of the first %d, plan %+v", len(keys)-100, done, plan)
	}
	if res := r.CopyEnvironment(t.Context(), plan, nil); !res.Check.Equal() {
		t.Errorf("%+v", res)
	}
}

func TestWhatETagsCannotCompare(t *testing.T) {
	for name, c := range map[string]struct {
		checksums bool
		by        func(media.EnvironmentCheck) int64
	}{
		"by size":     {false, func(c media.EnvironmentCheck) int64 { return c.BySize }},
		"by checksum": {true, func(c media.EnvironmentCheck) int64 { return c.BySize + c.ByChecksum }},
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.SandboxAsAWS(t).Room(t, media.Options{})
			r.LayInParts("big.bin", big(6<<20), 5<<20)
			r.Lay("a.txt", "a")
			res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{Checksums: c.checksums})
			if !res.Check.Equal() || res.Check.ByETag != 1 || c.by(res.Check) != 1 {
				t.Errorf("%+v", res.Check)
			}
			// Something of the same size in place of a small one is found.
			r.Lay(devID+"/a.txt", "b")
			plan := planEnvironment(t, r.Library, media.EnvironmentOptions{IntoExisting: true})
			if res := r.CopyEnvironment(t.Context(), plan, nil); res.Check.Different != 1 || res.Check.Equal() {
				t.Errorf("another content: %+v", res.Check)
			}
			if got, _, _ := r.Read(devID + "/a.txt"); got != "b" {
				t.Errorf("it holds %q", got)
			}
		})
	}
}

func TestAnEnvironmentUnderAKMSKey(t *testing.T) {
	r := mediatest.SandboxAsAWS(t, func(a *account.Account) {
		a.KMSKeys = []account.KMSKey{{ARN: kmsKey, State: "Enabled"}}
		a.Buckets[0].Encryption = account.Encryption{Algorithm: "aws:kms", Key: kmsKey}
	}, statement(policy.Statement{Effect: policy.Allow, Action: []string{"kms:GenerateDataKey", "kms:Decrypt"}, Resource: []string{kmsKey}})).Room(t, media.Options{})
	r.LayMany(numbered(5))
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if c := res.Check; !c.Equal() || c.BySize+c.ByChecksum+c.ByETag != 5 || res.Refused+res.Failed != 0 {
		t.Errorf("%+v", res)
	}
}

func TestArchivedObjectsAreNamedAndEndTheCopyForGood(t *testing.T) {
	r := written(t, mediatest.Sandbox(t), t.TempDir(), media.Options{})
	r.Lay("a.txt", "a", func(in *s3.PutObjectInput) { in.StorageClass = types.StorageClassStandardIa })
	r.Lay("old.txt", "old", func(in *s3.PutObjectInput) { in.StorageClass = types.StorageClassGlacier })
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
	if plan.Archived != 1 || plan.ArchivedBytes != 3 || !slices.Equal(plan.ArchivedPaths, []string{"old.txt"}) {
		t.Errorf("plan %+v", plan)
	}
	var e ends
	res := r.CopyEnvironment(t.Context(), plan, e.emit)
	e.want(t, "a.txt", "done")
	e.want(t, "old.txt", "failed:archived")
	if res.Failed != 1 || res.Check.Missing != 1 || res.Resumable || len(r.EnvironmentsLeft()) != 0 {
		t.Errorf("%+v", res)
	}
	if _, head, _ := r.Read(devID + "/a.txt"); head == nil || head.StorageClass != types.StorageClassStandardIa {
		t.Error("the storage class is lost")
	}
}

// A key that is too long in the environment's directory is told, not cut.
func TestKeysThatGrowTooLong(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	long := strings.Repeat("x", address.MaxKeyBytes-len(r.Space.Dir())-5)
	r.LayMany([]string{"a.txt", long})
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
	if plan.TooLong != 1 || plan.ToCopy != 1 {
		t.Errorf("plan %+v", plan)
	}
	var e ends
	res := r.CopyEnvironment(t.Context(), plan, e.emit)
	e.want(t, long, "refused:name-too-long")
	if res.Check.Missing != 1 || res.Done != 1 || res.Refused != 1 {
		t.Errorf("%+v", res)
	}
}

// tardy ignores conditions, and has somebody store something when b.txt is
// copied.
type tardy struct {
	careless
	lay func()
}

func (c tardy) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	if strings.HasSuffix(aws.ToString(in.Key), "/b.txt") {
		c.lay()
	}
	return c.careless.CopyObject(ctx, in, o...)
}

// Where a server ignores the condition of a copy, what somebody puts there
// meanwhile is still not overwritten.
func TestACopyLooksFirstWhereConditionsAreIgnored(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	var r *mediatest.Room
	r = e.RoomWith(t, tardy{careless{client}, func() { r.Lay(devID+"/c.txt", "theirs") }}, media.Options{Parallel: 1})
	r.LookAgainAfter(0) // else a look holds for a moment
	r.LayMany([]string{"a.txt", "b.txt", "c.txt"})
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if got, _, _ := r.Read(devID + "/c.txt"); got != "theirs" || res.Done != 2 || res.Refused != 1 || res.Check.Different != 1 {
		t.Errorf("theirs is %q now, %+v", got, res)
	}
}

func TestTwoCannotCopyIntoOneEnvironmentAtOnce(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	r.LayMany(numbered(50))
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
	var busy atomic.Int32
	res := r.CopyEnvironment(t.Context(), plan, func(ev media.Event) {
		if ev.Type == media.EventItem && busy.CompareAndSwap(0, 1) {
			_, err := r.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{})
			if other := r.CopyEnvironment(t.Context(), plan, nil); codeOf(err) == media.CodeEnvironmentBusy && codeOf(other.Stopped) == media.CodeEnvironmentBusy {
				busy.Store(2)
			}
		}
	})
	if busy.Load() != 2 || !res.Check.Equal() {
		t.Errorf("busy %d, %+v", busy.Load(), res)
	}
}
