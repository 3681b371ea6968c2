package handoff

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// The request says what its reader has to know about running it, and leaves
// out what is the CMS's customer's alone.
func TestTheRequestSaysWhatItsReaderHasToKnow(t *testing.T) {
	s := wizard.Settings{
		Bucket: "alpha-prod-assets", Region: "ap-northeast-1", ExternalID: "md-7q4kz2m9x1c8v5b3n6t0w8r2", Prefix: "media",
		RoleARN: "arn:aws:iam::123456789012:role/MediaRole", TrustedPrincipal: "999988887777",
	}
	cdn := s
	cdn.Domain, cdn.Distribution = "https://my-media.example.com", "E2EXAMPLE"
	for _, settings := range []wizard.Settings{s, cdn} {
		for _, lang := range []string{"en", "ja"} {
			say := text.For(lang).Say
			p, errs := Make(settings, Options{Kind: All, Request: true})
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			md, err := Request(p, say)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range wizard.Facts(settings) {
				for k, v := range f.Args {
					f.Args[k] = code(v)
				}
				if said := strings.Contains(md, f.Words(say)); said != f.Owner {
					t.Errorf("%s: %s is said: %v", lang, f.ID, said)
				}
			}
		}
	}
}
