package audit

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

var day = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// bucket is a bucket in memory.
type bucket map[string]stored

type stored struct {
	media.Item
	head []byte
	err  error
}

func (b bucket) Walk(_ context.Context, _ string, yield func(media.Item) error) error {
	for _, path := range slices.Sorted(maps.Keys(b)) {
		if err := yield(media.Item{Path: path, Size: b[path].Size, ETag: b[path].ETag, Modified: b[path].Modified}); err != nil {
			return err
		}
	}
	return nil
}

func (b bucket) Peek(_ context.Context, it media.Item, _ int64) (media.Item, []byte, error) {
	s := b[it.Path]
	return s.Item, s.head, s.err
}

// put stores a file as the CMS does, n hours after day began.
func (b bucket) put(path, etag string, n int) {
	b[path] = stored{Item: media.Item{Path: path, Size: 9, ETag: etag, Modified: day.Add(time.Duration(n) * time.Hour), ContentType: media.ContentType(path, nil),
		Metadata: map[string]string{media.MetaSource: "microcms", media.MetaService: "SERVICE#cms"}}}
}

func (b bucket) change(path string, f func(*stored)) {
	s := b[path]
	f(&s)
	b[path] = s
}

func place(t *testing.T) *catalog.Place {
	t.Helper()
	c, err := catalog.Open(t.Context(), filepath.Join(t.TempDir(), "catalogue.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	p, err := c.Place(t.Context(), catalog.Key{Partition: "aws", Bucket: "alpha", Directory: "media/"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func audited(t *testing.T, b bucket, p *catalog.Place, o Options) ([]string, []Finding, Summary) {
	t.Helper()
	var lines []string
	var all []Finding
	sum, err := Run(t.Context(), b, p, o, func(f Finding) error {
		all = append(all, f)
		lines = append(lines, string(f.Kind)+" "+f.Path+f.Service+f.Directory+f.Wanted+" "+f.To)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, all, sum
}

func write(t *testing.T, p *catalog.Place, path string) {
	t.Helper()
	alt := "of " + path
	if _, err := p.Edit(t.Context(), path, catalog.Edit{Alt: &alt}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatHappenedOutside(t *testing.T) {
	b, p := bucket{}, place(t)
	for i, path := range []string{"changed.jpg", "gone.jpg", "renamed.jpg", "same.jpg", "several.jpg", "unwritten.jpg"} {
		b.put(path, fmt.Sprint(i), 0)
	}
	b.put("twin.jpg", "2", 0) // always had the content of renamed.jpg
	if got, _, sum := audited(t, b, p, Options{}); len(got) != 0 || sum.Files != 7 || sum.Bytes != 63 {
		t.Fatalf("of a new catalogue: %q, %+v", got, sum)
	}
	for _, path := range []string{"changed.jpg", "gone.jpg", "renamed.jpg", "same.jpg", "several.jpg"} {
		write(t, p, path)
	}
	b.put("changed.jpg", "other", 1)
	for _, path := range []string{"gone.jpg", "renamed.jpg", "several.jpg", "unwritten.jpg"} {
		delete(b, path)
	}
	b.put("new/name.jpg", "2", 1)
	b.put("a/copy.jpg", "4", 1)
	b.put("b/copy.jpg", "4", 1)
	b.put("x/ENV-abcdefgh23456777/y.jpg", "9", 1)
	want := []string{"environment x/ENV-abcdefgh23456777/y.jpgENV-abcdefgh23456777 ", "missing gone.jpg ", "moved renamed.jpg new/name.jpg", "missing several.jpg ", "changed changed.jpg "}
	got, all, sum := audited(t, b, p, Options{})
	if !slices.Equal(got, want) || sum.Total() != 5 {
		t.Fatalf("found %q, want %q", got, want)
	}
	if again, _, _ := audited(t, b, p, Options{}); !slices.Equal(again, want) {
		t.Errorf("the second time: %q", again)
	}
	for _, f := range all {
		done, err := Repair(t.Context(), p, f)
		if err != nil || done != f.Mendable() {
			t.Errorf("%+v: %v, %v", f, done, err)
		}
	}
	if got, _, _ := audited(t, b, p, Options{}); !slices.Equal(got, []string{want[0], want[1], want[3]}) {
		t.Errorf("after the repair: %q", got)
	}
	e, err := p.Get(t.Context(), "new/name.jpg", "gone.jpg")
	if err != nil || e["new/name.jpg"].Alt != "of renamed.jpg" || e["gone.jpg"].Alt != "of gone.jpg" {
		t.Errorf("%+v, %v", e, err)
	}
	// The name decides among files of one content.
	b.put("c/several.jpg", "4", 2)
	if got, _, _ := audited(t, b, p, Options{}); !slices.Contains(got, "moved several.jpg c/several.jpg") {
		t.Errorf("by the name: %q", got)
	}
}

func TestDeep(t *testing.T) {
	b, p := bucket{}, place(t)
	for i := range 60 {
		b.put(fmt.Sprintf("%02d.jpg", i), fmt.Sprint(i), 0)
	}
	b.change("01.jpg", func(s *stored) { s.ContentType = "binary/octet-stream" })
	b.change("02.jpg", func(s *stored) { s.ContentType = "image/jpg" })
	b.change("03.jpg", func(s *stored) { s.head = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR") })
	b.change("04.jpg", func(s *stored) { s.Metadata = nil })
	b.change("05.jpg", func(s *stored) {
		s.Metadata = map[string]string{media.MetaSource: "microcms", media.MetaService: "SERVICE#other"}
	})
	b.change("06.jpg", func(s *stored) {
		s.Metadata = map[string]string{media.MetaSource: "microcms", media.MetaService: "SERVICE#ours"}
	})
	b.change("07.jpg", func(s *stored) { s.err = &media.Error{Code: media.CodeDenied} })
	b.change("08.jpg", func(s *stored) { s.err = &media.Error{Code: media.CodeNotFound} })
	want := []string{"type 01.jpgimage/jpeg ", "type 03.jpgimage/png ", "foreign 04.jpg ", "environment 05.jpgSERVICE#other "}
	got, _, sum := audited(t, b, p, Options{Deep: true, Stamped: true, Service: "SERVICE#ours", Parallel: 3})
	if !slices.Equal(got, want) || sum.Read != 58 || sum.Unread != 1 || sum.Why == nil {
		t.Errorf("found %q, want %q; %+v", got, want, sum)
	}
	if got, _, _ := audited(t, b, p, Options{Deep: true}); !slices.Equal(got, want[:2]) {
		t.Errorf("where nobody stamps: %q", got)
	}
	b.change("20.jpg", func(s *stored) { s.err = &media.Error{Code: media.CodeSession} })
	if _, err := Run(t.Context(), b, p, Options{Deep: true}, func(Finding) error { return nil }); err == nil {
		t.Error("a session that ended is no end")
	}
	stop := errors.New("stop")
	if _, err := Run(t.Context(), b, p, Options{Deep: true}, func(Finding) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
}

func TestWrongType(t *testing.T) {
	for _, c := range []struct {
		path, stored string
		wrong        bool
	}{
		{"a.jpg", "image/jpeg", false}, {"a.jpg", "image/jpg", false}, {"a.JPG", "IMAGE/JPEG", false}, {"a.jpg", "", true}, {"a.jpg", "image/png", true},
		{"a.svg", "text/plain", true}, {"a.css", "text/css; charset=utf-8", false}, {"a.txt", "text/markdown", false}, {"a.txt", "text/html", true},
		{"a.bin", "application/octet-stream", false}, {"noext", "application/octet-stream", false}, {"noext", "image/webp", false},
		{"a.mp4", "application/mp4", true}, {"a.zip", "application/x-zip-compressed", false}, {"a.pdf", "application/octet-stream", true},
	} {
		if _, wrong := wrongType(c.path, c.stored, nil); wrong != c.wrong {
			t.Errorf("%s as %q: %v", c.path, c.stored, wrong)
		}
	}
}
