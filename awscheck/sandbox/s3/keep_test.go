package s3_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

// kept is a server on a directory. Those before it are not closed: what they
// did has to be there as after a kill.
func kept(t testing.TB, dir string, buckets ...account.Bucket) *rig {
	t.Helper()
	clk := &clock{instant}
	srv, err := s3.Open(account.Account{ID: home, Buckets: buckets}, s3.Options{Now: func() time.Time { return clk.now }, Dir: dir, Started: instant})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	return &rig{t: t, clk: clk, srv: srv}
}

// bodies are the files that bodies lie in.
func bodies(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "bodies", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// What is done is there after the process is gone: objects with all that is
// said about them, versions, what was deleted, uploads under way, and how the
// bucket is configured.
func TestEverythingIsThereAgain(t *testing.T) {
	dir, me := t.TempDir(), admin(t)
	seeded := func(b *account.Bucket) {
		b.Objects = []account.Object{{Key: "seed.txt", Content: []byte("from the file"), ContentType: "text/plain"}, {Key: "gone.txt", Content: []byte("x")}}
	}
	buckets := []account.Bucket{bucketNamed("b-one", seeded, family("f/", "{n}", 3)), bucketNamed("b-two", versioned)}
	r := kept(t, dir, buckets...)
	etag := r.do(me, "PUT", "/b-one/k", "hello", "Content-Type: image/png", "Cache-Control: max-age=5", "X-Amz-Meta-A: b", "X-Amz-Tagging: t=1").want(200, "").value("ETag")
	r.do(me, "PUT", "/b-one/empty", "").want(200, "")
	r.do(me, "PUT", "/b-one/%E5%86%99+%2525", "写").want(200, "")
	r.do(me, "PUT", "/b-one/copy", "", "X-Amz-Copy-Source: b-one/seed.txt").want(200, "")
	r.do(me, "PUT", "/b-one/made", "", "X-Amz-Copy-Source: b-one/f/0").want(200, "")
	made := r.do(me, "GET", "/b-one/made", "").body
	r.do(me, "DELETE", "/b-one/gone.txt", "").want(204, "")
	r.do(me, "DELETE", "/b-one/f/1", "").want(204, "")
	one := r.do(me, "PUT", "/b-two/v", "one").value("X-Amz-Version-Id")
	r.do(me, "PUT", "/b-two/v", "two").want(200, "")
	r.do(me, "DELETE", "/b-two/v", "").want(204, "")
	upload := r.begin(me, "/b-one/parts", "Content-Type: video/mp4")
	first := r.part(me, upload, 1, five)
	r.part(me, upload, 2, "to be replaced")
	ended := r.begin(me, "/b-one/ended")
	r.do(me, "DELETE", ended, "").want(204, "")
	r.do(me, "PUT", "/b-two?versioning", `<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>`).want(200, "")
	r.do(me, "PUT", "/b-one?cors", `<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>https://a.example</AllowedOrigin></CORSRule></CORSConfiguration>`).want(200, "")
	r.do(me, "DELETE", "/b-one?publicAccessBlock", "").want(204, "")
	r.do(me, "PUT", "/b-one?policy", `{"Version":"2012-10-17","Statement":[{"Sid":"Kept","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one/*"}]}`).want(204, "")

	for range 2 { // also when nothing was done in between
		r = kept(t, dir, buckets...)
		r.do(me, "GET", "/b-one/k", "").want(200, "").contains("hello").has("ETag", etag).has("Content-Type", "image/png").has("Cache-Control", "max-age=5").has("X-Amz-Meta-A", "b").has("X-Amz-Tagging-Count", "1")
		r.do(me, "GET", "/b-one/empty", "").want(200, "").has("Content-Length", "0")
		r.do(me, "GET", "/b-one/%E5%86%99+%2525", "").want(200, "").contains("写")
		r.do(me, "GET", "/b-one/copy", "", "Range: bytes=5-7").want(206, "").contains("the")
		if got := r.do(me, "GET", "/b-one/made", "").want(200, "").body; got != made || len(made) != 20480 {
			t.Errorf("made-up content of %d bytes, %d before", len(got), len(made))
		}
		r.do(me, "GET", "/b-one/seed.txt", "").want(200, "").contains("from the file")
		r.do(me, "GET", "/b-one/gone.txt", "").want(404, "NoSuchKey")
		r.do(me, "GET", "/b-one/f/1", "").want(404, "NoSuchKey")
		r.do(me, "GET", "/b-one/f/2", "").want(200, "")
		r.do(me, "GET", "/b-two/v?versionId="+one, "").want(200, "").contains("one")
		r.do(me, "GET", "/b-two/v", "").want(404, "NoSuchKey").has("X-Amz-Delete-Marker", "true")
		r.do(me, "GET", "/b-two?versioning", "").contains("Suspended")
		r.do(me, "GET", "/b-one?cors", "").contains("https://a.example")
		r.do(me, "GET", "/b-one?publicAccessBlock", "").want(404, "NoSuchPublicAccessBlockConfiguration")
		r.do(me, "GET", "/b-one?policy", "").want(200, "").contains("Kept")
		r.do(me, "GET", upload, "").want(200, "").contains("<PartNumber>1<").contains("<PartNumber>2<")
		r.do(me, "GET", ended, "").want(404, "NoSuchUpload")
	}
	last := r.part(me, upload, 2, "the end")
	r.do(me, "POST", upload, finish(first, last)).want(200, "")
	r = kept(t, dir, buckets...)
	if got := r.do(me, "GET", "/b-one/parts", "").want(200, "").has("Content-Type", "video/mp4").body; got != five+"the end" {
		t.Errorf("%d bytes", len(got))
	}
	r.do(me, "GET", upload, "").want(404, "NoSuchUpload")
}

// Bodies that nobody has any more do not stay, neither of what was replaced
// nor of what a kill cut short; those that something has do.
func TestBodiesGoWithWhatHoldsThem(t *testing.T) {
	dir, me := t.TempDir(), admin(t)
	r := kept(t, dir, bucketNamed("b-one"))
	r.do(me, "PUT", "/b-one/a", "first").want(200, "")
	r.do(me, "PUT", "/b-one/copy", "", "X-Amz-Copy-Source: b-one/a").want(200, "")
	r.do(me, "PUT", "/b-one/a", "second").want(200, "")
	r.do(me, "PUT", "/b-one/a", "refused", `If-None-Match: *`).want(412, "PreconditionFailed")
	if n := len(bodies(t, dir)); n != 2 {
		t.Errorf("%d bodies of two", n)
	}
	r.do(me, "DELETE", "/b-one/copy", "").want(204, "")
	if n := len(bodies(t, dir)); n != 1 {
		t.Errorf("%d bodies of one", n)
	}
	for _, left := range []string{"new-123", strings.Repeat("0a", 16), "somebody's.txt"} {
		if err := os.WriteFile(filepath.Join(dir, "bodies", left), []byte("left"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r = kept(t, dir, bucketNamed("b-one"))
	if all := bodies(t, dir); len(all) != 2 { // that of a, and what is not ours
		t.Errorf("%q", all)
	}
	r.do(me, "GET", "/b-one/a", "").contains("second")
}

// A line that was cut short is one whose request was never answered; any other
// damage stops the start, and changes nothing.
func TestDamagedDirectories(t *testing.T) {
	me := admin(t)
	begin := func(t *testing.T) (dir, log string) {
		dir = t.TempDir()
		r := kept(t, dir, bucketNamed("b-one"))
		r.do(me, "PUT", "/b-one/a", "first").want(200, "")
		r.do(me, "PUT", "/b-one/b", "second").want(200, "")
		return dir, filepath.Join(dir, "changes.jsonl")
	}
	t.Run("the last line", func(t *testing.T) {
		dir, log := begin(t)
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(log, data[:len(data)-9], 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			r := kept(t, dir, bucketNamed("b-one"))
			r.do(me, "GET", "/b-one/a", "").want(200, "")
			r.do(me, "GET", "/b-one/b", "").want(404, "NoSuchKey")
			r.do(me, "PUT", "/b-one/c", "third").want(200, "")
		}
	})
	for name, harm := range map[string]func(dir, log string) error{
		"a line":  func(_, log string) error { return os.WriteFile(log, []byte("{\n{}\n"), 0o600) },
		"a body":  func(dir, _ string) error { return os.Remove(bodies(t, dir)[0]) },
		"its end": func(dir, _ string) error { return os.Truncate(bodies(t, dir)[0], 1) },
		"a path": func(_, log string) error {
			return os.WriteFile(log, []byte(`{"bucket":"b-one","key":"k","versions":[{"id":"null","modified":"2026-01-01T00:00:00Z","body":[{"body":"../../x","size":1}]}]}`+"\n"), 0o600)
		},
		"a bucket": func(_, log string) error {
			return os.WriteFile(log, []byte(`{"bucket":"b-none","key":"k"}`+"\n"), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, log := begin(t)
			if err := harm(dir, log); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(log)
			_, err := s3.Open(account.Account{ID: home, Buckets: []account.Bucket{bucketNamed("b-one")}}, s3.Options{Dir: dir})
			var damaged *s3.DamagedError
			if !errors.As(err, &damaged) {
				t.Errorf("got %v", err)
			}
			if after, _ := os.ReadFile(log); string(after) != string(before) {
				t.Error("the log was changed")
			}
		})
	}
}

// A log that says the same over and over is written anew, and says the same.
func TestLongLogsAreWrittenAnew(t *testing.T) {
	dir, me := t.TempDir(), admin(t)
	seeded := func(b *account.Bucket) { b.Objects = []account.Object{{Key: "seed.txt", Content: []byte("x")}} }
	r := kept(t, dir, bucketNamed("b-one", seeded))
	upload := r.begin(me, "/b-one/parts")
	r.part(me, upload, 1, "part")
	r.do(me, "DELETE", "/b-one/seed.txt", "").want(204, "")
	r.do(me, "PUT", "/b-one?versioning", `<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>`).want(200, "")
	for i := range 1100 {
		r.do(me, "PUT", "/b-one/k", fmt.Sprint(i)).want(200, "")
	}
	for range 2 {
		r = kept(t, dir, bucketNamed("b-one", seeded))
		r.do(me, "GET", "/b-one/k", "").want(200, "").contains("1099")
		r.do(me, "GET", "/b-one/seed.txt", "").want(404, "NoSuchKey")
		r.do(me, "GET", upload, "").want(200, "").contains("<PartNumber>1<")
		r.do(me, "GET", "/b-one?versioning", "").contains("Suspended")
		data, err := os.ReadFile(filepath.Join(dir, "changes.jsonl"))
		if lines := strings.Count(string(data), "\n"); err != nil || lines > 6 {
			t.Errorf("%d lines, %v", lines, err)
		}
		if n := len(bodies(t, dir)); n != 2 {
			t.Errorf("%d bodies", n)
		}
	}
}

// Where the disk takes no more, the request is refused and nothing changes.
func TestFullDisksRefuse(t *testing.T) {
	dir, me := t.TempDir(), admin(t)
	r := kept(t, dir, bucketNamed("b-one"))
	r.do(me, "PUT", "/b-one/a", "first").want(200, "")
	if err := r.srv.Close(); err != nil { // no line can be written any more
		t.Fatal(err)
	}
	r.do(me, "PUT", "/b-one/a", "second").want(507, "InsufficientStorage")
	r.do(me, "DELETE", "/b-one/a", "").want(507, "InsufficientStorage")
	r.do(me, "PUT", "/b-one?versioning", `<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>`).want(507, "InsufficientStorage")
	r.do(me, "GET", "/b-one?versioning", "").lacks("Enabled")
	r.do(me, "GET", "/b-one/a", "").want(200, "").contains("first")
	if n := len(bodies(t, dir)); n != 1 {
		t.Errorf("%d bodies", n)
	}
}

// Whoever reads gets a body whole, while others put, copy and delete it.
func TestBodiesStayWhileTheyAreRead(t *testing.T) {
	dir, me := t.TempDir(), admin(t)
	r := kept(t, dir, bucketNamed("b-one"))
	var all sync.WaitGroup
	for n := range 4 {
		letter := strings.Repeat(string(rune('a'+n)), 100_000)
		all.Go(func() {
			for range 40 {
				r.do(me, "PUT", "/b-one/k", letter)
				r.do(me, "PUT", fmt.Sprintf("/b-one/copy%d", n), "", "X-Amz-Copy-Source: b-one/k")
				for _, key := range []string{"k", fmt.Sprintf("copy%d", (n+1)%4)} {
					if got := r.do(me, "GET", "/b-one/"+key, ""); got.status == 200 && (len(got.body) != len(letter) || strings.Trim(got.body, got.body[:1]) != "") {
						t.Errorf("%s: %d bytes", key, len(got.body))
					}
				}
				r.do(me, "DELETE", "/b-one/k", "")
			}
		})
	}
	all.Wait()
	for n := range 4 {
		r.do(me, "DELETE", fmt.Sprintf("/b-one/copy%d", n), "").want(204, "")
	}
	if left := bodies(t, dir); len(left) != 0 {
		t.Errorf("%d bodies of nothing", len(left))
	}
	kept(t, dir, bucketNamed("b-one"))
}
