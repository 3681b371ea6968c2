package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// A directory that cannot be used is refused before anything is started, with
// what to do instead.
func TestSandboxRefusesDirectories(t *testing.T) {
	busy := t.TempDir()
	a, _, err := account.Scenario("microcms")
	if err != nil {
		t.Fatal(err)
	}
	box, err := sandbox.Start(t.Context(), sandbox.Options{Account: a, Data: busy, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	mark := `{"format":"mediadock sandbox","version":1,"account":"x"}`
	p := program{home: t.TempDir()}
	for _, c := range []struct {
		file, content string
		args          []string
		exit          int
		says          string
	}{
		{"photo.jpg", "", nil, exitRefused, "photo.jpg"},
		{"sandbox.json", mark, nil, exitRefused, "--account"},
		{"sandbox.json", strings.Replace(mark, ":1", ":9", 1), nil, exitCouldNot, "newer"},
		{"", "", []string{"--data", busy}, exitCouldNot, "Another"},
		{"", "", []string{"--data", ""}, exitUsage, "--data"},
	} {
		dir := t.TempDir()
		if c.file != "" {
			if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if c.args == nil {
			c.args = []string{"--data", dir}
		}
		exit, out, stderr := p.run(append([]string{"sandbox"}, c.args...)...)
		if exit != c.exit || !strings.Contains(stderr, c.says) || out != "" {
			t.Errorf("%v: exit code %d, %q, %q", c, exit, out, stderr)
		}
	}
}
