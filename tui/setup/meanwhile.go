package setup

import (
	"context"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"

	tea "charm.land/bubbletea/v2"
)

// changedMeanwhile is the refusal to save over what somebody else saved after
// this edit was opened.
const changedMeanwhile = "cmd.changed_meanwhile"

// rereadAnswer is the saved connection as it is now; nil when it is gone or
// cannot be read.
type rereadAnswer struct{ now *world.Connection }

// reread asks what the saved connection is now.
func (s *Setup) reread() tea.Cmd {
	name := s.name
	_, cmd := s.env.Do(func(ctx context.Context) any {
		conns, _ := s.env.World.Connections(ctx)
		for i, c := range conns {
			if c.Name == name {
				return rereadAnswer{&conns[i]}
			}
		}
		return rereadAnswer{}
	})
	return cmd
}

// merge takes over what somebody else changed and this edit did not, so that
// neither loses anything, and shows again what saving would change. Where both
// changed a setting the review shows theirs beside the one here.
func (s *Setup) merge(r rereadAnswer) {
	words := s.env.Text.UI.Setup
	s.typed = true // saving took the draft of this name away
	if r.now == nil {
		s.env.Post(screen.Say{Line: fill(words.GoneMeanwhile, "name", safe(s.name)), Bad: true})
		return
	}
	was, now, mine := wizard.Defaults(s.was), wizard.Defaults(r.now.Settings), wizard.Defaults(s.flow.Settings())
	for _, c := range wizard.Diff(was, now) {
		if wizard.Get(mine, c.Key) == c.Old {
			s.flow.Put(c.Key, c.New)
		}
	}
	s.was = r.now.Settings
	s.build()
	s.env.Post(screen.Say{Line: fill(words.ChangedMeanwhile, "name", safe(s.name)), Bad: true})
}
