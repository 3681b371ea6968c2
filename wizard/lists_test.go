package wizard

import (
	"encoding/json"
	"errors"
	"testing"
)

const tableOfPaths = `{"media/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]}}`

// Lists and tables come back from the files that they are written to.
func TestListsAndTablesInFiles(t *testing.T) {
	var s Settings
	Set(&s, "cloud_names", "demo,demo-staging")
	Set(&s, "paths", tableOfPaths)
	values, err := FromFile(ToFile(s, true))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"cloud_names", "paths"} {
		if values[key] != Get(s, key) {
			t.Errorf("%s came back as %s", key, values[key])
		}
	}
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back Settings
	if err := json.Unmarshal(data, &back); err != nil || back != s {
		t.Errorf("JSON came back as %+v, %v", back, err)
	}
}

func TestReadingListsAndTables(t *testing.T) {
	for name, c := range map[string]struct{ file, key, want, code string }{
		"a list in YAML":             {"cloud_names:\n  - demo\n  - 0123\n", "cloud_names", "demo,0123", ""},
		"in one line":                {"cloud_names: [demo, staging]", "cloud_names", "demo,staging", ""},
		"as a text":                  {"cloud_names: demo, staging", "cloud_names", "demo, staging", ""},
		"in JSON":                    {`{"cloud_names": ["demo", "staging"]}`, "cloud_names", "demo,staging", ""},
		"an empty list":              {"cloud_names: []", "cloud_names", "", ""},
		"a comma within a value":     {`cloud_names: ["a,b"]`, "", "", "file.not_a_value"},
		"a comma in JSON":            {`{"cloud_names": ["a,b"]}`, "", "", "file.not_a_value"},
		"a list of mappings":         {"cloud_names:\n  - name: demo\n", "", "", "file.not_a_value"},
		"numbers in JSON":            {`{"cloud_names": [1]}`, "", "", "file.not_a_value"},
		"a list where none may be":   {"bucket: [alpha]", "", "", "file.not_a_value"},
		"a table in YAML":            {"paths:\n  media/*:\n    guest: [get, list]\n", "paths", `{"media/*":{"guest":["get","list"]}}`, ""},
		"a table in JSON":            {`{"paths": {"media/*": {"guest": ["get"]}}, "bucket": "alpha"}`, "paths", `{"media/*":{"guest":["get"]}}`, ""},
		"a table with an alias":      {"paths:\n  a/*: &x {guest: [get]}\n  b/*: *x\n", "", "", "file.not_a_value"},
		"a table where none may be":  {"bucket: {name: alpha}", "", "", "file.not_a_value"},
		"a table that is not closed": {`{"paths": {"media/*": `, "", "", "file.syntax"},
	} {
		t.Run(name, func(t *testing.T) {
			values, err := FromFile([]byte(c.file))
			var bad *FileError
			switch {
			case c.code != "" && (!errors.As(err, &bad) || bad.Code != c.code):
				t.Errorf("%v, want %s", err, c.code)
			case c.code == "" && err != nil:
				t.Error(err)
			case c.code == "" && values[c.key] != c.want:
				t.Errorf("%q, want %q", values[c.key], c.want)
			}
		})
	}
}

// A setting of another service is said to be out of place.
func TestForeignSettings(t *testing.T) {
	_, _, errs := Apply(Settings{}, map[string]string{"bucket": "alpha", "region": "eu-west-1", "role_arn": "arn:aws:iam::123456789012:role/R", "external_id": "a-long-external-id-of-mine", "subdomain": "alpha"})
	if len(errs) != 1 || errs[0].Code != "subdomain.not_used" || errs[0].Args["integration"] != "microCMS" {
		t.Errorf("%v", errs)
	}
}
