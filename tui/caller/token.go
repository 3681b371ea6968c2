package caller

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// digits is how long the code of an MFA device is.
const digits = 6

// tokenAnswer is the person's code; empty when there is none.
type tokenAnswer struct {
	q    *question
	code string
}

// token asks for the code of an MFA device.
type token struct {
	env   *screen.Env
	q     *question
	in    line.Field
	short bool // it was confirmed too early
	over  bool
	code  string
}

func newToken(d *Desk, q *question) *token {
	return &token{env: d.env, q: q, in: line.New("")}
}

// Title says what is asked for.
func (t *token) Title() string { return t.words().TokenTitle }

// Typing is true: digits are text.
func (t *token) Typing() bool { return true }

// Answer is the code. A question that nobody waits for any more closes.
func (t *token) Answer() (tea.Msg, bool) {
	switch {
	case t.over:
		return tokenAnswer{t.q, t.code}, true
	case t.q.gone():
		return nil, true
	}
	return nil, false
}

// Update takes digits and nothing else.
func (t *token) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		k := t.env.Keys
		switch {
		case key.Matches(m, k.Cancel):
			t.over, t.code = true, ""
			return nil
		case key.Matches(m, k.Confirm):
			t.short = len(t.in.Value()) != digits
			if !t.short {
				t.over, t.code = true, t.in.Value()
			}
			return nil
		case m.Text != "":
			t.put(m.Text)
			return nil
		}
	case tea.PasteMsg:
		t.put(m.Content)
		return nil
	}
	if t.in.Update(msg) {
		t.short = false
	}
	return nil
}

// put types in what is a digit, also a full-width one, as far as there is
// room.
func (t *token) put(s string) {
	for _, r := range s {
		if r >= '０' && r <= '９' {
			r += '0' - '０'
		}
		if r < '0' || r > '9' || len(t.in.Value()) >= digits {
			continue
		}
		t.in.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		t.short = false
	}
}

// View says which device, and takes the code.
func (t *token) View(w, h int) screen.View {
	th, words := t.env.Theme, t.words()
	var foot []string
	if t.q.refused > 0 && t.in.Value() == "" {
		for _, l := range grid.Wrap("! "+t.env.Text.Say("caller.token-refused", nil), w) {
			foot = append(foot, th.Warn.Render(l))
		}
	}
	foot = append(foot, th.Muted.Render(grid.Cut(words.TokenLabel, w)))
	t.in.SetWidth(max(min(w-2, digits+1), 2))
	drawn, x := t.in.View(th.Text, "", th.Faint)
	row := len(foot)
	foot = append(foot, th.Accent.Render("> ")+drawn)
	note := ""
	if t.short {
		note = th.Bad.Render(grid.Cut("✗ "+words.TokenShort, w))
	}
	foot = append(foot, note)
	out := grid.Wrap(text.Fill(words.TokenBody, "device", text.Safe(t.q.device)), w)
	if len(out)+1+len(foot) <= h {
		out = append(out, "")
	}
	out = out[:max(min(len(out), h-len(foot)), 0)]
	return screen.View{
		Body:   strings.Join(append(out, foot...), "\n"),
		Cursor: tea.NewCursor(2+x, len(out)+row),
	}
}

// Keys confirm and cancel.
func (t *token) Keys() []key.Binding {
	k := t.env.Keys
	return []key.Binding{keys.As(k.Confirm, t.words().TokenUse), k.Cancel}
}

func (t *token) words() *text.CallerWords { return &t.env.Text.UI.Caller }
