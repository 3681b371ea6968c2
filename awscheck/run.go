package awscheck

import (
	"context"
	"slices"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
)

// Limits of a run. Options.Wait comes on top for the checks that wait.
const (
	checkDeadline   = 20 * time.Second
	wholeDeadline   = 2 * time.Minute
	cleanupDeadline = 15 * time.Second
)

const skipCancelled = "result.skip.cancelled"

// Run tests t and reports. emit is called from the calling goroutine alone,
// for each row twice: when it starts and when it has ended; a check that
// waits is announced again with the reason, and a row that reads otherwise in
// the light of later ones ends once more (Event.Revised). emit may be nil.
//
// When ctx is cancelled the running checks stop, the others are skipped, the
// probes are still removed, and the report comes with ctx's error. Other
// errors are *UnknownCheckError, with an empty report, and *LedgerError: the
// test could not run, or not to its end, for reasons of this computer.
func Run(ctx context.Context, t Target, o Options, emit func(Event)) (Report, error) {
	return runChecks(ctx, ChecksOf(t.Integration), t, o, emit)
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
	report.Results = g.review()
	test.refine(report.Results)
	g.revise(report.Results)
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
