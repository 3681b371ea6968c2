package home

import (
	"strconv"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
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
	if c.Unfinished == "" {
		return "", ""
	}
	connection, environment := c.Of()
	return "! " + h.env.Text.Say("cmd.env.state."+c.Unfinished, nil),
		h.env.Text.Say("cmd.env.unready-"+c.Unfinished, map[string]string{"environment": c.Name, "connection": connection, "name": environment})
}

// forgetBody says what forgetting takes along.
func (h *Home) forgetBody(c world.Connection) []string {
	w := h.words()
	if c.Environments == 0 {
		return []string{w.ForgetBody}
	}
	return []string{w.ForgetBody, "", text.Fill(w.ForgetToo, "n", strconv.Itoa(c.Environments))}
}
