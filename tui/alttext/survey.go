package alttext

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
)

// mostQueued is how many pictures of each kind are held at once: nobody writes
// more in a sitting, and a library may lack millions.
const mostQueued = 2000

// surveyed is what there is to do.
type surveyed struct {
	cat    world.AltTexts
	survey *alttext.Survey
	err    error
}

type readSoFar int

// survey counts the pictures and finds those that somebody should look at. The
// list of files is read before where it never was, is old and small, or force
// says so.
func (b *Bench) survey(force bool) tea.Cmd {
	b.load.Cancel()
	b.err, b.read, b.saved = nil, 0, ""
	have, now, prefix := b.cat, b.env.Now(), b.prefix()
	var cmd tea.Cmd
	b.load, cmd = b.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		cat, err := b.open(ctx, have)
		if err != nil {
			return surveyed{err: err}
		}
		at, files, err := cat.Refreshed(ctx)
		if err == nil && (force || world.ReadList(at, files, now)) {
			err = cat.Refresh(ctx, func(n int) { emit(readSoFar(n)) })
		}
		if err != nil {
			return surveyed{cat: cat, err: err}
		}
		s, err := count(ctx, cat, prefix)
		return surveyed{cat, s, err}
	})
	return cmd
}

func (b *Bench) prefix() string {
	if b.whole {
		return ""
	}
	return b.place.Folder
}

func count(ctx context.Context, cat world.AltTexts, prefix string) (*alttext.Survey, error) {
	var r alttext.Repeats
	err := cat.Repeated(ctx, alttext.MostAlike, func(e catalog.Entry) error {
		if catalog.Kind(e.Path) == catalog.KindImage {
			r.Add(e.Path, e.Alt)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s := &alttext.Survey{Keep: mostQueued, Repeats: r.Found()}
	err = cat.Pictures(ctx, prefix, func(e catalog.Entry) error {
		s.Add(alttext.Picture{Path: e.Path, Alt: e.Alt, Mark: e.AltMark})
		return nil
	})
	return s, err
}

func (b *Bench) progress(m job.Event) {
	if !b.load.Is(m.ID) {
		return
	}
	for _, x := range m.Items {
		if n, ok := x.(readSoFar); ok {
			b.read = int(n)
		}
	}
}

func (b *Bench) surveyed(m job.Done, r surveyed) tea.Cmd {
	if !b.load.Is(m.ID) {
		return nil
	}
	b.load = nil
	if r.cat != nil {
		b.cat = r.cat
	}
	if r.err != nil {
		if m.Canceled {
			b.whole = b.counted
			return nil
		}
		b.err = r.err
		b.env.Post(screen.Failed{Trouble: b.env.World.Explain(b.place.Connection, r.err), Again: again{}})
		return nil
	}
	b.coverage, b.counted = r.survey.Coverage, b.whole
	before := b.queue
	b.queue = nil
	there := map[string]bool{}
	for _, j := range r.survey.Queue() {
		b.queue = append(b.queue, &item{Judged: j})
		there[j.Path] = true
	}
	for _, it := range before { // what was typed is not lost with the reason for it
		if _, typed := b.drafts[it.Path]; typed && !there[it.Path] {
			b.queue = append(b.queue, &item{Judged: it.Judged})
		}
	}
	return b.show(0)
}

// looked is how a picture is now, and what its other forms say.
type looked struct {
	it     *item
	writes int // the item's, when it was asked for
	entry  catalog.Entry
	asked  bool // the catalogue has answered
	known  bool
	offers []string
}

// look asks for a picture anew as it is shown: somebody else may have written
// about it since the pictures were counted.
func (b *Bench) look(it *item) tea.Cmd {
	if it.asked {
		return nil
	}
	it.asked = true
	cat, writes := b.cat, it.writes
	_, cmd := b.env.Do(func(ctx context.Context) any {
		out := looked{it: it, writes: writes}
		if found, err := cat.Get(ctx, it.Path); err == nil {
			out.asked = true
			out.entry, out.known = found[it.Path]
		}
		_ = cat.Pictures(ctx, alttext.Prefix(it.Path), func(e catalog.Entry) error { // nothing is offered where it fails
			if e.Path != it.Path && alttext.Variant(e.Path) == alttext.Variant(it.Path) {
				out.offer(e)
			}
			return nil
		})
		return out
	})
	return cmd
}

// offer takes over the alt text of another form of the picture, if nothing is
// wrong with it. Nothing is made up.
func (l *looked) offer(e catalog.Entry) {
	if alttext.Judge(alttext.Picture{Path: e.Path, Alt: e.Alt, Mark: e.AltMark}).Class != alttext.Fine || len(l.offers) == 3 {
		return
	}
	for _, o := range l.offers {
		if o == e.Alt {
			return
		}
	}
	l.offers = append(l.offers, e.Alt)
}

func (b *Bench) looked(r looked) {
	it := r.it
	it.offers = r.offers
	if r.asked {
		it.gone = !r.known || !r.entry.Present
	}
	if r.known && !it.gone {
		file := b.cat.Item(r.entry)
		it.file = &file
	}
	if !r.known || it.saving || r.writes != it.writes || r.entry.AltText() == it.seen() {
		return
	}
	if b.touched(it) {
		theirs := r.entry.AltText()
		it.theirs = &theirs
		return
	}
	b.take(it, r.entry)
	if it == b.item() {
		b.fill(it)
	}
}

// take takes over how a picture is now, and counts it as that.
func (b *Bench) take(it *item, e catalog.Entry) {
	b.coverage.Count(it.Class, -1)
	it.Alt, it.Mark = e.Alt, e.AltMark
	it.Repeated = false // whether the new text is, the next count tells
	it.Verdict = alttext.Judge(it.Picture)
	it.theirs = nil
	it.done = len(it.Reasons) == 0
	b.coverage.Count(it.Class, 1)
}
