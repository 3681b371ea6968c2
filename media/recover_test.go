package media_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// written is a library over a room with a journal in a directory.
func written(t testing.TB, e mediatest.Endpoint, dir string, o media.Options) *mediatest.Room {
	t.Helper()
	o.Journal = journal.New(dir, journal.Place{Bucket: e.Place.Bucket, Region: e.Place.Region, Access: e.Place.Access, Role: e.Place.RoleARN})
	return e.Room(t, o)
}

func recovered(t testing.TB, l *media.Library, undo bool) *ends {
	t.Helper()
	plan, err := l.PlanRecover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	var e ends
	l.Recover(t.Context(), plan, undo, func(ev media.Event) {
		if ev.Type == media.EventItem && ev.Status == media.StatusDone && (ev.Op == media.OpMove || ev.Op == media.OpReplace) && ev.ETag == "" {
			t.Errorf("%s became %s: of which ETag is not told", ev.Path, ev.To) // the catalogue goes by it
		}
		e.emit(ev)
	})
	return &e
}

func wantNothingLeft(t testing.TB, l *media.Library) {
	t.Helper()
	plan, err := l.PlanRecover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	if !plan.Empty() || l.CutShort() != 0 {
		for _, c := range plan.Cuts {
			t.Errorf("still there to recover: %s to %s", c.From, c.To)
			for _, i := range c.Items {
				t.Errorf("  %s to %s: %s, settled %v", i.From, i.To, i.Found, i.Settled)
			}
		}
		for _, u := range plan.Uploads {
			t.Errorf("still there to go on with: the upload of %s", u.Path)
		}
	}
}

// A rename whose original cannot be removed stays in the journal until it can.
func TestBothNamesAreRecoveredOnceTheyMayBe(t *testing.T) {
	for _, undo := range []bool{false, true} {
		t.Run(fmt.Sprint("undo ", undo), func(t *testing.T) {
			dir := t.TempDir()
			e := mediatest.Sandbox(t)
			r := written(t, e, dir, media.Options{})
			r.Lay("a.txt", "content")
			forbidden := mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects")
			denied := media.New(forbidden, nil, r.Space, media.Options{Journal: journalOf(e, dir)})
			move(t, denied, "a.txt", "b.txt").want(t, "a.txt", "failed:both-exist")
			if n := r.CutShort(); n != 1 {
				t.Fatalf("%d cut short", n)
			}
			want := []string{"b.txt"}
			if undo {
				want = []string{"a.txt"}
			}
			recovered(t, r.Library, undo).want(t, "a.txt", "done")
			if keys := r.Keys(); !slices.Equal(keys, want) {
				t.Errorf("keys %q", keys)
			}
			wantNothingLeft(t, r.Library)
		})
	}
}

func journalOf(e mediatest.Endpoint, dir string) *journal.Journal {
	return journal.New(dir, journal.Place{Bucket: e.Place.Bucket, Region: e.Place.Region, Access: e.Place.Access, Role: e.Place.RoleARN})
}

// What somebody did after the cut is left alone, said once, and forgotten.
func TestWhatChangedAfterTheCutIsLeftAlone(t *testing.T) {
	for _, undo := range []bool{false, true} {
		for name, c := range map[string]struct {
			after func(r *mediatest.Room)
			want  string
			keys  []string
		}{
			"the original is another": {func(r *mediatest.Room) { r.Lay("a.txt", "theirs") }, "refused:cut-changed", []string{"a.txt", "b.txt"}},
			"the copy is another":     {func(r *mediatest.Room) { r.Lay("b.txt", "theirs") }, "refused:cut-taken", []string{"a.txt", "b.txt"}},
			"the copy is gone":        {func(r *mediatest.Room) { remove(t, r.Library, "b.txt") }, "", nil},
			"both are gone":           {func(r *mediatest.Room) { remove(t, r.Library, "a.txt", "b.txt") }, "failed:cut-gone", nil},
			"the original is gone":    {func(r *mediatest.Room) { remove(t, r.Library, "a.txt") }, "", nil},
		} {
			t.Run(fmt.Sprintf("%s, undo %v", name, undo), func(t *testing.T) {
				dir := t.TempDir()
				e := mediatest.Sandbox(t)
				r := written(t, e, dir, media.Options{})
				r.Lay("a.txt", "mine")
				denied := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
				move(t, denied, "a.txt", "b.txt").want(t, "a.txt", "failed:both-exist")
				c.after(r)
				got := recovered(t, r.Library, undo)
				if c.want != "" {
					got.want(t, "a.txt", c.want)
				}
				keys := c.keys
				switch {
				case name == "the copy is gone" && !undo, name == "the original is gone" && !undo:
					keys = []string{"b.txt"}
				case name == "the copy is gone", name == "the original is gone":
					keys = []string{"a.txt"}
				}
				if k := r.Keys(); !slices.Equal(k, keys) {
					t.Errorf("keys %q, want %q", k, keys)
				}
				wantNothingLeft(t, r.Library)
			})
		}
	}
}

func TestRecoveryIsOfOnePlaceAndOfTheDead(t *testing.T) {
	dir := t.TempDir()
	e := mediatest.Sandbox(t)
	r := written(t, e, dir, media.Options{})
	r.Lay("a.txt", "content")
	denied := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	move(t, denied, "a.txt", "b.txt").want(t, "a.txt", "failed:both-exist")

	other := journal.New(dir, journal.Place{Endpoint: "elsewhere:9000", Bucket: e.Place.Bucket})
	stranger := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: other})
	plan, err := stranger.PlanRecover(t.Context())
	if err != nil || !plan.Empty() || len(plan.Elsewhere) != 1 || plan.Elsewhere[0].Bucket != e.Place.Bucket {
		t.Errorf("another place finds %+v, %v", plan, err)
	}
	plan.Close()

	held, err := r.PlanRecover(t.Context())
	if err != nil || len(held.Cuts) != 1 {
		t.Fatalf("%+v, %v", held, err)
	}
	if n := r.CutShort(); n != 0 {
		t.Errorf("found %d operations that somebody is at", n)
	}
	held.Close()
	fixed := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: journalOf(e, dir), FixFileNames: true})
	recovered(t, fixed, false).want(t, "a.txt", "refused:name-fixed")
	recovered(t, fixed, true).want(t, "a.txt", "done")
	if keys := r.Keys(); strings.Join(keys, " ") != "a.txt" {
		t.Errorf("keys %q", keys)
	}
}

// Nothing is copied where it cannot be written down first.
func TestWithoutItsJournalNothingMoves(t *testing.T) {
	e := mediatest.Sandbox(t)
	file := local(t, "file", "")
	r := written(t, e, file+"/journal", media.Options{})
	r.LayMany([]string{"f/a.txt", "f/b.txt"})
	got := move(t, r.Library, "f", "g")
	got.want(t, "f/a.txt", "failed:journal")
	got.want(t, "f/b.txt", "failed:journal")
	if keys := r.Keys(); strings.Join(keys, " ") != "f/a.txt f/b.txt" {
		t.Errorf("keys %q", keys)
	}
}
