package media_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

func get(t *testing.T, l *media.Library, o media.GetOptions, paths ...string) *ends {
	t.Helper()
	plan, err := l.PlanGet(t.Context(), paths, o)
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	l.Get(t.Context(), plan, e.emit)
	return &e
}

// files are all files of a directory, hidden ones too, with what they hold.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantFiles(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if got := files(t, dir); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("files %.300q, want %.300q", fmt.Sprint(got), fmt.Sprint(want))
	}
}

// A disk that becomes full: what was done stays, of the rest nothing, and no
// more is asked for.
func TestAFullDiskEndsADownload(t *testing.T) {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		e := mediatest.Sandbox(t)
		client, err := e.Source.S3(e.Place)
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		fetching := &mediatest.Fetching{API: client, Before: func(n int) { asked = n }}
		r := e.RoomWith(t, fetching, media.Options{Parallel: 1})
		r.LayMany([]string{"f/1.txt", "f/3.txt", "f/4.txt", "f/deeper/5.txt"})
		r.Lay("f/2.bin", big(18<<20))
		dir := t.TempDir()
		r.DiskFails(func(written int64) error {
			if written > 10<<20 {
				return &fs.PathError{Op: "write", Path: "x", Err: full}
			}
			return nil
		})
		got := get(t, r.Library, media.GetOptions{To: dir, Recursive: true}, "f")
		got.want(t, "f/1.txt", "done")
		got.want(t, "f/2.bin", "failed:disk-full")
		got.want(t, "f/3.txt", "failed:disk-full")
		got.want(t, "f/4.txt", "failed:disk-full")
		wantFiles(t, dir, map[string]string{"f/1.txt": "f/1.txt"})
		if n := fetching.Bytes(); n > 14<<20 || asked > 4 { // the first file, and the second in three parts, of which the last may be asked for as the disk fails
			t.Errorf("%d bytes were fetched for a full disk, in %d requests", n, asked)
		}
		if _, err := os.Stat(filepath.Join(dir, "f", "deeper")); err == nil {
			t.Error("a directory was made for a file that was not begun")
		}
		r.DiskFails(nil)
		if got := get(t, r.Library, media.GetOptions{To: dir, Recursive: true, IfExists: media.Skip}, "f"); got.sum.Done != 4 || got.sum.Skipped != 1 {
			t.Errorf("with room: %+v", got.sum)
		}
	}
}

func TestWhatADiskRefusesIsNamed(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EFBIG:        "failed:local-big",
		syscall.EROFS:        "failed:local-unwritable",
		syscall.EACCES:       "failed:local-unwritable",
		syscall.EIO:          "failed:local-unwritable",
		syscall.ENAMETOOLONG: "refused:local-long",
		syscall.EILSEQ:       "refused:local-name",
	} {
		r := mediatest.Sandbox(t).Room(t, media.Options{})
		r.LayMany([]string{"a.txt", "b.txt"})
		r.DiskFails(func(int64) error { return err })
		dir := t.TempDir()
		e := get(t, r.Library, media.GetOptions{To: dir}, "a.txt")
		e.want(t, "a.txt", want)
		if !errors.Is(e.events["a.txt"].Err, err) {
			t.Errorf("%v is told as %v", err, e.events["a.txt"].Err)
		}
		wantFiles(t, dir, map[string]string{})
	}
}

func TestAFileWhereADirectoryHasToBe(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"f/in/a.txt", "f/b.txt"})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in"), []byte("a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := get(t, r.Library, media.GetOptions{To: dir, Recursive: true, IfExists: media.Replace}, "f/")
	e.want(t, "f/in/a.txt", "refused:local-not-dir")
	e.want(t, "f/b.txt", "done")
	wantFiles(t, dir, map[string]string{"in": "a file", "b.txt": "f/b.txt"})
	if _, err := r.PlanGet(t.Context(), []string{"f/b.txt"}, media.GetOptions{To: filepath.Join(dir, "in")}); codeOf(err) != media.CodeLocalNotDir {
		t.Errorf("into a file: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.Lay("out", "out")
	get(t, r.Library, media.GetOptions{To: dir, IfExists: media.Replace}, "out").want(t, "out", "refused:local-exists")
}

func TestAReadOnlyDirectory(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root writes everywhere")
	}
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.Lay("a.txt", "a")
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil { //nolint:gosec // a directory
		t.Fatal(err)
	}
	get(t, r.Library, media.GetOptions{To: dir}, "a.txt").want(t, "a.txt", "failed:local-unwritable")
	get(t, r.Library, media.GetOptions{To: filepath.Join(dir, "made")}, "a.txt").want(t, "a.txt", "failed:local-unwritable")
}

// On a disk that folds names, twins are told apart before anything is written,
// and never overwrite each other.
func TestTwinsOnADiskThatFoldsNames(t *testing.T) {
	keys := []string{"f/IMG/a.txt", "f/a.TXT", "f/a.txt", "f/img/a.txt", "f/img/b.txt", "f/\u30ac.txt", "f/\u30ab\u3099.txt"}
	for _, c := range []struct {
		letterCase, form bool
		choice           media.IfExists
		refused          []string
		done             int
	}{
		{false, false, "", nil, 7},
		{true, false, "", []string{"f/a.txt", "f/img/a.txt"}, 5}, // img/b.txt is in the one folder with IMG/a.txt
		{true, true, "", []string{"f/a.txt", "f/img/a.txt", "f/\u30ac.txt"}, 4},
		{true, true, media.Replace, []string{"f/a.txt", "f/img/a.txt", "f/\u30ac.txt"}, 4},
	} {
		r := mediatest.Sandbox(t).Room(t, media.Options{})
		r.LayMany(keys)
		r.DiskFolds(c.letterCase, c.form)
		dir := t.TempDir()
		e := get(t, r.Library, media.GetOptions{To: dir, Recursive: true, IfExists: c.choice}, "f/")
		var refused []string
		for path, end := range e.end {
			if end == "refused:local-twin" {
				refused = append(refused, path)
			}
		}
		slices.Sort(refused)
		slices.Sort(c.refused)
		if e.sum.Done != c.done || !slices.Equal(refused, c.refused) {
			t.Errorf("%+v: %+v, refused %q", c, e.sum, refused)
		}
	}
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"A.txt", "a.txt"})
	r.DiskFolds(true, true)
	dir := t.TempDir()
	get(t, r.Library, media.GetOptions{To: dir, IfExists: media.KeepBoth}, "A.txt", "a.txt")
	wantFiles(t, dir, map[string]string{"A.txt": "A.txt", "a-2.txt": "a.txt"})
}

// This disk is asked by what it does, not by which system it belongs to.
func TestADiskIsAsked(t *testing.T) {
	dir := t.TempDir()
	letterCase, form := media.Probe(filepath.Join(dir, "not", "made", "yet"))
	if err := os.WriteFile(filepath.Join(dir, "a\u00e9"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, upper := os.Lstat(filepath.Join(dir, "A\u00e9"))
	_, decomposed := os.Lstat(filepath.Join(dir, "ae\u0301"))
	if letterCase != (upper == nil) || form != (decomposed == nil) {
		t.Errorf("folds case %v, form %v; finds A %v, decomposed %v", letterCase, form, upper, decomposed)
	}
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("asking left %v", left)
	}
	if _, err := os.Stat(filepath.Join(dir, "not")); err == nil {
		t.Error("asking made a directory")
	}
}

// What the previous run was killed over is put right, and what has another
// name by now is not written to.
func TestTheLastInstantOfAnEarlierRun(t *testing.T) {
	for _, c := range []struct {
		choice media.IfExists
		end    string
		want   string
	}{{"", "refused:local-exists", "old"}, {media.Skip, "refused:conflict", "old"}, {media.Replace, "done", "new"}} {
		e := mediatest.Sandbox(t)
		r := e.Room(t, media.Options{})
		r.Lay("a.txt", "new")
		dir := t.TempDir()
		partial := filepath.Join(dir, r.PartialName("a.txt", "a.txt"))
		final := filepath.Join(dir, "a.txt")
		if err := os.WriteFile(partial, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Link(partial, final); err != nil {
			t.Skip(err)
		}
		elsewhere := filepath.Join(t.TempDir(), "copy")
		if err := os.Link(final, elsewhere); err != nil {
			t.Skip(err)
		}
		get(t, r.Library, media.GetOptions{To: dir, IfExists: c.choice}, "a.txt").want(t, "a.txt", c.end)
		wantFiles(t, dir, map[string]string{"a.txt": c.want})
		if data, err := os.ReadFile(elsewhere); err != nil || string(data) != "old" {
			t.Errorf("the file's other name holds %q, %v", data, err)
		}
	}
}

// Links in the place of partial files lead nowhere.
func TestLinksInPlaceOfPartialFiles(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.Lay("a.txt", "new")
	dir := t.TempDir()
	victim := filepath.Join(dir, "victim.txt")
	if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	name := r.PartialName("a.txt", "a.txt")
	for _, link := range []string{name, strings.TrimSuffix(name, ".part") + ".state"} {
		if err := os.Symlink("victim.txt", filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	get(t, r.Library, media.GetOptions{To: dir}, "a.txt").want(t, "a.txt", "done")
	wantFiles(t, dir, map[string]string{"a.txt": "new", "victim.txt": "precious"})
}

func TestNoObjectIsFetchedToAPartialFilesName(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	name := r.PartialName("film.mp4", "film.mp4")
	r.LayMany([]string{name, strings.ToUpper(name), "film.mp4"})
	dir := t.TempDir()
	e := get(t, r.Library, media.GetOptions{To: dir}, name, strings.ToUpper(name), "film.mp4")
	e.want(t, name, "refused:local-name")
	e.want(t, strings.ToUpper(name), "refused:local-name")
	wantFiles(t, dir, map[string]string{"film.mp4": "film.mp4"})
}

// Two processes that fetch one file to one place do not write into each
// other's.
func TestTwoProcessesFetchOneFile(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	second := &ends{}
	var r *mediatest.Room
	f := &mediatest.Fetching{API: client}
	r = e.RoomWith(t, f, media.Options{})
	r.Lay("a.txt", "a")
	f.Before = func(n int) {
		if n == 1 {
			second = get(t, media.New(client, nil, r.Space, media.Options{}), media.GetOptions{To: dir}, "a.txt")
		}
	}
	get(t, r.Library, media.GetOptions{To: dir}, "a.txt").want(t, "a.txt", "done")
	second.want(t, "a.txt", "refused:local-busy")
	wantFiles(t, dir, map[string]string{"a.txt": "a"})
}

func TestLongNamesAreForTheDiskToDecide(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	name := strings.Repeat("あ", 90) + ".txt" // 274 bytes, 94 characters
	r.Lay("f/"+name, "content")
	r.Lay("f/b.txt", "b")
	dir := t.TempDir()
	want := "refused:local-long"
	if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err == nil {
		want = "done"
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, to := range []string{dir, filepath.Join(dir, "new")} {
		e := get(t, r.Library, media.GetOptions{To: to, Recursive: true}, "f/")
		e.want(t, "f/"+name, want)
		e.want(t, "f/b.txt", "done")
	}
}

// A finished file that still is the partial one, too, is not written into, even
// where the state fits.
func TestAPartialFileThatIsInItsPlaceIsLeftAlone(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	f := &mediatest.Fetching{API: client, After: 3 << 20}
	r := e.RoomWith(t, f, media.Options{})
	r.Lay("film.bin", big(6<<20))
	dir := t.TempDir()
	if e := get(t, r.Library, media.GetOptions{To: dir}, "film.bin"); e.sum.Kept != 1 {
		t.Fatalf("%+v", e.sum)
	}
	final := filepath.Join(dir, "film.bin")
	if err := os.Link(filepath.Join(dir, r.PartialName("film.bin", "film.bin")), final); err != nil {
		t.Skip(err)
	}
	edited := []byte("edited by somebody")
	if err := os.WriteFile(final, edited, 0o600); err != nil {
		t.Fatal(err)
	}
	f.After = f.Bytes() + 2<<20
	get(t, r.Library, media.GetOptions{To: dir, IfExists: media.Replace}, "film.bin").want(t, "film.bin", "failed:network")
	if data, err := os.ReadFile(final); err != nil || string(data) != string(edited) {
		t.Errorf("the finished file has %d bytes by now, %v", len(data), err)
	}
	f.After = 0
	get(t, r.Library, media.GetOptions{To: dir, IfExists: media.Replace}, "film.bin").want(t, "film.bin", "done:resumed")
	wantFiles(t, dir, map[string]string{"film.bin": big(6 << 20)})
}
