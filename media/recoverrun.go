package media

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

// Recover finishes what a plan found, or with undo takes it back: files that
// were moved before the cut go back to their old names, too. What was found
// in a state that neither may touch is told once, left as it is, and from then
// on forgotten: the items end with "cut-changed", "cut-taken", "cut-unsure" or
// "cut-gone". What fails stays in the journal for another try. Interrupted
// uploads are left to whoever uploads the file again; undo aborts them.
func (l *Library) Recover(ctx context.Context, plan *RecoverPlan, undo bool, emit func(Event)) Summary {
	emit = l.telling(emit)
	begin := time.Now()
	var sum Summary
	for i := range plan.Cuts {
		r := &recovery{l: l, cut: &plan.Cuts[i], undo: undo, emit: summaryLater(emit)}
		r.run(ctx)
		sum.add(r.sum)
	}
	sum.add(l.uploadsLeft(ctx, plan.Uploads, undo, summaryLater(emit)))
	sum.Duration = time.Since(begin)
	if emit != nil {
		emit(Event{Type: EventSummary, Op: OpRecover, Summary: &sum})
	}
	return sum
}

func (s *Summary) add(o Summary) {
	s.Done += o.Done
	s.Skipped += o.Skipped
	s.Failed += o.Failed
	s.Refused += o.Refused
	s.Bytes += o.Bytes
	s.NotStarted += o.NotStarted
	s.Kept += o.Kept
	s.Left += o.Left
	s.Hidden += o.Hidden
}

// recovery is one cut on its way.
type recovery struct {
	l    *Library
	cut  *Cut
	undo bool
	emit func(Event)
	sum  Summary
	// again is set when something stays in the journal for another try,
	// waiting when another computer may be at it.
	again   bool
	waiting atomic.Bool
}

// tried counts files of which those that failed stay in the journal.
func (r *recovery) tried(sum Summary) {
	r.sum.add(sum)
	r.again = r.again || sum.Failed+sum.NotStarted > 0 || r.l.o.FixFileNames && sum.Refused > 0
}

func (r *recovery) run(ctx context.Context) {
	var told, both, move []CutItem
	for _, i := range r.cut.Items {
		switch r.wayOf(i) {
		case wayTell:
			told = append(told, i)
		case wayRemove:
			both = append(both, i)
		case wayMove:
			move = append(move, i)
		}
	}
	r.tell(ctx, told)
	r.removeOne(ctx, both)
	if len(move) > 0 {
		r.move(ctx, move)
	}
	if !r.again && !r.waiting.Load() && ctx.Err() == nil {
		r.markers(ctx)
	}
}

// way is what is done about a file.
type way int

const (
	wayNone   way = iota // it has no part in this
	wayTell              // only told, and then settled
	wayRemove            // one of both goes
	wayMove              // moved, to or fro
)

func (r *recovery) wayOf(i CutItem) way {
	back := i.Found == FoundMoved && i.sure != "" && i.to != nil && i.to.ETag == i.sure && i.kind == kindMove
	switch {
	case i.Settled && !(r.undo && back):
		return wayNone
	case i.Found == FoundBoth:
		return wayRemove
	case r.undo && back, !r.undo && i.Found == FoundNotBegun && i.kind == kindMove:
		return wayMove
	}
	return wayTell
}

// ends are how files end that are only told of.
var ends = map[Found]struct{ status, code string }{
	FoundMoved:    {StatusDone, CodeWasComplete},
	FoundNotBegun: {StatusSkipped, CodeNotBegun},
	FoundChanged:  {StatusRefused, CodeCutChanged},
	FoundTaken:    {StatusRefused, CodeCutTaken},
	FoundUnsure:   {StatusRefused, CodeCutUnsure},
	FoundGone:     {StatusFailed, CodeCutGone},
}

func (r *recovery) tell(ctx context.Context, items []CutItem) {
	sum := run(ctx, len(items), r.l.o.Parallel, one, r.emit, func(ctx context.Context, n int, s sink) {
		i := items[n]
		end := ends[i.Found]
		e := r.event(i)
		e.Status, e.Code = end.status, end.code
		if i.Found == FoundMoved {
			e.Op = r.cut.Op
			if i.to != nil {
				e.ETag = i.to.ETag
			}
		} else if i.upload != "" && !r.l.abort(ctx, i.intent.To, i.upload) {
			e.Left = i.upload
		}
		if i.claim != "" { // it was killed before it let go
			r.l.release(ctx, i.claim)
		}
		if StatusOf(end.code) != StatusSkipped && e.Status != StatusDone {
			e.Err = &Error{Code: end.code, Path: i.From, Args: map[string]string{"to": i.To}}
		}
		r.cut.left.Note(journal.Step{ID: i.id, State: journal.Done})
		s.item(e)
	})
	r.sum.add(sum)
}

func (r *recovery) event(i CutItem) Event {
	return Event{Op: OpRecover, Path: i.From, Key: i.intent.From, To: i.To, URL: r.l.URL(i.To), Total: i.Bytes, Private: i.intent.Private}
}

// removeOne ends files that are under both names: finishing removes the
// original, undoing the copy.
func (r *recovery) removeOne(ctx context.Context, items []CutItem) {
	d := &deletion{l: r.l, match: true}
	sum := run(ctx, len(items), r.l.o.Parallel, one, r.emit, func(ctx context.Context, n int, s sink) {
		i := items[n]
		e := r.event(i)
		if err := r.removeFrom(ctx, d, i); err != nil {
			e.Err = err
			r.waiting.Store(r.waiting.Load() || codeIn(err) == CodeClaimed || codeIn(err) == CodeCutFresh)
			s.item(e)
			return
		}
		if !r.undo {
			e.Op, e.ETag = r.cut.Op, i.to.ETag // for all that follows, it is moved
		} else {
			e.To = "" // it is where it was
		}
		e.Bytes = i.Bytes
		r.cut.left.Note(journal.Step{ID: i.id, State: journal.Done})
		s.item(e)
	})
	sum.Hidden = int(d.hidden.Load())
	r.tried(sum)
}

func (r *recovery) removeFrom(ctx context.Context, d *deletion, i CutItem) error {
	stay, leave := *i.to, *i.from
	if r.undo {
		stay, leave = leave, stay
	} else if r.l.o.FixFileNames {
		return refuse(CodeNameFixed, i.From)
	}
	if i.upload != "" {
		r.l.abort(ctx, i.intent.To, i.upload) // joined by now: there is none
	}
	if r.undo && !i.own {
		if err := r.oldEnough(ctx, i); err != nil {
			return err
		}
	}
	err := r.l.removeOneOf(ctx, d, r.cut.left.Operation, i.id, leave, stay)
	if e := (*Error)(nil); errors.As(err, &e) && e.Evidence.Operation == "s3:DeleteObject" {
		return bothExist(MoveItem{From: *i.from, To: i.To}, "s3:DeleteObject", e)
	}
	return err
}

// oldEnough refuses to take back a copy that may be another computer's, which
// is about to remove the original because of it.
func (r *recovery) oldEnough(ctx context.Context, i CutItem) error {
	out, err := r.l.head(ctx, i.intent.To)
	if err != nil {
		return r.l.headFailure(ctx, i.To, err)
	}
	if age := ageOf(out); age < r.l.settleTime {
		wait := (r.l.settleTime - age + time.Minute - 1) / time.Minute
		return refuse(CodeCutFresh, i.From, "to", i.To, "minutes", strconv.Itoa(int(wait)))
	}
	return nil
}

// move moves what was not begun, or with undo moves back.
func (r *recovery) move(ctx context.Context, items []CutItem) {
	if r.undo {
		r.moveBack(ctx, items)
		return
	}
	m := r.l.newMover(r.cut.left.Operation, time.Now())
	jobs := make([]moveJob, len(items))
	left := map[string]string{} // uploads that could not be aborted, by the original's key
	for n, i := range items {
		if i.upload != "" && !r.l.abort(ctx, i.intent.To, i.upload) {
			left[i.intent.From] = i.upload
		}
		from := *i.from
		from.StorageClass = i.intent.Class
		jobs[n] = moveJob{MoveItem: r.l.moveItem(from, i.To), id: i.id}
		if r.l.o.FixFileNames {
			jobs[n].Code = CodeNameFixed
		}
	}
	sum := m.run(ctx, jobs, nil, func(e Event) {
		if id := left[e.Key]; id != "" && e.Type == EventItem {
			e.Left = id
		}
		if r.emit != nil {
			r.emit(e)
		}
	})
	sum.Left += len(left)
	sum.Hidden = int(m.d.hidden.Load())
	r.tried(sum)
}

// moveBack is a move of its own in the journal. Once it is written down there,
// the old entries are settled: never are both open and one acted upon.
func (r *recovery) moveBack(ctx context.Context, items []CutItem) {
	plan := MovePlan{From: r.cut.To, To: r.cut.From, Folder: r.cut.folder}
	var settled []journal.Step
	for _, i := range items {
		item := r.l.moveItem(*i.to, i.From)
		item.From.StorageClass = i.intent.Class
		if r.l.o.FixFileNames {
			item.Code = CodeNameFixed
		}
		plan.Items = append(plan.Items, item)
		settled = append(settled, journal.Step{ID: i.id, State: journal.Done})
	}
	m := r.l.newMover(r.l.o.Journal.Begin(OpMove, operationOf(plan)), time.Now())
	defer m.op.Close() // what failed stays in it, so that it is tried again
	jobs, err := m.begin(plan)
	if err == nil && !r.l.o.FixFileNames {
		err = r.cut.left.Write(settled...)
	}
	sum := m.run(ctx, jobs, err, r.emit)
	sum.Hidden = int(m.d.hidden.Load())
	r.tried(sum)
}

// markers moves the folder markers when all else is at its place. Those of a
// folder in which something had to stay are kept there, too.
func (r *recovery) markers(ctx context.Context) {
	c := r.cut
	if c.marker == 0 {
		return
	}
	plan := MovePlan{From: c.From, To: c.To, markers: c.markers}
	if r.undo {
		plan.From, plan.To = c.To, c.From
		plan.markers = nil
		for _, key := range c.markers {
			path, _ := r.l.space.Path(key)
			plan.markers = append(plan.markers, r.l.space.Key(c.To+path[len(c.From):]))
		}
	}
	if !r.l.moveMarkers(ctx, plan, r.sum.Refused+r.sum.Failed > 0) {
		return
	}
	c.left.Note(journal.Step{ID: c.marker, State: journal.Done})
}
