package media_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

func TestPatternsChooseFiles(t *testing.T) {
	for _, c := range []struct {
		include, exclude string // separated by spaces
		goes, stays      string
	}{
		{"", "*.psd", "a.jpg psd/a.jpg a.psd.jpg", "a.psd A.PSD f/g/a.psd"},
		{"", "drafts/", "drafts f/mydrafts/a", "drafts/a f/drafts/a/b DRAFTS/a"},
		{"", "/drafts", "f/drafts drafts2", "drafts drafts/a"},
		{"", "a/*.txt", "b/a/x.txt a/b/x.txt", "a/x.txt"},
		{"", "a/**/*.txt", "b/a/x.txt", "a/x.txt a/b/x.txt a/b/c/x.txt"},
		{"", "**/cache/**", "cached/x", "cache/x f/cache/x f/cache/g/x"},
		{"", "{a,b}?.[jp]*", "c1.jpg a.jpg a1.gif", "a1.jpg b2.png"},
		{"", `\*.jpg`, "a.jpg", "*.jpg"},
		{"", "\u30ab\u3099*", "カ.jpg", "\u30ac.jpg \u30ab\u3099.jpg"}, // composed or not
		{"", "写真?.jpg", "写真.jpg 写真12.jpg", "写真1.jpg 写真春.jpg"},
		{"*.jpg *.png", "", "a.JPG f/b.png", "c.gif jpg"},
		{"photos/", "", "photos/a photos/x/b f/photos/a", "photos a"},
		{"*.jpg", "*-draft.*", "a.jpg", "a-draft.jpg b.png"},
		{"", "./a.txt", "f/a.txt", "a.txt"},
	} {
		f, err := media.NewFilter(strings.Fields(c.include), strings.Fields(c.exclude))
		if err != nil {
			t.Errorf("%q %q: %v", c.include, c.exclude, err)
			continue
		}
		for _, path := range strings.Fields(c.goes) {
			if f.LeavesOut(path) {
				t.Errorf("include %q, exclude %q leaves out %q", c.include, c.exclude, path)
			}
		}
		for _, path := range strings.Fields(c.stays) {
			if !f.LeavesOut(path) {
				t.Errorf("include %q, exclude %q lets %q go", c.include, c.exclude, path)
			}
		}
	}
	for _, bad := range []string{"", "/", "[a", "{a,b", `a\`} {
		var e *media.PatternError
		if _, err := media.NewFilter(nil, []string{bad}); !errors.As(err, &e) || e.Pattern != bad {
			t.Errorf("%q: %v", bad, err)
		}
	}
	var none *media.Filter
	if none.LeavesOut("a") {
		t.Error("no filter leaves something out")
	}
}

// What is left out of a folder is named, each with its reason, and nothing of
// it is uploaded or read.
func TestExclusionsOfAFolder(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	dir := t.TempDir()
	for _, name := range []string{"a.jpg", "A.PSD", "sub/b.jpg", "sub/c.psd", "cache/x/y.jpg", ".DS_Store", "desktop.ini", ".secret", "._a.jpg"} {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"loop": dir, "link.jpg": "a.jpg", "broken": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	filter, err := media.NewFilter(nil, []string{"*.psd", "/cache"})
	if err != nil {
		t.Fatal(err)
	}
	e := put(t, r.Library, media.PutOptions{Filter: filter}, dir+string(filepath.Separator))
	want := map[string]string{
		"a.jpg": "done", "sub/b.jpg": "done",
		"A.PSD": "skipped:excluded", "sub/c.psd": "skipped:excluded", "cache": "skipped:excluded",
		".DS_Store": "skipped:junk", "desktop.ini": "skipped:junk", "._a.jpg": "skipped:junk", ".secret": "skipped:hidden-file",
		"loop": "skipped:symlink", "link.jpg": "skipped:symlink", "broken": "skipped:symlink",
	}
	for name, end := range want {
		path := name
		if end != "done" {
			path = filepath.Join(dir, filepath.FromSlash(name))
		}
		e.want(t, path, end)
	}
	if len(e.end) != len(want) {
		t.Errorf("told %v", e.end)
	}
	if keys := r.Keys(); !slices.Equal(keys, []string{"a.jpg", "sub/b.jpg"}) {
		t.Errorf("stored %q", keys)
	}
	e = put(t, r.Library, media.PutOptions{Filter: filter}, filepath.Join(dir, "A.PSD"))
	if e.sum.Skipped != 1 || e.sum.Done != 0 {
		t.Errorf("a file that is named and excluded: %+v", e.sum)
	}
}

func TestPatternsOfADownload(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"f/a.jpg", "f/g/b.jpg", "f/g/c.txt", "d.jpg"})
	filter, err := media.NewFilter([]string{"*.JPG"}, []string{"/g"})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	e := get(t, r.Library, media.GetOptions{To: dir, Recursive: true, Filter: filter}, "f", "d.jpg")
	e.want(t, "f/a.jpg", "done")
	e.want(t, "f/g/b.jpg", "skipped:excluded")
	e.want(t, "f/g/c.txt", "skipped:excluded")
	e.want(t, "d.jpg", "done")
	wantFiles(t, dir, map[string]string{"f/a.jpg": "f/a.jpg", "d.jpg": "d.jpg"})
}
