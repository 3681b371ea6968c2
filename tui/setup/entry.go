package setup

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

func safe(s string) string { return text.Safe(s) }

func fill(t string, pairs ...string) string { return text.Fill(t, pairs...) }

// entry is a field of one line of text.
type entry struct {
	base
	in line.Field
}

func newEntry(b base) *entry {
	return &entry{base: b, in: line.New(b.flow.Raw(b.field.Key))}
}

func (e *entry) set(v string) {
	e.in.Set(v)
	e.touched = true
	e.change(v)
}

// Update edits, or moves on.
func (e *entry) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	if m, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(m, e.env.Keys.Continue) {
			e.forget()
		}
		if cmd, done := e.move(m); done {
			return e, cmd
		}
	}
	_, pasted := msg.(tea.PasteMsg)
	if e.in.Update(msg) {
		e.touched = e.touched || pasted // what was pasted is meant as a whole
		e.change(e.in.Value())
		if pasted {
			e.forget()
		}
	}
	return e, nil
}

// forget empties the field of a secret; that there was one stays told. While
// one types it waits: the beginning of something else may look like one.
func (e *entry) forget() {
	if p := e.secret(); p != nil {
		e.set("")
		e.refuse(*p)
	}
}

func (e *entry) leave() { e.forget() }

// Blur shows the value as it is kept once the field is left: a notice that
// blanks were removed must not stand beside them.
func (e *entry) Blur() tea.Cmd {
	e.leave()
	if len(e.notices) > 0 {
		if v, _, _ := wizard.CheckField(e.field.Key, e.in.Value(), e.flow.Settings()); v != e.in.Value() {
			e.in.Set(v)
			e.put(e.field.Key, v) // the notices stay: they tell what was changed
		}
	}
	return e.base.Blur()
}

func (e *entry) rows() ([]string, *tea.Cursor) {
	t, w := e.env.Theme, e.inner()
	out := []string{e.heading()}
	var cursor *tea.Cursor
	switch {
	case e.focused:
		e.in.SetWidth(w - 2)
		hint := ""
		if e.field.Example != "" {
			hint = fill(e.env.Text.UI.Setup.Example, "value", e.field.Example)
		}
		drawn, x := e.in.View(t.Text, hint, t.Faint)
		cursor = tea.NewCursor(2+2+x, len(out))
		out = append(out, t.Accent.Render("> ")+drawn)
	case e.in.Value() == "":
		out = append(out, t.Faint.Render(e.env.Text.UI.Setup.Nothing))
	default:
		out = append(out, grid.Cut(e.in.Plain(), w))
	}
	return e.bar(append(out, e.below()...)), cursor
}

// View is for huh; the step draws rows itself.
func (e *entry) View() string { l, _ := e.rows(); return strings.Join(l, "\n") }

func (e *entry) WithTheme(huh.Theme) huh.Field              { return e }
func (e *entry) WithKeyMap(k *huh.KeyMap) huh.Field         { e.keymap = k; return e }
func (e *entry) WithWidth(w int) huh.Field                  { e.width = w; return e }
func (e *entry) WithHeight(int) huh.Field                   { return e }
func (e *entry) WithPosition(p huh.FieldPosition) huh.Field { e.last = p.IsLast(); return e }
