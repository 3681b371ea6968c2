package media_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// The clocks of this computer and of AWS come apart in the middle of uploads:
// the difference is learned from AWS's refusal, and a session that ended by
// AWS's clock is renewed.
func TestAClockThatJumps(t *testing.T) {
	for _, jump := range []time.Duration{20 * time.Minute, -20 * time.Minute, time.Hour, -time.Hour, 3 * time.Hour} {
		t.Run(fmt.Sprint(jump), func(t *testing.T) {
			t.Parallel()
			var ahead atomic.Int64
			e := mediatest.SandboxAt(t, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) })
			r := e.Room(t, media.Options{Parallel: 1})
			put(t, r.Library, media.PutOptions{}, local(t, "before.txt", "a")).want(t, "before.txt", "done")
			plan, err := r.PlanPut(t.Context(), []string{local(t, "small.txt", "b"), local(t, "big.txt", big(17<<20))}, media.PutOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got ends
			r.Put(t.Context(), plan, func(ev media.Event) {
				got.emit(ev)
				ahead.Store(int64(jump)) // from the first event on
			})
			got.want(t, "small.txt", "done")
			got.want(t, "big.txt", "done")
			move(t, r.Library, "small.txt", "moved.txt").want(t, "small.txt", "done")
			if n := len(r.Keys()); n != 3 {
				t.Errorf("%d keys", n)
			}
		})
	}
}

// The first thing that is asked after the jump is a HEAD, which cannot say what
// is wrong with it: not with the clock, nor with a session that ended.
func TestAClockThatJumpsBeforeALook(t *testing.T) {
	for _, jump := range []time.Duration{20 * time.Minute, -20 * time.Minute, 3 * time.Hour} {
		t.Run(fmt.Sprint(jump), func(t *testing.T) {
			t.Parallel()
			var ahead atomic.Int64
			e := mediatest.SandboxAt(t, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) })
			r := e.Room(t, media.Options{})
			r.Lay("a.txt", "a")
			if _, err := r.Info(t.Context(), "a.txt"); err != nil {
				t.Fatal(err)
			}
			ahead.Store(int64(jump))
			if _, err := r.Info(t.Context(), "a.txt"); err != nil {
				t.Error(err)
			}
			move(t, r.Library, "a.txt", "b.txt").want(t, "a.txt", "done")
		})
	}
}

// What cannot be corrected is told as what it is.
func TestAClockThatStaysWrongIsNamed(t *testing.T) {
	r := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "PutObject", Status: 403, Code: "RequestTimeTooSkewed"})).Room(t, media.Options{})
	put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "a")).want(t, "a.txt", "failed:clock")
}
