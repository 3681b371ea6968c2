package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// clicking opens a connection's media with a clock that the test moves.
func clicking(t *testing.T, lib *tuitest.Library, w, h int, o tui.Options) (d *tuitest.Driver, pass func(time.Duration)) {
	t.Helper()
	wd := busy()
	wd.Lib = lib
	now := tuitest.Now
	o.Still, o.Start, o.Connection = true, tui.StartBrowse, "prod"
	o.Clock = func() time.Time { return now }
	m := tui.New(context.Background(), wd, o)
	t.Cleanup(func() { m.Close(5 * time.Second) })
	d = tuitest.Start(t, m, w, h)
	d.See("prod › media")
	d.Settle()
	return d, func(by time.Duration) { now = now.Add(by) }
}

func on(d *tuitest.Driver) bool { return d.View().MouseMode != tea.MouseModeNone }

func TestAClickSelectsADoubleClickOpens(t *testing.T) {
	d, pass := clicking(t, some(), 80, 24, tui.Options{})
	d.Click("logo.png")
	d.See(">   logo.png")
	pass(time.Second)
	d.Click("2026/")
	d.See(">   2026/", "logo.png")
	pass(time.Second)
	d.Click("2026/") // slowly: that is not a double click
	d.See("logo.png")
	pass(100 * time.Millisecond)
	d.Click("2026/")
	d.See("spring/", "media › 2026")
	d.NotSee("logo.png")
}

func TestTheThirdClickOfAHurryHitsNothing(t *testing.T) {
	d, pass := clicking(t, some(), 80, 24, tui.Options{})
	d.Click("2025/")
	pass(time.Second)
	for range 5 {
		d.ClickAt(6, 3) // where 2025/ is, and old.png once that is open
		d.Settle()
		pass(50 * time.Millisecond)
	}
	d.See("media › 2025", "old.png")
	d.NotSee("Storage class")
	pass(time.Second)
	d.ClickAt(6, 3)
	d.ClickAt(6, 3)
	d.See("Storage class", "old.png")
}

func TestTheHeaderLeadsUp(t *testing.T) {
	for _, c := range []struct{ click, at, not string }{
		{"2026", ">   spring/", "hero.avif"}, {"media", ">   2026/", "spring"}, {"prod", ">   2026/", "spring"},
	} {
		d, pass := clicking(t, some(), 80, 24, tui.Options{})
		d.Press("down", "enter")
		d.See("spring/")
		d.Press("enter")
		d.See("hero.avif")
		pass(time.Second)
		head, _, _ := strings.Cut(d.Grid(), c.click)
		d.ClickAt(ansi.StringWidth(head), 0)
		d.See(c.at)
		d.NotSee(c.not)
	}
}

func TestKeysOfTheFooterCanBeClicked(t *testing.T) {
	d, _ := clicking(t, some(), 80, 24, tui.Options{})
	d.Click("u upload")
	d.See("From this computer")
	d.Click("esc cancel")
	d.NotSee("From this computer")
	d.Click("? help")
	d.See("Keys that work here")
	d.Wheel(5)
	d.See("F8", "mouse on or off")
	d.Click("enter close")
	d.Click("q quit")
	d.Settle()
	if !d.Quit {
		t.Errorf("a click on the way out does not lead out:\n%s", d.Grid())
	}
}

// Every key that a footer shows is where a click finds it.
func TestEveryKeyOfEveryFooterIsHit(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		d, _ := clicking(t, some(), width, 24, tui.Options{})
		d.Press("down", "down")
		line := strings.Split(d.Grid(), "\n")[23]
		if !strings.Contains(line, "esc back") {
			t.Fatalf("%q", line)
		}
		d.Click("esc back")
		d.See("Connections")
	}
}

func TestOnlyTheDialogIsHit(t *testing.T) {
	lib := some()
	d, pass := clicking(t, lib, 100, 30, tui.Options{})
	d.Press("u")
	d.Type("'/tmp/new file.png' /tmp/logo.png")
	d.Press("enter")
	d.See("upload only what is new")
	before := d.Grid()
	for y := range 4 {
		d.ClickAt(6, y) // header and list, beneath
		pass(time.Second)
	}
	d.Wheel(-3)
	if d.Grid() != before {
		t.Errorf("something beneath the dialog was hit:\n%s", d.Grid())
	}
	d.Click("upload only what is new")
	d.See("1 uploaded")
	if !lib.Has("new file.png") || lib.Files["logo.png"] != 1000 {
		t.Error("another option was chosen")
	}
}

func TestTheWheelScrollsListsAndDialogs(t *testing.T) {
	lib := tuitest.NewLibrary()
	for i := range 100 {
		lib.Files[fmt.Sprintf("f%03d.png", i)] = 1000
	}
	d, _ := clicking(t, lib, 80, 24, tui.Options{})
	d.Wheel(2)
	d.See(">   f006.png") // the cursor stays in sight
	d.NotSee("f005.png")
	d.Press("down", "down")
	d.Wheel(-1)
	d.See(">   f008.png", "f003.png")
	d.Wheel(100)
	d.See("f099.png")
	d.Press("?")
	top := d.Grid()
	d.Wheel(1)
	if d.Grid() == top {
		t.Error("help does not scroll")
	}
	d.Wheel(-1)
	if d.Grid() != top {
		t.Errorf("help does not scroll back:\n%s", d.Grid())
	}
}

func TestAShortListDoesNotMoveUnderTheWheel(t *testing.T) {
	d, _ := clicking(t, some(), 80, 24, tui.Options{})
	before := d.Grid()
	d.Wheel(5)
	if d.Grid() != before {
		t.Errorf("it moved:\n%s", d.Grid())
	}
}

func TestTheMouseCanBeLeftToTheTerminal(t *testing.T) {
	d, _ := clicking(t, some(), 80, 24, tui.Options{})
	if !on(d) {
		t.Fatal("the mouse is off in the library")
	}
	d.Press("f8")
	d.See("The mouse is off")
	before := d.Grid()
	d.Click("logo.png")
	d.Wheel(2)
	if on(d) || d.Grid() != before {
		t.Errorf("it is not off:\n%s", d.Grid())
	}
	d.Press("f8")
	d.See("The mouse is on")
	if !on(d) {
		t.Error("it is not on again")
	}
	d, _ = clicking(t, some(), 80, 24, tui.Options{NoMouse: true})
	if on(d) {
		t.Error("it is on although nobody wants it")
	}
}

// People copy policies and reports from the screen.
func TestPagesThatPeopleCopyFromLeaveTheMouseAlone(t *testing.T) {
	for _, keys := range [][]string{{"p"}, {"t"}, {"e"}} {
		d := start(t, lookWorld(true), tui.Options{}, 100, 30)
		if !on(d) {
			t.Fatal("the mouse is off on the first screen")
		}
		lead(d, keys)
		if on(d) {
			t.Errorf("after %v the terminal is asked for the mouse", keys)
		}
	}
}

func TestConnectionsAndProfilesAreClicked(t *testing.T) {
	d := start(t, lookWorld(false), tui.Options{}, 100, 30)
	d.Click("staging")
	d.See("> staging")
	d.Press("a")
	d.See("AWS profile")
	d.Settle()
	d.Click("partner  ")
	d.See("> partner")
}
