package wizard

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

const (
	guestRole = "arn:aws:iam::210987654321:role/amplify-app-unauth"
	authRole  = "arn:aws:iam::210987654321:role/amplify-app-auth"
	adminRole = "arn:aws:iam::210987654321:role/amplify-app-admin"
	allRoles  = `{"guest":"` + guestRole + `","authenticated":"` + authRole + `","groups":{"admin":"` + adminRole + `"}}`
	sub       = `${cognito-identity.amazonaws.com:sub}`
)

// The four examples of the documentation (A15, A18, A20, A23), and one with
// paths below others.
var amplifyTables = map[string]string{
	"guests":        `{"public/*":{"guest":["get","list"]}}`,
	"authenticated": `{"public/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]}}`,
	"groups":        `{"public/*":{"authenticated":["get","list","write","delete"]},"admin/*":{"authenticated":["get","list"],"groupsadmin":["get","list","write","delete"]}}`,
	"owners":        `{"public/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]},"protected/*":{"guest":["get","list"],"authenticated":["get","list"]},"protected/` + sub + `/*":{"entityidentity":["get","list","write","delete"]}}`,
	"nested":        `{"media/*":{"guest":["get","list"],"authenticated":["get","list","write"]},"media/it's/*":{"authenticated":["get"],"groups1.st-Elite":["get"],"groupsphoto-team":["get","list","write","delete"]}}`,
}

var storageNameRows = []row{
	{in: "mediaBucket", want: "mediaBucket"},
	{in: "my_media-2", want: "my_media-2"},
	{in: "my media", err: "storage_name.charset", suggest: "mymedia"},
	{in: "写真", err: "storage_name.charset"},
	{in: strings.Repeat("a", 65), err: "storage_name.too_long"},
}

var defaultStorageRows = []row{
	{in: "", want: ""},
	{in: "amplify-app-storage", want: "amplify-app-storage"},
	{in: "Amplify_App", err: "default_storage.format"},
	{in: "alpha-prod-assets", with: Settings{Bucket: "alpha-prod-assets"}, err: "default_storage.same"},
}

var pathRows = []row{
	{in: amplifyTables["guests"], want: amplifyTables["guests"]},
	{in: ` {"public/*": {"guest": ["read"]}} `, want: amplifyTables["guests"], notices: []string{"space_removed"}},
	{in: amplifyTables["groups"], want: amplifyTables["groups"], notices: []string{"paths.group_alone"}},
	{in: amplifyTables["owners"], want: amplifyTables["owners"]},
	{in: `{"in/*":{"guest":["write"]}}`, want: `{"in/*":{"guest":["write"]}}`, notices: []string{"paths.guests_write"}},
	{in: `{"own/{entity_id}/*":{"entityidentity":["get"]}}`, want: `{"own/` + sub + `/*":{"entityidentity":["get"]}}`},
	{in: "public/*", err: "paths.format"},
	{in: `{"/public/*":{"guest":["get"]}}`, err: "paths.slash", suggest: `{"public/*":{"guest":["get"]}}`},
	{in: `{"/public":{"guest":["put"]}}`, err: "paths.slash", suggest: `{"public/*":{"guest":["write"]}}`},
	{in: `{"public":{"guest":["get"]}}`, err: "paths.end", suggest: `{"public/*":{"guest":["get"]}}`},
	{in: `{"*":{"guest":["get"]}}`, err: "paths.whole"},
	{in: `{"":{"guest":["get"]}}`, err: "paths.whole.unnamed"},
	{in: `{"a/*":{}}`, err: "paths.no_action.nobody"},
	{in: `{"a//b/*":{"guest":["get"]}}`, err: "paths.segment", suggest: `{"a/b/*":{"guest":["get"]}}`},
	{in: `{"a?/*":{"guest":["get"]}}`, err: "paths.charset"},
	{in: `{"{entity_id}/a/*":{"entityidentity":["get"]}}`, err: "paths.identity_place"},
	{in: `{"a/*":{"entityidentity":["get"]}}`, err: "paths.identity_needed", suggest: `{"a/` + sub + `/*":{"entityidentity":["get"]}}`},
	{in: `{"a/{entity_id}/*":{"guest":["get"]}}`, err: "paths.identity_only", suggest: `{"a/*":{"guest":["get"]}}`},
	{in: `{"a/*":{"guest":["get"]},"a/*":{"guest":["get"]}}`, err: "paths.duplicate"},
	{in: `{"a/*":{"guest":["get"],"guest":["get"]}}`, err: "paths.duplicate.row"},
	{in: `{"a/*":{"guest":["get"]},"a/b/*":{"guest":["get"]},"a/b/c/*":{"guest":["get"]}}`, err: "paths.nested"},
	{in: `{"a/*":{"everybody":["get"]}}`, err: "paths.who"},
	{in: `{"a/*":{"groups":["get"]}}`, err: "paths.group"},
	{in: `{"a/*":{"guest":["copy"]}}`, err: "paths.action"},
	{in: `{"a/*":{"guest":[]}}`, err: "paths.no_action"},
}

var appRoleRows = []row{
	{in: "", want: ""},
	{in: allRoles, want: allRoles},
	{in: `{"groups": {"admin": "` + adminRole + `"}, "guest": ""}`, want: `{"groups":{"admin":"` + adminRole + `"}}`},
	{in: `{}`, err: "app_roles.format"},
	{in: authRole, err: "app_roles.format"},
	{in: `{"guest": 5}`, err: "app_roles.format"},
	{in: `{"admin": "` + adminRole + `"}`, err: "app_roles.who"},
	{in: `{"guest": "amplify-app-unauth"}`, err: "app_roles.arn"},
	{in: `{"guest": "arn:aws:sts::210987654321:assumed-role/amplify-app-unauth/session"}`, err: "app_roles.arn", suggest: `{"guest":"` + guestRole + `"}`},
	{in: `{"guest": "` + guestRole + `"}`, with: Settings{Region: "cn-north-1"}, err: "app_roles.partition"},
}

var originRows = []row{
	{in: "", want: ""},
	{in: "https://app.acme.jp, http://localhost:3000", want: "https://app.acme.jp,http://localhost:3000"},
	{in: "*", want: "*", notices: []string{"cors_origins.any"}},
	{in: "https://*.acme.jp", want: "https://*.acme.jp"},
	{in: "capacitor://localhost", want: "capacitor://localhost"},
	{in: "HTTPS://App.acme.jp:443", want: "https://app.acme.jp"},
	{in: "https://写真.acme.jp", want: "https://xn--g7qs82g.acme.jp"},
	{in: "http://app.acme.jp", want: "http://app.acme.jp", notices: []string{"cors_origins.plain"}},
	{in: "http://127.0.0.1:8080", want: "http://127.0.0.1:8080"},
	{in: "https://app.acme.jp/", err: "cors_origins.path", suggest: "https://app.acme.jp"},
	{in: "https://a.acme.jp, https://app.acme.jp/login?x=1", err: "cors_origins.path", suggest: "https://a.acme.jp,https://app.acme.jp"},
	{in: "app.acme.jp", err: "cors_origins.scheme", suggest: "https://app.acme.jp"},
	{in: "localhost:3000", err: "cors_origins.scheme", suggest: "http://localhost:3000"},
	{in: "https://*.*.acme.jp", err: "cors_origins.wildcard"},
	{in: "https://", err: "cors_origins.format"},
	{in: "https://user@app.acme.jp", err: "cors_origins.format"},
	{in: "https://app acme.jp", err: "cors_origins.format"},
}

func amplifySettings(table string) Settings {
	return Settings{
		Integration: "amplify", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", StorageName: "mediaBucket",
		Paths: Rules(table), AppRoles: allRoles, CORSOrigins: "https://app.acme.jp,http://localhost:3000",
	}
}

func piecesOf(t *testing.T, s Settings, kind string, tight bool) []Piece {
	t.Helper()
	all, errs := Pieces(s, kind, tight)
	if errs != nil {
		t.Fatalf("%s: %v", kind, errs)
	}
	return all
}

// The files of the app are as they were looked at; the script .ci/test-amplify
// compiles them with Amplify's own types.
func TestAmplifyFiles(t *testing.T) {
	for name, table := range amplifyTables {
		for kind, ext := range map[string]string{DocumentAmplifyBackend: ".ts", DocumentAmplifyOutputs: ".json"} {
			for _, tight := range []bool{false, true} {
				s := amplifySettings(table)
				if tight && kind == DocumentAmplifyOutputs {
					s.DefaultStorage = "amplify-app-storage"
				}
				if name == "nested" {
					s.DefaultStorage = "amplify-app-storage"
				}
				file := name + ext
				if tight {
					file = name + "-tight" + ext
				}
				got := piecesOf(t, s, kind, tight)[0].Text
				want, err := os.ReadFile(filepath.Join("testdata", "amplify", file))
				if err != nil || got != string(want) {
					t.Errorf("%s (%v) is\n%s", file, err, got)
				}
			}
		}
	}
}

// Every role of the table has its policy; beside one another they grant the
// table, which package storagepaths holds for each in full.
func TestAmplifyPermissions(t *testing.T) {
	s := amplifySettings(amplifyTables["groups"])
	var got []string
	for _, p := range piecesOf(t, s, DocumentPermissions, true) {
		got = append(got, p.ID+" "+p.On+" "+p.Of)
		if findings := policy.Lint(*p.Policy, policy.KindIdentity); len(findings) > 0 {
			t.Errorf("%s: %v", p.ID, findings)
		}
	}
	want := []string{"permissions-authenticated role " + authRole, "permissions-groupsadmin role " + adminRole}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestAmplifyBucketPolicy(t *testing.T) {
	s := amplifySettings(amplifyTables["groups"])
	wide := piecesOf(t, s, DocumentBucket, false)[0]
	text, err := json.Marshal(wide.Policy)
	want := `{"Version":"2012-10-17","Statement":[{"Sid":"Statement1","Effect":"Allow","Principal":{"AWS":"` + authRole + `"},"Action":["s3:PutObject","s3:GetObject","s3:DeleteObject","s3:ListBucket"],"Resource":["arn:aws:s3:::alpha-prod-assets","arn:aws:s3:::alpha-prod-assets/*"]}]}`
	if err != nil || string(text) != want || wide.On != OnBucket {
		t.Errorf("%s, %v", text, err)
	}
	for _, st := range piecesOf(t, s, DocumentBucket, true)[0].Policy.Statements {
		if slices.Contains(st.Resource, "arn:aws:s3:::alpha-prod-assets/*") {
			t.Errorf("the tight policy opens the whole bucket: %+v", st)
		}
	}
	// The one that opens the bucket is never among all documents.
	for _, p := range piecesOf(t, s, DocumentAll, false) {
		if p.Kind == DocumentBucket {
			t.Error("all documents hold the open bucket policy")
		}
	}
	if !slices.ContainsFunc(piecesOf(t, s, DocumentAll, true), func(p Piece) bool { return p.Kind == DocumentBucket }) {
		t.Error("all tight documents lack the bucket policy")
	}
	for _, roles := range []string{"", `{"guest":"` + guestRole + `"}`} {
		s.AppRoles = Rules(roles)
		if _, errs := Pieces(s, DocumentBucket, false); len(errs) != 1 || errs[0].Code != "app_roles.missing" {
			t.Errorf("%q: %v", roles, errs)
		}
	}
}

func TestAmplifyCORS(t *testing.T) {
	s := amplifySettings(amplifyTables["guests"])
	want := `[
  {
    "AllowedHeaders": [
      "*"
    ],
    "AllowedMethods": [
      "GET",
      "HEAD",
      "PUT",
      "POST",
      "DELETE"
    ],
    "AllowedOrigins": [
      "https://app.acme.jp",
      "http://localhost:3000"
    ],
    "ExposeHeaders": [
      "x-amz-server-side-encryption",
      "x-amz-request-id",
      "x-amz-id-2",
      "ETag"
    ],
    "MaxAgeSeconds": 3000
  }
]
`
	if got := piecesOf(t, s, DocumentCORS, false)[0]; got.Text != want || got.On != OnCORS {
		t.Errorf("%s %s", got.On, got.Text)
	}
	var rules []CORSRule
	if err := json.Unmarshal([]byte(piecesOf(t, s, DocumentCORS, true)[0].Text), &rules); err != nil || !slices.Equal(rules[0].AllowedMethods, []string{"GET", "HEAD"}) {
		t.Errorf("%v, %v", rules, err)
	}
}

func TestAmplifyPieces_missing(t *testing.T) {
	_, errs := Pieces(Settings{Integration: "amplify"}, DocumentAll, false)
	var codes []string
	for _, e := range errs {
		codes = append(codes, e.Code)
	}
	if want := []string{"bucket.missing", "region.missing", "storage_name.missing", "paths.missing"}; !slices.Equal(codes, want) {
		t.Errorf("%q", codes)
	}
	table := storagepaths.Table{}
	for _, r := range "abcdefghijklmnopqrstuvwxyz" {
		table = append(table, storagepaths.Row{Path: strings.Repeat(string(r), 250) + "/*", Who: storagepaths.Guest, Actions: []string{storagepaths.Get, storagepaths.List}})
	}
	_, errs = Pieces(amplifySettings(table.JSON()), DocumentPermissions, false)
	if len(errs) != 1 || errs[0].Code != "paths.too_long" || errs[0].Args["role"] != "guest" {
		t.Errorf("%v", errs)
	}
}
