package tui_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// pictured opens the workbench on a library with pictures in it.
func pictured(t *testing.T, w, h int) (*tuitest.Driver, *tuitest.Library) {
	t.Helper()
	lib := gallery(t)
	wd := busy()
	wd.Lib, wd.Cat = lib, tuitest.NewCatalogue(t, lib)
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, w, h)
	coloured(d)
	d.See("prod › media")
	wait(d, time.Second)
	d.Press("E")
	d.See("1 of 3")
	d.Settle()
	return d, lib
}

// Where there is room the picture stands beside the text; it is read once, when
// the person has stayed with it.
func TestThePictureBesideItsAltText(t *testing.T) {
	d, lib := pictured(t, 120, 30)
	reads, _ := lib.Looked()
	d.See(half, "640 x 360  PNG", "a.png", "0 of 125") // as the browser has read it
	d.Press("down", "down", "up", "up", "down", "down")
	d.Settle()
	if n, _ := lib.Looked(); n != reads {
		t.Fatalf("%d reads before anybody stayed", n-reads)
	}
	wait(d, time.Second)
	d.See(half, "64 x 64", "salary-2026.png")
	if n, _ := lib.Looked(); n != reads+1 {
		t.Errorf("%d reads of one small file", n-reads)
	}
	d.Press("up", "up")
	d.Type("夕方の港")
	d.See(half, "> 夕方の港")
	if c := d.View().Cursor; c == nil || c.X != 4+8 {
		t.Errorf("the cursor is not behind what was typed: %+v", c)
	}
	d.Press("down")
	wait(d, 2*time.Second)
	d.See("cannot be decoded", "c.png")
	d.NotSee(half)
	n, _ := lib.Looked()
	d.Press("up")
	d.See(half, "> 夕方の港") // kept, as is what was typed
	if after, _ := lib.Looked(); after != n {
		t.Error("what is known was read again")
	}
}

// Without room it is behind a key, and the text can be typed beneath it.
func TestThePictureAboveItsAltText(t *testing.T) {
	for _, s := range [][2]int{{80, 24}, {40, 12}} {
		d, lib := pictured(t, s[0], s[1])
		wait(d, time.Second)
		d.NotSee(half)
		if n, _ := lib.Looked(); n != 0 {
			t.Fatalf("%v: %d reads while nothing is shown", s, n)
		}
		d.Press("ctrl+o")
		d.Settle()
		wait(d, 2*time.Second)
		d.See("▀▀▀▀▀▀▀▀", "a.png")
		d.Type("港")
		d.See("> 港", "1 of 125")
		d.Fits()
		if c := d.View().Cursor; c == nil || c.Y >= s[1]-1 {
			t.Errorf("%v: no cursor to compose at: %+v", s, c)
		}
		d.Press("ctrl+o")
		d.NotSee("▀▀▀▀▀▀▀▀")
		d.See("> 港")
	}
}

// Hidden beside the list in the browser, it is hidden here, and nothing is read.
func TestAHiddenPictureIsNotRead(t *testing.T) {
	d, lib := pictured(t, 120, 30)
	reads, _ := lib.Looked()
	d.Press("ctrl+o", "down")
	d.Settle()
	wait(d, time.Second)
	d.NotSee("│")
	if n, _ := lib.Looked(); n != reads {
		t.Errorf("%d reads", n-reads)
	}
	d.Press("ctrl+o", "up")
	wait(d, 2*time.Second)
	d.See(half)
	d.Resize(60, 20)
	d.Resize(20, 5)
	d.Resize(120, 30)
	d.See(half)
}

func TestTheWorkbenchTakesTheMouse(t *testing.T) {
	d, _ := bench(t, pictures(), "en", 80, 24, map[string]catalog.Edit{"2026/hero.png": alt("A harbour at dawn")})
	d.See("1 of 4", "  > ")
	d.Type("mine")
	d.Click("line.png")
	d.See("3 of 4", "* 2026/IMG_1234.jpg")
	d.Wheel(-1)
	d.See("2 of 4", "hero@2x.png")
	d.See("Another size")
	d.Type("my own words")
	d.Click("A harbour at dawn")
	d.See("> A harbour at dawn")
	d.Press("tab") // round again to what was typed
	d.See("> my own words")
	d.ClickAt(2, 0) // the connection, in the header
	d.See("2 alt texts typed and not written")
}

// A picture that is removed meanwhile is said to be; what was typed is kept.
func TestAPictureThatVanishes(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, nil)
	d.Type("A beach")
	if err := cat.Gone(t.Context(), "2026/hero.png"); err != nil {
		t.Fatal(err)
	}
	d.Press("down")
	d.See("hero.png", "No longer in the bucket")
	d.Type("A harbour")
	d.Press("enter")
	d.Settle()
	if got := altOf(t, cat, "2026/hero.png"); got.Text != "A harbour" {
		t.Errorf("%+v", got)
	}
	d.Press("up", "up")
	d.See("> A beach")
}

func TestAWorkbenchWithPictureLooks(t *testing.T) {
	for _, s := range [][2]int{{120, 30}, {80, 24}, {40, 12}} {
		lib := gallery(t)
		d, _ := bench(t, lib, "ja", s[0], s[1], nil)
		coloured(d)
		if s[0] < 100 {
			d.Press("ctrl+o")
		}
		wait(d, time.Second)
		d.Type("港")
		d.Golden("alttext-picture-" + strconv.Itoa(s[0]) + "x" + strconv.Itoa(s[1]))
	}
}
