package tui_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

func pictures() *tuitest.Library {
	return tuitest.NewLibrary("2026/hero.png", "2026/hero@2x.png", "2026/IMG_1234.jpg", "2026/menu.pdf", "line.png", "写真 1.jpg")
}

// bench opens the workbench on all folders of a library with a catalogue.
func bench(t *testing.T, lib *tuitest.Library, lang string, w, h int, edits map[string]catalog.Edit) (*tuitest.Driver, *tuitest.Catalogue) {
	t.Helper()
	wd := busy()
	wd.Lib = lib
	cat := tuitest.NewCatalogue(t, lib)
	wd.Cat = cat
	if err := cat.Refresh(t.Context(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	for path, e := range edits {
		if _, err := cat.Edit(t.Context(), path, e); err != nil {
			t.Fatal(err)
		}
	}
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod", Lang: lang}, w, h)
	d.See("prod › media")
	d.Settle()
	d.Press("E")
	d.Settle()
	return d, cat
}

func alt(s string) catalog.Edit { return catalog.Edit{Alt: &s} }

func altOf(t *testing.T, cat *tuitest.Catalogue, path string) catalog.AltText {
	t.Helper()
	got, err := cat.Get(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return got[path].AltText()
}

// One picture after another: entered texts are written at once, and the counts
// follow.
func TestAltTextsOneAfterAnother(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, map[string]catalog.Edit{"2026/hero.png": alt("IMG_0001")})
	d.See("20 %", "4 without", "1 suspicious", "1 of 5", "no alt text", "IMG_1234.jpg", "/2026/")
	d.Type("鎌倉の海")
	d.See("4 of 125 characters")
	if cur := d.View().Cursor; cur == nil || cur.X < 10 {
		t.Errorf("an input method has no cursor to compose at: %+v", cur)
	}
	d.Press("enter")
	d.See("40 %", "3 without", "2 of 5", "hero@2x.png", "IMG_1234.jpg is written")
	d.Settle()
	if got := altOf(t, cat, "2026/IMG_1234.jpg"); got.Text != "鎌倉の海" {
		t.Errorf("%+v", got)
	}
	d.Press("down")
	d.See("line.png", "3 of 5")
	d.Press("f4")
	d.See("2 without", "1 decorative", "写真 1.jpg")
	d.Settle()
	if got := altOf(t, cat, "line.png"); got.Mark != catalog.MarkDecorative {
		t.Errorf("%+v", got)
	}
	d.Press("down")
	d.See("hero.png", "a name from a camera", "> IMG_0001")
	d.Press("f6")
	d.Settle()
	if got := altOf(t, cat, "2026/hero.png"); got != (catalog.AltText{Text: "IMG_0001", Mark: catalog.MarkChecked}) {
		t.Errorf("%+v", got)
	}
	d.See("End of the list. 2 are left")
	d.NotSee("suspicious")
	d.Press("up")
	d.See("hero.png", "written")
	d.Press("esc")
	d.See("prod › media", "写真 1.jpg")
}

func TestAnEmptyAltTextIsNotWritten(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, map[string]catalog.Edit{"2026/hero.png": alt("IMG_0001")})
	d.Press("enter")
	d.See("Nothing is typed", "1 of 5")
	d.Press("up", "down", "down", "down", "down")
	d.See("> IMG_0001")
	d.Press("ctrl+u", "enter")
	d.See("Nothing is typed")
	d.Settle()
	if got := altOf(t, cat, "2026/hero.png"); got.Text != "IMG_0001" {
		t.Errorf("%+v", got)
	}
}

// What somebody else has written meanwhile is shown and not overwritten.
func TestTwoPeopleAtOneAltText(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, nil)
	d.See("IMG_1234.jpg")
	if _, err := cat.Edit(t.Context(), "2026/IMG_1234.jpg", alt("theirs")); err != nil {
		t.Fatal(err)
	}
	d.Type("mine")
	d.Press("enter")
	d.See("changed by somebody else", "1 of 5", "> mine", "Written by somebody else meanwhile: theirs")
	if got := altOf(t, cat, "2026/IMG_1234.jpg"); got.Text != "theirs" {
		t.Fatalf("%+v", got)
	}
	d.Press("tab")
	d.See("> theirs")
	d.Press("ctrl+u")
	d.Type("both")
	d.Press("enter")
	d.See("2 of 5")
	d.Settle()
	if got := altOf(t, cat, "2026/IMG_1234.jpg"); got.Text != "both" {
		t.Errorf("%+v", got)
	}
}

// A picture is asked for anew as it is shown.
func TestAnAltTextThatCameMeanwhileIsShown(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, nil)
	if _, err := cat.Edit(t.Context(), "2026/hero.png", alt("A harbour")); err != nil {
		t.Fatal(err)
	}
	d.Press("down")
	d.See("hero.png", "> A harbour", "written", "4 without")
}

// Only what another form of the same picture has is offered.
func TestOffersAreOfTheSamePicture(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, map[string]catalog.Edit{"2026/hero.png": alt("A harbour at dawn"), "line.png": alt("Another")})
	d.See("IMG_1234.jpg")
	d.NotSee("A harbour")
	d.Press("down")
	d.See("hero@2x.png", "Another size of this image has:", "A harbour at dawn", "tab take offer")
	d.NotSee("Another\n")
	d.Press("tab", "enter")
	d.Settle()
	if got := altOf(t, cat, "2026/hero@2x.png"); got.Text != "A harbour at dawn" {
		t.Errorf("%+v", got)
	}
}

// Typed texts stay with their pictures, and are asked about before they go.
func TestTypedAltTextsAreNotLost(t *testing.T) {
	for _, answer := range []string{"write", "stay", "drop"} {
		d, cat := bench(t, pictures(), "en", 80, 24, nil)
		d.Type("A beach")
		d.Press("down")
		d.Type("A harbour")
		d.Press("up")
		d.See("> A beach")
		d.Press("esc")
		d.See("2 alt texts typed and not written", "write and leave")
		d.Press(map[string][]string{"write": {"enter"}, "stay": {"down", "enter"}, "drop": {"down", "down", "enter"}}[answer]...)
		d.Settle()
		switch got := altOf(t, cat, "2026/IMG_1234.jpg").Text + altOf(t, cat, "2026/hero.png").Text; {
		case answer == "write" && got != "A beachA harbour", answer != "write" && got != "":
			t.Errorf("%s: %q", answer, got)
		}
		if answer == "stay" {
			d.See("> A beach")
			d.Press("ctrl+c")
			d.See("2 alt texts typed and not written", "go back", "quit without saving")
			d.NotSee("still running")
			continue
		}
		d.See("写真 1.jpg", "line.png")
	}
}

func TestADecorativePictureWithATextIsAskedAbout(t *testing.T) {
	d, cat := bench(t, tuitest.NewLibrary("a.png"), "en", 80, 24, map[string]catalog.Edit{"a.png": alt("TODO")})
	d.Press("f4")
	d.See("Mark as decorative?", "TODO")
	d.Press("enter")
	d.Settle()
	if got := altOf(t, cat, "a.png"); got.Text != "TODO" {
		t.Fatalf("%+v", got)
	}
	d.Press("f4", "down", "enter")
	d.See("Every image has an alt text or is decorative.", "100 %")
	if got := altOf(t, cat, "a.png"); got != (catalog.AltText{Mark: catalog.MarkDecorative}) {
		t.Errorf("%+v", got)
	}
}

// Opened in a folder, the workbench is about that; F7 shows all of them.
func TestAltTextsOfAFolder(t *testing.T) {
	lib := pictures()
	d, _ := bench(t, lib, "en", 100, 24, nil)
	d.Press("esc")
	d.See("2026/")
	d.Press("home", "enter")
	d.See("menu.pdf")
	d.Settle()
	d.Press("E")
	d.See("1 of 3", "3 without", "prod › alt texts › 2026")
	d.Press("f7")
	d.See("1 of 5")
}

// A failure to write loses nothing.
func TestAnAltTextThatCannotBeWritten(t *testing.T) {
	lib := pictures()
	wd := busy()
	wd.Lib = lib
	cat := &brokenCatalogue{Catalogue: tuitest.NewCatalogue(t, lib)}
	wd.Cat = cat
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 80, 24)
	d.See("prod › media")
	d.Settle()
	d.Press("E")
	d.See("1 of 5")
	d.Type("A beach")
	d.Press("enter")
	d.See("That did not work")
	d.Press("esc")
	d.See("1 of 5", "> A beach", "5 without")
}

type brokenCatalogue struct{ *tuitest.Catalogue }

func (*brokenCatalogue) Edit(context.Context, string, catalog.Edit) (catalog.Entry, error) {
	return catalog.Entry{}, errors.New("database is locked")
}

func TestAltTextsLook(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, size := range [][2]int{{80, 24}, {40, 12}, {120, 30}} {
			d, _ := bench(t, pictures(), lang, size[0], size[1], map[string]catalog.Edit{
				"2026/hero.png": alt("A harbour at dawn"), "line.png": alt("TODO")})
			d.Press("down")
			d.Settle()
			d.Type("画像：港")
			d.Fits()
			d.Golden("alttext-" + lang + "-" + strconv.Itoa(size[0]) + "x" + strconv.Itoa(size[1]))
		}
	}
}

// What is skipped is found again, and a text is taken for the next one.
func TestNextWithoutAndTheLastText(t *testing.T) {
	d, cat := bench(t, pictures(), "en", 80, 24, map[string]catalog.Edit{"line.png": alt("TODO")})
	d.See("1 of 5", "IMG_1234.jpg")
	d.Press("f3")
	d.See("Nothing was written yet")
	d.Press("down", "down", "down", "down", "down")
	d.See("End of the list", "pgdn goes back")
	d.Press("pgdown")
	d.See("1 of 5")
	d.Type("The same dish, from above")
	d.Press("enter")
	d.See("2 of 5")
	d.Type("half a")
	d.Press("f3")
	d.See("> The same dish, from above")
	d.Press("f3")
	d.See("> half a")
	d.Press("f3", "enter")
	d.Settle()
	if got := altOf(t, cat, "2026/hero.png"); got.Text != "The same dish, from above" {
		t.Errorf("%+v", got)
	}
	d.Press("down") // past the third
	d.Press("down", "pgdown")
	d.See("3 of 5", "hero@2x.png")
}

// Decorative can be taken back where it was said.
func TestDecorativeIsTakenBack(t *testing.T) {
	d, cat := bench(t, tuitest.NewLibrary("a.png", "b.png"), "en", 100, 24, nil)
	d.Press("f4", "up")
	d.See("a.png", "decorative", "F4 not decorative")
	d.Press("f4")
	d.Settle()
	if got := altOf(t, cat, "a.png"); got != (catalog.AltText{}) {
		t.Errorf("%+v", got)
	}
	d.See("2 without", "! no alt text")
	d.Press("down", "pgdown")
	d.See("1 of 2")
}

// Many that cannot be written are told once, and none is lost.
func TestAltTextsWhileTheCatalogueIsBusy(t *testing.T) {
	lib := pictures()
	wd := busy()
	wd.Lib = lib
	gate := make(chan struct{})
	wd.Cat = &gatedCatalogue{Catalogue: tuitest.NewCatalogue(t, lib), gate: gate}
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 80, 24)
	d.See("prod › media")
	d.Settle()
	d.Press("E")
	d.See("1 of 5")
	d.Type("one")
	d.Press("enter")
	d.Type("two")
	d.Press("enter")
	d.Press("esc")
	d.See("3 of 5") // it waits for what is being written
	close(gate)
	d.See("That did not work")
	d.Settle()
	d.Press("esc")
	d.NotSee("That did not work")
	d.See("5 without")
	d.Press("esc")
	d.See("2 alt texts typed and not written")
}

type gatedCatalogue struct {
	*tuitest.Catalogue
	gate chan struct{}
}

func (c *gatedCatalogue) Edit(context.Context, string, catalog.Edit) (catalog.Entry, error) {
	<-c.gate
	return catalog.Entry{}, errors.New("database is locked")
}

// slowCatalogue answers what one picture is like once it is let, with what was
// so at the beginning.
type slowCatalogue struct {
	*tuitest.Catalogue
	path  string
	was   map[string]catalog.Entry
	after chan struct{}
}

func (c *slowCatalogue) Get(ctx context.Context, paths ...string) (map[string]catalog.Entry, error) {
	if slices.Equal(paths, []string{c.path}) {
		<-c.after
		return c.was, nil
	}
	return c.Catalogue.Get(ctx, paths...)
}

// What was read before a text was written, and comes after it, does not count
// the picture back.
func TestAnOlderAnswerChangesNothing(t *testing.T) {
	wd, lib := busy(), pictures()
	wd.Lib = lib
	c := &slowCatalogue{Catalogue: tuitest.NewCatalogue(t, lib), path: "2026/IMG_1234.jpg", after: make(chan struct{})}
	if err := c.Refresh(t.Context(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	was, err := c.Catalogue.Get(t.Context(), c.path)
	if err != nil || len(was) != 1 {
		t.Fatal(was, err)
	}
	c.was, wd.Cat = was, c
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 80, 24)
	d.See("prod › media")
	d.Settle()
	d.Press("E")
	d.See("1 of 5", "IMG_1234.jpg")
	d.Type("one")
	d.Press("enter")
	d.See("IMG_1234.jpg is written", "4 without")
	close(c.after)
	d.Settle()
	d.See("4 without")
	d.Press("up")
	d.See("one", "written")
}

// The list of connections leads there, too.
func TestAltTextsFromTheConnections(t *testing.T) {
	wd, lib := busy(), pictures()
	wd.Lib, wd.Cat = lib, tuitest.NewCatalogue(t, lib)
	d := start(t, wd, tui.Options{}, 100, 30)
	d.See("prod")
	d.Settle()
	d.Press("E")
	d.See("partner › alt texts", "IMG_1234.jpg", "no alt text")
	d.Press("esc")
	d.See("mediadock")
}

// What nobody types is not taken, and what stands there stays.
func TestTooMuchIsPasted(t *testing.T) {
	d, _ := bench(t, pictures(), "en", 80, 24, nil)
	d.Type("A beach")
	d.Paste(strings.Repeat("a", 20<<10))
	d.See("20 kB were pasted", "> A beach")
	d.Paste(strings.Repeat("a", 10_000_000))
	d.See("10 MB were pasted", "> A beach")
	d.Paste(" at dawn")
	d.See("> A beach at dawn")
}
