package mediatest

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
)

func unescape(s string) string {
	plain, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return plain
}

// Suite runs every behaviour against an endpoint.
func Suite(t *testing.T, e Endpoint) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Endpoint)
	}{
		{"List", testList},
		{"Put", testPut},
		{"PutExisting", testPutExisting},
		{"Private", testPrivate},
		{"FixNames", testFixNames},
		{"Multipart", testMultipart},
		{"Resume", testResume},
		{"Remove", testRemove},
		{"Move", testMove},
		{"MoveFolder", testMoveFolder},
		{"Replace", testReplace},
		{"Get", testGet},
		{"Bytes", testBytes},
		{"GetResume", testGetResume},
		{"Presign", testPresign},
		{"Environment", testEnvironment},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, e) })
	}
}

// strange are paths that a bucket may hold and that programs get wrong.
var strange = []string{
	"plain.txt",
	"with space.txt",
	"plus+sign & ampersand.txt",
	"percent%20encoded.txt",
	"question?mark=1#fragment.txt",
	"quotes'\"<>.txt",
	"日本語/ニュース/夏の海.txt",
	"カ\u3099.txt", // decomposed
	"emoji 👩‍👩‍👧.txt",
	"tilde~asterisk*(brackets)!.txt",
}

// recorder keeps the events of an operation.
type recorder struct {
	items    []media.Event
	progress []media.Event
	summary  *media.Summary
}

func (r *recorder) emit(e media.Event) {
	switch e.Type {
	case media.EventItem:
		r.items = append(r.items, e)
	case media.EventProgress:
		r.progress = append(r.progress, e)
	case media.EventSummary:
		r.summary = e.Summary
	}
}

// ended is how the item of a path ended: its status, and after a colon the code.
func (r *recorder) ended(path string) string {
	for _, e := range r.items {
		if e.Path == path {
			return strings.TrimSuffix(e.Status+":"+e.Code, ":")
		}
	}
	return "none"
}

// file writes a local file and gives its name.
func file(t testing.TB, dir, name, content string) string {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return full
}

// noise is content that no compression and no luck makes equal to another.
func noise(n int, seed uint64) string {
	b := make([]byte, n)
	x := seed*2862933555777941757 + 3037000493
	for i := range b {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		b[i] = byte(x)
	}
	return string(b)
}

// walked are the paths that Walk gives.
func walked(t testing.TB, l *media.Library, folder string) []string {
	t.Helper()
	var paths []string
	err := l.Walk(t.Context(), folder, func(i media.Item) error {
		paths = append(paths, i.Path)
		return nil
	})
	if err != nil {
		t.Fatalf("walk %q: %v", folder, err)
	}
	return paths
}

func wantPaths(t testing.TB, what string, got, want []string) {
	t.Helper()
	want = slices.Clone(want)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func put(t testing.TB, l *media.Library, sources []string, o media.PutOptions) *recorder {
	t.Helper()
	plan, err := l.PlanPut(t.Context(), sources, o)
	if err != nil {
		t.Fatalf("plan put %q: %v", sources, err)
	}
	var r recorder
	l.Put(t.Context(), plan, r.emit)
	return &r
}

func wantEnd(t testing.TB, r *recorder, path, want string) {
	t.Helper()
	if got := r.ended(path); got != want {
		var errs []error
		for _, e := range r.items {
			errs = append(errs, e.Err)
		}
		t.Errorf("%q ended %s, want %s (errors: %v)", path, got, want, errs)
	}
}
