package main

import (
	"errors"
	"os"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

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
