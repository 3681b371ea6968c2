package home

import (
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Begin says where to go on from here once it is known what is saved: to a
// screen, on a connection; the empty screen is the wizard when nothing is
// saved.
func (h *Home) Begin(start screen.Name, named string, prefill wizard.Settings) {
	h.start, h.named, h.prefill = start, named, prefill
}

// goOn opens the screen that the program was started for.
func (h *Home) goOn(e everything) {
	if h.begun || e.err != nil {
		return
	}
	h.begun = true
	if h.start == "" && len(e.conns) == 0 && len(e.drafts) == 0 {
		h.start = screen.Setup
	}
	var named *world.Connection
	for i := range e.conns {
		if e.conns[i].Name == h.named {
			named = &e.conns[i]
			h.selectKey("c/" + h.named)
		}
	}
	switch h.start {
	case screen.Setup:
		h.env.Post(screen.Open{To: h.toSetup(e, named)})
	case screen.Check, screen.Browse:
		if named == nil {
			h.env.Post(screen.Say{Line: text.Fill(h.words().NoSuch, "name", text.Safe(h.named)), Bad: true})
		} else {
			h.env.Post(screen.Open{To: screen.Place{Screen: h.start, Connection: h.named, Settings: named.Settings, Production: named.Environments > 0}})
		}
	}
}

// toSetup is the wizard as it was asked for: on a draft, on a saved connection
// or anew, in each case with the answers that were given to begin with.
func (h *Home) toSetup(e everything, named *world.Connection) screen.Place {
	p := screen.Place{Screen: screen.Setup, Connection: h.named, Settings: h.prefill}
	given := h.prefill != wizard.Settings{}
	if named != nil {
		p.Edit = true
		switch {
		case !given:
			p.Settings = named.Settings
		case h.prefill != named.Settings: // a change that begins here, as a draft would
			p.Draft = &world.Draft{Name: h.named, Settings: h.prefill, Edit: true, SavedAt: h.env.Now()}
		}
	}
	for _, d := range e.drafts {
		if h.named == "" || d.Name != h.named {
			continue
		}
		if given {
			d.Settings = h.prefill
		}
		p.Draft = &d
	}
	return p
}
