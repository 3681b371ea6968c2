package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/media"
)

// A name that was taken and left as it is can be asked about again, among the
// transfers.
func TestWhatWasLeftOutIsAskedAboutAgain(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	lib.Take("logo.png", 7)
	d.Press("u")
	d.Type("/tmp/new.png /tmp/logo.png /tmp/teaser.mp4")
	d.Press("enter")
	d.See("leave the existing files")
	d.Press("enter")
	d.See("1 uploaded", "Left out: 2.", "T transfers")
	d.Press("T", "home")
	d.See("1 of 3", "2 skipped", "r ask again about 2")
	d.Press("down", "down")
	d.See("- logo.png", "exists already and was left", "r ask again")
	d.Press("r")
	d.See("Upload 1 file", "exists already", "> upload all, giving 1 a new name")
	d.Press("down", "enter") // replace it
	d.See("1 uploaded", "tried again below")
	d.Settle()
	if lib.Files["logo.png"] != 1000 {
		t.Errorf("not replaced: %v", lib.Files)
	}
	d.Press("home")
	d.See("r ask again about 1")
	d.Press("r")
	d.See("Upload 1 file", "teaser.mp4")
	d.Press("enter") // keep both
	d.See("teaser-2.mp4", "1 uploaded")
	d.Settle()
	if !lib.Has("teaser-2.mp4") {
		t.Errorf("not uploaded: %v", lib.Files)
	}
	d.Press("home")
	d.NotSee("ask again")
}

// What the plan refuses stands among the transfers with its reason, and does
// not count as failed.
func TestWhatWasRefusedIsShownWithItsReason(t *testing.T) {
	lib := some()
	lib.Refuses = map[string]string{"huge.mov": media.CodeTooLarge}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/new.png /tmp/huge.mov")
	d.Press("enter")
	d.See("Upload 1 file", "huge.mov")
	d.Press("enter")
	d.See("1 uploaded")
	d.Press("T", "end")
	d.See("- huge.mov", "1 skipped", "r ask again")
	d.NotSee("failed")
	lib.Refuses = nil // it was made smaller
	d.Press("r")
	d.See("Upload 1 file", "> upload 1")
	d.Press("enter")
	d.See("1 uploaded", "✓ huge.mov")
}
