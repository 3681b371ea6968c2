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

// speakOther changes to the other language, questions that are open included.
// While one of these cannot be put into other words the language stays, and
// that is said: half a screen in each helps nobody.
func (m *Model) speakOther() tea.Cmd {
	again := make([]func() screen.Dialog, len(m.asked))
	for i, a := range m.asked {
		if r, ok := a.dlg.(screen.Reworder); ok {
			again[i] = r.Reworded()
		}
		if again[i] == nil {
			m.say(m.env.Text.UI.Frame.LanguageLater, false)
			return nil
		}
	}
	cmd := m.speak(otherLanguage(m.env.Text.Lang))
	for i := range m.asked {
		m.asked[i].dlg = again[i]()
	}
	return cmd
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
