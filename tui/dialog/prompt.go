package dialog

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
)

// Prompt asks for one line of text.
type Prompt struct {
	base
	label  string
	hint   string
	field  line.Field
	check  func(string) (problem string)
	accept func(string) tea.Msg
	// complete offers continuations for the text; nil for none.
	complete func(string) []string
	offers   []string
	problem  string
	tried    bool
	clears   bool // ctrl+u empties the whole line
	again    func(typed string) *Prompt
}

// NewPrompt asks for a line. check says what is wrong with it, empty when
// nothing is; accept makes the answer.
func NewPrompt(env *screen.Env, title string, text []Line, label, value string,
	check func(string) string, accept func(string) tea.Msg) *Prompt {
	return &Prompt{
		base: base{env: env, title: title, text: text}, label: label,
		field: line.New(value), check: check, accept: accept,
	}
}

// Completing adds offers under tab, and a hint shown while the line is empty.
func (p *Prompt) Completing(hint string, complete func(string) []string) *Prompt {
	p.hint, p.complete = hint, complete
	return p
}

// ClearingAll makes ctrl+u empty the whole line, also what is behind the
// cursor: where that stands before an extension, a new name would otherwise
// get two.
func (p *Prompt) ClearingAll() *Prompt { p.clears = true; return p }

// CursorAt puts the cursor before the rune with that index, such as before a
// file's extension.
func (p *Prompt) CursorAt(i int) *Prompt { p.field.SetCursor(i); return p }

// Typing is true: letters are text.
func (p *Prompt) Typing() bool { return true }

// Update edits, completes, accepts.
func (p *Prompt) Update(msg tea.Msg) tea.Cmd {
	if p.wheel(msg) {
		return nil
	}
	if m, ok := msg.(tea.KeyPressMsg); ok {
		k := p.env.Keys
		if cmd, ok := p.extra(m); ok {
			return cmd
		}
		switch {
		case key.Matches(m, k.Cancel):
			p.end(nil)
			return nil
		case key.Matches(m, k.Confirm):
			p.tried = true
			if p.problem = p.check(p.field.Value()); p.problem == "" {
				p.end(p.accept(p.field.Value()))
			}
			return nil
		case key.Matches(m, k.Complete) && p.complete != nil:
			p.offer()
			return nil
		case key.Matches(m, k.PageUp, k.PageDown):
			p.scroll(m)
			return nil
		case p.clears && m.Mod.Contains(tea.ModCtrl) && m.Code == 'u':
			p.field.SetCursor(len([]rune(p.field.Value())))
		}
	}
	if m, ok := msg.(tea.PasteMsg); ok && p.complete != nil {
		msg = apart(p.field.Value(), m)
	}
	if p.field.Update(msg) {
		p.offers = nil
		p.problem = ""
		if p.tried {
			p.problem = p.check(p.field.Value())
		}
	}
	return nil
}

// apart keeps a path that is dropped behind another one from growing together
// with it.
func apart(typed string, m tea.PasteMsg) tea.PasteMsg {
	whole := strings.HasPrefix(m.Content, "/") || strings.HasPrefix(m.Content, "'") || strings.HasPrefix(m.Content, `"`) || strings.HasPrefix(m.Content, "file://")
	if whole && typed != "" && !strings.HasSuffix(typed, " ") {
		m.Content = " " + m.Content
	}
	return m
}

// offer completes as far as all offers agree, and lists them beyond that.
func (p *Prompt) offer() {
	typed := p.field.Value()
	offers := p.complete(typed)
	p.offers = nil
	if len(offers) == 0 {
		return
	}
	common := offers[0]
	for _, o := range offers[1:] {
		for !strings.HasPrefix(o, common) {
			common = common[:len(common)-1]
		}
	}
	if common = strings.ToValidUTF8(common, ""); len(common) > len(typed) {
		p.field.Set(common)
	}
	if len(offers) > 1 {
		p.offers = offers
	}
}

// View draws text, label, line, and what is wrong or offered.
func (p *Prompt) View(w, h int) screen.View {
	t := p.env.Theme
	foot := []string{}
	if len(p.text) > 0 {
		foot = append(foot, "")
	}
	if p.label != "" {
		for _, l := range grid.Wrap(p.label, w) {
			foot = append(foot, t.Muted.Render(l))
		}
	}
	p.field.SetWidth(w - 2)
	drawn, x := p.field.View(t.Text, p.hint, t.Muted)
	foot = append(foot, t.Accent.Render("> ")+drawn)
	row := len(foot) - 1
	switch {
	case p.problem != "":
		for _, l := range grid.Wrap("✗ "+p.problem, w) {
			foot = append(foot, t.Bad.Render(l))
		}
	case len(p.offers) > 0:
		foot = append(foot, p.offered(w)...)
	default:
		foot = append(foot, "")
	}
	body := p.draw(w, h, foot)
	return screen.View{
		Body:   strings.Join(body, "\n"),
		Cursor: tea.NewCursor(2+x, len(body)-len(foot)+row),
	}
}

// offered lists the last parts of the offers, at most three rows of them.
func (p *Prompt) offered(w int) []string {
	var names []string
	for _, o := range p.offers {
		dir := strings.HasSuffix(o, "/")
		o = strings.TrimSuffix(o, "/")
		o = o[strings.LastIndex(o, "/")+1:]
		if dir {
			o += "/"
		}
		names = append(names, o)
	}
	lines := grid.Wrap(safeJoin(names), w)
	if len(lines) > 3 {
		lines = append(lines[:2], grid.Tail)
	}
	for i, l := range lines {
		lines[i] = p.env.Theme.Muted.Render(grid.Cut(l, w))
	}
	return lines
}

// Keys confirm, complete, cancel.
func (p *Prompt) Keys() []key.Binding {
	k := p.env.Keys
	b := []key.Binding{k.Confirm}
	if p.complete != nil {
		b = append(b, k.Complete)
	}
	return append(append(b, p.extraKeys()...), k.Cancel)
}
