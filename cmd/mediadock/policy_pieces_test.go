package main

import (
	"encoding/json"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// What an app has written itself is not replaced by what only looks like it.
func TestWhichFilesAreDocumentsOfOurs(t *testing.T) {
	const policy = `{"Version":"2012-10-17","Statement":[]}`
	for content, want := range map[string]bool{
		policy:                      true,
		`{"bucket":` + policy + `}`: true,
		`{"cors":[{"AllowedMethods":["GET"],"AllowedOrigins":["*"]}],"amplify-backend":"import x\n"}`: true,
		`[{"AllowedMethods":["GET"],"AllowedOrigins":["*"]}]`:                                         true,
		`{"version":"1.4","storage":{"bucket_name":"b"}}`:                                             true,
		`{"version":"1.4","storage":{"bucket_name":"b"},"auth":{"user_pool_id":"x"}}`:                 false,
		`[{"name":"x"}]`:    false,
		`{"name":"an-app"}`: false,
		`[]`:                false,
		`import { defineBackend } from "@aws-amplify/backend";`: false,
	} {
		if got := isDocument([]byte(content)); got != want {
			t.Errorf("%s: %v", content, got)
		}
	}
}

// Several documents are one JSON object, whatever language they are in.
func TestAllPiecesAreOneObject(t *testing.T) {
	s := wizard.Settings{Integration: "amplify", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", StorageName: "media", Paths: `{"public/*":{"guest":["get","list"]}}`}
	p, problems := handoff.Make(s, handoff.Options{Name: "app", Kind: handoff.All})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	out, err := renderPlan(p, handoff.All, "json", text.For("en").Say)
	var all map[string]any
	if err != nil || json.Unmarshal([]byte(out), &all) != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	if _, isText := all["amplify-backend"].(string); !isText || len(all) != len(p.Pieces) {
		t.Errorf("%d documents: %v", len(all), all["amplify-backend"])
	}
	if !isDocument([]byte(out)) {
		t.Error("it cannot be written again")
	}
	p, _ = handoff.Make(s, handoff.Options{Name: "app", Kind: wizard.DocumentAmplifyBackend})
	if out, _ := renderPlan(p, wizard.DocumentAmplifyBackend, "json", text.For("en").Say); json.Valid([]byte(out)) || out[0] == '"' {
		t.Errorf("a file is not as it is:\n%s", out)
	}
	for _, format := range []string{"terraform", "cloudformation"} {
		if out, err := renderPlan(p, wizard.DocumentAmplifyBackend, format, text.For("en").Say); out != "" || err != nil {
			t.Errorf("%s can make nothing of it: %v\n%s", format, err, out)
		}
	}
}
