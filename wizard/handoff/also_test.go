package handoff_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// What is said of the second principal is said of itself, in its own name.
func TestTheSecondPrincipalIsCheckedLikeTheFirst(t *testing.T) {
	s := situations()[0].settings
	for in, want := range map[string]string{
		"4444-3333-2222":                     "also_trust.account.hyphens",
		"44443333222":                        "also_trust.account",
		"*":                                  "also_trust.wildcard",
		"cloudfront.amazonaws.com":           "also_trust.format",
		"arn:aws-cn:iam::444433332222:root":  "also_trust.partition",
		"arn:aws:iam::444433332222:group/ed": "also_trust.format",
		strings.Repeat("4", 2049):            "also_trust.too_long",
		"４４４４３３３３２２２２":                       "also_trust.charset",
	} {
		_, problems := handoff.Make(s, handoff.Options{Kind: handoff.Trust, AlsoTrust: in})
		if len(problems) != 1 || strings.TrimPrefix(problems[0].TextID(), "error.") != want || problems[0].Field != "also_trust" {
			t.Errorf("%s: %+v", in, problems)
			continue
		}
		for _, lang := range []string{"en", "ja"} {
			if !text.For(lang).Has(problems[0].TextID()) {
				t.Errorf("%s: %s has no text", lang, problems[0].TextID())
			}
		}
		if len(problems[0].Also) > 0 {
			t.Errorf("%s: offers values for %v", in, problems[0].Also)
		}
	}
}

func TestTheFirstPrincipalIsNoSecond(t *testing.T) {
	s := situations()[0].settings
	for _, also := range []string{"", " ", vendor, "arn:aws:iam::" + vendor + ":root"} {
		p, problems := handoff.Make(s, handoff.Options{Kind: handoff.Trust, AlsoTrust: also})
		if len(problems) > 0 || p.AlsoTrust != "" || len(p.Trust.Statements[0].Principal.AWS) != 1 {
			t.Errorf("%q: %+v %v", also, problems, p.Trust)
		}
	}
	// Other documents have nobody to trust.
	if p, problems := handoff.Make(s, handoff.Options{Kind: handoff.Permissions, AlsoTrust: operator}); len(problems) > 0 || p.AlsoTrust != "" {
		t.Errorf("permissions: %v %q", problems, p.AlsoTrust)
	}
}

func TestTheRequestNamesBothPrincipals(t *testing.T) {
	s := situations()[0].settings
	for _, lang := range []string{"en", "ja"} {
		p, problems := handoff.Make(s, handoff.Options{Kind: handoff.All, Request: true, AlsoTrust: owner})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		out, err := handoff.Request(p, text.For(lang).Say)
		if err != nil {
			t.Fatal(err)
		}
		said, _, _ := strings.Cut(out, "```")
		for _, want := range []string{"`" + vendor + "`", "`" + owner + "`", text.For(lang).Say("handoff.trusted.also-same-account", map[string]string{"also": "`" + owner + "`"})} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %s is not said in\n%s", lang, want, said)
			}
		}
		if strings.Contains(said, "{") || strings.Contains(said, text.For(lang).Say("handoff.trusted.account", map[string]string{"trusted_account": "`" + vendor + "`"})) {
			t.Errorf("%s: one is said to be the only one:\n%s", lang, said)
		}
	}
}
