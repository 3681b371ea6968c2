package browse

import (
	"context"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
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
}

// ops runs one operation at a time; the others wait in order.
type ops struct {
	env     *screen.Env
	current *op
	job     *job.Job
	waiting []op
	stopped bool

	begun    time.Time
	done     int              // items
	moved    int64            // bytes of items that have ended
	partial  map[string]int64 // bytes so far of items under way
	name     string           // the item that moved last
	problems []media.Event
	there    int // skipped, because the same content is there already
	leftOut  int // skipped, because it is no media
	cut      int // cut short by the person's stop
	samples  []sample
}

// sample is how many bytes had gone over at a time, for the rate.
type sample struct {
	at    time.Time
	bytes int64
}

// finished is the end of an operation.
type finished struct{ sum media.Summary }

func (o *ops) running() bool  { return o.current != nil }
func (o *ops) is(id int) bool { return o.job.Is(id) }
func (o *ops) sofar() int64 {
	n := o.moved
	for _, p := range o.partial {
		n += p
	}
	return n
}

// begin runs an operation, or lets it wait for the one that runs.
func (b *Browse) begin(x op) tea.Cmd {
	o := &b.ops
	x.asked = b.asked
	if o.running() {
		o.waiting = append(o.waiting, x)
		return nil
	}
	return o.start(x)
}

func (o *ops) start(x op) tea.Cmd {
	o.current, o.stopped = &x, false
	o.begun, o.done, o.moved, o.name = o.env.Now(), 0, 0, ""
	o.partial, o.problems, o.samples = map[string]int64{}, nil, nil
	o.there, o.leftOut, o.cut = 0, 0, 0
	var cmd tea.Cmd
	o.job, cmd = o.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		return finished{x.run(ctx, func(e media.Event) { emit(e) })}
	})
	return cmd
}

// stop ends what runs and drops what waits.
func (o *ops) stop() {
	o.stopped = o.current != nil
	o.waiting = nil
	o.job.Cancel()
}

// progress takes events: it counts, and brings the folder up to date.
func (b *Browse) progress(m job.Event) {
	o := &b.ops
	changed := false
	for _, x := range m.Items {
		e := x.(media.Event)
		switch e.Type {
		case media.EventProgress:
			o.partial[e.Path] = e.Bytes
			o.name = e.Path
		case media.EventItem:
			o.done++
			delete(o.partial, e.Path)
			o.name = e.Path
			if e.Status == media.StatusDone {
				o.moved += e.Bytes
				changed = b.apply(e) || changed
			}
			o.note(e)
		}
	}
	o.samples = append(o.samples, sample{b.now(), o.sofar()})
	for len(o.samples) > 2 && b.now().Sub(o.samples[0].at) > 5*time.Second {
		o.samples = o.samples[1:]
	}
	if changed {
		b.folder.list.SetLen(b.folder.count())
	}
}

// note keeps what is to be told of an item at the end. What the person's own
// stop cut short is no failure.
func (o *ops) note(e media.Event) {
	switch {
	case e.Code == media.CodeAborted && o.stopped:
		o.cut++
	case e.Status == media.StatusFailed, e.Status == media.StatusRefused:
		o.problems = append(o.problems, e)
	case e.Status == media.StatusSkipped && e.Code == media.CodeSame:
		o.there++
	case e.Status == media.StatusSkipped:
		o.leftOut++
	}
}

// apply brings the list up to date with one item that was done, so that
// nothing has to be read again and the cursor stays.
func (b *Browse) apply(e media.Event) bool {
	b.picked.drop(e.Path)
	b.follow(e.Path, e.To)
	if b.ops.current.items > live || b.ops.current.kind == media.OpRecover {
		return false
	}
	switch e.Op {
	case media.OpRemove:
		b.folder.drop(func(p string) bool { return p == e.Path })
	case media.OpMove:
		b.renamed(e.Path, e.To, e.Bytes)
	case media.OpReplace:
		if e.To != "" && e.To != e.Path {
			b.renamed(e.Path, e.To, e.Bytes)
		} else {
			b.appear(e.Path, e.Bytes)
		}
	case media.OpPut:
		if b.folder.hits {
			break // whether a search finds it is not known here
		}
		b.appear(e.Path, e.Bytes)
	}
	return true
}

// live is how many items an operation may have for the list to follow each of
// them; after a larger one the folder is read anew.
const live = 500

// renamed gives a file its new name in the list. A cursor on it follows it;
// where it left the folder the cursor keeps its row.
func (b *Browse) renamed(from, to string, size int64) {
	at, ok := b.folder.at()
	b.folder.drop(func(p string) bool { return p == from })
	b.appear(to, size)
	if ok && at.Path == from {
		b.folder.selectPath(to)
	}
}

// appear puts a new file, or the folder that it makes, into the list.
func (b *Browse) appear(path string, size int64) {
	rest, here := strings.CutPrefix(path, b.folder.path)
	if !here {
		return
	}
	if b.folder.hits {
		b.folder.put(media.Item{Path: path, Size: size, Modified: b.now()})
		return
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		b.folder.put(media.Item{Path: b.folder.path + rest[:i+1], Folder: true})
		return
	}
	b.folder.put(media.Item{Path: path, Size: size, Modified: b.now()})
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
	cmd := b.catchUp(x, f.sum)
	refused, again := b.refused(problems), b.again(b.repeat(x.asked))
	switch {
	case refused != nil: // what is done already is left out of the new plan
		b.env.Post(screen.Say{Line: b.outcome(x, f.sum), Bad: true})
		b.env.Post(screen.Failed{Trouble: *refused, Again: again})
	case len(problems) > 0 || f.sum.Left > 0:
		b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, b.words().SomeFailed, b.problemLines(x, f.sum, problems), nil)})
	case stopped:
		b.env.Post(screen.Say{Line: b.stoppedLine(x, f.sum)})
	default:
		b.env.Post(screen.Say{Line: b.outcome(x, f.sum) + b.purgedLine(x), Bad: x.items == 0 && f.sum.Failed > 0})
	}
	b.tellUnpurged(x)
	if len(o.waiting) > 0 {
		next := o.waiting[0]
		o.waiting = o.waiting[1:]
		return tea.Batch(cmd, o.start(next))
	}
	return cmd
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

// catchUp brings the list up to date at the end of an operation.
func (b *Browse) catchUp(x op, s media.Summary) tea.Cmd {
	whole := s.Failed == 0 && s.Refused == 0 && s.NotStarted == 0
	b.hunt.stale = b.hunt.on
	if x.kind == media.OpMove && parentOf(x.to) != b.folder.path {
		b.picked.clear() // what was picked was meant beside what is gone now
	}
	at, ok := b.folder.at()
	follow := ok && x.from != "" && at.Path == x.from && whole
	if x.items > live || x.kind == media.OpRecover || len(b.leaving) > 0 && !whole {
		for p := range b.leaving {
			b.picked.drop(p)
		}
		b.leaving = nil
		cmd := b.reload()
		if follow {
			b.folder.want = x.to
		}
		return cmd
	}
	if x.items == 0 && x.to != "" && whole { // an empty folder, of which no file tells
		b.appear(x.to, 0)
	}
	b.dropFolders()
	if follow {
		b.folder.selectPath(x.to)
	}
	return b.more()
}

// dropFolders takes folders off the list once all their files are gone.
func (b *Browse) dropFolders() {
	gone := map[string]bool{}
	for p := range b.leaving {
		gone[p] = true
		b.picked.drop(p)
	}
	b.leaving = nil
	if len(gone) > 0 {
		b.folder.drop(func(p string) bool { return gone[p] })
	}
}

// outcome is one line about an operation that went well.
func (b *Browse) outcome(x op, s media.Summary) string {
	w := b.words()
	if x.items == 0 && x.kind != media.OpPut {
		return emptyOutcome(w, x, s)
	}
	t := map[string]string{
		media.OpPut: w.DonePut, media.OpMove: w.DoneMove, media.OpRemove: w.DoneRemove, media.OpReplace: w.DoneReplace,
		media.OpRecover: b.env.Text.Say("ui.recover.done", map[string]string{"count": "{n}"}),
	}[x.kind]
	line := text.Fill(t, "n", text.Thousands(int64(s.Done)), "size", text.Bytes(s.Bytes), "time", b.env.Text.Duration(s.Duration))
	if b.ops.there > 0 {
		line += " " + text.Fill(w.AlsoSkipped, "n", itoa(b.ops.there))
	}
	if b.ops.leftOut > 0 {
		line += " " + text.Fill(w.AlsoLeftOut, "n", itoa(b.ops.leftOut))
	}
	if s.NotStarted > 0 {
		line += " " + text.Fill(w.NotStarted, "n", itoa(s.NotStarted))
	}
	if s.Kept > 0 {
		line += " " + text.Fill(w.UploadsKept, "n", itoa(s.Kept))
	}
	if s.Hidden > 0 {
		line += " " + text.Fill(w.StillVersions, "n", itoa(s.Hidden))
	}
	return line
}

// emptyOutcome is one line about folders without files.
func emptyOutcome(w *text.BrowseWords, x op, s media.Summary) string {
	switch {
	case s.Failed > 0:
		return w.FolderStays
	case x.kind == media.OpMove:
		return w.FolderRenamed
	}
	return w.FolderGone
}

// stoppedLine is one line about an operation that the person stopped.
func (b *Browse) stoppedLine(x op, s media.Summary) string {
	w := b.words()
	t := w.StoppedPut
	switch x.kind {
	case media.OpMove:
		t = w.StoppedMove
	case media.OpRemove:
		t = w.StoppedRemove
	}
	kept := ""
	if s.Kept > 0 {
		t, kept = w.StoppedKept, " "+text.Fill(w.UploadsKept, "n", itoa(s.Kept))
	}
	return text.Fill(t, "n", text.Thousands(int64(s.Done)), "of", text.Thousands(int64(s.Done+s.NotStarted+b.ops.cut))) + kept
}

// problemLines list what did not work, with the reasons.
func (b *Browse) problemLines(x op, s media.Summary, problems []media.Event) []dialog.Line {
	lines := []dialog.Line{{Text: b.outcome(x, s), Wrap: true}, {}}
	for i, e := range problems {
		if i == 20 {
			lines = append(lines, dialog.Line{Text: text.Fill(b.words().MoreProblems, "n", itoa(len(problems)-i)), Role: dialog.Muted})
			break
		}
		lines = append(lines, dialog.Line{Text: text.Safe(e.Path), Role: dialog.Strong})
		if e.Err == nil {
			lines = append(lines, dialog.Line{Text: b.env.Sentence("media."+e.Code, map[string]string{"path": e.Path}), Role: dialog.Bad, Wrap: true})
			continue
		}
		lines = append(lines, dialog.TroubleLines(b.env, b.env.World.Explain(b.place.Connection, e.Err))...)
		lines = append(lines, dialog.Line{})
	}
	return lines
}

// rate is bytes a second over the last seconds, 0 while unknown.
func (o *ops) rate() float64 {
	if len(o.samples) < 2 {
		return 0
	}
	first, last := o.samples[0], o.samples[len(o.samples)-1]
	d := last.at.Sub(first.at).Seconds()
	if d < 0.2 {
		return 0
	}
	return float64(last.bytes-first.bytes) / d
}
