package setup

import (
	"errors"
	"io"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/wizard"
)

// question is one field of a step, as huh drives it. The three kinds (entry,
// pick and choice) are huh fields of their own because huh's have no real
// cursor, which an input method needs, and cannot be left while they hold
// something invalid.
//
// What is typed goes to the flow at once, valid or not, so nothing is lost.
type question interface {
	huh.Field
	// rows draws the field in its width; cursor is where the real cursor
	// stands in it, nil for none.
	rows() (lines []string, cursor *tea.Cursor)
	// set puts a value as if it had been typed.
	set(value string)
	// refuse shows what the end of the step found wrong.
	refuse(e wizard.FieldError)
	// reword takes the words that it holds anew, locked among them: why the
	// setting cannot be changed.
	reword(locked string)
	// leave ends what was begun in it: a search without a choice is taken
	// back, and a secret is kept nowhere.
	leave()
	// fault is what is shown as wrong now.
	fault() *wizard.FieldError
}

// base is what the kinds share.
type base struct {
	env   *screen.Env
	flow  *wizard.Flow
	field wizard.Field
	// put hands a value to the flow and tells the screen that it changed.
	put func(key, value string) []wizard.Notice

	width   int
	focused bool
	touched bool
	locked  string // why it cannot be changed now, empty when it can
	notices []wizard.Notice
	refused *wizard.FieldError // what the end of the step found, until it changes
	keymap  *huh.KeyMap
	last    bool
	// silent leaves what is wrong to another question of the same setting.
	silent bool
	// title is the id of the words over the second question of a setting, which
	// leaves where and what the setting is to the first; empty: its label.
	title string
	// extra is what follows from the answer beside what the wizard says of it;
	// nil: nothing.
	extra func(width int) []string
}

func (b *base) reword(locked string) { b.locked = locked }

func (b *base) label() string {
	if b.title != "" {
		return b.env.Text.Say(b.title, nil)
	}
	return b.env.Text.Field(b.flow.Raw("integration"), b.field.Key, "label")
}

// text is one of the field's texts, empty where there is none.
func (b *base) text(part string) string {
	return b.env.Text.Field(b.flow.Raw("integration"), b.field.Key, part)
}

// fault hides what is only unfinished: while a field is being filled in, a
// mistake is shown when it can be mended at a key, and otherwise once the
// person has gone on.
func (b *base) fault() *wizard.FieldError {
	if b.silent {
		return nil
	}
	p := b.flow.Problem(b.field.Key)
	if p == nil {
		p = b.refused
	}
	if p == nil || b.touched || !b.focused || len(p.Offers()) > 0 {
		return p
	}
	return nil
}

func (b *base) refuse(e wizard.FieldError) { b.touched, b.refused = true, &e }

func (b *base) change(value string) {
	b.refused = nil
	b.notices = b.put(b.field.Key, value)
}

func (b *base) leave() {}

// secret is the problem of a value that holds one, nil for none.
func (b *base) secret() *wizard.FieldError {
	if p := b.flow.Problem(b.field.Key); p != nil && p.Secret() {
		return p
	}
	return nil
}

// bar is the mark at the left of the field in focus.
func (b *base) bar(lines []string) []string {
	t := b.env.Theme
	mark := "  "
	if b.focused {
		mark = t.Accent.Render("┃") + " "
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = mark + l
	}
	return out
}

// inner is the width right of the bar.
func (b *base) inner() int { return max(b.width-2, 8) }

// heading is the label, with what belongs beside it.
func (b *base) heading() string {
	t := b.env.Theme
	style := t.Muted
	if b.focused {
		style = t.Strong
	}
	right := ""
	switch {
	case b.locked != "":
		right = t.Muted.Render(b.locked)
	case !b.field.Required && b.focused && (b.field.Kind == wizard.Text || b.field.Kind == wizard.Long):
		right = t.Muted.Render(b.env.Text.UI.Setup.Optional)
	}
	return grid.Ends(style.Render(grid.Cut(b.label(), b.inner())), right, b.inner())
}

// below is what is said under the value: what is wrong and the way out, what
// was changed, and, in focus, what the field is and where AWS shows it.
func (b *base) below() []string {
	t, w := b.env.Theme, b.inner()
	var out []string
	if p := b.fault(); p != nil {
		for _, l := range grid.Wrap("✗ "+b.env.Sentence(p.TextID(), p.Args), w) {
			out = append(out, t.Bad.Render(l))
		}
		if offer := suggestion(b.env, p, b.flow); offer != "" && b.focused {
			k := b.env.Keys.Accept.Help().Key
			for i, l := range grid.Wrap(offer, max(w-len(k)-2, 8)) { // whole: it is to be agreed to
				if i > 0 {
					k = grid.Space(len(k))
				}
				out = append(out, t.Key.Render(k)+"  "+l)
			}
		}
	}
	for _, n := range b.notices {
		for _, l := range grid.Wrap("! "+b.env.Sentence("notice."+n.Code, n.Args), w) {
			out = append(out, t.Warn.Render(l))
		}
	}
	if b.focused {
		out = append(out, b.live()...)
		if b.title != "" {
			return out
		}
		if where := b.text("where"); where != "" {
			for _, l := range grid.Wrap(where, w) { // its end is what is looked for
				out = append(out, t.Muted.Render(l))
			}
		}
		for _, l := range grid.Wrap(b.text("help"), w) {
			out = append(out, t.Muted.Render(l))
		}
	}
	return out
}

// live is what follows from the answer, while it is given and valid.
func (b *base) live() []string {
	if b.extra != nil {
		return b.extra(b.inner())
	}
	if b.flow.Problem(b.field.Key) != nil {
		return nil
	}
	live, ok := wizard.LiveOf(b.flow.Settings(), b.field.Key)
	if !ok {
		return nil
	}
	var out []string
	for _, l := range grid.Wrap(b.env.Sentence("live."+live.ID, live.Args), b.inner()) {
		out = append(out, b.env.Theme.Code.Render(l))
	}
	return out
}

// suggestion words what ctrl+y would do.
func suggestion(env *screen.Env, p *wizard.FieldError, flow *wizard.Flow) string {
	offers := p.Offers()
	if len(offers) == 0 {
		return ""
	}
	s := ""
	for _, f := range wizard.AllFields() {
		v, ok := offers[f.Key]
		if !ok {
			continue
		}
		if s != "" {
			s += ", "
		}
		if f.Key != p.Field {
			s += env.Text.Say("field."+f.Key+".label", nil) + " "
		}
		s += safe(readable(f.Key, flow.Raw(f.Key), v))
	}
	return fill(env.Text.UI.Setup.Use, "value", s)
}

// readable is a suggestion as people read it: of a table, the rows that it
// changes.
func readable(key, now, better string) string {
	if lines, ok := wizard.NewTableLines(key, now, better); ok && len(lines) > 0 {
		return strings.Join(lines, "; ")
	}
	return better
}

// --- what huh wants of every field

func (b *base) Init() tea.Cmd                                { return nil }
func (b *base) Focus() tea.Cmd                               { b.focused = true; return nil }
func (b *base) Blur() tea.Cmd                                { b.focused, b.touched = false, true; return nil }
func (b *base) Error() error                                 { return nil } // the flow judges, at the end of the step
func (b *base) Run() error                                   { return errNotAlone }
func (b *base) RunAccessible(_ io.Writer, _ io.Reader) error { return errNotAlone }
func (b *base) Skip() bool                                   { return b.locked != "" }
func (b *base) Zoom() bool                                   { return false }
func (b *base) KeyBinds() []key.Binding                      { return nil }
func (b *base) GetKey() string                               { return b.field.Key }
func (b *base) GetValue() any                                { return b.flow.Raw(b.field.Key) }

var errNotAlone = errors.New("setup: this field is driven by its step")

// move turns navigation keys into huh's messages; done is false for others.
// Enter stays where something is wrong or still to be answered; tab and
// shift+tab always move.
func (b *base) move(m tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	k := b.env.Keys
	switch {
	case key.Matches(m, k.Continue):
		b.touched = true
		if b.flow.Problem(b.field.Key) != nil {
			return nil, true
		}
		if b.field.Required && strings.TrimSpace(b.flow.Raw(b.field.Key)) == "" {
			if b.refused == nil { // else that stays told
				b.refuse(*wizard.Missing(b.field.Key))
			}
			return nil, true
		}
		return huh.NextField, true
	case key.Matches(m, k.Next):
		return huh.NextField, true
	case key.Matches(m, k.Prev):
		return huh.PrevField, true
	}
	return nil, false
}
