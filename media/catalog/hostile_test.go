package catalog

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func init() { busy = 5 * time.Minute } // what is lost or wrong is tested, not how busy the machine is

// Several programs that are started at once make the same catalogue.
func TestOpenAtOnce(t *testing.T) {
	for range 4 {
		file := filepath.Join(t.TempDir(), "a?b%20c#d &e=1;写", "catalogue.db")
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				c, err := Open(t.Context(), file)
				if err != nil {
					t.Error(err)
					return
				}
				defer c.Close()
				p, err := c.Place(t.Context(), Key{"aws", "b", "d"})
				if err == nil {
					err = p.Saw(t.Context(), object(fmt.Sprint(i), i))
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		c, err := Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.Place(t.Context(), Key{"aws", "b", "d"})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(found(t, p, Query{})); n != 6 {
			t.Errorf("found %d of 6 in the file of that name", n)
		}
		c.Close()
	}
}

func TestAFileOfANameThatSQLiteKnows(t *testing.T) {
	t.Chdir(t.TempDir())
	for range 2 {
		c, err := Open(t.Context(), ":memory:")
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.Place(t.Context(), Key{"aws", "b", ""})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Saw(t.Context(), object("a", 1)); err != nil {
			t.Fatal(err)
		}
		if n := len(found(t, p, Query{})); n != 1 {
			t.Errorf("found %d", n)
		}
		if _, err := p.Edit(t.Context(), "a", Edit{Alt: ptr("kept")}); err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
	c, err := Open(t.Context(), ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	p, err := c.Place(t.Context(), Key{"aws", "b", ""})
	if err != nil {
		t.Fatal(err)
	}
	if e, err := p.Get(t.Context(), "a"); err != nil || e["a"].Alt != "kept" {
		t.Errorf("the file has %+v, %v", e, err)
	}
}

// A file that is stored while the listing is read is not gone, though the
// listing lacks it; one that was there long before is.
func TestRefreshKeepsWhatIsStoredMeanwhile(t *testing.T) {
	p := openPlace(t, t.TempDir())
	refreshed(t, p, object("a", 1), object("old", 2))
	r, err := p.Refresh(t.Context(), func(yield func(Object) error) error {
		if err := yield(object("a", 1)); err != nil {
			return err
		}
		now := Object{Path: "new", Size: 1, Modified: time.Now().UTC().Truncate(time.Second)}
		ahead := Object{Path: "of the future", Modified: time.Now().Add(24 * time.Hour)}
		return p.Saw(t.Context(), now, ahead)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, p, Query{}); !slices.Equal(got, []string{"new", "a"}) || r.Gone != 2 {
		t.Errorf("found %q, %+v", got, r)
	}
}

// Rows and objects far more than a batch, of which most are gone.
func TestRefreshInSteps(t *testing.T) {
	p := openPlace(t, t.TempDir())
	var all, few []Object
	for i := range 3*refreshBatch + 7 {
		o := object(fmt.Sprintf("f%06d", i), i%50)
		if all = append(all, o); i%4001 == 0 {
			few = append(few, o)
		}
	}
	edit(t, p, "f000001", Edit{Alt: ptr("kept")})
	if r := refreshed(t, p, all...); r.Added != len(all) || r.Files != len(all) {
		t.Fatalf("%+v", r)
	}
	if r := refreshed(t, p, all...); r != (Refreshed{Files: len(all)}) {
		t.Errorf("once more: %+v", r)
	}
	few = append(few, object("g", 1))
	if r := refreshed(t, p, few...); r != (Refreshed{Files: len(few), Added: 1, Gone: len(all) - len(few) + 1}) {
		t.Errorf("of few: %+v", r)
	}
	if n := len(found(t, p, Query{})); n != len(few) {
		t.Errorf("found %d of %d", n, len(few))
	}
	if r := refreshed(t, p); r.Gone != len(few) || r.Files != 0 {
		t.Errorf("of none: %+v", r)
	}
	if e, err := p.Get(t.Context(), "f000001"); err != nil || e["f000001"].Alt != "kept" || e["f000001"].Present {
		t.Errorf("what was written is %+v, %v", e, err)
	}
}

func TestRefreshIsCancelled(t *testing.T) {
	p := openPlace(t, t.TempDir())
	refreshed(t, p, object("a", 1), object("b", 2))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := p.Refresh(ctx, func(yield func(Object) error) error { cancel(); return ctx.Err() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err %v", err)
	}
	if got := found(t, p, Query{}); len(got) != 2 {
		t.Errorf("a listing that did not end took away: %q left", got)
	}
}

// When a second is full of objects, at the beginning of time too, they stay in
// their place: the next place does not find them.
func TestIDsStayInTheirPlace(t *testing.T) {
	p := openPlace(t, t.TempDir())
	other, err := p.c.Place(t.Context(), Key{Partition: "aws", Bucket: "beta"})
	if err != nil || other.id != p.id+1 {
		t.Fatalf("place %+v, %v", other, err)
	}
	first := firstID(other.id, time.Time{})
	err = p.c.exec(t.Context(), p.c.db, `INSERT INTO media (id, place, path) VALUES (?, ?, ?)`, first|1<<numberBits-1, other.id, p.c.engine.path("full"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"no date", "none either"} {
		if err := other.Saw(t.Context(), Object{Path: path}); err != nil {
			t.Fatal(err)
		}
	}
	if got := found(t, other, Query{}); len(got) != 3 {
		t.Errorf("found %q", got)
	}
	if got := found(t, p, Query{}); len(got) != 0 {
		t.Errorf("the other place finds %q", got)
	}
}

// Names as S3 allows them, and dates as servers send them.
func TestStrangeObjects(t *testing.T) {
	p := openPlace(t, t.TempDir())
	objects := []Object{
		{Path: "new\nline.jpg"}, {Path: "nul\x00byte.jpg"}, {Path: `quo"te'.jpg`}, {Path: "\U0001F600.png"}, {Path: "bad\xff.jpg"},
		{Path: "1970.jpg", Modified: time.Unix(0, 0)}, {Path: "1990.jpg", Modified: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Path: "2038.jpg", Modified: time.Date(2038, 1, 20, 0, 0, 0, 0, time.UTC)}, {Path: "2200.jpg", Modified: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Path: strings.Repeat("長", 341)},
	}
	slices.SortFunc(objects, func(a, b Object) int { return strings.Compare(a.Path, b.Path) })
	refreshed(t, p, objects...)
	if r := refreshed(t, p, objects...); r != (Refreshed{Files: len(objects)}) {
		t.Errorf("once more: %+v", r)
	}
	got := found(t, p, Query{})
	if len(got) != len(objects) || got[0] != "2200.jpg" || got[1] != "2038.jpg" {
		t.Errorf("found %q", got)
	}
	for _, o := range objects {
		if all, err := p.Get(t.Context(), o.Path); err != nil || all[o.Path].Path != o.Path {
			t.Errorf("%q: %v", o.Path, err)
		}
	}
	for q, want := range map[string]string{"byte": "nul\x00byte.jpg", "line": "new\nline.jpg", "長長": strings.Repeat("長", 341)} {
		if got := found(t, p, Query{Text: q}); !slices.Equal(got, []string{want}) {
			t.Errorf("%q finds %q", q, got)
		}
	}
	for _, q := range []Query{{Text: `" OR t:a* NEAR(`}, {Text: "\x00"}, {Text: "\uE000kimage"}, {Tags: []string{`a" OR "b`}}, {Creator: `"`}, {Kind: `x" OR "長`}, {Text: "a\xffb"}} {
		if got := found(t, p, q); len(got) > 1 {
			t.Errorf("%+v finds %q", q, got)
		}
	}
}
