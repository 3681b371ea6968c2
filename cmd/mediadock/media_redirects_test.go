package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/mediatest"
	"github.com/mediadock/mediadock/wizard"
)

// changes counts the requests that copy or delete.
func changes(r *http.Request) bool {
	return r.Header.Get("X-Amz-Copy-Source") != "" || r.URL.Query().Has("delete") || r.Method == http.MethodDelete
}

// asProcess runs the program in a process of its own behind a killer, which is
// the endpoint from then on, and tells whether it was killed.
func asProcess(t *testing.T, endpoint string, k *mediatest.Killer, args ...string) (was bool, out string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "mediadock") // the name makes the test binary the program
	if err := os.Symlink(self, bin); err != nil {
		t.Skip(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, args...)
	t.Setenv("AWS_ENDPOINT_URL", k.Serve(t, endpoint)) // a journal is of one endpoint
	cmd.Env = os.Environ()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err = k.Run(t, cmd)
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() < 0, said.String()
}

// media mv --redirects is killed at every request that changes something: its
// table is whole then, recovery writes it again, and both have every file that
// has a new URL once, with no other beside them.
func TestTheTableOfARenameThatIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process a step")
	}
	s := onSandbox(t, "microcms")
	endpoint := os.Getenv("AWS_ENDPOINT_URL")
	for step := 2; ; step++ {
		n, after := step/2, step%2 == 1
		s := s
		s.Prefix = fmt.Sprintf("media/none/%d", step)
		p, want := program{home: t.TempDir()}, [][]string{{"old", "new"}}
		folder := filepath.Join(t.TempDir(), "old")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"1.txt", "2.txt", "写真.txt"} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
				t.Fatal(err)
			}
			base := "https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/" + s.Prefix + "/"
			want = append(want, []string{base + "old/" + url.PathEscape(name), base + "new/" + url.PathEscape(name)})
		}
		p.does(t, s, exitDone, "put", folder)
		first, second := filepath.Join(p.home, "moved.csv"), filepath.Join(p.home, "again.csv")
		was, out := asProcess(t, endpoint, &mediatest.Killer{N: n, After: after, Counts: changes}, slices.Concat([]string{"--home", p.home, "media", "mv", "old", "new", "--yes", "--parallel", "1", "--redirects", first}, flagsOf(s))...)
		if !was {
			if n < 4 || !slices.EqualFunc(csvOf(t, first), want, slices.Equal) {
				t.Fatalf("not killed at %d: %q\n%s", n, csvOf(t, first), out)
			}
			return
		}
		where := fmt.Sprintf("killed at change %d (after: %v)", n, after)
		if got := csvOf(t, first); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: the table has %q", where, got)
		}
		if step%3 == 0 { // what is undone has no new URLs
			p.does(t, s, exitUsage, "recover", "--undo", "--yes", "--redirects", second)
		}
		p.does(t, s, exitDone, "recover", "--yes", "--redirects", second)
		if got := csvOf(t, second); !slices.EqualFunc(sorted(got), sorted(want), slices.Equal) {
			t.Errorf("%s, recovered: the table has %q", where, got)
		}
		if out := p.does(t, s, exitDone, "ls", "new"); strings.Count(out, "\n") != 3 {
			t.Errorf("%s, recovered:\n%s", where, out)
		}
		if left, _ := filepath.Glob(filepath.Join(p.home, ".mediadock-*")); len(left) != 0 {
			t.Errorf("%s: left %q", where, left)
		}
	}
}

func (p program) does(t *testing.T, s wizard.Settings, want int, args ...string) string {
	t.Helper()
	exit, stdout, stderr := p.run(slices.Concat([]string{"media"}, args, flagsOf(s))...)
	if exit != want {
		t.Fatalf("%q: exit code %d\n%s%s", args, exit, stdout, stderr)
	}
	return stdout
}

func sorted(rows [][]string) [][]string {
	return slices.SortedFunc(slices.Values(rows), slices.Compare)
}

const envHalf = "MEDIADOCK_TEST_HALF"

// TestTheTableThatIsHalfWritten is run by the test below, in a process of its
// own.
func TestTheTableThatIsHalfWritten(t *testing.T) {
	file := os.Getenv(envHalf)
	if file == "" {
		t.Skip("run by another test")
	}
	_ = streamFile(file, func(w io.Writer) error {
		if _, err := io.WriteString(w, "old,new\nhttps://a.example/1,https://a.exa"); err != nil {
			return err
		}
		p, err := os.FindProcess(os.Getpid())
		if err != nil {
			return err
		}
		_ = p.Kill()
		select {}
	})
}

// Killed in the middle of writing, the table is the one from before or none:
// half of one is never under its name.
func TestATableIsNeverHalfWritten(t *testing.T) {
	for _, before := range []string{"", "old,new\nhttps://a.example/0,https://b.example/0\n"} {
		file := filepath.Join(t.TempDir(), "moved.csv")
		if before != "" {
			if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestTheTableThatIsHalfWritten$")
		cmd.Env = append(os.Environ(), envHalf+"="+file)
		if out, err := cmd.CombinedOutput(); err == nil {
			t.Fatalf("it was not killed: %s", out)
		}
		data, err := os.ReadFile(file)
		if before == "" && !os.IsNotExist(err) || before != "" && string(data) != before {
			t.Errorf("there is %q, %v", data, err)
		}
		if err := mayReplace(file, "redirects_foreign", maxOwnFile, isRedirects); err != nil {
			t.Errorf("it cannot be written again: %v", err)
		}
	}
}

// What was renamed before the cut is in the table of a recovery, but for names
// that hold something new by now.
func TestTheTableOfARecoveryLeavesOutWhatIsThereAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process")
	}
	s := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	folder := filepath.Join(t.TempDir(), "old")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 120 { // more than one batch
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d.txt", i)), []byte{byte(i)}, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.does(t, s, exitDone, "put", folder)
	was, out := asProcess(t, os.Getenv("AWS_ENDPOINT_URL"), &mediatest.Killer{N: 110, Counts: changes}, slices.Concat([]string{"--home", p.home, "media", "mv", "old", "new", "--yes", "--parallel", "1"}, flagsOf(s))...)
	if !was {
		t.Fatalf("not killed:\n%s", out)
	}
	p.does(t, s, exitDone, "put", filepath.Join(folder, "000.txt"), "--to", "old")
	file := filepath.Join(p.home, "moved.csv")
	p.does(t, s, exitDone, "recover", "--yes", "--redirects", file)
	rows := csvOf(t, file)
	seen := map[string]int{}
	for _, row := range rows {
		seen[row[0]]++
	}
	for old, n := range seen {
		if n != 1 || strings.HasSuffix(old, "/000.txt") {
			t.Errorf("%s is there %d times", old, n)
		}
	}
	if len(rows) != 120 { // the head, and all but the one
		t.Errorf("%d rows", len(rows))
	}
}
