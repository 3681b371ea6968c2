package home

import (
	"strconv"

	"charm.land/bubbles/v2/key"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Answers about environments.
type (
	openTo struct{ to screen.Place }       // show another screen
	ask    struct{ conn world.Connection } // ask whether to forget it
)

func isEnvironment(c world.Connection) bool {
	_, environment := c.Of()
	return environment != ""
}

// name is a connection, or an environment under it. A connection that has
// environments is production, and says so; where there is no room for the
// word, its mark stays.
func (h *Home) name(c world.Connection) cell {
	t := h.env.Theme
	if _, environment := c.Of(); environment != "" {
		return cell{text: "└ " + text.Safe(environment), style: t.Strong}
	}
	if c.Environments == 0 {
		return cell{text: text.Safe(c.Name), style: t.Strong}
	}
	short := text.Safe(c.Name) + " ◆"
	whole := short + " " + h.words().Production
	return cell{text: whole, style: t.Warn.Bold(true), fit: func(w int) string {
		switch {
		case grid.Width(whole) <= w:
			return whole
		case grid.Width(short) <= w:
			return short
		}
		return "◆ " + text.Safe(c.Name)
	}}
}

// unfinished says that an environment is not whole, and how to go on.
func (h *Home) unfinished(c world.Connection) (status, advice string) {
	w := &h.env.Text.UI.Environments
	if doing := h.env.Works.Doing(c.Name); doing != "" {
		return "↻ " + doing, h.enter(w.EnterShows)
	}
	switch c.Unfinished {
	case "":
		return "", ""
	case "deleting":
		advice = w.UnfinishedRemoval
	default:
		advice = w.Unfinished
	}
	return "! " + h.env.Text.Say("cmd.env.state."+c.Unfinished, nil), text.Fill(advice, "name", c.Name) + " " + h.enter(w.EnterTells)
}

// enter says what enter does.
func (h *Home) enter(words string) string { return text.Fill(words, "key", h.env.Keys.Open.Help().Key) }

// environmentKeys are what works on an environment.
func (h *Home) environmentKeys(c world.Connection, who key.Binding) []key.Binding {
	k, w := h.env.Keys, h.env.Text.UI.Keys
	first := k.Browse
	switch {
	case h.env.Works.Busy(c.Name) != "":
		first = keys.As(k.Browse, h.env.Text.UI.Environments.Progress)
	case c.Unfinished != "" && !h.env.Works.Has(c.Name):
		first = keys.As(k.Browse, h.env.Text.UI.Environments.GoOn)
	case h.env.Works.Has(c.Name):
		first = keys.As(k.Browse, h.env.Text.UI.Environments.Outcome)
	}
	return []key.Binding{first, k.Test, k.New, k.Edit, who, keys.As(k.Forget, w.Delete), k.Policies, k.Audit, k.AltTexts}
}

// mayCopy tells whether an environment can be made of a connection.
func (h *Home) mayCopy(c world.Connection) bool {
	_, ok := h.env.World.(world.Environments)
	return ok && c.Broken == nil && !isEnvironment(c) && wizard.Environments(c.Settings) && c.Settings.ServiceID != ""
}

// newEnvironment opens the screen that makes one, or says why none can be.
func (h *Home) newEnvironment(c world.Connection) {
	w := &h.env.Text.UI.Environments
	connection, environment := c.Of()
	switch {
	case h.mayCopy(c):
		h.env.Post(screen.Open{To: screen.Place{Screen: screen.Environment, Connection: c.Name, Settings: c.Settings, Production: c.Environments > 0}})
	case environment != "":
		h.env.Post(screen.Say{Line: text.Fill(w.Nested, "connection", text.Safe(connection)), Bad: true})
	case wizard.Environments(c.Settings):
		h.env.Post(screen.Say{Line: w.NoServiceID, Bad: true})
	default:
		h.env.Post(screen.Say{Line: w.NoneHere, Bad: true})
	}
}

// askUnfinished shows what runs on an environment, or asks how to go on with
// one that is not whole; false where it is whole and can be opened.
func (h *Home) askUnfinished(c world.Connection) bool {
	place := screen.Place{Screen: screen.Environment, Connection: c.Name, Settings: c.Settings, Removal: c.Unfinished == "deleting"}
	if h.env.Works.Has(c.Name) {
		h.env.Post(screen.Open{To: place})
		return true
	}
	if c.Unfinished == "" {
		return false
	}
	w := &h.env.Text.UI.Environments
	browse, away := place, place
	browse.Screen, away.Removal = screen.Browse, true
	browse.Unfinished, browse.Removal = c.Unfinished, false
	body := w.Unfinished
	options := []dialog.Option{{Label: w.AskGoOn, Answer: openTo{place}}, {Label: w.AskOpen, Answer: openTo{browse}}}
	if place.Removal {
		body = w.UnfinishedRemoval
	} else {
		options = append(options, dialog.Option{Label: w.AskDelete, Answer: openTo{away}})
	}
	h.env.Post(screen.Ask{Dialog: dialog.NewChoice(h.env, text.Safe(c.Name), dialog.Prose(text.Fill(body, "name", text.Safe(c.Name))), options...)})
	return true
}

// pressForget asks what is to go: of a connection this computer's settings, of
// an environment these alone or its media as well.
func (h *Home) pressForget(c world.Connection) {
	w := &h.env.Text.UI.Environments
	if name := h.env.Works.Busy(c.Name); name != "" {
		h.env.Post(screen.Say{Line: text.Fill(w.Busy, "name", text.Safe(name)), Bad: true})
		return
	}
	_, ok := h.env.World.(world.Environments)
	if !isEnvironment(c) || c.Broken != nil || !ok {
		h.askForget(c)
		return
	}
	to := screen.Place{Screen: screen.Environment, Connection: c.Name, Settings: c.Settings, Removal: true}
	connection, _ := c.Of()
	body := []dialog.Line{
		{Text: w.DeleteOrForget, Wrap: true},
		{Text: h.env.Text.ProductionStays(connection), Role: dialog.Good, Wrap: true},
	}
	h.env.Post(screen.Ask{Dialog: dialog.NewChoice(h.env, text.Safe(c.Name), body,
		dialog.Option{Label: h.env.Text.UI.Frame.Keep},
		dialog.Option{Label: w.AskRemove, Answer: openTo{to}},
		dialog.Option{Label: w.AskForget, Answer: ask{c}})})
}

// askForget asks before this computer's settings go.
func (h *Home) askForget(c world.Connection) {
	w := h.words()
	h.env.Post(screen.Ask{Dialog: dialog.NewChoice(h.env, text.Fill(w.ForgetTitle, "name", text.Safe(c.Name)), dialog.Prose(h.forgetBody(c)...),
		dialog.Option{Label: h.env.Text.UI.Frame.Keep},
		dialog.Option{Label: w.ForgetYes, Answer: forget{c.Name}})})
}

// forgetBody says what forgetting takes along.
func (h *Home) forgetBody(c world.Connection) []string {
	w := h.words()
	if c.Environments == 0 {
		return []string{w.ForgetBody}
	}
	return []string{w.ForgetBody, "", text.Fill(w.ForgetToo, "n", strconv.Itoa(c.Environments))}
}
