package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
)

// worked tells that a creation or a deletion has ended: the screens, and the
// person, where no screen shows it.
func (m *Model) worked(name string) {
	seen := false
	connection, _ := world.Connection{Name: name}.Of()
	for _, l := range m.layers {
		if l.place.Connection == connection { // it is to be told apart now
			l.place.Production = true
		}
		if w, ok := l.scr.(interface{ Watches(name string) bool }); ok && l == m.top() {
			seen = w.Watches(name)
		}
	}
	if line, bad := m.runs.News(name, seen); !seen {
		m.say(line, bad)
	}
	m.do(m.ambient(screen.Worked{Name: name}))
	m.do(m.countBeside(connection))
}

// beside is how many environments a connection has, and which of them are
// unfinished.
type beside struct {
	connection string
	n          int
	unfinished map[string]string // by name: "creating", "deleting"
}

// countBeside finds out whether a connection is still to be told apart: with
// its last environment the word in the header goes.
func (m *Model) countBeside(connection string) tea.Cmd {
	_, cmd := m.env.Do(func(ctx context.Context) any {
		all, err := m.env.World.Connections(ctx)
		if err != nil {
			return nil
		}
		out, there := beside{connection: connection, unfinished: map[string]string{}}, false
		for _, c := range all {
			if c.Name == connection {
				out.n, there = c.Environments, true
			}
			if of, _ := c.Of(); of == connection && c.Unfinished != "" {
				out.unfinished[c.Name] = c.Unfinished
			}
		}
		if !there && len(out.unfinished) == 0 {
			return nil
		}
		return out
	})
	return cmd
}

// toldApart puts what countBeside found into the places of the screens.
func (m *Model) toldApart(r beside) {
	for _, l := range m.layers {
		if l.place.Connection == r.connection {
			l.place.Production = r.n > 0
		}
		if of, _ := (world.Connection{Name: l.place.Connection}).Of(); of == r.connection {
			l.place.Unfinished = r.unfinished[l.place.Connection]
		}
	}
}
