package dialog

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
)

// Fields asks for a few lines of text at once. Enter goes to the next one and
// saves from the last; tab and the arrows move between them.
type Fields struct {
	base
	labels []string
	hints  []string
	fields []line.Field
	at     int
	accept func(values []string) tea.Msg
}

// Asked is one line that Fields asks for.
type Asked struct{ Label, Value, Hint string }

// NewFields asks for lines; accept makes the answer from their values.
func NewFields(env *screen.Env, title string, text []Line, asked []Asked, accept func(values []string) tea.Msg) *Fields {
	f := &Fields{base: base{env: env, title: title, text: text}, accept: accept}
	for _, a := range asked {
		f.labels, f.hints, f.fields = append(f.labels, a.Label), append(f.hints, a.Hint), append(f.fields, line.New(a.Value))
	}
	return f
}

// Typing is true: letters are text.
func (f *Fields) Typing() bool { return true }

// Update edits, moves, accepts.
func (f *Fields) Update(msg tea.Msg) tea.Cmd {
	if r, ok := msg.(screen.Row); ok && r.Index < len(f.fields) {
		f.at = r.Index
		return nil
	}
	if f.wheel(msg) {
		return nil
	}
	if m, ok := msg.(tea.KeyPressMsg); ok {
		k := f.env.Keys
		switch {
		case key.Matches(m, k.Cancel):
			f.end(nil)
			return nil
		case key.Matches(m, k.SaveAll), key.Matches(m, k.Confirm) && f.at == len(f.fields)-1:
			values := make([]string, len(f.fields))
			for i := range f.fields {
				values[i] = f.fields[i].Value()
			}
			f.end(f.accept(values))
			return nil
		case key.Matches(m, k.Next, k.Confirm), m.Code == tea.KeyDown:
			f.at = (f.at + 1) % len(f.fields)
			return nil
		case key.Matches(m, k.Prev), m.Code == tea.KeyUp:
			f.at = (f.at + len(f.fields) - 1) % len(f.fields)
			return nil
		case key.Matches(m, k.PageUp, k.PageDown):
			f.scroll(m)
			return nil
		}
	}
	f.fields[f.at].Update(msg)
	return nil
}

// View draws the text and the lines, each under its label.
func (f *Fields) View(w, h int) screen.View {
	t := f.env.Theme
	var foot []string
	if len(f.text) > 0 && h >= 3*len(f.fields)+2 {
		foot = append(foot, "")
	}
	airy := h >= 3*len(f.fields)+len(f.text)
	row, x := 0, 0
	for i := range f.fields {
		if i > 0 && airy {
			foot = append(foot, "")
		}
		foot = append(foot, t.Muted.Render(grid.Cut(f.labels[i], w)))
		f.fields[i].SetWidth(w - 2)
		if i != f.at {
			foot = append(foot, "  "+grid.Cut(f.fields[i].Plain(), w-2))
			continue
		}
		drawn, at := f.fields[i].View(t.Text, f.hints[i], t.Faint)
		row, x = len(foot), at
		foot = append(foot, t.Accent.Render("> ")+drawn)
	}
	body := f.draw(w, max(h, len(foot)+1), foot)
	step, first := 2, len(body)-2*len(f.fields)+1
	if airy {
		step, first = 3, len(body)-3*len(f.fields)+2
	}
	return screen.View{
		Body: strings.Join(body, "\n"), Cursor: tea.NewCursor(2+x, len(body)-len(foot)+row),
		Spots: rowsAt(first, w, len(f.fields), step),
	}
}

// Keys go on, save, cancel.
func (f *Fields) Keys() []key.Binding {
	k, w := f.env.Keys, f.env.Text.UI.Keys
	b := []key.Binding{keys.As(k.Confirm, w.NextField), k.SaveAll}
	if f.at == len(f.fields)-1 {
		b = []key.Binding{keys.As(k.Confirm, w.Save)}
	}
	return append(b, keys.As(k.Next, w.NextField), k.Cancel)
}
