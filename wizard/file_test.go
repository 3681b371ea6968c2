package wizard

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

type fileRow struct {
	name, in string
	want     map[string]string
	err      string // code or code.detail
	line     int
	like     string
}

var fileRows = []fileRow{
	{name: "yaml", in: "# ours\nbucket: alpha\nregion: ap-northeast-1 # Tokyo\nfix_file_names: on\n",
		want: map[string]string{"bucket": "alpha", "region": "ap-northeast-1", "fix_file_names": "on"}},
	{name: "numbers keep their digits", in: "external_id: 0123\ntrusted_principal: 012345678901\nprefix: 1.10\nnotes: 0x1F\nbucket: 1_000\n",
		want: map[string]string{"external_id": "0123", "trusted_principal": "012345678901", "prefix": "1.10", "notes": "0x1F", "bucket": "1_000"}},
	{name: "json", in: "{\n\t\"schema\": 1,\n\t\"bucket\": \"alpha\",\n\t\"fix_file_names\": true,\n\t\"trusted_principal\": 999988887777,\n\t\"domain\": null\n}\n",
		want: map[string]string{"schema": "1", "bucket": "alpha", "fix_file_names": "true", "trusted_principal": "999988887777"}},
	{name: "null counts as not given", in: "bucket: alpha\ndomain:\nprefix: ~\nnotes: null\n", want: map[string]string{"bucket": "alpha"}},
	{name: "empty string is given", in: "prefix: \"\"\n", want: map[string]string{"prefix": ""}},
	{name: "block text", in: "notes: |\n  two\n  lines\n", want: map[string]string{"notes": "two\nlines\n"}},
	{name: "byte order mark and CRLF", in: "\ufeffbucket: alpha\r\nregion: eu-west-1\r\n", want: map[string]string{"bucket": "alpha", "region": "eu-west-1"}},
	{name: "document start", in: "---\nbucket: alpha\n", want: map[string]string{"bucket": "alpha"}},
	{name: "a single key", in: "bucket: alpha", want: map[string]string{"bucket": "alpha"}},

	{name: "empty", in: " \n", err: "file.empty", line: 0},
	{name: "comments only", in: "# nothing\n", err: "file.empty", line: 0},
	{name: "too large", in: "notes: " + strings.Repeat("x", 64<<10), err: "file.too_large", line: 0},
	{name: "binary", in: "bucket: alpha\nnotes: a\x00b\n", err: "file.binary", line: 2},
	{name: "latin-1", in: "notes: caf\xe9\n", err: "file.binary", line: 1},
	{name: "utf-16", in: "\xff\xfeb\x00:\x00", err: "file.binary", line: 1},
	{name: "unknown key", in: "bucket: alpha\ncolour: red\n", err: "file.unknown_key", line: 2},
	{name: "misspelt key", in: "bucket: alpha\nrole-arn: x\n", err: "file.unknown_key.like", line: 2, like: "role_arn"},
	{name: "misspelt key in json", in: "{\"schema\": 1,\n\"buckets\": \"x\"}", err: "file.unknown_key.like", line: 2, like: "bucket"},
	{name: "camel case", in: "externalId: x\n", err: "file.unknown_key.like", line: 1, like: "external_id"},
	{name: "given twice", in: "bucket: a\nregion: b\nbucket: c\n", err: "file.syntax", line: 3},
	{name: "given twice in json", in: "{\"bucket\": \"a\",\n\"bucket\": \"b\"}", err: "file.duplicate_key", line: 2},
	{name: "list", in: "bucket:\n  - a\n  - b\n", err: "file.not_a_value", line: 2},
	{name: "mapping", in: "bucket:\n  name: a\n", err: "file.not_a_value", line: 2},
	{name: "list in json", in: "{\"bucket\":\n [\"a\"]}", err: "file.not_a_value", line: 2},
	{name: "alias", in: "bucket: &b alpha\nnotes: *b\n", err: "file.not_a_value", line: 1},
	{name: "top-level list", in: "- bucket: a\n", err: "file.not_a_mapping", line: 1},
	{name: "top-level text", in: "alpha\n", err: "file.not_a_mapping", line: 1},
	{name: "two documents", in: "bucket: a\n---\nbucket: b\n", err: "file.documents", line: 3},
	{name: "two objects", in: "{\"bucket\":\"a\"}\n{\"bucket\":\"b\"}", err: "file.documents", line: 1},
	{name: "bad yaml", in: "bucket: alpha\nregion: \"x\nprefix: y\n", err: "file.syntax", line: 2},
	{name: "tab", in: "bucket: alpha\n\tregion: x\n", err: "file.syntax", line: 2},
	{name: "bad json", in: "{\"bucket\": \"a\",\n\"region\" \"x\"}", err: "file.syntax", line: 2},
	{name: "json cut short", in: "{\"bucket\": \"a\",\n", err: "file.syntax", line: 2},
	{name: "newer schema", in: "schema: 2\nbucket: a\n", err: "file.schema", line: 1},
	{name: "no toggle", in: "bucket: a\nfix_file_names: maybe\n", err: "file.not_on_or_off", line: 2},
}

func TestFromFile(t *testing.T) {
	for _, r := range fileRows {
		t.Run(r.name, func(t *testing.T) {
			got, err := FromFile([]byte(r.in))
			if r.err == "" {
				if err != nil || !maps.Equal(got, r.want) {
					t.Errorf("got %v, %v; want %v", got, err, r.want)
				}
				return
			}
			var e *FileError
			if !errors.As(err, &e) {
				t.Fatalf("got %v, %v; want %s", got, err, r.err)
			}
			if id := strings.TrimPrefix(e.TextID(), "error."); id != r.err || e.Line != r.line || e.Args["like"] != r.like {
				t.Errorf("got %s in line %d, like %q (%v); want %s in line %d, like %q", id, e.Line, e.Args["like"], err, r.err, r.line, r.like)
			}
		})
	}
}

func TestFromFileTakesExtraKeysOnlyWhenAsked(t *testing.T) {
	const in = "step: place\nbucket: alpha\n"
	if _, err := FromFile([]byte(in)); err == nil {
		t.Error("took a key that is no setting")
	}
	got, err := FromFile([]byte(in), "step")
	if err != nil || got["step"] != "place" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestToFileLeavesTheExternalIDOutUnlessAsked(t *testing.T) {
	s := Settings{Bucket: "alpha", ExternalID: strong}
	if data := string(ToFile(s, false)); strings.Contains(data, strong) || strings.Contains(data, "external_id") {
		t.Errorf("the external ID is in\n%s", data)
	}
	if data := string(ToFile(s, true)); !strings.Contains(data, "external_id: "+strong+"\n") {
		t.Errorf("the external ID is not in\n%s", data)
	}
}

func TestToFileIsEasyToRead(t *testing.T) {
	s := Defaults(Settings{Bucket: "alpha", Region: "ap-northeast-1", RoleARN: role, Domain: "https://m.acme.jp", TrustedPrincipal: "012345678901", Notes: "two\nlines"})
	const want = `schema: 1
integration: microcms
bucket: alpha
region: ap-northeast-1
access: role
role_arn: arn:aws:iam::210987654321:role/MediaRole
trusted_principal: "012345678901"
domain: https://m.acme.jp
fix_file_names: false
managed_by: mediadock
notes: "two\nlines"
`
	if got := string(ToFile(s, true)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
