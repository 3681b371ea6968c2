package setup

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/wizard"
)

// pick is a field with many answers, searched by value and by name in either
// language while one types. What is in no list is kept as typed; the flow
// judges it.
type pick struct {
	base
	in   line.Field
	all  []wizard.Choice
	hits []wizard.Choice
	at   int // in hits
	// picking is true once the person has moved in the list or typed a part
	// of a name: then enter takes the answer under the cursor.
	picking bool
	// held is the answer there was when the search began; leaving without
	// choosing another keeps it. fresh is true until the first key: what is
	// typed then begins a new search.
	held  string
	fresh bool
}

// pickRows is how many answers are in sight.
const pickRows = 5

func newPick(b base) *pick {
	p := &pick{base: b, in: line.New(b.flow.Raw(b.field.Key)), all: b.field.Choices(b.flow.Settings())}
	p.search()
	return p
}

func (p *pick) set(v string) {
	p.in.Set(v)
	p.touched, p.picking = true, false
	p.held, p.fresh = v, v != ""
	p.search()
	p.change(v)
}

// search finds the answers that contain what was typed; an exact value stands
// in the whole list, so that the arrows lead to its neighbours.
func (p *pick) search() {
	typed := strings.ToLower(strings.TrimSpace(p.in.Value()))
	p.hits, p.at = nil, 0
	for i, c := range p.all {
		if strings.ToLower(c.Value) == typed {
			p.hits, p.at = p.all, i
			return
		}
		if strings.Contains(strings.ToLower(c.Value), typed) || strings.Contains(strings.ToLower(c.LabelEN), typed) || strings.Contains(c.LabelJA, typed) {
			p.hits = append(p.hits, c)
		}
	}
}

// Update edits the search, moves in the list, takes an answer, or moves on.
func (p *pick) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	if m, ok := msg.(tea.KeyPressMsg); ok {
		k := p.env.Keys
		switch {
		case len(p.hits) > 0 && m.Code == tea.KeyDown:
			p.step(1)
			return p, nil
		case len(p.hits) > 0 && m.Code == tea.KeyUp:
			p.step(-1)
			return p, nil
		case key.Matches(m, k.Continue, k.Next):
			p.forget()
			p.take()
		}
		if cmd, done := p.move(m); done {
			return p, cmd
		}
	}
	_, pasted := msg.(tea.PasteMsg)
	p.begin(msg)
	if p.in.Update(msg) {
		p.touched = p.touched || pasted
		p.picking = strings.TrimSpace(p.in.Value()) != ""
		p.search()
		p.change(p.in.Value())
		if pasted {
			p.forget()
		}
	}
	return p, nil
}

// forget puts the answer back that a secret was entered over.
func (p *pick) forget() {
	if e := p.secret(); e != nil {
		p.set(p.held)
		p.refuse(*e)
	}
}

func (p *pick) leave() {
	p.forget()
	p.abandon()
}

// begin empties the field for the first letter typed over an answer. Other
// keys edit the answer.
func (p *pick) begin(msg tea.Msg) {
	m, isKey := msg.(tea.KeyPressMsg)
	_, pasted := msg.(tea.PasteMsg)
	if p.fresh && (pasted || isKey && m.Text != "") {
		p.in.Set("")
	}
	p.fresh = p.fresh && !isKey && !pasted
}

// Focus remembers the answer.
func (p *pick) Focus() tea.Cmd {
	p.held = p.in.Value()
	p.fresh = p.held != ""
	return p.base.Focus()
}

// Blur ends a search without a choice.
func (p *pick) Blur() tea.Cmd {
	p.leave()
	return p.base.Blur()
}

// abandon puts the answer back that a search was begun over. What is in no
// list is no search: it stays as typed, since a Region may be new.
func (p *pick) abandon() {
	if p.held == "" || !p.picking || len(p.hits) == 0 || p.in.Value() == p.held {
		return
	}
	p.set(p.held)
}

func (p *pick) step(d int) {
	if p.picking || p.exact() {
		p.at = max(0, min(p.at+d, len(p.hits)-1))
	}
	p.picking = true
}

// take puts the answer under the cursor in place of the search.
func (p *pick) take() {
	if !p.picking || len(p.hits) == 0 {
		return
	}
	v := p.hits[p.at].Value
	p.picking = false
	p.held, p.fresh = v, true
	p.in.Set(v)
	p.search()
	p.change(v)
}

func (p *pick) exact() bool {
	return len(p.hits) > 0 && p.hits[p.at].Value == p.in.Value()
}

// fault waits while there are answers to choose from.
func (p *pick) fault() *wizard.FieldError {
	if p.focused && p.picking && len(p.hits) > 0 {
		return nil
	}
	return p.base.fault()
}

func (p *pick) rows() ([]string, *tea.Cursor) {
	t, w := p.env.Theme, p.inner()
	out := []string{p.heading()}
	if !p.focused {
		v := p.env.Text.UI.Setup.Nothing
		style := t.Faint
		if p.in.Value() != "" {
			v, style = p.in.Plain(), t.Text
			if p.exact() {
				v += "   " + p.name(p.hits[p.at])
			}
		}
		out = append(out, style.Render(grid.Cut(v, w)))
		return p.bar(append(out, p.belowPick()...)), nil
	}
	p.in.SetWidth(w - 2)
	drawn, x := p.in.View(t.Text, p.env.Text.UI.Setup.Search, t.Faint)
	cursor := tea.NewCursor(2+2+x, len(out))
	out = append(out, t.Accent.Render("> ")+drawn)
	out = append(out, p.list(w)...)
	return p.bar(append(out, p.belowPick()...)), cursor
}

func (p *pick) belowPick() []string {
	if p.focused && p.picking && len(p.hits) > 0 {
		return nil
	}
	return p.below()
}

func (p *pick) list(w int) []string {
	t := p.env.Theme
	from := max(0, min(p.at-pickRows/2, len(p.hits)-pickRows))
	var out []string
	for i := from; i < min(from+pickRows, len(p.hits)); i++ {
		c := p.hits[i]
		on := i == p.at && (p.picking || p.exact())
		mark, style := "  ", t.Text
		if on {
			mark, style = "> ", t.Accent
		}
		l := mark + grid.Fit(c.Value, 16)
		l += fitting(p.name(c), w-grid.Width(l))
		out = append(out, t.On(style, on).Render(grid.Fit(l, w)))
	}
	if rest := len(p.hits) - min(from+pickRows, len(p.hits)); rest > 0 {
		out = append(out, t.Muted.Render("  "+fill(p.env.Text.UI.Setup.MoreBelow, "n", itoa(rest))))
	}
	return out
}

func (p *pick) name(c wizard.Choice) string {
	if p.env.Text.Lang == "ja" {
		return c.LabelJA
	}
	return c.LabelEN
}

// View is for huh; the step draws rows itself.
func (p *pick) View() string { l, _ := p.rows(); return strings.Join(l, "\n") }

func (p *pick) WithTheme(huh.Theme) huh.Field              { return p }
func (p *pick) WithKeyMap(k *huh.KeyMap) huh.Field         { p.keymap = k; return p }
func (p *pick) WithWidth(w int) huh.Field                  { p.width = w; return p }
func (p *pick) WithHeight(int) huh.Field                   { return p }
func (p *pick) WithPosition(q huh.FieldPosition) huh.Field { p.last = q.IsLast(); return p }

// fitting is a name that ends in parentheses, or what stands in them where the
// whole is too wide: of "Asia Pacific (Tokyo)" the place tells more.
func fitting(name string, w int) string {
	_, place, ok := strings.Cut(name, " (")
	if !ok || grid.Width(name) <= w {
		return name
	}
	return strings.TrimSuffix(place, ")")
}
