package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table of redirects is written before anything moves: where it cannot be,
// nothing moves, and a file of somebody's own is not written over.
func TestRedirectsBeforeTheMove(t *testing.T) {
	s := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	file, mine := filepath.Join(p.home, "a.txt"), filepath.Join(p.home, "mine.csv")
	for name, content := range map[string]string{file: "content", mine: "price,1\n"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(want int, args ...string) string {
		t.Helper()
		exit, stdout, stderr := p.run(append(append([]string{"media"}, args...), flagsOf(s)...)...)
		if exit != want {
			t.Fatalf("%v: exit code %d\n%s%s", args, exit, stdout, stderr)
		}
		return stdout + stderr
	}
	run(exitDone, "put", file, "--yes")
	run(exitRefused, "mv", "a.txt", "b.txt", "--yes", "--redirects", mine)
	run(exitCouldNot, "mv", "a.txt", "b.txt", "--yes", "--redirects", filepath.Join(p.home, "missing", "moved.csv"))
	if data, err := os.ReadFile(mine); err != nil || string(data) != "price,1\n" {
		t.Errorf("a file of somebody's own holds %q, %v", data, err)
	}
	if out := run(exitDone, "ls"); !strings.Contains(out, "a.txt") || strings.Contains(out, "b.txt") {
		t.Errorf("moved without its table:\n%s", out)
	}
	moved := filepath.Join(p.home, "moved.csv")
	run(exitDone, "mv", "a.txt", "b.txt", "--yes", "--redirects", moved)
	if rows := csvOf(t, moved); len(rows) != 2 || !strings.HasSuffix(rows[1][0], "/a.txt") || !strings.HasSuffix(rows[1][1], "/b.txt") {
		t.Errorf("rows %q", rows)
	}
}
