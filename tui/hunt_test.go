package tui_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// catalogued opens the library of "prod" with a catalogue that has never read
// the bucket.
func catalogued(t *testing.T, lib *tuitest.Library, lang string, w, h int) (*tuitest.Driver, *tuitest.Catalogue) {
	t.Helper()
	cat := tuitest.NewCatalogue(t, lib)
	world := busy()
	world.Lib, world.Cat = lib, cat
	d := start(t, world, tui.Options{Start: tui.StartBrowse, Connection: "prod", Lang: lang}, w, h)
	return d, cat
}

func written(t *testing.T, cat *tuitest.Catalogue, path string) catalog.Entry {
	t.Helper()
	all, err := cat.Get(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return all[path]
}

func TestHuntFindsInEveryFolder(t *testing.T) {
	d, cat := catalogued(t, some(), "en", 80, 24)
	d.Press("f")
	d.See("search all", "name, alt text, tag, creator", "6 found", "2026/spring/hero.avif", "写真 1.jpg")
	d.Type("写真")
	d.See("1 found", "写真 1.jpg")
	d.NotSee("hero.avif")
	d.Press("ctrl+u")
	d.Type("spring pdf")
	d.See("1 found", "2026/spring/menu.pdf")
	d.Press("enter") // keeps the hits; letters are keys again
	d.Press("backspace")
	d.See("prod › media › 2026 › spring", "menu.pdf", "hero.avif")
	d.Settle()
	d.See(">   menu.pdf")
	if n := cat.Reads(); n != 1 {
		t.Errorf("the list was read %d times", n)
	}
}

// The hits are shown while they are still counted; the number that comes is that
// of what is looked for now.
func TestHuntShowsBeforeItHasCounted(t *testing.T) {
	var paths []string
	for i := range 1101 {
		paths = append(paths, fmt.Sprintf("spring/img-%04d.jpg", i))
	}
	d, cat := catalogued(t, tuitest.NewLibrary(paths...), "en", 80, 24)
	d.Press("f")
	d.Settle()
	d.See("1,000+ found")
	cat.Counting = make(chan struct{})
	d.Type("img-0")
	d.See("100+ found", "img-0")
	d.Release(cat.Counting)
	d.See("1,000 found", "100+ items")
	d.Type("1")
	d.See("100 found")
	d.NotSee("100+ items")
	d.Press("backspace")
	d.See("100+ found")
	d.Press("ctrl+u")
	d.Type("absent")
	d.See(" 0 found")
	d.Settle() // no count is at work any more
	d.See(" 0 found")
}

func TestHuntEndsWhereItBegan(t *testing.T) {
	d, _ := catalogued(t, some(), "en", 80, 24)
	d.Press("down", "enter") // 2026
	d.See("spring/")
	d.Press("f")
	d.Type("logo")
	d.See("1 found", "logo.png")
	d.Press("esc")
	d.See("prod › media › 2026", "spring/")
	d.NotSee("search all", "logo.png")
}

func TestHuntWhileTheListIsRead(t *testing.T) {
	lib := some()
	d, cat := catalogued(t, lib, "en", 80, 24)
	cat.Gate = make(chan struct{})
	d.Press("f")
	d.See("reading the list")
	d.Type("hero")
	d.Release(cat.Gate)
	d.See("1 found", "2026/spring/hero.avif")
	d.NotSee("reading the list")
}

func TestHuntLeftWhileTheListIsRead(t *testing.T) {
	d, cat := catalogued(t, some(), "en", 80, 24)
	cat.Gate = make(chan struct{})
	d.Press("f")
	d.See("reading the list")
	d.Press("esc")
	d.Settle() // the reading has ended with it
	d.See("5 items", "logo.png")
}

func TestHitsAreMedia(t *testing.T) {
	lib := some()
	d, _ := catalogued(t, lib, "en", 80, 24)
	d.Press("f")
	d.Type("menu")
	d.See("1 found")
	d.Press("enter", "d")
	d.See("Delete 1 file")
	d.Press("down", "enter")
	waitedOut(d)
	d.Settle()
	if lib.Has("2026/spring/menu.pdf") {
		t.Error("the hit was not deleted")
	}
	if !lib.Has("2026/spring/hero.avif") {
		t.Error("something else was deleted")
	}
}

func TestDescribe(t *testing.T) {
	d, cat := catalogued(t, some(), "en", 120, 30)
	d.Press("down", "down") // logo.png
	d.See("! no alt text")
	d.Press("e")
	d.See("About logo.png", "Alt text", "Tags", "Creator", "not in S3")
	d.Type("満開の桜")
	d.Press("enter")
	d.Paste("春, Hero\n")
	d.Press("enter")
	d.Type("Taro")
	d.Press("enter")
	d.See("written about 1 file")
	d.See("満開の桜", "Hero, 春", "Taro")
	d.NotSee("no alt text")
	e := written(t, cat, "logo.png")
	if e.Alt != "満開の桜" || !slices.Equal(e.Tags, []string{"Hero", "春"}) || e.Creator != "Taro" || !e.Present {
		t.Errorf("the catalogue has %+v", e)
	}
	d.Press("e")
	d.See("満開の桜") // to be changed
	d.Press("esc")
	d.NotSee("About logo.png")
	d.Press("f")
	d.Type("春")
	d.See("1 found", "logo.png")
}

// Who was faster loses nothing: their alt text is shown before it is written
// over, and what was not touched here stays as they wrote it.
func TestDescribeOverWhatSomebodyElseWrote(t *testing.T) {
	d, cat := catalogued(t, some(), "en", 120, 30)
	write := func(alt, creator string, tags ...string) {
		if _, err := cat.Edit(t.Context(), "logo.png", catalog.Edit{Alt: &alt, Tags: &tags, Creator: &creator}); err != nil {
			t.Fatal(err)
		}
	}
	write("first", "Taro", "old", "spring")
	d.Press("ctrl+r")
	d.Settle()
	d.Press("down", "down")
	d.See("first", "old, spring")
	d.Press("e")
	d.See("About logo.png", "> first")
	write("theirs", "Hanako", "old", "spring", "theirs")
	d.Press("ctrl+u")
	d.Type("mine")
	d.Press("tab", "ctrl+u")
	d.Type("spring, mine")
	d.Press("ctrl+s")
	d.See("Written by somebody else meanwhile: theirs", "Nothing was written over", "> mine", "mine, spring, theirs")
	if e := written(t, cat, "logo.png"); e.Alt != "theirs" {
		t.Fatalf("written over: %+v", e)
	}
	d.Press("ctrl+s")
	d.See("written about 1 file")
	e := written(t, cat, "logo.png")
	if e.Alt != "mine" || e.Creator != "Hanako" || !slices.Equal(e.Tags, []string{"mine", "spring", "theirs"}) {
		t.Errorf("the catalogue has %+v", e)
	}
}

// Who changes a tag does not touch the alt text that somebody wrote meanwhile.
func TestDescribeTouchesOnlyWhatWasTyped(t *testing.T) {
	d, cat := catalogued(t, some(), "en", 120, 30)
	d.Press("down", "down", "e")
	d.See("About logo.png")
	alt, by, tags := "theirs", "Hanako", []string{"theirs"}
	if _, err := cat.Edit(t.Context(), "logo.png", catalog.Edit{Alt: &alt, Creator: &by, Tags: &tags}); err != nil {
		t.Fatal(err)
	}
	d.Press("tab")
	d.Type("mine")
	d.Press("ctrl+s")
	d.See("written about 1 file")
	if e := written(t, cat, "logo.png"); e.Alt != "theirs" || e.Creator != "Hanako" || !slices.Equal(e.Tags, []string{"mine", "theirs"}) {
		t.Errorf("the catalogue has %+v", e)
	}
}

func TestDescribeSeveral(t *testing.T) {
	d, cat := catalogued(t, some(), "en", 100, 30)
	if _, err := cat.Edit(t.Context(), "logo.png", catalog.Edit{Tags: &[]string{"old"}}); err != nil {
		t.Fatal(err)
	}
	d.Press("a", "e")
	d.See("About 3 files", "Tags to add")
	d.Type("new")
	d.Press("ctrl+s")
	d.See("written about 3 files")
	if e := written(t, cat, "logo.png"); !slices.Equal(e.Tags, []string{"new", "old"}) || e.Creator != "" {
		t.Errorf("logo.png: %+v", e)
	}
	if e := written(t, cat, "teaser.mp4"); !slices.Equal(e.Tags, []string{"new"}) {
		t.Errorf("teaser.mp4: %+v", e)
	}
}

func TestDescribeAndHuntFitSmallWindows(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		d, _ := catalogued(t, some(), lang, 40, 12)
		d.Press("down", "down", "e")
		d.Settle()
		d.Fits()
		d.Press("esc", "f")
		d.Settle()
		d.Type("ヒーローの写真を探しています")
		d.Settle()
		d.Fits()
	}
}

func TestWithoutACatalogue(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.See("logo.png") // the library works
	d.Press("f")
	d.See("no catalogue here")
}

// What was deleted in the hits is not in the folder to which the search goes
// back.
func TestAfterAHuntTheFolderIsAsItIsNow(t *testing.T) {
	d, _ := catalogued(t, some(), "en", 80, 24)
	d.See("logo.png")
	d.Press("f")
	d.Type("logo")
	d.See("1 found")
	d.Press("enter", "d")
	d.See("Delete 1 file")
	d.Press("down", "enter")
	waitedOut(d)
	d.Settle()
	d.Press("esc")
	d.Settle()
	d.See("2026/")
	d.NotSee("logo.png")
}
