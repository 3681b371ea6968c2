package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/privacy"
	"github.com/mediadock/mediadock/tui/text"
)

// Who was faster is shown to whoever writes next: the terminal UI knows it by
// the cause.
func TestWhatSomebodyElseWroteIsHandedOn(t *testing.T) {
	a := &app{}
	a.dirs.Data = t.TempDir()
	t.Cleanup(a.closeCatalogue)
	c := &catalogue{app: a}
	c.sel.settings.Bucket, c.sel.settings.Region = "alpha", "ap-northeast-1"
	theirs, mine := "theirs", "mine"
	it := media.Item{Path: "a.png", Key: "a.png"}
	if _, err := c.Describe(t.Context(), it, catalog.Edit{Alt: &theirs}); err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(catalog.Edit) (catalog.Entry, error){
		"workbench": func(e catalog.Edit) (catalog.Entry, error) { return c.Edit(t.Context(), it.Path, e) },
		"browser":   func(e catalog.Edit) (catalog.Entry, error) { return c.Describe(t.Context(), it, e) },
	} {
		e, err := write(catalog.Edit{Alt: &mine, Seen: &catalog.AltText{}})
		if !errors.Is(err, catalog.ErrChanged) || e.Alt != theirs {
			t.Errorf("%s: %v, %+v", name, err, e)
		}
	}
}

// The notebook of the terminal UI lives as long as the library: a catalogue
// that is made later is kept in line, too, and what is done to one file by
// turns ends as it was done.
func TestTheNotebookFollowsALaterCatalogue(t *testing.T) {
	a := &app{}
	a.dirs.Data = t.TempDir()
	t.Cleanup(a.closeCatalogue)
	sel := selection{}
	sel.settings.Bucket, sel.settings.Region = "alpha", "ap-northeast-1"
	note := a.noting(sel)
	event := func(op, path, to string) {
		note(media.Event{Type: media.EventItem, Op: op, Path: path, To: to, Status: media.StatusDone, Bytes: 5, ETag: "e"})
	}
	end := func() { note(media.Event{Type: media.EventSummary}) }

	event(media.OpPut, "before.txt", "")
	end()
	if _, err := os.Stat(a.catalogueFile()); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("the notebook made a catalogue: %v", err)
	}
	place, err := a.openCatalogue(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	event(media.OpPut, "a.txt", "")
	event(media.OpMove, "a.txt", "b.txt")
	event(media.OpPut, "c.txt", "")
	event(media.OpRemove, "c.txt", "")
	event(media.OpRemove, "d.txt", "")
	event(media.OpPut, "d.txt", "")
	end()
	hits, err := place.Search(t.Context(), catalog.Query{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]catalog.Entry{}
	for _, e := range hits.Entries {
		got[e.Path] = e
	}
	if len(got) != 2 || got["b.txt"].Size != 5 || got["d.txt"].ETag != "e" {
		t.Errorf("the catalogue has %+v", got)
	}
}

// What the catalogue does not take is kept and noted, in its order, when it is
// there again: alt texts follow renames that were done meanwhile.
func TestWhatWasNotNotedIsNotedLater(t *testing.T) {
	a := &app{}
	a.dirs.Data, a.dirs.State = t.TempDir(), t.TempDir()
	a.flags.json = true // nobody is told
	t.Cleanup(a.closeCatalogue)
	sel := selection{}
	sel.settings.Bucket, sel.settings.Region = "alpha", "ap-northeast-1"
	place, err := a.openCatalogue(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	if err := place.Stored(t.Context(), catalog.Object{Path: "a.jpg", Size: 5, ETag: "e"}); err != nil {
		t.Fatal(err)
	}
	alt := "of a"
	if _, err := place.Edit(t.Context(), "a.jpg", catalog.Edit{Alt: &alt}); err != nil {
		t.Fatal(err)
	}
	a.closeCatalogue()
	aside := a.catalogueFile() + ".aside"
	if err := os.Rename(a.catalogueFile(), aside); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.catalogueFile(), []byte("this is no catalogue, and is left alone"), 0o600); err != nil {
		t.Fatal(err)
	}
	note := a.noting(sel)
	event := func(op, path, to string) {
		note(media.Event{Type: media.EventItem, Op: op, Path: path, To: to, Status: media.StatusDone, Bytes: 5, ETag: "e"})
	}
	for range notebookBatch { // more than is noted at once
		event(media.OpPut, "x.jpg", "")
	}
	event(media.OpMove, "a.jpg", "b.jpg")
	event(media.OpRemove, "x.jpg", "")
	note(media.Event{Type: media.EventSummary})
	event(media.OpMove, "b.jpg", "c\xff.jpg")
	note(media.Event{Type: media.EventSummary})

	a.closeCatalogue()
	if err := os.Rename(aside, a.catalogueFile()); err != nil {
		t.Fatal(err)
	}
	if place, err = a.openCatalogue(t.Context(), sel); err != nil {
		t.Fatal(err)
	}
	got, err := place.Get(t.Context(), "a.jpg", "b.jpg", "c\xff.jpg", "x.jpg")
	if err != nil || got["c\xff.jpg"].Alt != "of a" || !got["c\xff.jpg"].Present || got["a.jpg"].Alt != "" || got["b.jpg"].Present || got["x.jpg"].Present {
		t.Errorf("%+v, %v", got, err)
	}
	if left, err := os.ReadDir(a.lateDir()); err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// The terminal UI is told once.
func TestTheTerminalUIHearsThatNothingWasNoted(t *testing.T) {
	a := &app{}
	a.dirs.Data, a.dirs.State = t.TempDir(), t.TempDir()
	if err := os.WriteFile(a.catalogueFile(), []byte("this is no catalogue, and is left alone"), 0o600); err != nil {
		t.Fatal(err)
	}
	a.asker.draws()
	s := &services{app: a}
	note := a.noting(selection{})
	for i, want := range []string{"cmd.catalogue_kept", ""} {
		note(media.Event{Type: media.EventItem, Op: media.OpPut, Path: "a.jpg", Status: media.StatusDone})
		note(media.Event{Type: media.EventSummary})
		if got := s.Unnoted(); got != want {
			t.Errorf("operation %d: said %q, want %q", i, got, want)
		}
	}
	if got := s.Unnoted(); got != "" {
		t.Errorf("said again: %q", got)
	}
}

// Who deletes while another program keeps the catalogue busy is not asked to
// try again: the file is gone, and a second try would find nothing, or more.
func TestWhatWasNotNotedAsksForNoSecondTry(t *testing.T) {
	for _, err := range []error{
		couldNot("catalogue_busy", map[string]string{"file": "/x/catalogue.db"}, catalog.ErrBusy),
		couldNot("catalogue_server.busy", map[string]string{"server": "db:5432", "reason": "53300"}, nil),
	} {
		for _, lang := range []string{"en", "ja"} {
			var out bytes.Buffer
			a := &app{text: text.For(lang)}
			a.io.err = &out
			(&notebook{app: a}).say(err, true)
			got := out.String()
			if strings.Count(got, "\n") != 2 || !strings.Contains(got, "busy") && !strings.Contains(got, "使用中") && !strings.Contains(got, "混み合って") {
				t.Errorf("%s", got)
			}
			for _, not := range []string{"ry again", "もう一度", "nothing was"} {
				if strings.Contains(got, not) {
					t.Errorf("%q in %s", not, got)
				}
			}
		}
	}
}

// While only the catalogue is waited for, no rate that stands still is repeated.
func TestWaitingForTheCatalogueIsToldOnce(t *testing.T) {
	var out bytes.Buffer
	a := &app{text: text.For("en")}
	a.io.err = &out
	n := &narrator{a: a, start: time.Now(), bytes: map[string]int64{}, moved: 5, items: 1}
	n.draw()
	a.atNotes.Store(true)
	for range 3 {
		n.draw()
	}
	if got := out.String(); strings.Count(got, "/s") != 1 || strings.Count(got, "waiting to note") != 1 {
		t.Errorf("%s", got)
	}
}

// What was decided about private data makes a catalogue, and is noted later
// where it cannot be at once.
func TestWhatWasDecidedIsNoted(t *testing.T) {
	a := &app{}
	a.dirs.Data, a.dirs.State = t.TempDir(), t.TempDir()
	a.flags.json = true // nobody is told
	t.Cleanup(a.closeCatalogue)
	sel := selection{}
	sel.settings.Bucket, sel.settings.Region = "alpha", "ap-northeast-1"
	note := a.noting(sel)
	event := func(op, path, to, etag string, d privacy.Decision) {
		note(media.Event{Type: media.EventItem, Op: op, Path: path, To: to, Status: media.StatusDone, Bytes: 5, ETag: etag, Private: d})
	}
	end := func() { note(media.Event{Type: media.EventSummary}) }
	want := func(when string, paths map[string]string) {
		t.Helper()
		place, err := a.openCatalogue(t.Context(), sel)
		if err != nil {
			t.Fatal(err)
		}
		for path, written := range paths {
			if e, err := place.Get(t.Context(), path); err != nil || e[path].Private.String() != written {
				t.Errorf("%s: %s: %q, want %q (%v)", when, path, e[path].Private, written, err)
			}
		}
	}
	none, kept, removed := privacy.Decision{}, privacy.Decision{Kept: []string{"gps"}}, privacy.Decision{Removed: []string{"owner"}}
	for range notebookBatch { // nothing to note, so that there is no catalogue, for a whole batch
		event(media.OpPut, "plain.txt", "", "p", none)
	}
	event(media.OpImport, "a.jpg", "", "a", kept)
	event(media.OpPut, "b.jpg", "", "b", removed)
	end()
	want("at once", map[string]string{"a.jpg": "kept: gps", "b.jpg": "removed: owner", "plain.txt": ""})

	a.closeCatalogue()
	aside := a.catalogueFile() + ".aside"
	if err := os.Rename(a.catalogueFile(), aside); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.catalogueFile(), []byte("this is no catalogue, and is left alone"), 0o600); err != nil {
		t.Fatal(err)
	}
	note = a.noting(sel)
	event(media.OpMove, "a.jpg", "moved.jpg", "a", none)
	event(media.OpReplace, "b.jpg", "other.jpg", "o", kept)
	event(media.OpPut, "new.jpg", "", "n", removed)
	event(media.OpReplace, "moved.jpg", "plain.jpg", "x", none)
	end()
	a.closeCatalogue()
	if err := os.Rename(aside, a.catalogueFile()); err != nil {
		t.Fatal(err)
	}
	want("later", map[string]string{
		"a.jpg": "", "moved.jpg": "", "plain.jpg": "", "b.jpg": "", "other.jpg": "kept: gps", "new.jpg": "removed: owner",
	})
}
