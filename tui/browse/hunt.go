package browse

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// hunt is the search over all media at once. While it is on, the list shows
// its hits in place of a folder.
type hunt struct {
	on     bool
	typing bool
	field  line.Field
	asked  *job.Job      // for hits
	counts *job.Job      // how many there are
	total  catalog.Total // what is known of that so far
	beyond bool          // there are more than are shown

	reading *job.Job // the whole list of files
	read    int      // how many of them so far
	at      time.Time
	files   int

	back  folder // what was shown before
	stale bool   // something has changed since
}

// beginHunt shows the newest files of all, to be narrowed by typing.
func (b *Browse) beginHunt() tea.Cmd {
	b.folder.load.Cancel()
	b.folder.load = nil
	list := b.folder.list
	b.hunt = hunt{on: true, typing: true, field: line.New(""), back: b.folder}
	b.folder = folder{hits: true, whole: true, list: list}
	b.folder.list.SetLen(0)
	return tea.Batch(b.ask(), b.readIfOld(false))
}

// endHunt goes back to the folder.
func (b *Browse) endHunt() tea.Cmd {
	b.hunt.stop()
	back, list, stale := b.hunt.back, b.folder.list, b.hunt.stale
	b.hunt = hunt{}
	b.folder = back
	b.folder.list = list
	b.folder.list.SetLen(b.folder.count())
	if it, ok := back.at(); ok {
		b.folder.selectPath(it.Path)
	}
	if stale {
		return b.reload()
	}
	return b.more()
}

// openHit goes to the folder in which a hit lies, the cursor on it.
func (b *Browse) openHit(it media.Item) tea.Cmd {
	cmd := b.enter(parentOf(it.Path))
	b.folder.want = it.Path
	return cmd
}

// stop ends what runs in the background.
func (h *hunt) stop() {
	h.asked.Cancel()
	h.counts.Cancel()
	h.reading.Cancel()
}

// hits is the answer of a search.
type hits struct {
	catalogued
	catalog.Hits
	q     catalog.Query
	at    time.Time
	files int
}

// ask searches for what is typed; an earlier question is not waited for.
func (b *Browse) ask() tea.Cmd {
	b.hunt.asked.Cancel()
	b.hunt.counts.Cancel()
	b.hunt.counts = nil
	have, q := b.written.cat, catalog.Query{Text: b.hunt.field.Value()}
	var cmd tea.Cmd
	b.hunt.asked, cmd = b.env.Do(func(ctx context.Context) any {
		cat, err := b.catalogue(ctx, have)
		if err != nil {
			return hits{catalogued: catalogued{err: err}}
		}
		found, err := cat.Search(ctx, q)
		out := hits{catalogued: catalogued{cat: cat, err: err}, Hits: found, q: q}
		if err == nil {
			out.at, out.files, out.err = cat.Refreshed(ctx)
		}
		return out
	})
	return cmd
}

// hit shows what was found.
func (b *Browse) hit(m job.Done, r hits) tea.Cmd {
	if !b.hunt.on || !b.hunt.asked.Is(m.ID) {
		return nil
	}
	b.hunt.asked = nil
	if r.err != nil {
		if !m.Canceled {
			b.trouble(r.err, nil)
		}
		return nil
	}
	b.written.cat = r.cat
	b.hunt.total, b.hunt.beyond = catalog.Total{Files: len(r.Entries), More: r.More}, r.More
	b.hunt.at, b.hunt.files = r.at, r.files
	found := make([]media.Item, len(r.Entries))
	known := map[string]catalog.Entry{}
	for i, e := range r.Entries {
		found[i] = media.Item{Path: e.Path, Size: e.Size, Modified: e.Modified, ETag: e.ETag}
		known[e.Path] = e
	}
	b.know(known)
	b.folder.change(func() {
		b.folder.items = items{}
		b.folder.items.add(found)
	})
	if !r.More {
		return nil
	}
	return b.count(r)
}

// counted is how many files a search finds.
type counted struct {
	total catalog.Total
	err   error
}

// count finds out how many files there are beyond the hits that are shown.
func (b *Browse) count(r hits) tea.Cmd {
	var cmd tea.Cmd
	b.hunt.counts, cmd = b.env.Do(func(ctx context.Context) any {
		total, err := r.cat.Count(ctx, r.q)
		return counted{total, err}
	})
	return cmd
}

// counted shows how many there are. Where that could not be found out, "100+"
// stays, which is true.
func (b *Browse) counted(m job.Done, r counted) {
	if !b.hunt.counts.Is(m.ID) {
		return
	}
	b.hunt.counts = nil
	if r.err == nil && r.total.Files >= b.hunt.total.Files {
		b.hunt.total = r.total
	}
}

// listRead is the end of reading the whole list.
type listRead struct{ err error }

// readIfOld reads the list of all files anew where it never was read, or is old
// and small; force reads it in any case.
func (b *Browse) readIfOld(force bool) tea.Cmd {
	if b.hunt.reading != nil {
		return nil
	}
	have, now := b.written.cat, b.now()
	var cmd tea.Cmd
	b.hunt.reading, cmd = b.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		cat, err := b.catalogue(ctx, have)
		if err != nil {
			return listRead{err}
		}
		at, files, err := cat.Refreshed(ctx)
		if err != nil {
			return listRead{err}
		}
		if !force && !world.ReadList(at, files, now) {
			return listRead{}
		}
		return listRead{cat.Refresh(ctx, func(n int) { emit(readSoFar(n)) })}
	})
	return cmd
}

type readSoFar int

func (b *Browse) listProgress(m job.Event) {
	for _, x := range m.Items {
		if n, ok := x.(readSoFar); ok {
			b.hunt.read = int(n)
		}
	}
}

func (b *Browse) listRead(m job.Done, r listRead) tea.Cmd {
	if !b.hunt.on || !b.hunt.reading.Is(m.ID) {
		return nil
	}
	b.hunt.reading = nil
	if r.err != nil && !m.Canceled {
		b.env.Post(screen.Failed{Trouble: b.env.World.Explain(b.place.Connection, r.err), Again: b.again(func() tea.Cmd { return b.readIfOld(true) })})
	}
	return b.ask()
}

// pressHunt handles the keys while a search is typed; other keys than these
// are text.
func (b *Browse) pressHunt(m tea.KeyPressMsg) tea.Cmd {
	k := b.env.Keys
	switch {
	case key.Matches(m, k.Cancel):
		return b.endHunt()
	case key.Matches(m, k.Confirm):
		b.hunt.typing = false
	case m.Code == tea.KeyUp, m.Code == tea.KeyDown, m.Code == tea.KeyPgUp, m.Code == tea.KeyPgDown:
		b.folder.list.Key(m, k)
	case b.hunt.field.Update(m):
		b.folder.list.Select(0)
		return b.ask()
	}
	return nil
}

// huntFoot is the search's line: what is typed, how much was found, and from
// when the list of files is.
func (b *Browse) huntFoot() (string, int) {
	t, w := b.env.Theme, b.words()
	label := w.HuntLabel + " "
	n := text.Thousands(int64(b.hunt.total.Files))
	if b.hunt.total.More {
		n += "+"
	}
	right := text.Fill(w.HuntFound, "n", n)
	switch {
	case b.hunt.reading != nil && b.hunt.read > 0:
		right += "   " + text.Fill(w.HuntReading, "n", text.Thousands(int64(b.hunt.read)))
	case b.hunt.reading != nil && b.hunt.at.IsZero():
		right = w.HuntBegins
	case world.ListOld(b.hunt.at, b.now()) && !world.ReadList(b.hunt.at, b.hunt.files, b.now()):
		right += "   " + text.Fill(w.HuntFrom, "time", b.when(b.hunt.at))
	}
	room := max(b.w-4-grid.Width(label)-grid.Width(right)-3, 8)
	b.hunt.field.SetWidth(room)
	drawn, x := b.hunt.field.View(t.Text, w.HuntHint, t.Faint)
	if !b.hunt.typing {
		drawn, x = grid.Fit(b.hunt.field.Plain(), room), -1
	}
	out := "  " + t.Accent.Render(label) + drawn + grid.Space(max(room-grid.Width(drawn), 0)) + "   " + t.Muted.Render(right)
	if x < 0 {
		return grid.Cut(out, b.w), -1
	}
	return grid.Cut(out, b.w), 2 + grid.Width(label) + x
}
