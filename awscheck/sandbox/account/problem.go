package account

import (
	"fmt"
	"strings"
)

// Problem is one thing wrong with an account file.
type Problem struct {
	Line int    // 1-based; 0 when the file as a whole is meant
	Path string // "buckets[0].objects[3].key"
	// Code tells the kind: "syntax", "unknown-key", "wrong-type", "missing",
	// "invalid", "duplicate", "policy", "file".
	Code   string
	Reason string // in English, for people who write account files
}

func (p Problem) String() string {
	var b strings.Builder
	if p.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", p.Line)
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	return b.String() + p.Reason
}

// Error is everything wrong with an account file, in the order of the lines.
type Error struct{ Problems []Problem }

func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}
