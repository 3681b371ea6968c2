package text

import (
	"regexp"
	"testing"
)

var codePlaceholder = regexp.MustCompile(`\{[a-z_]+\}`)

// TestLanguagesAgree: every id has a text in both languages, with the same
// codePlaceholders, whatever their order.
func TestLanguagesAgree(t *testing.T) {
	en, ja := For("en"), For("ja")
	for id, text := range en.codes {
		other, ok := ja.codes[id]
		if !ok {
			t.Errorf("%s has no Japanese", id)
			continue
		}
		has := map[string]bool{}
		for _, p := range codePlaceholder.FindAllString(text, -1) {
			has[p] = true
		}
		for _, p := range codePlaceholder.FindAllString(other, -1) {
			if !has[p] {
				t.Errorf("%s: the Japanese has %s, the English has not", id, p)
			}
		}
	}
	for id := range ja.codes {
		if _, ok := en.codes[id]; !ok {
			t.Errorf("%s has no English", id)
		}
	}
}
