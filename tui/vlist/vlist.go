// Package vlist is a list that costs what is on the screen, not what is in
// it: it knows how many rows there are, which one the cursor is on and which
// one is at the top, and asks for the visible ones when it draws.
package vlist

import (
	"image"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
)

// List is the state of one list. The zero value is an empty list.
type List struct {
	n, cursor, top, height int
	// Skip tells which rows the cursor passes over, such as headings; nil
	// for none.
	Skip func(i int) bool
}

// SetLen says how many rows there are now. The cursor stays where it is, or
// goes to the last row.
func (l *List) SetLen(n int) { l.n = max(n, 0); l.settle(1) }

// SetHeight says how many rows are visible.
func (l *List) SetHeight(h int) { l.height = max(h, 0); l.settle(1) }

// Len is the number of rows.
func (l *List) Len() int { return l.n }

// Cursor is the row under the cursor, -1 when there is none.
func (l *List) Cursor() int {
	if l.n == 0 || l.skipped(l.cursor) {
		return -1
	}
	return l.cursor
}

// Window is the range of visible rows.
func (l *List) Window() (from, to int) { return l.top, min(l.top+l.height, l.n) }

// Select puts the cursor on row i.
func (l *List) Select(i int) { l.cursor = i; l.settle(1) }

// Move moves the cursor by d rows and stops at the ends.
func (l *List) Move(d int) {
	from := l.cursor
	l.cursor += d
	l.settle(sign(d))
	if l.skipped(l.cursor) { // nothing to stand on in that direction
		l.cursor = from
		l.settle(1)
	}
	if d < 0 && l.firstStop() == l.cursor {
		l.top = 0 // show the headings above the first row
	}
}

// Scroll moves the window by d rows. The cursor stays on its row, or at the
// edge by which it would leave the window.
func (l *List) Scroll(d int) {
	l.top = clamp(l.top+d, 0, max(l.n-l.height, 0))
	l.cursor = clamp(l.cursor, l.top, max(l.top+l.height-1, l.top))
	l.settle(sign(d))
}

// Spots are the visible rows, which a click selects and a double one opens
// with the key open. The first is at y; each is w cells wide.
func (l *List) Spots(y, w int, open key.Binding) []screen.Spot {
	from, to := l.Window()
	spots := make([]screen.Spot, 0, max(to-from, 0))
	for i := from; i < to; i++ {
		if l.skipped(i) {
			continue
		}
		s := screen.Spot{Area: image.Rect(0, y+i-from, w, y+i-from+1), Click: screen.Row{Index: i}}
		if names := open.Keys(); len(names) > 0 {
			s.Double = keys.Press(names[0])
		}
		spots = append(spots, s)
	}
	return spots
}

// Near tells whether the end is within one screen of the cursor: time to ask
// for more rows.
func (l *List) Near() bool { return l.cursor+l.height >= l.n-1 }

// Key moves the cursor for a navigation key and tells whether it was one.
func (l *List) Key(msg tea.KeyPressMsg, k *keys.Map) bool {
	switch {
	case key.Matches(msg, k.Up):
		l.Move(-1)
	case key.Matches(msg, k.Down):
		l.Move(1)
	case key.Matches(msg, k.PageUp):
		l.Move(-max(l.height-1, 1))
	case key.Matches(msg, k.PageDown):
		l.Move(max(l.height-1, 1))
	case key.Matches(msg, k.Top):
		l.Move(-l.n)
	case key.Matches(msg, k.Bottom):
		l.Move(l.n)
	default:
		return false
	}
	return true
}

// Rows draws the visible rows.
func (l *List) Rows(draw func(i int, cursor bool) string) []string {
	from, to := l.Window()
	rows := make([]string, 0, max(to-from, 0))
	for i := from; i < to; i++ {
		rows = append(rows, draw(i, i == l.cursor && !l.skipped(i)))
	}
	return rows
}

// settle puts cursor and top back into the list, passing skipped rows in the
// direction dir first.
func (l *List) settle(dir int) {
	if l.n == 0 {
		l.cursor, l.top = 0, 0
		return
	}
	l.cursor = clamp(l.cursor, 0, l.n-1)
	for _, d := range [2]int{dir, -dir} {
		i := l.cursor
		for i >= 0 && i < l.n && l.skipped(i) {
			i += d
		}
		if i >= 0 && i < l.n {
			l.cursor = i
			break
		}
	}
	if l.cursor < l.top {
		l.top = l.cursor
	}
	if l.height > 0 && l.cursor >= l.top+l.height {
		l.top = l.cursor - l.height + 1
	}
	l.top = clamp(l.top, 0, max(l.n-l.height, 0))
}

func (l *List) skipped(i int) bool { return l.Skip != nil && i >= 0 && i < l.n && l.Skip(i) }

// firstStop is the first row the cursor can stand on.
func (l *List) firstStop() int {
	for i := 0; i < min(l.n, 1000); i++ {
		if !l.skipped(i) {
			return i
		}
	}
	return 0
}

func clamp(v, lo, hi int) int { return max(lo, min(v, hi)) }

func sign(d int) int {
	if d < 0 {
		return -1
	}
	return 1
}
