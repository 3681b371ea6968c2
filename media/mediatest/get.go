package mediatest

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
)

func testGet(t *testing.T, e Endpoint) {
	t.Run("folders", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"docs/a.txt", "docs/下/b +1.txt", "other.txt"})
		r.Lay("docs/", "")
		dir := filepath.Join(t.TempDir(), "made")
		rec := get(t, r.Library, []string{"docs", "other.txt"}, media.GetOptions{To: dir, Recursive: true})
		wantEnd(t, rec, "docs/a.txt", "done")
		wantFiles(t, dir, map[string]string{"docs/a.txt": "docs/a.txt", "docs/下/b +1.txt": "docs/下/b +1.txt", "other.txt": "other.txt"})
		item, _ := r.Info(t.Context(), "other.txt")
		if info, err := os.Stat(filepath.Join(dir, "other.txt")); err != nil || !info.ModTime().Equal(item.Modified) {
			t.Errorf("dated %v, want %v (%v)", info.ModTime(), item.Modified, err)
		}
		inside := t.TempDir()
		get(t, r.Library, []string{"docs/"}, media.GetOptions{To: inside, Recursive: true})
		wantFiles(t, inside, map[string]string{"a.txt": "docs/a.txt", "下/b +1.txt": "docs/下/b +1.txt"})
	})

	t.Run("existing", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("a.txt", "new")
		for _, c := range []struct {
			choice  media.IfExists
			there   string
			ends    string
			content map[string]string
		}{
			{"", "old", "refused:local-exists", map[string]string{"a.txt": "old"}},
			{media.Skip, "new", "skipped:same", map[string]string{"a.txt": "new"}},
			{media.Skip, "old", "refused:conflict", map[string]string{"a.txt": "old"}},
			{media.Replace, "old", "done", map[string]string{"a.txt": "new"}},
			{media.KeepBoth, "old", "done", map[string]string{"a.txt": "old", "a-2.txt": "new"}},
		} {
			dir := t.TempDir()
			file(t, dir, "a.txt", c.there)
			wantEnd(t, get(t, r.Library, []string{"a.txt"}, media.GetOptions{To: dir, IfExists: c.choice}), "a.txt", c.ends)
			wantFiles(t, dir, c.content)
		}
	})

	t.Run("large", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		content := noise(20<<20+5, 3)
		put(t, r.Library, []string{file(t, t.TempDir(), "film.mp4", content)}, media.PutOptions{})
		dir := t.TempDir()
		rec := get(t, r.Library, []string{"film.mp4"}, media.GetOptions{To: dir})
		wantEnd(t, rec, "film.mp4", "done")
		if data, err := os.ReadFile(filepath.Join(dir, "film.mp4")); err != nil || string(data) != content {
			t.Errorf("%d bytes, %v", len(data), err)
		}
		if len(rec.progress) == 0 {
			t.Error("no progress told")
		}
	})

	t.Run("problems", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"f/a.txt", "b.txt"})
		dir := t.TempDir()
		plan, err := r.PlanGet(t.Context(), []string{"f", "missing.txt", "", "b.txt"}, media.GetOptions{To: dir})
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("b.txt", "changed meanwhile")
		var rec recorder
		r.Get(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "f", "refused:is-folder")
		wantEnd(t, &rec, "", "refused:path-empty")
		wantEnd(t, &rec, "missing.txt", "failed:not-found")
		wantEnd(t, &rec, "b.txt", "done:anew")
		wantFiles(t, dir, map[string]string{"b.txt": "changed meanwhile"})
	})
}

func get(t testing.TB, l *media.Library, paths []string, o media.GetOptions) *recorder {
	t.Helper()
	plan, err := l.PlanGet(t.Context(), paths, o)
	if err != nil {
		t.Fatalf("plan get %q: %v", paths, err)
	}
	var r recorder
	l.Get(t.Context(), plan, r.emit)
	return &r
}

// wantFiles compares all files of a directory, hidden ones too.
func wantFiles(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	var got, names []string
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, name)
			data, rerr := os.ReadFile(name)
			got = append(got, filepath.ToSlash(rel)+" = "+brief(string(data)))
			return rerr
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for name, content := range want {
		names = append(names, name+" = "+brief(content))
	}
	slices.Sort(got)
	slices.Sort(names)
	if !slices.Equal(got, names) {
		t.Errorf("files:\n got %q\nwant %q", got, names)
	}
}

// brief stands for content that is too long to print.
func brief(content string) string {
	if len(content) <= 100 {
		return content
	}
	return fmt.Sprintf("%d bytes, %x", len(content), sha256.Sum256([]byte(content)))
}

func testPresign(t *testing.T, e Endpoint) {
	r := e.Room(t, media.Options{})
	r.Lay("図 1+2.txt", "content")
	const lives = 10 * time.Minute
	before := time.Now()
	url, expires, err := r.Presign(t.Context(), "図 1+2.txt", lives)
	if err != nil {
		t.Fatal(err)
	}
	// A signature knows whole seconds.
	if expires.Before(before.Add(lives-time.Second)) || expires.After(time.Now().Add(lives)) {
		t.Errorf("lives %v", expires.Sub(before))
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := e.Source.Delivery().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusOK || string(body) != "content" {
		t.Errorf("answered %d %s", res.StatusCode, body)
	}
	if _, _, err := r.Presign(t.Context(), "missing.txt", time.Minute); code(err) != media.CodeNotFound {
		t.Errorf("presigned nothing: %v", err)
	}
}
