package browse

import (
	"sort"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/transfers"
)

// selection is what the person has marked, across folders, and how much that
// is together.
type selection struct {
	items map[string]media.Item // by path
	bytes int64
}

func (s *selection) has(path string) bool { _, on := s.items[path]; return on }

func (s *selection) count() int { return len(s.items) }

func (s *selection) add(it media.Item) {
	if s.has(it.Path) {
		return
	}
	if s.items == nil {
		s.items = map[string]media.Item{}
	}
	s.items[it.Path] = it
	s.bytes += it.Size
}

func (s *selection) drop(path string) {
	if it, on := s.items[path]; on {
		s.bytes -= it.Size
		delete(s.items, path)
	}
}

func (s *selection) toggle(it media.Item) {
	if s.has(it.Path) {
		s.drop(it.Path)
		return
	}
	s.add(it)
}

func (s *selection) clear() { s.items, s.bytes = nil, 0 }

// all is the selection in the order of paths.
func (s *selection) all() []media.Item {
	out := make([]media.Item, 0, len(s.items))
	for _, it := range s.items {
		out = append(out, it)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out
}

// toggleAll selects all that is shown, or nothing of it when all is selected.
func (b *Browse) toggleAll() {
	n, all := b.folder.count(), true
	for i := 0; i < n && all; i++ {
		all = b.picked.has(b.folder.item(i).Path)
	}
	for i := range n {
		if it := b.folder.item(i); all {
			b.picked.drop(it.Path)
		} else {
			b.picked.add(it)
		}
	}
}

// chosen is the selection, else the item under the cursor.
func (b *Browse) chosen(it media.Item) []media.Item {
	if b.picked.count() == 0 {
		return []media.Item{it}
	}
	return b.picked.all()
}

// filesOf are items as the transfers show them.
func filesOf(items []media.Item) []transfers.File {
	out := make([]transfers.File, len(items))
	for i, it := range items {
		out[i] = transfers.File{Name: it.Path}
	}
	return out
}

// movedFiles are the files of a rename.
func movedFiles(plan media.MovePlan) []transfers.File {
	out := make([]transfers.File, len(plan.Items))
	for i, it := range plan.Items {
		out[i] = transfers.File{Name: it.From.Path, URL: it.URL}
	}
	return out
}
