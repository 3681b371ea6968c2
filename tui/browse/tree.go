package browse

import (
	"slices"
	"sort"
	"strings"

	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/vlist"
)

// tree is the folders of the library as far as somebody has asked for them: in
// the list, or here by unfolding one. Nothing is listed for it alone.
type tree struct {
	top   *branch
	count int // of branches
	rows  []twig
	list  vlist.List
	focus bool    // it has the keys; the list otherwise
	here  *branch // the folder that the list shows; nil: none of these
	shows string  // its path, when it was looked for last
	stale bool    // rows do not fit the branches any more
	blind bool    // it is not on the screen, and has not followed the list
}

// branch is a folder: some 80 bytes with its name, so that a tree of a hundred
// thousand costs less than the list beside it.
type branch struct {
	name string // with its slash; of the top empty
	up   *branch
	kids []*branch // in the order of S3
	read *reading  // what was listed of it; nil: nothing
	open bool
}

// reading is how far a folder was listed.
type reading struct {
	next  string // token of the page that follows
	upto  string // the last path that was read: all up to it is known
	whole bool
	load  *job.Job
	err   error
	dry   int  // pages in a row that had no folder
	full  bool // more than are kept
}

// mostBranches is how many folders are kept; the list shows the others.
const mostBranches = 200_000

// twig is a row of the tree: a folder, or what there is to say beneath its
// subfolders.
type twig struct {
	at    *branch
	depth int
	kind  twigKind
}

type twigKind int

const (
	twigFolder  twigKind = iota
	twigMore             // not all is listed
	twigReading          // it is being listed
	twigTrouble          // it could not be listed
	twigFull             // more than are kept
)

// begin makes an empty tree, whose top is unfolded.
func (t *tree) begin() {
	if t.top == nil {
		t.top, t.count, t.stale, t.blind = &branch{open: true}, 1, true, true
	}
}

// drop forgets all of it.
func (t *tree) drop() {
	if t.top != nil {
		t.top.stop()
	}
	*t = tree{}
}

// path is the folder's, empty for the top.
func (b *branch) path() string {
	if b.up == nil {
		return ""
	}
	return b.up.path() + b.name
}

// kid finds a subfolder, or where it would be.
func (b *branch) kid(name string) (int, bool) {
	i := sort.Search(len(b.kids), func(i int) bool { return b.kids[i].name >= name })
	return i, i < len(b.kids) && b.kids[i].name == name
}

// empty tells whether there is surely nothing to unfold.
func (b *branch) empty() bool {
	return len(b.kids) == 0 && b.read != nil && b.read.whole
}

// bare tells whether no folder is known in it, nor that there may be one.
func (b *branch) bare() bool {
	return len(b.kids) == 0 && (b.read == nil || b.read.whole)
}

// size is how many branches it is, itself included.
func (b *branch) size() int {
	n := 1
	for _, k := range b.kids {
		n += k.size()
	}
	return n
}

// stop cancels what is being listed, of a branch and below it.
func (b *branch) stop() {
	if b.read != nil {
		b.read.load.Cancel()
		b.read.load = nil
	}
	for _, k := range b.kids {
		k.stop()
	}
}

// holds tells whether a branch is still in the tree.
func (t *tree) holds(b *branch) bool {
	for b.up != nil {
		b = b.up
	}
	return b == t.top && t.top != nil
}

// find is the branch of a folder, where there is one.
func (t *tree) find(path string) (*branch, bool) {
	at := t.top
	for at != nil && path != "" {
		name, rest := firstFolder(path)
		i, ok := at.kid(name)
		if name == "" || !ok {
			return nil, false
		}
		at, path = at.kids[i], rest
	}
	return at, at != nil
}

// firstFolder splits a path after its first folder, empty where it has none.
func firstFolder(path string) (name, rest string) {
	i := strings.IndexByte(path, '/') + 1
	return path[:i], path[i:]
}

func (t *tree) insert(at *branch, i int, name string) *branch {
	k := &branch{name: strings.Clone(name), up: at} // a page's keys would be kept with it
	at.kids = slices.Insert(at.kids, i, k)
	t.count++
	t.stale = true
	return k
}

func (t *tree) remove(b *branch) {
	i, ok := b.up.kid(b.name)
	if !ok || b.up.kids[i] != b {
		return
	}
	b.stop()
	t.count -= b.size()
	b.up.kids = slices.Delete(b.up.kids, i, i+1)
	b.up, t.stale = nil, true
}

// grow puts the folders of a path into the tree that have come into being.
// Where nothing was listed nothing is put: they will be found there.
func (t *tree) grow(path string) {
	at := t.top
	for at != nil && at.read != nil {
		name, rest := firstFolder(path)
		i, ok := at.kid(name)
		switch {
		case name == "" || !ok && t.count >= mostBranches:
			return
		case ok:
			at = at.kids[i]
		case !at.read.whole && at.path()+name > at.read.upto:
			return // it will come with a later page
		default:
			at = t.insert(at, i, name)
		}
		path = rest
	}
}

// reveal unfolds what leads to a folder, also where nothing was listed, and
// gives its branch.
func (t *tree) reveal(path string) *branch {
	at := t.top
	for path != "" {
		name, rest := firstFolder(path)
		if name == "" {
			break
		}
		t.stale = t.stale || !at.open
		at.open = true
		i, ok := at.kid(name)
		if !ok {
			t.insert(at, i, name)
		}
		at, path = at.kids[i], rest
	}
	return at
}

// fell takes a folder out that is gone.
func (t *tree) fell(path string) {
	if b, ok := t.find(path); ok && b.up != nil {
		t.remove(b)
	}
}

// move gives a folder its new name; what is known of it goes with it.
func (t *tree) move(from, to string) {
	t.grow(to)
	old, ok := t.find(from)
	if !ok || old.up == nil {
		return
	}
	at, there := t.find(to)
	if !there || at == old || at.read != nil || len(at.kids) > 0 {
		t.remove(old)
		return
	}
	kids, read, open := old.kids, old.read, old.open
	old.kids = nil
	t.remove(old)
	at.kids, at.open = kids, open
	for _, k := range kids {
		k.up = at
	}
	if read != nil && read.whole { // tokens and paths of a part belong to the old name
		at.read = &reading{whole: true}
	}
}
