package catalog

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkSearchMillion measures the first hundred hits among a million files,
// warm. -short takes fifty thousand.
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
	for _, text := range []string{"写真", "春", "img", "jpg", "spring", "img-0123", fmt.Sprintf("%07d", n-1), "写真-春", "真-春.jpg", "absent", "2026", "99", "i"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Search(b.Context(), Query{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// many is a listing of n files, their times not in the order of their names.
func many(n int) func(yield func(Object) error) error {
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return func(yield func(Object) error) error {
		for i := range n {
			name := fmt.Sprintf("2026/spring/img-%07d.jpg", i)
			if i%10 == 3 {
				name = fmt.Sprintf("2026/spring/img-%07d-写真-春.jpg", i)
			}
			o := Object{Path: name, Size: int64(i), Modified: begin.Add(time.Duration(i*7919%n) * time.Second), ETag: fmt.Sprint(i)}
			if err := yield(o); err != nil {
				return err
			}
		}
		return nil
	}
}
