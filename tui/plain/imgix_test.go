package plain_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/wizard"
)

// Line by line a source is set up like any connection; what follows from an
// answer is said, and rules are tried on the files that are there.
func TestASourceLineByLine(t *testing.T) {
	w := tuitest.NewWorld()
	w.Found = []string{"/logo.png", "/docs/a.pdf", "/private/b.pdf"}
	out, err := setup(t, w, plain.Options{},
		"2", "alpha-prod-assets", "us-east-1", "imgix",
		"media", "https://alpha.imgix.net/", "1", "", "img.acme.jp",
		"hide /private/", "exclude /private/, /none/", "", "alpha-prod-assets")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out, "2. imgix (imgix)", "s3-external-1.amazonaws.com", "AWS profile of imgix's key", "Prefix",
		"prefix media/ + path docs/image.png = object media/docs/image.png",
		"Enter the part before .imgix.net alone.", "Suggestion for Subdomain: alpha",
		"CNAME img.acme.jp", "is no mode", "2 of 3 assets will show.", "No asset begins with /none/.",
		"can never be used again", "https://img.acme.jp/image.png", "It reads with imgix's key")
	got := w.Saved["alpha-prod-assets"]
	want := wizard.Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "us-east-1", Access: "caller", AccessKeyProfile: "imgix", Prefix: "media",
		Subdomain: "alpha", Domain: "https://img.acme.jp", PathRules: `{"mode":"exclude","paths":["/private/","/none/"]}`, ManagedBy: "mediadock"}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if strings.Contains(out, "uploads a small test file") {
		t.Error("imgix's test uploads nothing")
	}
	if strings.Contains(out, "env-") {
		t.Error("a source has no environments")
	}
}

// Paths that match nothing are named as Japanese names several things.
func TestUnmatchedPathsInJapanese(t *testing.T) {
	w := tuitest.NewWorld()
	w.Found = []string{"/logo.png"}
	var out bytes.Buffer
	answers := []string{"2", "alpha-prod-assets", "us-east-1", "imgix", "media", "alpha", "", "", "exclude /none/, /nil/"}
	_ = plain.Setup(t.Context(), w, text.For("ja"), plain.Options{In: strings.NewReader(strings.Join(answers, "\n") + "\n"), Out: &out})
	wants(t, out.String(), "/none/、/nil/ で始まるアセットはありません。")
}

// imgix is put in front of a saved connection from its menu (M10), also in
// Japanese.
func TestImgixInFrontFromTheMenu(t *testing.T) {
	for lang, said := range map[string][]string{
		"en": {"7. Put imgix in front of it", "prefix media/ + path docs/image.png"},
		"ja": {"7. 前にimgixを置く", "プレフィックス media/ ＋ パス docs/image.png"},
	} {
		w := full()
		out, _ := home(t, w, lang, "1", "7", "", "", "", "", "", "alpha", "", "", "", "", "alpha-prod-assets")
		wants(t, out, said...)
		got, ok := w.Saved["prod-imgix"]
		if !ok || got.Bucket != whole.Bucket || got.Prefix != whole.Prefix || got.Subdomain != "alpha" || got.RoleARN != "" {
			t.Errorf("%s: saved %+v\n%s", lang, w.Saved, out)
		}
	}
}
