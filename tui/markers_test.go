package tui_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

func TestMarkersLook(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, s := range sizes {
			d := start(t, tuitest.Clouds(), tui.Options{Lang: lang}, s.w, s.h)
			d.Press("m")
			d.Settle()
			d.Fits()
			d.Golden("markers-" + lang + "-" + s.name)
			d.Press("n")
			d.Fits()
			d.Press("esc", "d")
			d.Fits()
		}
	}
}

// What is missing is added after a look at it, and what is removed has to be
// typed.
func TestMarkersAreAddedAndRemoved(t *testing.T) {
	w := tuitest.Clouds()
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("m")
	d.Settle()
	d.See("allowed", "missing", ".wellknown/cloudinary/alpha-staging")
	d.Press("n")
	d.See("Add marker files?", ".wellknown/cloudinary/alpha-staging")
	d.Press("enter") // the first answer changes nothing
	d.Settle()
	if len(w.Marks.There) != 1 {
		t.Fatalf("without a yes: %v", w.Marks.There)
	}
	d.Press("n", "down", "enter")
	d.Settle()
	d.See("Marker files added: 1")
	d.NotSee("missing")
	d.Press("d")
	d.See("Take the bucket away from alpha-prod?")
	d.Type("alpha")
	d.Press("enter")
	if !slices.Contains(w.Marks.There, "alpha-prod") {
		t.Error("removed after half of its name")
	}
	d.Type("-prod")
	d.Press("enter")
	d.Settle()
	d.See("alpha-prod may no longer use the bucket.", "missing")
	if !slices.Equal(w.Marks.There, []string{"alpha-staging"}) {
		t.Errorf("left: %v", w.Marks.There)
	}
}

// Who may not look is told why, and other connections have no markers.
func TestMarkersThatMayNotBeSeen(t *testing.T) {
	w := tuitest.Clouds()
	w.Marks.Err = errors.New("refused")
	d := start(t, w, tui.Options{}, 80, 24)
	d.Press("m")
	d.Settle()
	d.See("✗ ", "try again")
	d.NotSee("No cloud name is allowed.")
	other := start(t, busy(), tui.Options{}, 80, 24)
	other.Press("down", "m")
	other.Settle()
	other.NotSee("Marker files")
}
