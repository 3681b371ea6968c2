package text

import (
	"regexp"
	"slices"
	"testing"
)

// Both languages have the same texts, with the same placeholders.
func TestExplanationsInBothLanguages(t *testing.T) {
	japanese := regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}]`)
	for id, en := range explainEN {
		ja, ok := explainJA[id]
		if !ok {
			t.Errorf("%s has no Japanese", id)
			continue
		}
		a, b := rePlaceholder.FindAllString(en, -1), rePlaceholder.FindAllString(ja, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s: English fills %v, Japanese %v", id, a, b)
		}
		if !japanese.MatchString(ja) {
			t.Errorf("%s: %s", id, ja)
		}
	}
	for id := range explainJA {
		if _, ok := explainEN[id]; !ok {
			t.Errorf("%s has no English", id)
		}
	}
}
