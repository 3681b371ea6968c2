package text

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

// Every fact is said in both languages, with all that it is about filled in.
func TestEveryFactHasWords(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		c := For(lang)
		for _, g := range wizard.FactGroups() {
			if !c.Has("know.group." + g) {
				t.Errorf("%s: the group %s has no title", lang, g)
			}
		}
		for _, s := range []wizard.Settings{
			{Prefix: "media"},
			{Prefix: "media", Domain: "https://my-media.example.com", ManagedBy: "service", FixFileNames: true},
		} {
			for _, f := range wizard.Facts(s) {
				said := f.Words(c.Say)
				if !c.Has(f.TextID()) || strings.ContainsAny(said, "[]{}") {
					t.Errorf("%s: %s says %q", lang, f.ID, said)
				}
			}
		}
	}
}

// What is locked is told by the names of the fields.
func TestTheLockNamesItsFields(t *testing.T) {
	f, _ := wizard.FactByID(wizard.Settings{}, "locked")
	for lang, want := range map[string][]string{
		"en": {"Service, Bucket name, Region, URL prefix, Custom domain, Fix media file name, Service ID", "rotated: IAM role ARN, External ID."},
		"ja": {"バケット名、リージョン、URLプレフィックス、カスタムドメイン", "IAMロールARN、外部ID。"},
	} {
		for _, part := range want {
			if said := f.Words(For(lang).Say); !strings.Contains(said, part) {
				t.Errorf("%s: %q is not in %q", lang, part, said)
			}
		}
	}
}
