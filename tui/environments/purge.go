package environments

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// purging follows what CloudFront was asked for, while the end is shown.
type purging struct {
	job  *job.Job
	seen world.PurgeSeen
	over bool
}

// seen is the end of following it.
type seen struct{ world.PurgeSeen }

// purged tells that copies stayed in the CDN, with the commands that take them
// away, or follows the invalidation.
func (e *Environments) purged() tea.Cmd {
	x := e.runs.of(e.name)
	if x == nil || x.end.Purged == nil {
		return nil
	}
	p := x.end.Purged
	if p.Reason != "" {
		e.env.Post(screen.Ask{Dialog: dialog.NewNotice(e.env, e.env.Text.UI.Grace.UnpurgedTitle, dialog.UnpurgedLines(e.env.Text, p), nil)})
	}
	if p.Follow == nil {
		return nil
	}
	var cmd tea.Cmd
	e.purge.job, cmd = e.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		return seen{p.Follow(ctx, func(s world.PurgeSeen) { emit(s) })}
	})
	return cmd
}

// purgeLines are what became of the CDN's copies.
func (e *Environments) purgeLines(p *world.Purged) []dialog.Line {
	w := &e.env.Text.UI.Grace
	paths := text.Thousands(int64(p.Paths))
	var lines []dialog.Line
	switch s := e.purge.seen; {
	case p.Paths == 0:
	case e.purge.over && s.Reason != "":
		lines = append(lines, prose(dialog.Warn, text.Safe(s.Reason)))
	case e.purge.over:
		lines = append(lines, prose(dialog.Good, text.Fill(w.PurgeEnded, "n", paths, "time", e.env.Text.Remaining(s.Waited))))
	default:
		lines = append(lines, prose(dialog.Plain, text.Fill(w.Purged, "n", paths)))
	}
	if p.Reason != "" {
		lines = append(append(lines, dialog.Line{}), dialog.UnpurgedLines(e.env.Text, p)...)
	}
	return lines
}
