package dialog

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Extra is a key of a dialog that changes what is asked, or does something
// beside it, and leaves the question standing.
type Extra struct {
	Key key.Binding
	// Do acts and gives the dialog's text as it is then.
	Do func() ([]Line, tea.Cmd)
}

// extra acts for a key and tells whether it was one.
func (b *base) extra(m tea.KeyPressMsg) (tea.Cmd, bool) {
	for _, e := range b.extras {
		if key.Matches(m, e.Key) {
			var cmd tea.Cmd
			b.text, cmd = e.Do()
			return cmd, true
		}
	}
	return nil, false
}

func (b *base) extraKeys() []key.Binding {
	var out []key.Binding
	for _, e := range b.extras {
		out = append(out, e.Key)
	}
	return out
}

// With adds keys to the dialog.
func (p *Prompt) With(extras ...Extra) *Prompt { p.extras = append(p.extras, extras...); return p }

// With adds keys to the dialog.
func (c *Choice) With(extras ...Extra) *Choice { c.extras = append(c.extras, extras...); return c }
