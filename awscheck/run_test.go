package awscheck

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func ids(r Report) []string {
	var all []string
	for _, row := range r.Results {
		all = append(all, row.ID)
	}
	return all
}

func TestOnlyRunsWhatIsNeeded(t *testing.T) {
	w := start(t, documentedAccount)
	r := w.run(roleTarget(), Options{Only: []string{"object.get"}})
	want := []string{"settings.valid", "caller.identity", "role.assume", "object.put", "object.get", "probe.cleanup"}
	if got := ids(r); !slices.Equal(got, want) {
		t.Errorf("ran %v, want %v", got, want)
	}
	if r.Verdict != ReadyWithWarnings || len(w.objects()) != 0 {
		t.Errorf("%s, %v left", r.Verdict, w.objects())
	}
}

// A part of the test says nothing about the whole.
func TestAPartIsNeverReady(t *testing.T) {
	w := start(t, edited(t, documentedAccount, []edit{{trustCondition, ""}}))
	r := w.run(roleTarget(), Options{Only: []string{"settings.valid"}})
	if r.Verdict != ReadyWithWarnings || !r.Partial {
		t.Errorf("%s, partial %v", r.Verdict, r.Partial)
	}
	if got := r.PartialArgs(); got["ran"] != "2" || got["total"] != "18" {
		t.Errorf("%v", got)
	}
	if doc := marshal(t, r, func(id string, _ map[string]string) string { return id }); !strings.Contains(doc, `"only":["settings.valid"]`) {
		t.Error(doc)
	}
	if r := w.run(roleTarget(), Options{Only: []string{"role.requires-external-id"}}); r.Verdict != Failed {
		t.Errorf("a failed row: %s", r.Verdict)
	}
	var every []string
	for _, c := range ChecksOf("microcms") {
		if !c.Owner() {
			every = append(every, c.ID)
		}
	}
	good := start(t, documentedAccount)
	if r := good.run(roleTarget(), Options{Only: every}); r.Verdict != Ready || r.Partial {
		t.Errorf("every check named: %s, partial %v", r.Verdict, r.Partial)
	}
}

func TestAllRowsButMultipartInOrder(t *testing.T) {
	w := start(t, documentedAccount)
	var want []string
	for _, c := range ChecksOf("microcms") {
		if c.ID != "object.multipart" && !c.Owner() {
			want = append(want, c.ID)
		}
	}
	if got := ids(w.run(roleTarget(), Options{})); !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
}

func TestUnknownCheck(t *testing.T) {
	var unknown *UnknownCheckError
	_, err := Run(context.Background(), roleTarget(), Options{Only: []string{"object.get", "object.fly", "x"}}, nil)
	if !errors.As(err, &unknown) || !slices.Equal(unknown.IDs, []string{"object.fly", "x"}) {
		t.Errorf("got %v", err)
	}
}

func TestNeedsNameChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Checks() {
		for _, need := range c.Needs {
			if !seen[need] {
				t.Errorf("%s needs %s, which does not come before it", c.ID, need)
			}
		}
		seen[c.ID] = true
	}
	for _, c := range Checks() {
		for _, other := range slices.Concat(c.after, c.begins, c.hears) {
			if !seen[other] {
				t.Errorf("%s waits for %s, which is no check", c.ID, other)
			}
		}
	}
	for _, id := range []string{"object.metadata", "object.get", "object.copy", "object.delete", "delivery.url"} {
		for _, c := range Checks() {
			if c.ID == id && !slices.Equal(c.Needs, []string{"object.put"}) {
				t.Errorf("%s needs %v, but object.put alone is promised", id, c.Needs)
			}
		}
	}
}

// Each row is announced once and ends once; what the events say last is what
// the report says.
func TestEvents(t *testing.T) {
	w := start(t, documentedAccount)
	running, ended := map[string]int{}, map[string]Result{}
	done := 0
	usual := 0
	for _, c := range ChecksOf("microcms") {
		if c.ID != "object.multipart" && !c.Owner() {
			usual++
		}
	}
	r, err := Run(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: t.TempDir()}, func(e Event) {
		if e.Total != usual {
			t.Errorf("total %d", e.Total)
		}
		if e.Result.Status == Running {
			running[e.Result.ID]++
			return
		}
		done++
		if e.Done != done {
			t.Errorf("%s: done %d, want %d", e.Result.ID, e.Done, done)
		}
		if _, twice := ended[e.Result.ID]; twice {
			t.Errorf("%s ended twice", e.Result.ID)
		}
		ended[e.Result.ID] = e.Result
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Results {
		if ended[row.ID].Status != row.Status || ended[row.ID].Reason != row.Reason {
			t.Errorf("%s: event says %s, report %s", row.ID, ended[row.ID].Status, row.Status)
		}
		if running[row.ID] != 1 {
			t.Errorf("%s was announced %d times", row.ID, running[row.ID])
		}
	}
}

// A check that breaks is a failed row; what was uploaded still goes.
func TestPanicIsAFailedRow(t *testing.T) {
	w := start(t, documentedAccount)
	checks := Checks()
	for i := range checks {
		if checks[i].ID == "object.get" {
			checks[i].run = func(context.Context, *test) outcome { panic("boom") }
		}
	}
	r, err := runChecks(context.Background(), checks, roleTarget(), Options{Source: w.source, LedgerDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	get := rowOf(t, r, "object.get")
	if get.Status != Fail || get.Reason != "result.crashed" || get.Args["panic"] != "boom" {
		t.Error(describe(get))
	}
	if r.Verdict != Failed || len(w.objects()) != 0 {
		t.Errorf("%s, %v left", r.Verdict, w.objects())
	}
}

// Cancelling stops the test, and still removes the probe.
func TestCancelStillCleansUp(t *testing.T) {
	w := start(t, documentedAccount)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r, err := Run(ctx, roleTarget(), Options{Source: w.source, LedgerDir: t.TempDir()}, func(e Event) {
		if e.Result.ID == "object.put" && e.Result.Status == Pass {
			if len(w.objects()) != 1 {
				t.Error("there is no probe to clean up")
			}
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	want{status: Pass}.check(t, rowOf(t, r, "object.put"))
	want{status: Pass}.check(t, rowOf(t, r, "probe.cleanup"))
	if got := rowOf(t, r, "delivery.cache"); got.Status != Skip {
		t.Error(describe(got))
	}
	if keys := w.objects(); len(keys) != 0 {
		t.Errorf("left in the bucket: %v", keys)
	}
}

// A check that hangs ends with its deadline, and the others go on.
func TestDeadlineOfACheck(t *testing.T) {
	w := start(t, documentedAccount)
	checks := Checks()
	for i := range checks {
		if checks[i].ID == "object.get" {
			checks[i].limit = 20 * time.Millisecond
			checks[i].run = func(ctx context.Context, x *test) outcome {
				<-ctx.Done()
				return failed("fail", diagnose.Args{"key": "k"}, explain(connect.EvidenceOf(ctx.Err(), "s3:GetObject"), x.known()))
			}
		}
	}
	r, err := runChecks(context.Background(), checks, roleTarget(), Options{Source: w.source, LedgerDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want{status: Fail, cause: "likely connection-broken"}.check(t, rowOf(t, r, "object.get"))
	want{status: Pass}.check(t, rowOf(t, r, "object.delete"))
}

// A refusal is tried again for as long as was asked, visibly.
func TestWaitForARoleThatIsNew(t *testing.T) {
	for _, c := range []struct {
		refusals int
		wait     time.Duration
		status   Status
		waited   bool
	}{
		{refusals: 2, wait: time.Minute, status: Pass, waited: true},
		{refusals: 2, wait: 0, status: Fail},
		{refusals: 1000, wait: time.Minute, status: Fail, waited: true},
	} {
		x := newTest(roleTarget(), Options{Wait: c.wait})
		slept := pretend(x)
		announced := 0
		ctx := withTeller(context.Background(), teller{announce: func(what string, args diagnose.Args) {
			if what != "waiting" || args["seconds"] == "" {
				t.Errorf("announced %s %v", what, args)
			}
			announced++
		}})
		tries := 0
		_, content := x.insist(ctx, func() bool { tries++; return tries > c.refusals })
		if content != (c.status == Pass) {
			t.Errorf("%+v: content %v after %d tries", c, content, tries)
		}
		if c.waited != (announced > 0) || announced != tries-1 {
			t.Errorf("%+v: announced %d of %d tries", c, announced, tries)
		}
		if *slept > c.wait {
			t.Errorf("%+v: waited %s", c, *slept)
		}
	}
}

// The sandbox refuses twice, then the role can be assumed.
func TestWaitSeesARoleArrive(t *testing.T) {
	w := start(t, documentedAccount+"faults:\n  - {service: sts, operation: AssumeRole, status: 403, code: AccessDenied, times: 2}\n")
	x := newTest(roleTarget(), Options{Source: w.source, Wait: time.Minute})
	pretend(x)
	o := roleAssume(context.Background(), x)
	if o.status != Pass || len(o.notes) != 1 || o.notes[0].ID != "propagated" {
		t.Errorf("%+v", o)
	}
}

// A test that was stopped is no verdict on the connection.
func TestCancelledAtOnce(t *testing.T) {
	w := start(t, documentedAccount)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := Run(ctx, roleTarget(), Options{Source: w.source, LedgerDir: t.TempDir()}, nil)
	if !errors.Is(err, context.Canceled) || r.Verdict != NotRun {
		t.Errorf("%s, %v", r.Verdict, err)
	}
	for _, row := range r.Results {
		if row.Status == Fail {
			t.Error(describe(row))
		}
	}
}

// A row that is tried again while it waits has words for it.
func TestRowsThatWaitSaySo(t *testing.T) {
	waiting := 0
	for _, c := range Checks() {
		if !c.waits {
			continue
		}
		waiting++
		if args, ok := Texts()["result."+c.ID+".waiting"]; !ok || !slices.Contains(args, "seconds") {
			t.Errorf("%s has no text for trying again: %v", c.ID, args)
		}
	}
	if waiting < 3 {
		t.Errorf("%d rows wait", waiting)
	}
}
