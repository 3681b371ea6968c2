package text

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
)

// What is left as it is comes with a command that can be pasted: with the
// environment's name, which is also what decides where something is deleted.
func TestEnvironmentCheckNamesTheEnvironment(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		check := media.EnvironmentCheck{Done: true, Source: 2, Target: 2, ByETag: 1, Different: 1, DifferentPaths: []string{"a.txt"}}
		said := strings.Join(For(lang).EnvironmentCheck("prod/staging", check), "\n")
		if !strings.Contains(said, "mediadock media rm PATH -c prod/staging") || strings.ContainsAny(said, "{}") {
			t.Errorf("%s: %s", lang, said)
		}
	}
}

// One file is no plural.
func TestEnvironmentWordsForOne(t *testing.T) {
	c := For("en")
	gone := c.EnvironmentCheck("prod/staging", media.EnvironmentCheck{Done: true, Gone: 1, GonePaths: []string{"a.txt"}})
	for said, want := range map[string]string{
		gone[1]: "1 file deleted by somebody else meanwhile",
		c.Say("cmd.env.created-with", map[string]string{"environment": "prod/staging", "all": "6", "count": "1", "bytes": "2.9 kB", "time": "15 ms"}): "with all 6 files; copied now: 1 (2.9 kB), in 15 ms.",
		c.Say("cmd.env.not-deleted", map[string]string{"rest": "1", "environment": "prod/staging", "name": "staging", "connection": "prod"}):          "Files left: 1.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
}
