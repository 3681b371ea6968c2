package plain

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// environments are the steps about environments of an entry: making one of a
// connection, going on with one that is not whole, deleting one.
func (h *home) environments(c world.Connection) []step {
	by, ok := h.world.(world.Environments)
	if !ok {
		return nil
	}
	w := &h.c.UI.Environments
	connection, environment := c.Of()
	create := func(ctx context.Context) error { return h.copyInto(ctx, by, c, connection, environment, false) }
	remove := step{h.l.DeleteEnvironment, func(ctx context.Context) error { return h.removeEnvironment(ctx, by, c) }, false}
	switch {
	case environment == "" && wizard.Environments(c.Settings) && c.Settings.ServiceID != "":
		return []step{{h.l.NewEnvironment, func(ctx context.Context) error { return h.newEnvironment(ctx, by, c) }, false}}
	case environment == "":
		return nil
	case c.Unfinished == "creating":
		h.t.line(text.Fill(w.Unfinished, "name", safe(c.Name)))
		return []step{{h.l.GoOnEnvironment, create, false}, remove}
	case c.Unfinished == "deleting":
		h.t.line(text.Fill(w.UnfinishedRemoval, "name", safe(c.Name)))
	}
	return []step{remove}
}

// newEnvironment asks for a name until there is one that can be taken.
func (h *home) newEnvironment(ctx context.Context, by world.Environments, c world.Connection) error {
	w := &h.c.UI.Environments
	about := func(s string) string { return text.Fill(s, "connection", safe(c.Name)) }
	h.t.line(about(w.NameAbout))
	h.t.line(about(w.SettingsCopied))
	for {
		h.t.say("%s > ", w.AskName)
		line, err := h.t.answer(ctx)
		if err != nil {
			return err
		}
		switch name := narrow(line); {
		case name == "" || name == goBack:
			return nil
		case name == askHelp:
			h.t.line(w.HelpName)
		case !by.ValidEnvironment(name):
			h.t.line(h.c.NoEnvironmentName(name, by.ValidEnvironment))
		case h.taken(c.Name+"/"+name) != "":
			h.t.line(text.Fill(h.taken(c.Name+"/"+name), "name", safe(c.Name+"/"+name)))
		default:
			return h.copyInto(ctx, by, c, c.Name, name, false)
		}
	}
}

// taken says why a name cannot be used, empty where it can.
func (h *home) taken(name string) string {
	w := &h.c.UI.Environments
	for _, c := range h.conns {
		if c.Name != name || c.Unfinished == "creating" {
			continue
		}
		if c.Unfinished == "deleting" {
			return w.NameDeleting
		}
		return w.NameTaken
	}
	return ""
}

// copyInto plans, asks and copies.
func (h *home) copyInto(ctx context.Context, by world.Environments, c world.Connection, connection, environment string, into bool) error {
	w, name := &h.c.UI.Environments, connection+"/"+environment
	h.t.line(text.Fill(w.Counting, "connection", safe(connection)))
	told := h.telling()
	plan, err := by.PlanEnvironment(ctx, connection, environment, world.EnvironmentHow{IntoExisting: into, Counting: func(n, bytes int64) {
		told(text.Fill(w.Counted, "n", text.Thousands(n), "bytes", text.Bytes(bytes)), "")
	}})
	if err != nil {
		return h.failed(ctx, connection, err)
	}
	if plan.Occupied {
		return h.occupied(ctx, by, c, plan, connection, environment)
	}
	args := map[string]string{"environment": safe(name), "connection": safe(connection), "bucket": safe(plan.Plan.To.Bucket), "dir": safe(plan.Plan.To.Dir())}
	for _, l := range h.c.EnvironmentPlan(plan.Plan, args, false) {
		h.t.line(l)
	}
	if plan.Notes > 0 {
		h.t.line(h.c.Say("cmd.env.plan.notes", map[string]string{"count": text.Thousands(int64(plan.Notes))}))
	}
	h.t.line(text.Fill(w.SourceStays, "connection", safe(connection)))
	n, err := h.t.menu(ctx, h.l, []option{{words: w.PutOff}, {words: w.Begin}}, menuWords{question: w.AskBegin, help: []string{w.Linger}, back: true, usual: 0})
	if err != nil || n != 1 {
		return err
	}
	if yes, err := h.consent(ctx, connection); err != nil || !yes {
		return err
	}
	h.t.line(w.Linger)
	emit, failures := h.watching()
	end := plan.Run(ctx, emit)
	first, failed := failures()
	h.ended(name, false, end, first, failed)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !end.Whole {
		return ErrNotReady
	}
	return nil
}

// occupied asks how to go on where the directory has files already.
func (h *home) occupied(ctx context.Context, by world.Environments, c world.Connection, plan world.EnvironmentCreation, connection, environment string) error {
	w, p := &h.c.UI.Environments, plan.Plan
	h.t.line(text.Fill(w.OccupiedBody, "dir", safe("s3://"+p.To.Bucket+"/"+p.To.Dir()), "n", text.Thousands(p.Same+p.Different+p.Foreign)))
	n, err := h.t.menu(ctx, h.l, []option{{words: w.PutOff}, {words: w.OccupiedTake}, {words: w.OccupiedCopy}},
		menuWords{question: w.AskBegin, help: []string{w.OccupiedTitle}, back: true, usual: 0})
	switch {
	case err != nil:
		return err
	case n == 1:
		if err := plan.TakeUp(ctx); err != nil {
			return h.failed(ctx, connection, err)
		}
		h.t.line(text.Fill(w.Known, "name", safe(connection+"/"+environment)))
	case n == 2:
		return h.copyInto(ctx, by, c, connection, environment, true)
	}
	return nil
}

// consent asks once whether to write beside a live service (D14).
func (h *home) consent(ctx context.Context, connection string) (bool, error) {
	yes, err := h.world.Consented(ctx, connection)
	if err != nil || yes {
		return yes, err
	}
	w := &h.c.UI.Browse
	for _, l := range []string{w.ConsentTitle, w.ConsentUnsupported, w.ConsentRisk} {
		h.t.line(l)
	}
	n, err := h.t.menu(ctx, h.l, []option{{words: w.ConsentNo}, {words: w.ConsentYes}},
		menuWords{question: h.c.UI.Environments.AskBegin, help: []string{w.ConsentRisk}, back: true, usual: 0})
	if err != nil || n != 1 {
		return false, err
	}
	return true, h.world.Consent(ctx, connection)
}

// removeEnvironment says what goes, asks for the environment's name and
// deletes.
func (h *home) removeEnvironment(ctx context.Context, by world.Environments, c world.Connection) error {
	w, say := &h.c.UI.Environments, h.c.Say
	connection, environment := c.Of()
	h.t.line(text.Fill(w.CountingRemoval, "name", safe(c.Name)))
	d, err := by.PlanEnvironmentRemoval(ctx, c.Name)
	if err != nil {
		return h.failed(ctx, c.Name, err)
	}
	args := map[string]string{
		"environment": safe(c.Name), "connection": safe(connection), "bucket": safe(d.Plan.Space.Bucket), "dir": safe(d.Plan.Dir),
		"count": text.Thousands(d.Plan.Objects), "bytes": text.Bytes(d.Plan.Bytes),
	}
	h.t.line(say("cmd.env.removes", args))
	h.t.line(say("cmd.env.production-stays", args))
	if d.Plan.Objects > 0 {
		h.t.line(text.Fill(w.URLsEnd, "url", safe(d.Plan.URL)))
		for _, u := range d.Plan.URLs {
			h.t.line("  " + safe(u))
		}
		if d.Versioned {
			h.t.line(say("purge.versions", nil))
		} else {
			h.t.line(say("purge.no-versions", nil))
		}
		switch {
		case d.CDN && d.Purges:
			h.t.line(text.Fill(w.CDNWill, "distribution", safe(d.Distribution)))
		case d.CDN:
			h.t.line(w.CDNWillNot)
		}
	}
	h.t.line(w.SettingsGo)
	h.t.say("%s > ", text.Fill(w.TypeLine, "environment", safe(environment)))
	typed, err := h.t.answer(ctx)
	switch typed = narrow(typed); {
	case err != nil:
		return err
	case typed == "" || typed == goBack:
		return nil
	case typed != environment && typed != c.Name:
		h.t.line(text.Fill(w.NotTyped, "environment", safe(environment)))
		return nil
	}
	h.t.line(w.Linger)
	emit, failures := h.watching()
	end := d.Run(ctx, emit)
	first, failed := failures()
	h.ended(c.Name, true, end, first, failed)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !end.Whole {
		return ErrNotReady
	}
	return nil
}

// failed tells what went wrong; the talk goes on.
func (h *home) failed(ctx context.Context, name string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	h.t.trouble(h.world, h.c, name, err)
	return ErrNotReady
}

// often is how often a line says how far a long work is.
const often = 5 * time.Second

// telling prints lines that come too often only now and then, and at once what
// is of another kind than the line before.
func (h *home) telling() func(line, kind string) {
	last, was := h.o.Now(), ""
	return func(line, kind string) {
		now := h.o.Now()
		if kind == was && now.Sub(last) < often {
			return
		}
		last, was = now, kind
		h.t.line(line)
	}
}

// mostProblems is how many objects are named that did not make it.
const mostProblems = 20

// watching tells how far a creation or a deletion is, and names what did not
// make it. failures are the first of these errors and how many there are.
func (h *home) watching() (emit func(media.Event), failures func() (first error, n int)) {
	var mu sync.Mutex
	var first error
	failed, told := 0, h.telling()
	return func(e media.Event) {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case e.Environment != nil:
				told(h.c.EnvironmentProgress(*e.Environment), e.Environment.Phase)
			case e.Type == media.EventItem && (e.Status == media.StatusFailed || e.Status == media.StatusRefused):
				// What somebody else's file has kept is told by the comparison; another
				// name, which helps elsewhere, cannot be taken here.
				if me := (*media.Error)(nil); first == nil && errors.As(e.Err, &me) && me.Code != media.CodeExists {
					first = me
				}
				if failed++; failed <= mostProblems {
					h.t.line(h.c.Labelled(h.c.Say("cmd.status."+e.Status, nil), safe(e.Path)))
				}
			}
		}, func() (error, int) {
			mu.Lock()
			defer mu.Unlock()
			return first, failed
		}
}

// ended says what came of it, and why it is not whole.
func (h *home) ended(name string, removal bool, end world.EnvironmentEnd, first error, failed int) {
	w := &h.c.UI.Environments
	n := int64(end.Done)
	if removal && !end.Whole {
		n = end.Rest
	}
	if more := failed - mostProblems; more > 0 {
		h.t.line(text.Fill(w.MoreProblems, "n", text.Thousands(int64(more))))
	}
	switch {
	case end.Err != nil:
		h.t.trouble(h.world, h.c, name, end.Err)
	case end.Stopped != nil:
		h.t.trouble(h.world, h.c, name, end.Stopped)
	case first != nil:
		h.t.trouble(h.world, h.c, name, first)
	}
	if !removal && end.Err == nil {
		for _, l := range h.c.EnvironmentCheck(name, end.Check) {
			h.t.line(l)
		}
	}
	if p := end.Purged; p != nil && p.Reason != "" {
		h.t.line(h.c.UI.Grace.UnpurgedTitle)
		h.t.line(safe(p.Reason))
		run := h.c.UI.Grace.PurgeRun
		if p.Run != "" {
			run = safe(p.Run)
		}
		h.t.line(run)
		for _, c := range p.Commands {
			h.t.line("  " + safe(c))
		}
	} else if p != nil {
		h.t.line(text.Fill(h.c.UI.Grace.Purged, "n", text.Thousands(int64(p.Paths))))
	}
	h.t.line(h.c.EnvironmentEnd(name, removal, end.Whole, n, end.Bytes, end.Duration))
}
