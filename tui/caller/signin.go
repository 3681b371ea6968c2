package caller

import (
	"context"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// beat moves the waiting mark.
const beat = 250 * time.Millisecond

type (
	cancelSignIn struct{}
	signedAnswer struct {
		want toSignIn
		err  error
	}
)

// signIn opens the dialog and asks for the page.
func (d *Desk) signIn(want toSignIn) tea.Cmd {
	d.signing.Cancel()
	d.page = &signIn{env: d.env, since: d.env.Now()}
	d.show(d.page)
	var cmd tea.Cmd
	d.signing, cmd = d.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		err := d.env.World.SignIn(ctx, want.profile, func(p world.SignInPage) { emit(p) })
		return signedAnswer{want, err}
	})
	return tea.Batch(cmd, d.env.Tick(beat))
}

// signed goes on where the person was, or tells why it did not work.
func (d *Desk) signed(m job.Done, r signedAnswer) tea.Cmd {
	if !d.signing.Is(m.ID) || d.page == nil {
		return nil // it was cancelled
	}
	d.page.over = true
	d.signing, d.page = nil, nil
	if r.err != nil {
		w := d.words()
		d.show(dialog.NewChoice(d.env, w.SignFailed, dialog.TroubleLines(d.env, d.explain(r.err)),
			dialog.Option{Label: w.OptAgain, Answer: r.want},
			dialog.Option{Label: w.OptChoose, Answer: toChoose{r.want.pending}}))
		return nil
	}
	return d.ask(asks{anew: true, signed: true, pending: r.want.pending})
}

// signIn is the dialog in which one waits for the browser.
type signIn struct {
	env    *screen.Env
	page   *world.SignInPage
	since  time.Time
	frame  int
	top    int // first line drawn
	rows   int
	room   int
	answer tea.Msg
	over   bool
}

func (s *signIn) show(p world.SignInPage) { s.page = &p }

// Title says what for.
func (s *signIn) Title() string { return s.words().SignTitle }

// Typing is false.
func (s *signIn) Typing() bool { return false }

// Answer is the next thing to do, or none after the person has agreed.
func (s *signIn) Answer() (tea.Msg, bool) { return s.answer, s.over }

// Update copies, shows plainly, tries again, cancels.
func (s *signIn) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	k, w := s.env.Keys, s.words()
	switch {
	case key.Matches(m, k.Cancel):
		s.answer, s.over = cancelSignIn{}, true
	case key.Matches(m, k.Up):
		s.top--
	case key.Matches(m, k.Down):
		s.top++
	case s.page == nil:
	case key.Matches(m, k.Copy):
		s.env.Post(screen.Copy{What: w.SignAddress, Text: text.Safe(s.page.URL)})
	case key.Matches(m, k.Plain):
		s.env.Post(screen.Plain{Text: s.page.URL + "\n\n" + s.page.Code, Back: w.SignPlainBack})
	}
	return nil
}

// View says what to do in the browser, or what went wrong.
func (s *signIn) View(w, h int) screen.View {
	lines := s.lines(w, h)
	s.rows, s.room = len(lines), h
	s.top = max(0, min(s.top, s.rows-h))
	out := append([]string{}, lines[s.top:min(s.top+h, s.rows)]...)
	if s.top+h < s.rows && len(out) > 0 {
		out[len(out)-1] = s.env.Theme.Muted.Render(grid.Cut(s.env.Text.UI.Dialog.More, w))
	}
	return screen.View{Body: strings.Join(out, "\n")}
}

func (s *signIn) lines(w, h int) []string {
	t, words := s.env.Theme, s.words()
	if s.page == nil {
		return []string{t.Muted.Render(grid.Cut(words.SignStarting, w))}
	}
	gap := []string{""}
	if h < 12 {
		gap = nil
	}
	var out []string
	add := func(style interface{ Render(...string) string }, lines ...string) {
		for _, l := range lines {
			out = append(out, style.Render(l))
		}
	}
	add(t.Text, grid.Wrap(words.SignOpen, w)...)
	add(t.Code, strings.Split(ansi.Hardwrap(text.Safe(s.page.URL), max(w, 1), true), "\n")...)
	out = append(out, gap...)
	add(t.Text, grid.Wrap(words.SignCode, w)...)
	add(t.Strong, "   "+text.Safe(s.page.Code))
	out = append(out, gap...)
	// The waiting stands above what only some people need.
	wait := text.Fill(words.SignWaiting, "time", s.env.Text.Duration(s.env.Now().Sub(s.since)))
	add(t.Accent, grid.Cut(string(`|/-\`[s.frame%4])+" "+wait, w))
	if s.page.Short != "" {
		out = append(out, gap...)
		other := text.Fill(words.SignOther, "url", text.Safe(s.page.Short)) + " " + text.Fill(words.SignOtherCode, "code", text.Safe(s.page.Code))
		add(t.Muted, grid.Wrap(other, w)...)
	}
	return out
}

// Keys are those that work now.
func (s *signIn) Keys() []key.Binding {
	k, w := s.env.Keys, s.words()
	var b []key.Binding
	if s.page != nil {
		b = append(b, keys.As(k.Copy, w.SignCopy), keys.As(k.Plain, w.SignPlain))
	}
	if s.rows > s.room {
		b = append(b, k.Scroll)
	}
	return append(b, k.Cancel)
}

func (s *signIn) words() *text.CallerWords { return &s.env.Text.UI.Caller }
