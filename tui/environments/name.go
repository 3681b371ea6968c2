package environments

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// beside are the connection and its environments.
type beside struct {
	conns []world.Connection
	err   error
}

// read finds out which names are taken.
func (e *Environments) read() tea.Cmd {
	_, cmd := e.env.Do(func(ctx context.Context) any {
		all, err := e.env.World.Connections(ctx)
		return beside{all, err}
	})
	return cmd
}

func (e *Environments) found(b beside) {
	if b.err != nil {
		return // the plan will say it
	}
	e.there = map[string]world.Connection{}
	for _, c := range b.conns {
		switch of, environment := c.Of(); {
		case c.Name == e.connection && c.Broken == nil:
			e.settings = c.Settings
		case of == e.connection && environment != "":
			e.there[environment] = c
		}
	}
}

// typed edits the name.
func (e *Environments) typed(msg tea.Msg) {
	if e.stage == naming && e.field.Update(msg) {
		e.tried = false
	}
}

func (e *Environments) typedName() string { return strings.TrimSpace(e.field.Value()) }

// problem says why a name cannot be taken, empty where it can. bad is false
// where it is no mistake, but something to know.
func (e *Environments) problem() (why string, bad bool) {
	w, name := e.words(), e.typedName()
	whole := text.Safe(e.connection + "/" + name)
	if !e.valid(name) {
		return e.env.Text.NoEnvironmentName(name, e.valid), true
	}
	c, taken := e.there[name]
	switch {
	case !taken:
		return "", false
	case e.runs.Busy(c.Name) != "":
		return text.Fill(w.Busy, "name", whole), true
	case c.Unfinished == "creating":
		return text.Fill(w.NameCreating, "name", whole), false
	case c.Unfinished == "deleting":
		return text.Fill(w.NameDeleting, "name", whole), true
	}
	return text.Fill(w.NameTaken, "name", whole), true
}

func (e *Environments) valid(name string) bool {
	by, ok := e.env.World.(world.Environments)
	return ok && by.ValidEnvironment(name)
}

// takeName goes on with the name that was typed.
func (e *Environments) takeName() tea.Cmd {
	if _, bad := e.problem(); bad || e.typedName() == "" {
		e.tried = true
		return nil
	}
	e.name = e.connection + "/" + e.typedName()
	if x := e.runs.of(e.name); x != nil && x.over {
		e.runs.drop(e.name)
	}
	return e.plan()
}

// space is where the files of a name would lie.
func (e *Environments) space(environment string) address.Space {
	return world.SpaceOf(e.connection+"/"+environment, wizard.Defaults(e.settings))
}
