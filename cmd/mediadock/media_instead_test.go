package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A re-upload under the same name tells the name that needs no invalidation,
// and the command gives it; where names are fixed there is none (D1).
func TestReplaceOffersANewName(t *testing.T) {
	p, visit := behindCDN(t)
	file := filepath.Join(t.TempDir(), "annual-report.pdf")
	if err := os.WriteFile(file, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	const versioned = "docs/annual-report-2.pdf"
	exit, out, stderr := p.run("media", "replace", terms, file, "--dry-run")
	_, command, ok := strings.Cut(stderr, "\n  mediadock ")
	command, _, _ = strings.Cut(command, "\n")
	if exit != 0 || !ok || !strings.Contains(stderr, "as "+versioned) || !strings.Contains(stderr, "E2EXAMPLE") {
		t.Fatalf("%d %s %s", exit, out, stderr)
	}
	exit, out, _ = p.run("media", "replace", terms, file, "--dry-run", "--json")
	if e := lastJSON[eventJSON](t, out); exit != 0 || e.VersionedPath != versioned {
		t.Errorf("%d %s", exit, out)
	}
	if exit, _, stderr := p.run(strings.Fields(command)...); exit != 0 || visit(versioned) != "200" {
		t.Errorf("%q: %d %s", command, exit, stderr)
	}
	exit, out, _ = p.run("media", "replace", terms, file, "--json")
	if sum := lastJSON[summaryJSON](t, out); exit != 0 || sum.Purge == nil || sum.Purge.VersionedPath != "docs/annual-report-3.pdf" || !strings.Contains(sum.Purge.Instead, "keep-both --to docs/ -c prod") {
		t.Errorf("%d %s", exit, out)
	}
	if _, _, stderr := p.run("media", "put", file, "--to", "docs/", "--if-exists", "replace"); !strings.Contains(stderr, "keep-both gives new names to the 1") {
		t.Errorf("%s", stderr)
	}
	c, err := p.app().store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.FixFileNames = true
	if err := p.app().store.Save(c); err != nil {
		t.Fatal(err)
	}
	if exit, _, stderr := p.run("media", "replace", terms, file, "--dry-run"); exit != 0 || strings.Contains(stderr, "To need no invalidation") {
		t.Errorf("fixed names: %d %s", exit, stderr)
	}
}
