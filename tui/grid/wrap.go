package grid

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// Characters that Japanese typesetting keeps off the beginning or the end of a
// line (kinsoku).
const (
	notFirst = "。、，．・：；！？）」』】〕〉》”’ぁぃぅぇぉっゃゅょァィゥェォッャュョー々,.!?)]}"
	notLast  = "（「『【〔〈《“‘([{"
)

// Wrap breaks prose into lines of at most w cells: at spaces, and between
// characters of scripts that write without them. It takes plain text; style
// the lines afterwards.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	var out []string
	for _, para := range strings.Split(s, "\n") {
		out = append(out, wrapLine(para, w)...)
	}
	return out
}

func wrapLine(s string, w int) []string {
	var lines []string
	line, width := "", 0
	for _, word := range pieces(s) {
		ww := ansi.StringWidth(word)
		begins := ww > w && width <= w/2 // it is broken in any case, and may begin here
		if width+ww > w && width > 0 && !begins && strings.TrimSpace(word) != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			line, width = "", 0
		}
		for ww > w { // longer than a line: a URL, an ARN
			head := ansi.Truncate(word, w-width, "")
			if head == "" {
				break
			}
			lines = append(lines, line+head)
			word = word[len(head):]
			ww, line, width = ansi.StringWidth(word), "", 0
		}
		if width == 0 && len(lines) > 0 {
			word = strings.TrimLeft(word, " ")
			ww = ansi.StringWidth(word)
		}
		line += word
		width += ww
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces cuts a line where it may be broken: words with the blanks before
// them apart, wide characters one by one with what must stay beside them.
func pieces(s string) []string {
	var out []string
	cur := ""
	curWide := false
	g := uniseg.NewGraphemes(s)
	for g.Next() {
		c := g.Str()
		wide := ansi.StringWidth(c) > 1
		switch {
		case cur == "":
		case strings.Contains(notFirst, c) && strings.TrimSpace(cur) != "":
		case strings.HasSuffix(cur, " ") && c == " ":
		case endsWithAny(cur, notLast):
		case c == " " || strings.HasSuffix(cur, " "), wide, curWide:
			out = append(out, cur)
			cur = ""
		}
		cur += c
		curWide = wide
	}
	if cur != "" {
		out = append(out, cur)
	}
	return out
}

func endsWithAny(s, set string) bool {
	r := []rune(s)
	return len(r) > 0 && strings.ContainsRune(set, r[len(r)-1])
}

// Pieces cuts prose where a line may be broken, for layouts that break lines
// themselves. Joined they are s again.
func Pieces(s string) []string { return pieces(s) }
