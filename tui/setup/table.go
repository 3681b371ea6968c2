package setup

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/tui/tablefield"
	"github.com/mediadock/mediadock/wizard"
)

// table is a field that is a table of cells.
type table struct {
	base
	kind tableKind
	in   *tablefield.Table
}

func newTable(b base, kind tableKind) *table {
	rows, _ := kind.rows(b.flow.Raw(b.field.Key), b.flow.Settings())
	t := &table{base: b, kind: kind}
	t.in = tablefield.New(kind.columns(t.say), rows)
	t.in.ToGap()
	return t
}

func (t *table) say(id string) string { return t.env.Text.Say(id, nil) }

func (t *table) reword(locked string) {
	t.base.reword(locked)
	t.in.SetColumns(t.kind.columns(t.say))
}

func (t *table) set(v string) {
	rows, _ := t.kind.rows(v, t.flow.Settings())
	t.in.SetRows(rows)
	t.touched = true
	t.change(v)
}

// Update edits, or moves on. A whole table may be pasted as JSON.
func (t *table) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if cmd, done := t.move(m); done {
			return t, cmd
		}
	case tea.PasteMsg:
		if rows, ok := t.kind.rows(m.Content, t.flow.Settings()); ok && len(rows) > 0 {
			t.set(m.Content)
			return t, nil
		}
	}
	if changed, _ := t.in.Update(msg); changed {
		t.change(t.kind.raw(t.in.Rows()))
	}
	return t, nil
}

// Blur shows the table in its normal form once the field is left.
func (t *table) Blur() tea.Cmd {
	raw := t.flow.Raw(t.field.Key)
	if v, _, err := wizard.CheckField(t.field.Key, raw, t.flow.Settings()); err == nil {
		rows, _ := t.kind.rows(v, t.flow.Settings())
		t.in.SetRows(rows)
	}
	return t.base.Blur()
}

func (t *table) rows() ([]string, *tea.Cursor) {
	out := []string{t.heading()}
	drawn, cursor := t.in.View(t.inner(), t.focused, t.env.Theme)
	if cursor != nil {
		cursor.X, cursor.Y = cursor.X+2, cursor.Y+len(out)
	}
	if !t.focused && len(drawn) == 1 {
		drawn = []string{t.env.Theme.Faint.Render(t.env.Text.UI.Setup.Nothing)}
	}
	if n := t.in.Below(); n > 0 {
		drawn = append(drawn, t.env.Theme.Muted.Render("  "+fill(t.env.Text.UI.Setup.MoreBelow, "n", itoa(n))))
	}
	return t.bar(append(append(out, drawn...), t.below()...)), cursor
}

// View is for huh; the step draws rows itself.
func (t *table) View() string { l, _ := t.rows(); return strings.Join(l, "\n") }

// KeyBinds are the keys of the table beside those that move. Of a wrong table
// the one that takes a row away comes first, where there is room for one alone;
// what a row that grants nothing lacks is a tick.
func (t *table) KeyBinds() []key.Binding {
	if !t.in.Ticks() {
		return []key.Binding{t.env.Keys.RemoveRow}
	}
	if p := t.fault(); p != nil && p.Code != "paths.no_action" {
		return []key.Binding{t.env.Keys.RemoveRow, t.env.Keys.Tick}
	}
	return []key.Binding{t.env.Keys.Tick, t.env.Keys.RemoveRow}
}

func (t *table) WithTheme(huh.Theme) huh.Field              { return t }
func (t *table) WithKeyMap(k *huh.KeyMap) huh.Field         { t.keymap = k; return t }
func (t *table) WithWidth(w int) huh.Field                  { t.width = w; return t }
func (t *table) WithHeight(int) huh.Field                   { return t }
func (t *table) WithPosition(p huh.FieldPosition) huh.Field { t.last = p.IsLast(); return t }
