package media_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// enoughBefore is a time for measurements that end long before by what they
// made, or by what failed, and not by the clock of a machine that may be busy.
const enoughBefore = 10 * time.Minute

// measuring is a room whose rate is measured though it has few objects.
func measuring(t *testing.T, dir string, api media.API, e mediatest.Endpoint, paths []string) *mediatest.Room {
	t.Helper()
	o := media.Options{Journal: journalOf(e, dir)}
	r := e.Room(t, o)
	if api != nil {
		r = e.RoomWith(t, api, o)
	}
	r.MeasuresFrom(1, enoughBefore)
	r.LayMany(paths)
	return r
}

// counting counts copies.
type counting struct {
	*s3.Client
	copies atomic.Int64
}

func (c *counting) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	c.copies.Add(1)
	return c.Client.CopyObject(ctx, in, o...)
}

func copies(t *testing.T, e mediatest.Endpoint) *counting {
	t.Helper()
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	return &counting{Client: client}
}

// A plan says how long it will take, by a rate that was measured, and leaves
// nothing of the measurement.
func TestAPlanMeasuresItsRate(t *testing.T) {
	e := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "CopyObject", Delay: 20 * time.Millisecond}))
	c := copies(t, e)
	dir := t.TempDir()
	r := measuring(t, dir, c, e, numbered(40))
	r.MeasuresFrom(41, enoughBefore)
	if plan := planEnvironment(t, r.Library, media.EnvironmentOptions{Measure: true}); plan.Rate != "" || plan.Takes != 0 || c.copies.Load() != 0 {
		t.Errorf("few objects: %+v", plan)
	}
	r.MeasuresFrom(40, enoughBefore)
	if plan := planEnvironment(t, r.Library, media.EnvironmentOptions{}); plan.Rate != "" || c.copies.Load() != 0 {
		t.Errorf("not asked for: %+v", plan)
	}
	begin := time.Now()
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{Measure: true})
	// The second half of 100 copies or more was made in less than the whole took.
	if least := 50 / time.Since(begin).Seconds(); plan.Rate != media.RateMeasured || plan.PerSecond < least {
		t.Errorf("measured %q, %v a second, not %v", plan.Rate, plan.PerSecond, least)
	}
	work := float64(plan.ToCopy) / plan.PerSecond * float64(time.Second)
	if plan.Takes < time.Duration(work) || plan.ProbesLeft != 0 {
		t.Errorf("takes %v, %d probes left", plan.Takes, plan.ProbesLeft)
	}
	if made := c.copies.Load(); made < 100 || made > 1000 {
		t.Errorf("%d copies", made)
	}
	if keys := r.Keys(); len(keys) != 40 {
		t.Errorf("%d keys, like %q", len(keys), keys[len(keys)-1])
	}
	if left := journalOf(e, dir).Left(); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
}

// oneByOne is a bucket in memory that makes 500 copies a second, however many
// are asked for at once.
type oneByOne struct {
	*shelf
	turn chan struct{}
}

func (o oneByOne) CopyObject(_ context.Context, in *s3.CopyObjectInput, _ ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	o.turn <- struct{}{}
	defer func() { <-o.turn }()
	time.Sleep(2 * time.Millisecond)
	o.keys[aws.ToString(in.Key)] = true
	return &s3.CopyObjectOutput{CopyObjectResult: &types.CopyObjectResult{ETag: aws.String(`"e"`)}}, nil
}

func (o oneByOne) PutObject(_ context.Context, in *s3.PutObjectInput, _ ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	o.keys[aws.ToString(in.Key)] = true
	return &s3.PutObjectOutput{ETag: aws.String(`"e"`)}, nil
}

func (o oneByOne) HeadObject(_ context.Context, in *s3.HeadObjectInput, _ ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	if !o.keys[aws.ToString(in.Key)] {
		return nil, &smithy.GenericAPIError{Code: "NotFound"}
	}
	return &s3.HeadObjectOutput{ContentLength: aws.Int64(1), ETag: aws.String(`"e"`)}, nil
}

// The rate is that of the bucket, by a clock that nothing else holds up.
func TestAMeasuredRateIsTheBucketsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := oneByOne{&shelf{keys: map[string]bool{}}, make(chan struct{}, 1)}
		for _, path := range numbered(50) {
			b.keys["media/"+path] = true
		}
		l := media.New(b, nil, address.Space{Bucket: "b", Region: "r", Prefix: "media"}, media.Options{Journal: journal.New(t.TempDir(), journal.Place{Bucket: "b"})})
		l.MeasuresFrom(1, enoughBefore)
		plan := planEnvironment(t, l, media.EnvironmentOptions{Measure: true})
		if plan.Rate != media.RateMeasured || plan.PerSecond < 495 || plan.PerSecond > 505 || plan.Takes.Round(time.Millisecond) != 100*time.Millisecond || len(b.keys) != 50 {
			t.Errorf("%d keys, %+v", len(b.keys), plan)
		}
	})
}

// A copy remembers its rate for the next plan in this bucket, of any of its
// connections, and of no other bucket.
func TestAPlanRemembersTheLastRate(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	r.LayMany(numbered(120))
	if plan := planEnvironment(t, r.Library, media.EnvironmentOptions{}); plan.Rate != "" {
		t.Errorf("%+v", plan)
	}
	begin := time.Now()
	if res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{}); !res.Check.Equal() {
		t.Fatalf("%+v", res)
	}
	least := 120 / time.Since(begin).Seconds()
	other := journal.New(dir, journal.Place{Bucket: e.Place.Bucket, Access: "other"})
	l := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: other})
	id := address.EnvironmentID(mediatest.Service, "other")
	plan, err := l.PlanEnvironment(t.Context(), id, media.EnvironmentOptions{})
	if err != nil || plan.Rate != media.RateRemembered || plan.PerSecond < least || plan.Takes < time.Duration(120/plan.PerSecond*float64(time.Second)) {
		t.Errorf("%v, %+v", err, plan)
	}
	l = media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: journal.New(dir, journal.Place{Bucket: "another"})})
	if plan, err = l.PlanEnvironment(t.Context(), id, media.EnvironmentOptions{}); err != nil || plan.Rate != "" {
		t.Errorf("another bucket: %v, %+v", err, plan)
	}
}

// What is denied is found before anything begins, by the right's name.
func TestAPlanFindsDeniedCopies(t *testing.T) {
	for name, c := range map[string]struct {
		deny      policy.Statement
		operation string
		versioned bool
	}{
		"writing":                    {policy.Statement{Effect: policy.Deny, Action: []string{"s3:PutObject"}, Resource: []string{"*/" + devID + "/*"}}, "s3:PutObject", false},
		"reading the source":         {policy.Statement{Effect: policy.Deny, Action: []string{"s3:GetObject"}, Resource: []string{"*/f/*"}}, "s3:CopyObject", false},
		"reading, versions are kept": {policy.Statement{Effect: policy.Deny, Action: []string{"s3:GetObject"}, Resource: []string{"*/f/*"}}, "s3:CopyObject", true},
	} {
		t.Run(name, func(t *testing.T) {
			e := mediatest.Sandbox(t, statement(c.deny), func(a *account.Account) {
				if c.versioned {
					a.Buckets[0].Versioning = "Enabled"
				}
			})
			dir := t.TempDir()
			r := measuring(t, dir, nil, e, numbered(10))
			_, err := r.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{Measure: true})
			if denied := new(media.Error); !errors.As(err, &denied) || denied.Code != media.CodeDenied || denied.Evidence.Operation != c.operation {
				t.Fatalf("%v", err)
			}
			if keys := r.Keys(); len(keys) != 10 {
				t.Errorf("keys %q", keys)
			}
			if left := r.EnvironmentsLeft(); len(left) != 0 || len(journalOf(e, dir).Left()) != 0 {
				t.Errorf("left %+v", left)
			}
		})
	}
}

// A few objects that may not be read do not stop a plan.
func TestAPlanIsMeasuredThoughAFewAreDenied(t *testing.T) {
	e := mediatest.Sandbox(t, statement(policy.Statement{Effect: policy.Deny, Action: []string{"s3:GetObject"}, Resource: []string{"*/f/0001.txt"}}))
	r := measuring(t, t.TempDir(), nil, e, numbered(3))
	if plan := planEnvironment(t, r.Library, media.EnvironmentOptions{Measure: true}); plan.Rate != media.RateMeasured {
		t.Errorf("%+v", plan)
	}
}

// Where probes may not be removed there are few of them, and they are told;
// where each leaves an older version, there are not many.
func TestAMeasurementLeavesLittle(t *testing.T) {
	e := mediatest.Sandbox(t, deny("s3:DeleteObject"))
	r := measuring(t, t.TempDir(), nil, e, numbered(10))
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{Measure: true})
	if keys := r.Keys(); plan.ProbesLeft != int64(len(keys)-10) || plan.ProbesLeft == 0 || plan.ProbesLeft > 4 || plan.Rate != "" {
		t.Errorf("%d left, %d keys, rate %q", plan.ProbesLeft, len(keys), plan.Rate)
	}
	e = mediatest.Sandbox(t, func(a *account.Account) { a.Buckets[0].Versioning = "Enabled" })
	c := copies(t, e)
	r = measuring(t, t.TempDir(), c, e, numbered(10))
	plan = planEnvironment(t, r.Library, media.EnvironmentOptions{Measure: true})
	if plan.Rate != media.RateMeasured || c.copies.Load() > 70 || plan.ProbesLeft != 0 {
		t.Errorf("%d copies, %+v", c.copies.Load(), plan)
	}
}

// A measurement that is killed leaves probes, which the next one removes.
func TestTheProbesOfADeadMeasurementAreRemoved(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := measuring(t, dir, nil, e, numbered(10))
	client, _ := mediatest.Cut(t, e, 40, true)
	dead := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	dead.MeasuresFrom(1, enoughBefore)
	if _, err := dead.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{Measure: true}); err == nil {
		t.Fatal("planned with a dead network")
	}
	probes := func() (n int) {
		for _, k := range r.Keys() {
			if strings.Contains(k, "/.mediadock/") {
				n++
			}
		}
		return n
	}
	if probes() == 0 {
		t.Fatal("nothing was left")
	}
	r.Lay(devID+"/.mediadock/theirs.txt", "x")
	alive := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	alive.MeasuresFrom(1, enoughBefore)
	if plan := planEnvironment(t, alive, media.EnvironmentOptions{Measure: true}); plan.Rate != media.RateMeasured {
		t.Errorf("%+v", plan)
	}
	if probes() != 1 || len(journalOf(e, dir).Left()) != 0 {
		t.Errorf("keys %q", r.Keys())
	}
}

// The rate is remembered while copies are made, with how far they came: one that
// is killed is gone on with, and how long it takes is known.
func TestTheRateOfACopyThatIsKilledIsKnown(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{Parallel: 1}) // of more, one that is late holds up what is written down
	r.LayMany(numbered(400))
	r.NotesEvery(50)
	known := struct {
		PerSecond float64 `json:"per_second"`
	}{}
	n := 0
	toEnvironmentTold(t, r.Library, func(ev media.Event) {
		if ev.Type != media.EventItem {
			return
		}
		if n++; n == 300 && (!journalOf(e, dir).Recall("copies", &known) || known.PerSecond <= 0) {
			t.Errorf("of 300 of 400 copies no rate is known: %+v", known)
		}
	})
	if n < 400 {
		t.Errorf("%d items", n)
	}
}

func toEnvironmentTold(t *testing.T, l *media.Library, emit func(media.Event)) {
	t.Helper()
	if res := l.CopyEnvironment(t.Context(), planEnvironment(t, l, media.EnvironmentOptions{}), emit); !res.Check.Equal() {
		t.Errorf("%+v", res)
	}
}

// A measurement that ends at any of its requests leaves no probe that the journal
// does not know, and the next plan removes them all.
func TestAMeasurementThatEndsAtAnyRequest(t *testing.T) {
	type cut struct {
		at    int64
		after bool
		sweep int // else: the first or the second removal of probes
	}
	cuts := []cut{{sweep: 1}, {sweep: 1, after: true}, {sweep: 2}, {sweep: 2, after: true}}
	for at := range int64(8) {
		cuts = append(cuts, cut{at: at + 1}, cut{at: at + 1, after: true})
	}
	for _, c := range cuts {
		t.Run(fmt.Sprintf("%+v", c), func(t *testing.T) {
			t.Parallel()
			e := mediatest.Sandbox(t)
			dir := t.TempDir()
			r := measuring(t, dir, nil, e, numbered(10))
			api := media.API(&unswept{API: mediatest.Forbid(t, e), at: c.sweep, after: c.after})
			if c.sweep == 0 {
				api, _ = mediatest.Cut(t, e, c.at, c.after)
			}
			dead := media.New(api, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 1})
			dead.MeasuresFrom(1, enoughBefore)
			dead.MeasuresAtMost(3) // with the probe more than one, which go in one request
			plan, err := dead.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{Measure: true})
			// After a removal that was carried out though nobody heard of it nothing is left.
			if gone := c.sweep == 1 && c.after; err == nil && (plan.ProbesLeft == 0) != gone {
				t.Errorf("planned, %d probes left", plan.ProbesLeft)
			}
			var known []string
			for _, left := range journalOf(e, dir).Left() {
				m := struct{ Probes string }{}
				if err := json.Unmarshal(left.Data, &m); err != nil || m.Probes == "" {
					t.Errorf("%+v: %s, %v", c, left.Data, err)
				}
				known = append(known, m.Probes)
				left.Close()
			}
			for _, key := range r.Keys() {
				if strings.Contains(key, "/.mediadock/") && !slices.ContainsFunc(known, func(p string) bool { return strings.HasPrefix(r.Space.Key(key), p) }) {
					t.Errorf("%+v: nobody knows of %s", c, key)
				}
			}
			alive := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
			alive.MeasuresFrom(1, enoughBefore)
			alive.MeasuresAtMost(3)
			planEnvironment(t, alive, media.EnvironmentOptions{Measure: true})
			if keys := r.Keys(); len(keys) != 10 || len(journalOf(e, dir).Left()) != 0 {
				t.Errorf("%+v: left %q", c, keys)
			}
		})
	}
}

// unswept is a network that ends at a removal of probes.
type unswept struct {
	media.API
	at    int
	after bool
	mu    sync.Mutex
	seen  int
}

func (u *unswept) DeleteObjects(ctx context.Context, in *s3.DeleteObjectsInput, o ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	down := &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	if u.seen++; u.seen > u.at || u.seen == u.at && !u.after {
		return nil, down
	}
	out, err := u.API.DeleteObjects(ctx, in, o...)
	if u.seen == u.at {
		return nil, down
	}
	return out, err
}

// Whatever a journal says, only the probes of a measurement go.
func TestAJournalCannotHaveMediaRemoved(t *testing.T) {
	for _, probes := range []string{"", "media/", "media/a", "media/" + devID + "/", "media/" + devID + "/a.txt", "media/" + devID + "/.mediadock/", "media/" + devID + "/.mediadock/x", "media/.mediadock/01J0000000000000000000000A"} {
		s := &shelf{keys: map[string]bool{"media/a.txt": true, "media/" + devID + "/a.txt": true, "media/" + devID + "/.mediadock/x.txt": true, "media/.mediadock/01J0000000000000000000000A.txt": true}}
		dir := t.TempDir()
		place := journal.Place{Bucket: "b"}
		op := journal.New(dir, place).Begin("environment-measure", map[string]string{"dir": "media/" + devID + "/", "probes": probes})
		if err := op.Write(journal.Step{ID: 1, Kind: "environment", State: "intent"}); err != nil {
			t.Fatal(err)
		}
		op.Close()
		r := mediatest.Sandbox(t).Room(t, media.Options{}).Space
		r.Bucket, r.Prefix = "b", "media"
		l := media.New(s, nil, r, media.Options{Journal: journal.New(dir, place)})
		l.In(devID).SweepProbes(t.Context())
		if len(s.keys) != 4 {
			t.Errorf("%q removed: left %v", probes, s.keys)
		}
	}
}
