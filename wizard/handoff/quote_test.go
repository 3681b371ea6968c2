package handoff

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	hashicorp "github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"golang.org/x/text/unicode/norm"

	"github.com/mediadock/mediadock/wizard"
)

var awkward = []string{
	"", "plain", `say "hi"`, `back\slash`, "${var.x}", "%{ if x }", "$${x}", "%%{x}", "$", "%", "a$", "$ {", "$$$${", "line\nbreak", "tab\t",
	"\r", "\x00", "\x1b[31m", "\x7f", "写真", "カフェ ☕", "😀${", "'", "it's", "`id`", "$(id)", "!x", "#x", "*", "yes", "12:30:45", "1e5", "~", "- a", "a: b",
}

func FuzzQuoteHCL(f *testing.F) {
	for _, s := range awkward {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0xfeff) || !norm.NFC.IsNormalString(s) {
			t.Skip("HCL is UTF-8 without a mark, and normalises strings")
		}
		e, problems := hclsyntax.ParseExpression([]byte(quoteHCL(s)), "", hashicorp.InitialPos)
		if problems.HasErrors() {
			t.Fatalf("%q became %s: %v", s, quoteHCL(s), problems)
		}
		v, problems := e.Value(nil)
		if problems.HasErrors() || v.AsString() != s {
			t.Fatalf("%q became %s: %v %v", s, quoteHCL(s), v, problems)
		}
	})
}

func FuzzQuoteYAML(f *testing.F) {
	for _, s := range awkward {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f || r == 0xfeff || r >= 0x80 && r < 0xa0 }) {
			t.Skip("no setting holds these")
		}
		data, err := yaml.Marshal(quoteYAML(yaml.MapSlice{{Key: "k", Value: s}}))
		if err != nil {
			t.Fatal(err)
		}
		var back struct{ K string }
		if err := yaml.Unmarshal(data, &back); err != nil || back.K != s {
			t.Fatalf("%q became %s: %q %v", s, data, back.K, err)
		}
	})
}

// Whatever is given as a key: what is accepted is one key of the bucket's own
// Region, and can be named in a policy as it is.
func FuzzReadKey(f *testing.F) {
	const good = "arn:aws:kms:ap-northeast-1:210987654321:key/12345678-90ab-cdef-1234-567890abcdef"
	for _, s := range append(awkward, good, good+"*", strings.ToUpper(good), "alias/x", "arn:aws:kms:::alias/", good[:30]) {
		f.Add(s)
	}
	s := wizard.Settings{Region: "ap-northeast-1"}
	f.Fuzz(func(t *testing.T, v string) {
		k, err := readKey(v, s)
		if err != nil {
			if !slices.Contains(KeyCodes(), err.Code) {
				t.Errorf("%q: the code %s is not listed", v, err.Code)
			}
			return
		}
		if strings.ContainsAny(v, "*?$\"' \n") || k.region != s.Region || k.partition != "aws" || len(k.account) != 12 {
			t.Errorf("%q is taken for a key", v)
		}
	})
}

// What YAML 1.1 takes for something else than a string is in quotes.
func TestYAMLQuotesWhatCouldBeSomethingElse(t *testing.T) {
	for _, s := range []string{"yes", "no", "on", "Off", "y", "n", "true", "null", "~", "1e5", "0x1F", "012", "12:30:45", "2012-10-17", "1_000", ".5", "=", "<<", "-", "*a", "&a", "!b", "@c", "#d", "123456789012", "a: b"} {
		data, err := yaml.Marshal(quoteYAML(s))
		if err != nil || strings.TrimSpace(string(data)) != `"`+s+`"` {
			t.Errorf("%s is written %s (%v)", s, data, err)
		}
	}
}

func TestQuoteShellIsOneWord(t *testing.T) {
	for _, s := range awkward {
		for _, quote := range []func(string) string{quoteShell, quoteWord} {
			out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf '<%s>' "+quote(s)).Output()
			if want := "<" + strings.ReplaceAll(s, "\x00", "") + ">"; err != nil || string(out) != want {
				t.Errorf("%q became %s: %q %v", s, quote(s), out, err)
			}
		}
	}
}

func TestNamesAreWhatTheOtherSideTakes(t *testing.T) {
	for _, c := range []struct{ name, label, id string }{
		{"prod", "prod", "Prod"},
		{"alpha-prod-assets", "alpha_prod_assets", "AlphaProdAssets"},
		{"my.site.example", "my_site_example", "MySiteExample"},
		{"2026-site", "media_2026_site", "Media2026Site"},
		{"7", "media_7", "Media7"},
		{"写真", "media", "Media"},
		{"", "media", "Media"},
		{"a--b..c", "a__b__c", "ABC"},
		{`x" {}`, "x", "X"},
	} {
		if got := label(c.name); got != c.label {
			t.Errorf("label(%q) = %q, want %q", c.name, got, c.label)
		}
		if got := logicalID(c.name); got != c.id {
			t.Errorf("logicalID(%q) = %q, want %q", c.name, got, c.id)
		}
	}
}
