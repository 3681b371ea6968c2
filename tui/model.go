package tui

import (
	"context"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/environments"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/theme"
)

// rootID owns the jobs that belong to no screen.
const rootID = 0

// Model is the root: it owns the stack of screens, the stack of dialogs above
// them and the pool of jobs beneath, and hands every message to the one it is
// for.
type Model struct {
	env  *screen.Env
	pool *job.Pool
	opts Options
	w, h int

	layers  []*layer
	asked   []asked
	lastID  int
	posted  []screen.Posted
	pending []tea.Cmd

	hits    hits
	note    string // one line of news, until the next key
	noteBad bool

	desk     *caller.Desk
	runs     *environments.Runs
	news     []screen.Identity // that the screens have not heard of
	ticking  bool              // a beat is under way
	cleanJob *job.Job

	started  bool
	quitting bool
}

// layer is an open screen.
type layer struct {
	id    int
	scr   screen.Screen
	place screen.Place
}

// asked is an open dialog and the screen that its answer goes to.
type asked struct {
	dlg   screen.Dialog
	owner int
}

// New returns the root model. Jobs end when ctx does; whoever runs the model
// calls Close afterwards.
func New(ctx context.Context, s Services, o Options) *Model {
	catalog := text.For(o.Lang)
	m := &Model{opts: o, pool: job.NewPool(ctx)}
	m.env = &screen.Env{
		Text: catalog, Keys: keys.New(&catalog.UI.Keys), Theme: theme.Unknown(),
		World: s, Now: o.now(), Who: &screen.Who{}, Shown: screen.NewShown(), Tick: m.tick,
	}
	m.env = m.env.For(rootID, m.pool.Owned(rootID), &m.posted)
	m.env.Shown.NoMouse = o.NoMouse
	m.runs = environments.NewRuns(m.env)
	m.env.Works = m.runs
	m.desk = caller.New(m.env,
		func(owner int, r screen.Request) { m.posted = append(m.posted, screen.Posted{From: owner, Request: r}) },
		func(i screen.Identity) { m.news = append(m.news, i) })
	return m
}

// Close stops what still runs and waits for it, so that nothing is left
// behind; it reports whether everything ended in time.
func (m *Model) Close(patience time.Duration) bool {
	for _, l := range m.layers {
		l.scr.Close()
	}
	m.layers = nil
	m.desk.Close()
	return m.pool.Close(patience)
}

// Outside is what reaches the model from beside the update loop: whoever runs
// it sends that to Update.
func (m *Model) Outside() <-chan caller.Message { return m.desk.Outside() }

// tick asks for a beat, unless one is under way: all hear of it, and were all
// to ask for the next, there would be ever more.
func (m *Model) tick(d time.Duration) tea.Cmd {
	if m.ticking {
		return nil
	}
	m.ticking = true
	return m.opts.tick()(d)
}

// Init asks for the terminal's background; the first screen opens with the
// first size.
func (m *Model) Init() tea.Cmd { return tea.RequestBackgroundColor }

// Update hands a message to whom it is for, then fulfils what was asked of
// the root meanwhile.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.pending = m.pending[:0:0]
	m.do(m.route(msg))
	m.settle()
	m.dropQuestion()
	return m, tea.Batch(m.pending...)
}

func (m *Model) do(c tea.Cmd) {
	if c != nil {
		m.pending = append(m.pending, c)
	}
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch classify(msg) {
	case input:
		return m.input(msg)
	case ambient:
		return m.ambient(msg)
	case reply:
		return m.reply(msg)
	}
	switch v := msg.(type) {
	case firstFrame:
		return m.background(v)
	case caller.Message:
		return m.desk.Update(v)
	}
	if top := m.top(); top != nil {
		return top.scr.Update(msg)
	}
	return nil
}

// mostPasted is how many bytes a paste may have: two thousand paths, and far
// more than any other field takes. Each key costs as much as a field is long.
const mostPasted = 256 << 10

// input goes to the top layer, after the keys that work everywhere.
func (m *Model) input(msg tea.Msg) tea.Cmd {
	if v, ok := msg.(tea.MouseMsg); ok {
		return m.mouse(v)
	}
	if p, ok := msg.(tea.PasteMsg); ok && len(p.Content) > mostPasted {
		m.say(text.Fill(m.env.Text.UI.Frame.PastedTooMuch, "size", text.Bytes(int64(len(p.Content)))), true)
		return nil
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		m.note = ""
		if cmd, done := m.everywhere(k); done {
			return cmd
		}
	}
	if m.tooSmall() {
		return nil
	}
	if n := len(m.asked); n > 0 {
		return m.answer(msg)
	}
	if top := m.top(); top != nil {
		return top.scr.Update(msg)
	}
	return nil
}

// everywhere handles the keys that mean the same on every screen.
func (m *Model) everywhere(k tea.KeyPressMsg) (tea.Cmd, bool) {
	keys := m.env.Keys
	switch {
	case key.Matches(k, keys.Interrupt):
		return m.interrupt(), true
	case key.Matches(k, keys.Suspend):
		return tea.Suspend, true
	case key.Matches(k, keys.Redraw):
		return tea.ClearScreen, true
	case key.Matches(k, keys.Language) && m.top() != nil:
		return m.speakOther(), true
	case key.Matches(k, keys.Mouse) && m.top() != nil:
		m.toggleMouse()
		return nil, true
	}
	if len(m.asked) > 0 || m.top() == nil {
		return nil, false
	}
	typing := m.top().scr.Typing()
	switch {
	case key.Matches(k, keys.HelpTyping), !typing && key.Matches(k, keys.Help):
		m.ask(newHelp(m.env, m.top().scr, m.opts.Version), rootID)
		return nil, true
	case !typing && key.Matches(k, keys.Quit):
		return m.quit(), true
	}
	return nil, false
}

func (m *Model) ambient(msg tea.Msg) tea.Cmd {
	switch v := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = v.Width, v.Height
		if !m.started {
			m.started = true
			m.begin()
			m.do(func() tea.Msg { return firstFrame{} })
		}
	case tea.ColorProfileMsg:
		m.env.Shown.Profile = v.Profile
	case tea.BackgroundColorMsg:
		*m.env.Theme = *theme.New(v.IsDark())
	}
	var cmds []tea.Cmd
	if _, ok := msg.(screen.Beat); ok {
		m.ticking = false
		cmds = append(cmds, m.desk.Update(msg))
	}
	for _, l := range m.layers {
		if _, ok := msg.(tea.WindowSizeMsg); ok {
			m.resize(l)
			if s, ok := l.scr.(screen.Sizer); ok {
				cmds = append(cmds, s.Sized())
			}
			continue
		}
		cmds = append(cmds, l.scr.Update(msg))
	}
	return tea.Batch(cmds...)
}

// reply hands a job's message to its owner, or drops it.
func (m *Model) reply(msg tea.Msg) tea.Cmd {
	owner := rootID
	var next tea.Cmd
	switch v := msg.(type) {
	case job.Event:
		owner, next = v.Owner, v.Next()
	case job.Done:
		owner = v.Owner
	}
	if owner == rootID {
		if d, ok := msg.(job.Done); ok {
			m.settled(d)
		}
		if name := m.runs.Update(msg); name != "" {
			m.worked(name)
		}
		return tea.Batch(m.desk.Update(msg), next)
	}
	for _, l := range m.layers {
		if l.id == owner {
			return tea.Batch(l.scr.Update(msg), next)
		}
	}
	return nil
}

// answer gives input to the dialog on top.
func (m *Model) answer(msg tea.Msg) tea.Cmd { return m.asked[len(m.asked)-1].dlg.Update(msg) }

// settle does what was asked of the root, takes the answers of the dialogs
// that are over, and tells the screens the news, until nothing is left.
func (m *Model) settle() {
	for range 100 { // a screen that asks for ever must not hold the loop
		m.fulfil()
		switch {
		case m.reap():
		case len(m.news) > 0:
			news := m.news[0]
			m.news = m.news[1:]
			m.do(m.ambient(news))
		case len(m.posted) == 0:
			return
		}
	}
}

// reap takes a dialog away that is over, whether the person ended it or what
// it was about did, and gives its answer to whom it is for.
func (m *Model) reap() bool {
	for i := len(m.asked) - 1; i >= 0; i-- {
		a := m.asked[i]
		answer, over := a.dlg.Answer()
		if !over {
			continue
		}
		m.asked = slices.Delete(m.asked, i, i+1)
		switch {
		case answer == nil:
		case a.owner == rootID:
			m.do(m.decided(answer))
		default:
			for _, l := range m.layers {
				if l.id == a.owner {
					m.do(l.scr.Update(answer))
				}
			}
		}
		return true
	}
	return false
}

// firstFrame follows the first drawn frame: now there is time for the network.
type firstFrame struct{}

// background starts what nobody waits for.
func (m *Model) background(firstFrame) tea.Cmd {
	who := m.desk.Begin()
	var clean tea.Cmd
	m.cleanJob, clean = m.env.Do(func(ctx context.Context) any {
		n, err := m.env.World.CleanUp(ctx)
		return cleaned{n, err}
	})
	return tea.Batch(who, clean)
}

type cleaned struct {
	n   int
	err error
}

// settled takes the ends of the root's own jobs.
func (m *Model) settled(d job.Done) {
	switch r := d.Result.(type) {
	case beside:
		m.toldApart(r)
	case cleaned:
		m.cleanJob = nil
		if r.n > 0 && m.note == "" {
			m.say(text.Fill(m.env.Text.UI.Frame.CleanedUp, "n", itoa(r.n)), false)
		}
		if r.err != nil && !d.Canceled {
			m.say(m.env.Text.UI.Frame.NotCleanedUp, true)
		}
	}
}

func (m *Model) say(line string, bad bool) { m.note, m.noteBad = line, bad }
