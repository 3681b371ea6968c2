package caller

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/vlist"
	"github.com/mediadock/mediadock/tui/world"
)

type (
	// chosen is the profile to run as from now on, empty for the default
	// chain, and the one in use before.
	chosen struct {
		name, before string
		pending      *pending
	}
	profilesAnswer struct {
		profiles []world.Profile
		err      error
	}
)

// Choose shows the AWS profiles of the computer.
// Where it is not known who the program runs as, that is told first.
func (d *Desk) Choose() tea.Cmd {
	if why := d.env.Who.Why; why != nil {
		return d.told(rootOwner, screen.Failed{Trouble: *why})
	}
	return d.choose(nil)
}

func (d *Desk) choose(p *pending) tea.Cmd {
	d.picker = newPicker(d.env, p, d.read)
	d.show(d.picker)
	return d.read()
}

// read reads the profiles for the picker that is open.
func (d *Desk) read() tea.Cmd {
	d.reading.Cancel()
	var cmd tea.Cmd
	d.reading, cmd = d.env.Do(func(ctx context.Context) any {
		all, err := d.env.World.Profiles(ctx)
		return profilesAnswer{all, err}
	})
	return cmd
}

// picker is the list of AWS profiles, searched while one types.
type picker struct {
	env     *screen.Env
	pending *pending
	reread  func() tea.Cmd

	read bool
	err  error
	all  []world.Profile // the default chain first, without a name
	hits []int           // in all
	list vlist.List
	find line.Field

	answer tea.Msg
	over   bool
}

func newPicker(env *screen.Env, p *pending, reread func() tea.Cmd) *picker {
	return &picker{env: env, pending: p, reread: reread, find: line.New("")}
}

// fill takes the profiles and puts the cursor on the one in use.
func (p *picker) fill(r profilesAnswer) {
	p.read, p.err = true, r.err
	chain := world.Profile{Current: !slices.ContainsFunc(r.profiles, func(x world.Profile) bool { return x.Current })}
	p.all = append([]world.Profile{chain}, r.profiles...)
	p.search()
	for i, at := range p.hits {
		if p.all[at].Current {
			p.list.Select(i)
		}
	}
}

// search keeps the profiles that hold every word that was typed, in their
// name or in what is known of them.
func (p *picker) search() {
	words := strings.Fields(strings.ToLower(p.find.Value()))
	p.hits = p.hits[:0]
	for i, x := range p.all {
		hay := strings.ToLower(p.name(x) + " " + p.facts(x) + " " + x.Account)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(hay, w) }) {
			p.hits = append(p.hits, i)
		}
	}
	p.list.SetLen(len(p.hits))
	p.list.Select(0)
}

// under is the profile under the cursor.
func (p *picker) under() (world.Profile, bool) {
	c := p.list.Cursor()
	if c < 0 || c >= len(p.hits) {
		return world.Profile{}, false
	}
	return p.all[p.hits[c]], true
}

// before is the name of the profile in use.
func (p *picker) before() string { return inUse(p.all, "").Name }

// Title asks.
func (p *picker) Title() string { return p.words().PickTitle }

// Typing is true: letters search.
func (p *picker) Typing() bool { return true }

// Answer is the profile, or the wish to sign in for it.
func (p *picker) Answer() (tea.Msg, bool) { return p.answer, p.over }

func (p *picker) end(answer tea.Msg) { p.answer, p.over = answer, true }

// Update moves, searches, chooses.
func (p *picker) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case screen.Row:
		p.list.Select(m.Index)
		return nil
	case screen.Wheel:
		p.list.Scroll(m.Rows)
		return nil
	}
	if m, ok := msg.(tea.KeyPressMsg); ok {
		k := p.env.Keys
		x, any := p.under()
		_, to := p.list.Window()
		from, _ := p.list.Window()
		page := max(to-from-1, 1)
		switch {
		case key.Matches(m, k.Cancel) && p.find.Value() != "":
			p.find.Set("")
			p.search()
		case key.Matches(m, k.Cancel):
			p.end(nil)
		case key.Matches(m, k.Choose):
			if any {
				p.end(chosen{x.Name, p.before(), p.pending})
			}
		case key.Matches(m, k.SignIn):
			if any && x.SignIn {
				p.end(toSignIn{x.Name, p.pending})
			}
		case key.Matches(m, k.Refresh):
			return p.reread()
		case m.Code == tea.KeyUp:
			p.list.Move(-1)
		case m.Code == tea.KeyDown:
			p.list.Move(1)
		case m.Code == tea.KeyPgUp:
			p.list.Move(-page)
		case m.Code == tea.KeyPgDown:
			p.list.Move(page)
		default:
			p.edit(msg)
		}
		return nil
	}
	p.edit(msg)
	return nil
}

func (p *picker) edit(msg tea.Msg) {
	if p.find.Update(msg) {
		p.search()
	}
}

// name is what a profile is called in the list.
func (p *picker) name(x world.Profile) string {
	if x.Name == "" {
		return p.words().PickChain
	}
	return text.Safe(x.Name)
}

// facts are what is known of a profile, in words.
func (p *picker) facts(x world.Profile) string {
	w := p.words()
	if x.Name == "" {
		return w.PickChainIs
	}
	out := []string{KindWord(w, x.Kind)}
	add := func(t, name, v string) {
		if v != "" {
			out = append(out, text.Fill(t, name, text.Safe(v)))
		}
	}
	add(w.FactAccount, "account", world.Grouped(x.Account))
	add(w.FactRole, "role", x.Role)
	add(w.FactRegion, "region", x.Region)
	if x.MFA {
		out = append(out, w.FactMFA)
	}
	return strings.Join(out, w.Comma)
}

// Keys are those that do something to the profile under the cursor.
func (p *picker) Keys() []key.Binding {
	k, w := p.env.Keys, p.words()
	x, any := p.under()
	var b []key.Binding
	if any {
		b = append(b, keys.As(k.Choose, w.PickUse), k.Cancel)
		if x.SignIn {
			b = append(b, k.SignIn)
		}
		if len(p.hits) > 1 {
			b = append(b, k.Pick)
		}
	}
	if !any {
		b = append(b, k.Cancel)
	}
	return append(b, keys.As(k.Refresh, w.PickReRead))
}

func (p *picker) words() *text.CallerWords { return &p.env.Text.UI.Caller }

// noProfiles says how to get one.
func (p *picker) noProfiles() []dialog.Line {
	w := p.words()
	return []dialog.Line{
		{Text: w.PickNone, Role: dialog.Strong, Wrap: true},
		{Text: w.PickNoneHow, Wrap: true},
		{Text: "aws configure sso", Role: dialog.Code},
		{Text: w.PickNoneEnv, Wrap: true},
		{Text: text.Fill(w.PickRead, "key", p.env.Keys.Refresh.Help().Key), Wrap: true},
	}
}
