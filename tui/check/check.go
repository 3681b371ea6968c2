// Package check is the connection test on the screen: rows that turn as they
// finish, where the chain from the person to the reader breaks, what to mend
// first, and for each row a page that says what happened and how to mend it.
package check

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/vlist"
	"github.com/mediadock/mediadock/tui/world"
)

// Check is the screen.
type Check struct {
	env   *screen.Env
	place screen.Place
	w, h  int

	job      *job.Job
	stopping bool
	broke    bool // it could not run at all
	stale    bool // the report is of somebody else's test
	leaving  bool
	began    time.Time
	done     int
	total    int

	list     vlist.List
	rows     rows
	moved    bool // the person has moved the cursor
	report   *awscheck.Report
	problems []report.Problem // of the report
	page     *page
	frame    int // of the running mark

	asked run
	kept  kept
	heard time.Time // when a row told how long it goes on trying
	// owner is set once the owner's side was asked for: it is part of every
	// test then.
	owner *world.Owner
}

// New opens the test of the place's settings; it starts at once.
func New(env *screen.Env, p screen.Place) *Check {
	c := &Check{env: env, place: p}
	c.list.Skip = c.rows.heading
	return c
}

// Init starts the test.
func (c *Check) Init() tea.Cmd { return c.start(run{}) }

// savedName is the connection's name, if it is saved: only then its verdict
// is remembered.
func (c *Check) savedName() string {
	if c.place.BeforeSaving {
		return ""
	}
	return c.place.Connection
}

const beat = 120 * time.Millisecond

type ended struct {
	report awscheck.Report
	err    error
}

// Update takes rows as they come, and keys.
func (c *Check) Update(msg tea.Msg) tea.Cmd {
	defer c.lay() // rows and advice may have changed
	switch m := msg.(type) {
	case screen.Beat:
		if c.job == nil {
			return nil
		}
		c.frame++
		return c.env.Tick(beat)
	case job.Event:
		if c.job.Is(m.ID) {
			for _, e := range m.Items {
				c.event(e.(awscheck.Event))
			}
		}
	case job.Done:
		return c.ended(m)
	case writeFile:
		return c.write(m)
	case askOwner:
		return c.withOwner(m)
	case testAgain:
		return c.start(run{})
	case screen.Identity:
		c.stale = c.stale || m.Changed && c.report != nil
	case tea.KeyPressMsg:
		if c.page != nil {
			return c.pressPage(m)
		}
		return c.press(m)
	}
	return nil
}

// event puts a row in its place.
func (c *Check) event(e awscheck.Event) {
	c.done, c.total = e.Done, e.Total
	if e.Result.Status == awscheck.Running && e.Result.Reason != "" {
		c.heard = c.env.Now()
	}
	if c.page != nil && c.page.row.ID == e.Result.ID {
		c.page.show(e.Result)
	}
	c.rows.put(e.Result)
	c.list.SetLen(c.rows.lines())
}

func (c *Check) ended(d job.Done) tea.Cmd {
	switch r := d.Result.(type) {
	case ended:
		if !c.job.Is(d.ID) {
			return nil
		}
		c.job = nil
		if c.leaving {
			c.leave("")
			return nil
		}
		if r.err != nil {
			c.stopping = false
			c.failed(r.err, d.Canceled)
			return nil
		}
		return c.finish(r.report)
	case written:
		c.saved(r)
	}
	return nil
}

func (c *Check) press(m tea.KeyPressMsg) tea.Cmd {
	k := c.env.Keys
	if c.list.Key(m, k) {
		c.moved = true
		return nil
	}
	switch {
	case key.Matches(m, k.Back):
		c.back()
	case key.Matches(m, k.Profiles):
		c.mendCaller()
	case key.Matches(m, k.Open) && c.enterProceeds():
		c.leave("")
	case key.Matches(m, k.Open) && c.openable():
		c.open(c.under())
	case c.job != nil:
	case key.Matches(m, k.Again):
		return c.start(run{})
	case key.Matches(m, k.Wait) && c.under().MayWait():
		return c.start(c.waiting(c.under()))
	case key.Matches(m, k.NextDoc) && len(c.problems) > 1:
		c.next(1)
	case key.Matches(m, k.PrevDoc) && len(c.problems) > 1:
		c.next(-1)
	case key.Matches(m, k.Owner):
		c.askWho()
	case key.Matches(m, k.Report) && c.report != nil:
		c.askWhere()
	case key.Matches(m, k.Edit):
		if f := c.field(); f != "" {
			c.change(f)
		}
	case key.Matches(m, k.Proceed) && c.mayProceed():
		c.leave("")
	}
	return nil
}

func (c *Check) open(r awscheck.Result) {
	c.page = newPage(c.env, r, c.place.Settings.ExternalID)
	c.page.same, c.page.counted = c.sameCommand(r.ID), c.counted
}

// under is the row under the cursor; one without an id where there is none.
func (c *Check) under() awscheck.Result {
	r, _ := c.rows.at(c.list.Cursor())
	return r
}

func (c *Check) openable() bool {
	s := c.under().Status
	return s != "" && s != awscheck.Running
}

// field is the setting that the row under the cursor is about, if changing it
// may mend the row.
func (c *Check) field() string {
	r := c.under()
	if !report.Bad(r.Status) {
		return ""
	}
	return fieldOf(r)
}

// change leads to the setting in question: back to the wizard that waits, or
// to one on the saved connection.
func (c *Check) change(field string) {
	if c.place.BeforeSaving {
		c.leave(field)
		return
	}
	c.env.Post(screen.Swap{To: screen.Place{
		Screen: screen.Setup, Connection: c.place.Connection, Settings: c.place.Settings, Edit: true, Field: field,
	}})
}

func (c *Check) mayProceed() bool {
	return c.place.BeforeSaving && c.report != nil && !c.report.Partial && !c.stale &&
		(c.report.Verdict == awscheck.Ready || c.report.Verdict == awscheck.ReadyWithWarnings)
}

// enterProceeds tells that enter goes on instead of opening a row: nothing is
// left to look at, and the person has not gone to a row.
func (c *Check) enterProceeds() bool {
	return c.mayProceed() && !c.moved && c.report.Verdict == awscheck.Ready
}

// back leaves, and stops a test that runs. One that is being stopped is waited
// for, because it removes what it has put into the bucket.
func (c *Check) back() {
	switch {
	case c.job == nil:
		c.leave("")
	case c.stopping:
		c.leaving = true
	default:
		c.Stop()
	}
}

func (c *Check) leave(field string) {
	if !c.place.BeforeSaving || c.report == nil {
		c.env.Post(screen.Leave{})
		return
	}
	c.env.Post(screen.Leave{With: screen.Tested{Settings: c.place.Settings, Report: *c.report, Field: field}})
}

// Stop cancels the test; it ends once it has cleaned up.
func (c *Check) Stop() {
	c.stopping = c.job != nil
	c.job.Cancel()
}

// Losing names the running test.
func (c *Check) Losing() string {
	if c.job == nil {
		return ""
	}
	return c.words().TheTest
}

// Close cancels the test; the pool waits for its end.
func (c *Check) Close() { c.job.Cancel() }

// Resize gives the area.
func (c *Check) Resize(w, h int) {
	c.w, c.h = w, h
	c.lay()
}

// Title is the connection, and how far the test is.
func (c *Check) Title() (crumbs []string, right string) {
	w := c.words()
	name := c.place.Connection
	if name == "" {
		name = c.place.Settings.Bucket
	}
	crumbs = []string{name, w.Title}
	if c.page != nil {
		crumbs = append(crumbs, c.page.row.ID)
		return crumbs, ""
	}
	switch {
	case c.job != nil:
		right = text.Fill(w.Progress, "n", itoa(c.done), "of", itoa(c.total)) + "   " + c.env.Text.Duration(c.env.Now().Sub(c.began))
	case c.report != nil:
		right = text.Fill(w.Progress, "n", itoa(len(c.rows.all)), "of", itoa(len(c.rows.all))) + "   " + c.env.Text.Duration(c.report.Duration)
	}
	return crumbs, right
}

// Keys are what works on the row under the cursor.
func (c *Check) Keys() []key.Binding {
	k, w := c.env.Keys, c.words()
	if c.page != nil {
		return c.pageKeys()
	}
	var b []key.Binding
	switch {
	case c.enterProceeds():
		b = append(b, keys.As(k.Open, k.Proceed.Help().Desc))
	case c.mayProceed():
		b = append(b, k.Proceed)
	}
	if c.openable() && !c.enterProceeds() {
		b = append(b, keys.As(k.Open, w.KeyDetails))
	}
	if c.job != nil {
		if c.stopping {
			return append(b, k.Back)
		}
		return append(b, keys.As(k.Back, w.KeyStop))
	}
	refused := c.refused() != nil
	if refused {
		b = append(b, keys.As(k.Profiles, c.env.Text.UI.Caller.KeyMend))
	}
	b = append(b, k.Again)
	if len(c.problems) > 1 {
		b = append(b, keys.As(k.NextDoc, w.KeyNextProblem))
	}
	if c.report != nil {
		b = append(b, k.Report)
	}
	if f := c.field(); f != "" {
		b = append(b, changeKey(c.env, f))
	}
	if c.under().MayWait() {
		b = append(b, k.Wait)
	}
	b = append(b, k.Owner)
	if !refused {
		b = append(b, k.Profiles)
	}
	return append(b, k.Back)
}

// ShowsText is true on a row's page.
func (c *Check) ShowsText() bool { return c.page != nil }

// Typing is false: there is no text field.
func (c *Check) Typing() bool { return false }

func (c *Check) words() *text.CheckWords { return &c.env.Text.UI.Check }
