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

// What the test of a saved connection found in its place is remembered, and a
// later one that finds otherwise takes it back.
func TestProvedDocumentsAreRemembered(t *testing.T) {
	full := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	if exit, stdout, stderr := p.run(append([]string{"setup", "--no-input", "-c", "prod"}, flagsOf(full)...)...); exit != exitDone {
		t.Fatalf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	saved := p.app().store.Pasted("prod")
	for _, kind := range []string{wizard.DocumentTrust, wizard.DocumentPermissions} {
		if saved[kind].Proved.Document == "" {
			t.Errorf("%s was found in its place, and is remembered as %+v", kind, saved[kind])
		}
	}
	c, err := p.app().store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.ExternalID = "wrong-external-id"
	if err := p.app().store.Save(c); err != nil {
		t.Fatal(err)
	}
	p.run("check", "prod")
	if after := p.app().store.Pasted("prod"); after[wizard.DocumentTrust].Proved.Document != "" {
		t.Errorf("the role refuses, and its trust policy is remembered as %+v", after[wizard.DocumentTrust])
	}
}
