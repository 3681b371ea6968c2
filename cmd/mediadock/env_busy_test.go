//go:build linux

package main

import (
	"bytes"
	"strings"
	"testing"
)

// While one process creates an environment, another one neither creates nor
// deletes it: it says so, with a command that can be run, and exit code 4.
func TestAnotherProcessIsAtTheEnvironment(t *testing.T) {
	h := holding(t, "microcms")
	h.says("42 files", "env", "create", "qa", "--from", "prod", "--dry-run")
	reached, release := h.arm(func(kind string, _ map[string]int) bool { return kind == "copy" })
	var first bytes.Buffer
	cmd := h.command(&first, "env", "create", "staging", "--from", "prod")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-reached
	h.free() // the one copy stays held, all others get through
	for _, args := range [][]string{{"env", "create", "staging", "--from", "prod"}, {"env", "delete", "staging", "-c", "prod", "--yes"}} {
		exit, out := h.run(args...)
		if exit != exitRefused || !strings.Contains(out, "nother process") {
			t.Errorf("%q: %d %s", args, exit, out)
		}
		exit, out = h.run(append(args, "--json")...)
		if exit != exitRefused || !strings.Contains(out, `"code":"media.environment-busy"`) || !strings.Contains(out, `"command":"mediadock env list -c prod"`) {
			t.Errorf("%q: %d %s", args, exit, out)
		}
	}
	h.says("prod/staging", "env", "list", "-c", "prod")
	close(release)
	_ = cmd.Wait() // the copy that was cut off is tried again
	h.says("42 files", "env", "delete", "staging", "-c", "prod", "--yes")
}
