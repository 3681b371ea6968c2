package catalog

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/mediadock/mediadock/awscheck/racetest"
)

// A catalogue of before digits were cut in fours finds as much as it did, and
// the next whole listing cuts its words anew.
func TestCatalogueOfBefore(t *testing.T) {
	racetest.Plainly(t)
	dir := t.TempDir()
	where := filepath.Join(dir, "catalogue.db")
	upTo, on := int64(3), engine(inFile{})
	if server != "" {
		where, upTo, on = schemaOf(t, dir), 1, onServer{}
	}
	var objects []Object
	for i := range 5200 { // more than a batch of a refresh
		objects = append(objects, object(fmt.Sprintf("2025/写真♥/img-%07d.jpg", i), i))
	}
	catalogueOfBefore(t, where, on, upTo, objects)

	c, err := Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	p, err := c.Place(t.Context(), Key{Partition: "aws", Bucket: "alpha", Directory: "media/"})
	if err != nil {
		t.Fatal(err)
	}
	find := func(when string) {
		t.Helper()
		for _, tt := range []struct {
			q    Query
			want int
		}{
			{Query{Text: "0042"}, 111}, {Query{Text: "img-0000042"}, 1}, {Query{Text: "♥"}, 5200}, {Query{Text: "2025 写真"}, 5200},
			{Query{Folder: "2025/"}, 5200}, {Query{Folder: "2025/写真♥/", Text: "0000042"}, 1}, {Query{Folder: "2024/"}, 0}, {Query{Tags: []string{"hero"}}, 1},
		} {
			n := 0
			if err := p.Each(t.Context(), tt.q, func(Entry) error { n++; return nil }); err != nil || n != tt.want {
				t.Errorf("%s: %+v: %d files, want %d (%v)", when, tt.q, n, tt.want, err)
			}
			if got, err := p.Count(t.Context(), tt.q); err != nil || got != (Total{min(tt.want, Counted), tt.want > Counted}) {
				t.Errorf("%s: %+v: counted %v, want %d (%v)", when, tt.q, got, tt.want, err)
			}
		}
	}
	find("before")
	edit(t, p, objects[7].Path, Edit{Alt: ptr("")}) // cut as now among those of before
	if _, err := p.Refresh(t.Context(), listing(append(objects[:5100:5100], object("0-not-in-order", 1))...)); err == nil {
		t.Fatal("took in a broken listing")
	}
	find("cut short")
	if r := refreshed(t, p, objects...); r != (Refreshed{Files: len(objects)}) {
		t.Errorf("%+v", r)
	}
	find("after")
	again, err := c.Place(t.Context(), Key{Partition: "aws", Bucket: "alpha", Directory: "media/"})
	if err != nil || again.cut.Load() != cutNow {
		t.Errorf("the place is not known to be cut anew: %v", err)
	}
	if e, err := p.Get(t.Context(), objects[3].Path); err != nil || e[objects[3].Path].Alt != "kept" {
		t.Errorf("what was written is gone: %+v, %v", e, err)
	}
	wantDecided(t, "of before", p, map[string]string{objects[3].Path: "", objects[4].Path: ""})
	uploaded(t, p, Upload{Object: objects[4], Private: decided("kept: gps", 1)})
	wantDecided(t, "uploaded since", p, map[string]string{objects[4].Path: "kept: gps"})
}

// catalogueOfBefore makes a catalogue with the tables of an earlier version.
func catalogueOfBefore(t *testing.T, where string, on engine, upTo int64, objects []Object) {
	t.Helper()
	driver := map[string]string{"sqlite": "sqlite", "postgres": "pgx"}[on.name()]
	source := where
	if driver == "sqlite" {
		source = dsn(where)
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	dir, err := fs.Sub(migrations, "migrations/"+on.name())
	if err != nil {
		t.Fatal(err)
	}
	dialect, options := on.migration()
	tables, err := goose.NewProvider(dialect, db, dir, options...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tables.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := &Catalog{db: db, engine: on}
	if err := c.exec(t.Context(), db, `INSERT INTO places (partition, bucket, directory) VALUES ('aws', 'alpha', ?)`, on.path("media/")); err != nil {
		t.Fatal(err)
	}
	p := &Place{c: c, id: 1}
	if err := p.Saw(t.Context(), objects...); err != nil {
		t.Fatal(err)
	}
	edit(t, p, objects[3].Path, Edit{Alt: ptr("kept"), Tags: ptr([]string{"hero"})})
	var all []Entry
	if err := p.Present(t.Context(), func(e Entry) error { all = append(all, e); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		words := strings.Fields(e.words())
		words = slices.DeleteFunc(words, func(w string) bool {
			return strings.HasPrefix(w, filterMark+"f") || strings.HasPrefix(w, filterMark+"s") || len(w) == 4 && fourAt([]rune(w), 0)
		})
		if driver == "sqlite" {
			err = c.exec(t.Context(), db, `INSERT OR REPLACE INTO words (rowid, t) VALUES (?, ?)`, e.id, strings.Join(words, " "))
		} else {
			err = c.exec(t.Context(), db, `UPDATE media SET words = array_to_tsvector(?::text[]) WHERE id = ?`, words, e.id)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := tables.DownTo(t.Context(), upTo); err != nil {
		t.Fatal(err)
	}
}
