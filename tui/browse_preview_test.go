package tui_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// painted is a picture file with some colours.
func painted(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(255 * x / w), uint8(255 * y / h), 80, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gallery is a library with a picture, a text in Shift_JIS and a broken file.
func gallery(t testing.TB) *tuitest.Library {
	lib := tuitest.NewLibrary("a.png", "b.txt", "c.png", "salary-2026.png")
	lib.Content = map[string][]byte{
		"a.png": painted(t, 640, 360), "b.txt": []byte("\x8ft\x82\xcc\x8eM\n\x1b[31mred\x1b[0m\n"),
		"c.png": painted(t, 640, 360)[:200], "salary-2026.png": painted(t, 64, 64),
	}
	for p, data := range lib.Content {
		lib.Files[p] = int64(len(data))
	}
	return lib
}

// coloured tells the model that the terminal has all colours.
func coloured(d *tuitest.Driver) { d.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor}) }

// wait lets so much time pass since the cursor moved.
func wait(d *tuitest.Driver, after time.Duration) {
	d.Send(screen.Beat(tuitest.Now.Add(after)))
	d.Settle()
}

// A file that was just renamed or uploaded is looked at like any other.
func TestPreviewOfWhatWasJustMade(t *testing.T) {
	lib := gallery(t)
	d, _ := library(t, lib, 100, 30)
	coloured(d)
	wait(d, time.Second)
	d.See(half)
	d.Press("m", "ctrl+u")
	d.Type("0.png")
	lib.Content["0.png"] = lib.Content["a.png"]
	d.Press("enter")
	d.See("media/0.png")
	d.Press("enter")
	d.See("1 renamed")
	wait(d, 2*time.Second)
	d.See(half, "640 x 360")
	d.Press("u")
	d.Type("/tmp/z.png")
	d.Press("enter")
	d.See("Upload 1 file")
	lib.Content["z.png"] = painted(t, 16, 10)
	d.Press("enter")
	d.See("1 uploaded", "> ", "z.png")
	wait(d, 3*time.Second)
	d.See("16 x 10") // the cursor is on it: its address is what is wanted next
}

const half = "▀▀▀▀▀▀▀▀▀▀"

func TestThePreviewIsReadWhenTheCursorRests(t *testing.T) {
	lib := gallery(t)
	d, _ := library(t, lib, 120, 30)
	coloured(d)
	wait(d, 100*time.Millisecond)
	if n, _ := lib.Looked(); n != 0 {
		t.Fatalf("%d reads before the cursor rested", n)
	}
	wait(d, time.Second)
	d.See(half, "640 x 360  PNG", "no alt text")
	if n, _ := lib.Looked(); n != 1 {
		t.Errorf("%d reads of one small file", n)
	}
	d.Press("down")
	wait(d, time.Second)
	d.See("春の皿", `\u{1b}[31mred`, "Shift_JIS")
	d.NotSee(half)
	reads, _ := lib.Looked()
	d.Press("up")
	d.See(half) // kept
	if n, _ := lib.Looked(); n != reads {
		t.Error("what is known was read again")
	}
	d.Press("down", "down")
	wait(d, time.Second)
	d.See("cannot be decoded", "640 x 360")
	d.Press("down")
	wait(d, time.Second)
	d.See("64 x 64", "! easy to guess", "salary")
}

func TestAFlyingCursorAsksForNothing(t *testing.T) {
	lib := gallery(t)
	d, _ := library(t, lib, 120, 30)
	for range 50 {
		d.Press("down", "up")
	}
	d.Settle()
	if n, _ := lib.Looked(); n != 0 {
		t.Errorf("%d reads", n)
	}
}

func TestAPreviewIsCancelledWhenTheCursorMovesOn(t *testing.T) {
	lib := gallery(t)
	lib.Looking = make(chan struct{})
	d, _ := library(t, lib, 120, 30)
	coloured(d)
	d.Send(screen.Beat(tuitest.Now.Add(time.Second)))
	d.See("reading ...")
	d.Press("down")
	d.Settle()
	if n, gone := lib.Looked(); n != 1 || gone != 1 {
		t.Errorf("%d reads, %d cancelled", n, gone)
	}
	if strings.Contains(d.Grid(), half) {
		t.Error("the picture of another file is shown")
	}
}

func TestThePreviewCanBeHiddenAndCostsNothingThen(t *testing.T) {
	lib := gallery(t)
	d, _ := library(t, lib, 120, 30)
	coloured(d)
	d.Press("p")
	wait(d, time.Second)
	d.NotSee("│", "https://")
	if n, _ := lib.Looked(); n != 0 {
		t.Errorf("%d reads while nothing is shown", n)
	}
	d.Press("esc")
	d.Settle()
	d.Press("enter") // the media again: it is remembered
	d.See("a.png")
	d.NotSee("https://")
	d.Press("p")
	wait(d, time.Second)
	d.See(half)
	d.Resize(80, 24)
	d.NotSee(half)
	d.Resize(120, 30)
	d.See(half)
}

func TestTheWholeWindowShowsOneFile(t *testing.T) {
	lib := gallery(t)
	d, _ := library(t, lib, 80, 24)
	coloured(d)
	wait(d, time.Second)
	if n, _ := lib.Looked(); n != 0 {
		t.Errorf("%d reads without a place to show them", n)
	}
	d.Press("v")
	wait(d, time.Second)
	d.See(half, "640 x 360", "https://", "v close")
	d.NotSee("b.txt")
	d.Golden("preview-80x24")
	d.Press("down")
	wait(d, time.Second)
	d.See("春の皿")
	d.Resize(40, 12)
	d.Fits()
	d.Resize(160, 45)
	d.See("春の皿")
	d.Press("esc")
	d.See("a.png", "c.png")
	d.Press("v", "/")
	d.See("a.png", "c.png") // the search is about the list
}

func TestWithoutColoursASentenceStandsForThePicture(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI} {
		d, _ := library(t, gallery(t), 120, 30)
		d.Send(tea.ColorProfileMsg{Profile: p})
		wait(d, time.Second)
		d.See("640 x 360  PNG", "this terminal shows none or too few")
		d.NotSee(half)
	}
}

func TestAPreviewThatCannotBeReadSaysWhyAndIsTriedAgain(t *testing.T) {
	lib := gallery(t)
	lib.Fails["a.png"] = errors.New("the wire is cut")
	d, _ := library(t, lib, 120, 30)
	coloured(d)
	wait(d, time.Second)
	d.See("could not be read", "the wire is cut")
	delete(lib.Fails, "a.png")
	d.Press("ctrl+r")
	d.Settle()
	wait(d, time.Second)
	d.See(half)
}

func TestPreviewLooks(t *testing.T) {
	for _, s := range []struct{ w, h int }{{100, 30}, {160, 45}} {
		d, _ := library(t, gallery(t), s.w, s.h)
		coloured(d)
		wait(d, time.Second)
		d.Golden(fmt.Sprintf("preview-%dx%d", s.w, s.h))
		d.Press("v")
		d.Golden(fmt.Sprintf("preview-full-%dx%d", s.w, s.h))
		d.Press("f9")
		d.Golden(fmt.Sprintf("preview-full-ja-%dx%d", s.w, s.h))
	}
}

// A key press with a preview beside the list has to be answered well within
// 16 ms.
func BenchmarkKeyWithPreview(b *testing.B) {
	lib := gallery(b)
	for i := range 1000 {
		lib.Files[fmt.Sprintf("many-%04d.png", i)] = 1000
	}
	d, _ := library(b, lib, 160, 45)
	coloured(d)
	wait(d, time.Second)
	d.See(half)
	keys := []tea.KeyPressMsg{tuitest.Key("down"), tuitest.Key("up")}
	m := d.Model()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		m, _ = m.Update(keys[i%2])
		_ = m.View()
	}
}

// Under another screen nothing is read: not what the cursor had just come to,
// nor what there is room for after a resize.
func TestNothingIsReadUnderAnotherScreen(t *testing.T) {
	lib := gallery(t)
	d, _ := library(t, lib, 120, 30)
	coloured(d)
	d.Press("A") // before the cursor has rested
	d.See("prod › audit")
	d.Settle()
	for i := range 3 {
		wait(d, time.Duration(1+i)*time.Second)
		d.Resize(118+i, 30)
	}
	if n, _ := lib.Looked(); n != 0 {
		t.Errorf("%d reads under another screen", n)
	}
	d.Press("esc", "esc") // what the audit says, and the audit
	d.See("prod › media")
	wait(d, time.Minute)
	d.See("640 x 360")
	if n, _ := lib.Looked(); n != 1 {
		t.Errorf("%d reads when it is shown again", n)
	}
}

// What is being read when another screen is opened is given up.
func TestAReadingEndsUnderAnotherScreen(t *testing.T) {
	lib := gallery(t)
	lib.Looking = make(chan struct{})
	d, _ := library(t, lib, 120, 30)
	coloured(d)
	d.Send(screen.Beat(tuitest.Now.Add(time.Second)))
	d.See("reading ...")
	d.Press("A")
	d.Settle()
	if n, gone := lib.Looked(); n != 1 || gone != 1 {
		t.Errorf("%d reads, %d cancelled", n, gone)
	}
}
