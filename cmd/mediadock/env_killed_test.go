//go:build linux

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// gate stands before the built-in AWS and holds one answer, so that a process
// can be ended at a known step.
type gate struct {
	t   *testing.T
	url string
	env []string
	box *sandbox.Sandbox

	reached chan struct{}

	mu   sync.Mutex
	seen map[string]int                              // requests since the last command to be ended, by kind
	at   func(kind string, seen map[string]int) bool // which one is held; nil: none
	// release ends what is held; not nil: nothing gets through after that one.
	release chan struct{}
}

// stepOf tells the requests apart that steps consist of.
func stepOf(r *http.Request) string {
	q := r.URL.Query()
	switch {
	case strings.Contains(r.URL.Path, "/.mediadock/"):
		return "probe"
	case strings.Contains(r.URL.Path, "/distribution/"):
		return "cdn"
	case r.Header.Get("X-Amz-Copy-Source") != "":
		return "copy"
	case r.Method == http.MethodPost && q.Has("delete"), r.Method == http.MethodDelete:
		return "delete"
	case q.Has("list-type"):
		return "list"
	}
	return "other"
}

func holding(t *testing.T, scenario string) *gate {
	t.Helper()
	acct, meta, err := account.Scenario(scenario)
	if err != nil {
		t.Fatal(err)
	}
	h := &gate{t: t, seen: map[string]int{}}
	if h.box, err = sandbox.Start(t.Context(), sandbox.Options{Account: acct, Dir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.box.Close() })
	to, err := url.Parse(h.box.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	through := &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(to)
		p.Out.Host = p.In.Host // it is signed
	}, ErrorHandler: func(http.ResponseWriter, *http.Request, error) {}} // whoever asked is gone
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if release := h.holds(stepOf(r)); release != nil {
			<-release
			panic(http.ErrAbortHandler) // the connection ends without an answer
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	h.url = front.URL
	h.env = append(os.Environ(), "HOME="+t.TempDir(), "LANG=C", "AWS_EC2_METADATA_DISABLED=true")
	for _, kv := range h.box.Env() {
		h.env = append(h.env, kv[0]+"="+kv[1])
	}
	h.env = append(h.env, "AWS_ENDPOINT_URL="+h.url)
	m := meta.Settings
	setup := []string{"setup", "--no-input", "-c", "prod", "--bucket", m["bucket"], "--region", m["region"], "--role-arn", m["role_arn"],
		"--external-id", m["external_id"], "--prefix", "media"}
	for _, key := range []string{"domain", "distribution"} {
		if m[key] != "" {
			setup = append(setup, "--"+key, m[key])
		}
	}
	if exit, out := h.run(setup...); exit != 0 {
		t.Fatalf("setup: %d\n%s", exit, out)
	}
	return h
}

// holds gives back what a request has to wait for; nil: nothing.
func (h *gate) holds(kind string) chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen[kind]++
	if h.at != nil && h.at(kind, h.seen) {
		h.at = nil
		close(h.reached)
		return h.release
	}
	if h.at == nil {
		return h.release
	}
	return nil
}

// arm has the next such request held until release is closed.
func (h *gate) arm(at func(kind string, seen map[string]int) bool) (reached, release chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.seen, h.reached, h.release = at, map[string]int{}, make(chan struct{}), make(chan struct{})
	return h.reached, h.release
}

// free lets everything through again.
func (h *gate) free() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.release = nil, nil
}

func (h *gate) command(out *bytes.Buffer, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(h.t.Context(), "mediadock", args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = h.env, out, out
	return cmd
}

// run runs a command to its end.
func (h *gate) run(args ...string) (exit int, out string) {
	h.t.Helper()
	var b bytes.Buffer
	cmd := h.command(&b, args...)
	err := cmd.Run()
	if cmd.ProcessState == nil {
		h.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

// says runs a command that must end well and say something.
func (h *gate) says(want string, args ...string) {
	h.t.Helper()
	if exit, out := h.run(args...); exit != 0 || !strings.Contains(out, want) {
		h.t.Errorf("%q: exit %d, does not say %q\n%s", args, exit, want, out)
	}
}

// end runs a command, and sends it a signal when it asks what is held.
func (h *gate) end(sig syscall.Signal, at func(kind string, seen map[string]int) bool, args ...string) (exit int, out string) {
	h.t.Helper()
	reached, release := h.arm(at)
	var b bytes.Buffer
	cmd := h.command(&b, args...)
	if err := cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	select {
	case <-reached:
		_ = cmd.Process.Signal(sig)
		close(release)
		<-ended
		h.free()
	case <-ended:
		h.t.Fatalf("%q ended before what was to be held:\n%s", args, b.String())
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

// listing is what a library holds, without the times.
func (h *gate) listing(connection string) string {
	h.t.Helper()
	exit, out := h.run("media", "ls", "-r", "-c", connection, "--json")
	if exit != 0 {
		h.t.Fatalf("ls: %d\n%s", exit, out)
	}
	var lines []string
	for line := range strings.Lines(out) {
		path, rest, _ := strings.Cut(line, `,"key":`)
		_, size, _ := strings.Cut(rest, `,"size":`)
		size, _, _ = strings.Cut(size, ",")
		lines = append(lines, path+" "+size)
	}
	return strings.Join(lines, "\n")
}

func nth(kind string, n int) func(string, map[string]int) bool {
	return func(k string, seen map[string]int) bool { return k == kind && seen[k] == n }
}

// after is the first request of a kind after n of another one.
func after(kind, other string, n int) func(string, map[string]int) bool {
	return func(k string, seen map[string]int) bool { return k == kind && seen[other] >= n }
}

// kill -9, Ctrl-C and SIGTERM at the steps of a creation and of a deletion: the
// same command goes on, nothing is lost or there twice, and until then every
// command says what is unfinished.
func TestEnvironmentsAreKilled(t *testing.T) {
	t.Parallel()
	h := holding(t, "microcms")
	before := h.listing("prod")
	create, remove := []string{"env", "create", "dev", "--from", "prod", "--parallel", "1"}, []string{"env", "delete", "dev", "-c", "prod", "--yes"}
	unfinished := func(state, goOn string) {
		t.Helper()
		h.says(state, "env", "list")
		h.says(state, "connection", "show", "prod/dev")
		h.says(goOn, "media", "ls", "-c", "prod/dev")
		h.says(goOn, "check", "prod/dev", "--only", "bucket.list")
		h.says(`"state": "`, "connection", "show", "prod/dev", "--json")
		if now := h.listing("prod"); now != before {
			t.Errorf("production has now\n%s", now)
		}
	}
	const goOn, finish = "mediadock env create dev --from prod", "mediadock env delete dev -c prod"

	h.end(syscall.SIGKILL, nth("copy", 1), create...)
	unfinished("creation unfinished", goOn)
	exit, out := h.end(syscall.SIGINT, nth("copy", 10), create...)
	if exit != exitCancelled || !strings.Contains(out, goOn) || !strings.Contains(out, "what is copied stays") {
		t.Errorf("Ctrl-C: %d\n%s", exit, out)
	}
	h.end(syscall.SIGKILL, nth("copy", 12), create...)
	exit, out = h.end(syscall.SIGTERM, nth("copy", 3), append(create, "--json")...)
	last := out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]
	if exit != exitCancelled || !strings.Contains(last, `"type":"summary"`) || !strings.Contains(last, `"state":"creating","resumable":true`) {
		t.Errorf("SIGTERM: %d, ends with %s", exit, last)
	}
	h.end(syscall.SIGKILL, after("list", "copy", 5), create...) // comparing
	unfinished("creation unfinished", goOn)
	h.says("is ready with all 42 files", create...)
	if got := h.listing("prod/dev"); got != before {
		t.Errorf("the environment has\n%s\nwant\n%s", got, before)
	}

	h.end(syscall.SIGKILL, nth("delete", 1), remove...)
	unfinished("deletion unfinished", finish)
	if exit, out := h.run(create...); exit != exitRefused || !strings.Contains(out, finish) {
		t.Errorf("made while it is deleted: %d\n%s", exit, out)
	}
	exit, out = h.end(syscall.SIGINT, nth("delete", 1), remove...)
	if exit != exitCancelled || !strings.Contains(out, finish) {
		t.Errorf("Ctrl-C: %d\n%s", exit, out)
	}
	h.end(syscall.SIGKILL, after("list", "delete", 1), remove...) // all are gone, the settings are not
	unfinished("deletion unfinished", finish)
	h.says("is deleted", remove...)
	h.says("No environments", "env", "list")
	if now := h.listing("prod"); now != before {
		t.Errorf("production has now\n%s", now)
	}
	h.says("is ready: 42 files", create...) // anew
}

// A connection whose file is renamed by hand, as mediadock itself prints it,
// keeps what is unfinished, and the same command goes on under the new name.
func TestAnUnfinishedEnvironmentOfARenamedConnection(t *testing.T) {
	t.Parallel()
	h := holding(t, "microcms")
	h.end(syscall.SIGKILL, nth("copy", 12), "env", "create", "dev", "--from", "prod", "--parallel", "1")
	dir := ""
	for _, kv := range h.env {
		if home, is := strings.CutPrefix(kv, "HOME="); is {
			dir = filepath.Join(home, ".config", "mediadock", "connections")
		}
	}
	for _, end := range []string{".yaml", ".environments"} {
		if err := os.Rename(filepath.Join(dir, "prod"+end), filepath.Join(dir, "main"+end)); err != nil {
			t.Fatal(err)
		}
	}
	h.says("creation unfinished", "env", "list")
	h.says(`"resumes":true`, "env", "create", "dev", "--from", "main", "--json")
	h.says("ready", "env", "list")
}
