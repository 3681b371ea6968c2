package wizard

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// clean removes what nobody types on purpose: invisible characters, and white
// space around the value. Both are told.
func clean(key, raw string) (string, []Notice) {
	var notices []Notice
	invisible := isInvisible
	if key == "notes" {
		invisible = isInvisibleInProse
		raw = strings.ReplaceAll(raw, "\r\n", "\n")
	}
	removed, seen := "", 0
	v := strings.Map(func(r rune) rune {
		if !invisible(r) {
			return r
		}
		removed += string(r)
		seen++
		return -1
	}, raw)
	if seen > 0 {
		notices = append(notices, Notice{key, "invisible_removed", map[string]string{
			"count": strconv.Itoa(seen), "codes": someCodePoints(removed),
		}})
	}
	trimmed := strings.TrimFunc(v, unicode.IsSpace)
	if n := len([]rune(v)) - len([]rune(trimmed)); n > 0 {
		at := strings.Index(v, trimmed)
		notices = append(notices, Notice{key, "space_removed", map[string]string{
			"count": strconv.Itoa(n), "codes": someCodePoints(v[:at] + v[at+len(trimmed):]),
		}})
	}
	return trimmed, notices
}

// isInvisible holds for characters that take no room: zero-width ones, marks
// of writing direction, soft hyphens, byte order marks.
func isInvisible(r rune) bool {
	switch {
	case r == '\u00ad', r == '\u034f', r == '\u061c', r == '\u180e', r == '\ufeff',
		'\u200b' <= r && r <= '\u200f', '\u202a' <= r && r <= '\u202e',
		'\u2060' <= r && r <= '\u206f':
		return true
	}
	return false
}

// isInvisibleInProse leaves the joiners and marks that some scripts and emoji
// need.
func isInvisibleInProse(r rune) bool {
	return r == '\ufeff' || r == '\u200b' || r == '\u2060'
}

// someCodePoints names the first few different characters of a text.
func someCodePoints(text string) string {
	var codes []string
	for _, r := range text {
		if code := codePoint(r); len(codes) < 3 && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, ", ")
}

func codePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }
