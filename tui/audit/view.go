package audit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// tall is from how many rows on the finding under the cursor is explained
// beneath the list; where there are fewer, enter does.
const tall = 16

// beneathRows is how many rows that takes.
const beneathRows = 7

// margin are the cells left of everything.
const margin = "  "

// View draws the state, the findings by kind and, where there is room, what
// there is to know of the one under the cursor.
func (a *Audit) View() screen.View {
	w := max(a.w-2*len(margin), 1)
	lines := a.head(w)
	top := len(lines)
	lines = append(lines, a.list.Rows(func(i int, cursor bool) string { return a.row(i, cursor, w) })...)
	if a.h >= tall && a.at() != nil {
		lines = append(lines, a.beneath(w)...)
	}
	for i, l := range lines {
		lines[i] = margin + l
	}
	v := screen.View{Body: strings.Join(lines[:min(len(lines), a.h)], "\n"), Mouse: true, Spots: a.list.Spots(top, a.w, a.env.Keys.Open)}
	if a.load != nil && a.progress.step == audit.Reading && a.progress.of > 0 {
		v.Progress = tea.NewProgressBar(tea.ProgressBarDefault, min(100*a.progress.files/a.progress.of, 100))
	}
	return v
}

// fit gives the list the rows that are left.
func (a *Audit) fit() {
	a.list.Skip = a.groups.heading
	a.list.SetLen(a.groups.rows())
	room := a.h - len(a.head(max(a.w-2*len(margin), 1)))
	if a.h >= tall {
		room -= beneathRows
	}
	a.list.SetHeight(max(room, 1))
}

// head is how far the audit is, what it found, and what it did not look at.
func (a *Audit) head(w int) []string {
	t, words := a.env.Theme, a.words()
	out := []string{a.state(w)}
	note := func(line string) { out = append(out, t.Muted.Render(grid.Cut(line, w))) }
	count := func(line string, n int) {
		if n > 0 {
			note(text.Fill(line, "n", text.Thousands(int64(n))))
		}
	}
	if m := a.mended; m.over {
		out = append(out, a.mendedLine(w))
	}
	if a.ended.over && a.ended.err == nil {
		count(words.Unread, a.ended.Unread)
		count(words.Renames, a.ended.Renames)
		count(words.Uploads, a.ended.Uploads)
		if !a.deep && !a.ended.stopped {
			note(words.Shallow)
		}
	}
	if a.groups.rows() > 0 && a.h >= tall {
		out = append(out, "")
	}
	return out
}

// state is the first line.
func (a *Audit) state(w int) string {
	t, words, n := a.env.Theme, a.words(), func(n int) string { return text.Thousands(int64(n)) }
	switch e := a.ended; {
	case a.mend != nil:
		return t.Accent.Render(grid.Cut(words.Mending+"  "+n(a.mended.tried)+" / "+n(a.mended.of), w))
	case a.load != nil && a.progress.step == audit.Reading:
		return t.Accent.Render(grid.Cut(text.Fill(words.Reading, "n", n(a.progress.files), "of", n(a.progress.of)), w))
	case a.load != nil && a.progress.files > 0:
		return t.Accent.Render(grid.Cut(text.Fill(words.Listing, "n", n(a.progress.files)), w))
	case a.load != nil:
		return t.Accent.Render(grid.Cut(words.Comparing, w))
	case e.err != nil && a.groups.rows() == 0:
		return t.Bad.Render(grid.Cut("✗ "+words.NotRun, w))
	case e.err != nil:
		return t.Bad.Render(grid.Cut("✗ "+words.Failed, w))
	case e.stopped:
		return t.Warn.Render(grid.Cut("! "+words.Stopped, w))
	case a.groups.total() == 0:
		return t.OK.Render(grid.Cut("✓ "+text.Fill(words.Agree, "n", n(e.Files)), w))
	default:
		return t.Strong.Render(grid.Cut(text.Fill(words.Found, "n", n(a.groups.total()), "of", n(e.Files)), w))
	}
}

func (a *Audit) mendedLine(w int) string {
	t, words := a.env.Theme, a.words()
	done, left := a.mended.count()
	line := text.Fill(words.Mended, "n", text.Thousands(int64(done)))
	style, mark := t.OK, "✓ "
	if left > 0 {
		line = text.Fill(words.MendedSome, "n", text.Thousands(int64(done)), "left", text.Thousands(int64(left)))
		style, mark = t.Warn, "! "
	}
	if a.mended.more {
		line += " " + words.MoreToMend
	}
	return style.Render(grid.Cut(mark+line, w))
}

// row is a finding, or the heading of its kind with how many there are.
func (a *Audit) row(i int, cursor bool, w int) string {
	t, words := a.env.Theme, a.words()
	g, f := a.groups.row(i)
	switch {
	case g == nil:
		return ""
	case f == nil:
		kind, n, of := a.env.Text.Say("audit."+string(g.kind), nil), text.Thousands(int64(len(g.held))), text.Thousands(int64(g.total))
		if g.total > len(g.held) {
			return t.Strong.Render(grid.Cut(text.Fill(words.First, "kind", kind, "n", n, "of", of), w))
		}
		return t.Strong.Render(grid.Cut(text.Fill(words.Group, "kind", kind, "n", n), w))
	}
	line, style, mark := text.Safe(a.env.Text.Audited(f.Finding)), t.Text, "  "
	if f.left {
		line, style = line+"  "+words.Left, t.Muted
	}
	if cursor {
		mark, style = "> ", t.Accent
	}
	return t.On(style, cursor).Render(grid.Fit(mark+line, w))
}

// beneath explains the finding under the cursor, in beneathRows rows at most.
func (a *Audit) beneath(w int) []string {
	t, words, f := a.env.Theme, a.words(), a.at()
	out := []string{t.Faint.Render(strings.Repeat("─", w))}
	add := func(label, said string, most int) {
		wrapped := grid.Wrap(a.env.Text.Labelled(label, text.Safe(said)), w)
		for i, l := range wrapped[:min(len(wrapped), most)] {
			if i == most-1 && len(wrapped) > most {
				l = grid.Cut(l+" "+wrapped[most], w)
			}
			out = append(out, l)
		}
	}
	add(words.Why, a.env.Text.WhyAudited(f.Finding), 2)
	add(words.Todo, a.env.Text.AuditedTodo(f.Finding), 2)
	switch {
	case f.Kind == audit.Type && f.command == "":
		out = append(out, t.Muted.Render(grid.Cut(words.NoCommand, w)))
	case f.command != "":
		out = append(out, t.Code.Render(grid.Cut(text.Safe(f.command), w)))
	case f.Alt != "":
		out = append(out, t.Muted.Render(grid.Cut(a.env.Text.Labelled(words.AltText, text.Safe(f.Alt)), w)))
	}
	return out[:min(len(out), beneathRows)]
}

// details tell all of a finding in a dialog.
func (a *Audit) details() {
	f, words := a.at(), a.words()
	if f == nil {
		return
	}
	lines := []dialog.Line{{Text: text.Safe(a.env.Text.Audited(f.Finding)), Role: dialog.Strong, Wrap: true}, {},
		{Text: text.Safe(a.env.Text.WhyAudited(f.Finding)), Wrap: true}}
	if f.Alt != "" {
		lines = append(lines, dialog.Line{}, dialog.Line{Text: words.AltText, Role: dialog.Muted}, dialog.Line{Text: text.Safe(f.Alt), Wrap: true})
	}
	lines = append(lines, dialog.Line{}, dialog.Line{Text: words.Todo, Role: dialog.Muted}, dialog.Line{Text: a.env.Text.AuditedTodo(f.Finding), Role: dialog.Good, Wrap: true})
	switch {
	case f.command != "":
		lines = append(lines, dialog.Line{}, dialog.Line{Text: words.Command, Role: dialog.Muted}, dialog.Line{Text: text.Safe(f.command), Role: dialog.Code, Wrap: true})
	case f.Kind == audit.Type:
		lines = append(lines, dialog.Line{}, dialog.Line{Text: words.NoCommand, Role: dialog.Muted, Wrap: true})
	}
	a.env.Post(screen.Ask{Dialog: dialog.NewNotice(a.env, a.env.Text.Say("audit."+string(f.Kind), nil), lines, nil)})
}

// copyCommand sends the command to the clipboard, as it is to be run.
func (a *Audit) copyCommand() {
	if f := a.at(); f != nil && f.command != "" {
		a.env.Post(screen.Copy{What: a.words().CopyWhat, Text: f.command})
	}
}
