package text

import "testing"

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"plain 写真.png":          "plain 写真.png",
		"red\x1b[31m":           `red\u{1b}[31m`,
		"two\nlines\r":          `two\u{a}lines\u{d}`,
		"c1\u009b31m":           `c1\u{9b}31m`,
		"bidi\u202egnp.exe":     `bidi\u{202e}gnp.exe`,
		"zero\u200bwidth":       `zero\u{200b}width`,
		"line\u2028separator":   `line\u{2028}separator`,
		"broken\xffutf8":        `broken\u{ff}utf8`,
		"replacement \ufffd ok": "replacement \ufffd ok",
		"del\x7f":               `del\u{7f}`,
	} {
		if got := Safe(in); got != want {
			t.Errorf("Safe(%q) = %q, want %q", in, got, want)
		}
	}
}
