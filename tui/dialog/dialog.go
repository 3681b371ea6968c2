// Package dialog has the questions that stand over a screen. Every one
// answers with a typed message of the screen that asked, and esc always leads
// out without anything done.
package dialog

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// Line is one line of a dialog's text, in a role of the theme.
type Line struct {
	Text string
	Role Role
	Wrap bool // prose; otherwise the line is cut
	// Lead stands before Text, which is then cut at its beginning: for URLs,
	// which differ at the end.
	Lead string
}

// Role says how a line looks.
type Role int

// The roles.
const (
	Plain Role = iota
	Strong
	Muted
	Code
	Warn
	Bad
	Good
)

// Prose makes wrapped lines, one for each paragraph.
func Prose(paragraphs ...string) []Line {
	var l []Line
	for _, p := range paragraphs {
		l = append(l, Line{Text: p, Wrap: true})
	}
	return l
}

// over keeps the answer of every kind of dialog.
type over struct {
	msg  tea.Msg
	done bool
}

func (o *over) Answer() (tea.Msg, bool) { return o.msg, o.done }

func (o *over) end(m tea.Msg) { o.msg, o.done = m, true }

// base is what all dialogs have: a title and scrolling text.
type base struct {
	over
	env    *screen.Env
	title  string
	text   []Line
	extras []Extra
	top    int
	rows   int // drawn rows of text, set by draw
	room   int
}

func (b *base) Title() string { return b.title }

// Typing is false for dialogs without a text field.
func (b *base) Typing() bool { return false }

// lines lays the text out in w cells.
func (b *base) lines(w int) []string { return Draw(b.env, b.text, w) }

// Draw lays lines out in w cells, for screens that tell the same as a dialog.
func Draw(env *screen.Env, all []Line, w int) []string {
	t := env.Theme
	var out []string
	for _, l := range all {
		style := t.Text
		switch l.Role {
		case Strong:
			style = t.Strong
		case Muted:
			style = t.Muted
		case Code:
			style = t.Code
		case Warn:
			style = t.Warn
		case Bad:
			style = t.Bad
		case Good:
			style = t.OK
		}
		parts := []string{grid.Cut(l.Text, w)}
		switch {
		case l.Lead != "":
			parts = []string{l.Lead + grid.CutLeft(l.Text, w-grid.Width(l.Lead))}
		case l.Wrap:
			parts = grid.Wrap(l.Text, w)
		}
		for _, p := range parts {
			out = append(out, style.Render(p))
		}
	}
	return out
}

// draw puts the text above foot, scrolled, in at most h rows.
func (b *base) draw(w, h int, foot []string) []string {
	lines := b.lines(w)
	b.rows, b.room = len(lines), max(h-len(foot), 1)
	b.top = max(0, min(b.top, b.rows-b.room))
	end := min(b.top+b.room, b.rows)
	out := append([]string{}, lines[b.top:end]...)
	if end < b.rows && len(out) > 0 {
		more := b.env.Text.UI.Dialog.More
		out[len(out)-1] = b.env.Theme.Muted.Render(grid.Fit(more, w))
	}
	return append(out, foot...)
}

// scroll moves the text for a navigation key and tells whether it was one.
func (b *base) scroll(msg tea.KeyPressMsg) bool {
	k := b.env.Keys
	switch {
	case key.Matches(msg, k.Up):
		b.top--
	case key.Matches(msg, k.Down):
		b.top++
	case key.Matches(msg, k.PageUp):
		b.top -= max(b.room-1, 1)
	case key.Matches(msg, k.PageDown):
		b.top += max(b.room-1, 1)
	default:
		return false
	}
	b.top = max(0, min(b.top, b.rows-b.room))
	return true
}

func (b *base) scrollKeys() []key.Binding {
	if b.rows > b.room {
		return []key.Binding{b.env.Keys.Scroll}
	}
	return nil
}

// Notice tells something and is closed.
type Notice struct {
	base
	after tea.Msg
	again func() screen.Dialog
}

// NewNotice shows text until it is closed; after, which may be nil, is its
// answer.
func NewNotice(env *screen.Env, title string, text []Line, after tea.Msg) *Notice {
	return &Notice{base: base{env: env, title: title, text: text}, after: after}
}

// Update closes on enter and esc.
func (n *Notice) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(tea.KeyPressMsg)
	if n.wheel(msg) || !ok || n.scroll(m) {
		return nil
	}
	if key.Matches(m, n.env.Keys.Confirm, n.env.Keys.Cancel, n.env.Keys.Quit) {
		n.end(n.after)
	}
	return nil
}

// View draws the text.
func (n *Notice) View(w, h int) screen.View {
	return screen.View{Body: strings.Join(n.draw(w, h, nil), "\n")}
}

// Keys closes.
func (n *Notice) Keys() []key.Binding {
	return append([]key.Binding{keys.As(n.env.Keys.Confirm, n.env.Text.UI.Frame.Close)}, n.scrollKeys()...)
}

// Option is one way to go on.
type Option struct {
	Label  string
	Answer tea.Msg
	// Key, where it is bound, chooses the option at once. It stands behind the
	// label and in the footer.
	Key key.Binding
}

func (o Option) label() string {
	if !o.Key.Enabled() {
		return o.Label
	}
	return o.Label + " (" + o.Key.Help().Key + ")"
}

// Choice asks for one of a few ways to go on. The first is under the cursor.
type Choice struct {
	base
	options []Option
	at      int
	first   int // of the options that are drawn
	again   func() screen.Dialog
}

// leastText is how many lines of the text a low window leaves before it draws
// fewer options at a time: what is asked about comes first.
const leastText = 3

// window is which options are drawn in h rows beneath a text of so many
// lines: all, or those around the cursor.
func (c *Choice) window(h, lines int) (from, to int) {
	n := len(c.options)
	room := min(n, max(h-1-min(lines, leastText), 2))
	c.first = max(min(c.first, c.at, n-room), c.at-room+1, 0)
	return c.first, c.first + room
}

// NewChoice shows text and options beneath it; esc answers nil.
func NewChoice(env *screen.Env, title string, text []Line, options ...Option) *Choice {
	return &Choice{base: base{env: env, title: title, text: text}, options: options}
}

// Update moves between the options and chooses.
func (c *Choice) Update(msg tea.Msg) tea.Cmd {
	if r, ok := msg.(screen.Row); ok && r.Index < len(c.options) {
		c.at = r.Index
		c.end(c.options[c.at].Answer)
		return nil
	}
	m, ok := msg.(tea.KeyPressMsg)
	if c.wheel(msg) || !ok {
		return nil
	}
	k := c.env.Keys
	if cmd, ok := c.extra(m); ok {
		return cmd
	}
	for _, o := range c.options {
		if key.Matches(m, o.Key) {
			c.end(o.Answer)
			return nil
		}
	}
	switch {
	case key.Matches(m, k.Cancel):
		c.end(nil)
	case key.Matches(m, k.Choose):
		c.end(c.options[c.at].Answer)
	case key.Matches(m, k.Next, k.Down):
		c.at = (c.at + 1) % len(c.options)
	case key.Matches(m, k.Prev, k.Up):
		c.at = (c.at + len(c.options) - 1) % len(c.options)
	case key.Matches(m, k.PageUp, k.PageDown):
		c.scroll(m)
	}
	return nil
}

// View draws the text and the options.
func (c *Choice) View(w, h int) screen.View {
	t := c.env.Theme
	from, to := c.window(h, len(c.lines(w)))
	foot := []string{""}
	if n := len(c.options); to-from < n {
		foot[0] = t.Muted.Render(grid.Cut("  "+text.Fill(c.env.Text.UI.Browse.NOf, "n", strconv.Itoa(c.at+1), "of", strconv.Itoa(n)), w))
	}
	for i := from; i < to; i++ {
		mark, style := "  ", t.Text
		if i == c.at {
			mark, style = "> ", t.Accent
		}
		foot = append(foot, t.On(style, i == c.at).Render(grid.Fit(mark+c.options[i].label(), w)))
	}
	body := c.draw(w, h, foot)
	spots := rowsAt(len(body)-(to-from), w, to-from, 1)
	for i := range spots {
		spots[i].Click = screen.Row{Index: from + i}
	}
	return screen.View{Body: strings.Join(body, "\n"), Spots: spots}
}

// Keys are the choosing ones.
func (c *Choice) Keys() []key.Binding {
	k := c.env.Keys
	out := []key.Binding{k.Choose}
	for _, o := range c.options {
		if o.Key.Enabled() {
			out = append(out, o.Key)
		}
	}
	out = append(out, c.extraKeys()...)
	if c.rows > c.room {
		out = append(out, keys.As(k.PageDown, c.env.Text.UI.Keys.Scroll))
	}
	return append(out, keys.As(k.Down, c.env.Text.UI.Dialog.Other), k.Cancel)
}
