package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// importServer serves pictures on the loopback, which --allow-private opens.
func importServer(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h != nil {
			h(w, r)
		}
		fmt.Fprint(w, "\x89PNG\r\n\x1a\n"+r.URL.Path)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func csvOf(t *testing.T, file string) [][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// The whole way of a list: what is refused, what is stored, the alt text, the
// table of old to new, and that a second run has nothing left to do.
func TestImportOfAList(t *testing.T) {
	s := onSandbox(t, "microcms")
	site := importServer(t, nil)
	p := program{home: t.TempDir()}
	list, moved := filepath.Join(p.home, "list.csv"), filepath.Join(p.home, "moved.csv")
	content := "url,path,alt\n" + site + "/a.png,,桜\n" + site + "/a.png,,\nhttps://169.254.169.254/x.png,,\n=cmd,,\n" +
		site + "/b.png?X-Amz-Signature=abcdef,deep/,\n"
	if err := os.WriteFile(list, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"media", "import", "--from", list, "--to", "old", "--redirects", moved, "--allow-http", "--allow-private"}, flagsOf(s)...)

	exit, stdout, stderr := p.run(append(args, "--dry-run")...)
	if _, err := os.Stat(moved); exit != exitRefused || err == nil || !strings.Contains(stdout, "would import") {
		t.Fatalf("exit code %d, %v\n%s%s", exit, err, stdout, stderr)
	}
	for run, status := range []string{"done", "skipped"} {
		exit, stdout, stderr = p.run(args...)
		if exit != exitRefused {
			t.Fatalf("run %d: exit code %d\n%s%s", run, exit, stdout, stderr)
		}
		base := "https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/none/old/"
		want := [][]string{
			{"old", "new", "status"}, {site + "/a.png", base + "a.png", status}, {site + "/a.png", base + "a.png", "skipped"},
			{"https://169.254.169.254/x.png", "", "refused"}, {"'=cmd", "", "refused"},
			{site + "/b.png?X-Amz-Signature=…", base + "deep/b.png", status},
		}
		if got := csvOf(t, moved); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("run %d: %q", run, got)
		}
		if strings.Contains(stdout+stderr, "abcdef") {
			t.Errorf("the signature is shown:\n%s%s", stdout, stderr)
		}
	}
	if _, stdout, _ := p.run(append([]string{"media", "info", "old/a.png"}, flagsOf(s)...)...); !strings.Contains(stdout, "桜") {
		t.Errorf("no alt text:\n%s", stdout)
	}
	if err := os.WriteFile(moved, []byte("my own notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if exit, _, stderr := p.run(args...); exit != exitRefused || !strings.Contains(stderr, "not replaced") {
		t.Errorf("over a file of other content: exit code %d\n%s", exit, stderr)
	}
}

func TestImportUsage(t *testing.T) {
	s := onSandbox(t, "microcms")
	p := program{home: t.TempDir(), in: "\x00\x01"}
	for _, args := range [][]string{
		{}, {"https://a/", "--from", "x"}, {"--from", "-"}, {"https://a/", "--max-size", "x"}, {"https://a/", "--per-host", "0"},
		{"https://a/", "--if-exists", "x"}, {"https://a/", "--parallel", "0"},
	} {
		if exit, stdout, stderr := p.run(slices.Concat([]string{"media", "import"}, args, flagsOf(s))...); exit != exitUsage {
			t.Errorf("%q: exit code %d\n%s%s", args, exit, stdout, stderr)
		}
	}
	if exit, _, _ := p.run(append([]string{"media", "import", "--from", filepath.Join(p.home, "absent")}, flagsOf(s)...)...); exit != exitCouldNot {
		t.Errorf("a list that is not there: exit code %d", exit)
	}
}

// kill -9 in the middle of a list, then the same command again: nothing is
// lost, fetched twice without need, or left behind on the disk.
func TestImportAfterAKill(t *testing.T) {
	s := onSandbox(t, "microcms")
	var mu sync.Mutex
	asked := map[string]int{}
	hold, held, hung := make(chan struct{}), make(chan struct{}), sync.Once{}
	site := importServer(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		first := asked[r.URL.Path] == 1
		mu.Unlock()
		if r.URL.Path == "/3.png" && first {
			fmt.Fprint(w, "\x89PNG\r\n\x1a\n")
			w.(http.Flusher).Flush()
			hung.Do(func() { close(held) })
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
	})
	defer close(hold)
	home, temp := t.TempDir(), t.TempDir()
	list := filepath.Join(home, "list.txt")
	var urls strings.Builder
	for i := range 6 {
		fmt.Fprintf(&urls, "%s/%d.png\n", site, i)
	}
	if err := os.WriteFile(list, []byte(urls.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"--home", home, "media", "import", "--from", list, "--parallel", "1", "--allow-http", "--allow-private"}, flagsOf(s)...)
	// The test binary is the program when it is called by its name.
	bin := filepath.Join(t.TempDir(), "mediadock")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, bin); err != nil {
		t.Skip(err)
	}
	cmd := exec.CommandContext(t.Context(), bin, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-held
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if left, _ := filepath.Glob(filepath.Join(temp, "mediadock-import-*")); len(left) != 1 {
		t.Errorf("the killed run left %q\n%s", left, out.String())
	}
	exit, stdout, stderr := program{home: home}.run(args[2:]...)
	if exit != exitDone || !strings.Contains(stderr, "3 done, 3 skipped") {
		t.Errorf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "mediadock-import-*")); len(left) != 0 {
		t.Errorf("left on the disk: %q", left)
	}
	mu.Lock()
	defer mu.Unlock()
	for i := range 3 {
		if n := asked[fmt.Sprintf("/%d.png", i)]; n != 1 {
			t.Errorf("%d.png was fetched %d times", i, n)
		}
	}
}

// --if-exists ask is what it is for uploads: asked for each taken name or once
// for all, refused where nobody answers, and stopped by "abort".
func TestImportAsksAboutTakenNames(t *testing.T) {
	s := onSandbox(t, "microcms")
	site := importServer(t, nil)
	for _, c := range []struct {
		answers string
		exit    int
		asked   int
		want    []string // what is there in the end
	}{
		{"x\nk\nS\n", exitDone, 3, []string{"1-2.png", "1.png", "2.png", "3.png", "4.png"}},
		{"K\n", exitDone, 1, []string{"1-2.png", "1.png", "2-2.png", "2.png", "3-2.png", "3.png", "4.png"}},
		{"r\n", exitRefused, 2, []string{"1.png", "2.png", "3.png", "4.png"}},
		{"a\n", exitRefused, 1, []string{"1.png", "2.png", "3.png"}},
	} {
		t.Run(strings.ReplaceAll(c.answers, "\n", ","), func(t *testing.T) {
			p := program{home: t.TempDir(), in: c.answers}
			s := s
			s.Prefix = "media/none/" + strings.Join(strings.Fields(c.answers), "")
			for _, name := range []string{"1.png", "2.png", "3.png"} {
				file := filepath.Join(t.TempDir(), name)
				if err := os.WriteFile(file, []byte("older"), 0o600); err != nil {
					t.Fatal(err)
				}
				if exit, _, stderr := p.run(append([]string{"media", "put", file, "--no-input"}, flagsOf(s)...)...); exit != exitDone {
					t.Fatal(stderr)
				}
			}
			args := []string{"media", "import", "--accessible", "--keep-metadata", "--allow-http", "--allow-private", "--parallel", "1"}
			for i := 1; i <= 4; i++ {
				args = append(args, fmt.Sprintf("%s/%d.png", site, i))
			}
			exit, stdout, stderr := p.run(append(args, flagsOf(s)...)...)
			if exit != c.exit || strings.Count(stderr, "exists. [s]kip") != c.asked {
				t.Errorf("exit code %d, want %d; asked %d times, want %d\n%s%s", exit, c.exit, strings.Count(stderr, "exists. [s]kip"), c.asked, stdout, stderr)
			}
			_, stdout, _ = p.run(append([]string{"media", "ls"}, flagsOf(s)...)...)
			var there []string
			for line := range strings.Lines(stdout) {
				there = append(there, strings.Fields(line)[len(strings.Fields(line))-1])
			}
			if !slices.Equal(there, c.want) {
				t.Errorf("there is %q, want %q", there, c.want)
			}
		})
	}
}
