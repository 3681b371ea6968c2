package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
)

// The pauses between two tries: short at first and after every change, longer
// while nothing happens.
const (
	watchFirst = 5 * time.Second
	watchMost  = 30 * time.Second
)

// watcher tests what fails again until it passes, and then everything once.
type watcher struct {
	// again runs the checks named; nil: the whole test that was asked for.
	again func(ctx context.Context, only []string) (awscheck.Report, error)
	// failing names the rows to wait for.
	failing func(awscheck.Report) []string
	wait    func(context.Context, time.Duration) error
	view    watchView
}

// watchView shows how far a watch is.
type watchView interface {
	begin(rows []awscheck.Result)
	waiting(time.Duration)
	changed(awscheck.Result)
	whole()
	end()
}

// watch returns the first report without failing rows, which is always one of
// a whole test: rows that passed one after the other prove nothing together.
func (w *watcher) watch(ctx context.Context, state awscheck.Report) (awscheck.Report, error) {
	rows := w.failing(state)
	if len(rows) == 0 {
		return state, nil
	}
	w.view.begin(rowsNamed(state, rows))
	defer w.view.end()
	pause := watchFirst
	for {
		w.view.waiting(pause)
		if err := w.wait(ctx, pause); err != nil {
			return state, err
		}
		again, err := w.again(ctx, awscheck.Rerun(state.Integration, rows...))
		if err != nil {
			return state, err
		}
		moved := w.show(state, again)
		state = state.With(again)
		if rows = w.failing(state); len(rows) == 0 {
			w.view.whole()
			full, err := w.again(ctx, nil)
			if err != nil {
				return state, err
			}
			moved = w.show(state, full) || moved
			state = full
			if rows = w.failing(state); len(rows) == 0 {
				return state, nil
			}
		}
		pause = min(pause*3/2, watchMost)
		if moved {
			pause = watchFirst
		}
	}
}

// show tells of the rows that are other than they were.
func (w *watcher) show(before, after awscheck.Report) (any bool) {
	for _, r := range after.Results {
		i := slices.IndexFunc(before.Results, func(old awscheck.Result) bool { return old.ID == r.ID })
		if i < 0 || before.Results[i].Status != r.Status || !slices.Equal(causeIDs(before.Results[i]), causeIDs(r)) {
			any = true
			w.view.changed(r)
		}
	}
	return any
}

func causeIDs(r awscheck.Result) (ids []string) {
	for _, c := range r.Causes {
		if c.Likelihood != diagnose.RuledOut {
			ids = append(ids, string(c.Likelihood)+" "+c.ID)
		}
	}
	return ids
}

func rowsNamed(r awscheck.Report, ids []string) (rows []awscheck.Result) {
	for _, row := range r.Results {
		if slices.Contains(ids, row.ID) {
			rows = append(rows, row)
		}
	}
	return rows
}

// watch watches a connection after its first test. Rows that fail here and
// pass in the report that this one will be joined with are not waited for.
func (t *tester) watch(ctx context.Context, first awscheck.Report, others *otherReports) (awscheck.Report, error) {
	w := &watcher{again: t.again, wait: sleep, view: t.app.watchView()}
	w.failing = func(r awscheck.Report) []string {
		own := r.Failing()
		if others.with == nil || r.Verdict == awscheck.NotRun {
			return own
		}
		joined, err := awscheck.Join(r, *others.with)
		if err != nil {
			return own
		}
		both := joined.Failing()
		return slices.DeleteFunc(own, func(id string) bool { return !slices.Contains(both, id) })
	}
	if len(w.failing(first)) == 0 {
		t.app.tell(t.app.text.Say("report.watch.nothing", nil))
		return first, nil
	}
	return w.watch(ctx, first)
}

// sleep waits, and words a wait that was cut short.
func sleep(ctx context.Context, d time.Duration) error {
	if err := connect.Wait(ctx, d); err != nil {
		return couldNot("check", nil, err)
	}
	return nil
}

func (a *app) watchView() watchView {
	if a.io.outTTY && !a.flags.json && !a.lineMode() {
		return &watchBlock{app: a, now: time.Now, width: max(a.io.width, 20)}
	}
	return &watchLines{app: a, now: time.Now}
}

// watchLines tells of a watch line by line: changes on stdout, where nothing
// else may be there with --json, so that they go to stderr then.
type watchLines struct {
	app  *app
	now  func() time.Time
	said time.Duration // the pause that was told last
}

func (v *watchLines) begin(rows []awscheck.Result) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	v.app.tell(v.app.text.Say("report.watch.failing", map[string]string{"count": fmt.Sprint(len(ids)), "rows": strings.Join(ids, ", ")}))
}

func (v *watchLines) waiting(d time.Duration) {
	if d != v.said {
		v.app.tell(v.app.sayPause(d))
	}
	v.said = d
}

func (v *watchLines) changed(r awscheck.Result) {
	line := v.app.watchRow(r, v.now())
	if v.app.flags.json {
		v.app.tell(line)
		return
	}
	v.app.show(line)
}

func (v *watchLines) whole() { v.app.tell(v.app.text.Say("report.watch.whole", nil)) }
func (v *watchLines) end()   {}

func (a *app) sayPause(d time.Duration) string {
	return a.text.Say("report.watch.wait", map[string]string{"seconds": fmt.Sprint(int(d.Round(time.Second).Seconds()))})
}

func (a *app) watchRow(r awscheck.Result, at time.Time) string {
	return a.text.Say("report.watch.row", map[string]string{
		"time": at.Format("15:04:05"), "mark": r.Status.Mark(), "row": r.ID,
		"status": a.text.Say("status."+string(r.Status), nil), "found": a.text.Say(r.Reason, r.Args),
	})
}

// watchBlock keeps a few lines of a terminal up to date: the rows that are
// waited for, and below them what happens next.
type watchBlock struct {
	app   *app
	now   func() time.Time
	width int
	rows  []awscheck.Result
	since map[string]time.Time
	next  string
	drawn int // lines on the screen
}

func (v *watchBlock) begin(rows []awscheck.Result) {
	v.rows, v.since = rows, map[string]time.Time{}
	for _, r := range rows {
		v.since[r.ID] = v.now()
	}
	fmt.Fprintln(v.app.io.out)
}

func (v *watchBlock) waiting(d time.Duration) {
	v.next = v.app.sayPause(d)
	v.draw()
}

func (v *watchBlock) changed(r awscheck.Result) {
	v.since[r.ID] = v.now()
	i := slices.IndexFunc(v.rows, func(old awscheck.Result) bool { return old.ID == r.ID })
	switch {
	case i >= 0:
		v.rows[i] = r
	case r.Status != awscheck.Skip && r.Status != awscheck.Pass:
		v.rows = append(v.rows, r) // fails now, and did not
	}
	v.draw()
}

func (v *watchBlock) whole() {
	v.next = v.app.text.Say("report.watch.whole", nil)
	v.draw()
}

func (v *watchBlock) end() { v.drawn = 0 }

func (v *watchBlock) draw() {
	var b strings.Builder
	if v.drawn > 0 {
		fmt.Fprintf(&b, "\x1b[%dA\r\x1b[J", v.drawn)
	}
	lines := []string{}
	for _, r := range v.rows {
		lines = append(lines, v.app.watchRow(r, v.since[r.ID]))
	}
	for _, l := range append(lines, v.next) {
		// A line that wraps would count for two.
		b.WriteString(ansi.Truncate(text.Safe(l), v.width-1, "…") + "\n")
	}
	v.drawn = len(lines) + 1
	fmt.Fprint(v.app.io.out, b.String())
}
