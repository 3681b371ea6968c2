package report

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Line is a line of a document beside the one that it replaces.
type Line struct {
	Op   byte // ' ' in both, '-' only before, '+' only after
	Text string
}

// Diff sets a document beside the one that it replaces, line by line, three
// unchanged lines around each change; a line "..." stands for the others. The
// document alone where there is none to compare it with.
func Diff(before, after json.RawMessage) []Line {
	b, a := pretty(before), pretty(after)
	var out []Line
	if b == "" || b == a {
		for _, l := range strings.Split(a, "\n") {
			out = append(out, Line{' ', l})
		}
		return out
	}
	for _, l := range strings.Split(strings.TrimSuffix(string(diff.Diff("", []byte(b+"\n"), "", []byte(a+"\n"))), "\n"), "\n") {
		switch {
		case strings.HasPrefix(l, "@@"):
			if len(out) > 0 {
				out = append(out, Line{' ', "..."})
			}
		case strings.HasPrefix(l, "diff "), strings.HasPrefix(l, "--- "), strings.HasPrefix(l, "+++ "), l == "---", l == "+++", l == "":
		default:
			out = append(out, Line{l[0], l[1:]})
		}
	}
	return out
}

func pretty(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}
