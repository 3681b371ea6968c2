package browse

import (
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/screen"
)

// spots are the rows of the list, and of the tree beside it.
func (b *Browse) spots() []screen.Spot {
	var tree []screen.Spot
	if b.treeShown() {
		tree = b.treeSpots()
	}
	switch {
	case b.tracking:
		return b.panel.Spots(b.margin())
	case b.lib == nil || b.sight.full || b.folder.count() == 0:
		return tree
	}
	spots := b.folder.list.Spots(b.margin(), b.listWidth(), b.env.Keys.Open)
	for i := range spots {
		spots[i].Area = spots[i].Area.Add(image.Pt(b.treeCols(), 0))
	}
	return append(spots, tree...)
}

// turn moves what is under the wheel; where one file has the whole window it
// goes to the next one.
func (b *Browse) turn(w screen.Wheel) tea.Cmd {
	if b.tracking {
		b.panel.Turn(w.Rows)
		return nil
	}
	switch {
	case b.failed() != nil && !b.overTree(w):
		b.fault.scroll(w.Rows)
		return nil
	case b.lib == nil:
		return nil
	case b.overTree(w):
		b.tree.list.Scroll(w.Rows)
		return nil
	case b.sight.full && w.Rows < 0:
		b.folder.list.Move(-1)
	case b.sight.full:
		b.folder.list.Move(1)
	default:
		b.folder.list.Scroll(w.Rows)
	}
	return b.more()
}

// pick puts the cursor on a row that was clicked.
func (b *Browse) pick(r screen.Row) tea.Cmd {
	if b.tracking {
		b.panel.Pick(r.Index)
		return nil
	}
	if r.Index >= b.folder.count() {
		return nil
	}
	b.tree.focus = false
	b.folder.list.Select(r.Index)
	return b.more()
}

// climb goes to the folder above that was clicked in the header.
func (b *Browse) climb(c screen.Crumb) tea.Cmd {
	if b.lib == nil {
		return nil
	}
	own := 1 // the connection, and its prefix where it has one
	if b.place.Settings.Prefix != "" {
		own = 2
	}
	parts := strings.SplitAfter(b.folder.path, "/")
	to := strings.Join(parts[:min(max(c.Index-own+1, 0), len(parts)-1)], "")
	if to == b.folder.path {
		return nil
	}
	from := b.folder.path[:len(to)+strings.IndexByte(b.folder.path[len(to):], '/')+1]
	b.sight.full = false
	cmd := b.enter(to)
	b.folder.want = from
	return cmd
}
