package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shelf is a program on a bucket with a folder old of three files, of which
// one is in the folder new, too.
func shelf(t *testing.T) (p *program, media func(args ...string) (int, string, string)) {
	t.Helper()
	s := onSandbox(t, "microcms")
	p = &program{home: t.TempDir()}
	dir := t.TempDir()
	for _, name := range []string{"old/a.txt", "old/b.txt", "old/春.txt", "new/old/a.txt"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	media = func(args ...string) (int, string, string) { return p.media(s, args...) }
	if exit, _, stderr := media("put", filepath.Join(dir, "old"), filepath.Join(dir, "new")); exit != exitDone {
		t.Fatal(stderr)
	}
	return p, media
}

// What a folder's rename would refuse is not told as if it were renamed, and
// how much it is stands below (B15).
func TestAMoveIsToldAsItWouldEnd(t *testing.T) {
	_, media := shelf(t)
	exit, out, stderr := media("mv", "old", "new/", "--dry-run")
	if exit != exitRefused || !strings.Contains(out, "not renamed    old/a.txt  new/old/a.txt exists") || strings.Contains(out, "would rename   old/a.txt") {
		t.Errorf("%d\n%s", exit, out)
	}
	if !strings.Contains(out, "would rename   old/b.txt  ->  new/old/b.txt") || !strings.Contains(stderr, "2 files, 20 B: the old URLs will answer 404") || !strings.Contains(stderr, "left as they are: 1") {
		t.Errorf("%s\n%s", out, stderr)
	}
	exit, out, _ = media("mv", "old", "new/", "--dry-run", "--json")
	plan := lastJSON[radiusJSON](t, out)
	if exit != exitRefused || plan.Type != "plan" || plan.Op != "mv" || plan.Files != 2 || plan.URLs != 2 || plan.Bytes != 20 || plan.Refused != 1 {
		t.Errorf("%d %s", exit, out)
	}
	if e := itemsOf(t, out)["old/a.txt"]; e.Status != "refused" || e.Code != "exists" || e.Message == "" {
		t.Errorf("%+v", e)
	}
}

// Who cannot be asked is told what it is that needs a confirmation; who can,
// sees names first, and types how many are renamed, not how many are refused.
func TestAConfirmationSaysWhatItIsAbout(t *testing.T) {
	p, media := shelf(t)
	for _, args := range [][]string{{"mv", "old", "new/"}, {"rm", "-r", "old"}} {
		exit, _, stderr := media(args...)
		want := map[string]string{"mv": "2 files, 20 B: the old URLs", "rm": "3 files, 29 B: the URLs"}[args[0]]
		if exit != exitRefused || !strings.Contains(stderr, want) || !strings.Contains(stderr, "add --yes") {
			t.Errorf("%q: %d\n%s", args, exit, stderr)
		}
	}
	p.terminal, p.in = true, "3\n"
	exit, _, stderr := media("mv", "old", "new/")
	if exit != exitRefused || !strings.Contains(stderr, "-> new/old/b.txt") || !strings.Contains(stderr, "new/old/a.txt exists") || !strings.Contains(stderr, "Rename 2 file") {
		t.Errorf("%d\n%s", exit, stderr)
	}
}
