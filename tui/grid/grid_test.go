package grid

import (
	"strings"
	"testing"
)

func TestCutAndFitCountCells(t *testing.T) {
	for _, c := range []struct {
		in, cut string
		w       int
	}{
		{"abcdef", "abcdef", 6}, {"abcdefg", "abcd..", 6}, {"写真のファイル", "写真..", 7}, {"写真", "写", 3}, {"写真", "", 1}, {"abc", "", 0}, {"abc", "", -1},
		{"\x1b[31mabcdefgh\x1b[0m", "", 0},
	} {
		if got := Cut(c.in, c.w); got != c.cut {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.w, got, c.cut)
		}
		for w := range 12 {
			for _, f := range []func(string, int) string{Fit, FitRight} {
				if got := f(c.in, w); Width(got) != w {
					t.Errorf("%q fitted to %d is %d wide", c.in, w, Width(got))
				}
			}
			if got := CutLeft(c.in, w); Width(got) > w {
				t.Errorf("CutLeft(%q, %d) = %q is %d wide", c.in, w, got, Width(got))
			}
		}
	}
	if got := CutLeft("https://example.com/a/logo.png", 12); got != "..a/logo.png" {
		t.Errorf("the end of a URL is kept, got %q", got)
	}
}

func TestEnds(t *testing.T) {
	if got := Ends("left", "right", 12); got != "left   right" {
		t.Errorf("got %q", got)
	}
	if got := Ends("a long left side", "right", 12); got != "a lo.. right" {
		t.Errorf("the left side gives way, got %q", got)
	}
}

func TestWrapBreaksAtSpacesAndBetweenWideCharacters(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"the quick brown fox", 10, "the quick|brown fox"},
		{"a  b", 10, "a  b"},
		{"", 10, ""},
		{"one\ntwo", 10, "one|two"},
		{"arn:aws:iam::123456789012:role/MediaRole", 20, "arn:aws:iam::1234567|89012:role/MediaRole"},
		{"バケットの名前。次の文", 10, "バケットの|名前。次の|文"},
		// A full stop does not begin a line, and a bracket does not end one.
		{"あいうえお。", 10, "あいうえ|お。"},
		{"あいうえ（お）", 10, "あいうえ|（お）"},
		{"IAMロールのARN", 9, "IAMロール|のARN"},
	} {
		got := strings.Join(Wrap(c.in, c.w), "|")
		if got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("the quick 写真（ファイル）。 brown\nfox", 7)
	f.Add("arn:aws:iam::123456789012:role/x y", 5)
	f.Fuzz(func(t *testing.T, s string, w int) {
		if w < 4 || w > 200 || len(s) > 2000 || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 }) {
			t.Skip()
		}
		var kept strings.Builder
		for _, l := range Wrap(s, w) {
			if n := Width(l); n > w {
				// one character may be wider than the line with what must stay beside it
				if n > w+8 {
					t.Errorf("%q is %d wide, asked for %d", l, n, w)
				}
			}
			kept.WriteString(l)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(kept.String()) != squeeze(s) {
			t.Errorf("%q became %q", s, kept.String())
		}
	})
}

func TestColumnsDropTheLeastImportantAndGiveTheRestToOne(t *testing.T) {
	cols := []Column{{Min: 10, Max: 20}, {Min: 10, Flex: true, Rank: 1}, {Min: 8, Rank: 2}}
	for _, c := range []struct {
		w    int
		want [3]int
	}{
		{100, [3]int{20, 68, 8}}, {40, [3]int{18, 10, 8}}, {31, [3]int{19, 10, 0}}, {20, [3]int{20, 0, 0}}, {6, [3]int{6, 0, 0}},
	} {
		got := Columns(c.w, cols)
		if [3]int(got) != c.want {
			t.Errorf("in %d cells: %v, want %v", c.w, got, c.want)
		}
	}
}

func TestLinesStayInsideTheirBox(t *testing.T) {
	got := Lines("写真写真写真\nab\n\x1b[31mabcdefgh\x1b[0m\nmore", 5, 3)
	if len(got) != 3 {
		t.Fatalf("%d lines for a box of 3", len(got))
	}
	for _, l := range got {
		if Width(l) > 5 {
			t.Errorf("%q is %d wide", l, Width(l))
		}
	}
}
