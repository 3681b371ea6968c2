package media_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
)

const (
	pngHead  = "\x89PNG\r\n\x1a\n"
	jpegHead = "\xff\xd8\xff\xe0"
	webPage  = "<!doctype html><html><head><title>Sign in</title></head><body></body></html>"
)

// web is a server of a test, and what it was asked for.
type web struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
}

func serveWeb(t *testing.T, h http.HandlerFunc) *web {
	t.Helper()
	w := &web{asked: map[string]int{}}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked[r.URL.Path]++
		w.mu.Unlock()
		h(rw, r)
	}))
	t.Cleanup(w.Close)
	return w
}

func (w *web) times(path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[path]
}

// pictures answers every path with a PNG of its own.
func pictures(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	fmt.Fprint(w, pngHead+r.URL.Path)
}

// fromTests lets a test's own servers through, which are on the loopback.
func fromTests(o media.ImportOptions) media.ImportOptions {
	o.Fetch.AllowHTTP = true
	o.Fetch.Permit = func(a netip.AddrPort) bool { return a.Addr().IsLoopback() }
	o.Pause = time.Millisecond
	return o
}

// imports keeps how each URL of a list ended: "status:code path".
type imports struct {
	ends   []string
	events []media.Event
	sum    media.Summary
	plan   *media.ImportPlan
}

func sourcesOf(urls ...string) []media.ImportSource {
	out := make([]media.ImportSource, len(urls))
	for i, u := range urls {
		url, path, _ := strings.Cut(u, " ")
		out[i] = media.ImportSource{URL: url, Path: path}
	}
	return out
}

func runImport(t *testing.T, ctx context.Context, l *media.Library, o media.ImportOptions, dry bool, urls ...string) *imports {
	t.Helper()
	plan, err := l.PlanImport(t.Context(), sourcesOf(urls...), fromTests(o))
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	r := &imports{ends: make([]string, len(urls)), events: make([]media.Event, len(urls)), plan: plan}
	emit := func(e media.Event) {
		switch e.Type {
		case media.EventItem:
			if r.ends[e.Item] != "" {
				t.Errorf("item %d ended twice", e.Item)
			}
			r.ends[e.Item] = strings.TrimSuffix(e.Status+":"+e.Code, ":") + " " + e.Path
			r.events[e.Item] = e
		case media.EventSummary:
			r.sum = *e.Summary
		}
	}
	if dry {
		l.PreviewImport(ctx, plan, emit)
	} else {
		l.Import(ctx, plan, emit)
	}
	return r
}

func imported(t *testing.T, l *media.Library, o media.ImportOptions, urls ...string) *imports {
	t.Helper()
	return runImport(t, t.Context(), l, o, false, urls...)
}

func (r *imports) want(t *testing.T, ends ...string) {
	t.Helper()
	for i, end := range ends {
		if r.ends[i] != end {
			t.Errorf("item %d ended %q, want %q (%v)", i, r.ends[i], end, r.events[i].Err)
		}
	}
}
