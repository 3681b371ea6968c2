package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
)

// heldAnswer is the answer to the question what to do, at the end of the
// program, with what waits to be done.
type heldAnswer struct{ now bool }

// holding is the screen that lets something wait; nil where none does.
func (m *Model) holding() screen.Holder {
	for _, l := range m.layers {
		if h, ok := l.scr.(screen.Holder); ok && h.Holding() != "" {
			return h
		}
	}
	return nil
}

// askOfHeld asks before the program ends: to end is not to agree.
func (m *Model) askOfHeld() {
	w := m.env.Text.UI.Grace
	m.ask(dialog.NewChoice(m.env, w.QuitTitle, dialog.Prose(m.holding().Holding()),
		dialog.Option{Label: m.env.Text.UI.Frame.Stay},
		dialog.Option{Label: w.QuitKeep, Answer: heldAnswer{}},
		dialog.Option{Label: w.QuitNow, Answer: heldAnswer{now: true}},
	), rootID)
}

func (m *Model) asksOfHeld(a asked) bool {
	c, ok := a.dlg.(*dialog.Choice)
	return ok && a.owner == rootID && c.Title() == m.env.Text.UI.Grace.QuitTitle
}

// decidedOfHeld does it now, and stays until it is done; or drops it, and goes
// on to end the program.
func (m *Model) decidedOfHeld(a heldAnswer) tea.Cmd {
	var cmds []tea.Cmd
	for h := m.holding(); h != nil; h = m.holding() {
		if a.now {
			cmds = append(cmds, h.DoNow())
		} else {
			h.DropHeld()
		}
	}
	if !a.now {
		cmds = append(cmds, m.quit())
	}
	return tea.Batch(cmds...)
}
