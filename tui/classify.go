package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
)

// class says who a message is for.
type class int

const (
	// input goes to the top layer alone: the dialog, else the screen. Pastes
	// and the mouse are input like keys; otherwise they would reach what
	// lies beneath a dialog.
	input class = iota
	// ambient concerns everybody: size, colours, time.
	ambient
	// reply goes to the owner of a job, and is dropped when it is gone.
	reply
	// other is what libraries send to themselves; the screen on top sees it.
	other
)

// classify is the one place that tells messages apart.
func classify(msg tea.Msg) class {
	switch msg.(type) {
	case tea.KeyMsg, tea.PasteMsg, tea.PasteStartMsg, tea.PasteEndMsg, tea.MouseMsg:
		return input
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.FocusMsg, tea.BlurMsg, tea.ResumeMsg, screen.Beat, screen.Spoken, screen.Identity:
		return ambient
	case job.Event, job.Done:
		return reply
	}
	return other
}
