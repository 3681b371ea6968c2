package browse

import (
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// wide is the width from which the item under the cursor is shown beside the
// list.
const wide = 100

func (b *Browse) split() bool { return b.w >= wide && !b.env.Shown.NoPreview }

// listWidth is what the tree on the left and the item on the right leave.
func (b *Browse) listWidth() int {
	w := b.w - b.treeCols()
	if b.split() {
		return w - min(w*38/100, 80)
	}
	return w
}

// listHeight leaves one line at the foot for what goes on.
func (b *Browse) listHeight() int { return max(b.h-1-b.margin(), 1) }

func (b *Browse) margin() int {
	if b.h >= 12 {
		return 1
	}
	return 0
}

// View draws the list, the item beside it, and what goes on.
func (b *Browse) View() screen.View {
	lines := make([]string, 0, b.h)
	if b.margin() > 0 {
		lines = append(lines, "")
	}
	full := b.sight.full && b.lib != nil
	if full {
		lines = append(lines, b.fullView(b.h-1-len(lines))...)
	} else {
		lines = append(lines, b.body()...)
	}
	for len(lines) < b.h-1 {
		lines = append(lines, "")
	}
	if b.split() && b.lib != nil && !full {
		b.beside(lines)
	}
	if b.treeShown() {
		b.besideTree(lines)
	}
	if b.tracking {
		lines = b.transferLines()
	}
	foot, cursor := b.foot()
	v := screen.View{Body: strings.Join(append(lines[:b.h-1], foot), "\n"), Spots: b.spots(), Mouse: true}
	if cursor >= 0 {
		v.Cursor = tea.NewCursor(cursor, b.h-1)
	}
	if b.ops.running() {
		v.Progress = tea.NewProgressBar(tea.ProgressBarDefault, int(100*b.ops.part()))
	}
	return v
}

func (b *Browse) body() []string {
	t, w := b.env.Theme, b.words()
	switch {
	case b.err != nil:
		return b.troubleBody(b.err)
	case b.lib == nil:
		return []string{"  " + t.Muted.Render(w.Opening)}
	case b.folder.err != nil && b.folder.items.len() == 0:
		return b.troubleBody(b.folder.err)
	case b.folder.count() == 0 && b.folder.load != nil:
		return []string{"  " + t.Muted.Render(w.Loading)}
	case b.folder.count() == 0 && b.hunt.on && (b.hunt.asked != nil || b.hunt.reading != nil):
		return []string{"  " + t.Muted.Render(w.Loading)}
	case b.folder.count() == 0 && b.hunt.on:
		return []string{"  " + t.Muted.Render(w.HuntNothing)}
	case b.folder.count() == 0 && b.folder.filter != "":
		return append([]string{"  " + t.Muted.Render(w.NothingFound)}, b.muted(w.FindAll)...)
	case b.folder.count() == 0:
		return []string{"  " + w.EmptyFolder, "", "  " + t.Accent.Render(w.EmptyKey)}
	}
	widths := b.columns()
	return b.folder.list.Rows(func(i int, cursor bool) string { return b.row(b.folder.item(i), widths, cursor && !b.inTree()) })
}

func (b *Browse) muted(s string) []string {
	var out []string
	for _, l := range grid.Wrap(s, b.listWidth()-4) {
		out = append(out, "  "+b.env.Theme.Muted.Render(l))
	}
	return out
}

const (
	colName = iota
	colSize
	colKind
	colDate
)

func (b *Browse) columns() []int {
	return grid.Columns(b.listWidth()-5, []grid.Column{
		colName: {Min: b.nameWidth(), Flex: true},
		colSize: {Min: 8, Rank: 1},
		colKind: {Min: 8, Max: 10, Rank: 3},
		colDate: {Min: 16, Rank: 2},
	})
}

// nameWidth is what names are given before other columns.
func (b *Browse) nameWidth() int {
	if b.split() {
		return 28
	}
	return 16
}

// row is one item: pointer, selection, name, size, kind, date.
func (b *Browse) row(it media.Item, widths []int, cursor bool) string {
	t := b.env.Theme
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	pointer, mark := "  ", "  "
	if cursor {
		pointer = "> "
	}
	switch {
	case b.grace.has(it.Path):
		mark = "- "
	case b.picked.has(it.Path):
		mark = "* "
	}
	name := text.Safe(it.Name())
	if b.folder.hits { // which folder it lies in matters
		name = text.Safe(it.Path)
	}
	nameStyle, kind, size, date := t.Text, b.words().Kind(kindOf(it)), text.Bytes(it.Size), b.when(it.Modified)
	if it.Folder {
		name, nameStyle, kind, size, date = name+"/", t.Strong, b.words().KindFolder, "", ""
	}
	out := on(t.Accent, pointer+mark) + on(nameStyle, cutName(name, widths[colName]))
	cells := []struct {
		s     string
		style lipgloss.Style
		right bool
	}{colSize: {size, t.Text, true}, colKind: {kind, t.Muted, false}, colDate: {date, t.Muted, false}}
	used := 4 + widths[colName]
	for i := colSize; i <= colDate; i++ {
		if widths[i] == 0 {
			continue
		}
		c := cells[i]
		fitted := grid.Fit(c.s, widths[i])
		if c.right {
			fitted = grid.FitRight(c.s, widths[i])
		}
		out += on(t.Text, grid.Space(grid.Gap)) + on(c.style, fitted)
		used += grid.Gap + widths[i]
	}
	return out + on(t.Text, grid.Space(b.listWidth()-used))
}

// cutName shortens a name in its middle, so that the extension is seen.
func cutName(name string, w int) string {
	if grid.Width(name) <= w {
		return grid.Fit(name, w)
	}
	tail := 0
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 6 {
		tail = len(name) - dot
	}
	if tail == 0 || w < tail+6 {
		return grid.Fit(name, w)
	}
	return grid.Fit(grid.Cut(name[:len(name)-tail], w-tail)+name[len(name)-tail:], w)
}

// when is a date as short as it is clear.
func (b *Browse) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

// beside puts what is known of the item under the cursor right of the list.
func (b *Browse) beside(lines []string) {
	t := b.env.Theme
	lw := b.listWidth()
	w := b.w - b.treeCols() - lw - 4
	side := []string{""}
	if it, ok := b.folder.at(); ok {
		side = append(side, b.sideLines(it, w, len(lines)-1)...)
	}
	for i := range lines {
		s := ""
		if i < len(side) {
			s = side[i]
		}
		lines[i] = grid.Fit(lines[i], lw) + t.Faint.Render("│") + "  " + s
	}
}

// summary is the header's right side.
func (b *Browse) summary() string {
	w := b.words()
	if b.lib == nil {
		return ""
	}
	if b.folder.items.len() == 0 && !b.folder.whole { // nobody knows yet, or it cannot be read
		return ""
	}
	n := text.Thousands(int64(b.folder.items.len()))
	if !b.folder.whole || b.hunt.beyond {
		n += "+"
	}
	s := text.Fill(w.Count, "n", n)
	if n := b.picked.count(); n > 0 {
		s += "   " + text.Fill(w.Selected, "n", text.Thousands(int64(n)), "size", text.Bytes(b.picked.bytes))
	}
	return s
}

// foot is one line: the search, the running operation, or a plan in the
// making. cursor is where the search's cursor stands, -1 without.
func (b *Browse) foot() (string, int) {
	t, w := b.env.Theme, b.words()
	switch {
	case b.hunt.on && !b.ops.running() && b.plan == nil:
		return b.huntFoot()
	case b.finding:
		label := w.FindLabel + " "
		b.find.SetWidth(max(b.w-grid.Width(label)-24, 8))
		drawn, x := b.find.View(t.Text, "", t.Muted)
		return "  " + t.Accent.Render(label) + drawn + t.Muted.Render(b.found()), 2 + grid.Width(label) + x
	case b.grace.waiting():
		return "  " + b.graceLine(b.w-4), -1
	case b.ops.running():
		return "  " + b.progressLine(b.w-4), -1
	case b.plan != nil:
		esc := b.env.Keys.Cancel.Help()
		return "  " + t.Muted.Render(grid.Cut(b.what+"   "+esc.Key+" "+esc.Desc, b.w-4)), -1
	case b.folder.filter != "":
		return "  " + t.Muted.Render(grid.Cut(w.FindLabel+" "+text.Safe(b.folder.filter)+"   "+b.found(), b.w-4)), -1
	case b.folder.load != nil && b.folder.items.len() > 0:
		return "  " + t.Muted.Render(w.LoadingMore), -1
	case b.folder.order != byName:
		l := w.ByDate
		if b.folder.order == bySize {
			l = w.BySize
		}
		if !b.folder.whole {
			l += ", " + w.AmongLoaded
		}
		return "  " + t.Muted.Render(l), -1
	}
	if line := b.follower.line(b.w - 4); line != "" {
		return "  " + t.Muted.Render(line), -1
	}
	if line := b.unfinishedLine(b.w - 4); line != "" {
		return "  " + line, -1
	}
	return "", -1
}

// found says how many of the loaded names match.
func (b *Browse) found() string {
	w := b.words()
	s := text.Fill(w.Found, "n", text.Thousands(int64(b.folder.count())), "of", text.Thousands(int64(b.folder.items.len())))
	if !b.folder.whole {
		s += ", " + w.NotAllLoaded
	}
	return s
}

// exactly is a size for reading and, where that is rounded, in bytes.
func (b *Browse) exactly(n int64) string {
	if n < 1000 {
		return text.Bytes(n)
	}
	return text.Bytes(n) + "  (" + text.Thousands(n) + " B)"
}

// facts are everything that is known of a file.
func (b *Browse) facts(it media.Item) []dialog.Line {
	w := b.words()
	lines := []dialog.Line{{Text: text.Safe(b.lib.URL(it.Path)), Role: dialog.Code, Wrap: true}, {}}
	width := 0
	rows := [][2]string{
		{w.FactSize, b.exactly(it.Size)},
		{w.FactType, it.ContentType},
		{w.FactModified, b.when(it.Modified)},
		{w.FactKey, it.Key},
		{w.FactETag, it.ETag},
		{w.FactClass, it.StorageClass},
		{w.FactEncryption, it.Encryption},
		{w.FactCache, it.CacheControl},
		{w.FactVersion, it.VersionID},
		{w.FactGuess, b.env.Text.Meter(guess.Score(it.Path))},
	}
	e := b.written.known[it.Path]
	rows = append(rows, [][2]string{{w.AltShort, e.Alt}, {w.Tags, strings.Join(e.Tags, ", ")}, {w.CreatorShort, e.Creator}, {w.PrivateData, b.decided(e, it)}}...)
	for _, r := range rows {
		width = max(width, grid.Width(r[0]))
	}
	for _, r := range rows {
		if r[1] != "" {
			lines = append(lines, dialog.Line{Text: grid.Fit(r[0], width) + "  " + text.Safe(r[1])})
		}
	}
	if len(it.Metadata) > 0 {
		lines = append(lines, dialog.Line{}, dialog.Line{Text: w.FactMetadata, Role: dialog.Muted})
		for _, k := range slices.Sorted(maps.Keys(it.Metadata)) {
			lines = append(lines, dialog.Line{Text: "x-amz-meta-" + text.Safe(k) + ": " + text.Safe(it.Metadata[k]), Role: dialog.Code})
		}
	}
	return lines
}
