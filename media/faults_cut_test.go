package media_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// The network ends at every operation, for good.
func TestTheNetworkEndsAtEveryStep(t *testing.T) {
	for _, k := range tasks() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			e := mediatest.Sandbox(t)
			for n := int64(1); ; n++ {
				ended := false
				for _, after := range []bool{false, true} {
					dir := t.TempDir()
					r := written(t, e, dir, media.Options{})
					k.lay(r)
					client, steps := mediatest.Cut(t, e, n, after)
					l := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 2})
					if k.parts {
						l.CopyInPartsAbove(1<<20, 5<<20)
					}
					if plan, err := l.PlanMove(t.Context(), k.from, k.to); err == nil {
						l.Move(t.Context(), plan, nil)
					}
					ended = steps.Load() < n
					t.Logf("operation %d (after: %v)", n, after)
					k.recover(t, r, (n+int64(len(k.name)))%2 == 0)
				}
				if k.parts && k.lost.Load() > 1 {
					t.Fatalf("%d multipart uploads are left", k.lost.Load())
				}
				if ended {
					break
				}
			}
		})
	}
}

// Cancelled at every operation: what was copied is finished, nothing is left
// to recover.
func TestCancelledAtEveryStep(t *testing.T) {
	for _, k := range tasks() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			e := mediatest.Sandbox(t)
			for n := int64(1); n < 16; n++ {
				for _, after := range []bool{false, true} {
					dir := t.TempDir()
					r := written(t, e, dir, media.Options{})
					k.lay(r)
					ctx, cancel := context.WithCancel(t.Context())
					l := media.New(mediatest.Calling(t, e, n, after, cancel), nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 2})
					if k.parts {
						l.CopyInPartsAbove(1<<20, 5<<20)
					}
					if plan, err := l.PlanMove(ctx, k.from, k.to); err == nil {
						l.Move(ctx, plan, nil)
					}
					cancel()
					k.whole(t, r)
					if got := len(r.Keys()); got != len(k.files) && !strings.Contains(k.name, "folder") {
						t.Errorf("cancelled at %d (after: %v): %d keys", n, after, got)
					}
					wantNothingLeft(t, r.Library)
				}
			}
		})
	}
}
