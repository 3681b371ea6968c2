package tui

import (
	"image"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
)

// twice is how soon a second click makes a double one.
const twice = 400 * time.Millisecond

// wheelRows is how far one turn of the wheel goes.
const wheelRows = 3

// hits are where something can be clicked in the frame that was drawn last,
// and what was clicked last. Only what is on top is among them: a click beside
// a dialog does nothing.
type hits struct {
	spots []screen.Spot
	last  screen.Spot
	at    time.Time // of the last click
	deaf  time.Time // until when clicks are dropped, after a double one
}

// place adds spots of an area that begins at x, y in the frame and is w by h
// cells large; what lies outside of it is not on the screen.
func (s *hits) place(spots []screen.Spot, x, y, w, h int) {
	area := image.Rect(x, y, x+w, y+h)
	for _, spot := range spots {
		spot.Area = spot.Area.Add(image.Pt(x, y)).Intersect(area)
		if !spot.Area.Empty() {
			s.spots = append(s.spots, spot)
		}
	}
}

// under is what lies under a cell.
func (s *hits) under(x, y int) (screen.Spot, bool) {
	for i := len(s.spots) - 1; i >= 0; i-- {
		if image.Pt(x, y).In(s.spots[i].Area) {
			return s.spots[i], true
		}
	}
	return screen.Spot{}, false
}

// pressed is a click on a key of the footer.
type pressed struct{ name string }

// mouse takes what the mouse does to the layer on top.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.env.Shown.NoMouse || m.tooSmall() {
		return nil
	}
	switch v := msg.(type) {
	case tea.MouseWheelMsg:
		over, _ := m.hits.under(v.X, v.Y)
		switch v.Button {
		case tea.MouseWheelUp:
			return m.toTop(screen.Wheel{Rows: -wheelRows, Over: over.Click})
		case tea.MouseWheelDown:
			return m.toTop(screen.Wheel{Rows: wheelRows, Over: over.Click})
		}
	case tea.MouseClickMsg:
		if v.Button == tea.MouseLeft {
			return m.click(v.X, v.Y)
		}
	}
	return nil
}

func (m *Model) click(x, y int) tea.Cmd {
	h, now := &m.hits, m.env.Now()
	if now.Before(h.deaf) {
		return nil
	}
	m.note = ""
	spot, ok := h.under(x, y)
	if !ok {
		h.last = screen.Spot{}
		return nil
	}
	if spot.Double != nil && spot == h.last && now.Sub(h.at) < twice {
		h.last, h.deaf = screen.Spot{}, now.Add(twice)
		return m.clicked(spot.Double)
	}
	h.last, h.at = spot, now
	return m.clicked(spot.Click)
}

func (m *Model) clicked(msg tea.Msg) tea.Cmd {
	switch v := msg.(type) {
	case nil:
		return nil
	case pressed:
		return m.input(keys.Press(v.name))
	case tea.KeyPressMsg:
		return m.input(v)
	}
	return m.toTop(msg)
}

// toTop hands a message to the dialog, else to the screen.
func (m *Model) toTop(msg tea.Msg) tea.Cmd {
	if len(m.asked) > 0 {
		return m.answer(msg)
	}
	if top := m.top(); top != nil {
		return top.scr.Update(msg)
	}
	return nil
}

// toggleMouse gives the mouse to the terminal, or takes it back.
func (m *Model) toggleMouse() {
	w := &m.env.Text.UI.Preview
	m.env.Shown.NoMouse = !m.env.Shown.NoMouse
	switch {
	case m.env.Shown.NoMouse:
		m.say(w.MouseOff, false)
	case !m.top().scr.View().Mouse:
		m.say(w.MouseUnused, false)
	default:
		m.say(w.MouseOn, false)
	}
}

// mode is whether the terminal is asked for the mouse: only where there is
// something to click, since it takes selecting text away from the person.
func (m *Model) mode(body screen.View) tea.MouseMode {
	if m.env.Shown.NoMouse || !body.Mouse {
		return tea.MouseModeNone
	}
	return tea.MouseModeCellMotion
}

// keySpot is where a key of the footer can be clicked; a pair of keys cannot.
func keySpot(b key.Binding, x, w int) (screen.Spot, bool) {
	shown, names := b.Help().Key, b.Keys()
	if len(names) == 0 || len(shown) > 1 && strings.Contains(shown, "/") {
		return screen.Spot{}, false
	}
	return screen.Spot{Area: image.Rect(x, 0, x+w, 1), Click: pressed{names[0]}}, true
}

// calm drops what nobody listens to before it costs a frame: the movements of
// the mouse, the release of its buttons, and wheel events closer together than
// the screen is drawn.
func calm(now func() time.Time) func(tea.Model, tea.Msg) tea.Msg {
	var last time.Time
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.MouseMotionMsg, tea.MouseReleaseMsg:
			return nil
		case tea.MouseWheelMsg:
			t := now()
			if t.Sub(last) < 15*time.Millisecond {
				return nil
			}
			last = t
		}
		return msg
	}
}
