package tui_test

import (
	"context"
	"testing"
	"time"

	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// What CloudFront was asked for is followed to its end while the library goes
// on working.
func TestAPurgeIsFollowed(t *testing.T) {
	for _, c := range []struct {
		end  world.PurgeSeen
		says string
	}{
		{world.PurgeSeen{Done: 1, Of: 1, Waited: 42 * time.Second}, "CloudFront has invalidated 1 path (42 s)."},
		{world.PurgeSeen{Of: 1, Reason: "I1 has not completed.", Failed: true}, "I1 has not completed."},
	} {
		seen, end := make(chan world.PurgeSeen, 1), make(chan world.PurgeSeen, 1)
		cdn := &tuitest.CDN{On: true, Answer: world.Purged{Paths: 1, Follow: func(ctx context.Context, emit func(world.PurgeSeen)) world.PurgeSeen {
			for {
				select {
				case s := <-seen:
					emit(s)
				case s := <-end:
					return s
				case <-ctx.Done():
					return world.PurgeSeen{}
				}
			}
		}}}
		d, lib := behind(t, cdn, "en", 100, 30)
		d.Press("down", "down", "d")
		d.See("Delete 1 file,")
		d.Press("down", "enter")
		waitedOut(d)
		d.See("1 deleted", "0 of 1 completed")
		seen <- world.PurgeSeen{Of: 1, Waited: 9 * time.Second}
		d.See("CloudFront is invalidating: 0 of 1 completed, 9 s")
		if lib.Has("logo.png") {
			t.Error("the file is still there")
		}
		d.Press("up", "d") // the next question waits for nothing
		d.See("F3 CDN too")
		d.Press("esc")
		end <- c.end
		d.See(c.says)
		d.NotSee("CloudFront is invalidating:")
	}
}

// The policy that would allow it stands beneath the command.
func TestARefusedPurgeShowsTheGrant(t *testing.T) {
	cdn := &tuitest.CDN{On: true, Answer: world.Purged{
		Reason: "It is account 210987654321's.", Run: "Run this there:", Commands: []string{"aws cloudfront create-invalidation"},
		Grant: []string{"Or allow it:", `{`, `  "Action": "cloudfront:CreateInvalidation"`, `}`},
	}}
	d, _ := behind(t, cdn, "en", 100, 40)
	d.Press("down", "down", "d")
	d.See("Delete 1 file,")
	d.Press("down", "enter")
	waitedOut(d)
	d.See("It is account 210987654321's.", "Run this there:", "Or allow it:", `"Action": "cloudfront:CreateInvalidation"`)
}
