package tui_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// leftOver is a library of which an earlier run left two large uploads.
func leftOver() *tuitest.Library {
	lib := some()
	lib.Left = []media.KeptUpload{
		{Path: "film.mov", File: "/tmp/film.mov", Bytes: 1_000_000_000, Sent: 250_000_000},
		{Path: "old.mov", File: "/tmp/old.mov", Bytes: 500_000_000, Sent: 100_000_000, Stale: true},
	}
	return lib
}

func TestAnInterruptedUploadGoesOn(t *testing.T) {
	lib := leftOver()
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, 100, 30)
	d.See("2 large uploads from before", "T transfers")
	d.Press("T", "home", "down")
	d.See("Interrupted uploads", "> ", "film.mov", "interrupted, 25 % stored", "interrupted, 20 % stored", "r go on with it", "d discard")
	d.Press("r")
	d.See("↑ film.mov", "goes on below")
	if strings.Contains(d.Grid(), "r go on with it") || strings.Contains(d.Grid(), "d discard") {
		t.Errorf("what goes on already can go on, or be discarded, once more:\n%s", d.Grid())
	}
	d.Press("r", "d") // which do nothing
	d.NotSee("Discard what is stored")
	d.Release(lib.Gate)
	d.See("1 uploaded")
	if !lib.Has("film.mov") {
		t.Error("it was not uploaded")
	}
}

// A name that was taken meanwhile is asked about.
func TestAnInterruptedUploadOverwritesNothingUnasked(t *testing.T) {
	lib := leftOver()
	lib.Files["film.mov"] = 7
	d, _ := library(t, lib, 100, 30)
	d.Press("T", "home", "down", "r")
	d.See("exists already", "> upload all, giving 1 a new name")
	d.Press("enter")
	d.See("1 uploaded")
	if lib.Files["film.mov"] != 7 || !lib.Has("film-2.mov") {
		t.Errorf("overwritten: %v", lib.Files)
	}
}

func TestAnInterruptedUploadIsDiscarded(t *testing.T) {
	lib := leftOver()
	d, _ := library(t, lib, 100, 30)
	d.Press("T", "home", "down", "down")
	d.See("has changed, so nothing can go on with this")
	if strings.Contains(d.Grid(), "r go on with it") {
		t.Errorf("a changed file can go on:\n%s", d.Grid())
	}
	d.Press("d")
	d.See("Discard what is stored of old.mov?", "100 MB in S3 are removed")
	d.Press("enter") // the first answer changes nothing
	if len(lib.Interrupted()) != 2 {
		t.Fatal("discarded unasked")
	}
	d.Press("d", "down", "enter")
	d.See("The interrupted upload is discarded.")
	if left := lib.Interrupted(); len(left) != 1 || left[0].Path != "film.mov" {
		t.Errorf("left: %v", left)
	}
	lib.Fails["film.mov"] = errors.New("AbortMultipartUpload is denied")
	d.Press("home", "down", "d", "down", "enter")
	d.See("AbortMultipartUpload is denied")
	d.Press("esc")
	d.See("interrupted, 25 % stored")
}
