package media_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
	"github.com/mediadock/mediadock/media/remote"
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

func TestImportStoresWhatUploadsStore(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/big.bin":
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(big(17<<20)))
		case "/download":
			w.Header().Set("Content-Disposition", `attachment; filename="../年報 2026.pdf"`)
			fmt.Fprint(w, "%PDF-1.7")
		case "/image.php", "/dir/":
			fmt.Fprint(w, jpegHead)
		default:
			pictures(w, r)
		}
	})
	got := imported(t, r.Library, media.ImportOptions{To: "new"},
		w.URL+"/a%20b.png?x=1", w.URL+"/download", w.URL+"/image.php", w.URL+"/dir/", w.URL+"/写真.png sub/", w.URL+"/x.png as/named.png", w.URL+"/big.bin")
	got.want(t, "done new/a b.png", "done new/年報 2026.pdf", "done new/image.php.jpg", "done new/image.jpg", "done new/sub/写真.png", "done new/as/named.png", "done new/big.bin")
	content, head, ok := r.Read("new/a b.png")
	if !ok || content != pngHead+"/a b.png" || *head.ContentType != "image/png" || head.Metadata["upload-source"] != "microcms" {
		t.Errorf("%q, %+v", content, head)
	}
	if content, _, _ := r.Read("new/big.bin"); content != big(17<<20) {
		t.Errorf("the large file holds %d bytes", len(content))
	}
	e := got.events[0]
	if e.From != w.URL+"/a%20b.png?x=1" || e.URL != r.URL("new/a b.png") || e.ETag == "" || got.sum.Done != 7 {
		t.Errorf("%+v, %+v", e, got.sum)
	}
}

func TestImportRefusesWhatIsNotTheFile(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/login.png", "/noext":
			fmt.Fprint(w, webPage)
		case "/page.html":
			fmt.Fprint(w, webPage)
		case "/json.jpg":
			fmt.Fprint(w, `{"error":"no such file"}`)
		case "/empty.png":
		case "/typed.png": // the header lies, the content is right
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, pngHead)
		case "/gone.png":
			http.NotFound(w, r)
		case "/inside.png":
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
		case "/huge.png":
			w.Header().Set("Content-Length", "5000000000")
		default:
			pictures(w, r)
		}
	})
	o := media.ImportOptions{Fetch: remote.Options{MaxBytes: 1 << 20}}
	for _, dry := range []bool{true, false} {
		got := runImport(t, t.Context(), r.Library, o, dry,
			w.URL+"/login.png", w.URL+"/noext", w.URL+"/page.html", w.URL+"/json.jpg", w.URL+"/empty.png", w.URL+"/typed.png", w.URL+"/gone.png",
			w.URL+"/inside.png", w.URL+"/huge.png", "https://10.0.0.1/x.png", "nonsense", w.URL+"/ok.png ../up.png", w.URL+"/ok.png .mediadock/x.png")
		got.want(t, "failed:url-html login.png", "failed:url-html noext", "done page.html", "failed:url-wrong-type json.jpg", "failed:url-empty empty.png",
			"done typed.png", "failed:url-missing gone.png", "refused:url-forbidden-address inside.png", "refused:url-too-large huge.png",
			"refused:url-address ", "refused:url-scheme ", "refused:name-dot-segment ../up.png", "refused:name-reserved .mediadock/x.png")
		if want := map[bool]int{true: 0, false: 2}[dry]; len(r.Keys()) != want {
			t.Errorf("dry %v: %q are stored", dry, r.Keys())
		}
	}
}

func TestImportNeverOverwritesUnasked(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, pictures)
	r.Lay("a.png", "other")
	r.Lay("same.png", pngHead+"/same.png")
	a, same := w.URL+"/a.png", w.URL+"/same.png"
	imported(t, r.Library, media.ImportOptions{}, a, same).want(t, "refused:exists a.png", "refused:exists same.png")
	imported(t, r.Library, media.ImportOptions{IfExists: media.Skip}, a, same).want(t, "refused:conflict a.png", "skipped:same same.png")
	if content, _, _ := r.Read("a.png"); content != "other" {
		t.Errorf("a.png holds %q", content)
	}
	imported(t, r.Library, media.ImportOptions{IfExists: media.KeepBoth}, a).want(t, "done a-2.png")
	imported(t, r.Library, media.ImportOptions{IfExists: media.Replace}, a).want(t, "done a.png")
	if content, _, _ := r.Read("a.png"); content != pngHead+"/a.png" {
		t.Errorf("a.png holds %q", content)
	}
}

// microCMS's URLs differ in their directories and are alike in their names.
func TestTwoURLsOfOneName(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	slow := make(chan struct{})
	w := serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/assets/x/1st") {
			<-slow // the first of the list arrives last, and has the name all the same
		} else if strings.HasPrefix(r.URL.Path, "/assets/x/3rd") {
			close(slow)
		}
		pictures(w, r)
	})
	urls := []string{w.URL + "/assets/x/1st/image.png", w.URL + "/assets/x/2nd/image.png", w.URL + "/assets/x/3rd/image.png", w.URL + "/assets/x/2nd/image.png"}
	imported(t, r.Library, media.ImportOptions{}, urls...).
		want(t, "done image.png", "refused:url-same-name image.png", "refused:url-same-name image.png", "skipped:url-repeated image.png")
	slow = make(chan struct{})
	got := imported(t, r.Library, media.ImportOptions{IfExists: media.KeepBoth, To: "both"}, urls...)
	got.want(t, "done both/image.png", "done both/image-2nd.png", "done both/image-3rd.png", "skipped:url-repeated both/image.png")
	if got.plan.Items[3].First != 1 {
		t.Errorf("the repeated URL is that of item %d", got.plan.Items[3].First)
	}
	for path, from := range map[string]string{"both/image.png": "1st", "both/image-2nd.png": "2nd", "both/image-3rd.png": "3rd"} {
		if content, _, _ := r.Read(path); !strings.HasSuffix(content, from+"/image.png") {
			t.Errorf("%s holds %q", path, content)
		}
	}
}

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

// Errors of the bucket are the bucket's, and stop nothing else.
func TestImportTellsTheBucketsErrors(t *testing.T) {
	r := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "PutObject", Status: 403, Code: "AccessDenied", Times: 1})).Room(t, media.Options{Parallel: 1})
	w := serveWeb(t, pictures)
	imported(t, r.Library, media.ImportOptions{}, w.URL+"/a.png", w.URL+"/b.png").want(t, "failed:denied a.png", "done b.png")
	if w.times("/a.png") != 1 {
		t.Errorf("fetched %d times", w.times("/a.png"))
	}
}

func TestImportOfMicroCMSTakesOriginals(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	plan, err := r.PlanImport(t.Context(), sourcesOf(
		"https://images.microcms-assets.io/assets/x/y/image.png?w=300&fm=webp", "https://images.microcms-assets.io/assets/x/y/image.png?w=600",
		"https://files.microcms-assets.io/assets/x/y/sample.pdf", "https://example.com/image.jpg?v=3"), media.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	first := plan.Items[0]
	if !first.Original || first.From != "https://images.microcms-assets.io/assets/x/y/image.png" || !strings.HasSuffix(first.Old(), "?w=300&fm=webp") {
		t.Errorf("%+v", first)
	}
	if plan.Items[1].Code != media.CodeRepeated || plan.Items[2].Original || plan.Items[3].Original || plan.Items[3].From != "https://example.com/image.jpg?v=3" {
		t.Errorf("%+v", plan.Items)
	}
}
