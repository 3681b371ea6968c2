package media

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

const (
	// hopeless is how many objects in a row fail, none done between, before
	// the rest is not tried: what failed them would fail all.
	hopeless = 32
	// mostFailed is how many failed paths are remembered, so that none is
	// told twice.
	mostFailed = 10_000
)

// CopyEnvironment does what a plan says: server-side copies side by side, each
// only if the source still is what was seen and the target is free, as many at
// once as S3 takes. How far it came is written to the journal; the same plan
// made again goes on there, on another day too. In the end both listings are
// compared, and what changed meanwhile is copied again. It emits an item event
// an object, progress events with Environment set, and at last a summary.
// Nothing of the source is changed, nothing in the environment overwritten but
// a copy that this operation made of a source that changed since.
func (l *Library) CopyEnvironment(ctx context.Context, plan EnvironmentPlan, emit func(Event)) EnvironmentResult {
	begin := time.Now()
	c := &environmentCopy{l: l, t: l.environment(plan.ID), plan: plan, emit: l.telling(emit), failed: map[string]bool{}}
	if c.emit == nil {
		c.emit = func(Event) {}
	}
	c.flow, c.own = newFlow(l.o.Parallel, l.large == 1), newOwnCopies()
	defer c.close()
	if err := c.begin(ctx); err != nil {
		c.res.Stopped = asError(err, c.t.space.Dir())
	} else {
		c.run(ctx)
	}
	c.finish(ctx, begin)
	c.emit(Event{Type: EventSummary, Op: OpCopy, Summary: &c.res.Summary})
	return c.res
}

// environmentCopy is a copy on its way. What is not atomic belongs to the
// goroutine that CopyEnvironment was called from.
type environmentCopy struct {
	l, t  *Library // source and environment
	plan  EnvironmentPlan
	op    *journal.Operation
	left  *environmentLeft // what goes on; nil: it begins
	begun environmentOperation
	// release lets others at the environment.
	release func()
	entry   int
	emit    func(Event)
	flow    *flow
	own     *ownCopies
	times   copyTimes
	free    freeNames
	uploads openUploads

	res EnvironmentResult
	// equal are those that the comparison found to be the same, and made those
	// that were copied before it.
	equal, equalBytes, made, madeBytes int64
	after                              cursor // where the first pass begins
	failed                             map[string]bool
	streak                             int  // failures in a row
	again                              bool // something failed that another try may cure
	// conditional tells that the server keeps to If-None-Match of a copy;
	// asked, that it was found out.
	conditional, asked atomic.Bool
	hidden             atomic.Int64
}

// begin writes down what is begun, or takes up what was cut short.
func (c *environmentCopy) begin(ctx context.Context) error {
	if err := c.l.mayCopyTo(c.plan.ID); err != nil {
		return err
	}
	dir := c.t.space.Dir()
	release, err := c.t.hold()
	if err != nil {
		return err
	}
	c.release = release
	c.t.sweepProbes(ctx)               // of a measurement that was killed: a plan that goes on makes none
	c.conditional.Store(c.l.checksums) // AWS does
	c.asked.Store(c.l.checksums)
	if c.left = c.l.environmentLeft(opEnvironmentCopy, dir); c.left != nil && c.left.entry != 0 {
		c.begun, c.op, c.entry, c.after = c.left.operation, c.left.Operation, c.left.entry, c.left.cursor
		c.res.Left += c.left.abortUploads(ctx, c.l)
		c.own.partly = true
		c.times.goOn(c.left.times)
		return nil
	}
	there := c.plan.Same + c.plan.Different + c.plan.Foreign
	c.begun = environmentOperation{ID: c.plan.ID, Name: c.plan.Name, Dir: dir, Begun: c.plan.serverTime, Into: there > 0, Counted: c.plan.counted()}
	c.op = c.l.o.Journal.Begin(opEnvironmentCopy, c.begun)
	c.entry = c.op.NextID()
	if err := c.op.Write(journal.Step{ID: c.entry, Kind: kindEnvironment, State: stateIntent}); err != nil {
		return journalFailure(dir, err)
	}
	return nil
}

func (c *environmentCopy) close() {
	switch {
	case c.left != nil:
		c.left.Close()
	case c.op != nil:
		c.op.Close()
	}
	if c.release != nil {
		c.release()
	}
}

// run copies what is not there, and then compares all.
func (c *environmentCopy) run(ctx context.Context) {
	copying := c.pass(ctx, environmentPass{phase: PhaseCopy, from: c.after, objects: c.plan.ToCopy, bytes: c.plan.BytesToCopy, look: c.sort, work: c.work})
	if !c.goesOn(ctx, copying) {
		return
	}
	c.streak, c.again = 0, false
	verifying := c.pass(ctx, environmentPass{phase: PhaseVerify, objects: c.plan.Objects, bytes: c.plan.Bytes, look: c.compare, work: c.settle})
	if c.goesOn(ctx, verifying) {
		c.res.Check.Done = true
	}
}

// errHopeless ends a pass.
var errHopeless = errors.New("all would fail")

func (c *environmentCopy) goesOn(ctx context.Context, err error) bool {
	switch {
	case ctx.Err() != nil:
		return false
	case err != nil && !errors.Is(err, errHopeless):
		c.res.Stopped = asError(err, "")
	}
	return c.res.Stopped == nil
}

// finish settles the entry unless something is left that can be done again.
func (c *environmentCopy) finish(ctx context.Context, begin time.Time) {
	_, c.res.SlowDowns = c.flow.state()
	c.res.Duration, c.res.Hidden = time.Since(begin), int(c.hidden.Load())
	if c.res.There, c.res.ThereBytes = c.plan.Same, c.plan.SameBytes; c.res.Check.Done {
		c.res.There, c.res.ThereBytes = max(0, c.equal-c.made), max(0, c.equalBytes-c.madeBytes)
	}
	if c.op == nil {
		c.res.NotStarted = int(c.plan.ToCopy)
		return
	}
	c.res.Resumable = !c.res.Check.Done || c.again
	if rest := c.plan.ToCopy - int64(c.res.Done+c.res.Failed); !c.res.Check.Done && rest > 0 {
		c.res.NotStarted = int(rest)
	}
	if !c.res.Resumable {
		c.op.Note(append(c.uploads.settled(), journal.Step{ID: c.entry, State: journal.Done})...)
	}
}

// openUploads are the journal's entries of copies in parts that left an upload
// open: they may not be aborted, or the network was gone.
type openUploads struct {
	mu  sync.Mutex
	ids []int
}

func (u *openUploads) leave(id int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.ids = append(u.ids, id)
}

// settled are the steps that give them up. They were told.
func (u *openUploads) settled() (steps []journal.Step) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, id := range u.ids {
		steps = append(steps, journal.Step{ID: id, State: journal.Done})
	}
	return steps
}

// ended takes the end of one path. It returns an error when the rest is not
// worth trying.
func (c *environmentCopy) ended(n environmentEnd, phase string) error {
	c.res.Check.add(n, phase)
	c.alike(n, phase)
	switch {
	case phase == PhaseCopy && n.made():
		c.made++
		c.madeBytes += n.event.Bytes
	case phase == PhaseVerify && n.equal():
		c.equal++
		c.equalBytes += n.size()
	}
	e := n.event
	if e == nil && phase == PhaseVerify && n.equal() && c.failed[n.path()] { // its copy was made without an answer
		made := c.event(*n.from)
		made.Bytes = n.size()
		e = &made
		c.made++
		c.madeBytes += n.size()
	}
	if e == nil {
		return nil
	}
	if e.Err != nil && e.Code == "" {
		e.Code = codeIn(e.Err)
	}
	if e.Status == "" {
		e.Status = StatusOf(e.Code)
	}
	failed := e.Status == StatusFailed
	c.again = c.again || failed && e.Code != CodeArchived
	told := c.failed[e.Path]
	switch {
	case told && failed:
		return c.hopeless(*e)
	case told:
		delete(c.failed, e.Path)
		c.res.Failed--
	case failed && len(c.failed) < mostFailed:
		c.failed[e.Path] = true
	}
	c.res.count(*e)
	if n.before && phase == PhaseVerify {
		c.recount(n)
	}
	c.emit(*e)
	return c.hopeless(*e)
}

// recount keeps one end of a path that this run had copied already.
func (c *environmentCopy) recount(n environmentEnd) {
	c.made--
	c.madeBytes -= n.size()
	switch n.event.Status {
	case StatusSkipped:
		c.res.Skipped--
	case StatusDone:
		c.res.Done--
		c.res.Bytes -= n.event.Bytes
	default:
		c.res.Done--
	}
}

// hopeless stops when what fails has nothing to do with the single object.
func (c *environmentCopy) hopeless(e Event) error {
	if e.Status != StatusFailed {
		if e.Status == StatusDone {
			c.streak = 0
		}
		return nil
	}
	err := asError(e.Err, e.Path)
	switch {
	case err.Code == CodeJournal:
		c.streak = hopeless
	case err.passing(), err.Code == CodeDenied, err.Code == CodeBucketNotFound, err.Code == CodeWrongRegion, err.Code == CodeUnexpected:
		c.streak++
	}
	if c.streak < hopeless {
		return nil
	}
	c.res.Stopped = err
	return errHopeless
}

// note writes down how far the first pass came.
func (c *environmentCopy) note(to cursor) {
	c.op.Note(journal.Step{ID: c.entry, State: stateCursor, Data: to})
}
