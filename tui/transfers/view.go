package transfers

import (
	"errors"
	"maps"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
)

// About is at most how many lines beneath the list tell of the file under the
// cursor.
const about = 3

// rows is how many rows the list has: beneath it a blank line and what is told
// of the file under the cursor, unless the window is too low.
func (p *Panel) rows() int {
	if p.h < 8 {
		return max(p.h, 1)
	}
	return max(p.h-1-p.aside(), 1)
}

func (p *Panel) aside() int {
	if p.h < 14 {
		return 2
	}
	return about
}

// Lines draw the panel in its area.
func (p *Panel) Lines() []string {
	t, w := p.env.Theme, &p.env.Text.UI.Transfers
	var lines []string
	switch {
	case p.list.Len() > 0:
		lines = p.list.Rows(p.draw)
	case p.only:
		lines = []string{"  " + t.Muted.Render(grid.Cut(w.NoProblems, p.w-4))}
	default:
		for _, l := range grid.Wrap(w.Empty, p.w-4) {
			lines = append(lines, "  "+t.Muted.Render(l))
		}
	}
	if p.h < 8 {
		return lines
	}
	for len(lines) < p.rows()+1 {
		lines = append(lines, "")
	}
	return append(lines, p.tell()...)
}

func (p *Panel) draw(i int, cursor bool) string {
	r, ok := p.row(i)
	if !ok {
		return ""
	}
	t := p.env.Theme
	pointer := "  "
	if cursor {
		pointer = "> "
	}
	style := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	if r.file < 0 {
		right := p.head(r.op)
		room := max(p.w-4-grid.Width(right), 8)
		return style(t.Accent, pointer) + style(t.Strong, grid.Fit(r.op.Title, room)) + style(t.Muted, grid.Cut(right, p.w-4-room)) + style(t.Text, "  ")
	}
	f := &r.op.Files[r.file]
	mark, look := p.mark(f)
	right := p.how(r.op, r.file)
	room := p.w - 8 - grid.Gap - grid.Width(right)
	if room < 12 {
		room = max(min(12, p.w-8-grid.Gap), 1)
		right = grid.Cut(right, p.w-8-grid.Gap-room)
	}
	name := cutMiddle(text.Safe(f.Name), room)
	return style(t.Accent, pointer+"  ") + style(look, mark+" ") + style(t.Text, name+grid.Space(grid.Gap)) + style(look, right) +
		style(t.Text, grid.Space(p.w-6-grid.Gap-grid.Width(name)-grid.Width(right)))
}

// cutMiddle fits a path, so that its beginning and the file's name are seen.
func cutMiddle(s string, w int) string {
	if grid.Width(s) <= w {
		return grid.Fit(s, w)
	}
	head := grid.Head(s, w/3)
	return grid.Fit(head+grid.CutLeft(s, w-grid.Width(head)), w)
}

func (p *Panel) mark(f *File) (string, lipgloss.Style) {
	t := p.env.Theme
	switch f.State {
	case Running:
		return "↑", t.Accent
	case Done:
		return "✓", t.OK
	case Failed:
		if f.Again {
			return "✗", t.Muted
		}
		return "✗", t.Bad
	case Interrupted:
		if f.Again {
			return "!", t.Muted
		}
		return "!", t.Warn
	case Cancelled:
		return "x", t.Warn
	case Skipped:
		return "-", t.Muted
	}
	return " ", t.Muted
}

// head says how far an operation is.
func (p *Panel) head(o *Operation) string {
	w := &p.env.Text.UI.Transfers
	n := func(id string, n int) string { return text.Fill(id, "n", text.Thousands(int64(n))) }
	var parts []string
	switch {
	case o.batch == 0:
		return ""
	case o.Begun.IsZero():
		parts = append(parts, w.Waiting)
	case o.Ended.IsZero() && p.Paused:
		parts = append(parts, w.Paused)
	}
	if o.Items > 0 {
		parts = append(parts, text.Fill(p.env.Text.UI.Browse.NOf, "n", text.Thousands(int64(o.Count(Done))), "of", text.Thousands(int64(o.Items))))
	}
	for _, c := range []struct {
		s  State
		id string
	}{{Failed, w.NFailed}, {Cancelled, w.NCancelled}, {Skipped, w.NSkipped}} {
		if o.Count(c.s) > 0 {
			parts = append(parts, n(c.id, o.Count(c.s)))
		}
	}
	if !o.Ended.IsZero() {
		parts = append(parts, o.Ended.Local().Format("15:04"))
	}
	return strings.Join(parts, "  ")
}

// how says how far a file is.
func (p *Panel) how(o *Operation, i int) string {
	w, f := &p.env.Text.UI.Transfers, &o.Files[i]
	switch f.State {
	case Running:
		return p.going(o, i)
	case Done:
		if f.Size > 0 {
			return w.Done + "  " + grid.FitRight(text.Bytes(f.Size), 7)
		}
		return w.Done
	case Failed:
		if f.Again {
			return w.FailedAgain
		}
		return w.Failed
	case Skipped:
		if f.Again {
			return w.FailedAgain
		}
		return w.Skipped
	case Interrupted:
		if f.Again {
			return w.GoesOn
		}
		return text.Fill(w.Interrupted, "n", strconv.Itoa(f.Part()))
	case Cancelled:
		if f.Again {
			return w.FailedAgain
		}
		if f.Kept && f.Part() > 0 {
			return text.Fill(w.CancelledKept, "n", strconv.Itoa(f.Part()))
		}
		return w.Cancelled
	}
	if f.Size > 0 {
		return w.Waiting + "  " + grid.FitRight(text.Bytes(f.Size), 7)
	}
	return w.Waiting
}

// going is a file on its way: a bar, how much, how fast, how long.
func (p *Panel) going(o *Operation, i int) string {
	f := &o.Files[i]
	if f.Size <= 0 {
		return p.env.Text.UI.Transfers.Running + "  " + text.Bytes(f.Sent)
	}
	out := grid.FitRight(strconv.Itoa(f.Part()), 3) + " %"
	if p.w >= 60 {
		const cells = 12
		full := int(min(int64(cells)*f.Sent/f.Size, cells))
		out = strings.Repeat("━", full) + strings.Repeat("─", cells-full) + out
	}
	if r := o.RateOf(i); r > 0 && p.w >= 72 && !p.Paused { // it would stand still
		out += "  " + grid.FitRight(text.Bytes(int64(r))+"/s", 9)
		left := p.env.Text.Remaining(Roughly(float64(f.Size-f.Sent) / r))
		out += "  " + text.Fill(p.env.Text.UI.Browse.TimeLeft, "time", left)
	}
	return out
}

// tell is what there is to know of the file under the cursor, shortly.
func (p *Panel) tell() []string {
	t := p.env.Theme
	o, f := p.At()
	if f == nil {
		return p.tellOperation(o)
	}
	look, s := t.Muted, ""
	switch {
	case f.Code != "":
		if s = p.Reason(f); f.State == Failed {
			look = t.Bad
		}
	case f.State == Done && f.URL != "":
		look, s = t.Code, text.Safe(f.URL)
	case f.Local != "":
		s = text.Safe(f.Local)
	}
	return p.few(s, look)
}

func (p *Panel) tellOperation(o *Operation) []string {
	w := &p.env.Text.UI.Transfers
	switch {
	case o == nil:
	case o.forgot:
		return p.few(w.Forgot, p.env.Theme.Muted)
	case p.Paused && o.Ended.IsZero():
		return p.few(w.PausedMeans, p.env.Theme.Muted)
	case !o.Each && o.Ended.IsZero():
		return p.few(w.AsAWhole, p.env.Theme.Muted)
	}
	return nil
}

// few wraps a text into the lines that there are for it.
func (p *Panel) few(s string, look lipgloss.Style) []string {
	if s == "" {
		return nil
	}
	lines := grid.Wrap(s, p.w-4)
	if n := p.aside(); len(lines) > n {
		lines = append(lines[:n-1], grid.Cut(strings.Join(lines[n-1:], " "), p.w-4))
	}
	for i, l := range lines {
		lines[i] = "  " + look.Render(l)
	}
	return lines
}

// Reason is why a file is not done, in a sentence or two.
func (p *Panel) Reason(f *File) string {
	w := &p.env.Text.UI.Transfers
	if f.State == Cancelled {
		if f.Kept {
			return text.Fill(w.KeptMeans, "size", text.Bytes(f.Sent))
		}
		return w.CancelledMeans
	}
	if f.State == Interrupted {
		if f.Again {
			return w.GoesOn
		}
		if f.Code != "" {
			return w.StaleMeans
		}
		return text.Fill(w.InterruptedMeans, "size", text.Bytes(f.Sent), "of", text.Bytes(f.Size))
	}
	args := map[string]string{"path": f.Name}
	maps.Copy(args, f.Args)
	var e *media.Error
	if errors.As(f.Err, &e) {
		maps.Copy(args, e.TextArgs())
	}
	return p.env.Sentence("media."+f.Code, args)
}
