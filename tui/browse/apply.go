package browse

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/transfers"
)

// apply brings the list up to date with one item that was done, so that
// nothing has to be read again and the cursor stays.
func (b *Browse) apply(e media.Event) bool {
	b.picked.drop(e.Path)
	b.follow(e.Path, e.To)
	b.tree.sprout(e)
	if b.ops.current.items > live || b.ops.current.kind == media.OpRecover {
		return false
	}
	b.stored(e)
	switch e.Op {
	case media.OpRemove:
		b.folder.drop(func(p string) bool { return p == e.Path })
	case media.OpMove:
		b.renamed(e)
	case media.OpReplace:
		if e.To != "" && e.To != e.Path {
			b.renamed(e)
		} else {
			b.appear(made(e, e.Path))
		}
	case media.OpPut, media.OpImport:
		if b.folder.hits || e.Path == "" {
			break // whether a search finds it is not known here
		}
		b.appear(made(e, e.Path))
	}
	return true
}

// made is the file that an event has brought to a path: as much of it as is
// needed to read it, before a listing tells more.
func made(e media.Event, path string) media.Item {
	it := media.Item{Path: path, Size: e.Bytes, ETag: e.ETag}
	for _, of := range []string{e.Path, path} { // the key is that of one of them
		if dir, ok := strings.CutSuffix(e.Key, of); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
			it.Key = dir + path
			break
		}
	}
	return it
}

// live is how many items an operation may have for the list to follow each of
// them; after a larger one the folder is read anew.
const live = 500

// renamed gives a file its new name in the list. A cursor on it follows it;
// where it left the folder the cursor keeps its row.
func (b *Browse) renamed(e media.Event) {
	at, ok := b.folder.at()
	b.folder.drop(func(p string) bool { return p == e.Path })
	b.appear(made(e, e.To))
	if ok && at.Path == e.Path {
		b.folder.selectPath(e.To)
	}
}

// appear puts a new file, or the folder that it makes, into the list.
func (b *Browse) appear(it media.Item) {
	rest, here := strings.CutPrefix(it.Path, b.folder.path)
	if !here {
		return
	}
	it.Modified = b.now()
	if i := strings.IndexByte(rest, '/'); i >= 0 && !b.folder.hits {
		it = media.Item{Path: b.folder.path + rest[:i+1], Folder: true}
	}
	b.folder.put(it)
}

// showMade puts the cursor on the one file that was uploaded: its address is
// what the person wants next. A cursor that was moved meanwhile stays.
func (b *Browse) showMade(x op) {
	if x.kind != media.OpPut || x.items != 1 || len(x.log.Files) == 0 || x.log.Files[0].State != transfers.Done {
		return
	}
	if at, ok := b.folder.at(); b.folder.hits || ok && at.Path != x.stood {
		return
	}
	b.folder.selectPath(x.log.Files[0].Name)
}

// catchUp brings the list up to date at the end of an operation.
func (b *Browse) catchUp(x op, s media.Summary) tea.Cmd {
	whole := s.Failed == 0 && s.Refused == 0 && s.NotStarted == 0
	b.hunt.stale = b.hunt.on
	if x.kind == media.OpMove && parentOf(x.to) != b.folder.path {
		b.picked.clear() // what was picked was meant beside what is gone now
	}
	if whole {
		if cmd := b.followFolders(x); cmd != nil {
			b.dropFolders()
			return cmd
		}
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
		b.appear(media.Item{Path: x.to})
	}
	folders := len(b.leaving) > 0
	b.dropFolders()
	if folders && x.kind == media.OpRemove { // somebody may have put more into them meanwhile
		next, ok := b.folder.at()
		cmd := b.reload()
		if ok {
			b.folder.want = next.Path
		}
		return cmd
	}
	if follow {
		b.folder.selectPath(x.to)
	}
	b.showMade(x)
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
