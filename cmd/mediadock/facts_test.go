package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// A dry run says what the review of the terminal UI says, as text and as JSON,
// in either language.
func TestDryRunsSayWhatIsToBeKnown(t *testing.T) {
	full := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	if err := p.app().store.Save(store.Connection{Name: "held", Settings: full}); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"setup": append([]string{"setup", "--no-input", "-c", "new"}, flagsOf(full)...),
		"edit":  {"connection", "edit", "held", "--notes", "x"},
	} {
		_, stdout, stderr := p.run(append(args, "--dry-run", "--json")...)
		var doc struct {
			URLs    []string   `json:"sample_urls"`
			Env     string     `json:"environment_sample_url"`
			Locked  []string   `json:"locked_after_upload"`
			Rotated []string   `json:"rotate_only"`
			Facts   []factJSON `json:"facts"`
			Changes []any      `json:"changes"`
		}
		if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
			t.Fatalf("%s: %v\n%s%s", name, err, stdout, stderr)
		}
		facts := wizard.Facts(full)
		if len(doc.URLs) != 3 || !strings.Contains(doc.Env, "/env-") || len(doc.Facts) != len(facts) || doc.Changes == nil ||
			!slices.Contains(doc.Locked, "bucket") || !slices.Equal(doc.Rotated, []string{"role_arn", "external_id"}) {
			t.Errorf("%s: %+v", name, doc)
		}
		for _, lang := range []string{"en", "ja"} {
			_, stdout, _ := p.run(append(args, "--dry-run", "--lang", lang)...)
			for _, f := range facts {
				if said := f.Words(text.For(lang).Say); !strings.Contains(stdout, said) {
					t.Errorf("%s in %s does not say %s:\n%s", name, lang, f.ID, stdout)
				}
			}
		}
	}
}
