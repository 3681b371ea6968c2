package dialog

import (
	"image"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/screen"
)

// wheel scrolls the text and tells whether it was the wheel.
func (b *base) wheel(msg tea.Msg) bool {
	w, ok := msg.(screen.Wheel)
	if ok {
		b.top = max(0, min(b.top+w.Rows, b.rows-b.room))
	}
	return ok
}

// rowsAt are spots of n rows of w cells from y on, each step rows after the
// one before.
func rowsAt(y, w, n, step int) []screen.Spot {
	spots := make([]screen.Spot, n)
	for i := range spots {
		spots[i] = screen.Spot{Area: image.Rect(0, y+i*step, w, y+i*step+1), Click: screen.Row{Index: i}}
	}
	return spots
}
