package checklist_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

func settings() wizard.Settings {
	return wizard.Settings{
		Bucket: "alpha-prod-assets", Region: "ap-northeast-1", RoleARN: "arn:aws:iam::123456789012:role/cms/MediaRole",
		ExternalID: "md-2f6b7c1e9a04d853aa11", TrustedPrincipal: "999988887777", Prefix: "media",
	}
}

func rows(pairs ...string) []awscheck.Result {
	var out []awscheck.Result
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, awscheck.Result{ID: pairs[i], Status: awscheck.Status(pairs[i+1])})
	}
	return out
}

// Rows prove what they went through, and nothing else.
func TestWhatRowsProve(t *testing.T) {
	objects := []string{"bucket.list", "pass", "object.put", "pass", "object.get", "pass", "object.delete", "pass"}
	for name, c := range map[string]struct {
		rows            []awscheck.Result
		proved, refuted []string
	}{
		"nothing":               {nil, nil, nil},
		"the role alone":        {rows("role.assume", "pass"), []string{"trust"}, nil},
		"all":                   {rows(append(objects, "role.assume", "pass", "delivery.url", "pass")...), []string{"trust", "permissions", "bucket"}, nil},
		"with own credentials":  {rows(append(objects, "role.assume", "skip")...), nil, nil},
		"the role refuses":      {rows("role.assume", "fail", "object.put", "skip"), nil, []string{"trust"}},
		"no upload":             {rows("role.assume", "pass", "bucket.list", "pass", "object.put", "fail"), []string{"trust"}, []string{"permissions"}},
		"not served":            {rows("delivery.url", "fail"), nil, []string{"bucket"}},
		"inconclusive":          {rows("role.assume", "inconclusive", "delivery.url", "inconclusive"), nil, nil},
		"the owner's side":      {rows("role.assume", "skip", "owner.trust", "pass", "owner.permissions", "pass", "owner.bucket-policy", "pass"), []string{"trust", "permissions", "bucket"}, nil},
		"the owner knows it no": {rows("role.assume", "pass", "owner.trust", "fail"), nil, []string{"trust"}},
	} {
		proved, refuted := checklist.Found(c.rows)
		if !slices.Equal(proved, c.proved) || !slices.Equal(refuted, c.refuted) {
			t.Errorf("%s: proved %q, refuted %q", name, proved, refuted)
		}
	}
}

// A failed row takes back what an earlier test proved, and leaves what the
// person said.
func TestATestTakesBackAProof(t *testing.T) {
	s := settings()
	c := text.For("en")
	records := checklist.Toggle(nil, wizard.Pastes(s, nil)[0])
	records = checklist.Prove(s, records, []string{"trust", "bucket"}, nil)
	records = checklist.Prove(s, records, nil, []string{"trust", "bucket"})
	items := checklist.Items(c, s, records)
	if items[0].Paste.State != wizard.PasteMarked || items[2].Paste.State != wizard.PasteReady {
		t.Errorf("%s, %s", items[0].State, items[2].State)
	}
}

// Marking twice marks nothing.
func TestMarkingIsTakenBack(t *testing.T) {
	s := settings()
	once := checklist.Toggle(nil, wizard.Pastes(s, nil)[1])
	if got := wizard.Pastes(s, once)[1].State; got != wizard.PasteMarked {
		t.Fatalf("marked: %s", got)
	}
	if twice := checklist.Toggle(once, wizard.Pastes(s, once)[1]); len(twice) != 0 {
		t.Errorf("marked twice: %+v", twice)
	}
}

// Each document has its place in the console, by the names of the settings.
func TestPlaces(t *testing.T) {
	cdn := settings()
	cdn.Distribution = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"
	for _, c := range []struct {
		s    wizard.Settings
		lang string
		kind int
		want []string
	}{
		{settings(), "en", 0, []string{"IAM › Roles › MediaRole › Trust relationships"}},
		{settings(), "ja", 0, []string{"IAM › ロール › MediaRole › 信頼関係"}},
		{wizard.Settings{}, "en", 0, []string{"IAM › Roles › Create role"}},
		{wizard.Settings{}, "en", 1, []string{"<IAM role ARN>"}},
		{settings(), "en", 2, []string{"S3 › Buckets › alpha-prod-assets › Permissions › Bucket policy", "Block public access"}},
		{cdn, "en", 2, []string{"Bucket policy", "CloudFront › Distributions › E2EXAMPLE › Origins"}},
		{settings(), "en", 3, []string{"whoever administers AWS"}},
	} {
		item := checklist.Items(text.For(c.lang), c.s, nil)[c.kind]
		for i, want := range c.want {
			if i >= len(item.Places) || !strings.Contains(item.Places[i], want) {
				t.Errorf("%s: %q has no %q", item.Name, item.Places, want)
			}
		}
	}
}

// What a state says differs from all others, in words and in its mark.
func TestStatesAreToldApart(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		c := text.For(lang)
		s := settings()
		seen := map[string]wizard.PasteState{}
		marks := map[string]wizard.PasteState{}
		look := func(i checklist.Item) {
			if other, is := seen[i.Brief]; is && other != i.Paste.State || i.Brief == "" {
				t.Errorf("%s: %q is both %s and %s", lang, i.Brief, other, i.Paste.State)
			}
			if other, is := marks[i.Mark]; is && other != i.Paste.State || i.Mark == "" {
				t.Errorf("%s: %q is both %s and %s", lang, i.Mark, other, i.Paste.State)
			}
			seen[i.Brief], marks[i.Mark] = i.Paste.State, i.Paste.State
		}
		changed := s
		changed.Prefix = "assets"
		for k, kind := range wizard.PasteKinds() {
			p := wizard.Pastes(s, nil)[k]
			mine := checklist.Toggle(nil, p)
			look(checklist.Items(c, s, nil)[k])
			look(checklist.Items(c, wizard.Settings{}, nil)[k])
			look(checklist.Items(c, s, mine)[k])
			if kind != wizard.DocumentTrust {
				look(checklist.Items(c, changed, mine)[k])
			}
			look(checklist.Items(c, s, nil, "trust", "permissions", "bucket")[k])
		}
		if len(marks) != 5 {
			t.Errorf("%s: %d marks", lang, len(marks))
		}
	}
}
