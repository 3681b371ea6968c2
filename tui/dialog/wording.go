package dialog

import "github.com/mediadock/mediadock/tui/screen"

// Wording lets a question be asked in another language while it is open: again
// makes it anew, with what is typed by then.
func (p *Prompt) Wording(again func(typed string) *Prompt) *Prompt { p.again = again; return p }

// Wording is Prompt's for a choice; what is under the cursor stays so.
func (c *Choice) Wording(again func() screen.Dialog) *Choice { c.again = again; return c }

// Wording is Prompt's for a notice.
func (n *Notice) Wording(again func() screen.Dialog) *Notice { n.again = again; return n }

// Reworded is the prompt in the language of now, nil where it cannot be told.
func (p *Prompt) Reworded() func() screen.Dialog {
	if p.again == nil {
		return nil
	}
	return func() screen.Dialog {
		n := p.again(p.field.Value())
		at, _ := p.field.At()
		n.field.SetCursor(at)
		if n.tried = p.tried; p.problem != "" {
			n.problem = n.check(n.field.Value())
		}
		return n
	}
}

// Reworded is the choice in the language of now, nil where it cannot be told.
func (c *Choice) Reworded() func() screen.Dialog {
	if c.again == nil {
		return nil
	}
	return func() screen.Dialog {
		d := c.again()
		if n, ok := d.(*Choice); ok {
			n.top, n.at = c.top, min(c.at, max(len(n.options)-1, 0))
		}
		return d
	}
}

// Reworded is the notice in the language of now, nil where it cannot be told.
func (n *Notice) Reworded() func() screen.Dialog { return n.again }
