package browse

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
)

// showTransfers puts the panel in place of the folder; work goes on.
func (b *Browse) showTransfers() {
	b.tracking = true
	b.panel.Open()
}

// transferLines draw the panel above the foot.
func (b *Browse) transferLines() []string {
	lines := make([]string, 0, b.h)
	if b.margin() > 0 {
		lines = append(lines, "")
	}
	lines = append(lines, b.panel.Lines()...)
	for len(lines) < b.h-1 {
		lines = append(lines, "")
	}
	return lines
}

func (b *Browse) transferKeys() []key.Binding {
	b.panel.Paused = b.ops.paused
	all := b.panel.Keys()
	if b.grace.waiting() {
		return append([]key.Binding{b.env.Keys.TakeBack}, all...)
	}
	return all
}

// pressTransfers takes a key while the panel is shown.
func (b *Browse) pressTransfers(m tea.KeyPressMsg) tea.Cmd {
	b.panel.Paused = b.ops.paused
	if b.grace.waiting() && key.Matches(m, b.env.Keys.TakeBack) && !key.Matches(m, b.env.Keys.Back) {
		b.takeBack()
		return nil
	}
	verb, _ := b.panel.Key(m)
	switch verb {
	case transfers.Leave:
		b.tracking = false
	case transfers.CancelFile:
		b.cancelFile()
	case transfers.CancelAll:
		b.askCancelAll()
	case transfers.RetryFile:
		return b.writing(b.retryFile)
	case transfers.RetryAll:
		return b.writing(func() tea.Cmd { return b.onceMore(b.ops.log.Ops()...) })
	case transfers.Pause:
		cmd := b.ops.pause()
		b.panel.Paused = b.ops.paused
		b.panel.Sync()
		return cmd
	case transfers.CopyURL:
		_, f := b.panel.At()
		b.env.Post(screen.Copy{What: b.words().TheURL, Text: f.URL})
	case transfers.Discard:
		b.askDiscard()
	case transfers.Details:
		b.tellFile()
	}
	return nil
}

// cancelFile ends the file under the cursor; the others go on.
func (b *Browse) cancelFile() {
	o, f := b.panel.At()
	x, ok := o.Ref.(*op)
	if !ok || x.control == nil {
		return
	}
	x.control.Cancel(f.Name)
	o.Cancel(b.panel.Index())
	b.panel.Sync()
}

func (b *Browse) askCancelAll() {
	w := &b.env.Text.UI.Transfers
	sum := b.ops.log.Sum()
	n := text.Thousands(int64(max(sum.Items-sum.Over, 0)))
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, w.AskAllTitle, dialog.Prose(b.andLeaves(text.Fill(w.AskAllBody, "n", n))...),
		dialog.Option{Label: b.env.Text.UI.Frame.Stay},
		dialog.Option{Label: w.AskAllYes, Answer: do{func() tea.Cmd {
			b.ops.stop()
			b.panel.Sync()
			return nil
		}}})})
}

// retryFile plans the file under the cursor once more: one that an earlier run
// did not end goes on.
func (b *Browse) retryFile() tea.Cmd {
	o, f := b.panel.At()
	if f == nil {
		return b.retryLeftOut(o)
	}
	if f.State == transfers.Interrupted {
		return b.resume(f.Name)
	}
	x, ok := o.Ref.(*op)
	if !ok || x.again == nil {
		return nil
	}
	file := *f
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		return x.again(ctx, []transfers.File{file})
	})
}

// onceMore plans what failed of operations that are over, each by its own
// rules. Renames and deletions are asked for as a whole: what is done already
// is no part of the new plan.
func (b *Browse) onceMore(of ...*transfers.Operation) tea.Cmd {
	type part struct {
		x     *op
		files []transfers.File
	}
	var parts []part
	var whole *op
	for _, o := range of {
		x, ok := o.Ref.(*op)
		if !ok || o.Ended.IsZero() || len(o.Retries()) == 0 {
			continue
		}
		if x.again == nil {
			whole = x
			continue
		}
		var files []transfers.File
		for _, i := range o.Retries() {
			files = append(files, o.Files[i])
		}
		parts = append(parts, part{x, files})
	}
	switch {
	case len(parts) == 0 && whole == nil:
		return nil
	case len(parts) == 0:
		return b.repeat(whole.asked)()
	}
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		var thens []func() tea.Cmd
		for _, p := range parts {
			then, err := p.x.again(ctx, p.files)
			if err != nil {
				return nil, err
			}
			thens = append(thens, then)
		}
		return together(thens), nil
	})
}

// together does what several plans lead to at once.
func together(thens []func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		cmds := make([]tea.Cmd, len(thens))
		for i, then := range thens {
			cmds[i] = then()
		}
		return tea.Batch(cmds...)
	}
}

// goOn uploads what was agreed to before, and asks only where something is in
// the way by now.
func (b *Browse) goOn(plan media.PutPlan, purge *purging) tea.Cmd {
	if len(plan.LeftOut) > 0 || slices.ContainsFunc(plan.Items, func(it media.PutItem) bool { return it.Code != "" && it.Code != media.CodeSame }) {
		return b.showUpload(plan)
	}
	return b.upload(plan, purge)
}

// tellFile says everything about the file under the cursor.
func (b *Browse) tellFile() {
	_, f := b.panel.At()
	if f == nil {
		return
	}
	w := &b.env.Text.UI.Transfers
	lines := []dialog.Line{{Text: text.Safe(f.Name), Role: dialog.Strong, Wrap: true}}
	if f.Size > 0 {
		lines = append(lines, dialog.Line{Text: b.exactly(f.Size)})
	}
	if f.Local != "" {
		lines = append(lines, dialog.Line{Text: b.env.Text.Labelled(w.LocalFile, text.Safe(f.Local)), Wrap: true})
	}
	if f.URL != "" {
		lines = append(lines, dialog.Line{Text: text.Safe(f.URL), Role: dialog.Code, Wrap: true})
	}
	switch {
	case f.State == transfers.Failed && f.Err != nil:
		lines = append(append(lines, dialog.Line{}), dialog.TroubleLines(b.env, b.env.World.Explain(b.place.Connection, f.Err))...)
	case f.Code != "" || f.State == transfers.Interrupted:
		lines = append(lines, dialog.Line{}, dialog.Line{Text: b.panel.Reason(f), Wrap: true})
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, w.Title, lines, nil)})
}
