package media_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
	"github.com/mediadock/mediadock/media/remote"
)

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
