package caller

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/mediadock/mediadock/tui/world"
)

// Message reaches the desk from beside the update loop.
type Message interface{ caller() }

type (
	// asked is a question for a code that a job waits on.
	asked struct{ q *question }
	// withdrawn tells that a question is not open any more.
	withdrawn struct{}
)

func (asked) caller()     {}
func (withdrawn) caller() {}

// tokens brings questions for MFA codes from jobs to the person and the codes
// back. Jobs that ask for the same device at the same time share one question.
type tokens struct {
	out chan Message

	mu     sync.Mutex
	open   map[string]*question
	last   time.Time // when a question was last answered or withdrawn
	closed bool
}

// question is one that the person is asked.
type question struct {
	device  string
	refused int           // codes just before
	done    chan struct{} // closed once there is an answer, or nobody waits
	code    string
	err     error
	waiting int // jobs
}

func newTokens() *tokens {
	return &tokens{out: make(chan Message, 16), open: map[string]*question{}}
}

// ask waits for the code of a device. It returns world.ErrNoToken when the
// person gives none, and the context's error when that ends first.
func (t *tokens) ask(ctx context.Context, device string) (string, error) {
	q, first := t.join(device, world.Refused(ctx))
	if first {
		select {
		case t.out <- asked{q}: // also when ctx has ended: others may have joined
		case <-q.done:
		}
	}
	select {
	case <-q.done:
		return q.code, q.err
	case <-ctx.Done():
		t.leave(q)
		return "", ctx.Err()
	}
}

func (t *tokens) join(device string, refused int) (q *question, first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if q, ok := t.open[device]; ok {
		q.waiting++
		return q, false
	}
	q = &question{device: device, refused: refused, done: make(chan struct{}), waiting: 1}
	if t.closed {
		q.err = world.ErrNoToken
		close(q.done)
		return q, false
	}
	t.open[device] = q
	return q, true
}

// leave is a job that waits no longer. With the last one the question goes.
func (t *tokens) leave(q *question) {
	t.mu.Lock()
	q.waiting--
	gone := q.waiting == 0 && t.end(q, "", context.Canceled)
	t.mu.Unlock()
	if gone {
		select {
		case t.out <- withdrawn{}:
		default: // there is plenty for the loop to redraw for
		}
	}
}

// answer gives the person's code, or the reason why there is none.
func (t *tokens) answer(q *question, code string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end(q, code, err)
}

// end closes a question once; t.mu is held.
func (t *tokens) end(q *question, code string, err error) bool {
	if t.open[q.device] != q {
		return false
	}
	delete(t.open, q.device)
	q.code, q.err = code, err
	t.last = time.Now()
	close(q.done)
	return true
}

// close answers all that is open: nobody will.
func (t *tokens) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	for _, q := range t.open {
		t.end(q, "", world.ErrNoToken)
	}
}

// gone tells whether a question needs no answer any more.
func (q *question) gone() bool {
	select {
	case <-q.done:
		return true
	default:
		return false
	}
}

// idle is how long nobody has been asked for a code, negative while somebody
// is.
func (t *tokens) idle() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.open) > 0 {
		return -1
	}
	return time.Since(t.last)
}

// within is a context that ends after d, in which the time does not count for
// which a person is asked for a code. end releases it, and tells whether the
// time had run out.
func (t *tokens) within(ctx context.Context, d time.Duration) (limited context.Context, end func() (late bool)) {
	limited, cancel := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		timer := time.NewTimer(d)
		defer timer.Stop()
		for {
			select {
			case <-limited.Done():
				return
			case <-timer.C:
			}
			idle := t.idle()
			if idle >= d {
				cancel(context.DeadlineExceeded)
				return
			}
			timer.Reset(d - max(idle, 0)) // it began anew with the answer
		}
	}()
	return limited, func() bool {
		late := errors.Is(context.Cause(limited), context.DeadlineExceeded)
		cancel(nil)
		<-ended
		return late
	}
}
