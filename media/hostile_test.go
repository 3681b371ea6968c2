package media_test

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// hostile are paths that only other programs make.
var hostile = []string{
	"h/control\x01\x1b[2J.txt",
	"h/tab\tnewline\ncarriage\rreturn.txt",
	"h/\u0085\u2028\u2029.txt",
	"h/double//slash.txt",
	"h/dots/../up.txt",
	"h/./dot.txt",
	`h/back\slash.txt`,
	"h/\u202egpj.exe",
	"h/<key>&amp;]]>.txt",
	"h/" + strings.Repeat("あ", 90) + ".txt",
}

func TestHostileNamesStayExact(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany(hostile)
	var got []string
	if err := r.Walk(t.Context(), "", func(i media.Item) error { got = append(got, i.Path); return nil }); err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(hostile))
	if !slices.Equal(got, want) {
		t.Errorf("walk:\n got %q\nwant %q", got, want)
	}
	for _, p := range hostile {
		if _, err := r.Info(t.Context(), p); err != nil {
			t.Errorf("info %q: %v", p, err)
		}
	}
	if e := move(t, r.Library, "h", "safe"); e.sum.Done != len(hostile) {
		t.Errorf("moved %+v: %v", e.sum, e.end)
	}
	for _, p := range hostile {
		if content, _, _ := r.Read("safe" + p[1:]); content != p {
			t.Errorf("%q holds %q", "safe"+p[1:], content)
		}
	}
	r.Lay("safe/carriage\\rreturn.txt", "must stay") // what a careless encoder would name instead
	r.Lay("safe/control\uFFFD\uFFFD[2J.txt", "must stay")
	var paths []string
	for _, p := range hostile {
		paths = append(paths, "safe"+p[1:])
	}
	if e := remove(t, r.Library, paths...); e.sum.Done != len(hostile) {
		t.Errorf("removed %+v: %v", e.sum, e.end)
	}
	if keys := r.Keys(); len(keys) != 2 {
		t.Errorf("left %q", keys)
	}
}

// A bucket may hold folders without a name. They can be reached and removed,
// and a path to one never means more.
func TestFoldersWithoutANameStayApart(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"/lost.txt", "a//lost.txt", "a/b.txt", "c.txt"})
	for folder, want := range map[string]string{
		"": "[/ a/ c.txt]", "/": "[/lost.txt]", "a": "[a// a/b.txt]", "a//": "[a//lost.txt]", "./a": "[a// a/b.txt]", "/a": "[a// a/b.txt]",
	} {
		page, err := r.Page(t.Context(), folder, "")
		var got []string
		for _, i := range page.Items {
			got = append(got, i.Path)
		}
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("page %q: %v, %v, want %s", folder, got, err, want)
		}
	}
	remove(t, r.Library, "a//").want(t, "a//lost.txt", "done")
	remove(t, r.Library, "/lost.txt").want(t, "/lost.txt", "done")
	remove(t, r.Library, "/").want(t, "/", "refused:whole-library")
	if keys := r.Keys(); !slices.Equal(keys, []string{"a/b.txt", "c.txt"}) {
		t.Errorf("left %q", keys)
	}
	if page, err := r.Page(t.Context(), "/", ""); err != nil || len(page.Items) != 2 {
		t.Errorf("a lone slash shows %+v, %v", page.Items, err)
	}
}

func TestADownloadStaysInItsDirectory(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	outside := t.TempDir()
	dir := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	want := map[string]string{
		"f/../../up.txt":                   "refused:outside",
		"f/../up.txt":                      "refused:outside",
		"f/..":                             "refused:outside",
		"f//etc/passwd":                    "refused:outside",
		"f/a//b.txt":                       "refused:local-name",
		"f/./c.txt":                        "refused:local-name",
		"f/nul\x00byte.txt":                "refused:local-name",
		"f/" + strings.Repeat("x", 256):    "refused:local-long",
		"f/link/through.txt":               "refused:outside",
		"f/.mediadock-looks-like-ours":     "done",
		"f/good/図.txt":                     "done",
		"f/good/control\x1b.txt":           "done",
		"f/good":                           "refused:duplicate", // a folder of this name is in the way
		"f/" + strings.Repeat("deep/", 50): "refused:local-slash",
		"f/" + strings.Repeat("deep/", 50) + "d.txt": "done",
	}
	r.LayMany(slices.Collect(maps.Keys(want)))
	plan, err := r.PlanGet(t.Context(), []string{"f/"}, media.GetOptions{To: dir, Recursive: true})
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	r.Get(t.Context(), plan, e.emit)
	for path, end := range want {
		if end != "" {
			e.want(t, path, end)
		}
	}
	if left, _ := os.ReadDir(outside); len(left) != 0 {
		t.Errorf("written outside: %v", left)
	}
	if _, err := os.Lstat(filepath.Join(filepath.Dir(dir), "up.txt")); err == nil {
		t.Error("written above the directory")
	}
	err = filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("left %s", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCaseTwinsDoNotOverwriteEachOther(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"A.txt", "a.txt", "f/x.txt", "g/x.txt"})
	dir := t.TempDir()
	plan, err := r.PlanGet(t.Context(), []string{"f/x.txt", "g/x.txt", "A.txt", "a.txt"}, media.GetOptions{To: dir})
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	r.Get(t.Context(), plan, e.emit)
	e.want(t, "f/x.txt", "done")
	e.want(t, "g/x.txt", "refused:duplicate")
	if data, _ := os.ReadFile(filepath.Join(dir, "x.txt")); string(data) != "f/x.txt" {
		t.Errorf("x.txt holds %q", data)
	}
}

func TestALargeObjectIsCopiedInParts(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.CopyInPartsAbove(6<<20, 5<<20)
	content := big(17<<20) + "end"
	r.Lay("film.mp4", content, func(in *s3.PutObjectInput) {
		in.ContentType = aws.String("video/mp4")
		in.ContentDisposition = aws.String("inline")
		in.CacheControl = aws.String("max-age=60")
		in.ContentLanguage = aws.String("ja")
		in.Metadata = map[string]string{"microcms-version": "20250812154922"}
	})
	move(t, r.Library, "film.mp4", "動画/film.mp4").want(t, "film.mp4", "done")
	got, head, ok := r.Read("動画/film.mp4")
	if !ok || got != content {
		t.Fatalf("copied %d bytes", len(got))
	}
	if !strings.HasSuffix(aws.ToString(head.ETag), `-3"`) {
		t.Errorf("ETag %s: not copied in parts", aws.ToString(head.ETag))
	}
	if aws.ToString(head.ContentType) != "video/mp4" || aws.ToString(head.ContentDisposition) != "inline" ||
		aws.ToString(head.CacheControl) != "max-age=60" || aws.ToString(head.ContentLanguage) != "ja" || head.Metadata["microcms-version"] != "20250812154922" {
		t.Errorf("headers %+v", head)
	}
	r.Lay("taken.mp4", "theirs")
	r.Lay("again.mp4", content)
	plan, err := r.PlanMove(t.Context(), "again.mp4", "new.mp4")
	if err != nil {
		t.Fatal(err)
	}
	r.Lay("new.mp4", "theirs")
	var e ends
	r.Move(t.Context(), plan, e.emit)
	e.want(t, "again.mp4", "refused:exists")
	if n := r.Uploads(); n != 0 {
		t.Errorf("%d uploads are open", n)
	}
}

func TestAPresignedURLNeverOutlivesTheSession(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.Lay("a.txt", "a")
	for _, d := range []time.Duration{time.Minute, 12 * time.Hour, 30 * 24 * time.Hour} {
		link, expires, err := r.Presign(t.Context(), "a.txt", d)
		if err != nil {
			t.Fatal(err)
		}
		session := r.Source.Session(r.Place).Expires()
		if expires.After(session) || time.Until(expires) > d {
			t.Errorf("asked for %v: expires %v, the session %v", d, expires, session)
		}
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		seconds, _ := strconv.Atoi(u.Query().Get("X-Amz-Expires"))
		if signed := time.Duration(seconds) * time.Second; signed > d || time.Until(expires) > signed {
			t.Errorf("asked for %v: signed for %v, told %v", d, signed, time.Until(expires))
		}
	}
}

func TestWalkJumpsOverEnvironments(t *testing.T) {
	e := mediatest.Sandbox(t, func(a *account.Account) {
		a.Buckets[0].Objects = append(a.Buckets[0].Objects,
			account.Object{Prefix: "media/room/env-aaaabbbbccccdddd/", Count: 50_000, Size: 10, Name: "img-{n}.jpg"},
			account.Object{Prefix: "media/room/env-bbbbccccddddeeee/", Count: 50_000, Size: 10, Name: "img-{n}.jpg"},
			account.Object{Key: "media/room/env-not-an-id/a.txt", Content: []byte("a")},
			account.Object{Key: "media/room/a.txt", Content: []byte("a")},
			account.Object{Key: "media/room/z.txt", Content: []byte("z")})
	})
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{Client: client}
	space := e.Room(t, media.Options{}).Space
	space.Prefix = "media/room"
	var got []string
	err = media.New(c, nil, space, media.Options{}).Walk(t.Context(), "", func(i media.Item) error { got = append(got, i.Path); return nil })
	if err != nil || fmt.Sprint(got) != "[a.txt env-not-an-id/a.txt z.txt]" {
		t.Errorf("walked %q, %v", got, err)
	}
	if n := c.lists.Load(); n > 4 {
		t.Errorf("%d requests", n)
	}
}

func TestErrorsAreOfTheirKinds(t *testing.T) {
	for code, kinds := range map[string][3]bool{
		media.CodeExists:       {true, false, true},
		media.CodeLocalExists:  {true, false, true},
		media.CodeNotFound:     {false, true, false},
		media.CodeLocalMissing: {false, true, false},
		media.CodeNameFixed:    {false, false, true},
		media.CodeNameControl:  {false, false, true},
		media.CodeDenied:       {false, false, false},
		media.CodeSame:         {false, false, false},
	} {
		err := error(&media.Error{Code: code, Err: os.ErrPermission})
		if got := [3]bool{errors.Is(err, media.ErrExists), errors.Is(err, media.ErrNotFound), errors.Is(err, media.ErrRefused)}; got != kinds {
			t.Errorf("%s is %v, want %v", code, got, kinds)
		}
		if !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s hides what it wraps", code)
		}
	}
}
