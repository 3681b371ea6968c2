package browse

import (
	"context"
	"sort"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/vlist"
)

// order is how a folder's items are sorted.
type order int

const (
	byName  order = iota // as S3 gives them, folders first within a page
	byDate               // the newest first
	bySize               // the largest first
	nOrders = 3
)

// folder is what is loaded of one folder, and which of it is shown.
type folder struct {
	path  string
	items items
	next  string // token of the next page
	upto  string // the last path of those before it
	whole bool   // everything is loaded
	hits  bool   // the items are what a search found, of any folder
	load  *job.Job
	err   error

	order  order
	filter string
	// shown are the indices of items in the order of the list; nil for all
	// as they are, so that a large folder needs no copy.
	shown []int
	list  vlist.List
	// want is the path to put the cursor on once it is loaded.
	want string
}

func (f *folder) count() int {
	if f.shown != nil {
		return len(f.shown)
	}
	return f.items.len()
}

// item is the i-th of the list.
func (f *folder) item(i int) media.Item {
	if f.shown != nil {
		i = f.shown[i]
	}
	return f.items.at(i)
}

// pathOf is that of the i-th of the list.
func (f *folder) pathOf(i int) string {
	if f.shown != nil {
		i = f.shown[i]
	}
	return f.items.path(i)
}

// at is the item under the cursor.
func (f *folder) at() (media.Item, bool) {
	i := f.list.Cursor()
	if i < 0 || i >= f.count() {
		return media.Item{}, false
	}
	return f.item(i), true
}

// arrange makes shown anew and keeps the cursor on its item.
func (f *folder) arrange() { f.change(func() {}) }

// change alters the items and arranges them anew. The cursor stays on its
// item, wherever that has moved; when it is gone, on its row.
func (f *folder) change(alter func()) {
	at, had := f.at()
	alter()
	f.sift()
	f.list.SetLen(f.count())
	if had {
		f.selectPath(at.Path)
	}
}

// sift makes shown anew.
func (f *folder) sift() {
	f.shown = nil
	if f.filter != "" || f.order != byName {
		f.shown = make([]int, 0, f.items.len())
		needle := plainName(f.filter)
		for i := range f.items.len() {
			if needle == "" || strings.Contains(plainName(media.Item{Path: f.items.path(i)}.Name()), needle) {
				f.shown = append(f.shown, i)
			}
		}
		f.sort()
	}
}

// plainName is a name as it is searched: without regard to case, and with
// composed characters, since names from a Mac are often decomposed.
func plainName(s string) string { return strings.ToLower(address.NFC(s)) }

// sort puts shown into order: folders first, then by date or size.
func (f *folder) sort() {
	if f.order == byName {
		return
	}
	sort.SliceStable(f.shown, func(a, b int) bool {
		x, y := f.items.facts(f.shown[a]), f.items.facts(f.shown[b])
		switch {
		case x.folder != y.folder:
			return x.folder
		case f.order == bySize:
			return x.size > y.size
		}
		return x.modified > y.modified
	})
}

func (f *folder) nextOrder() {
	f.order = (f.order + 1) % nOrders
	f.arrange()
	f.list.Select(0)
}

func (f *folder) selectPath(p string) bool {
	for i := range f.count() {
		if f.pathOf(i) == p {
			f.list.Select(i)
			return true
		}
	}
	return false
}

// add takes another page.
func (f *folder) add(p media.Page) {
	f.next, f.whole = p.Next, p.Next == ""
	f.upto = strings.Clone(max(f.upto, lastPath(p.Items)))
	if f.shown != nil {
		f.change(func() { f.items.add(p.Items) })
	} else {
		f.items.add(p.Items)
		f.list.SetLen(f.items.len())
	}
	if f.want != "" && f.selectPath(f.want) {
		f.want = ""
	}
}

// put adds an item that has come into being, or replaces the one of its name.
func (f *folder) put(it media.Item) {
	for i := range f.items.len() {
		if f.items.path(i) == it.Path {
			f.change(func() { f.items.set(i, it) })
			return
		}
	}
	i := sort.Search(f.items.len(), func(i int) bool {
		x := f.items.at(i)
		if x.Folder != it.Folder {
			return !x.Folder
		}
		return x.Path > it.Path
	})
	if i == f.items.len() && !f.whole {
		return // it will come with a later page
	}
	f.change(func() { f.items.insert(i, it) })
}

// drop takes items away; gone tells which. A cursor on one of them goes to
// the one that follows.
func (f *folder) drop(gone func(path string) bool) {
	at, had := f.at()
	row := f.list.Cursor()
	for i := range f.list.Cursor() {
		if gone(f.pathOf(i)) {
			row--
		}
	}
	f.change(func() { f.items.drop(gone) })
	if had && gone(at.Path) {
		f.list.Select(row)
	}
}

// --- loading

type page struct {
	folder string
	after  string // the last path of the pages before
	page   media.Page
	err    error
}

// enter shows a folder, the cursor where it stood when one was there last.
func (b *Browse) enter(path string) tea.Cmd {
	if it, ok := b.folder.at(); ok {
		b.stood[b.folder.path] = it.Path
	}
	b.folder.load.Cancel()
	b.hunt.stop()
	b.hunt = hunt{}
	list := b.folder.list
	b.folder = folder{path: path, order: b.folder.order, list: list, want: b.stood[path]}
	b.folder.list.SetLen(0)
	b.find.Set("")
	b.finding = false
	return b.fetch()
}

// up goes to the folder above, the cursor on the one it came from.
func (b *Browse) up() tea.Cmd {
	if b.folder.path == "" {
		return nil
	}
	from := b.folder.path
	parent := parentOf(from)
	cmd := b.enter(parent)
	b.folder.want = from
	return cmd
}

func parentOf(path string) string {
	path = strings.TrimSuffix(path, "/")
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return ""
	}
	return path[:i+1]
}

// reload reads the folder anew.
func (b *Browse) reload() tea.Cmd {
	b.sight.Forget()
	if b.hunt.on { // whoever types must not find letters to be keys suddenly
		return b.ask()
	}
	filter := b.folder.filter
	cmd := b.enter(b.folder.path)
	b.folder.filter = filter
	b.folder.arrange()
	return cmd
}

// more asks for the next page when the cursor is near the end, and not before.
func (b *Browse) more() tea.Cmd {
	f := &b.folder
	if f.whole || f.load != nil || f.err != nil || b.lib == nil || !f.list.Near() {
		return nil
	}
	return b.fetch()
}

func (b *Browse) fetch() tea.Cmd {
	f := &b.folder
	f.err = nil
	path, after, token, lib := f.path, f.upto, f.next, b.lib
	var cmd tea.Cmd
	f.load, cmd = b.env.Do(func(ctx context.Context) any {
		p, err := lib.Page(ctx, path, token)
		return page{path, after, p, err}
	})
	return cmd
}

// fetchAgain asks once more for the page that did not come, unless it has come
// meanwhile.
func (b *Browse) fetchAgain() tea.Cmd {
	if b.folder.err == nil {
		return nil
	}
	return b.fetch()
}

func (b *Browse) paged(m job.Done, p page) tea.Cmd {
	f := &b.folder
	if !f.load.Is(m.ID) {
		return nil // of a folder that was left
	}
	f.load = nil
	if p.err != nil {
		f.err = p.err
		b.env.Post(screen.Failed{
			Trouble: b.env.World.Explain(b.place.Connection, p.err), Again: b.again(b.fetchAgain), Shown: f.items.len() == 0,
		})
		return nil
	}
	f.add(p.page)
	b.tree.heard(p)
	return tea.Batch(b.more(), b.askWritten(p.page.Items))
}

// --- finding among what is loaded

func (b *Browse) setFilter(s string) {
	b.folder.filter = s
	if b.find.Value() != s {
		b.find.Set(s)
	}
	b.folder.arrange()
}

func (b *Browse) pressFind(m tea.KeyPressMsg) tea.Cmd {
	k := b.env.Keys
	switch {
	case key.Matches(m, k.Confirm):
		b.finding = false
	case key.Matches(m, k.Cancel):
		b.finding = false
		b.setFilter("")
	case m.Code == tea.KeyUp, m.Code == tea.KeyDown:
		b.folder.list.Key(m, k)
	default:
		if b.find.Update(m) {
			b.setFilter(b.find.Value())
			b.folder.list.Select(0)
		}
	}
	return b.more()
}
