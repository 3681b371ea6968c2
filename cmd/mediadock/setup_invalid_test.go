package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// refusal is what setup says of invalid settings with --json.
type refusal struct {
	Errors []struct {
		Field, Code, Message, Suggestion string
	} `json:"errors"`
	Notices []struct {
		Field, Code, Message string
	} `json:"notices"`
}

func (r refusal) codes() []string {
	var all []string
	for _, e := range r.Errors {
		code := e.Code
		if e.Suggestion != "" {
			code += " " + e.Suggestion
		}
		all = append(all, code)
	}
	return all
}

func (r refusal) notices() []string {
	var all []string
	for _, n := range r.Notices {
		all = append(all, n.Field+" "+n.Code)
	}
	return all
}

const (
	okRole = "--role-arn=arn:aws:iam::210987654321:role/R"
	okID   = "--external-id=md-7q4kz2m9x1c8v5b3n6t0w8r2"
)

// All that is wrong is said at once, from wherever it came; suggestions are
// made and never taken; nothing is saved and nothing is asked of AWS.
func TestSetupRefusesInvalidSettingsAtOnce(t *testing.T) {
	for _, c := range []struct {
		name      string
		args      []string
		variables map[string]string
		from      string
		want      []string // codes, with suggestions, in the order of the table
		notices   []string
	}{
		{name: "nothing given", want: []string{"bucket.missing", "region.missing", "role_arn.missing", "external_id.missing"}},
		{name: "empty variables are not set", variables: map[string]string{"MEDIADOCK_BUCKET": "", "MEDIADOCK_REGION": "", "MEDIADOCK_CONNECTION": ""},
			want: []string{"bucket.missing", "region.missing", "role_arn.missing", "external_id.missing"}},
		{name: "empty flags are given", args: []string{"--bucket=", "--region=", okRole, okID}, variables: map[string]string{"MEDIADOCK_BUCKET": "alpha-prod-assets"},
			want: []string{"bucket.missing", "region.missing"}},
		{name: "white space alone", args: []string{"--bucket= ", "--region=ap-northeast-1", okRole, okID}, want: []string{"bucket.missing"}, notices: []string{"bucket space_removed"}},
		{name: "access of the caller's own rights still needs the CMS's role", args: []string{"--bucket=alpha-prod-assets", "--region=ap-northeast-1", "--access=caller"},
			want: []string{"role_arn.missing", "external_id.missing"}},
		{name: "wrong in every way", args: []string{"--bucket=Alpha-Prod", "--region=Tokyo", "--role-arn=arn:aws:sts::210987654321:assumed-role/R/taro", "--external-id=a", "--prefix=a//b", "--domain=http://m.acme.jp", "--fix-file-names=maybe", "--managed-by=me", "--access=root"},
			want: []string{"bucket.uppercase alpha-prod", "region.display_name ap-northeast-1", "access.unknown", "role_arn.session arn:aws:iam::210987654321:role/R",
				"external_id.too_short", "prefix.empty_segment a/b", "domain.scheme https://m.acme.jp", "fix_file_names.unknown", "managed_by.unknown"}},
		{name: "from three places", args: []string{"--bucket=UPPER"}, variables: map[string]string{"MEDIADOCK_REGION": "us-east-1a"}, from: "role_arn: nonsense\nexternal_id: md-7q4kz2m9x1c8v5b3n6t0w8r2\n",
			want: []string{"bucket.uppercase upper", "region.zone us-east-1", "role_arn.format"}},
		{name: "notices stand beside errors", args: []string{"--bucket= alpha-prod-assets ", "--region=ap-northeast-1\u200b", "--role-arn=x", okID},
			want: []string{"role_arn.format"}, notices: []string{"bucket space_removed", "region invisible_removed"}},
		{name: "a region's name", args: []string{"--bucket=alpha-prod-assets", "--region=東京", okRole, okID}, want: []string{"region.display_name ap-northeast-1"}},
		{name: "a partition conflict is the role's", args: []string{"--bucket=alpha-prod-assets", "--region=us-gov-west-1", okRole, okID}, want: []string{"role_arn.partition"}},
		{name: "a wrong toggle in a variable", args: []string{"--bucket=alpha-prod-assets", "--region=ap-northeast-1", okRole, okID}, variables: map[string]string{"MEDIADOCK_FIX_FILE_NAMES": "ja"},
			want: []string{"fix_file_names.unknown"}},
		{name: "an integration that is not offered", args: []string{"--integration=wordpress", "--bucket=alpha-prod-assets", "--region=ap-northeast-1", okRole, okID}, want: []string{"integration.unknown"}},
	} {
		p := program{home: t.TempDir(), variables: c.variables}
		args := append([]string{"setup", "--no-input", "--json"}, c.args...)
		if c.from != "" {
			args = append(args, "--from", "-")
			p.in = c.from
		}
		exit, stdout, stderr := p.run(args...)
		var r refusal
		if err := json.Unmarshal([]byte(stdout), &r); err != nil || exit != exitUsage || stderr != "" {
			t.Errorf("%s: exit code %d, %v\n%s%s", c.name, exit, err, stdout, stderr)
			continue
		}
		if got := r.codes(); !slices.Equal(got, c.want) {
			t.Errorf("%s: errors\n%q, want\n%q", c.name, got, c.want)
		}
		if got := r.notices(); !slices.Equal(got, c.notices) {
			t.Errorf("%s: notices %q, want %q", c.name, got, c.notices)
		}
		if strings.Contains(stdout, "null") || strings.Contains(stdout, "[error.") || strings.Contains(stdout, "[notice.") {
			t.Errorf("%s: printed %s", c.name, stdout)
		}
		for _, e := range r.Errors {
			named := strings.Contains(e.Message, "--"+strings.ReplaceAll(e.Field, "_", "-")) && strings.Contains(e.Message, "MEDIADOCK_"+strings.ToUpper(e.Field))
			if strings.HasSuffix(e.Code, ".missing") && !named {
				t.Errorf("%s: flag and variable are not named: %s", c.name, e.Message)
			}
		}
		if left := files(t, p.home); len(left) > 0 {
			t.Errorf("%s: left %q", c.name, left)
		}

		// As text: each on stderr, the suggestion too, nothing on stdout.
		args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "--json" })
		for _, lang := range []string{"en", "ja"} {
			exit, stdout, stderr = p.run(append(args, "--lang", lang)...)
			if exit != exitUsage || stdout != "" || strings.Contains(stderr, "[error.") {
				t.Errorf("%s in %s: exit code %d\n%s%s", c.name, lang, exit, stdout, stderr)
			}
			for _, e := range r.Errors {
				if e.Suggestion != "" && !strings.Contains(stderr, e.Suggestion) {
					t.Errorf("%s in %s: %q is not suggested:\n%s", c.name, lang, e.Suggestion, stderr)
				}
			}
		}
	}
}

// A file of settings is read as it is meant, or refused with the line.
func TestSetupReadsFiles(t *testing.T) {
	const valid = "bucket: alpha-prod-assets\nregion: ap-northeast-1\nrole_arn: arn:aws:iam::210987654321:role/R\nexternal_id: md-7q4kz2m9x1c8v5b3n6t0w8r2\n"
	utf16 := func(s string, little bool) string {
		out := []byte{}
		for _, r := range "\ufeff" + s {
			hi, lo := byte(r>>8), byte(r)
			if little {
				hi, lo = lo, hi
			}
			out = append(out, hi, lo)
		}
		return string(out)
	}
	// What is well read is refused for the region alone, which shows that all
	// of it was read.
	read := []string{"region.zone us-east-1"}
	for name, c := range map[string]struct {
		in      string
		want    []string // codes of invalid settings
		message string   // or what the refusal of the file says
	}{
		"yaml":                         {valid + "region2: x\n", nil, "line 5"},
		"region in a zone":             {strings.Replace(valid, "ap-northeast-1", "us-east-1a", 1), read, ""},
		"byte order mark and CRLF":     {"\ufeff" + strings.ReplaceAll(strings.Replace(valid, "ap-northeast-1", "us-east-1a", 1), "\n", "\r\n"), read, ""},
		"UTF-16, little end first":     {utf16(strings.Replace(valid, "ap-northeast-1", "us-east-1a", 1), true), read, ""},
		"UTF-16, big end first":        {utf16(strings.Replace(valid, "ap-northeast-1", "us-east-1a", 1), false), read, ""},
		"UTF-16 without its mark":      {utf16(valid, true)[2:], nil, "UTF-8"},
		"Shift_JIS":                    {valid + "notes: \x93\x8c\x8b\x9e\n", nil, "UTF-8"},
		"json":                         {`{"bucket": "alpha-prod-assets", "region": "us-east-1a", "role_arn": "arn:aws:iam::210987654321:role/R", "external_id": "md-7q4kz2m9x1c8v5b3n6t0w8r2", "fix_file_names": true}`, read, ""},
		"a list of connections":        {"connections:\n  - " + strings.ReplaceAll(valid, "\n", "\n    ") + "\n", nil, "line 1"},
		"no is off, not a string":      {strings.Replace(valid, "ap-northeast-1", "us-east-1a", 1) + "fix_file_names: no\n", read, ""},
		"ja is neither on nor off":     {valid + "fix_file_names: ja\n", nil, "line 5"},
		"an account keeps its zero":    {strings.Replace(valid, "ap-northeast-1", "us-east-1a", 1) + "trusted_principal: 012345678901\n", read, ""},
		"an account that lost it":      {valid + "trusted_principal: 12345678901\n", []string{"trusted_principal.account"}, ""},
		"an account as a float":        {valid + "trusted_principal: 1.23456789012e11\n", []string{"trusted_principal.format"}, ""},
		"json has no leading zeros":    {`{"trusted_principal": 012345678901}`, nil, "line 1"},
		"an anchor":                    {"bucket: &b alpha-prod-assets\nnotes: *b\n", nil, "line 1"},
		"a merge":                      {"bucket: alpha-prod-assets\n<<: {region: ap-northeast-1}\n", nil, "line 2"},
		"a tag":                        {"bucket: !!str alpha-prod-assets\n", nil, "line 1"},
		"a key twice":                  {valid + "bucket: other\n", nil, "line 5"},
		"a key twice in json":          {"{\"bucket\": \"a\",\n\"bucket\": \"b\"}", nil, "line 2"},
		"a tab":                        {"bucket: alpha-prod-assets\n\tregion: x\n", nil, "line 2"},
		"a secret key is not repeated": {valid + "aws_secret_access_key: wJalrXUtnFEMIsecretEXAMPLEKEY\n", nil, "aws_secret_access_key"},
		"nothing":                      {"", nil, "empty"},
		"comments":                     {"# later\n", nil, "empty"},
		"a newer schema":               {"schema: 9\n" + valid, nil, "line 1"},
		"two documents":                {valid + "---\n" + valid, nil, "line 6"},
	} {
		for _, from := range []string{"-", filepath.Join(t.TempDir(), "settings.yaml")} {
			p := program{home: t.TempDir(), in: c.in}
			if from != "-" {
				p.in = ""
				if err := os.WriteFile(from, []byte(c.in), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			exit, stdout, stderr := p.run("setup", "--no-input", "--json", "--from", from)
			var doc struct {
				refusal
				Error struct{ Code, Message string }
			}
			if err := json.Unmarshal([]byte(stdout), &doc); err != nil || exit != exitUsage || stderr != "" {
				t.Errorf("%s: exit code %d, %v\n%s%s", name, exit, err, stdout, stderr)
				continue
			}
			if got := doc.codes(); !slices.Equal(got, c.want) {
				t.Errorf("%s: errors %q, want %q", name, got, c.want)
			}
			if message := strings.ToLower(doc.Error.Message); !strings.Contains(message, strings.ToLower(c.message)) || (c.message == "") != (message == "") {
				t.Errorf("%s: said %q, want %q", name, doc.Error.Message, c.message)
			}
			named := from
			if from == "-" {
				named = "Standard input"
			}
			if c.message != "" && !strings.Contains(doc.Error.Message, named) {
				t.Errorf("%s: the file is not named: %q", name, doc.Error.Message)
			}
			if strings.Contains(stdout, "wJalrXUtnFEMI") {
				t.Errorf("%s: a secret is repeated: %s", name, stdout)
			}
		}
	}
}

// A file that cannot be read, and what contradicts itself.
func TestSetupUsage(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		in   string
		exit int
		code string
	}{
		"no such file":                       {[]string{"--from", filepath.Join(dir, "nowhere.yaml")}, "", exitCouldNot, "from"},
		"a directory":                        {[]string{"--from", dir}, "", exitCouldNot, "from"},
		"two external IDs":                   {[]string{"--generate-external-id", okID}, "", exitUsage, "two_external_ids"},
		"a bad name":                         {[]string{"-c", "Bad Name"}, "", exitUsage, "bad_name"},
		"an environment":                     {[]string{"-c", "prod/staging"}, "", exitUsage, "environment_settings"},
		"another check accepted":             {[]string{"--accept", "scope.prefix"}, "", exitUsage, "bad_accept"},
		"a negative wait":                    {[]string{"--wait=-1s"}, "", exitUsage, "bad_wait"},
		"a wait without a unit":              {[]string{"--wait=5"}, "", exitUsage, "usage"},
		"an argument":                        {[]string{"prod"}, "", exitUsage, "usage"},
		"an unknown flag":                    {[]string{"--buckets=x"}, "", exitUsage, "usage"},
		"an owner's profile without a name":  {[]string{"--owner-profile="}, "", exitUsage, "flag_empty"},
		"a language that is none":            {[]string{"--lang=fr"}, "", exitUsage, "lang"},
		"answers and settings from one pipe": {[]string{"--from", "-", "--accessible"}, "bucket: alpha-prod-assets\n", exitUsage, "from_answers"},
	} {
		p := program{home: t.TempDir(), in: c.in}
		args := []string{"setup", "--json"}
		if !slices.Contains(c.args, "--accessible") {
			args = append(args, "--no-input")
		}
		exit, stdout, stderr := p.run(append(args, c.args...)...)
		var doc errorDocument
		if err := json.Unmarshal([]byte(stdout), &doc); err != nil || exit != c.exit || doc.Error.Code != c.code || doc.Error.Message == "" || doc.Error.Fixes == nil {
			t.Errorf("%s: exit code %d, %v\n%s%s", name, exit, err, stdout, stderr)
		}
		if left := files(t, p.home); len(left) > 0 {
			t.Errorf("%s: left %q", name, left)
		}
	}
}
