package catalog

import (
	"reflect"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media/privacy"
)

// beside is another place of the same catalogue.
func beside(t *testing.T, p *Place, directory string) *Place {
	t.Helper()
	other, err := p.c.Place(t.Context(), Key{Partition: "aws", Bucket: "alpha", Directory: directory})
	if err != nil {
		t.Fatal(err)
	}
	return other
}

func copyOf(path, from, to string) Copy {
	return Copy{From: from, To: Object{Path: path, Size: 10, ETag: to, Modified: day.Add(time.Hour)}}
}

func inherit(t *testing.T, from, to *Place, copies ...Copy) int {
	t.Helper()
	n, err := Inherit(t.Context(), from, to, copies...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func entry(t *testing.T, p *Place, path string) Entry {
	t.Helper()
	all, err := p.Get(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return all[path]
}

// What was written goes to copies alone, and is found there; nobody's row
// elsewhere changes.
func TestInherit(t *testing.T) {
	prod := library(t)
	private, err := privacy.ParseDecision("removed: gps")
	if err != nil {
		t.Fatal(err)
	}
	decided := Decided{private, day}
	if err := prod.Uploaded(t.Context(), Upload{Object: object("photo.jpg", 7), Private: decided}); err != nil {
		t.Fatal(err)
	}
	before := entry(t, prod, "2026/IMG_1234.jpg")
	env := beside(t, prod, "media/env-aaaaaaaaaaaaaaaa/")
	n := inherit(t, prod, env,
		copyOf("2026/IMG_1234.jpg", "e-2026/IMG_1234.jpg", "in-parts-2"), copyOf("docs/Annual-Report.pdf", "", "e"),
		copyOf("photo.jpg", "e-photo.jpg", "e-photo.jpg"), copyOf("unknown.jpg", "", "u"))
	if n != 2 {
		t.Errorf("%d were given something", n)
	}
	e := entry(t, env, "2026/IMG_1234.jpg")
	if !sameDetails(e.Details, before.Details) || !e.Edited.Equal(before.Edited) || !e.Present || e.ETag != "in-parts-2" || e.Own != "in-parts-2" {
		t.Errorf("%+v", e)
	}
	if e := entry(t, env, "photo.jpg"); !sameDecided(e.Private, decided) || !e.Edited.IsZero() {
		t.Errorf("%+v", e)
	}
	if got := found(t, env, Query{Text: "blossoms"}); !reflect.DeepEqual(got, []string{"2026/IMG_1234.jpg"}) {
		t.Errorf("found %q", got)
	}
	if e := entry(t, env, "teaser.mp4"); e.noted() { // it was not copied
		t.Errorf("%+v", e)
	}
	if after := entry(t, prod, "2026/IMG_1234.jpg"); !reflect.DeepEqual(after, before) {
		t.Errorf("production: %+v", after)
	}
}

// The same again changes nothing, nor what was written in the environment, in
// production since, or about another content.
func TestInheritOnce(t *testing.T) {
	prod := library(t)
	env := beside(t, prod, "media/env-aaaaaaaaaaaaaaaa/")
	one, two := copyOf("2026/IMG_1234.jpg", "e-2026/IMG_1234.jpg", "a"), copyOf("teaser.mp4", "e-teaser.mp4", "b")
	edit(t, env, "teaser.mp4", Edit{Alt: ptr("Its own")})
	if n := inherit(t, prod, env, one, two); n != 1 {
		t.Errorf("%d the first time", n)
	}
	edit(t, prod, "2026/IMG_1234.jpg", Edit{Alt: ptr("Changed in production")})
	if n := inherit(t, prod, env, one, two); n != 0 {
		t.Errorf("%d the second time", n)
	}
	if e := entry(t, env, "2026/IMG_1234.jpg"); e.Alt != "Cherry blossoms in Ueno" {
		t.Errorf("%+v", e)
	}
	if e := entry(t, env, "teaser.mp4"); e.Alt != "Its own" || len(e.Tags) != 0 {
		t.Errorf("%+v", e)
	}
	// Taken away by somebody: that is something of its own, too.
	edit(t, env, "2026/IMG_1234.jpg", Edit{Alt: ptr(""), Tags: ptr([]string{}), Creator: ptr("")})
	if inherit(t, prod, env, one); entry(t, env, "2026/IMG_1234.jpg").Alt != "" {
		t.Error("it came back")
	}
	// A listing afterwards takes nothing away.
	refreshed(t, env, one.To, two.To)
	if e := entry(t, env, "teaser.mp4"); e.Alt != "Its own" || !e.Present {
		t.Errorf("%+v", e)
	}

	// Somebody replaced the original outside since it was written about: so for the copy.
	other := beside(t, prod, "media/env-bbbbbbbbbbbbbbbb/")
	inherit(t, prod, other, copyOf("2026/IMG_1234.jpg", "another", "another"))
	if e := entry(t, other, "2026/IMG_1234.jpg"); e.Own != "e-2026/IMG_1234.jpg" || e.ETag != "another" {
		t.Errorf("%+v", e)
	}
}

// What becomes of an environment's rows is no neighbour's business.
func TestClearLeavesNeighbours(t *testing.T) {
	prod := library(t)
	dev, dev2 := beside(t, prod, "media/env-aaaaaaaaaaaaaaaa/"), beside(t, prod, "media/env-aaaaaaaaaaaaaaab/")
	elsewhere, err := prod.c.Place(t.Context(), Key{Partition: "aws", Bucket: "beta", Directory: "media/env-aaaaaaaaaaaaaaaa/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*Place{dev, dev2, elsewhere} {
		refreshed(t, p, object("2026/IMG_1234.jpg", 1))
		inherit(t, prod, p, copyOf("2026/IMG_1234.jpg", "", "a"))
	}
	if err := dev.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	for p, want := range map[*Place]int{prod: 2, dev: 0, dev2: 1, elsewhere: 1} {
		if n, err := p.Written(t.Context()); err != nil || n != want {
			t.Errorf("place %d has %d, want %d (%v)", p.id, n, want, err)
		}
	}
	if at, files, err := dev.Refreshed(t.Context()); !at.IsZero() || files != 0 || err != nil {
		t.Errorf("it is still taken for looked through: %v, %d (%v)", at, files, err)
	}
	if n := inherit(t, prod, dev, copyOf("2026/IMG_1234.jpg", "", "a")); n != 1 {
		t.Errorf("made again, %d were given something", n)
	}
}
