package media

import (
	"context"
	"io"
	"sync"

	"golang.org/x/time/rate"
)

// rateStep is the most that passes at once, so that a slow limit is even.
const rateStep = 16 << 10

// limiter keeps all transfers together under a number of bytes a second; nil
// lets everything through.
type limiter struct{ bytes *rate.Limiter }

func newLimiter(bytesPerSecond int64) *limiter {
	if bytesPerSecond <= 0 {
		return nil
	}
	return &limiter{rate.NewLimiter(rate.Limit(bytesPerSecond), rateStep)}
}

// step is how many of n bytes may be moved before wait is called for them.
func (l *limiter) step(n int) int {
	if l == nil {
		return n
	}
	return min(n, rateStep)
}

// wait lets n bytes, at most a step, pass in time.
func (l *limiter) wait(ctx context.Context, n int) error {
	if l == nil {
		return nil
	}
	return l.bytes.WaitN(ctx, n)
}

// buffers are shared by all downloads.
var buffers = sync.Pool{New: func() any { b := make([]byte, 64<<10); return &b }}

// copyLimited is io.Copy under a limit, until the context ends.
func copyLimited(ctx context.Context, w io.Writer, r io.Reader, l *limiter) (int64, error) {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	var done int64
	for {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		n, rerr := r.Read((*buf)[:l.step(len(*buf))])
		if n > 0 {
			if err := l.wait(ctx, n); err != nil {
				return done, err
			}
			written, err := w.Write((*buf)[:n])
			done += int64(written)
			if err != nil {
				return done, err
			}
		}
		switch rerr {
		case nil:
		case io.EOF:
			return done, nil
		default:
			return done, rerr
		}
	}
}
