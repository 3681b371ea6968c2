package text_test

import (
	"testing"

	"github.com/mediadock/mediadock/media/preview"
	"github.com/mediadock/mediadock/tui/text"
)

// Every reason why nothing is shown has a sentence of its own.
func TestPreviewReasonsHaveWords(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		said := map[string]string{}
		for _, code := range preview.Codes() {
			words := text.For(lang).UI.Preview.Why(code, "8 MB")
			if words == "" || said[words] != "" {
				t.Errorf("%s: %s reads %q, as %q does", lang, code, words, said[words])
			}
			said[words] = code
		}
	}
}
