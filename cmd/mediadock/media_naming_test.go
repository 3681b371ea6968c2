package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A URL alone shows a name beyond ASCII as percent signs: before files go, or
// get another address, their names are told as people write them.
func TestQuestionsHaveTheNamesAsPeopleWriteThem(t *testing.T) {
	p, s, file := replacing(t)
	named := filepath.Join(filepath.Dir(file), "写真 1.txt")
	if err := os.WriteFile(named, []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.terminal, p.in = true, "n\n"
	_, _, stderr := p.media(s, "replace", "old.txt", named)
	for _, want := range []string{"old.txt\n", "写真 1.txt\n", "%E5%86%99%E7%9C%9F%201.txt\n"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in %s", want, stderr)
		}
	}
	p.terminal = false
	if exit, _, stderr := p.media(s, "put", named); exit != exitDone {
		t.Fatal(stderr)
	}
	p.terminal, p.in = true, "0\n"
	exit, _, stderr := p.media(s, "rm", "写真 1.txt")
	if exit != exitRefused || !strings.Contains(stderr, "  写真 1.txt\n    https://") {
		t.Errorf("exit %d, %s", exit, stderr)
	}
}
