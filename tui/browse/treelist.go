package browse

import (
	"slices"
	"sort"
	"strings"

	"github.com/mediadock/mediadock/media"
)

// part is what a listing told of a folder: the subfolders that it has between
// two paths.
type part struct {
	after, upto string // upto is the last path of the page
	folders     []string
	next        string // empty where the listing ended
}

// partOf is a page as the tree takes it.
func partOf(after string, p media.Page) part {
	out := part{after: after, upto: lastPath(p.Items), next: p.Next}
	for _, it := range p.Items {
		if it.Folder {
			out.folders = append(out.folders, it.Path)
		}
	}
	return out
}

// lastPath is how far a page goes: folders come first in it, so that the last
// of them may follow the last file.
func lastPath(items []media.Item) string {
	last := ""
	for _, it := range items {
		last = max(last, it.Path)
	}
	return last
}

// take brings a branch in line with a part of a listing: folders that are new
// are put in, those that are gone are taken out, and what is known of the
// others stays.
func (t *tree) take(at *branch, p part) {
	base := at.path()
	lo := sort.Search(len(at.kids), func(i int) bool { return p.after == "" || base+at.kids[i].name > p.after })
	hi := sort.Search(len(at.kids), func(i int) bool { return p.next != "" && base+at.kids[i].name > p.upto })
	was := at.kids[lo:max(lo, hi)]
	tail := at.kids[max(lo, hi):]
	names := make([]string, len(p.folders))
	for i, f := range p.folders {
		names[i] = strings.TrimPrefix(f, base)
	}
	slices.Sort(names)
	now, full, i := make([]*branch, 0, len(names)), false, 0
	gone := func() {
		was[i].stop()
		t.count -= was[i].size()
		was[i].up = nil
		i++
	}
	for _, name := range names {
		for i < len(was) && was[i].name < name {
			gone()
		}
		switch {
		case i < len(was) && was[i].name == name:
			now = append(now, was[i])
			i++
		case t.count >= mostBranches:
			full = true
		default:
			now = append(now, &branch{name: strings.Clone(name), up: at}) // a page's keys would be kept with it
			t.count++
		}
	}
	for i < len(was) {
		gone()
	}
	at.kids = slices.Concat(at.kids[:lo], now, tail)
	t.stale = true
	at.know(p, full)
}

// know takes note how far a branch is listed. A part that does not join what
// is known tells nothing of that.
func (b *branch) know(p part, full bool) {
	if b.read == nil {
		b.read = &reading{}
	}
	r := b.read
	r.err, r.full = nil, full
	switch {
	case full || r.whole || p.after > r.upto:
	case p.next == "":
		r.whole, r.next = true, ""
	case p.upto > r.upto:
		r.upto, r.next = strings.Clone(p.upto), p.next
	}
}

// lay makes the rows anew. The cursor stays on its folder, or goes to the one
// that it was folded into.
func (t *tree) lay() {
	t.stale = false
	at, had := t.at()
	clear(t.rows)
	t.rows = t.rows[:0]
	if t.top != nil {
		t.layBranch(t.top, 0)
	}
	t.list.SetLen(len(t.rows))
	if !had {
		return
	}
	for b := at.at; b != nil; b = b.up {
		if t.point(b, at.kind) || t.point(b, twigFolder) {
			return
		}
	}
}

func (t *tree) layBranch(b *branch, depth int) {
	t.rows = append(t.rows, twig{b, depth, twigFolder})
	if !b.open {
		return
	}
	for _, k := range b.kids {
		t.layBranch(k, depth+1)
	}
	kind := twigMore
	switch r := b.read; {
	case r == nil:
	case r.load != nil:
		kind = twigReading
	case r.err != nil:
		kind = twigTrouble
	case r.full:
		kind = twigFull
	case r.whole:
		return
	}
	t.rows = append(t.rows, twig{b, depth + 1, kind})
}

// at is the row under the cursor.
func (t *tree) at() (twig, bool) {
	if i := t.list.Cursor(); i >= 0 && i < len(t.rows) {
		return t.rows[i], true
	}
	return twig{}, false
}

// point puts the cursor on a branch, where it has a row of that kind.
func (t *tree) point(b *branch, kind twigKind) bool {
	for i, r := range t.rows {
		if r.at == b && r.kind == kind {
			t.list.Select(i)
			return true
		}
	}
	return false
}
