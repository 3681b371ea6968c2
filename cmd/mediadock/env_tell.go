package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/store"
)

// envTeller tells how far a whole environment is: with --json every object, for
// people what went wrong and a line that says how many, how fast and how long
// yet.
type envTeller struct {
	a    *app
	mu   sync.Mutex
	last time.Time
	now  media.EnvironmentProgress
	// drawn tells that a progress line stands on the terminal.
	drawn bool
	// problems counts what was printed for people; more than mostProblems are
	// only counted.
	problems int
	// first is the first error of an object: what to do about it is said once,
	// at the end.
	first *media.Error
}

// mostProblems is how many objects are named that did not make it.
const mostProblems = 20

func (a *app) tellEnvironment(objects, bytes int64) *envTeller {
	return &envTeller{a: a, now: media.EnvironmentProgress{Objects: objects, Bytes: bytes}}
}

// begin tells of what a plan has found.
func (t *envTeller) begin(objects, bytes int64) {
	t.now = media.EnvironmentProgress{Objects: objects, Bytes: bytes}
}

// counting tells how far a plan is.
func (t *envTeller) counting(objects, bytes int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.a.flags.json || !t.due() {
		return
	}
	t.line(t.a.text.Say("cmd.env.counting", map[string]string{"count": text.Thousands(objects), "bytes": text.Bytes(bytes)}))
}

// due tells whether it is time to say something again.
func (t *envTeller) due() bool {
	every := progressTick
	if !t.a.redraws() {
		every = progressLine
	}
	if time.Since(t.last) < every {
		return false
	}
	t.last = time.Now()
	return true
}

// line shows how far it is, over the last such line where that can be.
func (t *envTeller) line(s string) {
	if !t.a.redraws() {
		fmt.Fprintln(t.a.io.err, s)
		return
	}
	fmt.Fprint(t.a.io.err, "\r\x1b[K"+s)
	t.drawn = true
}

func (t *envTeller) emit(e media.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case e.Type == media.EventProgress && e.Environment != nil:
		t.progress(*e.Environment)
	case e.Type == media.EventItem:
		t.item(e)
	}
}

func (t *envTeller) item(e media.Event) {
	if me := (*media.Error)(nil); t.first == nil && e.Status == media.StatusFailed && errors.As(e.Err, &me) {
		t.first = me
	}
	message := ""
	if e.Code != "" && e.Status != media.StatusDone {
		message = t.a.eventMessage(e)
	}
	if t.a.flags.json {
		_ = writeJSON(t.a.io.out, eventJSON{Type: "item", Op: e.Op, Path: e.Path, Key: e.Key, To: e.To, From: e.From, Status: e.Status, Code: e.Code, Bytes: e.Bytes, URL: e.URL, Message: message}, false)
		return
	}
	if message == "" || e.Status == media.StatusSkipped {
		return
	}
	if t.problems++; t.problems > mostProblems {
		return
	}
	t.clear()
	fmt.Fprintln(t.a.io.out, text.Safe(padded(t.a.text.Say("cmd.status."+e.Status, nil), 8)+" "+e.Path+"  "+message))
}

// envProgressJSON is a progress line of a whole environment.
type envProgressJSON struct {
	Type           string  `json:"type"`
	Phase          string  `json:"phase"`
	Objects        int64   `json:"objects"`
	TotalObjects   int64   `json:"total_objects"`
	Bytes          int64   `json:"bytes"`
	Total          int64   `json:"total"`
	PerSecond      float64 `json:"objects_per_second"`
	BytesPerSecond float64 `json:"bytes_per_second"`
	LeftMS         int64   `json:"left_ms,omitempty"`
	Parallel       int     `json:"parallel"`
	SlowDowns      int64   `json:"slow_downs"`
}

func (t *envTeller) progress(p media.EnvironmentProgress) {
	if p.Phase != t.now.Phase {
		t.last = time.Time{}
	}
	t.now = p
	if !t.due() {
		return
	}
	if t.a.flags.json {
		_ = writeJSON(t.a.io.out, envProgressJSON{
			Type: "progress", Phase: p.Phase, Objects: p.Done, TotalObjects: p.Objects, Bytes: p.DoneBytes, Total: p.Bytes,
			PerSecond: p.PerSecond, BytesPerSecond: p.BytesPerSecond, LeftMS: p.Left.Milliseconds(), Parallel: p.Parallel, SlowDowns: p.SlowDowns,
		}, false)
		return
	}
	t.line(t.a.text.EnvironmentProgress(p))
}

func (t *envTeller) clear() {
	if t.drawn {
		fmt.Fprint(t.a.io.err, "\r\x1b[K")
		t.drawn = false
	}
}

// stop ends the line.
func (t *envTeller) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.clear()
	if more := t.problems - mostProblems; more > 0 && !t.a.flags.json {
		t.a.tell(t.a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(more)}))
	}
}

// showEnvPlan says what a creation will do, before it does.
func (a *app) showEnvPlan(c *envCreation, o envCreateOptions) error {
	sel, plan := c.sel, c.plan
	notes := 0
	if c.notes != nil {
		notes = c.notes.expected
	}
	if a.flags.json {
		what := a.environmentDocument(sel)
		if _, err := a.store.Load(sel.name); errors.Is(err, store.ErrNotFound) {
			what.State = "absent"
		}
		return writeJSON(a.io.out, envCreationJSON{
			envPlanJSON: envPlanJSON{Type: "plan", Op: media.OpCopy, environmentJSON: what, DryRun: o.dryRun, Resumes: plan.Resumes, Objects: plan.Objects, Bytes: plan.Bytes},
			ToCopy:      plan.ToCopy, BytesToCopy: plan.BytesToCopy, Large: plan.Large, Archived: plan.Archived, TooLong: plan.TooLong,
			Same: plan.Same, Different: plan.Different, Foreign: plan.Foreign, Probes: plan.Probes, Markers: plan.Markers, Environments: plan.Environments,
			PerSecond: plan.PerSecond, Rate: plan.Rate, TakesMS: plan.Takes.Milliseconds(), ProbesLeft: plan.ProbesLeft, Notes: notes,
		}, false)
	}
	out := a.tell
	if o.dryRun {
		out = a.show
	}
	connection, _ := store.SplitName(sel.name)
	args := map[string]string{"environment": sel.name, "connection": connection, "bucket": sel.settings.Bucket, "dir": plan.To.Dir()}
	for _, line := range a.text.EnvironmentPlan(plan, args, o.noCopy) {
		out(line)
	}
	if notes > 0 {
		out(a.text.Say("cmd.env.plan.notes", map[string]string{"count": text.Thousands(int64(notes))}))
	}
	if o.dryRun {
		out(a.text.Say("cmd.env.dry-run", nil))
	}
	return nil
}

type envCreationJSON struct {
	envPlanJSON
	ToCopy       int64 `json:"to_copy"`
	BytesToCopy  int64 `json:"bytes_to_copy"`
	Large        int64 `json:"large"`
	Archived     int64 `json:"archived"`
	TooLong      int64 `json:"too_long"`
	Same         int64 `json:"same"`
	Different    int64 `json:"different"`
	Foreign      int64 `json:"foreign"`
	Probes       int64 `json:"probes"`
	Markers      int64 `json:"markers"`
	Environments int   `json:"environments"`
	// How long it takes, where the rate is known: Rate is "measured" or
	// "remembered".
	PerSecond  float64 `json:"objects_per_second,omitempty"`
	Rate       string  `json:"rate,omitempty"`
	TakesMS    int64   `json:"takes_ms,omitempty"`
	ProbesLeft int64   `json:"probes_left,omitempty"`
	// Notes are the files that people wrote something about.
	Notes int `json:"notes"`
}

// envOutcome is what the end of a creation or a deletion has to tell beside
// the library's result.
type envOutcome struct {
	op    string
	whole bool
	purge func() *purgeJSON // nil: nothing is gone
	first *media.Error      // of an object that failed; nil for none
	// Of a creation: what people wrote, and whether it went on with an earlier one.
	notes   *envNotes
	resumed bool
	// unforgotten is why the catalogue kept what was written about what was
	// deleted; nil: it did not.
	unforgotten *failure
}

// envSummaryJSON is the last line of a creation or a deletion.
type envSummaryJSON struct {
	summaryJSON
	State     string        `json:"state"` // ready, creating, deleting or deleted
	Resumable bool          `json:"resumable"`
	Rest      int64         `json:"rest,omitempty"`
	SlowDowns int64         `json:"slow_downs"`
	There     int64         `json:"there,omitempty"`    // of a creation: were there before, and are alike
	Appeared  int64         `json:"appeared,omitempty"` // of a deletion: came while it went on
	Verified  *verifiedJSON `json:"verified,omitempty"`
	// Notes are about what people wrote: copied in this run.
	Notes   *envNotesJSON `json:"notes,omitempty"`
	Code    string        `json:"code,omitempty"` // why it stopped
	Message string        `json:"message,omitempty"`
	Fixes   []fixJSON     `json:"fixes,omitempty"`
}

type verifiedJSON struct {
	Done       bool  `json:"done"`
	Source     int64 `json:"source"`
	Target     int64 `json:"target"`
	ByETag     int64 `json:"by_etag"`
	ByChecksum int64 `json:"by_checksum"`
	BySize     int64 `json:"by_size"`
	Missing    int64 `json:"missing"`
	Different  int64 `json:"different"`
	Extra      int64 `json:"extra"`
	Gone       int64 `json:"gone,omitempty"` // deleted by others meanwhile, and copied again
}

// endEnvironment prints how it ended, and what to do next.
func (a *app) endEnvironment(ctx context.Context, sel selection, res media.EnvironmentResult, o envOutcome) error {
	stopped := a.stopped(ctx, sel, res.Stopped)
	connection, name := store.SplitName(sel.name)
	var purged *purgeJSON
	if o.purge != nil {
		purged = o.purge()
	}
	exit := a.envExit(ctx, res, stopped, o.whole)
	if stopped == nil {
		stopped = a.stopped(ctx, sel, o.first)
	}
	if a.flags.json {
		state := string(a.store.Phase(sel.name))
		switch {
		case o.whole && o.op == media.OpRemove:
			state = "deleted"
		case o.whole:
			state = "ready"
		}
		s := res.Summary
		doc := envSummaryJSON{
			summaryJSON: summaryJSON{Type: "summary", Done: s.Done, Skipped: s.Skipped, Failed: s.Failed, Refused: s.Refused, Bytes: s.Bytes, DurationMS: s.Duration.Milliseconds(), NotStarted: s.NotStarted, Kept: s.Kept, Left: s.Left, Hidden: s.Hidden, Purge: purged},
			State:       state, Resumable: res.Resumable, Rest: res.Rest, SlowDowns: res.SlowDowns, There: res.There, Appeared: res.Appeared, Notes: o.notes.document(),
		}
		if c := res.Check; o.op == media.OpCopy {
			doc.Verified = &verifiedJSON{c.Done, c.Source, c.Target, c.ByETag, c.ByChecksum, c.BySize, c.Missing, c.Different, c.Extra, c.Gone}
		}
		if stopped != nil {
			doc.Code, doc.Message, doc.Fixes = stopped.code, a.sayFailure(stopped), append(a.fixesJSON(stopped.causes), a.nextFixes(stopped)...)
		} else if ctx.Err() != nil && !o.whole {
			doc.Code, doc.Message = "cancelled", a.text.Say("cmd.cancelled", nil)
		}
		if !o.whole {
			doc.Fixes = append(doc.Fixes, a.goOnFixes(o.op, name, connection)...)
		}
		if err := writeJSON(a.io.out, doc, false); err != nil {
			return err
		}
		return exit
	}
	a.sayHidden(sel, res.Hidden)
	args := map[string]string{
		"environment": sel.name, "connection": connection, "name": name, "bucket": sel.settings.Bucket, "dir": sel.space().Dir(),
		"count": text.Thousands(int64(res.Done)), "bytes": text.Bytes(res.Bytes), "failed": strconv.Itoa(res.Failed + res.Refused),
		"time": a.text.Duration(res.Duration), "rest": text.Thousands(res.Rest), "left": text.Thousands(int64(res.NotStarted)),
	}
	switch {
	case stopped != nil:
		a.printFailure(stopped, false)
		if wantsPolicy(stopped) {
			a.tell(a.text.Say("cmd.env.policy", args))
		}
	case ctx.Err() != nil && !o.whole:
		a.tell(a.text.Say("cmd.env.cancelled-"+o.op, args))
	}
	if o.op == media.OpCopy && (res.Check.Done || ctx.Err() == nil) {
		for _, line := range a.text.EnvironmentCheck(sel.name, res.Check) {
			a.tell(line)
		}
	}
	if res.Appeared > 0 {
		a.tell(a.text.Say("cmd.env.deleted.appeared", map[string]string{"count": text.Thousands(res.Appeared)}))
	}
	a.tellNotes(o, args)
	id := "cmd.env.created"
	switch {
	case o.op == media.OpRemove && o.whole:
		id = "cmd.env.deleted"
	case o.op == media.OpRemove:
		id = "cmd.env.not-deleted"
	case !o.whole:
		id = "cmd.env.not-created"
	case int64(res.Done) != res.Check.Target:
		id = "cmd.env.created-with"
		args["all"] = text.Thousands(res.Check.Target)
	}
	if o.whole {
		a.show(a.text.Say(id, args))
	} else {
		a.tellLines(a.text.Say(id, args))
	}
	if o.whole && o.op == media.OpCopy {
		a.show("  " + sel.space().URL(sel.space().Dir()))
	}
	return exit
}

// tellLines tells a text of several lines.
func (a *app) tellLines(s string) {
	for line := range strings.SplitSeq(s, "\n") {
		a.tell(line)
	}
}

// stopped is what kept the rest from being done; nil where nothing did, or
// where it was the person.
func (a *app) stopped(ctx context.Context, sel selection, why *media.Error) *failure {
	if why == nil || ctx.Err() != nil {
		return nil
	}
	f, _ := a.envFailure(ctx, why, sel, sel.name).(*failure)
	return f
}

func (a *app) envExit(ctx context.Context, res media.EnvironmentResult, stopped *failure, whole bool) error {
	switch {
	case ctx.Err() != nil && !whole:
		return said(exitCancelled)
	case stopped != nil:
		return said(stopped.exit)
	case summaryExit(res.Summary) != exitDone:
		return said(summaryExit(res.Summary))
	case !whole:
		return said(exitFailed)
	}
	return nil
}
