package media

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestARequestThatChangesSomethingOutlivesACancellationForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		inner, done, err := outlive(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		cancel()
		synctest.Wait()
		if inner.Err() != nil {
			t.Fatal("cancelled at once")
		}
		time.Sleep(undoTime - time.Nanosecond)
		synctest.Wait()
		if inner.Err() != nil {
			t.Error("cancelled before its time")
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if inner.Err() == nil {
			t.Error("goes on for ever")
		}
		if _, _, err := outlive(ctx, 0); err == nil {
			t.Error("a request was begun after the cancellation")
		}
	})
}

func TestARequestThatCannotHaveChangedAnythingEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		inner, done, err := outliveIf(ctx, 0, func() bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		cancel()
		synctest.Wait()
		if inner.Err() == nil {
			t.Error("still going on")
		}
	})
}

func TestTheRateLimitHoldsForAllTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rate, size = 100 << 10, 500 << 10
		l := newLimiter(rate)
		begin := time.Now()
		finished := make(chan time.Duration)
		for range 2 {
			go func() {
				var b bytes.Buffer
				if n, err := copyLimited(t.Context(), &b, strings.NewReader(strings.Repeat("x", size)), l); err != nil || n != size {
					t.Errorf("copied %d, %v", n, err)
				}
				finished <- time.Since(begin)
			}()
		}
		took := max(<-finished, <-finished)
		want := 2 * size * time.Second / rate
		if took > want || took < want-time.Second {
			t.Errorf("1,000 KiB at 100 KiB/s took %v, want about %v", took, want)
		}
	})
}

func TestTheRateLimitEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var b bytes.Buffer
		begin := time.Now()
		if _, err := copyLimited(ctx, &b, strings.NewReader(strings.Repeat("x", 1<<20)), newLimiter(1<<10)); err == nil {
			t.Error("no error")
		}
		if took := time.Since(begin); took > time.Second {
			t.Errorf("went on for %v", took)
		}
	})
}
