package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// otherLanguage is the one of the two that is not spoken.
func otherLanguage(lang string) string {
	if lang == "ja" {
		return "en"
	}
	return "ja"
}

// speak changes the language of everything that is open. Screens share Text
// and Keys, so what they draw follows at once; what they put together before
// they make anew when they are told.
func (m *Model) speak(lang string) tea.Cmd {
	*m.env.Text = *text.For(lang)
	*m.env.Keys = *keys.New(&m.env.Text.UI.Keys)
	m.env.World.Speak(lang)
	return m.ambient(screen.Spoken{})
}
