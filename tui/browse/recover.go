package browse

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// askCutShort asks, when the library was opened, what is to become of renames
// that were cut short, if there are any; only then does it ask the bucket.
func (b *Browse) askCutShort(lib world.Library) tea.Cmd {
	r, ok := lib.(world.Recoverer)
	if !ok || r.CutShort() == 0 {
		return nil
	}
	return b.planning(b.env.Text.Say("ui.recover.looking", nil), func(ctx context.Context) (func() tea.Cmd, error) {
		plan, err := r.PlanRecover(ctx)
		if err != nil {
			return nil, err
		}
		shown := plan.Cuts
		plan.Close() // nobody is kept waiting for an answer
		return func() tea.Cmd { return b.showCutShort(r, shown) }, nil
	})
}

func (b *Browse) showCutShort(r world.Recoverer, cuts []media.Cut) tea.Cmd {
	if len(cuts) == 0 {
		return nil
	}
	say := func(id string, n int) string {
		return b.env.Text.Say(id, map[string]string{"count": strconv.Itoa(n)})
	}
	lines := dialog.Prose(say("ui.recover.body", len(cuts)))
	files := 0
	for i, c := range cuts {
		n := 0
		for _, item := range c.Items {
			if !item.Settled {
				n++
			}
		}
		files += n
		if i < mostCuts {
			lines = append(lines, dialog.Line{Lead: "  ", Text: text.Safe(c.From), Role: dialog.Muted},
				dialog.Line{Lead: "> ", Text: text.Safe(c.To) + "  " + say("ui.recover.files", n), Role: dialog.Code})
		}
	}
	if len(cuts) > mostCuts {
		lines = append(lines, b.andMore(len(cuts)-mostCuts)...)
	}
	run := func(undo bool) do {
		return do{func() tea.Cmd {
			return b.writing(func() tea.Cmd {
				return b.begin(op{kind: media.OpRecover, title: say("ui.recover.running", len(cuts)), items: max(1, files), run: func(ctx context.Context, emit func(media.Event)) media.Summary {
					plan, err := r.PlanRecover(ctx)
					if err != nil {
						return media.Summary{Failed: files}
					}
					defer plan.Close()
					plan.LeaveUploads() // the question was about renames
					return r.Recover(ctx, plan, undo, emit)
				}})
			})
		}}
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, say("ui.recover.title", len(cuts)), lines,
		dialog.Option{Label: say("ui.recover.later", 0)},
		dialog.Option{Label: say("ui.recover.finish", 0), Answer: run(false)},
		dialog.Option{Label: say("ui.recover.undo", 0), Answer: run(true)})})
	return nil
}

// mostCuts is how many operations the question names.
const mostCuts = 4
