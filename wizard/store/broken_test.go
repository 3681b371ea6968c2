//go:build !windows

package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

// brokenFiles are what may stand in the place of a file of settings, and what
// is said about it.
var brokenFiles = map[string]struct {
	make func(t *testing.T, file string)
	text string // id without "error."
	line int
}{
	"empty":        {write1(""), "file.empty", 0},
	"cut short":    {write1("schema: 1\nnotes: \"ab"), "file.syntax", 2},
	"binary":       {write1("\x00\x01\x02\xff"), "file.binary", 1},
	"utf-16":       {write1("\xff\xfes\x00c\x00h\x00e\x00m\x00a\x00:\x00 \x001\x00\n\x00"), "file.binary", 1},
	"newer":        {write1("schema: 2\nbucket: alpha\ncolour: red\n"), "file.schema", 1},
	"no schema":    {write1("bucket: alpha\n"), "file.no_schema", 0},
	"merge marks":  {write1("schema: 1\n<<<<<<< HEAD\nbucket: a\n=======\nbucket: b\n>>>>>>> x\n"), "file.syntax", 6},
	"huge":         {write1(strings.Repeat("#", 1<<20+1)), "file.too_large", 0},
	"rather huge":  {write1("schema: 1\nnotes: " + strings.Repeat("x", 64<<10)), "file.too_large", 0},
	"directory":    {func(t *testing.T, file string) { must(t, os.Mkdir(file, 0o700)) }, "file.directory", 0},
	"dangling":     {func(t *testing.T, file string) { must(t, os.Symlink(file+".gone", file)) }, "file.dangling", 0},
	"pipe":         {func(t *testing.T, file string) { must(t, syscall.Mkfifo(file, 0o600)) }, "file.too_large", 0},
	"to itself":    {func(t *testing.T, file string) { must(t, os.Symlink(file, file)) }, "file.unreadable", 0},
	"not readable": {func(t *testing.T, file string) { write1("schema: 1\n")(t, file); must(t, os.Chmod(file, 0)) }, "file.unreadable", 0},
}

func write1(text string) func(*testing.T, string) {
	return func(t *testing.T, file string) { must(t, os.WriteFile(file, []byte(text), 0o600)) }
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// image is what is in a file's place: its kind, its target, its bytes.
func image(t *testing.T, file string) string {
	t.Helper()
	info, err := os.Lstat(file)
	if err != nil {
		return "gone: " + err.Error()
	}
	said := info.Mode().String()
	if info.Mode()&fs.ModeSymlink != 0 {
		to, _ := os.Readlink(file)
		return said + " to " + to
	}
	if info.Mode().IsRegular() && info.Mode().Perm() != 0 {
		data, err := os.ReadFile(file)
		must(t, err)
		return said + string(data)
	}
	return said
}

// What cannot be read is named with file and line, hides nothing else, and
// stays as it is whatever is saved or deleted.
func TestWhatCannotBeReadIsNamedAndKept(t *testing.T) {
	for name, broken := range brokenFiles {
		t.Run(name, func(t *testing.T) {
			if name == "not readable" && os.Getuid() == 0 {
				t.Skip("root reads everything")
			}
			s := open(t)
			save(t, s, "good", alpha)
			must(t, s.SaveDraft(Draft{Name: "fine", Settings: alpha}))
			connection, draft := filepath.Join(s.connections(), "bad.yaml"), filepath.Join(s.drafts(), "bad.yaml")
			broken.make(t, connection)
			broken.make(t, draft)
			before := image(t, connection) + image(t, draft)

			_, load := s.Load("bad")
			_, loadDraft := s.LoadDraft("bad")
			all, list := s.List()
			drafts, listDrafts := s.Drafts()
			if len(all) != 1 || len(drafts) != 1 {
				t.Errorf("the others are hidden: %d connections, %d drafts", len(all), len(drafts))
			}
			for what, err := range map[string]error{
				"Load": load, "LoadDraft": loadDraft, "List": list, "Drafts": listDrafts,
				"Save":        s.Save(Connection{Name: "bad", Settings: alpha}),
				"Save over":   s.Save(Connection{Name: "bad", Settings: alpha, Revision: "loaded before it broke"}),
				"Remove":      s.Remove(Connection{Name: "bad", Revision: "loaded before it broke"}),
				"SaveDraft":   s.SaveDraft(Draft{Name: "bad", Settings: alpha}),
				"DeleteDraft": s.DeleteDraft("bad"),
			} {
				var c *CorruptError
				var f *wizard.FileError
				if !errors.As(err, &c) || !errors.As(err, &f) {
					t.Errorf("%s: %v cannot be told", what, err)
					continue
				}
				if !strings.HasSuffix(c.File, "bad.yaml") || f.TextID() != "error."+broken.text || c.Line != broken.line {
					t.Errorf("%s: %s of %s, line %d; want %s in line %d", what, f.TextID(), c.File, c.Line, broken.text, broken.line)
				}
			}
			if after := image(t, connection) + image(t, draft); after != before {
				t.Errorf("changed from %.200q to %.200q", before, after)
			}
		})
	}
}

// To delete by name is the one way to be rid of what cannot be read; a
// directory is never taken for a file.
func TestDeleteIsTheWayOut(t *testing.T) {
	for name, broken := range brokenFiles {
		s := open(t)
		must(t, os.MkdirAll(s.connections(), 0o700))
		file := filepath.Join(s.connections(), "bad.yaml")
		broken.make(t, file)
		err := s.Delete("bad")
		_, there := os.Lstat(file)
		if name == "directory" {
			if err == nil || there != nil {
				t.Errorf("a directory was deleted: %v", err)
			}
		} else if err != nil || there == nil {
			t.Errorf("%s: %v, still there: %v", name, err, there == nil)
		}
	}
}

// A disk that refuses changes nothing and says why.
func TestADiskThatRefuses(t *testing.T) {
	kinds := map[string]struct {
		refuse func(t *testing.T, s *Store)
		text   string
	}{
		"full": {func(t *testing.T, _ *Store) { limitFiles(t, 40) }, "error.file.access.full"},
		"read-only": {func(t *testing.T, s *Store) {
			if os.Getuid() == 0 {
				t.Skip("root writes everywhere")
			}
			for _, dir := range []string{s.connections(), s.drafts()} {
				must(t, os.Chmod(dir, 0o500))
				must(t, os.RemoveAll(filepath.Join(dir, "none")))
				t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
			}
		}, "error.file.access.denied"},
	}
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			if name == "full" && !alone(t) {
				return
			}
			s := open(t)
			c := save(t, s, "prod", alpha)
			must(t, s.SaveDraft(Draft{Name: "new", Settings: alpha}))
			before := tree(t, s)
			kind.refuse(t, s)
			c.Settings.Notes = strings.Repeat("n", 200)
			errs := map[string]error{"Save": s.Save(c), "SaveDraft": s.SaveDraft(Draft{Name: "new", Settings: c.Settings})}
			if name == "read-only" {
				errs["Remove"], errs["Delete"] = s.Remove(c), s.Delete("prod")
			}
			if name == "full" {
				limitFiles(t, 1<<40)
			}
			for what, err := range errs {
				var a *AccessError
				if !errors.As(err, &a) || a.TextID() != kind.text || !strings.Contains(a.Error(), a.File) {
					t.Errorf("%s: %v, want %s", what, err, kind.text)
				}
			}
			if after := tree(t, s); after != before {
				t.Errorf("left behind:\n%s\nwas\n%s", after, before)
			}
		})
	}
}

// alone runs this test in a process of its own, and tells whether this is it:
// a limit of the process would also hit the log that the testing package keeps.
func alone(t *testing.T) bool {
	t.Helper()
	const mark = "MEDIADOCK_TEST_ALONE"
	if os.Getenv(mark) == t.Name() {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+strings.ReplaceAll(t.Name(), "/", "$/^")+"$", "-test.v")
	cmd.Env = append(os.Environ(), mark+"="+t.Name())
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// limitFiles makes writing beyond some bytes fail, as a full disk does.
func limitFiles(t *testing.T, most uint64) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: min(most, was.Max), Max: was.Max}))
}

// tree is every file under the store and what is in it.
func tree(t *testing.T, s *Store) string {
	t.Helper()
	var b bytes.Buffer
	for _, dir := range []string{s.connections(), s.drafts()} {
		must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			b.WriteString(path + ": " + image(t, path) + "\n")
			return nil
		}))
	}
	return b.String()
}

func TestAnotherProcessThatHoldsTheLockIsTold(t *testing.T) {
	err := accessed("dir", &AccessError{File: "dir", Err: ErrBusy})
	var a *AccessError
	if !errors.As(err, &a) || a.TextID() != "error.file.access.busy" || !errors.Is(err, ErrBusy) {
		t.Errorf("%v", err)
	}
}

// Several that write the same draft at once leave a whole one.
func TestConcurrentDraftsAreWhole(t *testing.T) {
	s := open(t)
	var writers sync.WaitGroup
	for i := range 4 {
		writers.Go(func() {
			own, settings := Open(s.dirs), alpha
			settings.Notes = strings.Repeat(string(rune('a'+i)), 500+i)
			for range 10 {
				err := own.SaveDraft(Draft{Name: "new", Settings: settings})
				for errors.Is(err, ErrBusy) { // a slow disk keeps it locked for seconds
					err = own.SaveDraft(Draft{Name: "new", Settings: settings})
				}
				if err != nil {
					t.Error(err)
				}
				if d, err := own.LoadDraft("new"); err != nil || strings.Trim(d.Settings.Notes, d.Settings.Notes[:1]) != "" {
					t.Errorf("half a draft: %+v %v", d, err)
				}
			}
		})
	}
	writers.Wait()
}

func TestDraftsKeepNoSecretAndCanBeReadAgain(t *testing.T) {
	s := open(t)
	typed := alpha
	typed.RoleARN = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	typed.Notes = strings.Repeat("\u200b", 40_000) // six bytes each, escaped
	must(t, s.SaveDraft(Draft{Name: "new", Settings: typed}))
	if got := tree(t, s); strings.Contains(got, "wJalr") {
		t.Error("a secret key is on the disk")
	}
	want := alpha
	want.RoleARN, want.Notes = "", ""
	if d, err := s.LoadDraft("new"); err != nil || d.Settings != want {
		t.Errorf("%+v %v", d.Settings, err)
	}
	must(t, s.SaveDraft(Draft{Name: "new", Settings: alpha})) // it does not bar the next one
}

// FuzzFiles: any bytes are a connection and a draft, or are told to be none;
// what was read and is saved again comes back the same.
func FuzzFiles(f *testing.F) {
	f.Add([]byte("schema: 1\nbucket: alpha\n"))
	f.Add([]byte("{\"schema\": 1, \"notes\": \"\\u200b\", \"fix_file_names\": true}"))
	f.Add([]byte("schema: 1\nstep: place\nedit: yes\nexternal_id: 0123\n"))
	f.Add([]byte("schema: 2\n"))
	f.Add([]byte("\xff\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := open(t)
		for _, dir := range []string{s.connections(), s.drafts()} {
			must(t, os.MkdirAll(dir, 0o700))
			must(t, os.WriteFile(filepath.Join(dir, "x.yaml"), data, 0o600))
		}
		var corrupt *CorruptError
		c, err := s.Load("x")
		if err != nil && !errors.As(err, &corrupt) {
			t.Fatalf("%T: %v", err, err)
		}
		if err == nil && len(data) < wizard.MaxFile/8 {
			must(t, s.Save(c))
			if again, err := s.Load("x"); err != nil || again.Settings != c.Settings {
				t.Errorf("%+v came back as %+v, %v", c.Settings, again.Settings, err)
			}
		}
		d, err := s.LoadDraft("x")
		if err != nil {
			if !errors.As(err, &corrupt) || s.SaveDraft(Draft{Name: "x"}) == nil {
				t.Fatalf("%v, and it was replaced", err)
			}
			return
		}
		must(t, s.SaveDraft(d))
		if again, err := s.LoadDraft("x"); err != nil || again.Step != d.Step || again.Edit != d.Edit {
			t.Errorf("%+v came back as %+v, %v", d, again, err)
		}
	})
}
