package tui_test

import (
	"testing"
	"time"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// passes lets time go by, counted from the beginning of the test.
func passes(d *tuitest.Driver, t time.Duration) { d.Send(screen.Beat(tuitest.Now.Add(t))) }

// waitedOut lets deletions begin that wait.
func waitedOut(d *tuitest.Driver) { passes(d, time.Hour) }

// deleting agrees to delete the file under the cursor.
func deleting(d *tuitest.Driver, keys ...string) {
	d.Press(append(keys, "d")...)
	d.See("Delete 1 file,")
	d.Press("down", "enter")
}

// A deletion is counted down, and sent only when ten seconds are over.
func TestADeletionWaitsTenSeconds(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	deleting(d, "down", "down") // logo.png
	d.See("Deleting 1 in 10 s. Nothing has been sent yet.", "u take back", "- logo.png")
	passes(d, 4*time.Second)
	d.See("in 6 s")
	passes(d, 9999*time.Millisecond)
	d.See("in 1 s")
	d.Settle()
	if !lib.Has("logo.png") {
		t.Fatal("deleted before its time")
	}
	passes(d, 10*time.Second)
	d.See("1 deleted")
	if lib.Has("logo.png") {
		t.Error("not deleted when the time was over")
	}
	d.NotSee("take back")
}

// u and esc take it back, the last one first; what was taken back stays.
func TestADeletionIsTakenBack(t *testing.T) {
	for _, key := range []string{"u", "esc"} {
		lib := some()
		d, _ := library(t, lib, 100, 30)
		deleting(d, "down", "down") // logo.png
		passes(d, 5*time.Second)
		deleting(d, "down") // teaser.mp4
		d.See("Deleting 1 in 5 s", "2 deletions wait.")
		d.Press(key)
		d.See("Taken back: 1 not deleted.")
		passes(d, 12*time.Second)
		d.See("1 deleted")
		passes(d, time.Minute)
		d.Settle()
		if lib.Has("logo.png") || !lib.Has("teaser.mp4") {
			t.Errorf("%s: left are %v", key, lib.Files)
		}
		d.See("prod › media") // still here
		d.Press("u")
		d.See("From this computer") // it is the key of uploads again
	}
}

// Each counts by itself, in another folder too.
func TestSeveralDeletionsWait(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	deleting(d, "down", "down") // logo.png
	passes(d, 3*time.Second)
	d.Press("up", "enter") // 2026/
	d.See("in 7 s", "spring")
	passes(d, 11*time.Second)
	d.See("1 deleted")
	d.Settle()
	if lib.Has("logo.png") || !lib.Has("teaser.mp4") {
		t.Errorf("left are %v", lib.Files)
	}
}

// To end the program is not to agree: it asks, and keeping is what happens
// when the program just ends.
func TestQuittingAsksOfADeletionThatWaits(t *testing.T) {
	open := func() (*tuitest.Library, *tuitest.Driver) {
		lib := some()
		d, _ := library(t, lib, 100, 30)
		deleting(d, "down", "down")
		d.Press("q")
		d.See("A deletion is waiting", "keep the files and quit", "delete now")
		return lib, d
	}
	lib, d := open()
	d.Press("enter") // stay
	d.See("Deleting 1 in 10 s")
	if d.Quit {
		t.Fatal("the harmless answer ends the program")
	}
	d.Press("q", "down", "enter")
	d.Settle()
	if !d.Quit || !lib.Has("logo.png") {
		t.Errorf("keep: ended %v, there %v", d.Quit, lib.Has("logo.png"))
	}
	lib, d = open()
	d.Press("down", "down", "enter")
	d.See("1 deleted")
	if d.Quit || lib.Has("logo.png") {
		t.Errorf("now: ended %v, there %v", d.Quit, lib.Has("logo.png"))
	}
	lib, d = open()
	d.Press("ctrl+c")
	d.Settle()
	if !d.Quit || !lib.Has("logo.png") {
		t.Errorf("ctrl+c twice: ended %v, there %v", d.Quit, lib.Has("logo.png"))
	}
	_, d = open()
	passes(d, time.Minute) // what it asks about is over
	d.NotSee("A deletion is waiting")
	d.See("1 deleted")
}

func TestAWaitingDeletionInASmallWindow(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 40, 12)
	d.Press("down", "down", "d")
	d.See("Delete 1 file,")
	d.Press("down", "enter")
	d.Golden("grace-40x12")
}
