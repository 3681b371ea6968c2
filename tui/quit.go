package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// quitAnswer is the answer to the question whether to stop what runs.
type quitAnswer struct{ quit bool }

// interrupt is ctrl+c: it ends the program, but asks first where work would
// be lost; pressed again in that question it does not ask twice.
func (m *Model) interrupt() tea.Cmd {
	if n := len(m.asked); n > 0 {
		if m.asksToQuit(m.asked[n-1]) {
			return m.decided(quitAnswer{quit: true})
		}
		if m.asksOfHeld(m.asked[n-1]) {
			return m.decided(heldAnswer{})
		}
	}
	return m.quit()
}

// quit ends the program, or asks when a screen would lose work.
func (m *Model) quit() tea.Cmd {
	f := m.env.Text.UI.Frame
	if m.holding() != nil {
		m.askOfHeld()
		return nil
	}
	if what := m.losing(); what != "" {
		body := dialog.Prose(append([]string{text.Fill(f.QuitLoses, "what", what)}, m.leaves()...)...)
		m.ask(dialog.NewChoice(m.env, f.QuitTitle, body,
			dialog.Option{Label: f.Stay},
			dialog.Option{Label: f.StopOnly, Answer: quitAnswer{}},
			dialog.Option{Label: f.Stop, Answer: quitAnswer{quit: true}},
		), rootID)
		return nil
	}
	if what := m.unsaved(); what != "" {
		m.ask(dialog.NewChoice(m.env, f.QuitTitle, dialog.Prose(text.Fill(f.QuitUnsaved, "what", what)),
			dialog.Option{Label: f.Back},
			dialog.Option{Label: f.QuitDrop, Answer: quitAnswer{quit: true}},
		), rootID)
		return nil
	}
	return m.leave()
}

// unsaved says what was typed and would be lost; empty when nothing was.
func (m *Model) unsaved() string {
	for _, l := range m.layers {
		if u, ok := l.scr.(screen.Unsaver); ok && u.Unsaved() != "" {
			return u.Unsaved()
		}
	}
	return ""
}

// losing names what leaving now would cut short; empty when nothing runs.
func (m *Model) losing() string {
	for _, l := range m.layers {
		if what := l.scr.Losing(); what != "" {
			return what
		}
	}
	return m.runs.Losing()
}

// leaves are what stays behind when what runs is cut short.
func (m *Model) leaves() []string {
	var out []string
	for _, l := range m.layers {
		if s, ok := l.scr.(screen.Leaver); ok && s.Leaves() != "" {
			out = append(out, s.Leaves())
		}
	}
	return append(out, m.runs.Leaves()...)
}

// dropQuestion takes the question whether to stop what runs away once it has
// ended by itself: what it says is not true any more.
func (m *Model) dropQuestion() {
	if m.holding() == nil {
		m.asked = slices.DeleteFunc(m.asked, m.asksOfHeld)
	}
	if !slices.ContainsFunc(m.asked, m.asksToQuit) || m.losing() != "" || m.unsaved() != "" {
		return
	}
	m.asked = slices.DeleteFunc(m.asked, m.asksToQuit)
}

func (m *Model) asksToQuit(a asked) bool {
	c, ok := a.dlg.(*dialog.Choice)
	return ok && a.owner == rootID && c.Title() == m.env.Text.UI.Frame.QuitTitle
}

// decided takes the answers to the root's own dialogs.
func (m *Model) decided(answer tea.Msg) tea.Cmd {
	if h, ok := answer.(heldAnswer); ok {
		return m.decidedOfHeld(h)
	}
	a, ok := answer.(quitAnswer)
	if !ok {
		return m.desk.Update(answer)
	}
	if !a.quit {
		for _, l := range m.layers {
			if s, ok := l.scr.(screen.Stopper); ok {
				s.Stop()
			}
		}
		m.runs.Stop()
		return nil
	}
	return m.leave()
}

func (m *Model) leave() tea.Cmd {
	m.quitting = true
	return tea.Quit
}
