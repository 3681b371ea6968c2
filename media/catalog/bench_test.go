package catalog

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// BenchmarkSearchMillion measures the first hundred hits among a million files,
// warm, and how many there are. -short takes fifty thousand.
func BenchmarkSearchMillion(b *testing.B) { searchMillion(b) }

// BenchmarkSearchMillionOnAServer is the same on PostgreSQL.
func BenchmarkSearchMillionOnAServer(b *testing.B) {
	server = aServer(b)
	defer func() { server = "" }()
	searchMillion(b)
}

func searchMillion(b *testing.B) {
	p := openPlace(b, b.TempDir())
	n := 1_000_000
	if testing.Short() {
		n = 50_000
	}
	begin := time.Now()
	if _, err := p.Refresh(b.Context(), many(n)); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d files taken in in %v", n, time.Since(begin).Round(time.Millisecond))
	begin = time.Now()
	if _, err := p.Refresh(b.Context(), many(n)); err != nil {
		b.Fatal(err)
	}
	b.Logf("compared again, unchanged, in %v", time.Since(begin).Round(time.Millisecond))
	describeMany(b, p, n)
	for _, q := range searches(n) {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Search(b.Context(), q.Query); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count/"+q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Count(b.Context(), q.Query); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type search struct {
	name string
	Query
}

// searches are what is looked for among many(n).
func searches(n int) []search {
	var all []search
	for _, text := range []string{"写真", "春", "写真 春", "春 spring", "写真-春", "真-春.jpg", "img", "jpg", "spring", "i", "2025", "2025 写真",
		"99", "img-0123", fmt.Sprintf("%07d", n-1), "autumn", "absent", "ueno", "♥"} {
		all = append(all, search{strings.ReplaceAll(text, " ", "+"), Query{Text: text}})
	}
	at := func(i int) time.Time { return manyBegin.Add(time.Duration(i) * time.Second) }
	return append(all,
		search{"tag", Query{Tags: []string{"hero"}}},
		search{"tag+写真", Query{Tags: []string{"hero"}, Text: "写真"}},
		search{"missing-alt", Query{MissingAlt: true}},
		search{"missing-alt+写真", Query{MissingAlt: true, Text: "写真"}},
		search{"folder", Query{Folder: "2026/autumn/"}},
		search{"folder+写真", Query{Folder: "2026/autumn/", Text: "写真"}},
		search{"large-folder+写真", Query{Folder: "2025/winter/", Text: "写真"}},
		search{"days+写真", Query{From: at(n / 2), Until: at(n/2 + n/6), Text: "写真"}},
		search{"hour+写真", Query{From: at(n / 2), Until: at(n/2 + 3600), Text: "写真"}},
	)
}

var manyBegin = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// many is a listing of n files, their times not in the order of their names.
// The oldest tenth lies in one folder, a thousandth in another one; every tenth
// is called 写真-春.
func many(n int) func(yield func(Object) error) error {
	age := func(i int) int { return i * 7919 % n }
	folder := func(i int) string {
		switch {
		case age(i) < n/10:
			return "2025/winter"
		case i%1000 < 10 && i%10 == 3:
			return "2026/autumn"
		}
		return "2026/spring"
	}
	return func(yield func(Object) error) error {
		for _, in := range []string{"2025/winter", "2026/autumn", "2026/spring"} {
			for i := range n {
				if folder(i) != in {
					continue
				}
				name := fmt.Sprintf("%s/img-%07d.jpg", in, i)
				if i%10 == 3 {
					name = fmt.Sprintf("%s/img-%07d-写真-春.jpg", in, i)
				}
				o := Object{Path: name, Size: int64(i), Modified: manyBegin.Add(time.Duration(age(i)) * time.Second), ETag: fmt.Sprint(i)}
				if err := yield(o); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// describeMany writes about a hundredth of many(n).
func describeMany(b testing.TB, p *Place, n int) {
	b.Helper()
	var wanted []Wanted
	err := many(n)(func(o Object) error {
		if o.Size%100 == 13 {
			wanted = append(wanted, Wanted{o.Path, Edit{Alt: ptr("Cherry trees in Ueno"), Tags: ptr([]string{"hero"})}})
		}
		return nil
	})
	if err == nil {
		err = p.EditAll(b.Context(), wanted, false, func(Wanted, Outcome) {})
	}
	if err != nil {
		b.Fatal(err)
	}
}
