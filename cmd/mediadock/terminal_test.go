//go:build terminal

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// terminal is the program in a real terminal: tmux holds the screen, keys are
// pressed by name, and the test waits for what it expects to read.
type terminal struct {
	t      *testing.T
	socket string
}

func startTerminal(t *testing.T, columns, rows int, command string) *terminal {
	t.Helper()
	// tmux sockets need short paths, and a fresh name each: a server that is
	// just going down must not be met.
	term := &terminal{t: t, socket: fmt.Sprintf("mediadock-%d-%d", os.Getpid(), time.Now().UnixNano())}
	conf := filepath.Join(t.TempDir(), "tmux.conf")
	settings := "set -g default-terminal tmux-256color\nset -g status off\nset -s escape-time 0\nset -g remain-on-exit off\n"
	if err := os.WriteFile(conf, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = exec.Command("tmux", "-L", term.socket, "kill-server").Run() })
	term.tmux("-f", conf, "new-session", "-d", "-s", "s", "-x", fmt.Sprint(columns), "-y", fmt.Sprint(rows), "sh")
	term.waitFor("$")
	term.typeText("PS1='READY> '; clear")
	term.press("Enter")
	term.waitFor("READY>")
	term.typeText(command)
	term.press("Enter")
	return term
}

func (x *terminal) tmux(args ...string) string {
	x.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", x.socket}, args...)...).CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (x *terminal) screen() string { return x.tmux("capture-pane", "-p", "-t", "s") }

// press presses keys by tmux's names: Enter, Escape, C-o, Space, F1 ...
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	for _, k := range keys {
		x.tmux("send-keys", "-t", "s", k)
	}
}

// typeText types letters as they are.
func (x *terminal) typeText(text string) {
	x.t.Helper()
	x.tmux("send-keys", "-t", "s", "-l", text)
}

// waitFor polls the screen until it holds text; the deadline is for a hung
// program, not for a slow one.
func (x *terminal) waitFor(text string) string {
	x.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		screen := x.screen()
		if strings.Contains(screen, text) {
			return screen
		}
		if time.Now().After(deadline) {
			x.t.Fatalf("the screen never showed %q:\n%s", text, screen)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// waitGone polls until text is no longer on the screen.
func (x *terminal) waitGone(text string) {
	x.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for strings.Contains(x.screen(), text) {
		if time.Now().After(deadline) {
			x.t.Fatalf("the screen still shows %q:\n%s", text, x.screen())
		}
		<-time.After(20 * time.Millisecond)
	}
}
