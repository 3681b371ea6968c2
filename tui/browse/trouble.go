package browse

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
)

// fault is how far the error that stands in place of the list is scrolled:
// what mends it comes last, and a small window has no room for all.
type fault struct {
	of              error
	top, rows, room int
}

// failed is the error that is shown in place of the list, nil for none.
func (b *Browse) failed() error {
	switch {
	case b.tracking:
		return nil
	case b.err != nil:
		return b.err
	case b.lib != nil && b.folder.items.len() == 0:
		return b.folder.err
	}
	return nil
}

// troubleBody says what happened, why, and what to do, from where it was
// scrolled to.
func (b *Browse) troubleBody(err error) []string {
	t := &b.fault
	if err != t.of {
		*t = fault{of: err}
	}
	w := b.w
	if b.lib != nil { // otherwise nothing stands beside it
		w = b.listWidth()
	}
	all := b.troubleLines(err, w-4)
	t.rows, t.room = len(all), max(b.h-1-b.margin(), 1)
	t.scroll(0)
	out := all[t.top:min(t.top+t.room, t.rows)]
	if t.top+t.room < t.rows {
		out[len(out)-1] = b.env.Theme.Muted.Render(grid.Cut(b.env.Text.UI.Dialog.More, w-4))
	}
	for i := range out {
		out[i] = "  " + out[i]
	}
	return out
}

// troubleLines are the same as in a dialog, the sentence itself in the colour
// of errors.
func (b *Browse) troubleLines(err error, w int) []string {
	lines := dialog.TroubleLines(b.env, b.env.World.Explain(b.place.Connection, err))
	for i := range lines {
		if lines[i].Role == dialog.Strong {
			lines[i].Role = dialog.Bad
		}
		lines[i].Wrap = true
	}
	return dialog.Draw(b.env, lines, w)
}

func (t *fault) scroll(rows int) { t.top = max(0, min(t.top+rows, t.rows-t.room)) }

// scrollTrouble takes the keys that move the list otherwise, and tells whether
// it was one of them.
func (b *Browse) scrollTrouble(m tea.KeyPressMsg) bool {
	k, t := b.env.Keys, &b.fault
	if b.failed() == nil {
		return false
	}
	switch {
	case key.Matches(m, k.Up):
		t.scroll(-1)
	case key.Matches(m, k.Down):
		t.scroll(1)
	case key.Matches(m, k.PageUp):
		t.scroll(-max(t.room-1, 1))
	case key.Matches(m, k.PageDown):
		t.scroll(max(t.room-1, 1))
	default:
		return false
	}
	return true
}

// troubleKeys scroll, where there is more than fits.
func (b *Browse) troubleKeys() []key.Binding {
	if b.failed() == nil || b.fault.rows <= b.fault.room {
		return nil
	}
	return []key.Binding{b.env.Keys.Scroll}
}
