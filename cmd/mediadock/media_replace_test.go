package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// replacing is a program on a bucket that holds old.txt, and new.txt on the
// disk.
func replacing(t *testing.T) (p program, s wizard.Settings, file string) {
	t.Helper()
	s = onSandbox(t, "microcms")
	p = program{home: t.TempDir()}
	dir := t.TempDir()
	for _, name := range []string{"old.txt", "new.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if exit, _, stderr := p.run(append([]string{"media", "put", filepath.Join(dir, "old.txt")}, flagsOf(s)...)...); exit != exitDone {
		t.Fatal(stderr)
	}
	return p, s, filepath.Join(dir, "new.txt")
}

func (p program) media(s wizard.Settings, args ...string) (exit int, stdout, stderr string) {
	return p.run(append(append([]string{"media"}, args...), flagsOf(s)...)...)
}

// listed are the names at the top of the bucket's directory.
func (p program) listed(t *testing.T, s wizard.Settings) string {
	t.Helper()
	_, out, _ := p.media(s, "ls", "--json")
	var names []string
	for line := range strings.Lines(out) {
		var e eventJSON
		if json.Unmarshal([]byte(line), &e) == nil && strings.HasSuffix(e.Path, ".txt") {
			names = append(names, e.Path)
		}
	}
	return strings.Join(names, " ")
}

// A file of another name moves the address (D1): both are shown, and on a
// terminal the person is asked.
func TestReplacingUnderAnotherNameAsks(t *testing.T) {
	p, s, file := replacing(t)
	for _, c := range []struct {
		in   string
		exit int
		left string
	}{{"n\n", exitRefused, "old.txt"}, {"\n", exitRefused, "old.txt"}, {"", exitRefused, "old.txt"}, {"y\n", exitDone, "new.txt"}} {
		p.terminal, p.in = true, c.in
		exit, _, stderr := p.media(s, "replace", "old.txt", file)
		p.terminal = false
		if exit != c.exit || !strings.Contains(stderr, "old.txt\n") || !strings.Contains(stderr, "new.txt\n") || !strings.Contains(stderr, "404") {
			t.Errorf("answer %q: exit code %d\n%s", c.in, exit, stderr)
		}
		if got := p.listed(t, s); got != c.left {
			t.Errorf("answer %q leaves %q", c.in, got)
		}
	}
}

func TestReplacingWithoutATerminalSaysBothAddresses(t *testing.T) {
	p, s, file := replacing(t)
	exit, out, stderr := p.media(s, "replace", "old.txt", file, "--same-name", "--json")
	if exit != exitRefused || !strings.Contains(out, `"cmd.name_differs"`) && !strings.Contains(out, `"name_differs"`) || p.listed(t, s) != "old.txt" {
		t.Errorf("--same-name: %d %s %s", exit, out, stderr)
	}
	_, out, _ = p.media(s, "replace", "old.txt", file, "--dry-run", "--json")
	if e := itemsOf(t, out)["old.txt"]; !strings.HasSuffix(e.OldURL, "/old.txt") || !strings.HasSuffix(e.URL, "/new.txt") || p.listed(t, s) != "old.txt" {
		t.Errorf("--dry-run: %s", out)
	}
	exit, out, _ = p.media(s, "replace", "old.txt", file, "--json")
	e, sum := itemsOf(t, out)["old.txt"], lastJSON[summaryJSON](t, out)
	if exit != exitDone || !strings.HasSuffix(e.OldURL, "/old.txt") || !strings.HasSuffix(e.URL, "/new.txt") || sum.URLs != 1 || p.listed(t, s) != "new.txt" {
		t.Errorf("%d %s", exit, out)
	}
	exit, out, stderr = p.media(s, "replace", "new.txt", file, "--same-name", "--json")
	if e, sum := itemsOf(t, out)["new.txt"], lastJSON[summaryJSON](t, out); exit != exitDone || e.OldURL != "" || sum.URLs != 0 {
		t.Errorf("the same name: %d %s %s", exit, out, stderr)
	}
}

// What --remember keeps is said where a connection is shown, and where it is.
func TestShowingAConnectionTellsWhatIsRemembered(t *testing.T) {
	p := savedProgram(t)
	show := func() (connectionJSON, string) {
		_, out, _ := p.run("connection", "show", "prod", "--json")
		var j connectionJSON
		if err := json.Unmarshal([]byte(out), &j); err != nil {
			t.Fatal(err)
		}
		_, text, _ := p.run("connection", "show", "prod")
		return j, text
	}
	if j, text := show(); j.PrivateData != nil || strings.Contains(text, "etadata") {
		t.Errorf("%+v\n%s", j, text)
	}
	for _, d := range []store.PrivateData{store.StripPrivateData, store.KeepPrivateData} {
		if err := p.app().store.SavePrivateData("prod", d); err != nil {
			t.Fatal(err)
		}
		j, text := show()
		if j.PrivateData == nil || j.PrivateData.Decision != d || !strings.Contains(text, j.PrivateData.File) {
			t.Fatalf("%s: %+v\n%s", d, j.PrivateData, text)
		}
		if _, err := os.Stat(j.PrivateData.File); err != nil {
			t.Error(err)
		}
	}
}

// A file of another type is told before it is public, and so is a name that
// another object has, which the person did not type.
func TestReplacingSaysWhatElseChanges(t *testing.T) {
	s := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	const files = "../../awscheck/sandbox/account/scenarios/files/"
	there, dir := t.TempDir(), t.TempDir()
	for to, from := range map[string]string{
		filepath.Join(there, "logo.png"): "icon.png", filepath.Join(there, "hero.jpg"): "photo-sea.jpg",
		filepath.Join(dir, "logo.png"): "photo-sea.jpg", filepath.Join(dir, "hero.jpg"): "photo-sea.jpg",
	} {
		content, err := os.ReadFile(files + from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if exit, _, stderr := p.media(s, "put", there+"/"); exit != exitDone {
		t.Fatal(stderr)
	}
	const retyped = "type changes from image/png to image/jpeg"
	if exit, _, stderr := p.media(s, "replace", "logo.png", filepath.Join(dir, "logo.png"), "--dry-run"); exit != exitDone || !strings.Contains(stderr, retyped) {
		t.Errorf("%d %s", exit, stderr)
	}
	_, out, _ := p.media(s, "replace", "logo.png", filepath.Join(dir, "logo.png"), "--dry-run", "--json")
	if e := itemsOf(t, out)["logo.png"]; e.ContentType != "image/jpeg" || e.OldContentType != "image/png" {
		t.Errorf("%s", out)
	}
	if _, _, stderr := p.media(s, "replace", "hero.jpg", filepath.Join(dir, "hero.jpg"), "--dry-run"); strings.Contains(stderr, "type changes") {
		t.Errorf("the type stays: %s", stderr)
	}
	exit, _, stderr := p.media(s, "replace", "logo.png", filepath.Join(dir, "hero.jpg"))
	if exit != exitRefused || !strings.Contains(stderr, "logo.png would become hero.jpg") || !strings.Contains(stderr, "name the local file logo.png") {
		t.Errorf("%d %s", exit, stderr)
	}
}
