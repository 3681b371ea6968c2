package account_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

const delivering = `
account: "123456789012"
buckets: [{name: assets, region: ap-northeast-1}]
distributions:
  - {id: E1PLAIN, origin: {bucket: assets}}
  - {id: E2WHOLE, aliases: [media.example.com], origin: {domain: assets.s3.amazonaws.com, path: /x}, origin_access_control: true, signing: never,
     cache_ttl: 1h, query_strings: true, error_caching: 0s, invalidation_time: 8h, error_response: {status: 200, file: index.html}, blocked: true}
  - {id: E3PAGE, origin: {bucket: assets}, error_response: {content: gone, content_type: text/plain}}
sites:
  - {host: www.example.com}
  - {host: old.example.com, status: 301, headers: {Location: "https://www.example.com/"}, content_type: text/plain, body: moved, certificate: ["*.hosting.example"]}
`

func TestDelivery(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("<title>App</title>"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := account.Parse([]byte(delivering), dir)
	if err != nil {
		t.Fatal(err)
	}
	none := time.Duration(0)
	for i, want := range []account.Distribution{
		{ID: "E1PLAIN", OriginBucket: "assets", Signing: "always", CacheTTL: 24 * time.Hour, Enabled: true, Deployed: true},
		{ID: "E2WHOLE", Aliases: []string{"media.example.com"}, Certificate: []string{"media.example.com"}, OriginDomain: "assets.s3.amazonaws.com", OriginPath: "/x",
			OriginAccessControl: true, Signing: "never", CacheTTL: time.Hour, QueryStrings: true, ErrorCaching: &none, InvalidationTime: 8 * time.Hour,
			ErrorResponse: &account.ErrorResponse{Status: 200, Content: []byte("<title>App</title>"), ContentType: "text/html"}, Enabled: true, Deployed: true, Blocked: true},
		{ID: "E3PAGE", OriginBucket: "assets", Signing: "always", CacheTTL: 24 * time.Hour, Enabled: true, Deployed: true,
			ErrorResponse: &account.ErrorResponse{Content: []byte("gone"), ContentType: "text/plain"}},
	} {
		if got := a.Distributions[i]; !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
	want := []account.Site{
		{Host: "www.example.com", Status: 200, ContentType: "text/html"},
		{Host: "old.example.com", Status: 301, Headers: map[string]string{"Location": "https://www.example.com/"}, ContentType: "text/plain", Body: "moved", Certificate: []string{"*.hosting.example"}},
	}
	if !reflect.DeepEqual(a.Sites, want) {
		t.Errorf("got  %+v\nwant %+v", a.Sites, want)
	}
}

func TestWrongDelivery(t *testing.T) {
	const head = "account: \"123456789012\"\nbuckets: [{name: assets, region: ap-northeast-1}]\n"
	for text, want := range map[string]string{
		"distributions: [{id: E1, origin: {}}]":                                                              "is required, or domain",
		"distributions: [{id: E1, origin: {bucket: assets, domain: a.example.com}}]":                         "cannot stand beside bucket",
		"distributions: [{id: E1, origin: {bucket: assets}, signing: never}]":                                "needs origin_access_control",
		"distributions: [{id: E1, origin: {bucket: assets}, origin_access_control: true, signing: perhaps}]": "none of always, never, no-override",
		"distributions: [{id: E1, origin: {bucket: assets}, error_response: {status: 200}}]":                 "exactly one of file and content",
		"distributions: [{id: E1, origin: {bucket: assets}, error_response: {status: 99, content: x}}]":      "from 200 to 599",
		"distributions: [{id: E1, origin: {bucket: assets}, error_caching: -1s}]":                            "must be from 0s",
		"distributions: [{id: E1, origin: {bucket: none}}]":                                                  "there is no bucket",
		"sites: [{status: 200}]":                                    "host: is required",
		"sites: [{host: a.example.com}, {host: a.example.com}]":     "is there twice",
		"sites: [{host: a.example.com, certificates: [b.example]}]": `did you mean "certificate"?`,
	} {
		_, err := account.Parse([]byte(head+text), t.TempDir())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
