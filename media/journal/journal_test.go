package journal

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var here = Place{Bucket: "b", Region: "r", Access: "role", Role: "arn", Under: "media/"}

func files(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// cut leaves an operation as a process does that is killed.
func cut(o *Operation) { o.file.Release(false) }

func TestWhatWasCutShortIsFound(t *testing.T) {
	dir := t.TempDir()
	j := New(dir, here)
	op := j.Begin("mv", map[string]string{"from": "a/"})
	if len(files(t, dir)) != 0 {
		t.Error("a file before anything was written")
	}
	one, two, three := op.NextID(), op.NextID(), op.NextID()
	must(t, op.Write(
		Step{ID: one, Kind: "move", State: "intent", Data: "one"},
		Step{ID: two, Kind: "move", State: "intent", Data: "two"},
		Step{ID: three, Kind: "upload", State: "begun", Data: 3}))
	must(t, op.Write(Step{ID: two, State: "copied", Data: "etag"}))
	op.Note(Step{ID: one, State: Done})

	if n := len(j.Left()); n != 0 {
		t.Fatalf("%d operations found while their process lives", n)
	}
	cut(op)
	if n := New(dir, Place{Bucket: "other"}).Waiting("mv"); n != 0 {
		t.Errorf("found %d operations of another place", n)
	}
	if e := New(dir, Place{Bucket: "other"}).Elsewhere(); len(e) != 1 || e[0] != here {
		t.Errorf("elsewhere: %v", e)
	}
	if n := j.Waiting("mv"); n != 1 {
		t.Errorf("%d waiting", n)
	}
	left := j.Left()
	if len(left) != 1 || left[0].Name != "mv" || left[0].Begun.IsZero() || string(left[0].Data) != `{"from":"a/"}` {
		t.Fatalf("left %+v", left)
	}
	l := left[0]
	if j.Waiting("mv") != 0 {
		t.Error("two may adopt one operation")
	}
	var data string
	if len(l.Entries) != 2 || l.Entries[0].ID != two || l.Entries[0].State != "copied" || !l.Entries[0].Decode("copied", &data) || data != "etag" ||
		!l.Entries[0].Decode("intent", &data) || data != "two" || l.Entries[1].Kind != "upload" {
		t.Fatalf("entries %+v", l.Entries)
	}
	if id := l.NextID(); id <= three {
		t.Errorf("ID %d is taken", id)
	}
	must(t, l.Write(Step{ID: two, State: Done}))
	l.Close()
	if len(files(t, dir)) == 0 {
		t.Fatal("removed with an entry open")
	}
	l = j.Left()[0]
	must(t, l.Write(Step{ID: three, State: Done}))
	l.Close()
	if f := files(t, dir); len(f) != 0 {
		t.Errorf("left on the disk: %q", f)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDamageNeitherStopsNorLoses(t *testing.T) {
	for name, c := range map[string]struct {
		change      func(string) string
		open, files int
	}{
		"a torn last line":     {func(s string) string { return s + "\n{\"v\":1,\"id\":1,\"sta" }, 1, 2},
		"a line in two halves": {func(s string) string { return s + "\n{\"v\":1,\"id\":1,\"sta\n{\"v\":1,\"id\":1,\"state\":\"done\"}\n" }, 0, 0},
		"a newer line":         {func(s string) string { return s + "\n{\"v\":2,\"state\":\"done\",\"id\":1}\n" }, 0, 2},
		"a newer file":         {func(string) string { return "{\"v\":7}\n" }, 0, 2},
		"another's file":       {func(string) string { return "hello\n" }, 0, 0}, // nothing whole is in it
		"nothing at all":       {func(string) string { return "" }, 0, 0},
		"half a head":          {func(string) string { return "\n{\"v\":1,\"state\":\"he" }, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			j := New(dir, here)
			op := j.Begin("mv", nil)
			must(t, op.Write(Step{ID: 1, Kind: "move", State: "intent"}))
			path := op.file.Path()
			cut(op)
			data, err := os.ReadFile(path)
			must(t, err)
			must(t, os.WriteFile(path, []byte(c.change(string(data))), 0o600))
			open := 0
			for _, l := range j.Left() {
				open += len(l.Entries)
				l.Close()
			}
			if got := files(t, dir); open != c.open || len(got) != c.files {
				t.Errorf("%d entries, files %q; want %d and %d", open, got, c.open, c.files)
			}
		})
	}
}

func TestWithoutADirectoryNothingIsWritten(t *testing.T) {
	op := New("", here).Begin("mv", nil)
	must(t, op.Write(Step{ID: 1, Kind: "move", State: "intent"}))
	op.Close()
	if n := New("", here).Waiting("mv"); n != 0 {
		t.Errorf("%d waiting", n)
	}
}

func TestAnUnusableDirectoryIsToldBeforeAnythingIsDone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	err := New(filepath.Join(file, "journal"), here).Begin("mv", nil).Write(Step{ID: 1, Kind: "move", State: "intent"})
	var e *Error
	if !errors.As(err, &e) || e.Dir == "" {
		t.Errorf("error %v", err)
	}
}

func TestWritersShareAFile(t *testing.T) {
	j := New(t.TempDir(), here)
	op := j.Begin("mv", nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				id := op.NextID()
				if err := op.Write(Step{ID: id, Kind: "move", State: "intent"}); err != nil {
					t.Error(err)
				}
				if id%2 == 0 {
					op.Note(Step{ID: id, State: Done})
				}
			}
		})
	}
	wg.Wait()
	if op.Open() != 200 {
		t.Errorf("%d open", op.Open())
	}
	op.Close()
	l := j.Left()
	if len(l) != 1 || len(l[0].Entries) != 200 {
		t.Fatalf("left %+v", l)
	}
	l[0].Close()
}

const envDisk = "MEDIADOCK_TEST_FULL_DISK"

// The file grows until the system takes no more: a file size limit answers as
// a full disk does, with a write that is cut short and then refused.
func TestAFullDiskStops(t *testing.T) {
	if dir := os.Getenv(envDisk); dir != "" {
		fillDisk(t, dir)
		return
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell to set a limit with")
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), sh, "-c", `ulimit -f 16 && exec "$0" -test.run '^TestAFullDiskStops$' -test.v`, os.Args[0])
	cmd.Env = append(os.Environ(), envDisk+"="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "stopped after") {
		t.Fatalf("%v\n%s", err, out)
	}
	left := New(dir, here).Left()
	if len(left) != 1 {
		t.Fatalf("left %d\n%s", len(left), out)
	}
	defer left[0].Close()
	if !strings.Contains(string(out), fmt.Sprintf("stopped after %d\n", len(left[0].Entries))) {
		t.Errorf("found %d entries\n%s", len(left[0].Entries), out)
	}
}

func fillDisk(t *testing.T, dir string) {
	op := New(dir, here).Begin("mv", nil)
	for i := 1; i < 10_000; i++ {
		if err := op.Write(Step{ID: i, Kind: "move", State: "intent", Data: strings.Repeat("x", 100)}); err != nil {
			if op.Write(Step{ID: i, Kind: "move", State: "intent"}) == nil {
				t.Error("a shorter line after the failure was taken")
			}
			fmt.Printf("\nstopped after %d\n", i-1)
			op.Close()
			return
		}
	}
	t.Fatal("the disk never was full")
}
