package media

import (
	"context"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
)

const (
	// mostFlow is how many requests run at once at most unless Options say
	// otherwise.
	mostFlow = 256
	// crowdedAfter is how much longer answers may take than the quickest
	// before more requests at once would only wait for each other.
	crowdedAfter = 3
)

// flow lets as many requests run at once as S3 takes: more as long as they are
// answered about as quickly, half as many when S3 asks to slow down, and then
// more again, one a round.
type flow struct {
	mu      sync.Mutex
	free    *sync.Cond
	limit   float64
	most    int
	running int
	// since counts answers since the last time that the limit was halved: what
	// was under way then says nothing new.
	since int
	slow  int64
	// quickest and usual are how long answers take.
	quickest, usual time.Duration
}

func newFlow(most int, chosen bool) *flow {
	if !chosen {
		most = mostFlow
	}
	f := &flow{limit: float64(min(most, DefaultParallel)), most: most, since: most}
	f.free = sync.NewCond(&f.mu)
	return f
}

// waking has a context that ends wake whoever waits with it.
func (f *flow) waking(ctx context.Context) (stop func() bool) {
	return context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.free.Broadcast()
	})
}

// begin waits until one more may run, or the context, which is one of waking,
// ends.
func (f *flow) begin(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.running >= int(f.limit) && ctx.Err() == nil {
		f.free.Wait()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	f.running++
	return nil
}

// end gives a place back. took is how long the answer took; 0 says nothing.
func (f *flow) end(took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running--
	f.since++
	if took > 0 {
		if f.quickest == 0 || took < f.quickest {
			f.quickest = took
		}
		f.usual += (took - f.usual) / 8
		if f.usual <= crowdedAfter*f.quickest {
			step := 1 / f.limit
			if f.slow == 0 {
				step = 1 // doubled in each round until S3 says that it is enough
			}
			f.limit = min(float64(f.most), f.limit+step)
		}
	}
	f.free.Broadcast()
}

// slowDown is told each time that S3 asks to slow down.
func (f *flow) slowDown() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.slow++
	f.since++
	if f.since >= int(f.limit) {
		f.since = 0
		f.limit = max(1, f.limit/2)
	}
}

// state is how many may run at once, and how often S3 asked for fewer.
func (f *flow) state() (parallel int, slowDowns int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return int(f.limit), f.slow
}

type flowKey struct{}

// in gives requests that say slowDowns a context by which they tell the flow.
func (f *flow) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, flowKey{}, f)
}

// slowDowns tells the flow that a request belongs to, if it does, of each
// attempt that S3 answered with SlowDown.
func slowDowns(o *s3.Options) {
	o.APIOptions = append(o.APIOptions[:len(o.APIOptions):len(o.APIOptions)], func(s *middleware.Stack) error {
		return s.Finalize.Insert(middleware.FinalizeMiddlewareFunc("mediadock.SlowDowns",
			func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
				out, meta, err := next.HandleFinalize(ctx, in)
				if f, ok := ctx.Value(flowKey{}).(*flow); ok && err != nil && failure("", "", err).Code == CodeBusy {
					f.slowDown()
				}
				return out, meta, err
			}), "Retry", middleware.After)
	})
}

// pace is how quickly an operation goes, measured over the last while.
type pace struct {
	begun   time.Time
	marks   []mark
	objects int64
	bytes   int64
}

type mark struct {
	at             time.Time
	objects, bytes int64
}

const (
	// paceTime is over which time the rate is measured, and paceLeast from how
	// many objects or how much time on it tells something.
	paceTime    = 30 * time.Second
	paceLeast   = 100
	paceSoonest = 2 * time.Second
	// paceBytes is how many bytes of an object take as long as a request.
	paceBytes = 8 * mebi
)

func (p *pace) add(bytes int64) {
	p.objects++
	p.bytes += bytes
}

// measure gives the rates at a time, and how long the rest takes; zero where
// too little is known.
func (p *pace) measure(now time.Time, restObjects, restBytes int64) (objects, bytes float64, left time.Duration) {
	if p.marks == nil {
		p.marks = []mark{{at: p.begun}}
	}
	if now.Sub(p.marks[len(p.marks)-1].at) >= paceTime/15 {
		p.marks = append(p.marks, mark{now, p.objects, p.bytes})
	}
	for len(p.marks) > 2 && now.Sub(p.marks[1].at) > paceTime {
		p.marks = p.marks[1:]
	}
	first := p.marks[0]
	span := now.Sub(first.at)
	n, b := p.objects-first.objects, p.bytes-first.bytes
	if span <= 0 || n == 0 || n < paceLeast && span < paceSoonest {
		return 0, 0, 0
	}
	objects, bytes = float64(n)/span.Seconds(), float64(b)/span.Seconds()
	work := func(objects, bytes int64) float64 { return float64(max(objects, 0)) + float64(max(bytes, 0))/paceBytes }
	return objects, bytes, time.Duration(work(restObjects, restBytes) / work(n, b) * float64(span))
}
