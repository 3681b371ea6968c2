package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/tui/tuitest"
)

func TestURLsInPlaceOfFilesAreImported(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("https://www.example.com/new.png http://www.example.com/plain.png")
	d.Press("enter")
	d.See("Fetch 1 URL into this folder?", "https://www.example.com/new.png", "is not encrypted", "> fetch 1")
	if lib.Has("new.png") {
		t.Fatal("imported without being told to")
	}
	d.Press("enter")
	d.See("1 uploaded", "new.png")
	if !lib.Has("new.png") || lib.Has("plain.png") {
		t.Errorf("the library has %v", lib.Files)
	}
}

func TestFilesAndURLsAreNotMixed(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("u")
	d.Type("/tmp/team.png https://www.example.com/new.png")
	d.Press("enter")
	d.See("cannot be uploaded at once")
}

// fetching has three URLs on their way, the first of which is held.
func fetching(t *testing.T, lib *tuitest.Library) *tuitest.Driver {
	t.Helper()
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("https://www.example.com/a.png https://www.example.com/b.png https://www.example.com/c.png")
	d.Press("enter")
	d.See("Fetch 3 URLs")
	d.Press("enter")
	d.See("Importing a.png")
	d.Press("T")
	d.See("0 of 3", "example.com/a.png", "40 %")
	return d
}

func TestOneURLOfAnImportIsCancelledAndTriedAgain(t *testing.T) {
	lib := some()
	d := fetching(t, lib)
	d.Press("down", "x") // b.png, which waits
	d.See("1 cancelled")
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.See("2 of 3")
	d.Settle()
	if lib.Has("b.png") || !lib.Has("a.png") || !lib.Has("c.png") {
		t.Fatalf("the wrong one was cancelled: %v", lib.Files)
	}
	d.Press("home", "down", "down")
	d.See("r try again")
	d.Press("r")
	d.See("0 of 1", "tried again below")
	d.Release(lib.Gate)
	d.See("1 of 1")
	d.Settle()
	if !lib.Has("b.png") {
		t.Error("what was tried again was not fetched")
	}
}

func TestTheURLUnderWayIsCancelled(t *testing.T) {
	lib := some()
	d := fetching(t, lib)
	d.Press("x")
	d.See("1 cancelled")
	d.Release(lib.Gate)
	d.Release(lib.Gate)
	d.See("2 of 3")
	d.Settle()
	if lib.Has("a.png") || !lib.Has("b.png") || !lib.Has("c.png") {
		t.Errorf("the wrong one was cancelled: %v", lib.Files)
	}
}

// A name that was taken is asked about before the URL is fetched once more:
// told the same it would be refused again.
func TestTryingAURLAgainAsksAboutItsTakenName(t *testing.T) {
	for _, c := range []struct {
		keys []string
		has  string
		size int64
	}{{[]string{"down", "enter"}, "b-2.png", 7}, {[]string{"down", "down", "enter"}, "b.png", 1000}, {[]string{"enter"}, "a.png", 7}} {
		lib := some()
		d := fetching(t, lib)
		lib.Take("b.png", 7)
		for range 3 {
			d.Release(lib.Gate)
		}
		d.See("1 failed", "2 of 3", "uploaded,")
		d.Press("home", "down", "down", "r")
		d.See("The names of 1 are taken", "example.com/b.png", "keep both", "replace it")
		d.Press(c.keys...)
		if len(c.keys) > 1 {
			d.Release(lib.Gate)
			d.See("1 of 1")
		}
		d.Settle()
		if !lib.Has(c.has) || lib.Files["b.png"] != c.size {
			t.Errorf("after %v: %v", c.keys, lib.Files)
		}
	}
}
