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

// Every document of an integration has a name of its own and says where it
// goes, in both languages.
func TestPiecesSayWhereTheyGo(t *testing.T) {
	s := wizard.Settings{
		Integration: "cloudinary", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", CloudNames: "demo",
		KMSKeyARNs: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab,arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-ffffffffffff",
	}
	for _, lang := range []string{"en", "ja"} {
		c := text.For(lang)
		names := map[string]bool{}
		items := checklist.Items(c, s, nil)
		if len(items) != 4 {
			t.Fatalf("%d items", len(items))
		}
		for _, i := range items {
			if names[i.Name] || names[i.Short] || i.Name == "" || i.Short == "" || strings.ContainsAny(i.Name, "{}[") {
				t.Errorf("%s: the name is %q, in short %q", lang, i.Name, i.Short)
			}
			names[i.Name], names[i.Short] = true, true
			if len(i.Places) == 0 || strings.ContainsAny(i.Places[0], "{}[") {
				t.Errorf("%s: %s goes to %q", lang, i.Name, i.Places)
			}
		}
		if !strings.Contains(items[1].Name, "1234567890ab") || !strings.Contains(items[0].Places[0], "alpha-prod-assets") {
			t.Errorf("%s: which key, which bucket: %q %q", lang, items[1].Name, items[0].Places)
		}
	}
}

func TestNamesOfPieces(t *testing.T) {
	c := text.For("en")
	for want, p := range map[string]wizard.Piece{
		"Permissions of the role guest":  {ID: "permissions-guest", Kind: "permissions", On: wizard.OnRole},
		"Permissions of the role unauth": {ID: "permissions-guest", Kind: "permissions", On: wizard.OnRole, Of: "arn:aws:iam::123456789012:role/app/unauth"},
		"Permissions of the IAM user":    {ID: "permissions", Kind: "permissions", On: wizard.OnUser},
		"CORS rules":                     {ID: "cors", Kind: "cors", On: wizard.OnCORS},
		"File backend.ts":                {ID: "amplify-backend", Kind: "amplify-backend", On: wizard.InFile, Of: "amplify/backend.ts"},
		"Bucket policy":                  {ID: "bucket", Kind: "bucket", On: wizard.OnBucket},
	} {
		if got := checklist.Name(c, p.ID, p); got != want {
			t.Errorf("%+v is called %q, want %q", p, got, want)
		}
	}
}

// A test proves the documents that its own rows speak of: a file that everybody
// can read proves nothing of what Cloudinary may.
func TestRowsOfAServiceProveItsDocuments(t *testing.T) {
	s := wizard.Settings{
		Integration: "cloudinary", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", CloudNames: "demo",
		KMSKeyARNs: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
	}
	states := func(rows ...awscheck.Result) (out []wizard.PasteState) {
		rows = append(rows, awscheck.Result{ID: "delivery.url", Status: awscheck.Pass}, awscheck.Result{ID: "cloudinary.marker", Status: awscheck.Pass})
		proved, refuted := checklist.Found(rows)
		for _, i := range checklist.Items(text.For("en"), s, checklist.Prove(s, nil, proved, refuted)) {
			out = append(out, i.Paste.State)
		}
		return out
	}
	const ready, proved = wizard.PasteReady, wizard.PasteProved
	for _, c := range []struct {
		rows []awscheck.Result
		want []wizard.PasteState
	}{
		{nil, []wizard.PasteState{ready, ready, ready}},
		{[]awscheck.Result{{ID: "cloudinary.policy", Status: awscheck.Pass}, {ID: "cloudinary.key-policy", Status: awscheck.Skip}}, []wizard.PasteState{proved, ready, ready}},
		{[]awscheck.Result{{ID: "cloudinary.policy", Status: awscheck.Pass}, {ID: "cloudinary.key-policy", Status: awscheck.Pass}}, []wizard.PasteState{proved, proved, proved}},
		{[]awscheck.Result{{ID: "cloudinary.policy", Status: awscheck.Fail}}, []wizard.PasteState{ready, ready, ready}},
	} {
		if got := states(c.rows...); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.rows, got, c.want)
		}
	}
}
