package browse

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
)

// keepTree brings the tree in line with what the list shows and with what was
// done, at the end of every update. What the list has read is read no second
// time; while the tree is not on the screen it costs nothing.
func (b *Browse) keepTree() {
	t := &b.tree
	if !b.treeKept() {
		t.blind, t.focus = true, false
		return
	}
	t.begin()
	if f := &b.folder; !f.hits && (t.blind || t.here == nil || t.shows != f.path || !t.holds(t.here)) {
		t.here, t.shows = t.reveal(f.path), f.path
		if f.whole || f.upto != "" {
			t.take(t.here, f.part())
		}
		t.blind = false
		if t.stale {
			t.lay()
		}
		t.point(t.here, twigFolder)
	}
	t.list.SetHeight(b.listHeight())
	if t.stale {
		t.lay()
	}
}

// part is what is loaded of a folder, as the tree takes it.
func (f *folder) part() part {
	p := part{upto: f.upto, next: f.next}
	for i := range f.items.len() {
		if f.items.facts(i).folder {
			p.folders = append(p.folders, f.items.path(i))
		}
	}
	return p
}

// branched is a page of a folder that was unfolded.
type branched struct {
	at     *branch
	folder string
	after  string
	page   media.Page
	err    error
}

// unfold shows what is in a folder, and lists it where that is not known.
func (b *Browse) unfold(at *branch) tea.Cmd {
	at.open, b.tree.stale = true, true
	if at.read == nil {
		return b.listBranch(at)
	}
	return nil
}

// foldUp hides it, and stops listing it.
func (b *Browse) foldUp(at *branch) {
	at.open, b.tree.stale = false, true
	at.stop()
	if at.read != nil && !at.read.whole && at.read.upto == "" {
		at.read = nil
	}
}

// listBranch asks for the next page of a folder.
func (b *Browse) listBranch(at *branch) tea.Cmd {
	if b.lib == nil {
		return nil
	}
	if at.read == nil {
		at.read = &reading{}
	}
	r := at.read
	if r.load != nil || r.whole {
		return nil
	}
	r.err, b.tree.stale = nil, true
	ask, token, lib := branched{at: at, folder: at.path(), after: r.upto}, r.next, b.lib
	var cmd tea.Cmd
	r.load, cmd = b.env.Do(func(ctx context.Context) any {
		ask.page, ask.err = lib.Page(ctx, ask.folder, token)
		return ask
	})
	return cmd
}

// listAnew lists a folder from its beginning.
func (b *Browse) listAnew(at *branch) tea.Cmd {
	at.open, b.tree.stale = true, true
	if at == b.tree.here && !b.folder.hits {
		return b.reload() // of which the tree hears
	}
	if at.read != nil {
		at.read.load.Cancel()
	}
	at.read = nil
	return b.listBranch(at)
}

// mostDry is how many pages in a row are read on to find a folder among files.
const mostDry = 10

// branched takes the page. A folder of many files is read on until there is a
// subfolder to be shown; not for ever, since each page is a request.
func (b *Browse) branched(m job.Done, r branched) tea.Cmd {
	t, at := &b.tree, r.at
	if !t.holds(at) || at.read == nil || !at.read.load.Is(m.ID) {
		return nil
	}
	at.read.load, t.stale = nil, true
	switch {
	case m.Canceled:
		return nil
	case at.path() != r.folder: // it was renamed meanwhile
		at.read = nil
		return b.listBranch(at)
	case r.err != nil:
		at.read.err = r.err
		b.env.Post(screen.Failed{
			Trouble: b.env.World.Explain(b.place.Connection, r.err), Shown: true,
			Again: b.again(func() tea.Cmd { return b.listBranch(at) }),
		})
		return nil
	}
	p := partOf(r.after, r.page)
	t.take(at, p)
	if at.read.dry++; len(p.folders) > 0 {
		at.read.dry = 0
	}
	if at.open && !at.read.full && at.read.dry > 0 && at.read.dry < mostDry {
		return b.listBranch(at)
	}
	at.read.dry = 0
	return nil
}

// heard takes a page that the list has read.
func (t *tree) heard(p page) {
	if t.blind || t.top == nil {
		return
	}
	if at, ok := t.find(p.folder); ok {
		t.take(at, partOf(p.after, p.page))
	}
}

// sprout takes what was done to one file: the folders that it made.
func (t *tree) sprout(e media.Event) {
	switch {
	case t.top == nil:
	case e.To != "":
		t.grow(e.To)
	case e.Op == media.OpPut || e.Op == media.OpImport:
		t.grow(e.Path)
	}
}

// followFolders takes what an operation that succeeded did to whole folders,
// in the tree, and leaves the folder that is not there any more.
func (b *Browse) followFolders(x op) tea.Cmd {
	isFolder := func(p string) bool { return strings.HasSuffix(p, "/") }
	to := ""
	gone := func(p string) bool { return strings.HasPrefix(b.folder.path, p) && !b.folder.hits }
	switch {
	case x.kind == media.OpMove && isFolder(x.from) && isFolder(x.to):
		if b.tree.top != nil {
			b.tree.move(x.from, x.to)
		}
		if !gone(x.from) {
			return nil
		}
		to = x.to + strings.TrimPrefix(b.folder.path, x.from)
	case x.kind == media.OpRemove:
		lost := false
		for p := range b.leaving {
			b.tree.fell(p)
			if gone(p) && (!lost || len(p) < len(to)) {
				lost, to = true, p
			}
		}
		if !lost {
			return nil
		}
		to = parentOf(to)
	default:
		return nil
	}
	return b.enter(to)
}
