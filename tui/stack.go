package tui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/alttext"
	"github.com/mediadock/mediadock/tui/audit"
	"github.com/mediadock/mediadock/tui/browse"
	"github.com/mediadock/mediadock/tui/check"
	"github.com/mediadock/mediadock/tui/environments"
	"github.com/mediadock/mediadock/tui/home"
	"github.com/mediadock/mediadock/tui/markers"
	"github.com/mediadock/mediadock/tui/policies"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/setup"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// build makes a screen. It is the only place that knows all of them.
func build(env *screen.Env, p screen.Place, runs *environments.Runs) screen.Screen {
	switch p.Screen {
	case screen.Setup:
		return setup.New(env, p)
	case screen.Check:
		return check.New(env, p)
	case screen.Browse:
		return browse.New(env, p)
	case screen.AltTexts:
		return alttext.New(env, p)
	case screen.Audit:
		return audit.New(env, p)
	case screen.Environment:
		return environments.New(env, p, runs)
	case screen.Markers:
		return markers.New(env, p)
	case screen.Policies:
		return policies.New(env, p)
	}
	return home.New(env)
}

// begin opens home, which is beneath everything; once it knows what is saved
// it goes on to the screen that was asked for.
func (m *Model) begin() {
	m.open(screen.Place{Screen: screen.Home})
	m.top().scr.(*home.Home).Begin(screen.Name(m.opts.Start), m.opts.Connection, m.opts.Prefill)
}

func (m *Model) top() *layer {
	if len(m.layers) == 0 {
		return nil
	}
	return m.layers[len(m.layers)-1]
}

func (m *Model) open(p screen.Place) {
	m.lastID++
	id := m.lastID
	if under := m.top(); under != nil && under.place.Connection == p.Connection {
		p.Production, p.Unfinished = p.Production || under.place.Production, under.place.Unfinished
	}
	l := &layer{id: id, place: p}
	l.scr = build(m.env.For(id, m.pool.Owned(id), &m.posted), p, m.runs)
	below := m.top()
	m.layers = append(m.layers, l)
	m.env.Shown.Top = id
	if below != nil {
		if c, ok := below.scr.(screen.Coverer); ok {
			c.Cover()
		}
	}
	m.resize(l)
	m.do(l.scr.Init())
	if connection, environment := (world.Connection{Name: p.Connection}).Of(); environment != "" {
		m.do(m.countBeside(connection))
	}
}

// closeTop closes the screen on top and hands on what it leaves behind; the
// last one stays.
func (m *Model) closeTop(with tea.Msg) {
	if len(m.layers) < 2 {
		return
	}
	l := m.top()
	l.scr.Close()
	m.layers = m.layers[:len(m.layers)-1]
	m.dropDialogs(l.id)
	m.env.Shown.Top = m.top().id
	if r, ok := m.top().scr.(screen.Resumer); ok {
		m.do(r.Resume())
	}
	if with != nil {
		m.do(m.top().scr.Update(with))
	}
}

func (m *Model) dropDialogs(owner int) {
	kept := m.asked[:0]
	for _, a := range m.asked {
		if a.owner != owner {
			kept = append(kept, a)
		}
	}
	m.asked = kept
}

func (m *Model) ask(d screen.Dialog, owner int) {
	m.asked = append(m.asked, asked{d, owner})
}

// fulfil does what screens have asked for, in order, including what the doing
// asks for in turn. A screen that is no longer on top cannot move the others.
func (m *Model) fulfil() {
	for n := 0; len(m.posted) > 0 && n < 100; n++ {
		p := m.posted[0]
		m.posted = m.posted[1:]
		onTop := m.top() != nil && m.top().id == p.From
		switch v := p.Request.(type) {
		case screen.Open:
			if onTop {
				m.open(v.To)
			}
		case screen.Swap:
			if onTop {
				m.swap(v.To)
			}
		case screen.Leave:
			if onTop {
				m.closeTop(v.With)
			}
		case screen.Ask:
			m.ask(v.Dialog, p.From)
		case screen.Failed:
			m.do(m.desk.Failed(p.From, v))
		case screen.ChooseCaller:
			m.do(m.chooseCaller())
		case screen.Say:
			m.say(v.Line, v.Bad)
		case screen.Copy:
			m.do(tea.SetClipboard(v.Text))
			m.say(text.Fill(m.env.Text.UI.Frame.SentClipboard, "what", v.What), false)
		case screen.Plain:
			m.do(showPlain(v))
		case screen.Quit:
			m.do(m.quit())
		}
	}
}

// chooseCaller opens the AWS profiles, unless something runs: it was begun as
// whom the program runs now, and ends so.
func (m *Model) chooseCaller() tea.Cmd {
	if what := m.losing(); what != "" {
		m.say(text.Fill(m.env.Text.UI.Caller.PickBusy, "what", what), true)
		return nil
	}
	if what := m.unsaved(); what != "" {
		m.say(what, true)
		return nil
	}
	return m.desk.Choose()
}

// swap replaces the screen on top.
func (m *Model) swap(p screen.Place) {
	if l := m.top(); l != nil && len(m.layers) > 1 {
		l.scr.Close()
		m.layers = m.layers[:len(m.layers)-1]
		m.dropDialogs(l.id)
	}
	m.open(p)
}

func (m *Model) resize(l *layer) {
	w, h := m.bodySize()
	l.scr.Resize(w, h)
}

func itoa(n int) string { return strconv.Itoa(n) }
