package media

import (
	"context"
	"math/bits"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
)

const (
	// mostFlow is how many requests run at once at most unless Options say
	// otherwise.
	mostFlow = 256
	// crowdedAfter is how much longer answers may take than they did when
	// they were quickest before more requests at once would only wait for each
	// other.
	crowdedAfter = 3
	// gives is what is left of the limit when S3 asks to slow down. After that
	// it grows by one a round, by less below fewGrow, and twice as fast after
	// quietRounds without being asked again.
	gives       = 0.8
	fewGrow     = 24
	quietRounds = 16
	// usualOver is over how many answers their time is smoothed.
	usualOver = 32
)

// flow lets as many requests run at once as S3 takes: more as long as they are
// answered about as quickly, fewer when S3 asks to slow down, and then more
// again, one a round at first and faster the longer S3 says nothing.
type flow struct {
	mu      sync.Mutex
	free    *sync.Cond
	limit   float64
	most    int
	running int
	// lowered counts how often the limit was lowered, and quiet the rounds since.
	lowered int64
	quiet   float64
	slow    int64
	times   [16]answerTimes // by the size of what was asked for, doubled from each to the next
}

// answerTimes are how long answers take, and took at the best of times.
type answerTimes struct {
	seen        int
	usual, best float64
}

// crowded takes the time of one more answer.
func (a *answerTimes) crowded(took float64) bool {
	if a.seen < usualOver {
		a.seen++
	}
	a.usual += (took - a.usual) / float64(a.seen)
	if a.seen == usualOver && (a.best == 0 || a.usual < a.best) {
		a.best = a.usual
	}
	return a.seen == usualOver && a.usual > crowdedAfter*a.best
}

func newFlow(most int, chosen bool) *flow {
	if !chosen {
		most = mostFlow
	}
	f := &flow{limit: float64(min(most, DefaultParallel)), most: most}
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

// end gives a place back. took is how long the answer took, about so many
// bytes; 0 says nothing.
func (f *flow) end(took time.Duration, bytes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running--
	if took > 0 && !f.times[min(bits.Len64(uint64(max(bytes, 0))>>20), len(f.times)-1)].crowded(took.Seconds()) {
		f.quiet += 1 / f.limit
		step := 1.0 // doubled in each round until S3 says that it is enough
		if f.slow > 0 {
			step = min(1/f.limit, 1.0/fewGrow) * (1 + f.quiet/quietRounds)
		}
		f.limit = min(float64(f.most), f.limit+step)
	}
	f.free.Broadcast()
}

// mark is what slowDown is to be told: when an attempt began.
func (f *flow) mark() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lowered
}

// slowDown is told each time that S3 asks to slow down, of the attempt that
// began at a mark. One from before the limit was lowered says nothing new, and
// neither does one while more are under way than there should be.
func (f *flow) slowDown(since int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.slow++
	f.quiet = 0
	if since == f.lowered && f.running <= int(f.limit) {
		f.lowered++
		f.limit = max(1, f.limit*gives)
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
				f, ok := ctx.Value(flowKey{}).(*flow)
				if !ok {
					return next.HandleFinalize(ctx, in)
				}
				begun := f.mark()
				out, meta, err := next.HandleFinalize(ctx, in)
				if err != nil && failure("", "", err).Code == CodeBusy {
					f.slowDown(begun)
				}
				return out, meta, err
			}), "Retry", middleware.After)
	})
}
