package text

import (
	"regexp"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

var argument = regexp.MustCompile(`\{([a-z_]+)\}`)

// checkText looks at one text in both languages: it is there, and asks for no
// argument that it will not be given.
func checkText(t *testing.T, id string, args []string) {
	t.Helper()
	for lang, codes := range map[string]map[string]string{"en": fieldsEN, "ja": fieldsJA} {
		said, ok := codes[id]
		if !ok || said == "" {
			t.Errorf("%s: %s has no text", lang, id)
		}
		for _, m := range argument.FindAllStringSubmatch(said, -1) {
			if !slices.Contains(args, m[1]) {
				t.Errorf("%s: %s uses {%s}; it is given %v", lang, id, m[1], args)
			}
		}
	}
}

func TestEveryErrorAndNoticeHasText(t *testing.T) {
	for _, code := range wizard.ErrorCodes() {
		checkText(t, "error."+code.ID, code.Args)
	}
	for _, code := range wizard.NoticeCodes() {
		checkText(t, "notice."+code.ID, code.Args)
	}
}

func TestEveryFieldStepAndChoiceHasText(t *testing.T) {
	for _, in := range wizard.Integrations() {
		for _, step := range in.Steps {
			checkText(t, "step."+step.ID+".title", nil)
		}
		var args []string
		for name := range wizard.NextArgs(wizard.Settings{Integration: in.ID, Bucket: "b"}) {
			args = append(args, name)
		}
		checkText(t, in.NextStep, args)
		for _, of := range []wizard.Settings{
			{Integration: in.ID, VideoSubdomain: "v", PathRules: `{"mode":"include","paths":["/a/"]}`},
			{Integration: in.ID, Prefix: "p", PathRules: `{"mode":"exclude","paths":["/a/"]}`},
			{Integration: in.ID, PathRules: `{"mode":"exclude-all"}`},
		} {
			for _, id := range wizard.NextSteps(of, func(string) bool { return false }) {
				checkText(t, id, args)
			}
		}
		if in.Served != "" {
			checkText(t, in.ServedStep, args)
		}
		for _, f := range wizard.Fields(in.ID) {
			for _, part := range []string{"label", "help"} {
				if For("en").Field(in.ID, f.Key, part) == "" || For("ja").Field(in.ID, f.Key, part) == "" {
					t.Errorf("%s: %s has no %s", in.ID, f.Key, part)
				}
			}
			live, ok := wizard.LiveOf(wizard.Settings{Integration: in.ID, Region: "us-east-1", Prefix: "a", Subdomain: "a", Domain: "https://m.acme.jp"}, f.Key)
			if !ok {
				continue
			}
			args = nil
			for name := range live.Args {
				args = append(args, name)
			}
			checkText(t, "live."+live.ID, args)
		}
	}
	in, _ := wizard.IntegrationByID(wizard.DefaultIntegration)
	// What stands for itself, and what the steps ask beside the fields.
	asSet := wizard.NewFlow(wizard.Settings{Access: "caller"}, "")
	parts, ok := asSet.Question(wizard.PartsKey)
	if !ok {
		t.Fatal("nobody asks who will use the role")
	}
	for _, c := range parts.Choices(asSet.Settings()) {
		var args []string
		for name := range c.Args {
			args = append(args, name)
		}
		checkText(t, "choice.parts."+c.Value+".label", args)
		checkText(t, "choice.parts."+c.Value, args)
	}
	for _, f := range append(wizard.Fields(in.ID), parts) {
		checkText(t, "field."+f.Key+".label", nil)
		checkText(t, "field."+f.Key+".help", nil)
		for _, codes := range []map[string]string{fieldsEN, fieldsJA} {
			if _, ok := codes["field."+f.Key+".where"]; !ok {
				t.Errorf("field.%s.where is missing", f.Key)
			}
		}
		if f.Choices == nil || f.Key == "region" || f.Key == wizard.PartsKey {
			continue
		}
		for _, c := range f.Choices(wizard.Settings{}) {
			checkText(t, "choice."+f.Key+"."+c.Value, nil)
		}
	}
}

// The labels are the service's own terms (D10).
func TestFieldsAreCalledAsInTheDocuments(t *testing.T) {
	for key, want := range map[string][2]string{
		"bucket":         {"Bucket name", "バケット名"},
		"region":         {"Region", "リージョン"},
		"role_arn":       {"IAM role ARN", "IAMロールARN"},
		"external_id":    {"External ID", "外部ID"},
		"prefix":         {"URL prefix", "URLプレフィックス"},
		"domain":         {"Custom domain", "カスタムドメイン"},
		"fix_file_names": {"Fix media file name", "メディアのファイル名を固定する"},
		"notes":          {"Notes", "メモ"},
	} {
		id := "field." + key + ".label"
		if got := [2]string{For("en").Say(id, nil), For("ja").Say(id, nil)}; got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestLanguagesHaveTheSameFieldTexts(t *testing.T) {
	for id := range fieldsEN {
		if _, ok := fieldsJA[id]; !ok {
			t.Errorf("%s is missing in Japanese", id)
		}
	}
	for id := range fieldsJA {
		if _, ok := fieldsEN[id]; !ok {
			t.Errorf("%s is missing in English", id)
		}
	}
}
