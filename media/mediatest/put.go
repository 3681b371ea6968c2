package mediatest

import (
	"context"
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
)

func testPut(t *testing.T, e Endpoint) {
	r := e.Room(t, media.Options{})
	dir := t.TempDir()

	t.Run("as documented", func(t *testing.T) {
		png := "\x89PNG\r\n\x1a\n" + noise(1000, 1)
		rec := put(t, r.Library, []string{file(t, dir, "ロゴ 1+2.png", png)}, media.PutOptions{To: "docs"})
		wantEnd(t, rec, "docs/ロゴ 1+2.png", "done")
		content, head, ok := r.Read("docs/ロゴ 1+2.png")
		if !ok || content != png {
			t.Fatalf("stored %d bytes, %v", len(content), ok)
		}
		if got := deref(head.ContentType); got != "image/png" {
			t.Errorf("content type %q", got)
		}
		if head.CacheControl != nil {
			t.Errorf("Cache-Control %q was sent", *head.CacheControl)
		}
		version := head.Metadata["microcms-version"]
		if !regexp.MustCompile(`^20[0-9]{12}$`).MatchString(version) {
			t.Errorf("version %q", version)
		}
		want := map[string]string{"upload-source": "microcms", "microcms-service": Service, "microcms-version": version, "microcms-status": "public"}
		if !maps.Equal(head.Metadata, want) {
			t.Errorf("metadata %v", head.Metadata)
		}
		if s := rec.summary; s.Done != 1 || s.Bytes != int64(len(png)) || s.Failed+s.Skipped+s.Refused+s.NotStarted != 0 {
			t.Errorf("summary %+v", *s)
		}
		if url := rec.items[0].URL; !strings.HasSuffix(url, "/docs/%E3%83%AD%E3%82%B4%201%2B2.png") {
			t.Errorf("URL %q", url)
		}
	})

	t.Run("composed names", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		put(t, r.Library, []string{file(t, dir, "カ\u3099.txt", "decomposed")}, media.PutOptions{})
		wantPaths(t, "keys", r.Keys(), []string{"ガ.txt"})
	})

	t.Run("directories", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		for _, f := range []string{"a.txt", "sub/b.txt", "sub/.DS_Store", "Thumbs.db", ".env", ".git/config"} {
			file(t, dir, "site/"+f, f)
		}
		if err := os.Symlink("a.txt", dir+"/site/link.txt"); err != nil {
			t.Skip(err)
		}
		rec := put(t, r.Library, []string{dir + "/site"}, media.PutOptions{})
		put(t, r.Library, []string{dir + "/site/"}, media.PutOptions{To: "in"})
		wantPaths(t, "keys", r.Keys(), []string{"site/a.txt", "site/sub/b.txt", "in/a.txt", "in/sub/b.txt"})
		for local, want := range map[string]string{
			"sub/.DS_Store": "skipped:junk", "Thumbs.db": "skipped:junk", ".env": "skipped:hidden-file",
			".git": "skipped:hidden-file", "link.txt": "skipped:symlink",
		} {
			wantEnd(t, rec, dir+"/site/"+local, want)
		}
	})

	t.Run("into a file", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"a.txt"})
		for _, to := range []string{"a.txt", "a.txt/"} {
			_, err := r.PlanPut(t.Context(), []string{file(t, dir, "new.txt", "new")}, media.PutOptions{To: to})
			if code(err) != media.CodeTargetFile || !errors.Is(err, media.ErrRefused) {
				t.Errorf("put into %q: %v", to, err)
			}
		}
		if !r.LayFileAndFolder("both", "x.txt") {
			return
		}
		rec := put(t, r.Library, []string{file(t, dir, "new.txt", "new")}, media.PutOptions{To: "both"})
		wantEnd(t, rec, "both/new.txt", "done")
	})

	t.Run("missing sources", func(t *testing.T) {
		rec := put(t, r.Library, []string{dir + "/none.txt", "", file(t, dir, "there.txt", "x"), dir + "/none/"}, media.PutOptions{To: "m"})
		wantEnd(t, rec, dir+"/none.txt", "failed:local-not-found")
		wantEnd(t, rec, dir+"/none/", "failed:local-not-found")
		wantEnd(t, rec, "", "refused:path-empty")
		wantEnd(t, rec, "m/there.txt", "done")
	})

	t.Run("empty file", func(t *testing.T) {
		wantEnd(t, put(t, r.Library, []string{file(t, dir, "empty.css", "")}, media.PutOptions{}), "empty.css", "done")
		if content, _, ok := r.Read("empty.css"); !ok || content != "" {
			t.Errorf("stored %q, %v", content, ok)
		}
	})

	t.Run("changed since the plan", func(t *testing.T) {
		name := file(t, dir, "draft.txt", "first")
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		file(t, dir, "draft.txt", "second, longer")
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "draft.txt", "failed:local-changed")
		if _, _, ok := r.Read("draft.txt"); ok {
			t.Error("stored nevertheless")
		}
	})

	t.Run("taken since the plan", func(t *testing.T) {
		name := file(t, dir, "race.txt", "mine")
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("race.txt", "theirs")
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "race.txt", "refused:exists")
		if content, _, _ := r.Read("race.txt"); content != "theirs" {
			t.Errorf("overwritten with %q", content)
		}
	})

	t.Run("cancelled", func(t *testing.T) {
		r := e.Room(t, media.Options{Parallel: 1})
		plan, err := r.PlanPut(t.Context(), []string{file(t, dir, "c/1.txt", "1"), file(t, dir, "c/2.txt", "2"), file(t, dir, "c/3.txt", "3")}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var rec recorder
		sum := r.Put(ctx, plan, func(e media.Event) {
			if e.Type == media.EventItem {
				cancel()
			}
			rec.emit(e)
		})
		if sum.Done < 1 || sum.Done+sum.Failed+sum.NotStarted != 3 || sum.Done == 3 {
			t.Errorf("summary %+v", sum)
		}
		if got := len(r.Keys()); got != sum.Done {
			t.Errorf("%d keys for %d done", got, sum.Done)
		}
	})
}

func testPutExisting(t *testing.T, e Endpoint) {
	dir := t.TempDir()
	name := file(t, dir, "photo.jpg", "new")
	for _, c := range []struct {
		choice   media.IfExists
		there    string
		ends     map[string]string
		contents map[string]string
	}{
		{"", "old", map[string]string{"photo.jpg": "refused:exists"}, map[string]string{"photo.jpg": "old"}},
		{media.Fail, "new", map[string]string{"photo.jpg": "refused:exists"}, map[string]string{"photo.jpg": "new"}},
		{media.Skip, "new", map[string]string{"photo.jpg": "skipped:same"}, map[string]string{"photo.jpg": "new"}},
		{media.Skip, "old", map[string]string{"photo.jpg": "refused:conflict"}, map[string]string{"photo.jpg": "old"}},
		{media.Replace, "old", map[string]string{"photo.jpg": "done"}, map[string]string{"photo.jpg": "new"}},
		{media.KeepBoth, "old", map[string]string{"photo-2.jpg": "done"}, map[string]string{"photo.jpg": "old", "photo-2.jpg": "new"}},
	} {
		t.Run(string(c.choice)+" "+c.there, func(t *testing.T) {
			r := e.Room(t, media.Options{})
			r.Lay("photo.jpg", c.there)
			rec := put(t, r.Library, []string{name}, media.PutOptions{IfExists: c.choice})
			for path, want := range c.ends {
				wantEnd(t, rec, path, want)
			}
			var keys []string
			for path, want := range c.contents {
				keys = append(keys, path)
				if content, _, _ := r.Read(path); content != want {
					t.Errorf("%s holds %q, want %q", path, content, want)
				}
			}
			slices.Sort(keys)
			wantPaths(t, "keys", r.Keys(), keys)
		})
	}

	t.Run("replaced meanwhile", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("photo.jpg", "old")
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{IfExists: media.Replace})
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("photo.jpg", "theirs")
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "photo.jpg", "failed:changed")
		if content, _, _ := r.Read("photo.jpg"); content != "theirs" {
			t.Errorf("overwritten with %q", content)
		}
	})

	t.Run("many", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		var sources []string
		for i := range 60 {
			sources = append(sources, file(t, dir, "many/"+string(rune('a'+i%26))+string(rune('a'+i/26))+".txt", "x"))
		}
		r.LayMany([]string{"aa.txt", "mb.txt", "zz-other.txt", "zb.txt"})
		plan, err := r.PlanPut(t.Context(), sources, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var exist []string
		for _, i := range plan.Items {
			if i.Exists {
				exist = append(exist, i.Path)
			}
		}
		slices.Sort(exist)
		wantPaths(t, "existing", exist, []string{"aa.txt", "mb.txt", "zb.txt"}[:2+b2i(len(sources) > 52)])
	})

	t.Run("unguessable afterwards", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("photo.jpg", "old")
		salary := file(t, dir, "salary-2026.pdf", "x")
		plan, err := r.PlanPut(t.Context(), []string{name, salary}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		flagged := plan.Flagged()
		if !slices.Equal(flagged, []int{1}) || !slices.Equal(plan.Items[1].Guess.Sensitive, []string{"salary"}) {
			t.Fatalf("flagged %v, %+v", flagged, plan.Items[1].Guess)
		}
		before := plan
		if err := r.MakeUnguessable(t.Context(), &plan, flagged...); err != nil {
			t.Fatal(err)
		}
		if got := plan.Items[1]; !strings.HasPrefix(got.Path, "salary-2026-") || got.URL != r.URL(got.Path) || !strings.HasSuffix(got.Key, got.Path) || got.Guess.Flagged() {
			t.Errorf("became %+v", got)
		}
		if before.Items[1].Path != "salary-2026.pdf" || plan.Items[0].Path != "photo.jpg" || plan.Items[0].Code != media.CodeExists || len(plan.Flagged()) != 0 {
			t.Errorf("more was changed than was asked for: %+v", plan.Items[0])
		}
		// A name that was taken is free with the part.
		if err := r.MakeUnguessable(t.Context(), &plan); err != nil {
			t.Fatal(err)
		}
		if got := plan.Items[0]; got.Code != "" || got.Exists || plan.Bytes != plan.Items[0].Size+plan.Items[1].Size {
			t.Errorf("became %+v, %d bytes in all", got, plan.Bytes)
		}
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		keys := r.Keys()
		if content, _, _ := r.Read("photo.jpg"); len(keys) != 3 || content != "old" {
			t.Errorf("keys %q, %q", keys, content)
		}
	})

	t.Run("random suffix", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("photo.jpg", "old")
		put(t, r.Library, []string{name}, media.PutOptions{RandomSuffix: true})
		keys := r.Keys()
		if len(keys) != 2 || !regexp.MustCompile(`^photo-[2-9a-hjkmnp-z]{26}\.jpg$`).MatchString(keys[0]) {
			t.Errorf("keys %q", keys)
		}
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func testMultipart(t *testing.T, e Endpoint) {
	dir := t.TempDir()
	content := noise(20<<20+123, 7)
	name := file(t, dir, "film.mp4", content)

	t.Run("whole", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		rec := put(t, r.Library, []string{name}, media.PutOptions{})
		wantEnd(t, rec, "film.mp4", "done")
		got, head, _ := r.Read("film.mp4")
		if got != content {
			t.Fatalf("stored %d other bytes", len(got))
		}
		if deref(head.ContentType) != "video/mp4" || head.Metadata["upload-source"] != "microcms" {
			t.Errorf("content type %q, metadata %v", deref(head.ContentType), head.Metadata)
		}
		var last int64
		for _, p := range rec.progress {
			if p.Bytes < last || p.Bytes > p.Total || p.Total != int64(len(content)) {
				t.Errorf("progress %d of %d after %d", p.Bytes, p.Total, last)
			}
			last = p.Bytes
		}
		if len(rec.progress) == 0 {
			t.Error("no progress told")
		}
		rec = put(t, r.Library, []string{name}, media.PutOptions{IfExists: media.Skip})
		wantEnd(t, rec, "film.mp4", "skipped:same")
		if n := r.Uploads(); n != 0 {
			t.Errorf("%d uploads open", n)
		}
	})

	t.Run("taken meanwhile", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("film.mp4", "theirs")
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "film.mp4", "refused:exists")
		if got, _, _ := r.Read("film.mp4"); got != "theirs" {
			t.Errorf("overwritten with %d bytes", len(got))
		}
		if n := r.Uploads(); n != 0 {
			t.Errorf("%d uploads open", n)
		}
	})

	t.Run("cancelled", func(t *testing.T) {
		r := e.Room(t, media.Options{Parallel: 1, BytesPerSecond: 8 << 20})
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var rec recorder
		r.Put(ctx, plan, func(e media.Event) {
			if e.Type == media.EventProgress {
				cancel()
			}
			rec.emit(e)
		})
		wantEnd(t, &rec, "film.mp4", "failed:aborted")
		if keys := r.Keys(); len(keys) != 0 {
			t.Errorf("keys %q", keys)
		}
		if n := r.Uploads(); n != 0 {
			t.Errorf("%d uploads open", n)
		}
	})
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
