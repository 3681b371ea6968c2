package catalog

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A file that is removed while a listing that has it is read stays removed; one
// that is stored again after that is there.
func TestRefreshLeavesOutWhatIsRemovedMeanwhile(t *testing.T) {
	p := openPlace(t, t.TempDir())
	refreshed(t, p, object("a", 1), object("b", 2), object("c", 3))
	edit(t, p, "b", Edit{Alt: ptr("kept")})
	again := Object{Path: "c", Size: 1, ETag: "new", Modified: time.Now().Add(time.Second).UTC().Truncate(time.Second)}
	_, err := p.Refresh(t.Context(), func(yield func(Object) error) error {
		if err := p.Gone(t.Context(), "a", "b", "c"); err != nil {
			return err
		}
		return listing(object("a", 1), object("b", 2), again)(yield)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, p, Query{}); !slices.Equal(got, []string{"c"}) {
		t.Errorf("found %q", got)
	}
	if e, err := p.Get(t.Context(), "a", "b"); err != nil || len(e) != 1 || e["b"].Alt != "kept" || e["b"].Present {
		t.Errorf("known: %+v, %v", e, err)
	}
	refreshed(t, p, again)
	var n int
	if err := p.c.row(t.Context(), p.c.db, `SELECT count(*) FROM media`).Scan(&n); err != nil || n != 2 {
		t.Errorf("%d rows after the next listing, %v", n, err)
	}
}

func TestMovedInABatch(t *testing.T) {
	p := openPlace(t, t.TempDir())
	var moves []Move
	for i := range 1200 {
		from := object(fmt.Sprintf("old/%04d.jpg", i), i)
		if err := p.Stored(t.Context(), from); i%400 == 0 && err != nil {
			t.Fatal(err)
		}
		to := from
		to.Path, to.ETag = fmt.Sprintf("new/%04d.jpg", i), ""
		moves = append(moves, Move{From: from.Path, To: to})
	}
	edit(t, p, "old/0400.jpg", Edit{Alt: ptr("here")})
	// One that is moved on in the same batch.
	moves = append(moves, Move{From: "new/0400.jpg", To: object("last.jpg", 5000)})
	if err := p.Moved(t.Context(), moves...); err != nil {
		t.Fatal(err)
	}
	e, err := p.Get(t.Context(), "old/0400.jpg", "new/0400.jpg", "last.jpg", "new/0001.jpg")
	if err != nil || len(e) != 2 || e["last.jpg"].Alt != "here" {
		t.Fatalf("%+v, %v", e, err)
	}
	if one := e["new/0001.jpg"]; one.ETag != "e-old/0001.jpg" || one.Own != "" {
		t.Errorf("the ETag is not carried along: %+v", one)
	}
	if n, err := p.Count(t.Context(), Query{Text: "jpg"}); err != nil || n != (Total{Counted, true}) {
		t.Errorf("%v, %v", n, err)
	}
}

func TestEachGoesOn(t *testing.T) {
	p := openPlace(t, t.TempDir())
	if _, err := p.Refresh(t.Context(), many(8000)); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	if err := p.Each(t.Context(), Query{Text: "jpg"}, func(e Entry) error { seen[e.Path] = true; return nil }); err != nil || len(seen) != 8000 {
		t.Errorf("%d of 8000, %v", len(seen), err)
	}
}

// Several processes write about different parts of one file at once: nothing of
// it is lost.
func TestEditsOfTwoParts(t *testing.T) {
	dir := t.TempDir()
	openPlace(t, dir)
	var all sync.WaitGroup
	for i := range 3 {
		p := openPlace(t, dir)
		all.Go(func() {
			for n := range 10 {
				v := fmt.Sprint(n)
				e := []Edit{{Alt: &v}, {Creator: &v}, {Tags: &[]string{v}}}[i]
				if _, err := p.Edit(t.Context(), "a.jpg", e); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	e, err := openPlace(t, dir).Get(t.Context(), "a.jpg")
	if got := e["a.jpg"]; err != nil || got.Alt != "9" || got.Creator != "9" || !slices.Equal(got.Tags, []string{"9"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTextThatNoDatabaseTakes(t *testing.T) {
	p := openPlace(t, t.TempDir())
	long := strings.Repeat("長い", 3000)
	edit(t, p, "a.jpg", Edit{Alt: ptr("nul\x00 and \xff"), Tags: ptr([]string{"t\x00ag", long}), Creator: ptr(long)})
	if err := p.Saw(t.Context(), object("a.jpg", 1)); err != nil {
		t.Fatal(err)
	}
	e, err := p.Get(t.Context(), "a.jpg")
	if err != nil || e["a.jpg"].Alt != "nul and \uFFFD" {
		t.Errorf("%+v, %v", e["a.jpg"].Alt, err)
	}
	for _, q := range []Query{{Tags: []string{long}}, {Creator: long}, {Tags: []string{"tag"}}} {
		if got := found(t, p, q); len(got) != 1 {
			t.Errorf("found %q", got)
		}
	}
}

func TestChangedOutside(t *testing.T) {
	p := openPlace(t, t.TempDir())
	if err := p.Stored(t.Context(), object("ours.jpg", 1), object("moved.jpg", 2)); err != nil {
		t.Fatal(err)
	}
	if err := p.Moved(t.Context(), Move{From: "moved.jpg", To: object("there.jpg", 2)}); err != nil {
		t.Fatal(err)
	}
	refreshed(t, p, object("described.jpg", 3), object("ours.jpg", 1), object("theirs.jpg", 4), object("there.jpg", 2))
	edit(t, p, "described.jpg", Edit{Alt: ptr("a cat")})
	other := func(path string) Object { o := object(path, 9); o.ETag = "other"; return o }
	refreshed(t, p, other("described.jpg"), other("ours.jpg"), other("theirs.jpg"), other("there.jpg"))
	changed := func() (paths []string) {
		if err := p.Changed(t.Context(), func(e Entry) error { paths = append(paths, e.Path); return nil }); err != nil {
			t.Fatal(err)
		}
		return paths
	}
	if got := changed(); !slices.Equal(got, []string{"described.jpg", "ours.jpg", "there.jpg"}) {
		t.Fatalf("changed: %q", got)
	}
	if n, err := p.Accept(t.Context(), other("ours.jpg"), object("there.jpg", 2)); err != nil || n != 1 {
		t.Errorf("accepted %d, %v", n, err)
	}
	if got := changed(); !slices.Equal(got, []string{"described.jpg", "there.jpg"}) {
		t.Errorf("after one was accepted: %q", got)
	}
	// What mediadock stores over it is its own again.
	if err := p.Stored(t.Context(), object("described.jpg", 10)); err != nil {
		t.Fatal(err)
	}
	if got := changed(); !slices.Equal(got, []string{"there.jpg"}) {
		t.Errorf("after one was stored: %q", got)
	}
}

func TestAlike(t *testing.T) {
	p := openPlace(t, t.TempDir())
	like := func(path, etag string, size int64) Object {
		return Object{Path: path, ETag: etag, Size: size, Modified: day}
	}
	refreshed(t, p, like("a.jpg", "1", 5), like("empty.txt", "0", 0), like("z.jpg", "9", 5))
	for _, path := range []string{"a.jpg", "empty.txt", "z.jpg"} {
		edit(t, p, path, Edit{Alt: ptr("of " + path)})
	}
	later := like("b/a.jpg", "1", 5)
	later.Modified = day.Add(time.Hour)
	refreshed(t, p, later, like("b/twin.jpg", "1", 5), like("nothing.txt", "0", 0), like("other.jpg", "1", 6))
	var missing []Entry
	if err := p.Missing(t.Context(), func(e Entry) error { missing = append(missing, e); return nil }); err != nil || len(missing) != 3 {
		t.Fatalf("%d missing, %v", len(missing), err)
	}
	alike, err := p.Alike(t.Context(), missing)
	if err != nil || len(alike) != 1 || len(alike["a.jpg"]) != 1 || alike["a.jpg"][0].Path != "b/a.jpg" {
		t.Fatalf("alike: %+v, %v", alike, err)
	}
	if passed, err := p.Pass(t.Context(), "a.jpg", "b/a.jpg"); err != nil || !passed {
		t.Fatalf("%v, %v", passed, err)
	}
	if passed, err := p.Pass(t.Context(), "z.jpg", "b/a.jpg"); err != nil || passed {
		t.Errorf("onto what somebody wrote about: %v, %v", passed, err)
	}
	e, err := p.Get(t.Context(), "a.jpg", "b/a.jpg")
	if err != nil || len(e) != 1 || e["b/a.jpg"].Alt != "of a.jpg" {
		t.Errorf("%+v, %v", e, err)
	}
}
