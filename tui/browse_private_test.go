package tui_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/doctor"
	"github.com/mediadock/mediadock/media/mediatest"
	"github.com/mediadock/mediadock/media/privacy"
	"github.com/mediadock/mediadock/tui/tuitest"

	"github.com/mediadock/mediadock/media"
)

func report(t *testing.T, file []byte) privacy.Report {
	t.Helper()
	r, err := privacy.Look(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// telling is a library in which photo.jpg says where it was taken, draw.gif
// holds a comment and paper.pdf an author.
func telling(t *testing.T) *tuitest.Library {
	lib := some()
	lib.Private = map[string]privacy.Report{
		"photo.jpg": report(t, mediatest.Photo(t)),
		"draw.gif":  report(t, []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00!\xfe\x02hi\x00;")),
		"paper.pdf": report(t, []byte("%PDF-1.4\n7 0 obj\n<< /Author (Ken Sato) >>\nendobj\n trailer << /Info 7 0 R >>")),
	}
	return lib
}

func TestUploadTellsWhatPhotosTellAndStripsIt(t *testing.T) {
	lib := telling(t)
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/new.png /tmp/photo.jpg /tmp/draw.gif")
	d.Press("enter")
	d.See("Upload 3 files", "photo.jpg tells where it was taken (35.7, 139.8), who made it (Hanako Yamada).", "draw.gif tells a title or comment (hi)",
		"> strip metadata from 1 that say where or by whom (m)", "upload 3, keeping the metadata", "strip metadata from all 2 (t)", "m strip")
	d.Press("enter") // the harmless answer
	d.See("photo.jpg: left out of the upload: where it was taken", "> upload 3", "strip metadata from all 1 (t)")
	d.NotSee("photo.jpg tells", "keeping the metadata")
	if lib.Has("photo.jpg") {
		t.Fatal("uploaded without being told to")
	}
	d.Press("t")
	d.See("draw.gif: left out of the upload")
	d.NotSee("(t)", "(m)")
	d.Press("enter")
	d.See("3 uploaded")
	want := lib.Private["photo.jpg"].StrippedSize()
	if got := lib.Files["photo.jpg"]; got != want {
		t.Errorf("%d bytes were uploaded, want %d", got, want)
	}
}

// From now on, in this connection: it is remembered, and done at once.
func TestStrippingIsRememberedForAConnection(t *testing.T) {
	lib := telling(t)
	d, wd := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/photo.jpg /tmp/draw.gif")
	d.Press("enter")
	d.See("strip metadata always, in this connection (T)")
	d.Press("T")
	d.See("photo.jpg: left out of the upload", "draw.gif: left out of the upload")
	d.NotSee("(T)")
	if !slices.Equal(wd.Stripped, []string{"prod"}) {
		t.Errorf("remembered for %q", wd.Stripped)
	}
}

// What is told is not forced, and what cannot be taken out is not offered.
func TestPhotosCanBeUploadedAsTheyAre(t *testing.T) {
	lib := telling(t)
	d, _ := library(t, lib, 80, 24)
	d.Press("u")
	d.Type("/tmp/photo.jpg")
	d.Press("enter")
	d.See("> strip metadata from 1")
	d.Press("down", "enter")
	d.See("1 uploaded")
	if got := lib.Files["photo.jpg"]; got != 1000 {
		t.Errorf("%d bytes were uploaded", got)
	}
	d.Press("u")
	d.Type("/tmp/paper.pdf")
	d.Press("enter")
	d.See("paper.pdf tells who made it (Ken Sato). That cannot be taken out", "> upload 1, keeping the metadata")
	d.NotSee("strip metadata")
}

func TestOneKeyFixesNames(t *testing.T) {
	lib := some()
	lib.Notes = map[string][]media.Note{"a#b.png": {{Code: doctor.URLChars, Args: map[string]string{"chars": "#"}}}}
	lib.Better = map[string]string{"a#b.png": "a-b.png"}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a#b.png /tmp/fine.png")
	d.Press("enter")
	d.See("# means something in a URL", "fix 1 name (f)", "> upload 2")
	d.Press("f")
	d.See("media/a-b.png", "> upload 2")
	d.NotSee("means something", "fix 1")
	d.Press("enter")
	d.See("2 uploaded")
	if !lib.Has("a-b.png") || lib.Has("a#b.png") {
		t.Errorf("there is %v", lib.Files)
	}
}

func TestReuploadTellsAndStrips(t *testing.T) {
	lib := telling(t)
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "R")
	d.Type("/tmp/photo.jpg")
	d.Press("enter")
	d.See("photo.jpg tells where it was taken")
	d.Press("m")
	d.See("photo.jpg: left out of the upload: where it was taken")
	d.NotSee("(m)")
}

// What was decided is told beside the file, as long as it is that file.
func TestWhatWasDecidedIsTold(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"Private", "kept on purpose: where it was taken;", "taken out on upload: the camera"},
		"ja": {"個人情報", "意図して残した情報：撮影場所。", "取り除いた情報：カメラの機種"},
	} {
		d, cat := catalogued(t, tuitest.NewLibrary("a.jpg", "b.jpg"), lang, 140, 30)
		d.Settle()
		d.NotSee(want[0] + "  ")
		if err := cat.Uploaded(t.Context(), catalog.Upload{
			Object:  catalog.Object{Path: "a.jpg", Size: 1000},
			Private: catalog.Decided{Decision: privacy.Decision{Kept: []string{privacy.Place}, Removed: []string{privacy.Camera}}, At: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)},
		}); err != nil {
			t.Fatal(err)
		}
		d.Press("ctrl+r")
		d.Settle()
		d.See(append(want, "2026-04-01")...)
		d.Press("i")
		d.See(want[1], want[2])
		d.Press("esc", "down")
		d.Settle()
		d.NotSee(want[2])
	}
}

// An upload says it at once, and what was shown as it is is kept on purpose.
func TestAnUploadIsDecided(t *testing.T) {
	lib := telling(t)
	d, cat := catalogued(t, lib, "en", 140, 30)
	lib.Told = func(e media.Event) {
		if e.Type == media.EventItem && e.Status == media.StatusDone && !e.Private.Empty() {
			err := cat.Uploaded(t.Context(), catalog.Upload{Object: catalog.Object{Path: e.Path, Size: e.Bytes}, Private: catalog.Decided{Decision: e.Private}})
			if err != nil {
				t.Error(err)
			}
		}
	}
	for _, file := range []string{"paper.pdf", "photo.jpg"} {
		want := map[string]string{"photo.jpg": "kept: gps, owner", "paper.pdf": "stays: owner"}[file]
		d.Press("u")
		d.Type("/tmp/" + file)
		d.Press("enter")
		d.See("upload 1")
		if file == "photo.jpg" {
			d.Press("down")
		}
		d.Press("enter")
		d.See("1 uploaded")
		d.Settle()
		if got := written(t, cat, file).Private.String(); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
	d.See("could not be taken out: who") // beside the file that came first
}
