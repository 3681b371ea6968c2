package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/racetest"
)

// A search finds what looking at every row finds, in the same order, and counts
// it right: by whatever way the database gets there.
func TestSearchIsAScan(t *testing.T) {
	p := openPlace(t, t.TempDir())
	lot := rand.New(rand.NewPCG(7, 19))
	files, searches := 3000, 200
	if racetest.Fewer(t) {
		files, searches = 600, 60
	}
	all := generated(t, p, lot, files)
	if !slices.IsSortedFunc(all, func(a, b scanned) int { return b.Modified.Compare(a.Modified) }) {
		t.Fatal("the files are not the newest first")
	}
	found := 0
	for i := range searches {
		q := generatedQuery(lot, all)
		if i < len(always) {
			q = always[i]
		}
		var want []string
		for _, e := range all {
			if e.matches(q) {
				want = append(want, e.Path)
			}
		}
		found += min(len(want), 1)
		var got []string
		if err := p.Each(t.Context(), q, func(e Entry) error { got = append(got, e.Path); return nil }); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%+v: %d files, want %d (%v)\ngot  %q\nwant %q", q, len(got), len(want), err, few(got), few(want))
		}
		h, err := p.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		first := want[:min(len(want), Shown)]
		if !slices.EqualFunc(h.Entries, first, func(e Entry, path string) bool { return e.Path == path }) || h.More != (len(want) > Shown) {
			t.Errorf("%+v: %d hits, more %v; want %d of %d", q, len(h.Entries), h.More, len(first), len(want))
		}
		if n, err := p.Count(t.Context(), q); err != nil || n != (Total{min(len(want), Counted), len(want) > Counted}) {
			t.Errorf("%+v: counted %v, want %d (%v)", q, n, len(want), err)
		}
	}
	if found < searches*13/20 {
		t.Errorf("only %d of the searches find anything", found)
	}
}

func few(paths []string) []string { return paths[:min(len(paths), 5)] }

// always are searches of which luck alone need not think.
var always = []Query{
	{}, {Text: "写真"}, {Text: "春"}, {Text: "jpg"}, {Text: "lib"}, {Text: "archive"}, {Text: "archive 写真"}, {Text: "写真-春"}, {Text: "春 写真 jpg"},
	{Text: "ﾊﾝｶｸ"}, {Text: "パン"}, {Text: "i"}, {Text: "im"}, {Text: "_"}, {Text: "img-01"}, {Text: "img-0123"}, {Text: "♥"}, {Text: "no such"},
	{Folder: "lib/"}, {Folder: "lib/", Text: "写真"}, {Folder: "docs/", Text: "写真"}, {Folder: "none/"}, {Folder: "li/"},
	{MissingAlt: true}, {MissingAlt: true, Text: "春"}, {Tags: []string{"hero"}}, {Tags: []string{"hero", "春"}, Kind: KindImage},
	{From: day.Add(1000 * time.Second), Until: day.Add(1200 * time.Second)}, {Until: day.Add(900 * time.Second), Text: "写真"},
}

// scanned is a file as a scan looks at it.
type scanned struct {
	Entry
	folded string
}

// matches is what a search is to find, said without the index.
func (e *scanned) matches(q Query) bool {
	for _, w := range strings.Fields(fold(q.Text)) {
		cut := runs(w)
		short := len(cut) == 1 && !dense(cut[0][0]) && len(cut[0]) < 3 // at the beginning of words only
		if short && !slices.ContainsFunc(runs(e.folded), func(run []rune) bool { return strings.HasPrefix(string(run), string(cut[0])) }) {
			return false
		}
		if !strings.Contains(e.folded, w) {
			return false
		}
	}
	for _, tag := range q.Tags {
		if !slices.ContainsFunc(e.Tags, func(have string) bool { return fold(have) == fold(tag) }) {
			return false
		}
	}
	return (q.Creator == "" || fold(q.Creator) == fold(e.Creator)) && (q.Kind == "" || q.Kind == Kind(e.Path)) &&
		(!q.MissingAlt || Kind(e.Path) == KindImage && e.Alt == "" && e.AltMark == "") && strings.HasPrefix(e.Path, q.Folder) &&
		(q.From.IsZero() || !e.Modified.Before(q.From)) && (q.Until.IsZero() || e.Modified.Before(q.Until))
}

var (
	pieces   = []string{"写真", "春", "春の写真", "img", "IMG_", "spring", "an", "a", "0123", "01", "9", "ﾊﾝｶｸ", "ﾊﾟﾝ", "ハンカク", "集", "東京タワー", "日々", "Été", "가나", "ー", "2026"}
	signs    = []string{"-", "_", " ", ".", "", "♥", "・"}
	endings  = []string{".jpg", ".jpg", ".jpg", ".png", ".pdf", ".MP4", ""}
	creators = []string{"", "", "Taro", "花子", "TARO"}
)

func some(lot *rand.Rand, of []string) string { return of[lot.IntN(len(of))] }

// generated takes in n files, and gives them back, the newest first. Each has a
// second of its own; those of one folder are the oldest.
func generated(t *testing.T, p *Place, lot *rand.Rand, n int) []scanned {
	t.Helper()
	byPath := map[string]Object{}
	ages := lot.Perm(n)
	for i := range n {
		folder := some(lot, []string{"lib/", "lib/", "lib/2026/", "docs/", ""})
		if ages[i] < n/10 {
			folder = "archive/"
		}
		name := fmt.Sprintf("img-%04d", lot.IntN(n))
		for range lot.IntN(4) {
			name += some(lot, signs) + some(lot, pieces)
		}
		o := Object{Path: folder + name + some(lot, endings), Size: int64(i), ETag: fmt.Sprint(i), Modified: day.Add(time.Duration(ages[i]) * time.Second)}
		byPath[o.Path] = o
	}
	var objects []Object
	for _, o := range byPath {
		objects = append(objects, o)
	}
	slices.SortFunc(objects, func(a, b Object) int { return cmp.Compare(a.Path, b.Path) })
	refreshed(t, p, objects...)
	var wanted []Wanted
	for i, o := range objects {
		if i%7 == 0 {
			wanted = append(wanted, Wanted{o.Path, Edit{Alt: ptr(some(lot, pieces) + some(lot, signs) + some(lot, pieces)),
				Tags: ptr([]string{some(lot, []string{"hero", "春", "an"}), some(lot, pieces)}), Creator: ptr(some(lot, creators))}})
		}
	}
	if err := p.EditAll(t.Context(), wanted, false, func(Wanted, Outcome) {}); err != nil {
		t.Fatal(err)
	}
	var all []scanned
	if err := p.Present(t.Context(), func(e Entry) error { all = append(all, scanned{e, e.text()}); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b scanned) int { return b.Modified.Compare(a.Modified) })
	return all
}

// generatedQuery looks for parts of what is there, or of what is not.
func generatedQuery(lot *rand.Rand, all []scanned) Query {
	var q Query
	e := all[lot.IntN(len(all))]
	for range lot.IntN(3) {
		from := []rune(e.folded)
		if lot.IntN(4) == 0 {
			from = []rune(some(lot, pieces) + some(lot, signs) + some(lot, pieces))
		}
		begin := lot.IntN(len(from))
		q.Text += " " + string(from[begin:min(begin+1+lot.IntN(7), len(from))])
	}
	switch lot.IntN(10) {
	case 0:
		q.Tags = e.Tags
	case 1:
		q.Kind = Kind(e.Path)
	case 2:
		q.MissingAlt = true
	case 3:
		q.Folder = e.Path[:strings.LastIndex(e.Path, "/")+1]
	case 4:
		q.From = e.Modified
	case 5:
		q.From, q.Until = e.Modified.Add(-5*time.Minute), e.Modified.Add(time.Millisecond)
	case 6:
		q.Creator = some(lot, creators)
	}
	return q
}

func TestCountAtItsLimits(t *testing.T) {
	p := openPlace(t, t.TempDir())
	n := 0
	for _, upTo := range []int{99, 100, 101, 999, 1000, 1001} {
		var more []Object
		for ; n < upTo; n++ {
			more = append(more, object(fmt.Sprintf("docs/写真-%04d.jpg", n), n))
		}
		if err := p.Saw(t.Context(), more...); err != nil {
			t.Fatal(err)
		}
		for _, q := range []Query{{Text: "写真"}, {Text: "写真-"}, {}, {Folder: "docs/"}, {From: day}, {Kind: KindImage, MissingAlt: true}} {
			h, err := p.Search(t.Context(), q)
			if err != nil || len(h.Entries) != min(n, Shown) || h.More != (n > Shown) {
				t.Errorf("%d files: %+v: %d hits, more %v (%v)", n, q, len(h.Entries), h.More, err)
			}
			if got, err := p.Count(t.Context(), q); err != nil || got != (Total{min(n, Counted), n > Counted}) {
				t.Errorf("%d files: %+v: counted %v (%v)", n, q, got, err)
			}
		}
	}
}

func TestSearchIsCancelled(t *testing.T) {
	p := openPlace(t, t.TempDir())
	if _, err := p.Refresh(t.Context(), many(3000)); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	n := 0
	err := p.Each(stopped, Query{Text: "jpg"}, func(Entry) error {
		if n++; n == 150 {
			stop()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n >= 3000 {
		t.Errorf("%d files after the end: %v", n, err)
	}
	for _, q := range []Query{{Text: "jpg"}, {Text: "写真-春"}, {Folder: "2026/spring/"}} {
		if got, err := p.Count(stopped, q); !errors.Is(err, context.Canceled) {
			t.Errorf("%+v: counted %v, %v", q, got, err)
		}
	}
	// Nothing of it holds the next one up.
	if got, err := p.Count(t.Context(), Query{Text: "写真-春"}); err != nil || got.Files != 300 {
		t.Errorf("counted %v, %v", got, err)
	}
}

// While the list is read again, searches find every file that was there before
// and after it, once, the newest first.
func TestSearchWhileRefreshed(t *testing.T) {
	p := openPlace(t, t.TempDir())
	const n = 6000 // two transactions
	if _, err := p.Refresh(t.Context(), many(n)); err != nil {
		t.Fatal(err)
	}
	seen := 0
	_, err := p.Refresh(t.Context(), func(yield func(Object) error) error {
		i := 0
		return many(n)(func(o Object) error {
			if i++; i%1900 == 0 {
				seen++
				h, err := p.Search(t.Context(), Query{Text: "写真"})
				if err != nil || len(h.Entries) != Shown || !h.More {
					t.Errorf("found %d, %v", len(h.Entries), err)
				}
				if !slices.IsSortedFunc(h.Entries, func(a, b Entry) int { return b.Modified.Compare(a.Modified) }) {
					t.Error("not the newest first")
				}
				if got, err := p.Count(t.Context(), Query{Text: "写真"}); err != nil || got != (Total{Files: n / 10}) {
					t.Errorf("counted %v, %v", got, err)
				}
				if got, err := p.Count(t.Context(), Query{Text: "-写真-春", Folder: "2025/winter/"}); err != nil || got != (Total{Files: n / 100}) {
					t.Errorf("counted %v, %v", got, err)
				}
			}
			o.ETag += "-new" // every row is written
			o.Modified = o.Modified.Add(time.Hour)
			return yield(o)
		})
	})
	if err != nil || seen == 0 {
		t.Fatal(seen, err)
	}
}
