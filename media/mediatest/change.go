package mediatest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
)

func testRemove(t *testing.T, e Endpoint) {
	t.Run("files", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany(strange)
		rec := remove(t, r.Library, strange[1:], false)
		for _, p := range strange[1:] {
			wantEnd(t, rec, p, "done")
		}
		wantPaths(t, "keys", r.Keys(), strange[:1])
	})

	t.Run("problems", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"a.txt", "f/b.txt", ".mediadock/p.txt", "env-aaaabbbbccccdddd/x.txt"})
		rec := remove(t, r.Library, []string{"a.txt", "a.txt", "missing.txt", "f", ".mediadock", "env-aaaabbbbccccdddd/x.txt"}, false)
		for path, want := range map[string]string{
			"a.txt": "done", "missing.txt": "failed:not-found", "f": "refused:is-folder",
			".mediadock": "refused:reserved", "env-aaaabbbbccccdddd/x.txt": "refused:reserved",
		} {
			wantEnd(t, rec, path, want)
		}
		if rec.summary.Done != 1 {
			t.Errorf("a path that was named twice counts %d", rec.summary.Done)
		}
	})

	t.Run("folders", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		var paths []string
		for i := range 1005 {
			paths = append(paths, fmt.Sprintf("big/%04d", i))
		}
		r.LayMany(append(paths, "bigger.txt", ".mediadock/p.txt", "env-aaaabbbbccccdddd/x.txt"))
		r.Lay("big/", "")
		plan, err := r.PlanRemove(t.Context(), []string{"big"}, true)
		if err != nil || len(plan.Items) != 1005 || plan.Bytes != 1005*8 {
			t.Fatalf("plan of %d items, %d bytes, %v", len(plan.Items), plan.Bytes, err)
		}
		var rec recorder
		sum := r.Remove(t.Context(), plan, rec.emit)
		if sum.Done != 1005 || len(rec.items) != 1005 {
			t.Errorf("summary %+v, %d items", sum, len(rec.items))
		}
		wantPaths(t, "keys", r.Keys(), []string{"bigger.txt", ".mediadock/p.txt", "env-aaaabbbbccccdddd/x.txt"})

		for path, want := range map[string]string{
			"": "path-empty", ".": "whole-library", "./": "whole-library", "/": "whole-library", "//": "whole-library",
			"./.": "whole-library", "/.": "whole-library", ".//": "whole-library", "/./": "whole-library",
		} {
			rec = *remove(t, r.Library, []string{path}, true)
			wantEnd(t, &rec, path, "refused:"+want)
			if _, err := r.PlanMove(t.Context(), path, "elsewhere/"); code(err) != want || !errors.Is(err, media.ErrRefused) {
				t.Errorf("move %q: %v, want %s", path, err, want)
			}
		}
		wantPaths(t, "keys", r.Keys(), []string{"bigger.txt", ".mediadock/p.txt", "env-aaaabbbbccccdddd/x.txt"})
	})
}

func remove(t testing.TB, l *media.Library, paths []string, recursive bool) *recorder {
	t.Helper()
	plan, err := l.PlanRemove(t.Context(), paths, recursive)
	if err != nil {
		t.Fatalf("plan rm %q: %v", paths, err)
	}
	var r recorder
	l.Remove(t.Context(), plan, r.emit)
	return &r
}

func testMove(t *testing.T, e Endpoint) {
	t.Run("carries everything", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		stamp := map[string]string{"upload-source": "microcms", "microcms-version": "20250812154922", "own": "kept"}
		r.Lay("old name.pdf", "%PDF-1.7", func(in *s3.PutObjectInput) {
			in.ContentType = aws.String("application/pdf")
			in.ContentDisposition = aws.String(`attachment; filename="x.pdf"`)
			in.CacheControl = aws.String("max-age=60")
			in.Metadata = stamp
		})
		rec := move(t, r.Library, "old name.pdf", "新しい/名前+1.pdf")
		wantEnd(t, rec, "old name.pdf", "done")
		wantPaths(t, "keys", r.Keys(), []string{"新しい/名前+1.pdf"})
		content, head, _ := r.Read("新しい/名前+1.pdf")
		if content != "%PDF-1.7" || deref(head.ContentType) != "application/pdf" || deref(head.CacheControl) != "max-age=60" ||
			deref(head.ContentDisposition) != `attachment; filename="x.pdf"` || !maps.Equal(head.Metadata, stamp) {
			t.Errorf("moved to %q %+v", content, head)
		}
	})

	t.Run("names", func(t *testing.T) {
		for _, c := range [][3]string{
			{"photo.JPG", "photo.jpg", "photo.jpg"},
			{"カ\u3099.png", "ガ.png", "ガ.png"},
			{"a.txt", "docs/", "docs/a.txt"},
			{"docs/a.txt", "/", "a.txt"},
			{"percent%41.txt", "b?c#d.txt", "b?c#d.txt"},
		} {
			r := e.Room(t, media.Options{})
			r.Lay(c[0], "content")
			wantEnd(t, move(t, r.Library, c[0], c[1]), c[0], "done")
			if c[0] != c[2] {
				wantPaths(t, "keys", r.Keys(), []string{c[2]})
			}
		}
	})

	t.Run("refused", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"a.txt", "b.txt", "f/x.txt", "g/y.txt"})
		for _, c := range [][3]string{
			{"a.txt", "b.txt", media.CodeExists},
			{"a.txt", "a.txt", media.CodeSameName},
			{"a.txt", "f", media.CodeTargetFolder},
			{"f/x.txt", "b.txt/", media.CodeTargetFile},
			{"f/x.txt", "b.txt/new.txt", media.CodeTargetFile},
			{"f/", "b.txt", media.CodeTargetFile},
			{"f", "b.txt/", media.CodeTargetFile},
			{"f", "g", media.CodeTargetFolder},
			{"f", "f/sub", media.CodeIntoItself},
			{"f/", "f/", media.CodeIntoItself},
			{"missing.txt", "c.txt", media.CodeNotFound},
			{"a.txt", "../up.txt", media.CodeNameDotPart},
			{"a.txt", "x//y.txt", media.CodeNameEmptyPart},
			{"a.txt", ".mediadock/a.txt", media.CodeNameReserved},
			{".mediadock/p.txt", "p.txt", media.CodeReserved},
		} {
			if _, err := r.PlanMove(t.Context(), c[0], c[1]); code(err) != c[2] {
				t.Errorf("move %q to %q: %v, want %s", c[0], c[1], err, c[2])
			}
		}
		fixed := e.Room(t, media.Options{FixFileNames: true})
		fixed.Lay("a.txt", "a")
		if _, err := fixed.PlanMove(t.Context(), "a.txt", "b.txt"); code(err) != media.CodeNameFixed || !errors.Is(err, media.ErrRefused) {
			t.Errorf("a rename of a fixed name: %v", err)
		}
	})

	t.Run("taken meanwhile", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("a.txt", "mine")
		plan, err := r.PlanMove(t.Context(), "a.txt", "b.txt")
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("b.txt", "theirs")
		if !r.copiesConditionally(t) {
			t.Skip("this server ignores If-None-Match on CopyObject")
		}
		var rec recorder
		r.Move(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "a.txt", "refused:exists")
		if content, _, _ := r.Read("b.txt"); content != "theirs" {
			t.Errorf("overwritten with %q", content)
		}
	})

	t.Run("changed meanwhile", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("a.txt", "mine")
		plan, err := r.PlanMove(t.Context(), "a.txt", "b.txt")
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("a.txt", "theirs")
		var rec recorder
		r.Move(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "a.txt", "failed:changed")
		wantPaths(t, "keys", r.Keys(), []string{"a.txt"})
	})
}

// copiesConditionally asks the server whether a copy onto a taken name is
// refused.
func (r *Room) copiesConditionally(t testing.TB) bool {
	r.Lay("condition/from", "x")
	r.Lay("condition/to", "x")
	_, err := r.Owner.CopyObject(t.Context(), &s3.CopyObjectInput{
		Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key("condition/to")),
		CopySource: aws.String(r.Place.Bucket + "/" + r.Space.Key("condition/from")), IfNoneMatch: aws.String("*"),
	})
	return err != nil
}

func move(t testing.TB, l *media.Library, from, to string) *recorder {
	t.Helper()
	plan, err := l.PlanMove(t.Context(), from, to)
	if err != nil {
		t.Fatalf("plan mv %q %q: %v", from, to, err)
	}
	var r recorder
	l.Move(t.Context(), plan, r.emit)
	return &r
}

func testMoveFolder(t *testing.T, e Endpoint) {
	t.Run("whole", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		paths, want := []string{}, []string{}
		for i := range 120 {
			paths = append(paths, fmt.Sprintf("old/sub %d/ファイル+%d.txt", i%3, i))
			want = append(want, fmt.Sprintf("new/sub %d/ファイル+%d.txt", i%3, i))
		}
		r.LayMany(append(paths, "older.txt"))
		r.Lay("old/", "")
		rec := move(t, r.Library, "old", "new")
		if rec.summary.Done != 120 {
			t.Errorf("summary %+v", *rec.summary)
		}
		wantPaths(t, "keys", r.Keys(), append(want, "new/", "older.txt"))
		if content, _, _ := r.Read("new/sub 1/ファイル+1.txt"); content != "old/sub 1/ファイル+1.txt" {
			t.Errorf("content %q", content)
		}
	})

	t.Run("cancelled", func(t *testing.T) {
		r := e.Room(t, media.Options{Parallel: 2})
		var paths []string
		for i := range 60 {
			paths = append(paths, fmt.Sprintf("old/%02d.txt", i))
		}
		r.LayMany(paths)
		plan, err := r.PlanMove(t.Context(), "old", "new")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		sum := r.Move(ctx, plan, func(e media.Event) {
			if e.Type == media.EventItem {
				cancel()
			}
		})
		moved := 0
		for _, key := range r.Keys() {
			if strings.HasPrefix(key, "new/") {
				moved++
			}
		}
		if n := len(r.Keys()); n != 60 || moved != sum.Done || sum.Done == 60 || sum.Done+sum.Failed+sum.NotStarted != 60 {
			t.Errorf("%d keys, %d of them new, %+v", n, moved, sum)
		}
	})

	t.Run("into another", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"f/a.txt", "f/b.txt", "g/f/a.txt"})
		rec := move(t, r.Library, "f", "g/")
		wantEnd(t, rec, "f/a.txt", "refused:exists")
		wantEnd(t, rec, "f/b.txt", "done")
		wantPaths(t, "keys", r.Keys(), []string{"f/a.txt", "g/f/a.txt", "g/f/b.txt"})
		if content, _, _ := r.Read("g/f/a.txt"); content != "g/f/a.txt" {
			t.Errorf("overwritten with %q", content)
		}
	})
}

func testReplace(t *testing.T, e Endpoint) {
	dir := t.TempDir()
	same := file(t, dir, "photo.jpg", "new")
	other := file(t, dir, "summer.png", "\x89PNG\r\n\x1a\n new")

	t.Run("same name", func(t *testing.T) {
		for _, fixed := range []bool{false, true} {
			r := e.Room(t, media.Options{FixFileNames: fixed})
			r.Lay("docs/photo.jpg", "old", func(in *s3.PutObjectInput) { in.CacheControl = aws.String("max-age=60") })
			wantEnd(t, replace(t, r.Library, "docs/photo.jpg", same), "docs/photo.jpg", "done")
			content, head, _ := r.Read("docs/photo.jpg")
			if content != "new" || deref(head.CacheControl) != "max-age=60" || head.Metadata["upload-source"] != "microcms" {
				t.Errorf("holds %q, %q, %v", content, deref(head.CacheControl), head.Metadata)
			}
			wantPaths(t, "keys", r.Keys(), []string{"docs/photo.jpg"})
		}
	})

	t.Run("other name", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("docs/photo.jpg", "old")
		rec := replace(t, r.Library, "docs/photo.jpg", other)
		wantEnd(t, rec, "docs/photo.jpg", "done")
		if to := rec.items[0].To; to != "docs/summer.png" {
			t.Errorf("went to %q", to)
		}
		wantPaths(t, "keys", r.Keys(), []string{"docs/summer.png"})
		if _, head, _ := r.Read("docs/summer.png"); deref(head.ContentType) != "image/png" {
			t.Errorf("content type %q", deref(head.ContentType))
		}
	})

	t.Run("refused", func(t *testing.T) {
		fixed := e.Room(t, media.Options{FixFileNames: true})
		fixed.LayMany([]string{"photo.jpg"})
		for _, f := range []string{other, file(t, dir, "case/PHOTO.JPG", "new")} {
			if _, err := fixed.PlanReplace(t.Context(), "photo.jpg", f); code(err) != media.CodeNameFixed {
				t.Errorf("%s under fixed names: %v", f, err)
			}
		}
		free := e.Room(t, media.Options{})
		free.LayMany([]string{"photo.jpg", "summer.png"})
		if _, err := free.PlanReplace(t.Context(), "photo.jpg", other); code(err) != media.CodeReplaceExists {
			t.Errorf("onto another object: %v", err)
		}
		if _, err := free.PlanReplace(t.Context(), "missing.jpg", same); code(err) != media.CodeNotFound {
			t.Errorf("of nothing: %v", err)
		}
	})

	t.Run("decomposed key", func(t *testing.T) {
		r := e.Room(t, media.Options{FixFileNames: true})
		r.Lay("カ\u3099.txt", "old")
		wantEnd(t, replace(t, r.Library, "カ\u3099.txt", file(t, dir, "ガ.txt", "new")), "カ\u3099.txt", "done")
		wantPaths(t, "keys", r.Keys(), []string{"カ\u3099.txt"}) // the URL stays
	})

	t.Run("changed meanwhile", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("photo.jpg", "old")
		plan, err := r.PlanReplace(t.Context(), "photo.jpg", same)
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("photo.jpg", "theirs")
		var rec recorder
		r.Replace(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "photo.jpg", "failed:changed")
		if content, _, _ := r.Read("photo.jpg"); content != "theirs" {
			t.Errorf("overwritten with %q", content)
		}
	})
}

func replace(t testing.TB, l *media.Library, path, file string) *recorder {
	t.Helper()
	plan, err := l.PlanReplace(t.Context(), path, file)
	if err != nil {
		t.Fatalf("plan replace %q by %q: %v", path, file, err)
	}
	var r recorder
	l.Replace(t.Context(), plan, r.emit)
	return &r
}
