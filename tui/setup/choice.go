package setup

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/wizard"
)

// choice is a field with a few answers, all of them in sight.
type choice struct {
	base
	options []wizard.Choice
	at      int
}

func newChoice(b base) *choice {
	c := &choice{base: b, options: optionsOf(b)}
	c.find(b.flow.Raw(b.field.Key))
	return c
}

// optionsOf are the answers of a field; a toggle's are off and on.
func optionsOf(b base) []wizard.Choice {
	if b.field.Kind == wizard.Toggle {
		s := b.env.Text.UI.Setup
		return []wizard.Choice{{Value: "false", LabelEN: s.Off, LabelJA: s.Off}, {Value: "true", LabelEN: s.On, LabelJA: s.On}}
	}
	return b.field.Choices(b.flow.Settings())
}

func (c *choice) reword(locked string) {
	c.base.reword(locked)
	c.options = optionsOf(c.base)
}

func (c *choice) find(v string) {
	c.at = -1
	for i, o := range c.options {
		if o.Value == v {
			c.at = i
		}
	}
}

func (c *choice) set(v string) { c.find(v); c.change(v) }

// Update chooses with the arrows, or moves on.
func (c *choice) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	m, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return c, nil
	}
	k := c.env.Keys
	if cmd, done := c.move(m); done {
		return c, cmd
	}
	switch {
	case key.Matches(m, k.Down) || m.Code == tea.KeyRight || key.Matches(m, k.Select):
		c.choose((c.at + 1) % len(c.options))
	case key.Matches(m, k.Up) || m.Code == tea.KeyLeft:
		c.choose((max(c.at, 0) + len(c.options) - 1) % len(c.options))
	}
	return c, nil
}

func (c *choice) choose(i int) {
	c.at = i
	c.change(c.options[i].Value)
}

func (c *choice) rows() ([]string, *tea.Cursor) {
	t, w := c.env.Theme, c.inner()
	out := []string{c.heading()}
	if !c.focused {
		v := c.env.Text.UI.Setup.Nothing
		if c.at >= 0 {
			v = c.name(c.options[c.at])
		} else if raw := c.flow.Raw(c.field.Key); raw != "" {
			v = safe(raw)
		}
		out = append(out, grid.Cut(v, w))
		return c.bar(append(out, c.below()...)), nil
	}
	for i, o := range c.options {
		mark, style := "( ) ", t.Text
		if i == c.at {
			mark, style = "(x) ", t.Accent
		}
		for _, l := range grid.Wrap(c.name(o), w-len(mark)) { // whole: it is to be told from the others
			out = append(out, style.Render(grid.Cut(mark+l, w)))
			mark = grid.Space(len(mark))
		}
		if i == c.at {
			if said := c.env.Text.ChoiceSays(c.field.Key, o); said != "" {
				for _, l := range grid.Wrap(safe(said), w-4) {
					out = append(out, "    "+t.Muted.Render(l))
				}
			}
		}
	}
	return c.bar(append(out, c.below()...)), nil
}

func (c *choice) name(o wizard.Choice) string { return c.env.Text.ChoiceName(c.field.Key, o) }

// View is for huh; the step draws rows itself.
func (c *choice) View() string { l, _ := c.rows(); return strings.Join(l, "\n") }

func (c *choice) WithTheme(huh.Theme) huh.Field              { return c }
func (c *choice) WithKeyMap(k *huh.KeyMap) huh.Field         { c.keymap = k; return c }
func (c *choice) WithWidth(w int) huh.Field                  { c.width = w; return c }
func (c *choice) WithHeight(int) huh.Field                   { return c }
func (c *choice) WithPosition(p huh.FieldPosition) huh.Field { c.last = p.IsLast(); return c }
