package browse

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// paidOwed is what became of a purge that an earlier run was killed before.
type paidOwed struct{ done world.Purged }

// payOwed tells the CDN what it was not told, once the library is open.
func (b *Browse) payOwed() tea.Cmd {
	by, ok := b.env.World.(world.Purger)
	if !ok {
		return nil
	}
	name := b.place.Connection
	_, cmd := b.env.Do(func(ctx context.Context) any {
		if done, owed := by.PayOwed(ctx, name); owed {
			return paidOwed{done}
		}
		return nil
	})
	return cmd
}

// paidOwed says so, and follows it; or says what to run.
func (b *Browse) paidOwed(r paidOwed) tea.Cmd {
	x := op{kind: media.OpMove, purge: &purging{done: &r.done}}
	if r.done.Reason != "" {
		b.tellUnpurged(x)
		return nil
	}
	b.env.Post(screen.Say{Line: text.Fill(b.env.Text.UI.Grace.PaidOwed, "n", text.Thousands(int64(r.done.Paths)))})
	return b.follower.begin(x)
}
