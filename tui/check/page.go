package check

import (
	"encoding/json"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// page is one row explained: what happened, why and how sure, how to mend it,
// and the evidence.
type page struct {
	env        *screen.Env
	row        awscheck.Result
	externalID string // of the settings: in full only in what leaves the screen
	same       string // the command that tests this row, or empty
	counted    func(awscheck.Result) awscheck.Result
	cause      int
	step       int   // the fix under the mark
	starts     []int // the line on which each fix begins
	top        int
	lines      int
	room       int
}

// show puts another result of the same row on the page: it is tested again.
func (p *page) show(r awscheck.Result) {
	p.row = r
	if p.cause >= len(r.Causes) {
		p.cause, p.top = 0, 0
	}
	if p.step >= len(p.fixes()) {
		p.step = 0
	}
}

func newPage(env *screen.Env, r awscheck.Result, externalID string) *page {
	return &page{env: env, row: r, externalID: externalID}
}

// pressPage handles the keys of the page.
func (c *Check) pressPage(m tea.KeyPressMsg) tea.Cmd {
	k, p := c.env.Keys, c.page
	if p.scroll(m) {
		return nil
	}
	switch {
	case key.Matches(m, k.Back):
		c.page = nil
	case key.Matches(m, k.Profiles):
		c.mendCaller()
	case key.Matches(m, k.NextDoc) && len(p.row.Causes) > 1:
		p.turn(1)
	case key.Matches(m, k.PrevDoc) && len(p.row.Causes) > 1:
		p.turn(-1)
	case key.Matches(m, k.Open) && len(p.fixes()) > 1:
		p.nextStep()
	case key.Matches(m, k.Copy) && p.has(hasDocument) >= 0:
		doc, filled := p.whole(p.take(hasDocument).Document)
		what := c.words().ThePolicy
		if filled {
			what = c.words().ThePolicyWhole
		}
		c.env.Post(screen.Copy{What: what, Text: doc})
	case key.Matches(m, k.CopyCommand) && p.has(hasCommand) >= 0:
		c.env.Post(screen.Copy{What: c.words().TheCommand, Text: p.take(hasCommand).Command})
	case key.Matches(m, k.CopyLink) && p.has(hasLink) >= 0:
		c.env.Post(screen.Copy{What: c.words().TheLink, Text: p.take(hasLink).ConsoleURL})
	case key.Matches(m, k.Write) && p.has(hasDocument) >= 0:
		c.askDocument(p.take(hasDocument))
	case key.Matches(m, k.Plain) && p.plain() != "":
		c.env.Post(screen.Plain{Text: p.plain(), Back: c.words().PlainBack})
	case c.job != nil:
	case key.Matches(m, k.Again):
		return c.start(c.again(p.row.ID))
	case key.Matches(m, k.Wait) && p.row.MayWait():
		return c.start(c.waiting(p.row))
	case key.Matches(m, k.Report) && c.report != nil:
		c.askWhere()
	case key.Matches(m, k.Edit):
		if f := p.field(); f != "" {
			c.change(f)
		}
	}
	return nil
}

// scroll moves the text for a navigation key and tells whether it was one.
// A page overlaps the next by a line, and the line that says that there is
// more is none of the text's.
func (p *page) scroll(m tea.KeyPressMsg) bool {
	k := p.env.Keys
	step := max(p.room-2, 1)
	switch {
	case key.Matches(m, k.Up):
		p.top--
	case key.Matches(m, k.Down):
		p.top++
	case key.Matches(m, k.PageUp):
		p.top -= step
	case key.Matches(m, k.PageDown):
		p.top += step
	case key.Matches(m, k.Top):
		p.top = 0
	case key.Matches(m, k.Bottom):
		p.top = p.lines
	default:
		return false
	}
	p.settle()
	return true
}

func (p *page) settle() { p.top = max(0, min(p.top, p.lines-p.room)) }

// turn goes to the next or the previous cause.
func (p *page) turn(d int) {
	n := len(p.row.Causes)
	p.cause, p.step, p.top = (p.cause+d+n)%n, 0, 0
}

// field is the setting that the cause under the cursor puts in question.
func (p *page) field() string {
	if !report.Bad(p.row.Status) {
		return ""
	}
	if p.cause < len(p.row.Causes) {
		return fieldByCause[p.row.Causes[p.cause].ID]
	}
	return fieldOf(p.row)
}

// fixes are those of the cause under the cursor.
func (p *page) fixes() []diagnose.Fix {
	if p.cause < len(p.row.Causes) {
		return p.row.Causes[p.cause].Fixes
	}
	return nil
}

// idHint says what becomes of the mark for the external ID in a document.
func (p *page) idHint(document json.RawMessage) string {
	w := p.env.Text.UI.Check
	if _, filled := p.whole(document); filled {
		return w.WholeID
	}
	if strings.Contains(indented(document), idMark) {
		return w.FillInID
	}
	return ""
}

// lowH is the height below which other causes than the one under the cursor
// are only counted.
const lowH = 16

// View draws the page: the mending right after the causes, the evidence last.
func (p *page) View(w, h int) screen.View {
	lines := p.content(w-4, h < lowH)
	p.lines, p.room = len(lines), h
	p.settle()
	out := append([]string{}, lines[p.top:min(p.top+h, len(lines))]...)
	for i := range out {
		out[i] = "  " + out[i]
	}
	if p.top+h < len(lines) {
		out[len(out)-1] = "  " + p.env.Theme.Muted.Render(grid.Cut(p.env.Text.UI.Check.MoreLines, w-4))
	}
	return screen.View{Body: strings.Join(out, "\n")}
}

func (p *page) content(w int, low bool) []string {
	t, words := p.env.Theme, p.env.Text.UI.Check
	r := p.row
	word := report.Word(p.env.Text, r.Status)
	style := t.OK
	switch r.Status {
	case awscheck.Fail:
		style = t.Bad
	case awscheck.Warn, awscheck.Inconclusive:
		style = t.Warn
	case awscheck.Skip:
		style = t.Muted
	case awscheck.Running:
		word, style = words.Asking, t.Muted
		if r.Reason != "" { // refused so far, and tried again
			word = words.Waiting
		}
		r = p.counted(r)
	}
	var out []string
	if !low {
		out = append(out, "")
	}
	out = append(out, grid.Ends(t.Strong.Render(report.Title(p.env.Text, r.ID)), style.Render(word), w))
	if s := report.Sentence(p.env.Text, r); s != report.Title(p.env.Text, r.ID) {
		out = append(out, grid.Wrap(s, w)...)
	}
	if len(r.Causes) > 0 {
		out = append(out, p.causes(w, low)...)
		out = append(out, p.compare(w)...)
		out = p.mend(out, w, low)
	}
	for i, n := range r.Notes {
		if i == 0 {
			out = append(out, "", t.Muted.Render(words.Notes))
		}
		for j, l := range grid.Wrap(report.Note(p.env.Text, n), w-2) {
			lead := "- "
			if j > 0 {
				lead = "  "
			}
			out = append(out, lead+l)
		}
	}
	out = append(out, p.evidence(w)...)
	if p.same != "" {
		out = append(out, "")
		for _, l := range grid.Wrap(text.Fill(words.SameCommand, "command", p.same), w) {
			out = append(out, t.Muted.Render(l))
		}
	}
	return out
}

// causes lists all of them, the one under the cursor in full and the others
// in a line each.
func (p *page) causes(w int, low bool) []string {
	t, words := p.env.Theme, p.env.Text.UI.Check
	n := len(p.row.Causes)
	head := words.Why
	if low && n > 1 {
		head += "  " + text.Fill(words.CauseOf, "n", itoa(p.cause+1), "of", itoa(n))
	}
	out := []string{"", grid.Ends(t.Muted.Render(head), t.Muted.Render(words.HowSure), w)}
	folded := 0
	for i, c := range p.row.Causes {
		switch {
		case low && i != p.cause:
		case c.Likelihood == diagnose.RuledOut && p.folds():
			folded++
		default:
			out = append(out, p.causeLines(i, c, w)...)
		}
	}
	if folded > 0 {
		line := "  " + text.Fill(words.RuledOutToo, "n", itoa(folded))
		out = append(out, t.Muted.Render(grid.Ends(line, report.Likelihood(p.env.Text, diagnose.RuledOut), w)))
	}
	return out
}

// folds tells whether the causes that are ruled out are counted in one line:
// unless the cursor is among them they are only in the way of the mending.
func (p *page) folds() bool {
	n := 0
	for _, c := range p.row.Causes {
		if c.Likelihood == diagnose.RuledOut {
			n++
		}
	}
	return n > 1 && p.row.Causes[p.cause].Likelihood != diagnose.RuledOut
}

func (p *page) causeLines(i int, c diagnose.Cause, w int) []string {
	t := p.env.Theme
	sure := report.Likelihood(p.env.Text, c.Likelihood)
	on := i == p.cause
	lead, style := "  ", t.Text
	if c.Likelihood == diagnose.RuledOut || !on {
		style = t.Muted
	}
	if on && len(p.row.Causes) > 1 {
		lead = "> "
	}
	told, room := report.Cause(p.env.Text, c), w-2-grid.Width(sure)-3
	lines := []string{grid.Cut(told, room)}
	if on {
		lines = grid.Wrap(told, room)
		if w < compareW { // only the first line stands beside the word
			lines = append(lines[:1], grid.Wrap(strings.TrimSpace(strings.TrimPrefix(told, lines[0])), w-2)...)
		}
	}
	out := make([]string, len(lines))
	for j, l := range lines {
		right := ""
		if j == 0 {
			right = t.Muted.Render(sure)
		}
		if j > 0 {
			lead = "  "
		}
		out[j] = t.Accent.Render(lead) + grid.Ends(style.Render(l), right, w-2)
	}
	return out
}

// pageKeys are what works on the page.
func (c *Check) pageKeys() []key.Binding {
	p, k, w := c.page, c.env.Keys, c.words()
	busy := c.job != nil
	var b []key.Binding
	add := func(when bool, more ...key.Binding) {
		if when {
			b = append(b, more...)
		}
	}
	add(len(p.row.Causes) > 1, keys.As(k.NextDoc, w.KeyNextCause))
	add(p.has(hasDocument) >= 0, keys.As(k.Copy, w.KeyCopyPolicy))
	add(len(p.fixes()) > 1, keys.As(k.Open, w.KeyNextStep))
	add(!busy, keys.As(k.Again, w.KeyThisAgain))
	add(!busy && p.row.MayWait(), k.Wait)
	add(p.has(hasDocument) >= 0, k.Write)
	add(p.has(hasCommand) >= 0, k.CopyCommand)
	add(p.plain() != "", k.Plain)
	add(p.has(hasLink) >= 0, k.CopyLink)
	if f := p.field(); f != "" && !busy {
		b = append(b, changeKey(p.env, f))
	}
	add(c.report != nil && !busy, k.Report)
	add(p.lines > p.room, k.Scroll)
	return append(b, k.Back)
}

// changeKey leads to the setting in question.
func changeKey(env *screen.Env, field string) key.Binding {
	return keys.As(env.Keys.Edit, text.Fill(env.Text.UI.Check.KeyChange, "field", env.FieldLabel(field)))
}
