package wizard

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func outputsSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("testdata/amplify/outputs-1.4.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validOutputs(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(v)
}

// amplify_outputs.json holds to the schema of version 1.4 (A13).
func TestAmplifyOutputs_schema(t *testing.T) {
	schema := outputsSchema(t)
	for name, table := range amplifyTables {
		for _, other := range []string{"", "amplify-app-storage"} {
			s := amplifySettings(table)
			s.DefaultStorage = other
			if err := validOutputs(t, schema, piecesOf(t, s, DocumentAmplifyOutputs, false)[0].Text); err != nil {
				t.Errorf("%s, default %q: %v", name, other, err)
			}
		}
	}
	good := piecesOf(t, amplifySettings(amplifyTables["owners"]), DocumentAmplifyOutputs, false)[0].Text
	for _, edit := range [][2]string{
		{`"version": "1.4"`, `"version": "1.3"`}, {`"name":`, `"title":`}, {`"guest"`, `"guests"`}, {`"get"`, `"put"`},
		{`"public/*"`, `"public"`}, {`"public/*"`, `"/public/*"`}, {`"aws_region"`, `"region"`}, {`"storage"`, `"storages"`},
	} {
		bad := strings.ReplaceAll(good, edit[0], edit[1])
		if bad == good {
			t.Errorf("nothing says %s", edit[0])
		} else if validOutputs(t, schema, bad) == nil {
			t.Errorf("with %s it is valid", edit[1])
		}
	}
}

// The app's own bucket stays its default (A11), and the default stands among
// the buckets.
func TestAmplifyOutputs_default(t *testing.T) {
	for _, other := range []string{"", "amplify-app-storage"} {
		s := amplifySettings(amplifyTables["groups"])
		s.DefaultStorage = other
		var file struct {
			Storage struct {
				Bucket  string `json:"bucket_name"`
				Buckets []struct {
					Name   string `json:"name"`
					Bucket string `json:"bucket_name"`
				} `json:"buckets"`
			} `json:"storage"`
		}
		if err := json.Unmarshal([]byte(piecesOf(t, s, DocumentAmplifyOutputs, false)[0].Text), &file); err != nil {
			t.Fatal(err)
		}
		buckets := map[string]string{}
		for _, b := range file.Storage.Buckets {
			buckets[b.Bucket] = b.Name
		}
		want := s.Bucket
		if other != "" {
			want = other
		}
		if file.Storage.Bucket != want || buckets[want] == "" || buckets[s.Bucket] != "mediaBucket" {
			t.Errorf("default %q: %+v", other, file.Storage)
		}
	}
}

// Everything that the documentation says of an app is said before the first
// save, and what does not apply is not.
func TestAmplifyFacts(t *testing.T) {
	said := func(s Settings) string {
		var ids []string
		for _, f := range Facts(s) {
			ids = append(ids, f.ID)
		}
		return " " + strings.Join(ids, " ") + " "
	}
	s := amplifySettings(amplifyTables["guests"])
	s.Prefix = "public/photos"
	plain := said(s)
	for _, id := range []string{"service-locked", "amplify-roles", "amplify-only", "amplify-private", "amplify-cors", "amplify-code", "amplify-outputs", "amplify-auth"} {
		if !strings.Contains(plain, " "+id+" ") {
			t.Errorf("nothing says %s", id)
		}
	}
	for _, id := range []string{"amplify-default", "amplify-prefix", "amplify-guests", "amplify-groups", "amplify-owners", "amplify-types", "cache-header", "image-api"} {
		if strings.Contains(plain, " "+id+" ") {
			t.Errorf("%s is said", id)
		}
	}
	s.Paths = Rules(`{"in/*":{"guest":["write"]},"own/` + sub + `/*":{"entityidentity":["get"]},"team/*":{"groupsadmin":["get"]}}`)
	s.DefaultStorage = "amplify-app-storage"
	all := said(s)
	for _, id := range []string{"amplify-default", "amplify-prefix", "amplify-guests", "amplify-groups", "amplify-owners", "amplify-types"} {
		if !strings.Contains(all, " "+id+" ") {
			t.Errorf("nothing says %s", id)
		}
	}
	if f, _ := FactByID(s, "amplify-prefix"); f.Args["dir"] != "public/photos/" || f.Args["paths"] != "in/*, team/*" {
		t.Errorf("%v", f.Args)
	}
}
