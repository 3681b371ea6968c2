package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// onSandbox points this process at the built-in AWS of a scenario, and gives
// the settings that fit it, under a prefix without media.
func onSandbox(t *testing.T, scenario string) wizard.Settings {
	t.Helper()
	return onAccount(t, scenario, func(*account.Account) {})
}

// onAccount is onSandbox with the account changed before it starts.
func onAccount(t *testing.T, scenario string, change func(*account.Account)) wizard.Settings {
	t.Helper()
	acct, meta, err := account.Scenario(scenario)
	if err != nil {
		t.Fatal(err)
	}
	change(&acct)
	box, err := sandbox.Start(t.Context(), sandbox.Options{Account: acct, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	t.Setenv("AWS_CONFIG_FILE", os.DevNull)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	for _, kv := range box.Env() {
		t.Setenv(kv[0], kv[1])
	}
	var s wizard.Settings
	for key, v := range meta.Settings {
		wizard.Set(&s, key, v)
	}
	s.Prefix = "media/none" // the role may write there, and no media are
	return wizard.Defaults(s)
}

func flagsOf(s wizard.Settings, leaveOut ...string) []string {
	var args []string
	for _, f := range wizard.Fields(s.Integration) {
		if v := wizard.Get(s, f.Key); v != "" && !slices.Contains(leaveOut, f.Key) {
			args = append(args, "--"+f.Flag+"="+v)
		}
	}
	return args
}

// files lists what a home holds, but for the ledger, which every test writes.
func files(t *testing.T, home string) []string {
	t.Helper()
	var all []string
	_ = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(path, "ledger") && filepath.Base(path) != ".lock" {
			all = append(all, path)
		}
		return nil
	})
	return all
}

// A flag wins over its variable, that over --from, that over what is saved or
// kept as a draft.
func TestPrecedence(t *testing.T) {
	racetest.Plainly(t)
	full := onSandbox(t, "microcms")
	for _, c := range []struct{ key, saved, file, variable, flag string }{
		{"notes", "saved", "file", "variable", "flag"},
		{"managed_by", "service", "mediadock", "service", "mediadock"},
		{"trusted_principal", "111111111111", "222222222222", "333333333333", "444455556666"},
		{"distribution", "E1AAAAAA", "E2BBBBBB", "E3CCCCCC", "E4DDDDDD"},
		{"access", "caller", "role", "caller", "role"},
		{"fix_file_names", "true", "false", "true", "false"},
	} {
		field, _ := wizard.FieldByKey(c.key)
		for _, kind := range []string{"saved", "draft"} {
			base := full
			wizard.Set(&base, c.key, c.saved)
			for layers, want := range []string{c.saved, c.file, c.variable, c.flag} {
				p := program{home: t.TempDir(), variables: map[string]string{}}
				st := p.app().store
				var err error
				if kind == "saved" {
					err = st.Save(store.Connection{Name: "prod", Settings: base})
				} else {
					err = st.SaveDraft(store.Draft{Name: "prod", Settings: base})
				}
				if err != nil {
					t.Fatal(err)
				}
				args := []string{"setup", "--no-input", "-c", "prod"}
				if layers >= 1 {
					file := filepath.Join(p.home, "from.yaml")
					if err := os.WriteFile(file, []byte(c.key+": "+c.file+"\n"), 0o600); err != nil {
						t.Fatal(err)
					}
					args = append(args, "--from", file)
				}
				if layers >= 2 {
					p.variables[field.Env] = c.variable
				}
				if layers >= 3 {
					args = append(args, "--"+field.Flag+"="+c.flag)
				}
				if exit, stdout, stderr := p.run(args...); exit != exitDone {
					t.Fatalf("%s over %s, %d layers: exit code %d\n%s%s", c.key, kind, layers, exit, stdout, stderr)
				}
				if got := wizard.Get(p.saved(t), c.key); got != want {
					t.Errorf("%s over %s with %d layers above: %q, want %q", c.key, kind, layers, got, want)
				}
			}
		}
	}
}

// --dry-run tests and shows, and leaves the home as it was, whether the test
// passes or not.
func TestDryRunsSaveNothing(t *testing.T) {
	full := onSandbox(t, "microcms")
	other := full
	other.ExternalID = "wrong-external-id"
	p := program{home: t.TempDir()}
	if err := p.app().store.Save(store.Connection{Name: "held", Settings: full}); err != nil {
		t.Fatal(err)
	}
	exported := filepath.Join(t.TempDir(), "one.yaml")
	if err := os.WriteFile(exported, wizard.ToFiles([]wizard.Named{{Name: "one", Settings: full}}, true), 0o600); err != nil {
		t.Fatal(err)
	}
	before := files(t, p.home)
	held, err := p.app().store.Load("held")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		exit int
	}{
		"setup":            {append([]string{"setup", "--no-input", "-c", "new"}, flagsOf(full)...), exitDone},
		"setup that fails": {append([]string{"setup", "--no-input", "-c", "new"}, flagsOf(other)...), exitFailed},
		"setup that makes an ID": {append([]string{"setup", "--no-input", "-c", "new", "--generate-external-id"}, flagsOf(full, "external_id")...),
			exitFailed},
		"edit":                 {[]string{"connection", "edit", "held", "--notes", "x"}, exitDone},
		"edit with a test":     {[]string{"connection", "edit", "held", "--prefix", "media/other"}, exitDone},
		"edit that fails":      {[]string{"connection", "edit", "held", "--prefix", "forbidden"}, exitFailed},
		"rotate that fails":    {[]string{"connection", "rotate", "held", "--external-id", "another-external-id"}, exitFailed},
		"rotate with a new ID": {[]string{"connection", "rotate", "held", "--generate-external-id"}, exitFailed},
		"import":               {[]string{"connection", "import", exported}, exitDone},
		"delete":               {[]string{"connection", "delete", "held", "--yes"}, exitDone},
	} {
		exit, stdout, stderr := p.run(append(c.args, "--dry-run", "--json")...)
		if exit != c.exit {
			t.Errorf("%s: exit code %d, want %d\n%s%s", name, exit, c.exit, stdout, stderr)
		}
		if !strings.Contains(stdout, `"dry_run": true`) {
			t.Errorf("%s does not say that it is a dry run:\n%.300s", name, stdout)
		}
		after, err := p.app().store.Load("held")
		if now := files(t, p.home); !slices.Equal(now, before) || err != nil || after != held {
			t.Fatalf("%s left %q\nwant %q", name, now, before)
		}
	}
}

// A connection's name has one grammar, whatever command it is given to, and so
// has an environment's, which setup does not make.
func TestNames(t *testing.T) {
	for name, ok := range map[string]bool{
		"a": true, "0": true, "prod": true, "my.site_2-b": true, strings.Repeat("a", 63): true,
		"Prod": false, "-prod": false, ".prod": false, "_prod": false, "pro d": false, "プロ": false, "a:b": false,
		"../prod": false, strings.Repeat("a", 64): false, "prod/staging": true, "prod/": false, "prod/Staging": false, "prod/a/b": false, "/staging": false,
	} {
		for _, args := range [][]string{
			{"connection", "edit", "-c", name, "--notes", "x"}, {"connection", "rotate", "-c", name, "--generate-external-id"},
			{"connection", "delete", "-c", name}, {"connection", "export", "-c", name}, {"connection", "forget", "--", name},
			{"setup", "--no-input", "-c", name, "--bucket", "UPPER"},
		} {
			exit, stdout, _ := (program{home: t.TempDir()}).run(append([]string{"--json"}, args...)...)
			ok := ok && (args[0] != "setup" || !strings.Contains(name, "/"))
			want := exitUsage
			if ok && args[0] != "setup" {
				want = exitCouldNot // there is none of that name
			}
			if exit != want {
				t.Errorf("%q: exit code %d, want %d: %s", args, exit, want, stdout)
			}
			if named := strings.Contains(stdout, "no_such_connection") || strings.Contains(stdout, "bucket.uppercase"); named != ok {
				t.Errorf("%q: the name was taken to be good: %v, want %v: %s", args, named, ok, stdout)
			}
		}
	}
}

// Without a terminal nothing asks: what needs a confirmation is refused and
// not done, and what needs none is not.
func TestConfirmationsOfConnections(t *testing.T) {
	full := onSandbox(t, "microcms")
	for name, c := range map[string]struct {
		args []string
		exit int
		gone bool
	}{
		"delete":             {[]string{"connection", "delete", "prod"}, exitRefused, false},
		"delete, no input":   {[]string{"connection", "delete", "prod", "--no-input"}, exitRefused, false},
		"delete, confirmed":  {[]string{"connection", "delete", "prod", "--yes"}, exitDone, true},
		"delete, other name": {[]string{"connection", "delete", "prod", "--accessible"}, exitRefused, false}, // an empty answer
		"forget":             {[]string{"connection", "forget", "prod"}, exitDone, true},
		"edit":               {[]string{"connection", "edit", "prod", "--notes", "x"}, exitDone, false},
		"export":             {[]string{"connection", "export", "prod"}, exitDone, false},
	} {
		p := program{home: t.TempDir()}
		if err := p.app().store.Save(store.Connection{Name: "prod", Settings: full}); err != nil {
			t.Fatal(err)
		}
		exit, stdout, stderr := p.run(c.args...)
		_, err := p.app().store.Load("prod")
		if exit != c.exit || (err != nil) != c.gone {
			t.Errorf("%s: exit code %d and gone %v, want %d and %v\n%s%s", name, exit, err != nil, c.exit, c.gone, stdout, stderr)
		}
	}
}

// --json is one document on stdout, whatever happens, with no array null.
func TestConnectionJSON(t *testing.T) {
	full := onSandbox(t, "microcms")
	file := filepath.Join(t.TempDir(), "one.yaml")
	if err := os.WriteFile(file, wizard.ToFiles([]wizard.Named{{Name: "one", Settings: full}}, true), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		exit int
		keys []string
	}{
		{"edit prod --notes x", exitDone, []string{"name", "saved", "dry_run", "tested", "changes", "notices", "check"}},
		{"edit prod --notes=", exitDone, []string{"name", "saved", "dry_run", "tested", "changes", "notices", "check"}},
		{"edit prod --prefix media/more", exitDone, []string{"name", "saved", "changes", "check"}},
		{"edit prod --region Tokyo", exitUsage, []string{"errors", "notices"}},
		{"edit prod", exitUsage, []string{"error"}},
		{"edit nowhere --notes x", exitCouldNot, []string{"error"}},
		{"rotate prod --external-id nobody-knows-this", exitFailed, []string{"name", "saved", "changes", "notices", "next", "check"}},
		{"rotate prod --generate-external-id", exitFailed, []string{"external_id", "trust_policy", "next", "check"}},
		{"rotate prod", exitUsage, []string{"error"}},
		{"export prod", exitDone, []string{"schema", "name", "bucket", "region", "role_arn"}},
		{"export --all prod", exitUsage, []string{"error"}},
		{"import " + file, exitDone, []string{"file", "dry_run", "connections"}},
		{"import nowhere.yaml", exitCouldNot, []string{"error"}},
		{"delete prod", exitRefused, []string{"error"}},
		{"delete prod --yes", exitDone, []string{"name", "deleted", "dry_run", "remains", "also_saved_as"}},
		{"forget prod", exitDone, []string{"forgotten"}},
		{"list", exitDone, []string{"connections", "problems"}},
		{"show prod", exitDone, []string{"name", "settings"}},
	} {
		p := program{home: t.TempDir()}
		if err := p.app().store.Save(store.Connection{Name: "prod", Settings: full}); err != nil {
			t.Fatal(err)
		}
		exit, stdout, stderr := p.run(append(append([]string{"connection"}, strings.Fields(c.args)...), "--json")...)
		if exit != c.exit {
			t.Errorf("%s: exit code %d, want %d\n%s%s", c.args, exit, c.exit, stdout, stderr)
		}
		var doc map[string]any
		if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
			t.Errorf("%s: %v\n%s", c.args, err, stdout)
			continue
		}
		for _, key := range c.keys {
			if _, ok := doc[key]; !ok {
				t.Errorf("%s: no %q in %.200s", c.args, key, stdout)
			}
		}
		for _, path := range nulls("", doc) {
			if !slices.Contains([]string{".check", ".check.connection", ".connections.check.connection"}, path) {
				t.Errorf("%s: %s is null", c.args, path)
			}
		}
	}
}

// nulls lists where a document has null.
func nulls(path string, v any) (at []string) {
	switch v := v.(type) {
	case nil:
		return []string{path}
	case map[string]any:
		for key, inner := range v {
			at = append(at, nulls(path+"."+key, inner)...)
		}
	case []any:
		for _, inner := range v {
			at = append(at, nulls(path, inner)...)
		}
	}
	return at
}
