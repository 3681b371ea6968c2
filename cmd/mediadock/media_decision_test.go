package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/mediatest"
	"github.com/mediadock/mediadock/wizard/store"
)

// What was decided for a connection holds until it is taken back; a flag wins
// for once, and a dry run writes nothing down.
func TestDecisionAboutPrivateDataIsRemembered(t *testing.T) {
	s := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	if err := p.app().store.Save(store.Connection{Name: "prod", Settings: s}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(file, mediatest.Photo(t), 0o600); err != nil {
		t.Fatal(err)
	}
	removed := func(want bool, args ...string) {
		t.Helper()
		exit, stdout, stderr := p.run(append([]string{"media", "put", file, "-c", "prod", "--json", "--if-exists", "replace"}, args...)...)
		items := itemsOf(t, stdout)
		e, ok := items["photo.jpg"]
		if exit != exitDone || !ok && len(args) == 0 || ok && e.Findings[0].Removed != want {
			t.Errorf("%q: exit code %d, want removed %v\n%s%s", args, exit, want, stdout, stderr)
		}
	}
	removed(false)
	removed(true, "--strip-metadata", "--remember", "--dry-run")
	removed(false)
	removed(true, "--strip-metadata")
	removed(false)
	removed(true, "--strip-metadata", "--remember")
	removed(true)
	removed(false, "--keep-metadata")
	removed(true)
	if _, _, stderr := p.run("media", "put", file, "-c", "prod", "--dry-run"); !strings.Contains(stderr, "remembered for prod") {
		t.Errorf("it is not said:\n%s", stderr)
	}
	removed(false, "--ask-metadata", "--remember")
	removed(false)
	if exit, _, _ := p.run("media", "put", file, "-c", "prod", "--remember"); exit != exitUsage {
		t.Errorf("remember nothing: exit code %d", exit)
	}
	if exit, _, _ := p.run(append([]string{"media", "put", file, "--keep-metadata", "--remember"}, flagsOf(s)...)...); exit != exitUsage {
		t.Errorf("remember for nothing saved: exit code %d", exit)
	}
	if exit, _, _ := p.run("media", "put", file, "-c", "prod", "--keep-metadata", "--strip-metadata"); exit != exitUsage {
		t.Errorf("both: exit code %d", exit)
	}
}

// Kept means that nobody is asked.
func TestKeptPrivateDataIsNotAskedAbout(t *testing.T) {
	s := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	file := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(file, mediatest.Photo(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for flag, asked := range map[string]bool{"--keep-metadata": false, "--ask-metadata": true} {
		_, _, stderr := p.run(append([]string{"media", "put", file, "--accessible", "--if-exists", "replace", flag}, flagsOf(s)...)...)
		if strings.Contains(stderr, "[l]eave the file out") != asked || !strings.Contains(stderr, "photo.jpg tells") {
			t.Errorf("%s: asked %v\n%s", flag, !asked, stderr)
		}
	}
}
