package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// What the terminal UI offers to copy is whole, or says what it needs.
func TestDocumentsOfTheTerminalUI(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		s := &services{app: &app{text: text.For(lang)}}
		settings := wizard.Settings{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", ExternalID: "md-7q4kz2m9x1c8v5b3n6t0w8r2", TrustedPrincipal: "999988887777"}
		var ids []string
		for _, d := range s.Documents(settings) {
			ids = append(ids, d.ID)
			if d.Body == "" || len(d.Missing) > 0 || d.File == "" {
				t.Errorf("%s: %s is not whole: %q", lang, d.ID, d.Missing)
			}
			if title := text.For(lang).UI.Documents.Title(d.ID); title == d.ID {
				t.Errorf("%s: %s has no title", lang, d.ID)
			}
		}
		if want := []string{"trust", "permissions", "bucket", "handoff", "terraform", "cloudformation", "aws-cli"}; !slices.Equal(ids, want) {
			t.Errorf("%s: %q, want %q", lang, ids, want)
		}

		for _, d := range s.Documents(wizard.Settings{Bucket: "alpha-prod-assets"}) {
			if (d.Body == "") != (len(d.Missing) > 0) {
				t.Errorf("%s: %s has %d bytes and lacks %q", lang, d.ID, len(d.Body), d.Missing)
			}
			if d.ID == "handoff" && !slices.Equal(d.Missing, []string{"region", "external_id", "trusted_principal"}) {
				t.Errorf("%s: the request lacks %q", lang, d.Missing)
			}
		}
		preview := world.Preview(s, wizard.Settings{Bucket: "alpha-prod-assets"}, func(key string) string { return "MARK " + key })
		for _, d := range preview {
			if d.Body == "" {
				t.Errorf("%s: %s cannot be looked at", lang, d.ID)
			}
			if slices.Contains(d.Missing, "external_id") && !strings.Contains(d.Body, "<MARK external_id>") {
				t.Errorf("%s: %s does not mark what it lacks", lang, d.ID)
			}
		}
	}
}
