package media_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

func TestImportTriesAgain(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := &web{}
	w = serveWeb(t, func(rw http.ResponseWriter, r *http.Request) {
		switch first := w.times(r.URL.Path) <= 2; {
		case r.URL.Path == "/never.png":
			rw.WriteHeader(http.StatusTooManyRequests)
		case r.URL.Path == "/later.png":
			rw.Header().Set("Retry-After", "86400")
			rw.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path == "/gone.png":
			rw.WriteHeader(http.StatusGone)
		case first && r.URL.Path == "/busy.png":
			rw.WriteHeader(http.StatusServiceUnavailable)
		case first && r.URL.Path == "/cut.png":
			rw.Header().Set("Content-Length", "1000")
			fmt.Fprint(rw, pngHead)
			rw.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		default:
			pictures(rw, r)
		}
	})
	imported(t, r.Library, media.ImportOptions{}, w.URL+"/never.png", w.URL+"/later.png", w.URL+"/gone.png", w.URL+"/busy.png", w.URL+"/cut.png").
		want(t, "failed:url-busy never.png", "failed:url-busy later.png", "failed:url-missing gone.png", "done busy.png", "done cut.png")
	for path, n := range map[string]int{"/never.png": 5, "/later.png": 1, "/gone.png": 1, "/busy.png": 3, "/cut.png": 3} {
		if w.times(path) != n {
			t.Errorf("%s was asked for %d times, want %d", path, w.times(path), n)
		}
	}
	if content, _, _ := r.Read("cut.png"); content != pngHead+"/cut.png" {
		t.Errorf("cut.png holds %q", content)
	}
}

// A host is asked for few files at once, and others are not held up by it.
func TestImportIsPolite(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{Parallel: 8})
	var now, most atomic.Int32
	two, release := make(chan struct{}), make(chan struct{})
	var reached sync.Once
	crowded := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
			if n == 2 {
				reached.Do(func() { close(two) })
			}
		}
		defer now.Add(-1)
		<-release
		pictures(w, r)
	})
	other := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/last.png" {
			<-two
			close(release) // the crowded host goes on only once this one is done
		}
		pictures(w, r)
	})
	var urls []string
	for i := range 12 {
		urls = append(urls, fmt.Sprintf("%s/%d.png", crowded.URL, i))
	}
	urls = append(urls, other.URL+"/first.png", other.URL+"/last.png")
	got := imported(t, r.Library, media.ImportOptions{PerHost: 2}, urls...)
	if got.sum.Done != len(urls) || most.Load() != 2 {
		t.Errorf("%+v, %d at once", got.sum, most.Load())
	}
}

func TestImportResumes(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/c.png" && r.Header.Get("Range") == "" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		pictures(w, r)
	})
	o := media.ImportOptions{To: "in", StateFile: filepath.Join(t.TempDir(), "imports", "x.jsonl"), RandomSuffix: true}
	a, b, c := w.URL+"/a.png", w.URL+"/b.png", w.URL+"/c.png"
	first := imported(t, r.Library, o, a, b, c)
	pathOf := func(i int) string { return first.events[i].Path }
	if !strings.HasPrefix(first.ends[0], "done ") || !strings.HasPrefix(first.ends[1], "done ") {
		t.Fatalf("%q", first.ends)
	}
	again := imported(t, r.Library, o, b, a, c) // also in another order
	again.want(t, "skipped:url-imported "+pathOf(1), "skipped:url-imported "+pathOf(0), "failed:url-missing in/c.png")
	if again.events[0].URL != r.URL(pathOf(1)) || w.times("/a.png") != 1 || w.times("/c.png") != 2 || again.plan.Earlier != 2 {
		t.Errorf("%+v, asked %v", again.events[0], w.asked)
	}
	r.Lay(pathOf(0), "somebody else's") // changed since: no longer what was imported
	remove(t, r.Library, pathOf(1))
	imported(t, r.Library, o, a, b).want(t, "refused:exists "+pathOf(0), "done "+pathOf(1))
	o.Again, o.IfExists = true, media.Skip
	if third := imported(t, r.Library, o, b); !strings.HasPrefix(third.ends[0], "done in/b-") || third.events[0].Path == pathOf(1) {
		t.Errorf("%q", third.ends)
	}
}

// Another folder is another import; the same one at the same time is refused.
func TestImportsKeepToTheirState(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, pictures)
	file := filepath.Join(t.TempDir(), "x.jsonl")
	imported(t, r.Library, media.ImportOptions{To: "one", StateFile: file}, w.URL+"/a.png").want(t, "done one/a.png")
	imported(t, r.Library, media.ImportOptions{To: "two", StateFile: file}, w.URL+"/a.png").want(t, "done two/a.png")
	held, err := r.PlanImport(t.Context(), nil, media.ImportOptions{StateFile: file})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.PlanImport(t.Context(), nil, media.ImportOptions{StateFile: file}); codeOf(err) != media.CodeListBusy {
		t.Errorf("a second one: %v", err)
	}
	held.Close()
	held.Close()
	data, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(data), r.Space.Bucket) {
		t.Errorf("%v: %s", err, data)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(file, append(data, "{\"v\":1,\"state\":\"do"...), 0o600); err != nil {
		t.Fatal(err)
	}
	imported(t, r.Library, media.ImportOptions{To: "two", StateFile: file}, w.URL+"/a.png", w.URL+"/b.png").want(t, "skipped:url-imported two/a.png", "done two/b.png")
	imported(t, r.Library, media.ImportOptions{To: "two", StateFile: file}, w.URL+"/b.png").want(t, "skipped:url-imported two/b.png")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.PlanImport(t.Context(), nil, media.ImportOptions{StateFile: filepath.Join(dir, "file", "x")}); codeOf(err) != media.CodeListWrite {
		t.Errorf("where nothing can be written: %v", err)
	}
}

// A run ends between the upload and what is written about it: the next finds
// the file there, sees that it is the same, and is content.
func TestImportAdoptsWhatWasCutShort(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, pictures)
	file := filepath.Join(t.TempDir(), "x.jsonl")
	o := media.ImportOptions{StateFile: file, RandomSuffix: true}
	first := imported(t, r.Library, o, w.URL+"/a.png", w.URL+"/b.png")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.Split(string(data), "\n"), func(l string) bool { return strings.Contains(l, `"state":"done"`) })
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	r.Lay(first.events[1].Path, "somebody else's")
	imported(t, r.Library, o, w.URL+"/a.png", w.URL+"/b.png").
		want(t, "skipped:same "+first.events[0].Path, "refused:exists "+first.events[1].Path)
	imported(t, r.Library, o, w.URL+"/a.png").want(t, "skipped:url-imported "+first.events[0].Path)
}

func TestImportCancelled(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{Parallel: 2})
	ctx, cancel := context.WithCancel(t.Context())
	w := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/2.png" {
			fmt.Fprint(w, pngHead)
			w.(http.Flusher).Flush()
			cancel()
			<-r.Context().Done()
			return
		}
		pictures(w, r)
	})
	temp := t.TempDir()
	o := media.ImportOptions{StateFile: filepath.Join(t.TempDir(), "x.jsonl"), TempDir: temp, PerHost: 1}
	var urls []string
	for i := range 6 {
		urls = append(urls, fmt.Sprintf("%s/%d.png", w.URL, i))
	}
	got := runImport(t, ctx, r.Library, o, false, urls...)
	got.want(t, "done 0.png", "done 1.png", "failed:aborted 2.png")
	if got.sum.Done != 2 || got.sum.Failed+got.sum.NotStarted != 4 {
		t.Errorf("%+v", got.sum)
	}
	if keys := r.Keys(); !slices.Equal(keys, []string{"0.png", "1.png"}) {
		t.Errorf("stored %q", keys)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	w.Config.Handler = http.HandlerFunc(pictures)
	imported(t, r.Library, o, urls...).want(t, "skipped:url-imported 0.png", "skipped:url-imported 1.png", "done 2.png", "done 3.png", "done 4.png", "done 5.png")
}
