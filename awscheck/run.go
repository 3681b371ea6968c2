package awscheck

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Limits of a run. Options.Wait comes on top for the checks that wait.
const (
	checkDeadline   = 20 * time.Second
	wholeDeadline   = 2 * time.Minute
	cleanupDeadline = 15 * time.Second
	atOnce          = 6
)

const skipCancelled = "result.skip.cancelled"

// Run tests t and reports. emit is called from the calling goroutine alone,
// for each row twice: when it starts and when it has ended; a check that
// waits is announced again with the reason. emit may be nil.
//
// When ctx is cancelled the running checks stop, the others are skipped, the
// probes are still removed, and the report comes with ctx's error. Other
// errors are *UnknownCheckError, with an empty report, and *LedgerError: the
// test could not run, or not to its end, for reasons of this computer.
func Run(ctx context.Context, t Target, o Options, emit func(Event)) (Report, error) {
	return runChecks(ctx, Checks(), t, o, emit)
}

func runChecks(ctx context.Context, all []Check, t Target, o Options, emit func(Event)) (Report, error) {
	checks, err := selectChecks(all, o.Only, o.Owner != nil)
	if err != nil {
		return Report{}, err
	}
	if emit == nil {
		emit = func(Event) {}
	}
	started := time.Now()
	whole, stop := context.WithTimeout(ctx, wholeDeadline+2*o.Wait)
	defer stop()
	whole, trace := connect.Observe(whole)

	test := newTest(t, o)
	test.trace = trace
	defer test.close()
	if test.puts(checks) {
		if err := test.ledger.ready(); err != nil {
			return Report{Connection: t.Connection, Integration: t.Integration, Verdict: NotRun, StartedAt: started.UTC()}, err
		}
	}
	g := &graph{
		checks: checks, test: test, emit: emit, wait: o.Wait,
		rows:  make([]row, len(checks)),
		index: map[string]int{},
		news:  make(chan news),
	}
	for i, c := range checks {
		g.index[c.ID] = i
	}
	g.run(whole)

	report := Report{
		Connection: t.Connection, Integration: t.Integration,
		StartedAt: started.UTC(), Duration: time.Since(started),
		Requests: trace.Requests(), Settings: settingsOf(t, test.facts.CustomEndpoint),
	}
	for i := range g.rows {
		report.Results = append(report.Results, g.rows[i].result)
	}
	report.LeftBehind, report.HiddenVersions = test.remains()
	report.Only = append([]string(nil), o.Only...)
	report.Total, report.Partial = leftOut(all, g.index, o.Owner != nil)
	report.Verdict = verdict(t, report.Results, report.Partial)
	if ctx.Err() != nil {
		return report, ctx.Err()
	}
	if err := test.ledger.failure(); err != nil {
		report.Verdict = NotRun
		return report, err
	}
	return report, nil
}

// puts tells whether one of checks will put something into the bucket.
func (x *test) puts(checks []Check) bool {
	return x.s3 != nil && len(x.target.Invalid) == 0 &&
		slices.ContainsFunc(checks, func(c Check) bool { return c.ID == "object.put" })
}

// graph runs checks: one goroutine decides and emits, the others work.
type graph struct {
	checks []Check
	test   *test
	emit   func(Event)
	wait   time.Duration
	index  map[string]int
	rows   []row
	news   chan news
	busy   int
	done   int
}

// row is the state of one check, touched by the deciding goroutine only.
type row struct {
	started, ended bool
	lets           bool
	result         Result
}

// news is what a working goroutine tells: that its check waits, or its end.
type news struct {
	i      int
	result Result
	lets   bool
	ended  bool
}

func (g *graph) run(ctx context.Context) {
	for g.done < len(g.checks) {
		if g.start(ctx) {
			continue // a skip may have freed others
		}
		n := <-g.news
		if !n.ended {
			g.emit(Event{Result: n.result, Done: g.done, Total: len(g.checks)})
			continue
		}
		g.busy--
		g.end(n.i, n.result, n.lets)
	}
}

// start starts every check that can run now, and tells whether it ended one
// by skipping it.
func (g *graph) start(ctx context.Context) (skipped bool) {
	for i := range g.checks {
		if g.rows[i].started || g.busy >= atOnce {
			continue
		}
		ready, reason, args := g.ready(ctx, i)
		if !ready {
			continue
		}
		g.rows[i].started = true
		if reason != "" {
			g.end(i, Result{ID: g.checks[i].ID, Status: Skip, Reason: reason, Args: args}, false)
			skipped = true
			continue
		}
		g.busy++
		g.emit(Event{Result: Result{ID: g.checks[i].ID, Status: Running}, Done: g.done, Total: len(g.checks)})
		go g.work(ctx, i)
	}
	return skipped
}

// ready tells whether check i can be decided, and with a reason that it has
// to be skipped.
func (g *graph) ready(ctx context.Context, i int) (ready bool, reason string, args diagnose.Args) {
	c := g.checks[i]
	if c.always {
		// The last: whatever others have made must be there to remove.
		for j := range g.checks {
			if !g.checks[j].always && !g.rows[j].ended {
				return false, "", nil
			}
		}
		return true, "", nil
	}
	if ctx.Err() != nil {
		return true, skipCancelled, nil
	}
	for _, need := range c.Needs {
		j, chosen := g.index[need]
		if !chosen {
			continue
		}
		if !g.rows[j].ended {
			return false, "", nil
		}
		if !g.rows[j].lets {
			return true, "result.skip.needs", diagnose.Args{"need": need}
		}
	}
	for _, other := range c.after {
		if j, chosen := g.index[other]; chosen && !g.rows[j].ended {
			return false, "", nil
		}
	}
	if c.usesBucket && g.test.bucketUnusable() {
		return true, "result.skip.bucket", diagnose.Args{"need": "bucket.region"}
	}
	return true, "", nil
}

func (g *graph) end(i int, r Result, lets bool) {
	g.rows[i].ended, g.rows[i].result, g.rows[i].lets = true, r, lets
	g.done++
	if r.Status == Pass {
		g.test.passed(r.ID)
	}
	g.emit(Event{Result: r, Done: g.done, Total: len(g.checks)})
}

// work runs check i with its own deadline and trace.
func (g *graph) work(ctx context.Context, i int) {
	c, run := g.checks[i], ctx
	limit := cmp.Or(c.limit, checkDeadline)
	if c.waits {
		limit += g.wait
	}
	if c.always {
		ctx, limit = context.WithoutCancel(ctx), cleanupDeadline
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ctx, trace := connect.Observe(ctx)
	ctx = withAnnounce(ctx, func(what string, args diagnose.Args) {
		g.news <- news{i: i, result: Result{ID: c.ID, Status: Running, Reason: "result." + c.ID + "." + what, Args: args}}
	})

	started := time.Now()
	o := stopped(run, c, guarded(ctx, c, g.test))
	exchanges := trace.Exchanges()
	if n := repeated(exchanges); n > 0 && o.status == Pass {
		o.notes = append(o.notes, note("retried", diagnose.Args{"count": itoa(n)}))
	}
	r := Result{
		ID: c.ID, Status: o.status, Reason: o.reason(c.ID), Args: o.args,
		Duration: time.Since(started), Notes: o.notes, Causes: o.causes,
		Evidence: exchanges, RequestIDs: requestIDs(exchanges),
	}
	g.news <- news{i: i, result: g.test.scrub(r), lets: o.lets(), ended: true}
}

// stopped is the outcome of a check that the end of the whole test cut
// short: it says nothing about the connection.
func stopped(run context.Context, c Check, o outcome) outcome {
	if c.always || run.Err() == nil || o.status == Pass || o.status == Warn {
		return o
	}
	return outcome{status: Skip, common: skipCancelled}
}

// guarded turns a panic in a check into a failed row: one broken check must
// not take the cleanup with it.
func guarded(ctx context.Context, c Check, t *test) (o outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = outcome{status: Fail, common: "result.crashed", args: diagnose.Args{"panic": fmt.Sprint(p), "stack": string(debug.Stack())}}
		}
	}()
	return c.run(ctx, t)
}

// repeated counts the attempts that were made once more.
func repeated(exchanges []diagnose.Evidence) (n int) {
	for _, ev := range exchanges {
		if ev.Network != "" || ev.HTTPStatus >= 500 {
			n++
		}
	}
	return n
}

func requestIDs(exchanges []diagnose.Evidence) []string {
	ids := []string{}
	for _, ev := range exchanges {
		if ev.RequestID != "" {
			ids = append(ids, ev.RequestID)
		}
	}
	return ids
}

type announceKey struct{}

func withAnnounce(ctx context.Context, f func(string, diagnose.Args)) context.Context {
	return context.WithValue(ctx, announceKey{}, f)
}

// announce tells, while a check runs, what it is doing.
func announce(ctx context.Context, what string, args diagnose.Args) {
	if f, ok := ctx.Value(announceKey{}).(func(string, diagnose.Args)); ok {
		f(what, args)
	}
}
