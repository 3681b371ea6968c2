package browse

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
	"github.com/mediadock/mediadock/tui/world"
)

func itoa(n int) string { return strconv.Itoa(n) }

// op is one change that runs or waits: an upload, a rename, a removal.
type op struct {
	kind  string // media.OpPut and so on
	title string
	items int
	bytes int64 // to be moved over the wire; 0 when only items count
	run   func(ctx context.Context, emit func(media.Event)) media.Summary
	asked request // what it came from
	// purge is what the CDN is to forget afterwards; nil: nothing.
	purge *purging
	// from and to are the two names of what is moved, folders with a slash.
	from, to string
	// stood is what the cursor was on when it was asked for, where that was the
	// first row: nobody has chosen it.
	stood string

	// files is what it is about, as far as it is known before.
	files []transfers.File
	// control reaches single files while it runs; nil: it is one whole.
	control *media.Control
	// again plans single files once more, and gives what to do with the plan;
	// nil: the whole is asked for again.
	again func(ctx context.Context, files []transfers.File) (func() tea.Cmd, error)
	log   *transfers.Operation
}

// ops runs one operation at a time; the others wait in order.
type ops struct {
	env     *screen.Env
	log     *transfers.Log
	current *op
	job     *job.Job
	waiting []*op
	stopped bool
	paused  bool

	problems []media.Event
	there    int // skipped, because the same content is there already
	leftOut  int // skipped, because it is no media
	cut      int // cut short by the person
}

// finished is the end of an operation.
type finished struct{ sum media.Summary }

// running tells whether anything runs, or waits.
func (o *ops) running() bool  { return o.current != nil || len(o.waiting) > 0 }
func (o *ops) is(id int) bool { return o.job.Is(id) }

// title names what runs, or what waits first; empty when nothing does.
func (o *ops) title() string {
	switch {
	case o.current != nil:
		return o.current.title
	case len(o.waiting) > 0:
		return o.waiting[0].title
	}
	return ""
}

// begin runs an operation, or lets it wait for the one that runs.
func (b *Browse) begin(x op) tea.Cmd {
	o := &b.ops
	x.asked = b.asked
	if at, ok := b.folder.at(); ok && b.folder.list.Cursor() == 0 {
		x.stood = at.Path
	}
	x.log = o.log.Add(&transfers.Operation{
		Kind: x.kind, Title: b.nameOf(x.kind), Files: x.files, Items: x.items, Each: x.control != nil, Sized: x.bytes > 0, Ref: &x,
	})
	x.files = nil
	o.waiting = append(o.waiting, &x)
	cmd := o.next()
	b.panel.Sync()
	return cmd
}

// nameOf names a kind of operation in the panel.
func (b *Browse) nameOf(kind string) string {
	w := b.words()
	switch kind {
	case media.OpPut:
		return w.UploadTitle
	case media.OpImport:
		return b.env.Text.UI.Transfers.Downloading
	case media.OpMove:
		return b.env.Text.UI.Keys.Rename
	case media.OpRemove:
		return b.env.Text.UI.Transfers.Removing
	case media.OpReplace:
		return b.env.Text.UI.Keys.Replace
	}
	return b.env.Text.Say("ui.recover.finish", nil)
}

// next starts what waits first, unless something runs or all is held.
func (o *ops) next() tea.Cmd {
	if o.current != nil || o.paused || len(o.waiting) == 0 {
		return nil
	}
	x := o.waiting[0]
	o.waiting = o.waiting[1:]
	o.current, o.stopped, o.problems = x, false, nil
	o.there, o.leftOut, o.cut = 0, 0, 0
	o.log.Start(x.log)
	var cmd tea.Cmd
	o.job, cmd = o.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		return finished{x.run(ctx, func(e media.Event) { emit(e) })}
	})
	return cmd
}

// stop ends what runs and drops what waits.
func (o *ops) stop() {
	o.stopped, o.paused = o.current != nil, false
	for _, x := range o.waiting {
		o.log.End(x.log)
	}
	o.waiting = nil
	o.job.Cancel()
}

// pause holds everything, or lets it go on: what runs begins no further file,
// where it can be reached, and what waits does not start.
func (o *ops) pause() tea.Cmd {
	o.paused = !o.paused
	if o.current != nil && o.current.control != nil {
		if o.paused {
			o.current.control.Pause()
		} else {
			o.current.control.Resume()
		}
	}
	return o.next()
}

// progress takes events: it counts, and brings the folder up to date.
func (b *Browse) progress(m job.Event) {
	o := &b.ops
	changed := false
	for _, x := range m.Items {
		e := x.(media.Event)
		o.log.Take(o.current.log, e)
		if e.Type != media.EventItem {
			continue
		}
		if e.Status == media.StatusDone {
			changed = b.apply(e) || changed
		}
		o.note(e)
	}
	b.panel.Sync()
	if changed {
		b.folder.list.SetLen(b.folder.count())
	}
}

// note keeps what is to be told of an item at the end. What the person cut
// short is no failure.
func (o *ops) note(e media.Event) {
	switch {
	case e.Code == media.CodeAborted:
		o.cut++
	case e.Status == media.StatusFailed, e.Status == media.StatusRefused:
		o.problems = append(o.problems, e)
	case e.Status == media.StatusSkipped && e.Code == media.CodeSame:
		o.there++
	case e.Status == media.StatusSkipped:
		o.leftOut++
	}
}

// finished tells the outcome and starts what waits.
func (b *Browse) finished(m job.Done, f finished) tea.Cmd {
	o := &b.ops
	if !o.job.Is(m.ID) || o.current == nil {
		return nil
	}
	x, problems := *o.current, o.problems
	stopped := o.stopped && (o.cut > 0 || f.sum.NotStarted > 0)
	o.current, o.job, o.stopped = nil, nil, false
	o.log.End(x.log)
	b.panel.Sync()
	cmd := tea.Batch(b.catchUp(x, f.sum), b.askStored())
	refused := b.refused(problems)
	switch {
	case refused != nil: // what is done already is left out of the new plan
		b.env.Post(screen.Say{Line: b.outcome(x, f.sum), Bad: true})
		b.env.Post(screen.Failed{Trouble: *refused, Again: b.again(func() tea.Cmd { return b.onceMore(x.log) })})
	case b.tracking && len(problems) > 0: // the panel has them
		line := b.outcome(x, f.sum) + b.between() + text.Fill(b.env.Text.UI.Transfers.AlsoFailed, "n", itoa(len(problems)))
		b.env.Post(screen.Say{Line: line, Bad: true})
	case len(problems) > 0 || f.sum.Left > 0:
		b.askOfProblems(x, f.sum, problems)
	case stopped, f.sum.Done == 0 && o.cut > 0:
		b.env.Post(screen.Say{Line: b.stoppedLine(x, f.sum)})
	default:
		b.env.Post(screen.Say{Line: b.outcome(x, f.sum) + b.purgedLine(x) + b.wayToPanel(x), Bad: x.items == 0 && f.sum.Failed > 0})
	}
	b.tellUnpurged(x)
	b.tellUnnoted()
	cmd = tea.Batch(cmd, b.follower.begin(x), o.next())
	b.panel.Sync()
	return cmd
}

// tellUnnoted says once that the catalogue did not take what was done.
func (b *Browse) tellUnnoted() {
	if u, ok := b.env.World.(world.Unnoter); ok {
		if id := u.Unnoted(); id != "" {
			b.env.Post(screen.Say{Line: b.env.Text.Say(id, nil)})
		}
	}
}

// askOfProblems tells what did not work, and asks what to do about it.
func (b *Browse) askOfProblems(x op, s media.Summary, problems []media.Event) {
	w := &b.env.Text.UI.Transfers
	options := []dialog.Option{{Label: b.env.Text.UI.Frame.Close}}
	if n := len(x.log.Retries()); n > 0 && x.again != nil {
		options = append(options, dialog.Option{Label: text.Fill(w.RetryFailed, "n", text.Thousands(int64(n))), Answer: do{func() tea.Cmd { return b.onceMore(x.log) }}})
	}
	options = append(options, dialog.Option{Label: w.ShowPanel, Answer: do{func() tea.Cmd { b.showTransfers(); return nil }}})
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, b.words().SomeFailed, b.problemLines(x, s, problems), options...)})
}

// refused is the trouble of the first item that failed because of the
// credentials; nil when none did.
func (b *Browse) refused(problems []media.Event) *world.Trouble {
	for _, e := range problems {
		if e.Err == nil {
			continue
		}
		if tr := b.env.World.Explain(b.place.Connection, e.Err); caller.Refused(tr) {
			return &tr
		}
	}
	return nil
}
