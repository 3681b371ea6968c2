package main

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// outcome is what setup says with --json when it has tested.
type outcome struct {
	Name       string `json:"name"`
	Saved      bool   `json:"saved"`
	DryRun     bool   `json:"dry_run"`
	ExternalID string `json:"external_id"`
	Trust      any    `json:"trust_policy"`
	Notices    []any  `json:"notices"`
	URLs       []any  `json:"sample_urls"`
	Check      struct {
		Connection any
		Verdict    string
		Checks     []struct{ ID, Status string }
	} `json:"check"`
}

// setup runs setup without a terminal; the document must be whole.
func (p program) setup(t *testing.T, args ...string) (int, outcome, string) {
	t.Helper()
	exit, stdout, stderr := p.run(append([]string{"setup", "--no-input", "--json"}, args...)...)
	var doc outcome
	var raw map[string]any
	if json.Unmarshal([]byte(stdout), &doc) != nil || json.Unmarshal([]byte(stdout), &raw) != nil {
		t.Fatalf("setup %q: exit code %d\n%s%s", args, exit, stdout, stderr)
	}
	if stderr != "" {
		t.Errorf("setup %q wrote beside the document: %s", args, stderr)
	}
	for _, path := range nulls("", raw) {
		if path != ".check.connection" {
			t.Errorf("setup %q: %s is null", args, path)
		}
	}
	return exit, doc, stdout
}

// everything lists all that a home holds, the ledger too; a lock's file and
// empty directories are nothing.
func everything(t *testing.T, home string) []string {
	t.Helper()
	var all []string
	_ = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(path) != ".lock" {
			all = append(all, path)
		}
		return nil
	})
	return all
}

// Where a connection is saved, and which one an edit is of.
func TestSetupNames(t *testing.T) {
	full := onSandbox(t, "microcms")
	elsewhere := full
	elsewhere.Prefix = "media/elsewhere"
	otherBucket := full
	otherBucket.Bucket = "alpha-staging-assets"
	for name, c := range map[string]struct {
		saved     map[string]wizard.Settings
		drafts    map[string]wizard.Settings
		args      []string
		variables map[string]string
		exit      int
		under     string // the name it is saved under
		code      string // or of the refusal
	}{
		"the bucket's by default":     {args: flagsOf(full), exit: exitDone, under: "alpha-prod-assets"},
		"-c":                          {args: append(flagsOf(full), "-c", "prod"), exit: exitDone, under: "prod"},
		"a variable":                  {args: flagsOf(full), variables: map[string]string{"MEDIADOCK_CONNECTION": "var"}, exit: exitDone, under: "var"},
		"-c over the variable":        {args: append(flagsOf(full), "-c", "prod"), variables: map[string]string{"MEDIADOCK_CONNECTION": "var"}, exit: exitDone, under: "prod"},
		"an edit of what is saved":    {saved: map[string]wizard.Settings{"prod": full}, args: []string{"-c", "prod", "--notes=new"}, exit: exitDone, under: "prod"},
		"an edit by its default name": {saved: map[string]wizard.Settings{"alpha-prod-assets": full}, args: []string{"--bucket=alpha-prod-assets", "--notes=new"}, exit: exitDone, under: "alpha-prod-assets"},
		"the name of another prefix":  {saved: map[string]wizard.Settings{"prod": elsewhere}, args: append(flagsOf(full), "-c", "prod"), exit: exitRefused, code: "name_taken"},
		"the name of another bucket":  {saved: map[string]wizard.Settings{"prod": otherBucket}, args: append(flagsOf(full), "-c", "prod"), exit: exitRefused, code: "name_taken"},
		"the default name of another": {saved: map[string]wizard.Settings{"alpha-prod-assets": elsewhere}, args: flagsOf(full), exit: exitRefused, code: "name_taken"},
		"a draft's name goes on":      {drafts: map[string]wizard.Settings{"wip": full}, args: []string{"-c", "wip", "--notes=new"}, exit: exitDone, under: "wip"},
		"another connection's place":  {saved: map[string]wizard.Settings{"prod": full}, args: append(flagsOf(full), "-c", "second"), exit: exitDone, under: "second"},
		"file and variable together":  {args: append(flagsOf(full, "region"), "-c", "prod"), variables: map[string]string{"MEDIADOCK_REGION": full.Region}, exit: exitDone, under: "prod"},
		"an export's name is no name": {args: append(flagsOf(full), "--from", "-"), exit: exitDone, under: "alpha-prod-assets"},
	} {
		p := program{home: t.TempDir(), variables: c.variables, in: "schema: 1\nname: exported\nbucket: ignored-by-the-flag\n"}
		for n, s := range c.saved {
			if err := p.app().store.Save(store.Connection{Name: n, Settings: s}); err != nil {
				t.Fatal(err)
			}
		}
		for n, s := range c.drafts {
			if err := p.app().store.SaveDraft(store.Draft{Name: n, Settings: s}); err != nil {
				t.Fatal(err)
			}
		}
		exit, stdout, stderr := p.run(append([]string{"setup", "--no-input", "--json"}, c.args...)...)
		if exit != c.exit {
			t.Errorf("%s: exit code %d, want %d\n%s%s", name, exit, c.exit, stdout, stderr)
			continue
		}
		all, err := p.app().store.List()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, got := range all {
			names = append(names, got.Name)
			if before, was := c.saved[got.Name]; c.code != "" && was && got.Settings != before {
				t.Errorf("%s: %s was changed", name, got.Name)
			}
		}
		want := slices.Collect(maps.Keys(c.saved))
		if c.under != "" && !slices.Contains(want, c.under) {
			want = append(want, c.under)
		}
		if slices.Sort(want); !slices.Equal(names, want) {
			t.Errorf("%s: saved %q, want %q", name, names, want)
		}
		if c.code != "" && !strings.Contains(stdout, `"code":"`+c.code+`"`) {
			t.Errorf("%s: refused with %s, want %s", name, stdout, c.code)
		}
		drafts, _ := p.app().store.Drafts()
		if len(drafts) > 0 {
			t.Errorf("%s: left the drafts %v", name, drafts)
		}
	}
}

// A generated external ID is the same until the role trusts it (D2): exit 1
// with the trust policy, then, once the role knows it, saved.
func TestSetupGeneratesOneID(t *testing.T) {
	full := onSandbox(t, "microcms")
	flags := flagsOf(full, "external_id")
	p := program{home: t.TempDir(), variables: map[string]string{"MEDIADOCK_EXTERNAL_ID": "a-variable-that-loses"}}

	exit, dry, _ := p.setup(t, append(flags, "--generate-external-id", "--dry-run")...)
	if exit != exitFailed || !dry.DryRun || dry.Saved || len(everything(t, p.home)) > 0 {
		t.Errorf("dry run: exit code %d, %+v, left %q", exit, dry, everything(t, p.home))
	}
	exit, first, _ := p.setup(t, append(flags, "--generate-external-id")...)
	if exit != exitFailed || first.Saved || len(first.ExternalID) < 30 || first.Trust == nil || first.ExternalID == dry.ExternalID {
		t.Fatalf("first: exit code %d, %+v", exit, first)
	}
	for _, args := range [][]string{append(flags, "--generate-external-id"), {"-c", "alpha-prod-assets", "--generate-external-id"}, append(flags, "--generate-external-id", "--dry-run")} {
		exit, again, stdout := p.setup(t, args...)
		if exit != exitFailed || again.ExternalID != first.ExternalID || !strings.Contains(stdout, `"sts:ExternalId": "`+first.ExternalID+`"`) {
			t.Errorf("%q: exit code %d, ID %q, want %q", args, exit, again.ExternalID, first.ExternalID)
		}
	}
	delete(p.variables, "MEDIADOCK_EXTERNAL_ID")
	for _, command := range [][]string{{"policy", "trust", "alpha-prod-assets"}, {"handoff", "alpha-prod-assets"}} {
		if exit, stdout, stderr := p.run(command...); exit != exitDone || !strings.Contains(stdout, first.ExternalID) {
			t.Errorf("%q does not take the draft: exit code %d\n%s%s", command, exit, stdout, stderr)
		}
	}
	// As text: the ID and the policy on stdout, both before the rows.
	_, stdout, _ := p.run("setup", "--no-input", "--generate-external-id", "-c", "alpha-prod-assets")
	if id, row := strings.Index(stdout, first.ExternalID), strings.Index(stdout, "settings.valid"); id < 0 || row < id {
		t.Errorf("printed\n%s", stdout)
	}
	// Once the role knows the ID: from here on it is the role's own.
	if err := p.app().store.SaveDraft(store.Draft{Name: "alpha-prod-assets", Settings: full}); err != nil {
		t.Fatal(err)
	}
	if exit, now, _ := p.setup(t, "-c", "alpha-prod-assets", "--generate-external-id"); exit != exitDone || !now.Saved || now.ExternalID != full.ExternalID {
		t.Errorf("exit code %d, %+v", exit, now)
	}
}

// A dry run leaves nothing at all, not even what was written down to be
// removed; and where questions could be asked, it asks none.
func TestSetupDryRunLeavesNothing(t *testing.T) {
	full := onSandbox(t, "microcms")
	wrong := full
	wrong.ExternalID = "not-the-external-id-of-the-role"
	for name, c := range map[string]struct {
		settings wizard.Settings
		terminal bool
		exit     int
		verdict  string
	}{
		"passes": {full, false, exitDone, "ready"}, "fails": {wrong, false, exitFailed, "failed"}, "at a terminal": {full, true, exitDone, "ready"},
	} {
		p := program{home: t.TempDir(), terminal: c.terminal}
		args := append([]string{"setup", "--dry-run", "-c", "new"}, flagsOf(c.settings)...)
		exit, stdout, stderr := p.run(args...)
		if exit != c.exit || !strings.Contains(stdout, "Dry run: nothing was saved.") {
			t.Errorf("%s: exit code %d\n%s%s", name, exit, stdout, stderr)
		}
		exit, doc, _ := p.setup(t, args[1:]...)
		if exit != c.exit || doc.Saved || !doc.DryRun || !strings.HasPrefix(doc.Check.Verdict, c.verdict) || len(doc.Check.Checks) < 10 || len(doc.URLs) != 3 || doc.Check.Connection != nil {
			t.Errorf("%s: exit code %d, %+v", name, exit, doc)
		}
		if left := everything(t, p.home); len(left) > 0 {
			t.Errorf("%s: left %q", name, left)
		}
	}
}

// What a test came to decides what is saved and how the program ends.
func TestSetupSavesOnlyWhatPassed(t *testing.T) {
	for name, c := range map[string]struct {
		scenario  string
		args      []string
		variables map[string]string
		exit      int
		saved     bool
	}{
		"passes":                       {scenario: "microcms", exit: exitDone, saved: true},
		"passes with warnings":         {scenario: "direct-access-open", exit: exitDone, saved: true},
		"fails":                        {scenario: "put-denied", exit: exitFailed},
		"an ID that is optional":       {scenario: "external-id-optional", exit: exitFailed},
		"accepted on this endpoint":    {scenario: "external-id-optional", args: []string{"--accept", "role.requires-external-id"}, exit: exitDone, saved: true},
		"accepted, but more is wrong":  {scenario: "put-denied", args: []string{"--accept", "role.requires-external-id"}, exit: exitFailed},
		"a role that is still unknown": {scenario: "role-just-created", args: []string{"--wait", "1ms"}, exit: exitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			full := onSandbox(t, c.scenario)
			p := program{home: t.TempDir(), variables: c.variables}
			exit, doc, stdout := p.setup(t, append(append(flagsOf(full), "-c", "prod"), c.args...)...)
			_, err := p.app().store.Load("prod")
			_, kept, _ := p.app().draftOf("prod")
			if exit != c.exit || doc.Saved != c.saved || (err == nil) != c.saved || kept == c.saved {
				t.Errorf("exit code %d, saved %v, loaded %v, draft %v\n%.600s", exit, doc.Saved, err, kept, stdout)
			}
			if _, told := p.app().store.Verdict("prod"); told != c.saved {
				t.Errorf("a verdict is remembered: %v", told)
			}
			if strings.Contains(stdout, full.ExternalID) {
				t.Error("the external ID is printed")
			}
		})
	}
}

// Without credentials, or without anybody there, nothing could run: exit 3
// with the document of the test, and the answers are kept.
func TestSetupThatCannotRun(t *testing.T) {
	for name, environment := range map[string]map[string]string{
		"no credentials": {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""},
		"nobody there":   {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			full := onSandbox(t, "microcms")
			for k, v := range environment {
				t.Setenv(k, v)
			}
			p := program{home: t.TempDir()}
			exit, doc, stdout := p.setup(t, append(flagsOf(full), "-c", "prod")...)
			_, kept, _ := p.app().draftOf("prod")
			if exit != exitCouldNot || doc.Saved || doc.Check.Verdict != "not-run" || !kept {
				t.Errorf("exit code %d, draft %v\n%.600s", exit, kept, stdout)
			}
		})
	}
}

// --wait tries a refused role again, and saves once it is let in.
func TestSetupWaits(t *testing.T) {
	full := onAccount(t, "microcms", func(a *account.Account) {
		a.Faults = append(a.Faults, account.Fault{Service: "sts", Operation: "AssumeRole", Status: 403, Code: "AccessDenied", Times: 1})
	})
	p := program{home: t.TempDir()}
	if exit, doc, _ := p.setup(t, append(flagsOf(full), "-c", "prod", "--wait", "1s")...); exit != exitDone || !doc.Saved {
		t.Errorf("exit code %d, %+v", exit, doc)
	}
}
