// Package grid lays text out in terminal cells: columns, cut and padded
// lines, wrapped prose. Everything counts cells, so kana and kanji are two
// wide, and nothing here ever returns a line wider than it was asked for.
package grid

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Tail marks a line that was cut. It is ASCII because the ellipsis character
// is two cells wide on some Japanese terminals.
const Tail = ".."

// Width is the number of cells of s, styles not counted.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens s to at most w cells and marks that it did.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if ansi.StringWidth(s) <= w {
		return s
	}
	if w <= 2*len(Tail) {
		return ansi.Truncate(s, w, "")
	}
	return ansi.Truncate(s, w, Tail)
}

// CutLeft shortens s to at most w cells and keeps its end, for paths and URLs
// whose end tells them apart.
func CutLeft(s string, w int) string {
	n := ansi.StringWidth(s)
	if n <= w {
		return s
	}
	if w <= 2*len(Tail) {
		return Cut(s, w)
	}
	cut := n - w + len(Tail)
	t := ansi.TruncateLeft(s, cut, "")
	for ansi.StringWidth(t) > w-len(Tail) { // a wide character at the edge
		cut++
		t = ansi.TruncateLeft(s, cut, "")
	}
	return Tail + t
}

// Fit cuts or pads s to exactly w cells.
func Fit(s string, w int) string {
	s = Cut(s, w)
	return s + Space(w-ansi.StringWidth(s))
}

// FitRight is Fit with the text at the right edge.
func FitRight(s string, w int) string {
	s = Cut(s, w)
	return Space(w-ansi.StringWidth(s)) + s
}

// Space is n blanks, none for a negative n.
func Space(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Ends puts left and right at the two edges of w cells; the left one gives way.
func Ends(left, right string, w int) string {
	rw := ansi.StringWidth(right)
	if rw == 0 || rw >= w {
		return Fit(left, w)
	}
	return Fit(left, w-rw-1) + " " + right
}

// Lines cuts a block to at most h lines of at most w cells each.
func Lines(block string, w, h int) []string {
	lines := strings.Split(block, "\n")
	if len(lines) > h {
		lines = lines[:max(h, 0)]
	}
	for i, l := range lines {
		if ansi.StringWidth(l) > w {
			lines[i] = ansi.Truncate(l, w, "")
		}
	}
	return lines
}

// Head is the beginning of s that fits into w cells, at least one character.
func Head(s string, w int) string {
	if h := ansi.Truncate(s, w, ""); h != "" {
		return h
	}
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// Column describes one column of a table.
type Column struct {
	Min, Max int  // cells; it grows to Max where there is room
	Flex     bool // takes what is left over then
	Rank     int  // the highest rank goes first when there is no room; 0 always stays
}

// Gap is the space between two columns.
const Gap = 2

// Columns gives each column its width within w cells, 0 for those that had to
// go.
func Columns(w int, cols []Column) []int {
	widths := make([]int, len(cols))
	for i, c := range cols {
		widths[i] = max(c.Min, 1)
	}
	total := func() int {
		t := -Gap
		for _, n := range widths {
			if n > 0 {
				t += n + Gap
			}
		}
		return t
	}
	for total() > w {
		worst := -1
		for i, c := range cols {
			if widths[i] > 0 && c.Rank > 0 && (worst < 0 || c.Rank >= cols[worst].Rank) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		widths[worst] = 0
	}
	spare := w - total()
	for grown := true; grown && spare > 0; {
		grown = false
		for i, c := range cols {
			if spare > 0 && widths[i] > 0 && widths[i] < c.Max {
				widths[i]++
				spare--
				grown = true
			}
		}
	}
	for i, c := range cols {
		if c.Flex && widths[i] > 0 && spare > 0 {
			widths[i] += spare
			break
		}
	}
	for i := range widths { // narrower than the columns that must stay
		if over := total() - w; over > 0 && widths[i] > 1 {
			widths[i] = max(1, widths[i]-over)
		}
	}
	return widths
}
