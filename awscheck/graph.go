package awscheck

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// graph runs checks: one goroutine decides and emits, the others work.
//
// A check begins as soon as it can without harm, which may be before it is
// known whether what it needs will pass; what it finds is then kept back, and
// forgotten if one of those fails. So the test takes as long as its longest
// chain of requests, and its rows read as if each had waited.
type graph struct {
	checks []Check
	test   *test
	emit   func(Event)
	wait   time.Duration
	index  map[string]int
	rows   []row
	news   chan news
	owners int // checks of the owner's side that work
	done   int
}

// row is the state of one check, touched by the deciding goroutine only.
type row struct {
	started bool
	stop    context.CancelFunc
	// released: those that come after this check need not wait for its end.
	released bool
	found    *news // its end, kept back
	ended    bool
	lets     bool
	outcome  outcome
	result   Result
}

// news is what a working goroutine tells: that its check waits, that it has
// let go of the probe, or its end.
type news struct {
	i        int
	result   Result
	outcome  outcome
	released bool
	ended    bool
}

// ownersAtOnce bounds the owner's side: the live test must not wait for it.
const ownersAtOnce = 6

func (g *graph) run(ctx context.Context) {
	for g.done < len(g.checks) {
		if g.advance(ctx) {
			continue // a row that ended may let others begin or end
		}
		switch n := <-g.news; {
		case n.ended:
			g.rows[n.i].found = &n
			if g.checks[n.i].owner {
				g.owners--
			}
		case n.released:
			g.rows[n.i].released = true
		default:
			g.emit(Event{Result: n.result, Done: g.done, Total: len(g.checks)})
		}
	}
}

// advance begins and ends what can be, and tells whether a row has ended.
func (g *graph) advance(ctx context.Context) (ended bool) {
	for i := range g.checks {
		switch r := &g.rows[i]; {
		case r.ended:
		case r.found != nil:
			ended = g.settle(ctx, i) || ended
		case !r.started:
			ended = g.begin(ctx, i) || ended
		}
	}
	return ended
}

// begin starts check i if it may start, and tells whether it was skipped in
// place of that.
func (g *graph) begin(ctx context.Context, i int) (skipped bool) {
	c := g.checks[i]
	if c.always {
		// The last: whatever others have made must be there to remove.
		if slices.ContainsFunc(g.checks, func(o Check) bool { return !o.always && !g.hasEnded(o.ID) }) {
			return false
		}
	} else {
		if ctx.Err() != nil {
			g.skip(i, skipCancelled, nil)
			return true
		}
		if reason, args := g.inVain(i); reason != "" {
			g.skip(i, reason, args)
			return true
		}
		if !g.mayBegin(c) {
			return false
		}
	}
	if c.owner {
		g.owners++
	}
	g.rows[i].started = true
	ctx, g.rows[i].stop = context.WithCancel(ctx)
	g.emit(Event{Result: Result{ID: c.ID, Status: Running}, Done: g.done, Total: len(g.checks)})
	go g.work(ctx, i)
	return false
}

func (g *graph) mayBegin(c Check) bool {
	for _, need := range c.start() {
		if !g.hasEnded(need) {
			return false
		}
	}
	for _, other := range c.after {
		if j, chosen := g.index[other]; chosen && !g.rows[j].ended && !g.rows[j].released {
			return false
		}
	}
	return !c.owner || g.owners < ownersAtOnce
}

// inVain is why check i has nothing to look for any more; empty while that is
// not known.
func (g *graph) inVain(i int) (reason string, args diagnose.Args) {
	c := g.checks[i]
	for _, need := range c.Needs {
		if j, chosen := g.index[need]; chosen && g.rows[j].ended && !g.rows[j].lets {
			return "result.skip.needs", diagnose.Args{"need": need}
		}
	}
	if c.usesBucket && g.hasEnded("bucket.region") && g.test.bucketUnusable() {
		return "result.skip.bucket", diagnose.Args{"need": "bucket.region"}
	}
	return "", nil
}

// settle ends row i once all that it needs has ended, and tells whether it
// did.
func (g *graph) settle(ctx context.Context, i int) bool {
	c, found := g.checks[i], g.rows[i].found
	cancelled := ctx.Err() != nil && found.result.Reason == skipCancelled
	if reason, args := g.inVain(i); reason != "" && !cancelled {
		g.skip(i, reason, args)
		return true
	}
	waits := c.Needs
	if c.usesBucket {
		waits = append(slices.Clone(waits), "bucket.region")
	}
	if found.outcome.explain != nil {
		waits = append(slices.Clone(waits), c.hears...)
	}
	if !c.always && !cancelled && slices.ContainsFunc(waits, func(id string) bool { return !g.hasEnded(id) }) {
		return false
	}
	o := found.outcome.explained(g.known(i))
	g.end(i, o, g.told(found.result, o))
	return true
}

// known is what explains row i: not that something has passed which begins
// only after it, for that says nothing about the moment of row i.
func (g *graph) known(i int) diagnose.Facts {
	f, id := g.test.known(), g.checks[i].ID
	for _, c := range g.checks {
		if slices.Contains(c.start(), id) || slices.Contains(c.after, id) {
			delete(f.Passed, c.ID)
		}
	}
	return f
}

// told is the row with what its outcome says.
func (g *graph) told(r Result, o outcome) Result {
	r.Status, r.Causes = o.status, o.causes
	return g.test.scrub(r)
}

// hasEnded tells whether the row of id has ended; one that was not chosen has.
func (g *graph) hasEnded(id string) bool {
	j, chosen := g.index[id]
	return !chosen || g.rows[j].ended
}

func (g *graph) skip(i int, reason string, args diagnose.Args) {
	o := outcome{status: Skip, common: reason, args: args}
	g.end(i, o, Result{ID: g.checks[i].ID, Status: Skip, Reason: reason, Args: args})
}

func (g *graph) end(i int, o outcome, r Result) {
	row := &g.rows[i]
	row.ended, row.outcome, row.result, row.lets = true, o, r, o.lets()
	g.done++
	if r.Status == Pass {
		g.test.passed(r.ID)
	}
	if row.stop != nil {
		row.stop()
	}
	g.emit(Event{Result: r, Done: g.done, Total: len(g.checks)})
	for j := range g.rows { // what was begun in vain need not be finished
		if other := &g.rows[j]; other.started && !other.ended && other.found == nil {
			if reason, _ := g.inVain(j); reason != "" {
				other.stop()
			}
		}
	}
}

// review gives the rows by what is known when all have ended: what a later row
// found may explain an earlier one.
func (g *graph) review() []Result {
	all := make([]Result, len(g.rows))
	for i := range g.rows {
		r := &g.rows[i]
		all[i] = r.result
		if r.outcome.explain != nil {
			all[i] = g.told(r.result, r.outcome.explained(g.known(i)))
		}
	}
	return all
}

// revise emits those of rows once more that read otherwise than they did.
func (g *graph) revise(rows []Result) {
	for i, r := range rows {
		if !reflect.DeepEqual(r, g.rows[i].result) {
			g.emit(Event{Result: r, Done: g.done, Total: len(g.checks), Revised: true})
		}
	}
}

// deadline is how long check c may take.
func (g *graph) deadline(c Check) time.Duration {
	limit := cmp.Or(c.limit, checkDeadline)
	if c.waits {
		limit += g.wait
	}
	return limit
}
