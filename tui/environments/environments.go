// Package environments makes an environment of a connection, goes on with one,
// and deletes one: what it will do, the question, how far it is, and what came
// of it. What runs belongs to the root and goes on when the screen is left.
package environments

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// stage is what the screen shows.
type stage int

const (
	naming   stage = iota // the name is asked for
	planning              // it is found out what will be done
	planned               // that is shown, and waits for a yes
	running               // it is done, here or elsewhere
	over                  // it has ended
	known                 // an environment that was there was made known
	broken                // it could not be found out
)

// Environments is the screen.
type Environments struct {
	env   *screen.Env
	place screen.Place
	runs  *Runs
	w, h  int
	stage stage

	// connection and name are what it is about; name is empty until one is
	// given.
	connection, name string
	settings         wizard.Settings // of the connection
	field            line.Field
	there            map[string]world.Connection // environments of the connection
	tried            bool

	load      *job.Job
	counted   counted
	creation  world.EnvironmentCreation
	agreed    bool // writing beside a live service (D14)
	deletion  world.EnvironmentDeletion
	purge     purging
	occupied  bool // the person has said to copy into a directory that has files
	trouble   world.Trouble
	top, rows int // of the text that is scrolled
}

// New opens the screen on a connection, to make an environment of it, or on an
// environment, to go on with it or delete it. What runs already is shown.
func New(env *screen.Env, p screen.Place, runs *Runs) *Environments {
	e := &Environments{env: env, place: p, runs: runs, settings: p.Settings, field: line.New("")}
	e.connection, _ = world.Connection{Name: p.Connection}.Of()
	if e.connection != p.Connection {
		e.name = p.Connection
	}
	return e
}

// Init shows what runs, else begins with what is missing: a name, or a plan.
func (e *Environments) Init() tea.Cmd {
	switch x := e.runs.of(e.name); {
	case e.name == "":
		return e.read()
	case x == nil:
		return e.plan()
	case x.over:
		e.stage = over
	default:
		e.stage = running
	}
	return nil
}

// removal tells whether it is about deleting.
func (e *Environments) removal() bool {
	if x := e.runs.of(e.name); x != nil && e.stage >= running {
		return x.removal
	}
	return e.place.Removal
}

// Answers to the questions that the screen asks.
type (
	again   struct{}             // the credentials were mended: once more
	into    struct{}             // copy into a directory that has files
	takeUp  struct{}             // only make it known
	rename  struct{}             // another name
	consent struct{ yes bool }   // D14
	remove  struct{}             // the name was typed
	counted struct{ n, b int64 } // what a plan has seen so far
)

// Update takes input, answers, and what was found out.
func (e *Environments) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case job.Event:
		if e.load.Is(m.ID) {
			for _, x := range m.Items {
				if c, ok := x.(counted); ok {
					e.counted = c
				}
			}
		}
		if n := len(m.Items); e.purge.job.Is(m.ID) && n > 0 {
			e.purge.seen, _ = m.Items[n-1].(world.PurgeSeen)
		}
	case job.Done:
		return e.done(m)
	case screen.Worked:
		if m.Name == e.name && e.stage == running {
			e.stage, e.top = over, 0
			return e.purged()
		}
	case screen.Identity:
		if m.Anew && e.stage == broken {
			return e.plan()
		}
	case screen.Wheel:
		e.scroll(m.Rows)
	case screen.Crumb:
		if m.Index == 0 {
			e.leave()
		}
	case again:
		return e.plan()
	case rename:
		e.stage, e.name, e.occupied = naming, "", false
	case into:
		e.occupied = true
		return e.plan()
	case takeUp:
		return e.makeKnown()
	case consent:
		return e.agree(m)
	case remove:
		return e.remove()
	case tea.PasteMsg:
		e.typed(m)
	case tea.KeyPressMsg:
		return e.press(m)
	}
	return nil
}

func (e *Environments) press(m tea.KeyPressMsg) tea.Cmd {
	k := e.env.Keys
	switch {
	case key.Matches(m, k.Back):
		return e.back()
	case e.stage == naming && key.Matches(m, k.Confirm):
		return e.takeName()
	case e.stage == naming:
		e.typed(m)
	case key.Matches(m, k.Up):
		e.scroll(-1)
	case key.Matches(m, k.Down):
		e.scroll(1)
	case key.Matches(m, k.PageUp):
		e.scroll(-e.page())
	case key.Matches(m, k.PageDown):
		e.scroll(e.page())
	case key.Matches(m, k.Top):
		e.scroll(-e.rows)
	case key.Matches(m, k.Bottom):
		e.scroll(e.rows)
	case key.Matches(m, k.Profiles):
		e.env.Post(screen.ChooseCaller{})
	case key.Matches(m, k.Stop) && e.stage == planning:
		e.load.Cancel()
	case key.Matches(m, k.Stop) && e.stage == running:
		e.runs.of(e.name).stop()
	case key.Matches(m, k.Begin) && e.stage == planned && !e.removal():
		return e.mayBegin()
	case key.Matches(m, k.Delete, k.Open) && e.stage == planned && e.removal():
		e.askName()
	case key.Matches(m, k.Again) && e.goesOn(), key.Matches(m, k.Again) && e.stage == broken:
		return e.plan()
	case key.Matches(m, k.Delete) && e.goesOn() && !e.removal():
		e.place.Removal = true
		e.runs.drop(e.name)
		return e.plan()
	case key.Matches(m, k.Open) && e.opens():
		e.env.Post(screen.Swap{To: screen.Place{Screen: screen.Browse, Connection: e.name, Settings: e.settings}})
	case key.Matches(m, k.Open) && e.stage == over && e.removal() && e.whole():
		e.leave()
	}
	return nil
}

// back leaves. A name that was given can be given anew.
func (e *Environments) back() tea.Cmd {
	switch {
	case e.place.Connection == e.connection && (e.stage == planning || e.stage == planned || e.stage == broken):
		e.load.Cancel()
		e.stage, e.name, e.occupied = naming, "", false
	default:
		e.leave()
	}
	return nil
}

// leave goes back to the list, where the cursor is on what it was about.
func (e *Environments) leave() {
	left := screen.Leave{}
	if e.name != "" && e.stage >= running && e.stage != broken {
		left.With = screen.Pick{Connection: e.name}
	}
	e.env.Post(left)
}

func (e *Environments) whole() bool {
	x := e.runs.of(e.name)
	return x != nil && x.over && x.end.Whole
}

// goesOn tells whether it ended before it was whole.
func (e *Environments) goesOn() bool { return e.stage == over && !e.whole() }

// opens tells whether there is an environment to open.
func (e *Environments) opens() bool {
	return e.stage == known || e.stage == over && !e.removal() && e.whole()
}

// Keys are what works now.
func (e *Environments) Keys() []key.Binding {
	k, w := e.env.Keys, e.env.Text.UI.Keys
	var out []key.Binding
	switch {
	case e.stage == naming:
		return []key.Binding{keys.As(k.Confirm, w.Continue), k.Back}
	case e.stage == planning:
		out = append(out, k.Stop)
	case e.stage == planned && e.removal():
		out = append(out, k.Delete)
	case e.stage == planned:
		out = append(out, k.Begin)
	case e.stage == running && !e.runs.of(e.name).stopping:
		out = append(out, k.Stop)
	case e.opens():
		out = append(out, k.Open)
	case e.goesOn() && !e.removal():
		out = append(out, keys.As(k.Again, e.words().GoOn), k.Delete, k.Profiles)
	case e.goesOn():
		out = append(out, keys.As(k.Again, e.words().GoOn), k.Profiles)
	case e.stage == broken:
		out = append(out, keys.As(k.Again, e.env.Text.UI.Browse.KeyRetry), k.Profiles)
	}
	if e.rows > e.page() {
		out = append(out, k.Scroll)
	}
	return append(out, k.Back)
}

// Watches tells whether the screen shows how it goes with an environment.
func (e *Environments) Watches(name string) bool { return e.name == name && e.stage == running }

// ShowsText is true: there is no list.
func (e *Environments) ShowsText() bool { return true }

// Title is whose environment it is, and what is done.
func (e *Environments) Title() (crumbs []string, right string) {
	w := e.words()
	switch {
	case e.name == "":
		return []string{e.connection, w.New}, ""
	case e.removal():
		return []string{e.name, w.Remove}, ""
	case e.place.Connection == e.connection:
		_, environment := world.Connection{Name: e.name}.Of()
		return []string{e.connection, w.New + " " + environment}, ""
	}
	return []string{e.name, w.GoOn}, ""
}

// Resize gives the area.
func (e *Environments) Resize(w, h int) { e.w, e.h = w, h }

// Typing is true while the name is typed.
func (e *Environments) Typing() bool { return e.stage == naming }

// Losing is empty: what runs goes on, and belongs to the root.
func (e *Environments) Losing() string { return "" }

// Close ends a plan that is being made. What was seen to its end is forgotten.
func (e *Environments) Close() {
	e.load.Cancel()
	e.purge.job.Cancel()
	if e.stage == over {
		e.runs.drop(e.name)
	}
}

// fail tells why it could not be found out.
func (e *Environments) fail(err error) {
	e.stage, e.top = broken, 0
	e.trouble = e.env.World.Explain(e.about(), err)
	e.env.Post(screen.Failed{Trouble: e.trouble, Again: again{}, Shown: true})
}

// about is the connection whose settings an error is about: an environment that
// is not made yet has none.
func (e *Environments) about() string {
	if e.place.Connection == e.connection {
		return e.connection
	}
	return e.name
}

func (e *Environments) words() *text.EnvironmentWords { return &e.env.Text.UI.Environments }
