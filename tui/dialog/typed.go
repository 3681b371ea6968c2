package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// NewTyped asks the person to type want before something that cannot be taken
// back: a number or a name, never a phrase. Anything else is refused in the
// dialog, and nothing is done.
func NewTyped(env *screen.Env, title string, body []Line, label, want string, yes tea.Msg) *Prompt {
	check := func(got string) string {
		if strings.TrimSpace(got) == want {
			return ""
		}
		return text.Fill(env.Text.UI.Dialog.TypedWrong, "want", text.Safe(want))
	}
	return NewPrompt(env, title, body, label, "", check, func(string) tea.Msg { return yes })
}

func safeJoin(names []string) string {
	for i, n := range names {
		names[i] = text.Safe(n)
	}
	return strings.Join(names, "  ")
}
