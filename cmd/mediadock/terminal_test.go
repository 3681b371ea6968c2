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
	x.tmux("send-keys", "-t", "s", "-l", "--", text)
}

// waitFor polls the screen until it holds text; the deadline is for a hung
// program, not for a slow one.
func (x *terminal) waitFor(text string) string {
	x.t.Helper()
	deadline := time.Now().Add(time.Minute)
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
	deadline := time.Now().Add(time.Minute)
	for strings.Contains(x.screen(), text) {
		if time.Now().After(deadline) {
			x.t.Fatalf("the screen still shows %q:\n%s", text, x.screen())
		}
		<-time.After(20 * time.Millisecond)
	}
}

// TestTerminalJourney walks through the demo as a person does: answer, test,
// save, upload, rename, delete, quit; the terminal is as it was afterwards.
func TestTerminalJourney(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "mediadock")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "note.txt"), []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "home")
	x := startTerminal(t, 100, 30, fmt.Sprintf("HOME=%s LANG=C.UTF-8 %s demo", home, binary))

	// Every answer is filled in already: Enter walks to the review.
	x.waitFor("step 1 of 6")
	for step := 1; step < 6; step++ {
		x.enterUntil(fmt.Sprintf("step %d of 6", step+1))
	}
	x.waitFor("https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/image.png")

	// Test. A passed test leads to the typed confirmation.
	x.press("Enter")
	x.waitFor("Everything works")
	x.press("Enter")
	x.waitFor("Type the bucket name")
	x.typeText("alpha-prod")
	x.press("Enter")
	if screen := x.screen(); strings.Contains(screen, "logo.png") {
		t.Fatalf("saved although the bucket's name was typed in part:\n%s", screen)
	}
	x.typeText("-assets")
	x.press("Enter")
	x.waitFor("logo.png")

	// Upload, rename, delete.
	x.press("u")
	x.waitFor("From this computer")
	x.typeText(filepath.Join(dir, "note.txt"))
	x.press("Enter")
	x.waitFor("media/note.txt")
	x.press("Enter")
	x.waitFor("1 uploaded")
	x.selectRow("note.txt")
	x.press("m")
	x.waitFor("Rename or move")
	x.press("C-u", "C-k")
	x.typeText("写真.txt")
	x.press("Enter")
	x.waitFor("%E5%86%99%E7%9C%9F.txt")
	x.press("Enter")
	x.waitGone("note.txt")
	// A deletion waits and is taken back; the second one is let go.
	x.selectRow("写真.txt")
	x.deleteRow()
	x.press("u")
	x.waitFor("Taken back")
	x.waitFor("写真.txt")
	x.deleteRow()
	x.waitGone("Nothing has been sent yet")
	x.waitGone("写真.txt")

	// Quit: the shell is back, its screen unharmed, the cursor shown.
	x.press("q")
	x.waitFor("READY>")
	if alternate := strings.TrimSpace(x.tmux("display-message", "-p", "-t", "s", "#{alternate_on} #{cursor_flag}")); alternate != "0 1" {
		t.Errorf("alternate screen and cursor are %q after quitting, want %q", alternate, "0 1")
	}
	x.typeText("echo still-$((40+2))")
	x.press("Enter")
	x.waitFor("still-42")
	if _, err := os.Stat(home); err == nil {
		t.Error("the demo wrote into the home directory")
	}
}

// deleteRow agrees to deleting what is under the cursor. The first answer keeps
// the file, so that the second is chosen by name.
func (x *terminal) deleteRow() {
	x.t.Helper()
	x.press("d")
	x.waitFor("> keep it")
	x.press("Down")
	x.waitFor("> delete it")
	x.press("Enter")
	x.waitFor("Nothing has been sent yet")
}

// enterUntil presses Enter, waiting for the screen to change each time, until
// text is shown.
func (x *terminal) enterUntil(text string) {
	x.t.Helper()
	for range 12 {
		before := x.screen()
		if strings.Contains(before, text) {
			return
		}
		x.press("Enter")
		x.waitChange(before)
	}
	x.t.Fatalf("Enter never led to %q:\n%s", text, x.screen())
}

func (x *terminal) waitChange(before string) {
	x.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for x.screen() == before {
		if time.Now().After(deadline) {
			x.t.Fatalf("nothing happened:\n%s", before)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// selectRow moves the cursor to the row of name: from the end of the list up,
// one row at a time, the next key only once the row under the cursor is known.
func (x *terminal) selectRow(name string) {
	x.t.Helper()
	at := x.cursorRow()
	if strings.Contains(at, name) {
		return
	}
	x.press("End")
	for range 40 {
		at = x.waitCursor(at)
		if strings.Contains(at, name) {
			return
		}
		x.press("Up")
	}
	x.t.Fatalf("the cursor never reached %s:\n%s", name, x.screen())
}

// cursorRow is the row that the list's cursor marks.
func (x *terminal) cursorRow() string {
	for line := range strings.SplitSeq(x.screen(), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), ">") {
			return line
		}
	}
	return ""
}

// waitCursor polls until the cursor is on another row than before.
func (x *terminal) waitCursor(before string) string {
	x.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		if at := x.cursorRow(); at != before && at != "" {
			return at
		}
		if time.Now().After(deadline) {
			x.t.Fatalf("the cursor did not move from %q:\n%s", before, x.screen())
		}
		<-time.After(20 * time.Millisecond)
	}
}
