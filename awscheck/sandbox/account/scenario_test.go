package account_test

import (
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestScenarios(t *testing.T) {
	var names []string
	for i, m := range account.Scenarios() {
		if account.ScenarioNames()[i] != m.Name {
			t.Errorf("%d is %s", i, m.Name)
		}
		names = append(names, m.Name)
		if !strings.HasSuffix(m.Summary["en"], ".") || !strings.HasSuffix(m.Summary["ja"], "。") || len(m.Summary) != 2 {
			t.Errorf("%s: summaries %q", m.Name, m.Summary)
		}
		needs := []string{"integration", "bucket", "region"}
		if m.Settings["integration"] == "microcms" {
			needs = append(needs, "role_arn", "external_id")
		}
		for _, key := range needs {
			if m.Settings[key] == "" {
				t.Errorf("%s: no %s", m.Name, key)
			}
		}
		if _, ok := m.Settings["prefix"]; !ok {
			t.Errorf("%s: no prefix", m.Name)
		}
		a, meta, err := account.Scenario(m.Name)
		if err != nil || a.ID == "" || len(a.Callers) == 0 || !reflect.DeepEqual(meta, m) {
			t.Errorf("%s: %v, %v and %v", m.Name, err, meta, m)
		}
		if strings.Contains(m.Name, "_") || strings.ToLower(m.Name) != m.Name {
			t.Errorf("name %q", m.Name)
		}
	}
	for _, wanted := range []string{
		"microcms", "microcms-cloudfront", "external-id-mismatch", "external-id-not-required", "role-missing", "wrong-region",
		"put-denied-prefix", "list-denied", "delete-denied", "public-access-blocked", "bucket-policy-missing", "cdn-wrong-distribution",
		"clock-skew", "slow", "large", "empty", "bucket-missing", "foreign-owner",
	} {
		if !slices.Contains(names, wanted) {
			t.Errorf("no scenario %s", wanted)
		}
	}
	files, err := fs.Glob(os.DirFS("scenarios"), "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(names) {
		t.Errorf("%d files, %d scenarios", len(files), len(names))
	}
}

// TestScenarioFiles: the text of a scenario is an account file that anybody
// can start from.
func TestScenarioFiles(t *testing.T) {
	for _, m := range account.Scenarios() {
		data, err := account.ScenarioFile(m.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := account.Parse(data, "scenarios"); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}

func TestNoSuchScenario(t *testing.T) {
	if _, _, err := account.Scenario("../microcms"); !errors.Is(err, account.ErrNoScenario) {
		t.Errorf("got %v", err)
	}
	if _, err := account.ScenarioFile("nope"); !errors.Is(err, account.ErrNoScenario) {
		t.Errorf("got %v", err)
	}
}

// TestMicroCMSMedia: the good scenario has what a media library must cope
// with.
func TestMicroCMSMedia(t *testing.T) {
	a, _, err := account.Scenario("microcms")
	if err != nil {
		t.Fatal(err)
	}
	media := 0
	has := map[string]bool{}
	for _, o := range a.Buckets[0].Objects {
		has[o.Key] = true
		if strings.HasPrefix(o.Key, "media/") && !strings.HasSuffix(o.Key, "/") {
			media++
		}
	}
	for _, key := range []string{"media/社員紹介/カフェが開店.jpg", "media/社員紹介/カフェか\u3099開店.jpg", "media/odd names/\x1b[31mred.txt", "media/archive/", "index.html"} {
		if !has[key] {
			t.Errorf("no %q", key)
		}
	}
	if media < 38 {
		t.Errorf("%d media", media)
	}
}

func BenchmarkScenario(b *testing.B) {
	for b.Loop() {
		if _, _, err := account.Scenario("microcms"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScenarios(b *testing.B) {
	for b.Loop() {
		account.ReadScenarios()
	}
}
