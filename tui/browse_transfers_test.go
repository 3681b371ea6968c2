package tui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// uploading has three files on their way, the first of which is held.
func uploading(t *testing.T, lib *tuitest.Library, w, h int) *tuitest.Driver {
	t.Helper()
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, w, h)
	d.Press("u")
	d.Type("/tmp/a.png /tmp/b.png /tmp/c.png")
	d.Press("enter")
	d.See("Upload 3 files")
	d.Press("enter")
	d.See("13 %")
	return d
}

func TestTransfersShowEveryFileAndCancelOne(t *testing.T) {
	lib := some()
	d := uploading(t, lib, 80, 24)
	d.Press("T")
	d.See("Transfers", "0 of 3", "↑ a.png", "40 %", "b.png", "waiting", "x cancel")
	d.Press("down", "x") // b.png, which waits
	d.See("x b.png", "cancelled", "1 cancelled", "Nothing of it is left")
	d.Release(lib.Gate)
	d.See("✓ a.png", "↑ c.png", "70 %") // 1,400 of the 2,000 bytes that are left to do
	d.Press("esc")
	d.See("logo.png", "T transfers")
	d.Release(lib.Gate)
	d.See("2 uploaded, 2.0 kB", "Cancelled: 1.")
	if lib.Has("b.png") || !lib.Has("a.png") || !lib.Has("c.png") {
		t.Error("what was cancelled was uploaded, or the others were not")
	}
	d.Press("T", "home", "down", "down")
	d.See("> ", "r try again")
	d.Press("r")
	d.See("↑ b.png", "tried again below")
	d.Release(lib.Gate)
	d.See("1 uploaded")
	if !lib.Has("b.png") {
		t.Error("what was tried again was not uploaded")
	}
}

func TestTransfersCancelTheFileUnderWay(t *testing.T) {
	lib := some()
	lib.Keeps = true
	d := uploading(t, lib, 80, 24)
	d.Press("T", "x")
	d.See("x a.png", "cancelled, 40 % stored", "kept in S3 and billed", "↑ b.png")
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.See("2 of 3")
	if lib.Has("a.png") || !lib.Has("b.png") {
		t.Error("the wrong file was cancelled")
	}
}

func TestTransfersArePausedAndGoOn(t *testing.T) {
	lib := some()
	d := uploading(t, lib, 80, 24)
	d.Press("T", "p")
	d.See("paused", "p go on")
	d.Release(lib.Gate) // what is under way ends
	d.See("✓ a.png")
	if strings.Contains(d.Grid(), "↑") {
		t.Errorf("a file was begun while all was paused:\n%s", d.Grid())
	}
	d.Press("p")
	d.See("↑ b.png")
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.See("3 of 3")
}

func TestWhatWaitsDoesNotStartWhilePaused(t *testing.T) {
	lib := some()
	d := uploading(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/later.png")
	d.Press("enter")
	d.See("Upload 1 file")
	d.Press("enter")
	d.See("1 waiting")
	d.Press("T", "p")
	for range 1 {
		d.Release(lib.Gate)
	}
	d.See("✓ a.png", "later.png", "waiting")
	d.Press("X")
	d.See("Cancel everything?", "3 files are not done yet")
	d.Press("down", "enter")
	d.NotSee("Cancel everything?")
	d.See("later.png", "cancelled")
	d.Settle()
	if lib.Has("b.png") || lib.Has("later.png") {
		t.Error("went on after everything was cancelled")
	}
}

func TestWhatFailedIsTriedAgain(t *testing.T) {
	lib := some()
	lib.Fails["b.png"] = &media.Error{Code: media.CodeDenied, Path: "b.png", Args: map[string]string{"operation": "s3:PutObject", "reason": "AccessDenied"}, Err: errors.New("denied")}
	lib.Fails["c.png"] = lib.Fails["b.png"]
	d := uploading(t, lib, 80, 24)
	d.Press("T")
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.See("Failed: 2.", "2 failed", "✗ b.png")
	d.NotSee("Not everything worked") // the panel has it
	d.Press("f")
	d.NotSee("✓ a.png")
	d.See("✗ b.png", "✗ c.png")
	delete(lib.Fails, "b.png")
	delete(lib.Fails, "c.png")
	d.Press("R")
	d.See("0 of 2")
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.See("2 uploaded", "Nothing has failed or was left out.")
	if !lib.Has("b.png") || !lib.Has("c.png") {
		t.Error("not uploaded")
	}
}

// A name that was taken meanwhile is asked about, not overwritten.
func TestTryingAgainAsksAboutWhatIsThereByNow(t *testing.T) {
	lib := some()
	lib.Fails["b.png"] = errors.New("boom")
	d := uploading(t, lib, 100, 30)
	for range 3 {
		d.Release(lib.Gate)
	}
	d.See("Not everything worked", "try the 1 that failed again", "show the transfers")
	delete(lib.Fails, "b.png")
	lib.Files["b.png"] = 5
	d.Press("down", "enter")
	d.See("replacing 1")
	if lib.Files["b.png"] != 5 {
		t.Error("overwritten unasked")
	}
}

func TestTransfersAreQuickAndFitWithManyFiles(t *testing.T) {
	racetest.Plainly(t)
	lib := some()
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, 40, 12)
	var names []string
	for i := range 100_000 {
		names = append(names, fmt.Sprintf("/tmp/写真-%06d.png", i))
	}
	lib.Dirs = map[string][]string{"/tmp/many": names}
	d.Press("u")
	d.Type("/tmp/many")
	d.Press("enter")
	d.See("Upload 100,000 files")
	d.Press("enter")
	d.See("T transfers")
	d.Press("T")
	d.See("写真-000000.png")
	swift(t, d)
	d.Press("end")
	d.See("写真-099999.png")
	d.Fits()
	d.Press("X")
	d.See("Cancel everything?")
	d.Press("down", "enter")
	d.Settle()
}

func TestTransfersLook(t *testing.T) {
	for _, s := range []struct {
		lang string
		w, h int
		name string
	}{{"en", 80, 24, "transfers-80x24"}, {"en", 40, 12, "transfers-40x12"}, {"en", 120, 40, "transfers-120x40"}, {"ja", 80, 24, "transfers-80x24-ja"}} {
		t.Run(s.name, func(t *testing.T) {
			lib := some()
			lib.Skips = map[string]string{"a.png": media.CodeSame}
			lib.Fails["写真.jpg"] = &media.Error{Code: media.CodeNetwork, Path: "写真.jpg", Args: map[string]string{"reason": "reset"}}
			lib.Gate = make(chan struct{})
			d := libraryIn(t, lib, s.lang, s.w, s.h)
			d.Press("u")
			d.Type("/tmp/a.png /tmp/b.png /tmp/写真.jpg /tmp/a-name-that-is-too-long-for-a-narrow-window.mp4 /tmp/teaser2.mp4 /tmp/z.png")
			d.Press("enter")
			d.Settle()
			d.Press("enter")
			for range 3 {
				d.Release(lib.Gate)
			}
			d.Press("T")
			d.See("✗ 写真.jpg", "↑ a-name")
			d.Press("up")
			d.GoldenNow(s.name)
			for range 3 {
				d.Release(lib.Gate)
			}
			d.Settle()
		})
	}
}

// libraryIn opens a connection's media in a language.
func libraryIn(t *testing.T, lib *tuitest.Library, lang string, w, h int) *tuitest.Driver {
	t.Helper()
	wd := busy()
	wd.Lib = lib
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod", Lang: lang}, w, h)
	d.See("logo.png")
	d.Settle()
	return d
}

func TestTakenNamesAreDecidedOneByOne(t *testing.T) {
	lib := some()
	lib.Same = map[string]bool{"写真 1.jpg": true}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/logo.png /tmp/teaser.mp4 '/tmp/写真 1.jpg' /tmp/new.png")
	d.Press("enter")
	d.See("Upload 3 files", "Already there with the same content, nothing to send: 1.", "decide for each of the 2")
	d.Press("down", "down", "down", "enter")
	d.See("Name 1 of 2 is taken", "media/logo.png", "there", "yours", "1.0 kB")
	d.Press("enter") // leave it
	d.See("Name 2 of 2 is taken", "media/teaser.mp4")
	d.Press("down", "down", "enter")
	d.See("3 uploaded") // the fake sends what is the same, too
	if !lib.Has("teaser-2.mp4") || lib.Has("logo-2.png") || !lib.Has("new.png") {
		t.Error("not as it was decided")
	}
}

// A click goes to a file of the panel, and a double one tells of it.
func TestTheMouseReachesTheTransfers(t *testing.T) {
	lib := some()
	d, pass := clicking(t, lib, 80, 24, tui.Options{})
	d.Press("u")
	d.Type("/tmp/a.png /tmp/b.png /tmp/c.png")
	d.Press("enter")
	d.See("Upload 3 files")
	d.Press("enter")
	d.See("3 uploaded", "T transfers") // which tells the way to each of them
	d.Press("T")
	d.See("3 of 3")
	d.Click("✓ b.png")
	d.See(">   ✓ b.png", "media/b.png")
	pass(100 * time.Millisecond)
	d.Click("✓ b.png")
	d.See("/tmp/b.png")
	d.Press("esc")
	pass(time.Second)
	d.Click("3 of 3")
	d.See("> Upload")
}
