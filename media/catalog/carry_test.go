package catalog

import (
	"errors"
	"os"
	"testing"
)

func TestCarry(t *testing.T) {
	from, to := library(t), openPlace(t, t.TempDir())
	carryTo(t, from, to)
}

// From a file to a server and back.
func TestCarryBetweenEngines(t *testing.T) {
	inFile := library(t)
	server = aServer(t)
	defer func() { server = "" }()
	carryTo(t, inFile, openPlace(t, t.TempDir()))
	onServer := library(t)
	server = ""
	to := openPlace(t, t.TempDir())
	server = os.Getenv("MEDIADOCK_TEST_POSTGRES")
	carryTo(t, onServer, to)
	server = ""
	inFile = openPlace(t, t.TempDir())
	server = os.Getenv("MEDIADOCK_TEST_POSTGRES")
	carryDecided(t, inFile, openPlace(t, t.TempDir()))
}

func carryTo(t *testing.T, from, to *Place) {
	t.Helper()
	if err := from.Stored(t.Context(), object("ours.jpg", 9)); err != nil {
		t.Fatal(err)
	}
	dry, err := Carry(t.Context(), from, to, KeepNone, true)
	if err != nil || dry.New != 2 {
		t.Fatalf("dry: %+v, %v", dry, err)
	}
	if n, _ := to.Written(t.Context()); n != 0 {
		t.Fatalf("a dry run wrote %d", n)
	}
	c, err := Carry(t.Context(), from, to, KeepNone, false)
	if err != nil || c.New != 2 || c.Verified != 2 || c.Conflicts != 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	e, err := to.Get(t.Context(), "2026/IMG_1234.jpg", "ours.jpg")
	if err != nil || e["2026/IMG_1234.jpg"].Alt != "Cherry blossoms in Ueno" || e["ours.jpg"].Own != "e-ours.jpg" {
		t.Errorf("%+v, %v", e, err)
	}
	if got := found(t, to, Query{Text: "blossoms"}); len(got) != 1 {
		t.Errorf("found %q", got)
	}

	// Both write about one file: neither is lost unasked.
	edit(t, from, "teaser.mp4", Edit{Alt: ptr("of the source")})
	edit(t, to, "teaser.mp4", Edit{Alt: ptr("of the target")})
	c, err = Carry(t.Context(), from, to, KeepNone, false)
	if !errors.Is(err, ErrConflicts) || c.Conflicts != 1 || c.First[0] != "teaser.mp4" {
		t.Fatalf("%+v, %v", c, err)
	}
	for keep, want := range map[Keep]string{KeepTarget: "of the target", KeepNewer: "of the target"} {
		if _, err := Carry(t.Context(), from, to, keep, false); err != nil {
			t.Fatal(keep, err)
		}
		if e, _ := to.Get(t.Context(), "teaser.mp4"); e["teaser.mp4"].Alt != want {
			t.Errorf("%s: %q", keep, e["teaser.mp4"].Alt)
		}
	}
	if _, err := Carry(t.Context(), from, to, KeepSource, false); err != nil {
		t.Fatal(err)
	}
	if e, _ := to.Get(t.Context(), "teaser.mp4"); e["teaser.mp4"].Alt != "of the source" {
		t.Errorf("source: %q", e["teaser.mp4"].Alt)
	}
	if n, err := from.Written(t.Context()); err != nil || n != 2 {
		t.Errorf("the source has %d, %v", n, err)
	}
	if err := from.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := found(t, from, Query{}); len(got) != 0 {
		t.Errorf("cleared, it has %q", got)
	}
}
