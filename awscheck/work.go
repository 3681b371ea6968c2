package awscheck

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// work runs check i with its own deadline and trace.
func (g *graph) work(ctx context.Context, i int) {
	c, run := g.checks[i], ctx
	limit := g.deadline(c)
	if c.always {
		ctx, limit = context.WithoutCancel(ctx), cmp.Or(c.limit, cleanupDeadline)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ctx, trace := connect.Observe(ctx)
	ctx = withTeller(ctx, teller{
		announce: func(what string, args diagnose.Args) {
			g.news <- news{i: i, result: Result{ID: c.ID, Status: Running, Reason: "result." + c.ID + "." + what, Args: args}}
		},
		release: func() { g.news <- news{i: i, released: true} },
	})

	started := time.Now()
	o := stopped(run, c, guarded(ctx, c, g.test))
	exchanges := trace.Exchanges()
	if n := repeated(exchanges); n > 0 && o.status == Pass {
		o.notes = append(o.notes, note("retried", diagnose.Args{"count": itoa(n)}))
	}
	g.news <- news{i: i, ended: true, outcome: o, result: Result{
		ID: c.ID, Status: o.status, Reason: o.reason(c.ID), Args: o.args,
		Duration: time.Since(started), Notes: o.notes,
		Evidence: exchanges, RequestIDs: requestIDs(exchanges),
	}}
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

// together runs all of work at once and returns when all have returned. A
// panic in one of them is the caller's, so that it is caught where the
// caller's is.
func together(work ...func()) {
	var wg sync.WaitGroup
	panics := make(chan any, len(work))
	for _, f := range work {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panics <- p
				}
			}()
			f()
		})
	}
	wg.Wait()
	select {
	case p := <-panics:
		panic(p)
	default:
	}
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

// teller is how a check tells something before it ends.
type teller struct {
	announce func(string, diagnose.Args)
	release  func()
}

type tellerKey struct{}

func withTeller(ctx context.Context, t teller) context.Context {
	return context.WithValue(ctx, tellerKey{}, t)
}

// announce tells, while a check runs, what it is doing.
func announce(ctx context.Context, what string, args diagnose.Args) {
	if t, ok := ctx.Value(tellerKey{}).(teller); ok && t.announce != nil {
		t.announce(what, args)
	}
}

// release lets those begin that come after the check that runs.
func release(ctx context.Context) {
	if t, ok := ctx.Value(tellerKey{}).(teller); ok && t.release != nil {
		t.release()
	}
}

// grace is how long a request that changes something may outlive its context.
const grace = 5 * time.Second

// lasting outlives ctx by a moment. What changes something in the bucket is
// sent with it: a request that is cut short may be carried out all the same,
// and nobody would know what there is to remove. A ctx that has ended already
// gives one that has ended, so that nothing new is begun.
func lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx.Err() != nil {
		return context.WithCancel(ctx)
	}
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if end, ok := ctx.Deadline(); ok { // what runs out of time must be seen to
		longer, cancel = context.WithDeadline(longer, end.Add(grace))
	}
	var mu sync.Mutex
	var timer *time.Timer
	forget := context.AfterFunc(ctx, func() {
		mu.Lock()
		defer mu.Unlock()
		if errors.Is(ctx.Err(), context.Canceled) {
			timer = time.AfterFunc(grace, cancel)
		}
	})
	return longer, func() {
		cancel()
		if !forget() {
			mu.Lock()
			defer mu.Unlock()
			if timer != nil {
				timer.Stop()
			}
		}
	}
}
