package text

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var named = regexp.MustCompile("\\{[a-z_]+\\}|`[^`]+`")

// Both languages say the same things, with the same placeholders and the same
// names of what a flag takes.
func TestHelpTextsAgreeAcrossLanguages(t *testing.T) {
	if en, ja := slices.Sorted(maps.Keys(helpEN)), slices.Sorted(maps.Keys(helpJA)); !slices.Equal(en, ja) {
		t.Fatalf("ids differ:\n en %q\n ja %q", en, ja)
	}
	for id, en := range helpEN {
		ja := helpJA[id]
		names := func(s string) []string {
			found := named.FindAllString(s, -1)
			slices.Sort(found)
			return found
		}
		if a, b := names(en), names(ja); !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: %v in English, %v in Japanese", id, a, b)
		}
		if strings.HasSuffix(id, ".example") {
			if a, b := typed(en), typed(ja); !slices.Equal(a, b) {
				t.Errorf("%s: other commands:\n en %q\n ja %q", id, a, b)
			}
			continue
		}
		japanese := func(r rune) bool {
			return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) || strings.ContainsRune("、。", r)
		}
		if !strings.ContainsFunc(ja, japanese) && id != "help.usage.command" {
			t.Errorf("%s is not Japanese: %q", id, ja)
		}
		if strings.ContainsFunc(en, japanese) {
			t.Errorf("%s is not English: %q", id, en)
		}
	}
}

// typed are the lines of an example that are no comments.
func typed(example string) []string {
	return slices.DeleteFunc(strings.Split(example, "\n"), func(l string) bool { return strings.HasPrefix(l, "#") })
}

// A summary is one line without a full stop, as lists want it.
func TestHelpSummariesAreOneLine(t *testing.T) {
	for _, words := range []map[string]string{helpEN, helpJA} {
		for id, s := range words {
			if !strings.HasSuffix(id, ".short") && !strings.Contains(id, "flag.") {
				continue
			}
			if strings.Contains(s, "\n") || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "。") {
				t.Errorf("%s: %q", id, s)
			}
		}
	}
}
