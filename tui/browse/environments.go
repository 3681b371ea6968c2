package browse

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// siblings are the connection that is looked at with its environments, in order;
// nothing where it has none.
type siblings struct{ conns []world.Connection }

// lookBeside finds out which environments there are.
func (b *Browse) lookBeside() tea.Cmd {
	here, _ := world.Connection{Name: b.place.Connection}.Of()
	_, cmd := b.env.Do(func(ctx context.Context) any {
		all, _ := b.env.World.Connections(ctx)
		var out siblings
		for _, c := range all {
			if of, _ := c.Of(); of == here && c.Broken == nil {
				out.conns = append(out.conns, c)
			}
		}
		return out
	})
	return cmd
}

// canSwitch tells whether there is another to go to, or one can be made. While
// something runs it stays: it was begun here.
func (b *Browse) canSwitch() bool {
	return (len(b.siblings.conns) > 1 || b.unfinished() != "" || b.mayCopy()) && !b.ops.running() && !b.grace.waiting()
}

// production is the connection among the siblings.
func (b *Browse) production() (c world.Connection, ok bool) {
	for _, c := range b.siblings.conns {
		if _, environment := c.Of(); environment == "" {
			return c, true
		}
	}
	return c, false
}

// unfinished tells how this environment is not whole: "creating" or "deleting",
// empty while that goes on in this program.
func (b *Browse) unfinished() string {
	for _, c := range b.siblings.conns {
		if c.Name == b.place.Connection && !b.env.Works.Has(c.Name) {
			return c.Unfinished
		}
	}
	return ""
}

// unfinishedLine says so at the foot, with the way to go on.
func (b *Browse) unfinishedLine(w int) string {
	words := &b.env.Text.UI.Environments
	line := ""
	switch b.unfinished() {
	case "":
		return ""
	case "deleting":
		line = words.HereLeft
	default:
		line = words.HerePart
	}
	if b.canSwitch() {
		line += " " + text.Fill(words.HereGoOn, "key", b.env.Keys.Switch.Help().Key)
	}
	return b.env.Theme.Warn.Render(grid.Cut("! "+line, w))
}

// mayCopy tells whether an environment can be made.
func (b *Browse) mayCopy() bool {
	_, able := b.env.World.(world.Environments)
	c, ok := b.production()
	return ok && able && wizard.Environments(c.Settings) && c.Settings.ServiceID != ""
}

// finishing leads to the screen that goes on with what was cut short.
func (b *Browse) finishing(c world.Connection) dialog.Option {
	w := &b.env.Text.UI.Environments
	to := screen.Place{Screen: screen.Environment, Connection: c.Name, Settings: c.Settings, Removal: c.Unfinished == "deleting"}
	label := w.HereGoOnCopy
	if to.Removal {
		label = w.HereGoOnRemoval
	}
	return dialog.Option{Label: label, Answer: do{func() tea.Cmd {
		b.env.Post(screen.Open{To: to})
		return nil
	}}}
}

// askSwitch asks which one to go to, this one first.
func (b *Browse) askSwitch() {
	w := b.env.Text.UI.Home
	of, _ := world.Connection{Name: b.place.Connection}.Of()
	var here, others []dialog.Option
	for _, c := range b.siblings.conns {
		label := text.Safe(c.Name) + "  " + w.Environment
		if _, environment := c.Of(); environment == "" {
			label = text.Safe(c.Name) + "  ◆ " + w.Production
		}
		if c.Unfinished != "" && !b.env.Works.Has(c.Name) {
			label += "  ! " + b.env.Text.Say("cmd.env.state."+c.Unfinished, nil)
		}
		if c.Name == b.place.Connection {
			here = append(here, dialog.Option{Label: label})
			if b.unfinished() != "" {
				here = append(here, b.finishing(c))
			}
			continue
		}
		to := screen.Place{Screen: screen.Browse, Connection: c.Name, Settings: c.Settings, Production: c.Environments > 0, Unfinished: c.Unfinished}
		others = append(others, dialog.Option{Label: label, Answer: do{func() tea.Cmd {
			b.env.Post(screen.Swap{To: to})
			return nil
		}}})
	}
	if c, ok := b.production(); ok && b.mayCopy() {
		to := screen.Place{Screen: screen.Environment, Connection: c.Name, Settings: c.Settings, Production: c.Environments > 0}
		others = append(others, dialog.Option{Label: b.env.Text.UI.Environments.SwitchNew, Answer: do{func() tea.Cmd {
			b.env.Post(screen.Open{To: to})
			return nil
		}}})
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, text.Fill(b.words().SwitchTitle, "name", text.Safe(of)), nil, append(here, others...)...)})
}
