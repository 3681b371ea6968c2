package browse

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
)

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
