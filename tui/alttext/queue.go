package alttext

import (
	"image"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// leastQueued is for how many rows the queue is shown at all.
const leastQueued = 3

// offered is a click on a text that is offered.
type offered struct{ index int }

// mouse takes what the mouse does.
func (b *Bench) mouse(msg tea.Msg) tea.Cmd {
	b.told = false
	switch m := msg.(type) {
	case screen.Crumb:
		if m.Index == 0 {
			return b.back()
		}
		return nil
	}
	if b.load != nil || b.err != nil {
		return nil
	}
	switch m := msg.(type) {
	case screen.Row:
		if m.Index < len(b.queue) {
			return b.show(m.Index)
		}
	case screen.Wheel:
		if m.Rows < 0 {
			return b.show(b.at - 1)
		}
		return b.show(b.at + 1)
	case offered:
		if it := b.item(); it != nil && m.index < len(b.offered(it)) {
			b.keepOwn(it)
			b.put(b.offered(it)[m.index])
		}
	}
	return nil
}

// window is the part of the queue that n rows show, about the picture that is
// shown.
func (b *Bench) window(n int) (from, to int) {
	from = max(min(b.at-n/2, len(b.queue)-n), 0)
	return from, min(from+n, len(b.queue))
}

// queueLines are the pictures before and after the one that is shown, in n rows
// of w cells.
func (b *Bench) queueLines(w, n int) []string {
	from, to := b.window(n)
	lines := make([]string, 0, max(to-from, 0))
	for i := from; i < to; i++ {
		lines = append(lines, b.queueLine(i, w))
	}
	return lines
}

func (b *Bench) queueLine(i, w int) string {
	t, it := b.env.Theme, b.queue[i]
	mark, style := "  ", t.Muted
	switch _, typed := b.drafts[it.Path]; {
	case it.done:
		mark, style = "✓ ", t.OK
	case typed:
		mark, style = "* ", t.Warn
	case it.Class == alttext.Suspicious:
		mark = "! "
	}
	at := "  "
	if i == b.at {
		at, style = "> ", t.Accent
	}
	line := grid.CutLeft(text.Safe(it.Path), w-4) // the end tells pictures of one folder apart
	return t.On(style, i == b.at).Render(grid.Fit(at+mark+line, w))
}

// queueSpots are the rows of the queue, the first at y.
func (b *Bench) queueSpots(y, w, n int) []screen.Spot {
	from, to := b.window(n)
	var spots []screen.Spot
	for i := from; i < to; i++ {
		spots = append(spots, screen.Spot{Area: image.Rect(0, y+i-from, w, y+i-from+1), Click: screen.Row{Index: i}})
	}
	return spots
}

// offerSpots are n texts that are offered, from the one with that index on, the
// first at y.
func offerSpots(y, w, from, n int) []screen.Spot {
	spots := make([]screen.Spot, n)
	for i := range spots {
		spots[i] = screen.Spot{Area: image.Rect(0, y+i, w, y+i+1), Click: offered{from + i}}
	}
	return spots
}
