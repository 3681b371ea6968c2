package browse

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// follower follows what CloudFront was asked for to its end, beside everything
// else: nothing waits for it, and leaving the screen ends the watching alone.
type follower struct {
	env     *screen.Env
	watches []*watch
}

// watch is one purge on its way.
type watch struct {
	job   *job.Job
	paths int
	seen  world.PurgeSeen
}

// followed is the end of a watch.
type followed struct{ seen world.PurgeSeen }

// begin follows a purge; nil where there is nothing to follow.
func (f *follower) begin(x op) tea.Cmd {
	if x.purge == nil || x.purge.done == nil || x.purge.done.Follow == nil {
		return nil
	}
	w := &watch{paths: x.purge.done.Paths}
	follow := x.purge.done.Follow
	var cmd tea.Cmd
	w.job, cmd = f.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		return followed{follow(ctx, func(s world.PurgeSeen) { emit(s) })}
	})
	f.watches = append(f.watches, w)
	return cmd
}

// take takes how far a purge is; false where it is nothing of this.
func (f *follower) take(m job.Event) bool {
	for _, w := range f.watches {
		if w.job.Is(m.ID) {
			w.seen = m.Items[len(m.Items)-1].(world.PurgeSeen)
			return true
		}
	}
	return false
}

// end says how a purge ended.
func (f *follower) end(m job.Done, r followed) {
	for i, w := range f.watches {
		if !w.job.Is(m.ID) {
			continue
		}
		f.watches = append(f.watches[:i:i], f.watches[i+1:]...)
		words := &f.env.Text.UI.Grace
		switch {
		case m.Canceled:
		case r.seen.Reason != "":
			f.env.Post(screen.Say{Line: text.Safe(r.seen.Reason), Bad: r.seen.Failed})
		default:
			f.env.Post(screen.Say{Line: text.Fill(words.PurgeEnded, "n", text.Thousands(int64(w.paths)), "time", f.env.Text.Remaining(r.seen.Waited))})
		}
		return
	}
}

func (f *follower) stop() {
	for _, w := range f.watches {
		w.job.Cancel()
	}
	f.watches = nil
}

// line is how far the purges are; empty when none is on its way.
func (f *follower) line(width int) string {
	if len(f.watches) == 0 {
		return ""
	}
	var sum world.PurgeSeen
	for _, w := range f.watches {
		sum.Done, sum.Of = sum.Done+w.seen.Done, sum.Of+max(w.seen.Of, 1)
		sum.Waited = max(sum.Waited, w.seen.Waited)
	}
	return grid.Cut(text.Fill(f.env.Text.UI.Grace.Purging, "n", itoa(sum.Done), "of", itoa(sum.Of), "time", f.env.Text.Remaining(sum.Waited)), width)
}
