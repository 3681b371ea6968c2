package media_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// film is what the URLs of these tests bring: larger than what a connection
// buffers.
func film(path string) string { return pngHead + path + big(600<<10) }

// endingWeb serves films, and from the nth request on its network ends.
type endingWeb struct {
	n    atomic.Int64 // 0: never
	how  string
	seen atomic.Int64
}

func (f *endingWeb) serve(w http.ResponseWriter, r *http.Request) {
	content := film(r.URL.Path)
	w.Header().Set("Content-Type", "image/png")
	if end := f.n.Load(); f.seen.Add(1) < end || end == 0 {
		fmt.Fprint(w, content)
		return
	}
	switch f.how {
	case "before":
		panic(http.ErrAbortHandler)
	case "in the middle":
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	case "in the middle, chunked": // of no length that anybody knows
	}
	fmt.Fprint(w, content[:len(content)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// The network to the servers ends at every file of a list, before a file and
// in the middle of it: nothing half is stored or left on the disk, and the same
// list goes on where it stood.
func TestAnImportWhoseNetworkEnds(t *testing.T) {
	for _, how := range []string{"before", "in the middle", "in the middle, chunked"} {
		for n := range 4 {
			t.Run(fmt.Sprintf("%s, at %d", how, n+1), func(t *testing.T) {
				t.Parallel()
				r := mediatest.Sandbox(t).Room(t, media.Options{Parallel: 1})
				f := &endingWeb{how: how}
				f.n.Store(int64(n + 1))
				w := serveWeb(t, f.serve)
				temp := t.TempDir()
				o := media.ImportOptions{To: "in", StateFile: filepath.Join(t.TempDir(), "x.jsonl"), TempDir: temp, Attempts: 2, PerHost: 1}
				urls := []string{w.URL + "/1.png", w.URL + "/2.png", w.URL + "/3.png", w.URL + "/4.png"}
				first := imported(t, r.Library, o, urls...)
				if first.sum.Done != n || first.sum.Failed != len(urls)-n {
					t.Errorf("%+v: %q", first.sum, first.ends)
				}
				if keys := r.Keys(); len(keys) != n {
					t.Errorf("stored %q", keys)
				}
				emptied(t, temp)
				f.seen.Store(0)
				f.n.Store(0)
				again := imported(t, r.Library, o, urls...)
				if again.sum.Skipped != n || again.sum.Done != len(urls)-n {
					t.Errorf("again: %+v: %q", again.sum, again.ends)
				}
				if f.seen.Load() != int64(len(urls)-n) {
					t.Errorf("%d were fetched again", f.seen.Load())
				}
				wantFilms(t, r, 4)
			})
		}
	}
}

// The network to S3 ends at every request of an import, before it is sent and
// after it was carried out: the same.
func TestAnImportWhoseWayToS3Ends(t *testing.T) {
	e := mediatest.Sandbox(t)
	w := serveWeb(t, (&endingWeb{}).serve)
	for n := int64(1); ; n++ {
		var steps *atomic.Int64
		for _, after := range []bool{false, true} {
			r := e.Room(t, media.Options{})
			temp := t.TempDir()
			o := media.ImportOptions{To: "in", StateFile: filepath.Join(t.TempDir(), "x.jsonl"), TempDir: temp, Attempts: 2}
			urls := []string{w.URL + "/1.png", w.URL + "/2.png", w.URL + "/3.png"}
			client, s := mediatest.Cut(t, e, n, after)
			steps = s
			l := media.New(client, nil, r.Space, media.Options{Parallel: 1})
			plan, err := l.PlanImport(t.Context(), sourcesOf(urls...), fromTests(o))
			if err == nil {
				var mu sync.Mutex
				l.Import(t.Context(), plan, func(ev media.Event) {
					mu.Lock()
					defer mu.Unlock()
					if ev.Type == media.EventItem && ev.Status == media.StatusFailed && ev.Code != media.CodeNetwork {
						t.Errorf("request %d (after: %v): %s ended %s: %v", n, after, ev.From, ev.Code, ev.Err)
					}
				})
				plan.Close()
			} else if codeOf(err) != media.CodeNetwork {
				t.Errorf("request %d (after: %v): %v", n, after, err)
			}
			for _, key := range r.Keys() {
				if content, _, _ := r.Read(key); content != film("/"+filepath.Base(key)) {
					t.Errorf("request %d (after: %v): %s holds %d bytes", n, after, key, len(content))
				}
			}
			emptied(t, temp)
			again := imported(t, r.Library, o, urls...)
			if again.sum.Done+again.sum.Skipped != len(urls) {
				t.Errorf("request %d (after: %v), again: %q", n, after, again.ends)
			}
			for i, ev := range again.events {
				if ev.URL != r.URL(fmt.Sprintf("in/%d.png", i+1)) {
					t.Errorf("request %d (after: %v), again: item %d is at %q", n, after, i, ev.URL)
				}
			}
			wantFilms(t, r, 3)
		}
		if steps.Load() < n {
			if n < 4 {
				t.Errorf("%d requests only", n)
			}
			return
		}
	}
}

// wantFilms fails unless a room holds so many, whole and nothing else.
func wantFilms(t *testing.T, r *mediatest.Room, count int) {
	t.Helper()
	var want []string
	for i := range count {
		path := fmt.Sprintf("in/%d.png", i+1)
		want = append(want, path)
		if content, _, _ := r.Read(path); content != film(strings.TrimPrefix(path, "in")) {
			t.Errorf("%s holds %d bytes", path, len(content))
		}
	}
	if keys := r.Keys(); !slices.Equal(keys, want) {
		t.Errorf("keys %q", keys)
	}
	if n := r.Uploads(); n != 0 {
		t.Errorf("%d uploads are open", n)
	}
}

// emptied fails if downloads were left on the disk.
func emptied(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left on the disk: %v, %v", left, err)
	}
}
