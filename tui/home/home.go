// Package home is the first screen: what is connected, how each connection
// stands, what was begun and not finished, and what to do next.
package home

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/vlist"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Home is the screen.
type Home struct {
	env  *screen.Env
	w, h int

	list    vlist.List
	entries []entry
	load    *job.Job
	loaded  bool
	err     error

	start   screen.Name // where to go once everything is known
	named   string
	want    string // the connection that the cursor is to stand on once it is listed
	prefill wizard.Settings
	begun   bool
	// since is when the program began to run as somebody else; zero while it
	// has not.
	since time.Time
}

// kind tells what an entry of the list is.
type kind int

const (
	heading kind = iota
	blank
	connection
	draft
)

type entry struct {
	kind  kind
	title string
	conn  world.Connection
	draft world.Draft
}

// New returns the screen.
func New(env *screen.Env) *Home {
	h := &Home{env: env}
	h.list.Skip = func(i int) bool { return h.entries[i].kind == heading || h.entries[i].kind == blank }
	return h
}

type everything struct {
	conns  []world.Connection
	drafts []world.Draft
	err    error
	unread error // drafts that cannot be read, which hide nothing
}

// Init reads what is saved.
func (h *Home) Init() tea.Cmd { return h.read() }

// Resume reads again: the screen above may have changed something.
func (h *Home) Resume() tea.Cmd { return h.read() }

func (h *Home) read() tea.Cmd {
	h.load.Cancel()
	var cmd tea.Cmd
	h.load, cmd = h.env.Do(func(ctx context.Context) any {
		conns, err := h.env.World.Connections(ctx)
		if err != nil {
			return everything{err: err}
		}
		drafts, err := h.env.World.Drafts(ctx)
		return everything{conns: conns, drafts: drafts, unread: err}
	})
	return cmd
}

// Answers of the dialogs that home asks.
type (
	forget struct{ name string }
	drop   struct{ name string }
	gone   struct {
		line string
		err  error
	}
)

// Update moves, opens, asks.
func (h *Home) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return h.press(m)
	case screen.Row:
		h.list.Select(m.Index)
	case screen.Wheel:
		h.list.Scroll(m.Rows)
	case job.Done:
		return h.done(m)
	case screen.Identity:
		if m.Changed {
			h.since = h.env.Now()
		}
		if m.Anew {
			return h.read()
		}
	case screen.Worked:
		return h.read()
	case screen.Pick:
		h.want = m.Connection
		h.selectKey("c/" + h.want)
	case openTo:
		h.env.Post(screen.Open{To: m.to})
	case ask:
		h.askForget(m.conn)
	case screen.Spoken:
		return h.read() // what is wrong with a file is told in words
	case forget:
		return h.change(text.Fill(h.words().Forgotten, "name", m.name), func(ctx context.Context) error {
			return h.env.World.ForgetConnection(ctx, m.name)
		})
	case drop:
		return h.change(text.Fill(h.words().Dropped, "name", m.name), func(ctx context.Context) error {
			return h.env.World.DeleteDraft(ctx, m.name)
		})
	}
	return nil
}

func (h *Home) done(d job.Done) tea.Cmd {
	switch r := d.Result.(type) {
	case everything:
		if h.load.Is(d.ID) {
			h.show(r)
		}
	case gone:
		if r.err != nil {
			h.env.Post(screen.Ask{Dialog: dialog.NewTrouble(h.env, h.env.World.Explain("", r.err))})
			return nil
		}
		h.env.Post(screen.Say{Line: r.line})
		return h.read()
	}
	return nil
}

func (h *Home) change(line string, work func(context.Context) error) tea.Cmd {
	_, cmd := h.env.Do(func(ctx context.Context) any { return gone{line, work(ctx)} })
	return cmd
}

// show takes what was read and keeps the cursor on the same entry.
func (h *Home) show(e everything) {
	h.loaded, h.err = true, e.err
	if e.unread != nil {
		h.env.Post(screen.Say{Line: text.Safe(e.unread.Error()), Bad: true})
	}
	at := ""
	if h.want != "" {
		at, h.want = "c/"+h.want, ""
	} else if c := h.list.Cursor(); c >= 0 {
		at = h.entries[c].key()
	}
	h.entries = h.entries[:0]
	w := h.words()
	if len(e.conns) > 0 {
		h.entries = append(h.entries, entry{title: w.Connections})
		for _, c := range e.conns {
			h.entries = append(h.entries, entry{kind: connection, conn: c})
		}
	}
	if len(e.drafts) > 0 {
		if len(h.entries) > 0 {
			h.entries = append(h.entries, entry{kind: blank})
		}
		h.entries = append(h.entries, entry{title: w.Drafts})
		for _, d := range e.drafts {
			h.entries = append(h.entries, entry{kind: draft, draft: d})
		}
	}
	h.list.SetLen(len(h.entries))
	for i, e := range h.entries {
		if at != "" && e.key() == at {
			h.list.Select(i)
		}
	}
	h.goOn(e)
}

func (e entry) key() string {
	switch e.kind {
	case connection:
		return "c/" + e.conn.Name
	case draft:
		return "d/" + e.draft.Name
	}
	return ""
}

func (h *Home) selectKey(k string) {
	for i, e := range h.entries {
		if e.key() == k {
			h.list.Select(i)
		}
	}
}

func (h *Home) selected() (entry, bool) {
	if c := h.list.Cursor(); c >= 0 {
		return h.entries[c], true
	}
	return entry{}, false
}

func (h *Home) press(m tea.KeyPressMsg) tea.Cmd {
	k := h.env.Keys
	if h.list.Key(m, k) {
		return nil
	}
	if key.Matches(m, k.New) {
		h.env.Post(screen.Open{To: screen.Place{Screen: screen.Setup, Settings: h.prefill}})
		return nil
	}
	if key.Matches(m, k.Refresh) {
		return h.read()
	}
	if key.Matches(m, k.Caller) {
		h.env.Post(screen.ChooseCaller{})
		return nil
	}
	e, ok := h.selected()
	if !ok {
		return nil
	}
	if e.kind == draft {
		h.pressDraft(m, e.draft)
		return nil
	}
	h.pressConnection(m, e.conn)
	return nil
}

func (h *Home) pressDraft(m tea.KeyPressMsg, d world.Draft) {
	k, w := h.env.Keys, h.words()
	switch {
	case key.Matches(m, k.Open, k.Edit):
		h.env.Post(screen.Open{To: screen.Place{
			Screen: screen.Setup, Connection: d.Name, Settings: d.Settings, Draft: &d, Edit: d.Edit,
		}})
	case key.Matches(m, k.Policies):
		h.env.Post(screen.Open{To: screen.Place{Screen: screen.Policies, Connection: d.Name, Settings: d.Settings}})
	case key.Matches(m, k.Forget):
		name := text.Safe(d.Name)
		h.env.Post(screen.Ask{Dialog: dialog.NewChoice(h.env, text.Fill(w.DropTitle, "name", name), dialog.Prose(w.DropBody),
			dialog.Option{Label: h.env.Text.UI.Frame.Keep},
			dialog.Option{Label: w.DropYes, Answer: drop{d.Name}})})
	}
}

func (h *Home) pressConnection(m tea.KeyPressMsg, c world.Connection) {
	k := h.env.Keys
	place := screen.Place{Connection: c.Name, Settings: c.Settings, Production: c.Environments > 0}
	switch {
	case key.Matches(m, k.Forget):
		h.pressForget(c)
		return
	case c.Broken != nil:
		return
	case key.Matches(m, k.Environment):
		h.newEnvironment(c)
		return
	case key.Matches(m, k.Open) && h.askUnfinished(c):
		return
	case key.Matches(m, k.Open):
		place.Screen = screen.Browse
	case key.Matches(m, k.Test):
		place.Screen = screen.Check
	case key.Matches(m, k.Edit):
		place.Screen, place.Edit = screen.Setup, true
	case key.Matches(m, k.Policies):
		place.Screen = screen.Policies
	case key.Matches(m, k.Markers) && h.marks(c):
		place.Screen = screen.Markers
	case key.Matches(m, k.Audit):
		place.Screen = screen.Audit
	case key.Matches(m, k.AltTexts):
		place.Screen = screen.AltTexts
	case key.Matches(m, k.Front) && fronted(c):
		place = front(c)
	default:
		return
	}
	h.env.Post(screen.Open{To: place})
}

// Resize gives the area.
func (h *Home) Resize(w, hh int) {
	h.w, h.h = w, hh
	h.list.SetHeight(h.listHeight())
}

// Title leaves the header to the root, which shows the program and the caller.
func (h *Home) Title() (crumbs []string, right string) { return nil, "" }

// Keys are those of the entry under the cursor.
func (h *Home) Keys() []key.Binding {
	k, w := h.env.Keys, h.env.Text.UI.Keys
	who := k.Caller
	if h.w < 88 { // so that it fits beside the others
		who = keys.As(who, "AWS")
	}
	e, ok := h.selected()
	switch {
	case !ok:
		return []key.Binding{k.New, who}
	case e.kind == draft:
		return []key.Binding{keys.As(k.Open, w.Continue), k.New, who, k.Policies, keys.As(k.Forget, w.Drop)}
	case e.conn.Broken != nil:
		return []key.Binding{k.New, who, k.Forget}
	}
	if isEnvironment(e.conn) {
		return h.environmentKeys(e.conn, who)
	}
	all := []key.Binding{k.Browse, k.Test, k.New, k.Edit, who, k.Policies, k.Forget, k.Audit, k.AltTexts}
	if h.mayCopy(e.conn) {
		all = slices.Insert(all, 4, k.Environment)
	}
	if fronted(e.conn) {
		all = append(all, k.Front)
	}
	if h.marks(e.conn) {
		all = slices.Insert(all, 2, k.Markers)
	}
	return all
}

// fronted tells whether imgix can be put in front of a connection (M10).
func fronted(c world.Connection) bool {
	return c.Broken == nil && !isEnvironment(c) && !wizard.OnlyReads(wizard.Defaults(c.Settings).Integration)
}

// front is the wizard for imgix in front of a connection.
func front(c world.Connection) screen.Place {
	s := wizard.Settings{Integration: wizard.Imgix}
	for key, v := range wizard.Beside(c.Settings, wizard.Imgix) {
		wizard.Set(&s, key, v)
	}
	return screen.Place{Screen: screen.Setup, Settings: s, Beside: c.Name}
}

// marks tells whether a connection has marker files to look after.
func (h *Home) marks(c world.Connection) bool {
	_, ok := h.env.World.(world.Markers)
	return ok && c.Settings.Integration == wizard.Cloudinary
}

// Typing is false: there is no text field.
func (h *Home) Typing() bool { return false }

// Losing is empty: nothing here is lost.
func (h *Home) Losing() string { return "" }

// Close stops reading.
func (h *Home) Close() { h.load.Cancel() }

func (h *Home) words() *text.HomeWords { return &h.env.Text.UI.Home }

// View draws the list and what to do next.
func (h *Home) View() screen.View {
	if !h.loaded {
		return screen.View{}
	}
	lines := h.body()
	next := h.next()
	for len(lines) < h.h-len(next) {
		lines = append(lines, "")
	}
	v := screen.View{Body: strings.Join(append(lines, next...), "\n"), Mouse: true}
	if h.err == nil && len(h.entries) > 0 {
		v.Spots = h.list.Spots(h.margin(), h.w, h.env.Keys.Open)
	}
	return v
}
