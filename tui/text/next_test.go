package text

import (
	"strings"
	"testing"
)

// What a stranger's server does, and what this computer does, is not found by
// testing the connection: no such error may send people there.
func TestTheConnectionTestIsAdvisedOnlyWhereItHelps(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		words := For(lang).UI.Trouble
		found := 0
		for id := range importEN {
			if !strings.HasPrefix(id, "media.url-") {
				continue
			}
			if found++; words.Next(id) == words.NextAgain {
				t.Errorf("%s %s: %s", lang, id, words.Next(id))
			}
		}
		if found < 25 {
			t.Errorf("only %d errors of imports", found)
		}
		for _, id := range []string{"media.disk-full", "media.clock", "media.archived", "media.journal", "media.cut-taken", "media.upload-stale"} {
			if words.Next(id) == words.NextAgain {
				t.Errorf("%s %s: %s", lang, id, words.Next(id))
			}
		}
		for _, id := range []string{"media.network", "media.denied", "media.busy"} {
			if words.Next(id) != words.NextAgain {
				t.Errorf("%s %s: %q", lang, id, words.Next(id))
			}
		}
	}
}
