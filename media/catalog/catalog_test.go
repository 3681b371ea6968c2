package catalog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

var day = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

func openPlace(t testing.TB, dir string) *Place {
	t.Helper()
	where := filepath.Join(dir, "deep", "catalogue.db")
	if server != "" {
		where = schemaOf(t, dir)
	}
	c, err := Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	p, err := c.Place(t.Context(), Key{Partition: "aws", Bucket: "alpha", Directory: "media/"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func listing(objects ...Object) func(yield func(Object) error) error {
	return func(yield func(Object) error) error {
		for _, o := range objects {
			if err := yield(o); err != nil {
				return err
			}
		}
		return nil
	}
}

// object is one that was stored n minutes after day began.
func object(path string, n int) Object {
	return Object{Path: path, Size: 10, Modified: day.Add(time.Duration(n) * time.Minute), ETag: "e-" + path}
}

func refreshed(t *testing.T, p *Place, objects ...Object) Refreshed {
	t.Helper()
	r, err := p.Refresh(t.Context(), listing(objects...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func found(t *testing.T, p *Place, q Query) []string {
	t.Helper()
	h, err := p.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{}
	for _, e := range h.Entries {
		paths = append(paths, e.Path)
	}
	return paths
}

func ptr[T any](v T) *T { return &v }

func edit(t *testing.T, p *Place, path string, e Edit) {
	t.Helper()
	if _, err := p.Edit(t.Context(), path, e); err != nil {
		t.Fatal(err)
	}
}

func library(t *testing.T) *Place {
	t.Helper()
	p := openPlace(t, t.TempDir())
	refreshed(t, p,
		object("2026/IMG_1234.jpg", 1), object("2026/春の写真.png", 2), object("docs/Annual-Report.pdf", 3),
		object("docs/写真集.txt", 4), object("teaser.mp4", 6), object("ﾊﾝｶｸ.jpg", 5))
	edit(t, p, "2026/IMG_1234.jpg", Edit{Alt: ptr("Cherry blossoms in Ueno"), Tags: ptr([]string{"spring", "Hero, campaign"}), Creator: ptr("Taro")})
	edit(t, p, "teaser.mp4", Edit{Tags: ptr([]string{"春"}), Creator: ptr("花子")})
	return p
}

func TestSearch(t *testing.T) {
	p := library(t)
	for _, tt := range []struct {
		name string
		q    Query
		want []string // the newest first
	}{
		{"everything", Query{}, []string{"teaser.mp4", "ﾊﾝｶｸ.jpg", "docs/写真集.txt", "docs/Annual-Report.pdf", "2026/春の写真.png", "2026/IMG_1234.jpg"}},
		{"two characters", Query{Text: "写真"}, []string{"docs/写真集.txt", "2026/春の写真.png"}},
		{"one character, also in tags", Query{Text: "春"}, []string{"teaser.mp4", "2026/春の写真.png"}},
		{"three characters", Query{Text: "写真集"}, []string{"docs/写真集.txt"}},
		{"pairs that do not follow one another", Query{Text: "真写"}, []string{}},
		{"half-width is found as full-width", Query{Text: "ハンカク"}, []string{"ﾊﾝｶｸ.jpg"}},
		{"full-width is found as half-width", Query{Text: "ＩＭＧ"}, []string{"2026/IMG_1234.jpg"}},
		{"any case", Query{Text: "annual"}, []string{"docs/Annual-Report.pdf"}},
		{"inside of a word", Query{Text: "nnua"}, []string{"docs/Annual-Report.pdf"}},
		{"across a sign", Query{Text: "l-re"}, []string{"docs/Annual-Report.pdf"}},
		{"across another sign", Query{Text: "l_re"}, []string{}},
		{"the parts of a word, not the word", Query{Text: "annulannua"}, []string{}},
		{"two letters at the beginning", Query{Text: "an"}, []string{"docs/Annual-Report.pdf"}},
		{"two letters inside", Query{Text: "nu"}, []string{}},
		{"one letter", Query{Text: "t"}, []string{"teaser.mp4", "docs/写真集.txt", "2026/IMG_1234.jpg"}},
		{"letters beside digits", Query{Text: "img_1234"}, []string{"2026/IMG_1234.jpg"}},
		{"other letters beside the digits", Query{Text: "dsc_1234"}, []string{}},
		{"all words", Query{Text: "docs 写真"}, []string{"docs/写真集.txt"}},
		{"a folder's name", Query{Text: "2026"}, []string{"2026/春の写真.png", "2026/IMG_1234.jpg"}},
		{"alt text", Query{Text: "blossoms"}, []string{"2026/IMG_1234.jpg"}},
		{"creator by a word", Query{Text: "花子"}, []string{"teaser.mp4"}},
		{"signs alone", Query{Text: "_"}, []string{"2026/IMG_1234.jpg"}},
		{"quotes are no syntax", Query{Text: `"img" OR *`}, []string{}},
		{"tag", Query{Tags: []string{"HERO"}}, []string{"2026/IMG_1234.jpg"}},
		{"part of a tag", Query{Tags: []string{"her"}}, []string{}},
		{"creator", Query{Creator: "taro"}, []string{"2026/IMG_1234.jpg"}},
		{"kind", Query{Kind: KindImage}, []string{"ﾊﾝｶｸ.jpg", "2026/春の写真.png", "2026/IMG_1234.jpg"}},
		{"without alt text", Query{MissingAlt: true}, []string{"ﾊﾝｶｸ.jpg", "2026/春の写真.png"}},
		{"folder", Query{Folder: "docs/"}, []string{"docs/写真集.txt", "docs/Annual-Report.pdf"}},
		{"since", Query{From: day.Add(5 * time.Minute)}, []string{"teaser.mp4", "ﾊﾝｶｸ.jpg"}},
		{"until", Query{Until: day.Add(2 * time.Minute)}, []string{"2026/IMG_1234.jpg"}},
		{"all together", Query{Text: "写真", Kind: KindImage, MissingAlt: true, From: day, Folder: "2026/"}, []string{"2026/春の写真.png"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := found(t, p, tt.q); !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRefreshTakesOverTheDifference(t *testing.T) {
	p := library(t)
	changed := object("2026/IMG_1234.jpg", 60)
	changed.ETag = "new"
	got := refreshed(t, p, changed, object("a-new.jpg", 7), object("docs/写真集.txt", 4), object("teaser.mp4", 6))
	if want := (Refreshed{Files: 4, Added: 1, Changed: 1, Gone: 3}); got != want {
		t.Errorf("found %+v, want %+v", got, want)
	}
	if got := found(t, p, Query{}); !slices.Equal(got, []string{"2026/IMG_1234.jpg", "a-new.jpg", "teaser.mp4", "docs/写真集.txt"}) {
		t.Errorf("left %q", got)
	}
	entries, err := p.Get(t.Context(), "2026/IMG_1234.jpg", "docs/Annual-Report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if e := entries["2026/IMG_1234.jpg"]; e.Alt != "Cherry blossoms in Ueno" || !slices.Equal(e.Tags, []string{"Hero", "campaign", "spring"}) || e.ETag != "new" {
		t.Errorf("after the change: %+v", e)
	}
	if _, kept := entries["docs/Annual-Report.pdf"]; kept {
		t.Error("a file that is gone and that nobody wrote about is still known")
	}
	if again := refreshed(t, p, changed, object("a-new.jpg", 7), object("docs/写真集.txt", 4), object("teaser.mp4", 6)); again != (Refreshed{Files: 4}) {
		t.Errorf("the same again: %+v", again)
	}
}

func TestWhatPeopleWroteOutlivesTheFile(t *testing.T) {
	p := library(t)
	if got := refreshed(t, p); got.Gone != 6 {
		t.Fatalf("gone: %+v", got)
	}
	if got := found(t, p, Query{Text: "blossoms"}); len(got) != 0 {
		t.Errorf("found %q", got)
	}
	refreshed(t, p, object("2026/IMG_1234.jpg", 90))
	if got := found(t, p, Query{Text: "blossoms", Tags: []string{"spring"}}); !slices.Equal(got, []string{"2026/IMG_1234.jpg"}) {
		t.Errorf("back again: %q", got)
	}
}

func TestRefreshNeedsOrder(t *testing.T) {
	p := openPlace(t, t.TempDir())
	_, err := p.Refresh(t.Context(), listing(object("b", 1), object("a", 2)))
	if !errors.Is(err, ErrOrder) {
		t.Errorf("got %v", err)
	}
}

func TestRefreshCutShort(t *testing.T) {
	p := library(t)
	broken := errors.New("connection reset")
	_, err := p.Refresh(t.Context(), func(yield func(Object) error) error {
		if err := yield(object("0.jpg", 1)); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if got := found(t, p, Query{}); len(got) != 6 {
		t.Errorf("a listing that broke off emptied the catalogue: %q", got)
	}
	if at, files, err := p.Refreshed(t.Context()); err != nil || at.IsZero() || files != 6 {
		t.Errorf("the whole one before is forgotten: %v %v", at, err)
	}
}

func TestMoved(t *testing.T) {
	p := library(t)
	if err := p.Moved(t.Context(), Move{From: "2026/IMG_1234.jpg", To: object("hero.jpg", 9)}); err != nil {
		t.Fatal(err)
	}
	if got := found(t, p, Query{Tags: []string{"spring"}}); !slices.Equal(got, []string{"hero.jpg"}) {
		t.Errorf("by its tag: %q", got)
	}
	if got := found(t, p, Query{Text: "IMG_1234"}); len(got) != 0 {
		t.Errorf("by its old name: %q", got)
	}
	if e, _ := p.Get(t.Context(), "2026/IMG_1234.jpg"); len(e) != 0 {
		t.Errorf("the old name is still known: %v", e)
	}
	// Onto a name that something is known of: that is the other file's.
	if err := p.Moved(t.Context(), Move{From: "hero.jpg", To: object("teaser.mp4", 9)}); err != nil {
		t.Fatal(err)
	}
	if e, _ := p.Get(t.Context(), "teaser.mp4"); e["teaser.mp4"].Creator != "Taro" {
		t.Errorf("taken over: %+v", e)
	}
}

func TestPlacesAreApart(t *testing.T) {
	p := library(t)
	other, err := p.c.Place(t.Context(), Key{Partition: "aws", Bucket: "alpha", Directory: "media/env-abc/"})
	if err != nil {
		t.Fatal(err)
	}
	refreshed(t, other, object("2026/IMG_1234.jpg", 1))
	if got := found(t, other, Query{}); !slices.Equal(got, []string{"2026/IMG_1234.jpg"}) {
		t.Errorf("the other place has %q", got)
	}
	if got := found(t, other, Query{Text: "blossoms"}); len(got) != 0 {
		t.Errorf("the other place's file has this one's alt text: %q", got)
	}
	refreshed(t, other)
	if got := found(t, p, Query{}); len(got) != 6 {
		t.Errorf("emptying the other place left %q", got)
	}
}

func TestManyInOneSecond(t *testing.T) {
	p := openPlace(t, t.TempDir())
	var all []Object
	for i := range 3000 {
		o := object(string(rune('a'+i/1000))+string(rune('a'+i/26%26))+string(rune('a'+i%26))+string(rune(0x4e00+i)), 0)
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b Object) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	if got := refreshed(t, p, all...); got.Added != 3000 {
		t.Fatalf("took in %+v", got)
	}
	n, err := p.Count(t.Context(), Query{From: day, Until: day.Add(time.Second)})
	if err != nil || n != (Total{Counted, true}) {
		t.Errorf("found %v, %v", n, err)
	}
}

// TestFullSecond fills the numbers of a second: the next ones go into the
// second before, and are found by their true time all the same.
func TestFullSecond(t *testing.T) {
	p := openPlace(t, t.TempDir())
	refreshed(t, p, object("a.jpg", 0))
	first := firstID(p.id, day)
	if err := p.c.exec(t.Context(), p.c.db, `UPDATE media SET id = ?`, first|(1<<numberBits-1)); err != nil {
		t.Fatal(err)
	}
	if err := p.Saw(t.Context(), object("b.jpg", 0), object("c.jpg", 0)); err != nil {
		t.Fatal(err)
	}
	if got := found(t, p, Query{From: day, Until: day.Add(time.Second)}); len(got) != 3 {
		t.Errorf("found %q", got)
	}
}

func TestSeveralProcesses(t *testing.T) {
	dir := t.TempDir()
	openPlace(t, dir)
	var wg sync.WaitGroup
	for i := range 4 {
		p := openPlace(t, dir) // a connection pool of its own, as a process has
		wg.Go(func() {
			for j := range 25 {
				if err := p.Saw(context.Background(), object(string(rune('a'+i))+"-"+string(rune('a'+j))+".jpg", j)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := found(t, openPlace(t, dir), Query{Kind: KindImage}); len(got) != 100 {
		t.Errorf("found %d of 100", len(got))
	}
}

func TestOpenLeavesOthersAlone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "catalogue.db")
	text := []byte("this is no database, and somebody may want it back\n")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := Open(t.Context(), file); err == nil {
		c.Close()
		t.Fatal("opened a text file")
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != string(text) {
		t.Errorf("the file is now %q, %v", got, err)
	}
}

func TestOpenNewer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalogue.db")
	c, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if c, err := Open(t.Context(), file); !errors.Is(err, ErrNewer) {
		t.Errorf("got %v, %v", c, err)
	}
}

func TestFileIsPrivate(t *testing.T) {
	dir := t.TempDir()
	openPlace(t, dir)
	for _, name := range []string{"catalogue.db", "catalogue.db-wal", "catalogue.db-shm"} {
		info, err := os.Stat(filepath.Join(dir, "deep", name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode().Perm())
		}
	}
	if info, _ := os.Stat(filepath.Join(dir, "deep")); info.Mode().Perm() != 0o700 {
		t.Errorf("the directory has mode %v", info.Mode().Perm())
	}
}
