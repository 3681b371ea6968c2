package wizard

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

var two = []Named{
	{"prod", Defaults(Settings{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", RoleARN: "arn:aws:iam::012345678901:role/R",
		ExternalID: "0123456789", TrustedPrincipal: "012345678901", Prefix: "media", Notes: "two\nlines: # \"quoted\" 写真"})},
	{"yes", Defaults(Settings{Bucket: "beta", Region: "us-east-1", FixFileNames: true})},
}

func TestFilesComeBackAsWritten(t *testing.T) {
	for n := 1; n <= 2; n++ {
		for _, with := range []bool{false, true} {
			got, err := FromFiles(ToFiles(two[:n], with))
			if err != nil || len(got) != n {
				t.Fatalf("%d connections came back as %+v, %v", n, got, err)
			}
			for i, c := range got {
				var s Settings
				for key, v := range c.Values {
					Set(&s, key, v)
				}
				want := two[i].Settings
				if !with {
					want.ExternalID = ""
				}
				if c.Name != two[i].Name || s != want {
					t.Errorf("%s came back as %s %+v\nwant %+v", two[i].Name, c.Name, s, want)
				}
			}
		}
	}
}

// A list in JSON reads like one in YAML, lines included.
func TestFilesTellTheLine(t *testing.T) {
	for _, file := range []string{
		"schema: 1\nconnections:\n  - name: a\n    bucket: one\n  - bucket: two\n\n    name: b\n",
		"{\"schema\": 1, \"connections\": [\n\n{\"name\": \"a\",\n\"bucket\": \"one\"},\n{\"bucket\": \"two\",\n\n\"name\": \"b\"}]}",
	} {
		all, err := FromFiles([]byte(file))
		if err != nil || len(all) != 2 {
			t.Fatalf("%s\ngave %+v, %v", file, all, err)
		}
		b := all[1]
		if b.Name != "b" || b.Line != 5 || b.LineOf("bucket") != 5 || b.LineOf("name") != 7 || b.LineOf("region") != 5 || all[0].LineOf("bucket") != 4 {
			t.Errorf("%s\ngave %+v", file, all)
		}
	}
}

func TestFilesAreStrict(t *testing.T) {
	for _, c := range []struct {
		file, code string
		line       int
	}{
		{"", "file.empty", 0},
		{"connections: []\n", "file.no_connections", 1},
		{"connections:\n  - bucket: a\n", "file.no_name", 2},
		{"connections:\n  - name: a\n  - name: b\n  - name: a\n", "file.duplicate_name", 4},
		{"connections:\n  - name: a\n    regoin: b\n", "file.unknown_key", 3},
		{"bucket: a\nconnections:\n  - name: a\n", "file.unknown_key", 1},
		{"connections:\n  - just text\n", "file.not_a_mapping", 2},
		{"connections:\n  - name: a\n    bucket: [x]\n", "file.not_a_value", 3},
		{"connections: text\n", "file.unknown_key", 1},
		{"schema: 2\nconnections:\n  - name: a\n", "file.schema", 1},
		{"connections:\n  - schema: 2\n    name: a\n", "file.schema", 2},
		{"- name: a\n", "file.not_a_mapping", 1},
		{"name: a\n---\nname: b\n", "file.documents", 3},
		{"{\"connections\": [\n{\"name\": \"a\"}, 7]}", "file.not_a_mapping", 2},
		{"{\"connections\": [{\"name\": \"a\",\n\"connections\": []}]}", "file.not_a_value", 2},
		{"{\"connections\": [{\"name\": \"a\"}],\n\"connections\": []}", "file.duplicate_key", 2},
		{"{\"connections\": [{\"name\": \"a\"}", "file.syntax", 1},
		{strings.Repeat("# long\n", 200_000), "file.too_large", 0},
	} {
		_, err := FromFiles([]byte(c.file))
		var fe *FileError
		if !errors.As(err, &fe) || fe.Code != c.code || fe.Line != c.line {
			t.Errorf("%.60q: %v, want %s in line %d", c.file, err, c.code, c.line)
		}
	}
	// What holds one connection alone is none of a list.
	if _, err := FromFile([]byte("connections:\n  - name: a\n")); err == nil {
		t.Error("FromFile reads a list of connections")
	}
}

func TestOnlyWhatTheTestProvesNeedsOne(t *testing.T) {
	for _, f := range Fields(DefaultIntegration) {
		was, now := Settings{}, Settings{}
		Set(&now, f.Key, "true")
		if f.Key == "trusted_principal" || f.Key == "fix_file_names" || f.Key == "distribution" || f.Key == "managed_by" || f.Key == "notes" {
			if NeedsTest(Diff(was, now)) {
				t.Errorf("%s needs a test", f.Key)
			}
		} else if !NeedsTest(Diff(was, now)) {
			t.Errorf("%s needs no test", f.Key)
		}
	}
}

func FuzzFromFiles(f *testing.F) {
	f.Add(ToFiles(two, true))
	f.Add([]byte("{\"connections\": [{\"name\": \"a\"}]}"))
	f.Add([]byte("connections:\n- name: a\n- name: b\n  bucket: |\n    x\n"))
	f.Add([]byte("{\"name\": \"a\", \"connections\": []}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := FromFiles(data)
		var bad *FileError
		switch {
		case err != nil && !errors.As(err, &bad):
			t.Fatalf("%T", err)
		case err != nil && bad.Line > 1+bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte("\r")):
			t.Errorf("%v is in no line of the file", err)
		case err == nil && len(all) == 0:
			t.Error("no connection and no error")
		}
		names := map[string]bool{}
		for _, c := range all {
			if len(all) > 1 && (c.Name == "" || names[c.Name]) {
				t.Errorf("the name %q", c.Name)
			}
			names[c.Name] = true
			for key := range c.Values {
				if !isSetting(key) {
					t.Errorf("let the key %q through", key)
				}
			}
		}
	})
}
