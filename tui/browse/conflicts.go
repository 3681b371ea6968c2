package browse

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// mostCompared is how many bytes of local files are read to compare them: longer than
// that nobody waits for a question. The rest is asked about like any other.
const mostCompared = 2 << 30

// markSame finds out which of the names that are taken hold the same content
// already: nothing is to be asked about these.
func markSame(ctx context.Context, lib world.Library, plan *media.PutPlan) error {
	left := int64(mostCompared)
	for i := range plan.Items {
		it := &plan.Items[i]
		if it.Code != media.CodeExists || it.Size != it.Old.Size || it.Size > left {
			continue
		}
		left -= it.Size
		if err := lib.Decide(ctx, plan, i, media.Skip); err != nil {
			return err
		}
		if it.Code != media.CodeSame {
			it.Code = media.CodeExists
		}
	}
	return nil
}

// eachOption leads through the names that are taken one by one.
func (b *Browse) eachOption(plan media.PutPlan, taken int, purge *purging) dialog.Option {
	label := text.Fill(b.env.Text.UI.Transfers.UploadEach, "n", text.Thousands(int64(taken)))
	return dialog.Option{Label: label, Answer: do{func() tea.Cmd { return b.askEach(plan, map[int]media.IfExists{}, purge) }}}
}

// askEach asks about the first name that nothing is decided about; when all
// are, the upload begins.
func (b *Browse) askEach(plan media.PutPlan, decided map[int]media.IfExists, purge *purging) tea.Cmd {
	w := &b.env.Text.UI.Transfers
	var open []int
	for i, it := range plan.Items {
		if _, known := decided[i]; it.Code == media.CodeExists && !known {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		return b.settleEach(plan, decided, purge)
	}
	it := plan.Items[open[0]]
	side := func(words string, size int64, when string) dialog.Line {
		return dialog.Line{Text: text.Fill(words, "size", grid.FitRight(text.Bytes(size), 8), "when", when)}
	}
	lines := []dialog.Line{
		{Text: text.Safe(it.URL), Role: dialog.Code, Wrap: true}, {},
		side(w.EachThere, it.Old.Size, b.when(it.Old.Modified)),
		side(w.EachNew, it.Size, b.when(it.Modified)),
	}
	answer := func(choice media.IfExists, which ...int) do {
		return do{func() tea.Cmd {
			for _, i := range which {
				decided[i] = choice
			}
			return b.askEach(plan, decided, purge)
		}}
	}
	var options, rest []dialog.Option
	for _, c := range []struct {
		label  string
		choice media.IfExists
	}{{w.EachSkip, media.Fail}, {w.EachReplace, media.Replace}, {w.EachBoth, media.KeepBoth}} {
		options = append(options, dialog.Option{Label: c.label, Answer: answer(c.choice, open[0])})
		if len(open) > 1 {
			rest = append(rest, dialog.Option{
				Label:  text.Fill(w.EachRest, "choice", c.label, "n", text.Thousands(int64(len(open)))),
				Answer: answer(c.choice, open...),
			})
		}
	}
	title := text.Fill(w.EachTitle, "n", text.Thousands(int64(len(decided)+1)), "of", text.Thousands(int64(len(decided)+len(open))))
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, title, lines, append(options, rest...)...)})
	return nil
}

// settleEach does what was decided about each name, and uploads.
func (b *Browse) settleEach(plan media.PutPlan, decided map[int]media.IfExists, purge *purging) tea.Cmd {
	lib, asked := b.lib, b.asked
	defer func() { b.asked = asked }()
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		for i := range plan.Items {
			choice, known := decided[i]
			if !known || choice == media.Fail {
				continue
			}
			if err := lib.Decide(ctx, &plan, i, choice); err != nil {
				return nil, err
			}
		}
		return func() tea.Cmd { return b.upload(plan, purge) }, nil
	})
}
