// Package screen is what the root and the screens know of one another: the
// interface a screen fills, and the environment it lives in. Screens never
// see each other; they post requests, and the root fulfils them after Update
// has returned, before the next key is read.
package screen

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"github.com/mediadock/mediadock/media/preview"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/theme"
	"github.com/mediadock/mediadock/tui/world"
)

// Screen is one room of the UI. Its methods are called from the update loop
// alone. Update decides, jobs work, View only draws.
type Screen interface {
	// Init is called once, when the screen is opened.
	Init() tea.Cmd
	// Update takes input while the screen is on top, ambient messages, and
	// the replies to its own jobs.
	Update(msg tea.Msg) tea.Cmd
	// Resize gives the area between header and footer.
	Resize(w, h int)
	// View draws that area. It is called after every message and must be
	// cheap.
	View() View
	// Title is the header's left side, from the outside in, and its right
	// side.
	Title() (crumbs []string, right string)
	// Keys are those that work now, the most useful first.
	Keys() []key.Binding
	// Typing is true while letters are text.
	Typing() bool
	// Losing names, in the person's words, the work that leaving now would
	// cut short; empty when nothing would be lost.
	Losing() string
	// Close cancels the screen's jobs and keeps what must be kept.
	Close()
}

// Resumer is a Screen that wants to know when it is on top again.
type Resumer interface {
	// Resume is called when the screen above was closed.
	Resume() tea.Cmd
}

// Coverer is a Screen that wants to know when it is no longer on top.
type Coverer interface {
	// Cover is called when another screen was put over it.
	Cover()
}

// Texter is a Screen that may show text without a cursor: there the keys that
// move do nothing unless it lists Scroll among its keys.
type Texter interface {
	// ShowsText tells whether it does now.
	ShowsText() bool
}

// Speller is a Screen whose footer has shorter words than help.
type Speller interface {
	// KeysInFull are Keys in whole words.
	KeysInFull() []key.Binding
}

// Sizer is a Screen that wants to do something about a new size.
type Sizer interface {
	// Sized is called after Resize, when the window has changed.
	Sized() tea.Cmd
}

// Stopper is a Screen whose work can be stopped without leaving it.
type Stopper interface {
	// Stop cancels what runs; the screen shows when it has ended.
	Stop()
}

// Leaver is a Screen whose work, cut short, leaves something behind.
type Leaver interface {
	// Leaves says in the person's words what stays and what can be done about
	// it; empty: nothing does.
	Leaves() string
}

// Unsaver is a Screen in which something may be typed that is not kept.
type Unsaver interface {
	// Unsaved says what, as a sentence without its full stop; empty: nothing is.
	Unsaved() string
}

// Holder is a Screen that lets something wait before it is done, so that it
// can be taken back.
type Holder interface {
	// Holding says in the person's words what waits; empty: nothing does.
	Holding() string
	// DoNow does it at once.
	DoNow() tea.Cmd
	// DropHeld takes it back.
	DropHeld()
}

// View is what a screen draws.
type View struct {
	Body   string
	Cursor *tea.Cursor // relative to the body; nil hides it
	// Spots can be clicked; Mouse asks the terminal for the mouse, which takes
	// selecting text away from the person. Pages that people copy from do not.
	Spots []Spot
	Mouse bool
	// Progress shows on the terminal's own progress bar where it has one.
	Progress *tea.ProgressBar
}

// Dialog is a question or a message over a screen. It has the input until it
// is answered.
type Dialog interface {
	Update(msg tea.Msg) tea.Cmd
	// View draws the inside of the box, at most w by h cells.
	View(w, h int) View
	Title() string
	Keys() []key.Binding
	Typing() bool
	// Answer is set once the dialog is over; what it holds goes to the
	// screen beneath, nil if nothing was chosen.
	Answer() (answer tea.Msg, over bool)
}

// Reworder is a Dialog that may be put into other words while it is open.
type Reworder interface {
	// Reworded makes the same question in the language of then; nil where that
	// cannot be done.
	Reworded() func() Dialog
}

// Who is who the program runs as at AWS, as far as that is known. The root
// asks and keeps it; screens read it when they draw, and hear of changes by
// an Identity.
type Who struct {
	Caller world.Caller
	Asking bool           // AWS is being asked
	Why    *world.Trouble // why it is not known; nil where it is, or may be yet
}

// Known tells whether AWS has said it.
func (w *Who) Known() bool { return !w.Asking && w.Why == nil && w.Caller.Account != "" }

// Works are what is done to whole environments while the person may do other
// things. The root keeps them; screens ask when they draw, and hear of an end
// by a Worked.
type Works interface {
	// Doing says in a few words how far an environment ("prod/staging") is;
	// empty where nothing is done to it.
	Doing(name string) string
	// Has tells whether something is done to it, or was and nobody has seen
	// how it ended.
	Has(name string) bool
	// Busy names an environment of a connection, or that environment itself,
	// to which something is done now; empty: nothing is.
	Busy(name string) string
}

// Worked tells every screen that an environment was made or deleted, or that
// this ended otherwise.
type Worked struct{ Name string }

// Pick is what a screen leaves behind for the list beneath: the connection that
// the person was with.
type Pick struct{ Connection string }

// Identity tells every screen that Who has an answer.
type Identity struct {
	// Anew is true when the person has signed in or chosen a profile: what
	// was refused before may be granted now.
	Anew bool
	// Changed is true when it is somebody else than before: what was asked
	// as them may be otherwise now.
	Changed bool
}

// Env is what a screen needs to live. The root owns it and keeps Theme and
// Text current.
type Env struct {
	Text  *text.Catalog
	Keys  *keys.Map
	Theme *theme.Theme
	World world.Services
	Jobs  job.Starter
	Who   *Who
	Shown *Shown
	Works Works
	Now   func() time.Time
	// Tick sends a Beat with the time after d. Screens that show motion
	// ask again for each beat, and stop asking when nothing moves.
	Tick func(d time.Duration) tea.Cmd

	owner  int
	posted *[]Posted
}

// OnTop tells whether the screen of this environment is the one that is shown.
func (e *Env) OnTop() bool { return e.Shown.Top == e.owner }

// Shown is how things are shown, for as long as the program runs. All screens
// share it.
type Shown struct {
	// Profile is which colours the terminal has; Unknown until it is known.
	Profile colorprofile.Profile
	// NoPreview hides what is shown of a file beside the list.
	NoPreview bool
	// NoTree hides the folders beside the list.
	NoTree bool
	// Previews are those that were made.
	Previews *preview.Cache
	// NoMouse leaves the mouse to the terminal.
	NoMouse bool
	// Top is the owner of the screen that is on top.
	Top int
}

// previewBytes is what previews may take of the memory.
const previewBytes = 24 << 20

// NewShown is how things are shown at the beginning.
func NewShown() *Shown { return &Shown{Previews: preview.NewCache(previewBytes)} }

// Beat moves what is in motion.
type Beat time.Time

// Spoken tells screens that the language has changed: Text and Keys are in the
// new one already. Words that were put together before are to be made anew.
type Spoken struct{}

// For returns the environment of one screen: the same world, its own jobs.
// Theme, Keys and Text are shared, so that a change of theme reaches all.
func (e *Env) For(owner int, jobs job.Starter, posted *[]Posted) *Env {
	c := *e
	c.owner, c.Jobs, c.posted = owner, jobs, posted
	return &c
}

// Post asks something of the root.
func (e *Env) Post(r Request) {
	if e.posted != nil {
		*e.posted = append(*e.posted, Posted{e.owner, r})
	}
}

// Do starts a job without a stream.
func (e *Env) Do(work func(ctx context.Context) any) (*job.Job, tea.Cmd) { return e.Jobs.Do(work) }

// FieldLabel is the name of a setting.
func (e *Env) FieldLabel(key string) string { return e.Text.Say("field."+key+".label", nil) }

// InOneLine is an error about a connection as short as it can be told.
func (e *Env) InOneLine(connection string, err error) string {
	tr := e.World.Explain(connection, err)
	if tr.Code != "" && e.Text.Has(tr.Code) {
		return e.Sentence(tr.Code, tr.Args)
	}
	for _, c := range tr.Causes {
		return e.Sentence("cause."+c.ID, c.Args)
	}
	return text.Safe(tr.Raw)
}

// Sentence is the text of a domain id with its arguments made safe.
func (e *Env) Sentence(id string, args map[string]string) string {
	if len(args) == 0 {
		return e.Text.Say(id, nil)
	}
	safe := make(map[string]string, len(args))
	for k, v := range args {
		safe[k] = text.Safe(v)
	}
	return e.Text.Say(id, safe)
}
