package sandbox_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
)

// imgix serves what its key may read under the prefix, and knows nothing else.
func TestImgixDelivers(t *testing.T) {
	r := startScenario(t, "imgix-ready", func(o *sandbox.Options) {
		o.Account.ImgixSources[0].Domains = []string{"img.acme.jp"}
	})
	visitor := r.stranger()
	for at, want := range map[string]int{
		"https://alpha-prod.imgix.net/logo.png":                                                             200,
		"https://alpha-prod.imgix.net/logo.png?w=400&auto=format":                                           200,
		"https://img.acme.jp/logo.png":                                                                      200,
		"https://alpha-prod.imgix.net/docs/annual-report.pdf":                                               200, // hidden by the rules, served all the same (I12)
		"https://alpha-prod.imgix.net/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9/%E5%A4%8F%E3%81%AE%E6%B5%B7.jpg": 200,
		"https://alpha-prod.imgix.net/media/logo.png":                                                       404, // the prefix is no part of the URL (I8)
		"https://alpha-prod.imgix.net/none.png":                                                             404,
		"https://another.imgix.net/logo.png":                                                                404,
	} {
		res := r.read(visitor.Get(at))
		if res.StatusCode != want || res.Header.Get("Server") != "imgix" {
			t.Errorf("%s: %d by %s, want %d", at, res.StatusCode, res.Header.Get("Server"), want)
		}
		if text := body(res); want == 200 && len(text) < 300 || strings.Contains(text, "<Code>") {
			t.Errorf("%s: %.80q", at, text)
		}
		for name := range res.Header {
			if strings.HasPrefix(name, "X-Amz-") {
				t.Errorf("%s tells %s", at, name)
			}
		}
	}
	if res := r.read(visitor.Post("https://alpha-prod.imgix.net/logo.png", "text/plain", nil)); res.StatusCode != 405 {
		t.Errorf("POST: %d", res.StatusCode)
	}
	if _, err := visitor.Get("https://other.acme.jp/logo.png"); err == nil {
		t.Error("a domain that no source has answers")
	}
}

// What the key's user may not read imgix does not serve; what its policy says
// counts as it is at that moment.
func TestImgixReadsWithItsKey(t *testing.T) {
	r := startScenario(t, "imgix-ready", func(o *sandbox.Options) {
		doc, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::alpha-prod-assets"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha-prod-assets/media/docs/*"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		o.Account.Callers[0].Policy = &doc
	})
	visitor := r.stranger()
	for at, want := range map[string]int{"logo.png": 403, "docs/annual-report.pdf": 200, "docs/none.pdf": 404} {
		if res := r.read(visitor.Get("https://alpha-prod.imgix.net/" + at)); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", at, res.StatusCode, want)
		}
	}
}

// A source that is queued is as strange as one that nobody has; one that wants
// signed URLs says so.
func TestImgixSources(t *testing.T) {
	for scenario, want := range map[string]int{"imgix-queued": 404, "imgix-signed-urls": 403, "imgix-us-east-1": 403, "imgix-managed-read-only": 200} {
		r := startScenario(t, scenario)
		if res := r.read(r.stranger().Get("https://alpha-prod.imgix.net/logo.png")); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", scenario, res.StatusCode, want)
		}
	}
}
