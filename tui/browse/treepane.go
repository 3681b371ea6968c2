package browse

import (
	"image"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// The widths from which the folders stand left of the list: without a preview
// on its right side, and with one, so that the list keeps what it has in a
// window that is only just wide enough for a preview.
const (
	treeFrom   = 120
	treeBeside = 128
)

// treeKept tells whether the folders are wanted beside the list, and have room.
func (b *Browse) treeKept() bool {
	if b.env.Shown.NoTree || b.lib == nil {
		return false
	}
	return b.w >= treeBeside || b.w >= treeFrom && b.env.Shown.NoPreview
}

// treeShown tells whether they are on the screen. A library without folders
// has the whole width for its files.
func (b *Browse) treeShown() bool {
	return b.treeKept() && !b.tracking && !b.sight.full && b.tree.top != nil && !b.tree.top.bare()
}

// treeAsked tells whether the key that shows or hides them would do anything.
func (b *Browse) treeAsked() bool {
	return b.w >= treeFrom && (b.tree.top == nil || !b.tree.top.bare())
}

// inTree tells whether the tree has the keys.
func (b *Browse) inTree() bool { return b.tree.focus && b.treeShown() }

// treeWidth is how wide it is, without the line right of it.
func (b *Browse) treeWidth() int { return min(max(b.w/5, 22), 34) }

// treeCols are the columns that it takes from the list.
func (b *Browse) treeCols() int {
	if !b.treeShown() {
		return 0
	}
	return b.treeWidth() + 1
}

// treeOff is how many steps of the indent are cut off: where the cursor's
// folder lies deep, its name has room all the same.
func (b *Browse) treeOff() int {
	at, _ := b.tree.at()
	return max(at.depth-(b.treeWidth()-16)/2, 0)
}

// besideTree puts the folders left of what is drawn.
func (b *Browse) besideTree(lines []string) {
	t, w, off := &b.tree, b.treeWidth(), b.treeOff()
	rows := t.list.Rows(func(i int, cursor bool) string { return b.twigLine(t.rows[i], off, w, cursor && b.inTree()) })
	line := b.env.Theme.Faint.Render("│")
	for i := range lines {
		left := ""
		if n := i - b.margin(); n >= 0 && n < len(rows) {
			left = rows[n]
		}
		lines[i] = grid.Fit(left, w) + line + lines[i]
	}
}

// twigLine is one row in w cells: pointer, indent, whether it is unfolded, and
// the name.
func (b *Browse) twigLine(r twig, off, w int, cursor bool) string {
	t, words := b.env.Theme, b.words()
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	here := r.kind == twigFolder && r.at == b.tree.here && !b.folder.hits
	pointer, look, mark, name := "  ", t.Text, "  ", ""
	switch {
	case cursor:
		pointer = "> "
	case here:
		pointer = "│ "
	}
	switch r.kind {
	case twigFolder:
		name = b.branchName(r.at)
		switch {
		case r.at.empty():
		case r.at.open:
			mark = "▾ "
		default:
			mark = "▸ "
		}
		if here {
			look = t.Strong
		}
	case twigMore:
		look, name = t.Muted, words.TreeMore
	case twigReading:
		look, name = t.Muted, words.Loading
	case twigFull:
		look, name = t.Muted, words.TreeFull
	case twigTrouble:
		look, mark, name = t.Bad, "✗ ", b.env.InOneLine(b.place.Connection, r.at.read.err)
	}
	indent := grid.Space(2 * max(r.depth-off, 0))
	room := max(w-grid.Width(pointer+indent+mark), 0)
	return on(t.Accent, pointer) + on(t.Muted, indent+mark) + on(look, grid.Fit(name, room))
}

// branchName is a folder's name; the top has the connection's.
func (b *Browse) branchName(at *branch) string {
	switch name := strings.TrimSuffix(at.name, "/"); {
	case at.up == nil:
		return text.Safe(b.place.Connection)
	case name == "":
		return "/"
	default:
		return text.Safe(name)
	}
}

// toggleTree shows the folders, or hides them. Where the window is too narrow
// for a preview beside them, that gives way.
func (b *Browse) toggleTree() {
	s := b.env.Shown
	if b.treeKept() {
		s.NoTree = true
		return
	}
	if s.NoTree = false; !b.treeKept() {
		s.NoPreview = true
	}
}

// focusTree gives the tree the keys, the cursor on the folder of the list.
func (b *Browse) focusTree() {
	b.tree.focus = true
	if b.tree.here != nil {
		b.tree.point(b.tree.here, twigFolder)
	}
}

// pressTree takes a key while the tree has them.
func (b *Browse) pressTree(m tea.KeyPressMsg) tea.Cmd {
	k, t := b.env.Keys, &b.tree
	at, ok := t.at()
	switch {
	case t.list.Key(m, k):
	case key.Matches(m, k.Focus):
		t.focus = false
	case key.Matches(m, k.Folders):
		b.toggleTree()
	case key.Matches(m, k.Beside):
		b.env.Shown.NoPreview = !b.env.Shown.NoPreview
	case key.Matches(m, k.Transfers):
		b.showTransfers()
	case key.Matches(m, k.Stop):
		b.ops.stop()
	case !ok:
	case key.Matches(m, k.Refresh):
		return b.listAnew(at.at)
	case key.Matches(m, k.Open):
		return b.openTwig(at)
	case key.Matches(m, k.Unfold):
		return b.unfoldTwig(at)
	case key.Matches(m, k.Fold):
		b.foldTwig(at)
	}
	return nil
}

// openTwig shows a folder in the list, which then has the keys.
func (b *Browse) openTwig(at twig) tea.Cmd {
	if at.kind != twigFolder {
		return b.unfoldTwig(at)
	}
	b.tree.focus = false
	if path := at.at.path(); path != b.folder.path || b.folder.hits {
		return b.enter(path)
	}
	return nil
}

// unfoldTwig unfolds a folder, or goes into one that is; of what is not listed
// it asks for more.
func (b *Browse) unfoldTwig(at twig) tea.Cmd {
	switch {
	case at.kind == twigMore, at.kind == twigTrouble:
		return b.listBranch(at.at)
	case at.kind != twigFolder || at.at.empty():
		return nil
	case at.at.open:
		b.tree.list.Move(1)
		return nil
	}
	return b.unfold(at.at)
}

// foldTwig folds a folder, or goes up to the one it lies in.
func (b *Browse) foldTwig(at twig) {
	switch up := at.at.up; {
	case at.kind != twigFolder:
		b.tree.point(at.at, twigFolder)
	case at.at.open && !at.at.empty():
		b.foldUp(at.at)
	case up != nil:
		b.tree.point(up, twigFolder)
	}
}

// treeKeys are what works in the tree.
func (b *Browse) treeKeys() []key.Binding {
	k, w := b.env.Keys, b.words()
	var out []key.Binding
	at, _ := b.tree.at()
	switch {
	case at.at == nil:
	case at.kind == twigTrouble:
		out = append(out, keys.As(k.Open, w.KeyRetry))
	case at.kind == twigMore:
		out = append(out, keys.As(k.Open, w.TreeReadOn))
	case at.kind == twigFolder:
		out = append(out, k.Open)
		if !at.at.empty() && !at.at.open {
			out = append(out, k.Unfold)
		}
	}
	out = append(out, k.Fold, keys.As(k.Focus, w.KeyToList), k.Folders, k.Refresh, k.Transfers)
	if b.ops.running() {
		out = append(out, k.Stop)
	}
	return append(out, k.Beside)
}

// What the mouse does in the tree: a click on a row, on the sign before its
// name, and anywhere else in it.
type (
	twigClick  struct{ index int }
	foldClick  struct{ index int }
	treeGround struct{}
)

// treeSpots are where the tree can be clicked.
func (b *Browse) treeSpots() []screen.Spot {
	t, w := &b.tree, b.treeWidth()
	spots := []screen.Spot{{Area: image.Rect(0, 0, w, b.h-1), Click: treeGround{}}}
	from, to := t.list.Window()
	for i := from; i < min(to, len(t.rows)); i++ {
		y := b.margin() + i - from
		spots = append(spots, screen.Spot{Area: image.Rect(0, y, w, y+1), Click: twigClick{i}, Double: keys.Press("enter")})
	}
	off := b.treeOff()
	for i := from; i < min(to, len(t.rows)); i++ {
		if r := t.rows[i]; r.kind == twigFolder && !r.at.empty() {
			x, y := 2+2*max(r.depth-off, 0), b.margin()+i-from
			spots = append(spots, screen.Spot{Area: image.Rect(x, y, x+2, y+1), Click: foldClick{i}})
		}
	}
	return spots
}

// clickTree takes a click in the tree.
func (b *Browse) clickTree(msg tea.Msg) tea.Cmd {
	t := &b.tree
	if !b.treeShown() {
		return nil
	}
	t.focus = true
	i := -1
	fold := false
	switch c := msg.(type) {
	case twigClick:
		i = c.index
	case foldClick:
		i, fold = c.index, true
	}
	if i < 0 || i >= len(t.rows) {
		return nil
	}
	t.list.Select(i)
	r := t.rows[i]
	switch {
	case fold && r.at.open:
		b.foldUp(r.at)
	case fold, r.kind == twigMore, r.kind == twigTrouble:
		return b.unfoldTwig(r)
	}
	return nil
}

// overTree tells whether the wheel was turned above the tree.
func (b *Browse) overTree(w screen.Wheel) bool {
	switch w.Over.(type) {
	case twigClick, foldClick, treeGround:
		return b.treeShown()
	}
	return false
}
