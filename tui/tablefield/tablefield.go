// Package tablefield is a small table that is edited in place: cells of text,
// and cells that are ticked. It knows neither what the table is about nor its
// rules.
//
// There is always one empty row at the end: whoever types in it adds a row.
// Every key does what it does in a line of text; where that ends, the arrows go
// on to the next cell.
package tablefield

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/theme"
)

// Column is a column of text, or one of ticks.
type Column struct {
	Label string
	Ticks bool
	Hint  string // what an empty cell of text shows in focus
	// Width is how wide a column of text becomes where there is room; 0: it
	// shares with the others what is left.
	Width int
}

// Row is one row: a text for each column of text, a tick for each of ticks.
type Row struct {
	Texts []string
	Ticks []bool
}

func (r Row) empty() bool {
	return !slices.ContainsFunc(r.Texts, func(s string) bool { return s != "" }) && !slices.Contains(r.Ticks, true)
}

// Table is the table and where the cursor is.
type Table struct {
	columns      []Column
	texts, ticks int
	rows         []Row // the last one is empty
	row, col     int
	cell         line.Field // the text of the cell in focus
	top          int
}

// Height is how many rows are in sight at most.
const Height = 6

// New makes a table; columns of text stand before those of ticks.
func New(columns []Column, rows []Row) *Table {
	t := &Table{}
	t.SetColumns(columns)
	t.SetRows(rows)
	return t
}

// SetColumns changes the words of the columns.
func (t *Table) SetColumns(columns []Column) {
	t.columns = columns
	t.texts = 0
	for _, c := range columns {
		if !c.Ticks {
			t.texts++
		}
	}
	t.ticks = len(columns) - t.texts
}

// SetRows replaces the rows; the cursor stays where it can.
func (t *Table) SetRows(rows []Row) {
	t.rows = nil
	for _, r := range rows {
		full := t.blank()
		copy(full.Texts, r.Texts)
		copy(full.Ticks, r.Ticks)
		t.rows = append(t.rows, full)
	}
	t.rows = append(t.rows, t.blank())
	t.to(min(t.row, len(t.rows)-1), t.col, true)
}

// Ticks tells whether there are cells to tick.
func (t *Table) Ticks() bool { return t.ticks > 0 }

// ToGap moves the cursor to the first cell of text that is empty in a row that
// holds something: what is left to be filled in.
func (t *Table) ToGap() {
	for i, r := range t.rows[:len(t.rows)-1] {
		if col := slices.Index(r.Texts, ""); col >= 0 {
			t.to(i, col, true)
			return
		}
	}
}

func (t *Table) blank() Row {
	return Row{Texts: make([]string, t.texts), Ticks: make([]bool, t.ticks)}
}

// Rows are the rows that hold something.
func (t *Table) Rows() []Row {
	var all []Row
	for _, r := range t.rows {
		if !r.empty() {
			all = append(all, Row{Texts: slices.Clone(r.Texts), Ticks: slices.Clone(r.Ticks)})
		}
	}
	return all
}

// to moves the cursor; atEnd puts it behind a cell's text, else before it.
func (t *Table) to(row, col int, atEnd bool) {
	t.row, t.col = row, col
	if t.inText() {
		t.cell = line.New(t.rows[row].Texts[col])
		if !atEnd {
			t.cell.SetCursor(0)
		}
	}
}

func (t *Table) inText() bool { return t.col < t.texts }

// Update takes a key or a paste. used tells that it was for the table: of the
// arrows up and down, those that leave it are not.
func (t *Table) Update(msg tea.Msg) (changed, used bool) {
	m, isKey := msg.(tea.KeyPressMsg)
	if !isKey {
		return t.edit(msg), true
	}
	switch {
	case m.Code == tea.KeyUp && t.row > 0:
		t.to(t.row-1, t.col, true)
		return false, true
	case m.Code == tea.KeyDown && t.row < len(t.rows)-1:
		t.to(t.row+1, t.col, true)
		return false, true
	case m.Code == tea.KeyUp || m.Code == tea.KeyDown:
		return false, false
	case m.String() == "ctrl+x":
		return t.remove(), true
	case m.Code == tea.KeyLeft && t.atStart() && t.col > 0:
		t.to(t.row, t.col-1, true)
		return false, true
	case m.Code == tea.KeyRight && t.atEnd() && t.col < len(t.columns)-1:
		t.to(t.row, t.col+1, false)
		return false, true
	case !t.inText() && (m.Code == tea.KeySpace || m.Text == "x"):
		t.rows[t.row].Ticks[t.col-t.texts] = !t.rows[t.row].Ticks[t.col-t.texts]
		t.grow()
		return true, true
	case m.Code == tea.KeyBackspace && t.rows[t.row].empty():
		return t.remove(), true
	}
	return t.edit(msg), true
}

func (t *Table) atStart() bool {
	at, _ := t.cell.At()
	return !t.inText() || at == 0
}

func (t *Table) atEnd() bool {
	at, length := t.cell.At()
	return !t.inText() || at == length
}

func (t *Table) edit(msg tea.Msg) bool {
	if !t.inText() || !t.cell.Update(msg) {
		return false
	}
	t.rows[t.row].Texts[t.col] = t.cell.Value()
	t.grow()
	return true
}

// grow keeps an empty row at the end.
func (t *Table) grow() {
	if !t.rows[len(t.rows)-1].empty() {
		t.rows = append(t.rows, t.blank())
	}
}

// remove takes the row of the cursor away; the empty one at the end stays.
func (t *Table) remove() bool {
	if t.row == len(t.rows)-1 {
		return false
	}
	t.rows = slices.Delete(t.rows, t.row, t.row+1)
	t.to(t.row, t.col, true)
	return true
}

// layout is how wide the columns are. Where there is no room for the words
// over the ticks, their first letters stand there.
type layout struct {
	widths []int
	short  bool
}

func (t *Table) layout(w int) layout {
	const leastText = 12
	l := layout{widths: make([]int, len(t.columns))}
	room := func() int {
		left := w
		for i, c := range t.columns {
			if c.Ticks {
				l.widths[i] = grid.Width(c.Label)
				if l.short {
					l.widths[i] = 2
				}
				left -= l.widths[i] + 1
			}
		}
		return left - (t.texts - 1)
	}
	left := room()
	if t.texts > 0 && left/t.texts < leastText {
		l.short = true
		left = room()
	}
	t.share(l.widths, left)
	return l
}

// share gives the columns of text what they ask for, and the others the rest;
// the first of these takes what cannot be shared evenly.
func (t *Table) share(widths []int, left int) {
	var open []int
	for i, c := range t.columns[:t.texts] {
		if c.Width == 0 {
			open = append(open, i)
			continue
		}
		widths[i] = max(min(c.Width, left/t.texts), 4)
		left -= widths[i]
	}
	for n, i := range open {
		widths[i] = max(left/len(open), 4)
		if n == 0 {
			widths[i] += max(left-widths[i]*len(open), 0)
		}
	}
}

// Below is how many rows with something in them are out of sight below.
func (t *Table) Below() int { return max(len(t.rows)-1-(t.top+Height), 0) }

// View draws the table w cells wide; the cursor is nil without the focus.
func (t *Table) View(w int, focused bool, th *theme.Theme) ([]string, *tea.Cursor) {
	l := t.layout(w)
	out := []string{th.Muted.Render(t.head(l))}
	rows := t.rows
	if !focused {
		rows = rows[:len(rows)-1]
	}
	t.top = max(min(t.top, t.row, len(rows)-Height), 0)
	if t.row >= t.top+Height {
		t.top = t.row - Height + 1
	}
	var cursor *tea.Cursor
	for i := t.top; i < min(t.top+Height, len(rows)); i++ {
		here := focused && i == t.row
		drawn, x := t.line(rows[i], l, here, th)
		if here {
			cursor = tea.NewCursor(x, len(out))
		}
		out = append(out, drawn)
	}
	return out, cursor
}

func (t *Table) head(l layout) string {
	var cells []string
	for i, c := range t.columns {
		label := c.Label
		if c.Ticks && l.short {
			label = grid.Head(label, 2)
		}
		cells = append(cells, grid.Fit(label, l.widths[i]))
	}
	return strings.TrimRight(strings.Join(cells, " "), " ")
}

func (t *Table) line(r Row, l layout, here bool, th *theme.Theme) (drawn string, cursor int) {
	var cells []string
	x := 0
	for i, c := range t.columns {
		w := l.widths[i]
		at := here && i == t.col
		switch {
		case c.Ticks:
			mark, style := "·", th.Faint
			if r.Ticks[i-t.texts] {
				mark, style = "✓", th.Text
			}
			if at {
				cursor, style = x, th.Accent
			}
			cells = append(cells, style.Render(mark)+grid.Space(w-1))
		case at:
			t.cell.SetWidth(w)
			shown, inside := t.cell.View(th.Accent, c.Hint, th.Faint)
			cursor = x + inside
			cells = append(cells, shown)
		default:
			cells = append(cells, th.Text.Render(grid.Fit(text.Safe(r.Texts[i]), w)))
		}
		x += w + 1
	}
	return strings.Join(cells, " "), cursor
}
