package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// After a rename the cursor is on the renamed file, wherever it has gone in
// the list, so that the next key is about it.
func TestTheCursorFollowsARenamedFile(t *testing.T) {
	for name, order := range map[string]string{"by name": "", "largest first": "oo"} {
		lib := tuitest.NewLibrary("b.png", "c.png", "d.png", "e.png")
		lib.Files["b.png"] = 5000 // first in both orders
		d, _ := library(t, lib, 100, 30)
		for _, k := range order {
			d.Press(string(k))
		}
		d.Press("m", "ctrl+u")
		d.Type("zz.png") // goes to the end by name
		d.Press("enter")
		d.See("media/zz.png")
		d.Press("enter")
		d.See("1 renamed")
		d.Press("d")
		d.See("Delete 1 file", "media/zz.png")
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

func TestTheCursorKeepsItsRowWhenAFileLeavesTheFolder(t *testing.T) {
	lib := tuitest.NewLibrary("2026/x.png", "a.png", "b.png", "c.png")
	d, _ := library(t, lib, 100, 30)
	d.Press("end", "space", "up", "up") // c.png is picked
	d.See("1 selected", "> ")
	d.Press("down", "m", "ctrl+u")
	d.Type("2026/b.png")
	d.Press("enter")
	d.See("media/2026/b.png")
	d.Press("enter")
	d.See("1 renamed")
	d.NotSee("selected")
	d.Press("d")
	d.See("Delete 1 file", "media/c.png")
}

func TestTheCursorFollowsARenamedFolder(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("m", "ctrl+u") // 2025/
	d.Type("2027")
	d.Press("enter")
	d.See("media/2027/old.png")
	d.Press("enter")
	d.See("1 renamed")
	d.Press("d")
	d.See("Delete 1 file", "media/2027/old.png")
}

// What goes on above the cursor does not move it to another file.
func TestTheCursorStaysOnItsFileWhenOthersComeAndGo(t *testing.T) {
	lib := tuitest.NewLibrary("a.png", "b.png", "c.png", "d.png", "e.png")
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, 100, 30)
	d.Press("space", "space", "d") // a.png, b.png
	d.See("Type 2")
	d.Type("2")
	d.Press("enter", "down") // to d.png, while it works
	d.See(">   d.png")
	waitedOut(d)
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	waitedOut(d)
	d.See("2 deleted", ">   d.png")
	lib.Gate = nil
	d.Press("u")
	d.Type("/tmp/a.png")
	d.Press("enter")
	d.See("Upload 1 file,")
	d.Press("enter")
	d.See("1 uploaded", ">   d.png")
}

// The last match of a filter can go without the list being asked for a row
// that there is no more.
func TestRemovingTheOnlyMatchOfAFilter(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("/")
	d.Type("写")
	d.Press("enter", "d")
	d.See("Delete 1 file")
	d.Press("down", "enter")
	waitedOut(d)
	d.See("1 deleted", "No loaded name contains that")
}

func TestAnEmptyFolderIsRenamedAndRemovedWithAPlainYes(t *testing.T) {
	lib := tuitest.NewLibrary("archive/", "logo.png")
	lib.Files["archive/"] = 0
	d, _ := library(t, lib, 100, 30)
	d.See(">   archive/")
	d.Press("m", "ctrl+u")
	d.Type("old")
	d.Press("enter")
	d.See("Rename the empty folder?", "> old/")
	d.Press("enter")
	d.See("The empty folder is renamed.", ">   old/")
	if lib.Has("archive/") || !lib.Has("old/") {
		t.Errorf("files: %v", lib.Files)
	}
	d.Press("d")
	d.See("The folder is empty. Remove it?")
	d.NotSee("Type 0", "0 B")
	d.Press("enter") // the harmless answer
	d.Settle()
	if !lib.Has("old/") {
		t.Fatal("enter alone removed it")
	}
	d.Press("d")
	d.See("Remove it?")
	d.Press("down", "enter")
	d.See("The empty folder is removed.")
	d.NotSee("old/")
}

func TestAnEmptyFolderThatStaysIsTold(t *testing.T) {
	lib := tuitest.NewLibrary("archive/", "logo.png")
	lib.Marked = map[string]bool{"archive/": true}
	d, _ := library(t, lib, 120, 30)
	d.Press("d")
	d.See("Remove it?")
	d.Press("down", "enter")
	d.See("The folder is still there", "archive/")
}

func TestWhatWasLeftOutIsCountedApartFromWhatWasThere(t *testing.T) {
	lib := some()
	lib.Skips = map[string]string{"same.png": media.CodeSame, ".hidden": media.CodeHiddenFile, "link": media.CodeSymlink}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a.png /tmp/same.png /tmp/.hidden /tmp/link")
	d.Press("enter")
	d.See("Upload 4 files")
	d.Press("enter")
	d.See("1 uploaded", "Already there: 1.", "Left out: 2.")
}

// What the person's own stop cuts short is no failure.
func TestAStoppedUploadIsNoFailure(t *testing.T) {
	lib := some()
	lib.Gate = make(chan struct{})
	lib.Aborts = true
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a.png /tmp/b.png")
	d.Press("enter")
	d.See("Upload 2 files")
	d.Press("enter")
	d.See("Uploading a.png")
	d.Press("x")
	d.See("Upload stopped. Nothing half-done is left in the bucket. Done: 0 of 2.")
	d.NotSee("context canceled", "Not everything worked")
}

func TestAnErrorOfOursHasANextStepAndNoForeignWords(t *testing.T) {
	w := busy()
	w.Lib = some()
	d := start(t, w, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 100, 30)
	ask := func(tr world.Trouble) {
		lib := some()
		lib.MoveErr = &tuitest.TroubleError{Trouble: tr}
		w.Lib = lib
		d = start(t, w, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 100, 30)
		d.Press("down", "down", "m")
		d.Type("-2")
		d.Press("enter")
		d.See("That did not work")
	}
	ask(world.Trouble{Code: "media.exists", Args: map[string]string{"path": "x.png"}, Raw: `media: exists "x.png"`})
	d.See("x.png exists already", "choose another name")
	d.NotSee("own words", "media: exists")
	ask(world.Trouble{Code: "media.network", Args: map[string]string{"path": "x.png", "reason": "reset"}, Raw: `media: network "x.png": read tcp: connection reset`})
	d.See("own words", "read tcp: connection reset", "run the connection test")
	d.NotSee("media: network")
}

func TestTheFooterHasWhatIsUsedMost(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	foot := func() string {
		lines := strings.Split(strings.TrimRight(d.Grid(), "\n"), "\n")
		return lines[len(lines)-1]
	}
	for _, k := range []string{"d delete", "y URL", "/ find", "u upload", "esc back"} {
		if !strings.Contains(foot(), k) {
			t.Errorf("%q is not in %q", k, foot())
		}
	}
	d.Press("down", "down", "space")
	if !strings.HasPrefix(strings.TrimSpace(foot()), "d delete") {
		t.Errorf("with something picked the first key is not delete: %q", foot())
	}
}

func TestCtrlUEmptiesTheWholeName(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("end", "up", "m") // teaser.mp4
	d.See("> teaser.mp4")
	d.Press("ctrl+u")
	d.NotSee("> teaser", "> .mp4")
	d.Type("logo2.png")
	d.See("> logo2.png ")
	d.NotSee("logo2.png.mp4")
}
