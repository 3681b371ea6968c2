// Package job lets domain calls that take time run beside the update loop.
//
// A job is started from Update, works in a command, and comes back as
// messages: Event with what was emitted since the last one, sampled so that a
// flood of progress costs a few redraws a second, and one Done at the end,
// always after the last Event. Every message carries the job's id and its
// owner's; the root drops those whose owner is gone.
//
// The pool owns the goroutines: Close cancels all of them and waits.
package job

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Sample is how often at most a job's events reach the loop.
const Sample = 40 * time.Millisecond

// Event is what a job emitted since its last Event.
type Event struct {
	ID    int
	Owner int
	Items []any
	job   *Job
}

// Next waits for the job's next message. The root issues it after every
// Event; nobody else does.
func (e Event) Next() tea.Cmd { return e.job.next }

// Done is a job's end.
type Done struct {
	ID     int
	Owner  int
	Result any
	// Canceled is true when the job was told to stop before it ended.
	Canceled bool
}

// Pool starts jobs and waits for them.
type Pool struct {
	ctx    context.Context
	stop   context.CancelFunc
	mu     sync.Mutex
	closed bool
	seq    int
	wg     sync.WaitGroup
}

// NewPool returns a pool whose jobs end with ctx.
func NewPool(ctx context.Context) *Pool {
	ctx, stop := context.WithCancel(ctx)
	return &Pool{ctx: ctx, stop: stop}
}

// Close cancels every job and waits until they have ended or the time is up;
// it reports whether all did.
func (p *Pool) Close(patience time.Duration) bool {
	p.stop()
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	ended := make(chan struct{})
	go func() { p.wg.Wait(); close(ended) }()
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-ended:
		return true
	case <-t.C:
		return false
	}
}

// Owned returns a starter whose jobs carry the owner's id.
func (p *Pool) Owned(owner int) Starter { return Starter{pool: p, owner: owner} }

// Starter starts jobs for one owner.
type Starter struct {
	pool  *Pool
	owner int
}

// Job is one running call.
type Job struct {
	ID     int
	owner  int
	cancel context.CancelFunc

	mu     sync.Mutex
	items  []any
	wake   chan struct{}
	ended  chan struct{}
	result any
	cut    bool
	last   time.Time
}

// Do starts work that only has an end.
func (s Starter) Do(work func(ctx context.Context) any) (*Job, tea.Cmd) {
	return s.Start(func(ctx context.Context, _ func(any)) any { return work(ctx) })
}

// Start starts work that emits while it goes on. What work returns is the
// Result of Done.
func (s Starter) Start(work func(ctx context.Context, emit func(any)) any) (*Job, tea.Cmd) {
	p := s.pool
	p.mu.Lock()
	p.seq++
	id := p.seq
	p.mu.Unlock()
	ctx, cancel := context.WithCancel(p.ctx)
	j := &Job{
		ID: id, owner: s.owner, cancel: cancel,
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	run := func() tea.Msg {
		defer cancel()
		if !p.enter() {
			close(j.ended)
			return nil
		}
		defer p.wg.Done()
		defer close(j.ended) // also when work panics: the loop then ends
		j.result = work(ctx, j.emit)
		j.cut = ctx.Err() != nil
		return nil
	}
	return j, tea.Batch(run, j.next)
}

// enter counts a job in, unless the pool is closed.
func (p *Pool) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.wg.Add(1)
	return true
}

// Cancel tells the job to stop. It still ends with a Done, after it has
// cleaned up behind itself. Cancelling twice is harmless.
func (j *Job) Cancel() {
	if j != nil {
		j.cancel()
	}
}

// Is tells whether a message's id is this job's; a nil job has none.
func (j *Job) Is(id int) bool { return j != nil && j.ID == id }

func (j *Job) emit(item any) {
	j.mu.Lock()
	j.items = append(j.items, item)
	j.mu.Unlock()
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// next waits until there is something to tell: events, or the end.
func (j *Job) next() tea.Msg {
	select {
	case <-j.wake:
		j.pause()
	case <-j.ended:
	}
	j.mu.Lock()
	items := j.items
	j.items = nil
	j.last = time.Now()
	j.mu.Unlock()
	if len(items) > 0 {
		return Event{ID: j.ID, Owner: j.owner, Items: items, job: j}
	}
	select {
	case <-j.ended:
		return Done{ID: j.ID, Owner: j.owner, Result: j.result, Canceled: j.cut}
	default:
		return Event{ID: j.ID, Owner: j.owner, job: j} // woken for events already told
	}
}

// pause keeps the distance between two events, and ends early with the job.
func (j *Job) pause() {
	j.mu.Lock()
	wait := Sample - time.Since(j.last)
	j.mu.Unlock()
	if wait <= 0 {
		return
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
	case <-j.ended:
	}
}
