package media_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// crowd is a bucket with 100,000 objects in one folder.
func crowd(b *testing.B) *media.Library {
	e := mediatest.Sandbox(b, func(a *account.Account) {
		a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Prefix: "media/crowd/", Count: 100_000, Size: 20_480, Name: "img-{n}.jpg"})
	})
	client, err := e.Source.S3(e.Place)
	if err != nil {
		b.Fatal(err)
	}
	space := e.Room(b, media.Options{}).Space
	space.Prefix = "media/crowd"
	return media.New(client, nil, space, media.Options{})
}

func BenchmarkPage(b *testing.B) {
	l := crowd(b)
	b.ReportAllocs()
	for b.Loop() {
		page, err := l.Page(b.Context(), "", "")
		if err != nil || len(page.Items) != 1000 {
			b.Fatal(len(page.Items), err)
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	l := crowd(b)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if err := l.Walk(b.Context(), "", func(media.Item) error { n++; return nil }); err != nil || n != 100_000 {
			b.Fatal(n, err)
		}
	}
}

// smallFiles writes 500 files of 20 KiB.
func smallFiles(b *testing.B) string {
	dir := b.TempDir()
	content := make([]byte, 20<<10)
	for i := range 500 {
		copy(content, fmt.Sprint(i))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.jpg", i)), content, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

func BenchmarkPutMany(b *testing.B) {
	dir := smallFiles(b)
	r := mediatest.Sandbox(b).Room(b, media.Options{})
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		plan, err := r.PlanPut(b.Context(), []string{dir + "/"}, media.PutOptions{To: fmt.Sprint(n)})
		if err != nil {
			b.Fatal(err)
		}
		if sum := r.Put(b.Context(), plan, nil); sum.Done != 500 {
			b.Fatalf("%+v", sum)
		}
	}
}

func BenchmarkPutLarge(b *testing.B) {
	file := filepath.Join(b.TempDir(), "film.mp4")
	if err := os.WriteFile(file, make([]byte, 64<<20), 0o644); err != nil {
		b.Fatal(err)
	}
	r := mediatest.Sandbox(b).Room(b, media.Options{})
	b.SetBytes(64 << 20)
	b.ReportAllocs()
	for b.Loop() {
		plan, err := r.PlanPut(b.Context(), []string{file}, media.PutOptions{IfExists: media.Replace})
		if err != nil {
			b.Fatal(err)
		}
		if sum := r.Put(b.Context(), plan, nil); sum.Done != 1 {
			b.Fatalf("%+v", sum)
		}
	}
}

func BenchmarkMoveFolder(b *testing.B) {
	dir := smallFiles(b)
	r := mediatest.Sandbox(b).Room(b, media.Options{})
	plan, err := r.PlanPut(b.Context(), []string{dir + "/"}, media.PutOptions{To: "0"})
	if err != nil {
		b.Fatal(err)
	}
	r.Put(b.Context(), plan, nil)
	for n := 0; b.Loop(); n++ {
		plan, err := r.PlanMove(b.Context(), fmt.Sprint(n), fmt.Sprint(n+1))
		if err != nil {
			b.Fatal(err)
		}
		if sum := r.Move(b.Context(), plan, nil); sum.Done != 500 {
			b.Fatalf("%+v", sum)
		}
	}
}
