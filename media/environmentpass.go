package media

import (
	"context"
	"sync"
	"time"
)

const (
	// environmentWindow is how many objects may be begun after one that is not
	// done: what a cursor waits for, and a limit of memory.
	environmentWindow = 1 << 16
	// environmentTick is how often progress is told.
	environmentTick = 250 * time.Millisecond
	// Objects that are copied by parts run many requests each. They are
	// counted apart, so that nothing waits for one that takes an hour.
	largeAtOnce = 2
	largeQueue  = 256
)

// environmentPass is one walk through both listings, with what is to be done
// about each path.
type environmentPass struct {
	phase string
	from  cursor
	// objects and bytes are what is to be done.
	objects, bytes int64
	// look tells at once what there is to say of a path, or that work has to be
	// done, which workers do. One that says nothing at all is passed over.
	look func(pair) (end environmentEnd, todo bool)
	work func(context.Context, pair) environmentEnd
}

// environmentEnd is how a path ended.
type environmentEnd struct {
	pair
	event   *Event // nil: nothing to tell
	verdict verdict
	// before tells that this run had copied it before, and again that it was
	// gone then.
	before, again bool
	// cancelled tells that it was not done.
	cancelled bool
	order     int64         // among those that the window counts; -1: none of them
	took      time.Duration // of a copy that was made
}

// there tells that the source's object is in the environment.
func (n environmentEnd) there() bool {
	return n.event != nil && n.event.Err == nil && (n.event.Code == "" || n.event.Code == CodeSame)
}

// equal tells that the comparison found both to be the same.
func (n environmentEnd) equal() bool {
	return n.verdict == verdictETag || n.verdict == verdictChecksum || n.verdict == verdictSize
}

// made tells that something was copied.
func (n environmentEnd) made() bool {
	return n.event != nil && n.event.Code == "" && n.event.Err == nil
}

// pass does one walk. Its error is the listings', or that of ended.
func (c *environmentCopy) pass(ctx context.Context, p environmentPass) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer c.flow.waking(ctx)()
	w := &window{room: make(chan struct{}, environmentWindow), cursor: p.from, waiting: map[int64]passed{}, every: c.l.environmentEvery}
	ends := make(chan environmentEnd, DefaultParallel) // few: so many more may fail before it is known that all do
	var walked error
	go func() {
		defer close(ends)
		walked = c.dispatch(ctx, p, w.room, ends)
	}()
	tick := time.NewTicker(environmentTick)
	defer tick.Stop()
	speed := pace{begun: time.Now()}
	var failed error
	for {
		select {
		case <-tick.C:
			c.progress(p, &speed)
		case end, more := <-ends:
			if c.noteTimes(); !more {
				c.progress(p, &speed)
				if p.phase == PhaseCopy && w.next > w.noted {
					c.note(w.cursor)
				}
				if p.phase == PhaseCopy {
					c.l.rememberRate(&speed)
				}
				if failed != nil {
					return failed
				}
				return walked
			}
			if end.cancelled {
				continue
			}
			if p.phase == PhaseVerify && end.from != nil || p.phase == PhaseCopy && end.made() {
				speed.add(end.size())
			}
			if err := c.ended(end, p.phase); err != nil && failed == nil {
				failed = err
				stop()
			}
			if to, ok := w.done(end); ok && p.phase == PhaseCopy && failed == nil {
				c.note(to)
				c.l.rememberRate(&speed) // a run that is killed has no end to do it at
			}
		}
	}
}

// dispatch walks both listings and has workers do what there is to do.
func (c *environmentCopy) dispatch(ctx context.Context, p environmentPass, room chan struct{}, ends chan<- environmentEnd) error {
	var busy sync.WaitGroup
	defer busy.Wait()
	queue, large := make(chan struct{}, largeQueue), make(chan struct{}, largeAtOnce)
	jobs := make(chan environmentEnd)
	defer close(jobs) // before busy is waited for
	order := int64(0)
	return sideBySide(ctx, c.l, c.t, p.from.After, nil, func(at pair) error {
		end, todo := p.look(at)
		if !todo && end.event == nil && end.verdict == verdictNone {
			return nil
		}
		end.pair, end.order = at, -1
		big := todo && at.from != nil && at.from.Size > c.l.copyLimit
		if big {
			from := *at.from // and not the page that it is in
			end.from = &from
			if !take(ctx, queue) {
				return ctx.Err()
			}
		} else {
			if !take(ctx, room) {
				return ctx.Err()
			}
			end.order = order
			order++
		}
		if !todo {
			ends <- end
			return nil
		}
		if !big {
			if err := c.flow.begin(ctx); err != nil {
				return err
			}
			select {
			case jobs <- end: // one that worked before has the stack that requests need
			default:
				busy.Go(func() {
					c.worker(ctx, p, end, ends)
					for next := range jobs {
						c.worker(ctx, p, next, ends)
					}
				})
			}
			return nil
		}
		busy.Go(func() {
			defer func() { <-queue }()
			if !take(ctx, large) {
				return
			}
			defer func() { <-large }()
			if c.flow.begin(ctx) == nil {
				c.worker(ctx, p, end, ends)
			}
		})
		return nil
	})
}

// take takes a place; false when the context ended.
func take(ctx context.Context, places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *environmentCopy) worker(ctx context.Context, p environmentPass, at environmentEnd, ends chan<- environmentEnd) {
	end := p.work(ctx, at.pair)
	end.pair, end.order = at.pair, at.order
	if e := end.event; ctx.Err() != nil && e != nil && e.Err != nil && codeIn(e.Err) == CodeAborted {
		end.cancelled = true
	}
	ends <- end
	c.flow.end(end.took, at.size()) // not before somebody has heard of it, or many would wait for that
}

func (c *environmentCopy) progress(p environmentPass, speed *pace) {
	now := &EnvironmentProgress{Phase: p.phase, Done: speed.objects, DoneBytes: speed.bytes, Objects: p.objects, Bytes: p.bytes}
	now.PerSecond, now.BytesPerSecond, now.Left = speed.measure(time.Now(), p.objects-speed.objects, p.bytes-speed.bytes)
	now.Parallel, now.SlowDowns = c.flow.state()
	c.emit(Event{Type: EventProgress, Op: OpCopy, Environment: now, Bytes: now.DoneBytes, Total: now.Bytes})
}

type passed struct {
	path  string
	bytes int64
	there bool // and not failed
}

// window knows up to where all is done, though objects end in another order
// than they are begun in.
type window struct {
	room    chan struct{}    // one place an object that is begun and after the cursor
	waiting map[int64]passed // what is done, by its order
	next    int64            // the first that is not
	cursor  cursor
	every   int64
	noted   int64
}

// done takes an end; ok tells that the cursor is worth writing down.
func (w *window) done(end environmentEnd) (to cursor, ok bool) {
	if end.order < 0 {
		return w.cursor, false
	}
	w.waiting[end.order] = passed{end.path(), end.size(), end.there()}
	for {
		at, ended := w.waiting[w.next]
		if !ended {
			break
		}
		delete(w.waiting, w.next)
		w.next++
		w.cursor.After = at.path
		if at.there {
			w.cursor.Bytes += at.bytes
			w.cursor.Done++
		}
		<-w.room
	}
	if w.next-w.noted < w.every {
		return w.cursor, false
	}
	w.noted = w.next
	return w.cursor, true
}
