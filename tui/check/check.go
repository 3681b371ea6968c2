// Package check is the connection test on the screen: rows that turn as they
// finish, where the chain from the person to the reader breaks, what to mend
// first, and for each row a page that says what happened and how to mend it.
package check

import (
	"context"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/dialog"
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
	leaving  bool
	began    time.Time
	done     int
	total    int

	list   vlist.List
	rows   []awscheck.Result // in the order of a report
	moved  bool              // the person has moved the cursor
	report *awscheck.Report
	page   *page
	frame  int // of the running mark
}

// New opens the test of the place's settings; it starts at once.
func New(env *screen.Env, p screen.Place) *Check {
	return &Check{env: env, place: p}
}

// Init starts the test.
func (c *Check) Init() tea.Cmd { return c.start(nil) }

// start runs the whole test, or some rows of it.
func (c *Check) start(only []string) tea.Cmd {
	c.report, c.page, c.stopping, c.broke, c.done, c.moved = nil, nil, false, false, 0, false
	c.began = c.env.Now()
	c.rows = c.rows[:0]
	for _, ch := range awscheck.Checks() {
		if usual(ch.ID) {
			c.rows = append(c.rows, awscheck.Result{ID: ch.ID})
		}
	}
	c.total = len(c.rows)
	c.list.SetLen(len(c.rows))
	c.list.Select(0)
	var cmd tea.Cmd
	c.job, cmd = c.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		r, err := c.env.World.Check(ctx, c.place.Settings, c.savedName(), world.CheckOptions{Only: only},
			func(e awscheck.Event) { emit(e) })
		return ended{r, err}
	})
	return tea.Batch(cmd, c.env.Tick(beat))
}

// usual tells the rows of every test from those that run on request; rows
// that come unexpected are added, so this decides only what is seen waiting.
func usual(id string) bool {
	return id != "object.multipart" && !strings.HasPrefix(id, "owner.")
}

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
				c.take(e.(awscheck.Event))
			}
		}
	case job.Done:
		return c.ended(m)
	case writeFile:
		return c.write(m)
	case tea.KeyPressMsg:
		if c.page != nil {
			return c.pressPage(m)
		}
		return c.press(m)
	}
	return nil
}

// take puts a row in its place.
func (c *Check) take(e awscheck.Event) {
	c.done, c.total = e.Done, e.Total
	for i := range c.rows {
		if c.rows[i].ID == e.Result.ID {
			c.rows[i] = e.Result
			return
		}
	}
	c.rows = append(c.rows, e.Result)
	c.list.SetLen(len(c.rows))
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
			if c.broke = !d.Canceled; c.broke {
				c.env.Post(screen.Ask{Dialog: dialog.NewTrouble(c.env, c.env.World.Explain(c.place.Connection, r.err))})
			}
			return nil
		}
		c.finish(r.report)
	case written:
		c.saved(r)
	}
	return nil
}

// finish takes the report and puts the cursor on what to mend first.
func (c *Check) finish(r awscheck.Report) {
	c.report = &r
	c.rows = append(c.rows[:0], r.Results...)
	c.list.SetLen(len(c.rows))
	if i := report.First(r.Results); i >= 0 && !c.moved {
		c.list.Select(i)
	}
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
	case key.Matches(m, k.Open) && c.enterProceeds():
		c.leave("")
	case key.Matches(m, k.Open) && c.openable():
		c.page = newPage(c.env, c.rows[c.list.Cursor()], c.place.Settings.ExternalID)
	case c.job != nil:
	case key.Matches(m, k.Again):
		return c.start(nil)
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

func (c *Check) openable() bool {
	i := c.list.Cursor()
	return i >= 0 && c.rows[i].Status != "" && c.rows[i].Status != awscheck.Running
}

// field is the setting that the row under the cursor is about, if changing it
// may mend the row.
func (c *Check) field() string {
	i := c.list.Cursor()
	if i < 0 || !report.Bad(c.rows[i].Status) {
		return ""
	}
	return fieldOf(c.rows[i])
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
	return c.place.BeforeSaving && c.report != nil &&
		(c.report.Verdict == awscheck.Ready || c.report.Verdict == awscheck.ReadyWithWarnings)
}

// enterProceeds tells that enter goes on instead of opening a row: nothing is
// left to look at, and the person has not gone to a row.
func (c *Check) enterProceeds() bool {
	return c.mayProceed() && !c.moved && c.report.Verdict == awscheck.Ready
}

// back leaves; a test that runs is stopped and waited for first, because it
// removes what it has put into the bucket.
func (c *Check) back() {
	if c.job != nil {
		c.leaving = true
		c.Stop()
		return
	}
	c.leave("")
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
		right = text.Fill(w.Progress, "n", itoa(c.done), "of", itoa(c.total)) + "   " + report.Duration(c.env.Now().Sub(c.began))
	case c.report != nil:
		right = text.Fill(w.Progress, "n", itoa(len(c.rows)), "of", itoa(len(c.rows))) + "   " + report.Duration(c.report.Duration)
	}
	return crumbs, right
}

// Keys are what works on the row under the cursor.
func (c *Check) Keys() []key.Binding {
	k, w := c.env.Keys, c.words()
	if c.page != nil {
		return c.page.keys(c.report != nil && c.job == nil, c.job != nil)
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
			return b
		}
		return append(b, keys.As(k.Back, w.KeyStop))
	}
	b = append(b, k.Again)
	if c.report != nil {
		b = append(b, k.Report)
	}
	if f := c.field(); f != "" {
		b = append(b, changeKey(c.env, f))
	}
	return append(b, k.Back)
}

// ShowsText is true on a row's page.
func (c *Check) ShowsText() bool { return c.page != nil }

// Typing is false: there is no text field.
func (c *Check) Typing() bool { return false }

func (c *Check) words() *text.CheckWords { return &c.env.Text.UI.Check }
