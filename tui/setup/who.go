package setup

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// Heights of the screen from which there is room for more about the caller.
const (
	whoInFull  = 20
	whoInShort = 12
)

// who says, above the first question, as whom all this will be asked of AWS,
// how that was found, and that no keys will be asked for.
func (s *Setup) who() []string {
	if s.flow.Index() > 0 {
		return nil
	}
	t, w, who := s.env.Theme, &s.env.Text.UI.Caller, s.env.Who
	width := s.leftWidth() - 1
	var out []string
	add := func(style lipgloss.Style, lines ...string) {
		for _, l := range lines {
			out = append(out, "  "+style.Render(grid.Cut(l, width)))
		}
	}
	hint := text.Fill(w.SwitchHint, "key", s.env.Keys.Profiles.Help().Key)
	if s.h >= whoInShort && who.Why == nil {
		add(t.Muted, w.RunsAs)
	}
	switch {
	case who.Asking:
		add(t.Muted, w.Asking)
	case who.Why != nil:
		hint = text.Fill(w.MendHint, "key", s.env.Keys.Profiles.Help().Key)
		add(t.Warn, "! "+caller.Headline(w, *who.Why))
	default:
		add(t.Strong, caller.Name(w, who.Caller))
		if s.h >= whoInFull {
			add(t.Code, wrapURL(safe(who.Caller.ARN), width)...)
		}
		if from := caller.Source(w, who.Caller); from != "" && s.h >= whoInShort {
			add(t.Text, grid.Wrap(from, width)...)
		}
	}
	if s.h >= whoInFull {
		add(t.Muted, grid.Wrap(w.NeverKeys, width)...)
		add(t.Muted, grid.Wrap(hint, width)...)
		return append(out, "")
	}
	add(t.Muted, hint)
	return out
}

// pressWho opens the AWS profiles.
func (s *Setup) pressWho(m tea.KeyPressMsg) bool {
	if !key.Matches(m, s.env.Keys.Profiles) || s.saving != nil {
		return false
	}
	s.env.Post(screen.ChooseCaller{})
	return true
}

// identity takes the news about who the program runs as: the trust policy
// names their account, and what they were refused or allowed is asked anew.
func (s *Setup) identity(m screen.Identity) tea.Cmd {
	s.caller = s.env.Who.Caller
	if m.Changed && s.lastTest != nil { // it was passed as somebody else
		s.lastTest = nil
		if s.review != nil {
			s.build()
		}
	}
	if !m.Anew || !s.edit {
		return nil
	}
	return s.askLock()
}

// askLock asks the bucket whether media bind the settings.
func (s *Setup) askLock() tea.Cmd {
	s.lockJob.Cancel()
	var cmd tea.Cmd
	s.lockJob, cmd = s.env.Do(func(ctx context.Context) any {
		l, err := s.env.World.Lock(ctx, s.name)
		return lockAnswer{l, err}
	})
	return cmd
}
