package check

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// run is what is asked of a test. The zero value is the whole test, once.
type run struct {
	only []string      // these rows and what they need; the others stay as they are
	wait time.Duration // how long a refusal that may pass is tried again
}

// How long a refusal that may pass is waited out.
const (
	patience     = time.Minute     // for AWS, which needs seconds as a rule
	longPatience = 5 * time.Minute // for imgix to deploy a source, as the fix's command does
)

// kept is what there was before a test: it is there again when the test ends
// without a result.
type kept struct {
	report *awscheck.Report
	owner  *world.Owner
}

// start runs the test. Of a part, the rows that are not tested stay, and so
// do the page and the cursor.
func (c *Check) start(r run) tea.Cmd {
	c.stopping, c.broke, c.stale, c.done = false, false, false, 0
	c.asked, c.began = r, c.env.Now()
	before := c.report
	c.kept = kept{before, c.owner}
	if r.only == nil {
		c.report, c.page, c.moved, c.problems = nil, nil, false, nil
		c.clear()
	} else {
		c.forget(r.only)
	}
	c.total = len(c.rows.all)
	options := world.CheckOptions{Only: r.only, Wait: r.wait, Owner: c.owner, As: c.place.Connection}
	var cmd tea.Cmd
	c.job, cmd = c.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		got, err := c.env.World.Check(ctx, c.place.Settings, c.savedName(), options,
			func(e awscheck.Event) { emit(e) })
		if before != nil && r.only != nil && err == nil {
			got = before.With(got)
		}
		return ended{got, err}
	})
	return tea.Batch(cmd, c.env.Tick(beat))
}

// clear makes all rows wait.
func (c *Check) clear() {
	var waiting []awscheck.Result
	for _, ch := range awscheck.ChecksOf(c.place.Settings.Integration) {
		if usual(ch.ID) || ch.Owner() && c.owner != nil {
			waiting = append(waiting, awscheck.Result{ID: ch.ID})
		}
	}
	c.rows.set(waiting)
	c.list.SetLen(c.rows.lines())
	c.list.Select(0)
}

// forget makes the rows wait that are tested again.
func (c *Check) forget(ids []string) {
	for _, id := range ids {
		if c.rows.find(id) >= 0 {
			c.rows.put(awscheck.Result{ID: id})
		}
	}
	if c.page != nil && slices.Contains(ids, c.page.row.ID) {
		c.page.show(awscheck.Result{ID: c.page.row.ID, Status: awscheck.Running})
	}
}

// usual tells the rows of every test from those that run on request; rows
// that come unexpected are added, so this decides only what is seen waiting.
func usual(id string) bool {
	return id != "object.multipart" && !ofOwner(id)
}

// finish takes the report and puts the cursor on what to mend first. When a
// part was tested again and nothing is left to mend, the whole is tested: only
// that proves that all works at once.
func (c *Check) finish(r awscheck.Report) tea.Cmd {
	c.take(r)
	if c.asked.only != nil && len(c.problems) == 0 {
		return c.start(run{})
	}
	c.point()
	return nil
}

// point puts the cursor on the row that tells most, unless the person has
// chosen one.
func (c *Check) point() {
	if c.page == nil && !c.moved {
		c.list.Select(c.rows.line(c.tells()))
	}
}

// take shows a report, and its row on the page that is open.
func (c *Check) take(r awscheck.Report) {
	c.report = &r
	c.rows.set(r.Results)
	c.list.SetLen(c.rows.lines())
	c.problems = report.Problems(r.Results)
	if c.page == nil {
		return
	}
	if row, ok := c.rows.at(c.rows.line(c.page.row.ID)); ok {
		c.page.show(row)
	}
}

// failed puts back what there was before a test that ended without a result,
// and says why it did.
func (c *Check) failed(err error, canceled bool) {
	c.owner = c.kept.owner
	if c.kept.report != nil {
		c.take(*c.kept.report)
		c.point()
	}
	switch {
	case !canceled:
		c.broke = c.report == nil
		c.env.Post(screen.Failed{Trouble: c.env.World.Explain(c.place.Connection, err), Again: testAgain{}})
	case c.report != nil:
		c.env.Post(screen.Say{Line: c.words().StoppedBack})
	}
}

// tells is the row that tells most: what to mend first, else the one of the
// owner's side that carries the verdict where the live test could not ask.
func (c *Check) tells() string {
	switch {
	case len(c.problems) > 0:
		return c.first().ID
	case c.vendorOnly() != "":
		return "owner.trust"
	}
	return ""
}

// first is the row to mend first; one without an id where there is none.
func (c *Check) first() awscheck.Result {
	if len(c.problems) == 0 {
		return awscheck.Result{}
	}
	return c.report.Results[c.problems[0].Row]
}

// next goes to the problem after or before the one under the cursor, from any
// other row to what to mend first.
func (c *Check) next(d int) {
	at := slices.IndexFunc(c.problems, func(p report.Problem) bool {
		return slices.ContainsFunc(append([]int{p.Row}, p.Also...), func(i int) bool { return c.report.Results[i].ID == c.under().ID })
	})
	if at < 0 {
		at = -d // so that it is the first
	}
	n := len(c.problems)
	p := c.problems[(at+d+n)%n]
	c.list.Select(c.rows.line(c.report.Results[p.Row].ID))
	c.moved = true
}

// again is the run that tests a row anew, with all that depends on it. Once
// the owner was asked, the owner's side is read anew as well: what a row's
// failure comes from is told by both.
func (c *Check) again(id string) run {
	only := awscheck.Rerun(c.place.Settings.Integration, id)
	if c.owner == nil {
		return run{only: only}
	}
	for _, ch := range awscheck.ChecksOf(c.place.Settings.Integration) {
		if ch.Owner() && !slices.Contains(only, ch.ID) {
			only = append(only, ch.ID)
		}
	}
	return run{only: only}
}

// waiting is the same, trying for a while.
func (c *Check) waiting(row awscheck.Result) run {
	r := c.again(row.ID)
	r.wait = patience
	if row.MayDeploy() {
		r.wait = longPatience
	}
	return r
}

// offer says, after what to mend first, what the program can do about it: ask
// who knows which of several causes it is, or wait.
func (c *Check) offer(r awscheck.Result, possible int) string {
	if !c.tall() {
		return ""
	}
	w, out := c.words(), ""
	switch {
	case r.MayDeploy():
		out += c.gap() + w.OfferDeploy
	case r.MayWait():
		out += c.gap() + w.OfferWait
	}
	if possible > 1 && c.owner == nil && awscheck.OwnerTells(r.ID) {
		out += c.gap() + w.OfferOwner
	}
	return out
}

// askOwner is the answer of the dialog that askWho opens.
type askOwner struct{ profile string }

// askWho asks with whose credentials the owner's side is to be read.
func (c *Check) askWho() {
	w := c.words()
	c.env.Post(screen.Ask{Dialog: dialog.NewPrompt(c.env, w.OwnerTitle, dialog.Prose(w.OwnerBody), w.OwnerLabel, "",
		func(string) string { return "" },
		func(v string) tea.Msg { return askOwner{strings.TrimSpace(v)} })})
}

// withOwner tests again, the owner's side included.
func (c *Check) withOwner(m askOwner) tea.Cmd {
	was := c.owner
	c.owner = &world.Owner{Profile: m.profile}
	cmd := c.start(run{})
	c.kept.owner = was
	return cmd
}

// sameCommand is the command that tests the same outside the terminal UI.
func (c *Check) sameCommand(id string) string {
	if c.savedName() == "" {
		return ""
	}
	cmd := "mediadock check " + text.Safe(c.savedName()) + " --only " + id
	switch {
	case c.owner == nil:
	case c.owner.Profile == "":
		cmd += " --owner"
	default:
		cmd += " --owner-profile " + text.Safe(c.owner.Profile)
	}
	return cmd
}
