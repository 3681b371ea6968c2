// Package browse is a placeholder.
package browse

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/mediadock/mediadock/tui/screen"
)

type S struct{ env *screen.Env }

func New(env *screen.Env, p screen.Place) *S { return &S{env} }
func (s *S) Init() tea.Cmd                   { return nil }
func (s *S) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "esc" {
		s.env.Post(screen.Leave{})
	}
	return nil
}
func (s *S) Resize(w, h int)           {}
func (s *S) View() screen.View         { return screen.View{Body: "browse"} }
func (s *S) Title() ([]string, string) { return []string{"browse"}, "" }
func (s *S) Keys() []key.Binding       { return nil }
func (s *S) Typing() bool              { return false }
func (s *S) Losing() string            { return "" }
func (s *S) Close()                    {}
