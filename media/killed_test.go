package media_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// A task is what a process is doing when it is killed, or the network or the
// disk ends.
type task struct {
	name     string
	files    map[string]string // path to content
	from, to string
	// parts makes copies go in parts.
	parts bool
	// lost counts the uploads whose beginning was carried out and whose ID
	// nobody came to know: those alone cannot be aborted.
	lost *atomic.Int64
}

func tasks() []task {
	return []task{
		{name: "file", files: map[string]string{"old.txt": "old"}, from: "old.txt", to: "new.txt"},
		{name: "folder", files: map[string]string{"old/": "", "old/a.txt": "a", "old/b/c.txt": "c", "old/写真.jpg": "d", "old/0": ""}, from: "old", to: "new"},
		{name: "parts", files: map[string]string{"old.bin": big(11 << 20)}, from: "old.bin", to: "new.bin", parts: true, lost: new(atomic.Int64)},
		{name: "case", files: map[string]string{"IMG/a.JPG": "a"}, from: "IMG", to: "img"},
	}
}

// after is where a file is after the move.
func (k task) after(path string) string { return k.to + strings.TrimPrefix(path, k.from) }

func (k task) lay(r *mediatest.Room) {
	for path, content := range k.files {
		r.Lay(path, content)
	}
}

// whole fails unless every byte is under exactly one or both of its names, and
// nothing else is there.
func (k task) whole(t *testing.T, r *mediatest.Room) {
	t.Helper()
	allowed := map[string]bool{}
	for path, content := range k.files {
		allowed[path], allowed[k.after(path)] = true, true
		found := 0
		for _, p := range []string{path, k.after(path)} {
			if got, _, ok := r.Read(p); ok {
				if found++; got != content {
					t.Errorf("%q holds %d bytes, not %d", p, len(got), len(content))
				}
			}
		}
		if found == 0 {
			t.Errorf("%q is lost", path)
		}
	}
	for _, key := range r.Keys() {
		if !allowed[key] {
			t.Errorf("%q is there, nobody asked for it", key)
		}
	}
}

// recover recovers what was cut short and fails unless all is at one place
// then: at the old one if undone or nothing was written down.
func (k task) recover(t *testing.T, r *mediatest.Room, undo bool) (found bool) {
	t.Helper()
	k.whole(t, r)
	found = r.CutShort() > 0
	r.SettleAfter(0) // nobody else is at it
	if undo {
		undoAll(t, r.Library)
	} else {
		recovered(t, r.Library, false)
	}
	var want []string
	for path := range k.files {
		if found && !undo {
			path = k.after(path)
		}
		want = append(want, path)
	}
	keys := r.Keys()
	// A cut after everything was done leaves nothing to find, and nothing to do.
	if moved := slices.Sorted(maps.Keys(k.moved())); !found && slices.Equal(slices.Sorted(slices.Values(keys)), moved) {
		want = moved
	}
	slices.Sort(want)
	if slices.Sort(keys); !slices.Equal(keys, want) {
		t.Errorf("keys %q, want %q", keys, want)
	}
	k.whole(t, r)
	wantNothingLeft(t, r.Library)
	if n := r.Uploads(); n != 0 {
		if !k.parts {
			t.Errorf("%d multipart uploads are left", n)
		} else {
			k.lost.Add(1)
		}
	}
	return found
}

func (k task) moved() map[string]bool {
	all := map[string]bool{}
	for path := range k.files {
		all[k.after(path)] = true
	}
	return all
}

// undoAll undoes, and fails if a file says that it could not be.
func undoAll(t *testing.T, l *media.Library) {
	t.Helper()
	for path, end := range recovered(t, l, true).end {
		if strings.HasPrefix(end, "failed") || strings.HasPrefix(end, "refused") {
			t.Errorf("%q ended %s", path, end)
		}
	}
}

// child is what the process that is killed is told.
type child struct {
	Endpoint, KeyID, Secret string
	Space                   address.Space
	Dir                     string
	From, To                string
	Parts                   bool
	// Step is the journal's step before which it kills itself; 0: none.
	Step int
}

const envChild = "MEDIADOCK_TEST_MOVE"

// TestTheProcessThatIsKilled is run by the tests below, in a process of its own.
func TestTheProcessThatIsKilled(t *testing.T) {
	if os.Getenv(envChild) == "" {
		t.Skip("run by other tests")
	}
	var c child
	if err := json.Unmarshal([]byte(os.Getenv(envChild)), &c); err != nil {
		t.Fatal(err)
	}
	source := connect.FromParts(connect.Parts{Endpoint: c.Endpoint, Region: c.Space.Region, AccessKeyID: c.KeyID, SecretAccessKey: c.Secret})
	defer source.Close()
	place := connect.Place{Access: "caller", Region: c.Space.Region, Bucket: c.Space.Bucket}
	client, err := source.S3(place)
	if err != nil {
		t.Fatal(err)
	}
	j := journal.New(c.Dir, placeOf(place.Bucket))
	steps := 0
	var mu sync.Mutex
	j.OnStep(func(string) {
		mu.Lock()
		defer mu.Unlock()
		if steps++; steps == c.Step {
			killSelf()
		}
	})
	l := media.New(client, nil, c.Space, media.Options{Journal: j, Parallel: 2})
	if c.Parts {
		l.CopyInPartsAbove(1<<20, 5<<20)
	}
	plan, err := l.PlanMove(t.Context(), c.From, c.To)
	if err != nil {
		t.Fatal(err)
	}
	sum := l.Move(t.Context(), plan, nil)
	fmt.Printf("\nended with %d done, %d failed\n", sum.Done, sum.Failed)
}

func killSelf() {
	p, err := os.FindProcess(os.Getpid())
	if err == nil {
		_ = p.Kill()
	}
	select {} // until it comes
}

func placeOf(bucket string) journal.Place { return journal.Place{Bucket: bucket} }

// line is the network between the process and the sandbox.
type line struct {
	t     *testing.T
	proxy *httputil.ReverseProxy
	kill  func()
	n     int  // the request at which the process is killed
	after bool // once it was carried out

	mu    sync.Mutex
	count int
	dead  bool
	busy  sync.WaitGroup
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	if l.dead {
		l.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	l.count++
	mine := l.count == l.n
	if mine && !l.after {
		l.dead = true
		l.mu.Unlock()
		l.kill()
		panic(http.ErrAbortHandler)
	}
	l.busy.Add(1)
	l.mu.Unlock()
	defer l.busy.Done()
	if !mine {
		l.proxy.ServeHTTP(w, r)
		return
	}
	l.proxy.ServeHTTP(httptest.NewRecorder(), r)
	l.mu.Lock()
	l.dead = true
	l.mu.Unlock()
	l.kill()
	panic(http.ErrAbortHandler)
}

// killed runs a task in a process that is killed at the nth request (or the
// journal's step), and reports whether it came to that.
func killed(t *testing.T, k task, n int, after bool, step int, limit string) (r *mediatest.Room, was bool, out string) {
	t.Helper()
	e := mediatest.Sandbox(t)
	e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", "" // only who began an upload may abort it
	dir := t.TempDir()
	r = e.Room(t, media.Options{Journal: journal.New(dir, placeOf(e.Place.Bucket))})
	k.lay(r)
	to, err := url.Parse(e.Sandbox.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	var cmd *exec.Cmd
	started := make(chan struct{}) // before it there is nothing to kill
	kill := func() {
		<-started
		_ = cmd.Process.Kill()
	}
	l := &line{t: t, n: n, after: after, kill: kill, proxy: &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
		p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = to.Scheme, to.Host, p.In.Host
	}, ErrorLog: log.New(io.Discard, "", 0)}}
	server := httptest.NewServer(l)
	defer server.Close()
	keys := e.Sandbox.Caller("admin")
	told, err := json.Marshal(child{Endpoint: server.URL, KeyID: keys.AccessKeyID, Secret: keys.SecretAccessKey, Space: r.Space,
		Dir: dir, From: k.from, To: k.to, Parts: k.parts, Step: step})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	args := []string{os.Args[0], "-test.run", "^TestTheProcessThatIsKilled$", "-test.v"}
	if limit != "" {
		args = append([]string{"sh", "-c", `ulimit -f ` + limit + ` && exec "$@"`, "sh"}, args...)
	}
	cmd = exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), envChild+"="+string(told))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	err = cmd.Wait()
	l.busy.Wait()
	if out = said.String(); err == nil && !strings.Contains(out, "ended with") {
		t.Fatalf("the process did nothing:\n%s", out)
	}
	return r, err != nil, out
}

// Killed at every request, before it is sent and after it was carried out, and
// before every step of the journal: nothing is lost, and recovery brings it to
// one end or the other.
func TestKilledAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process a step")
	}
	for _, k := range tasks() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			found, turn := 0, 0
			kill := func(n int, after bool, step int) bool {
				// Undoing and finishing by turns: each meets every state.
				r, was, out := killed(t, k, n, after, step, "")
				if !was {
					return false
				}
				if strings.Contains(out, "panic:") {
					t.Fatal(out)
				}
				turn++
				undo := turn/2%2 == 0 // both for each kind of cut
				t.Logf("request %d (after: %v), step %d, undo %v", n, after, step, undo)
				if k.recover(t, r, undo) {
					found++
				}
				return true
			}
			for n := 1; kill(n, false, 0); n++ {
				kill(n, true, 0)
			}
			for step := 1; kill(0, false, step); step++ {
				kill(0, false, step)
			}
			if k.parts && k.lost.Load() > 4 { // four of the cuts are just after an upload was begun
				t.Errorf("%d multipart uploads are left", k.lost.Load())
			}
			if found < 4 {
				t.Errorf("only %d cuts left something to recover", found)
			}
		})
	}
}

// A disk that is full at whatever point stops the move before it acts.
func TestAFullDiskStopsTheMove(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell to set a limit with")
	}
	k := task{name: "folder", files: map[string]string{}, from: "old", to: "new"}
	for i := range 12 {
		k.files[fmt.Sprintf("old/%02d.txt", i)] = fmt.Sprint(i)
	}
	stopped := 0
	for _, blocks := range []string{"1", "2", "4", "5", "6", "7", "8", "9", "10"} {
		r, _, out := killed(t, k, 0, false, 0, blocks)
		if !strings.Contains(out, "ended with") {
			t.Fatalf("%s blocks:\n%s", blocks, out)
		}
		if !strings.Contains(out, "ended with 12 done") {
			stopped++
		}
		k.recover(t, r, blocks == "5")
	}
	if stopped < 2 {
		t.Errorf("the disk was full %d times", stopped)
	}
}

// The network ends at every operation, for good.
func TestTheNetworkEndsAtEveryStep(t *testing.T) {
	for _, k := range tasks() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			e := mediatest.Sandbox(t)
			for n := int64(1); ; n++ {
				ended := false
				for _, after := range []bool{false, true} {
					dir := t.TempDir()
					r := written(t, e, dir, media.Options{})
					k.lay(r)
					client, steps := mediatest.Cut(t, e, n, after)
					l := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 2})
					if k.parts {
						l.CopyInPartsAbove(1<<20, 5<<20)
					}
					if plan, err := l.PlanMove(t.Context(), k.from, k.to); err == nil {
						l.Move(t.Context(), plan, nil)
					}
					ended = steps.Load() < n
					t.Logf("operation %d (after: %v)", n, after)
					k.recover(t, r, (n+int64(len(k.name)))%2 == 0)
				}
				if k.parts && k.lost.Load() > 1 {
					t.Fatalf("%d multipart uploads are left", k.lost.Load())
				}
				if ended {
					break
				}
			}
		})
	}
}

// Cancelled at every operation: what was copied is finished, nothing is left
// to recover.
func TestCancelledAtEveryStep(t *testing.T) {
	for _, k := range tasks() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			e := mediatest.Sandbox(t)
			for n := int64(1); n < 16; n++ {
				for _, after := range []bool{false, true} {
					dir := t.TempDir()
					r := written(t, e, dir, media.Options{})
					k.lay(r)
					ctx, cancel := context.WithCancel(t.Context())
					l := media.New(mediatest.Calling(t, e, n, after, cancel), nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 2})
					if k.parts {
						l.CopyInPartsAbove(1<<20, 5<<20)
					}
					if plan, err := l.PlanMove(ctx, k.from, k.to); err == nil {
						l.Move(ctx, plan, nil)
					}
					cancel()
					k.whole(t, r)
					if got := len(r.Keys()); got != len(k.files) && !strings.Contains(k.name, "folder") {
						t.Errorf("cancelled at %d (after: %v): %d keys", n, after, got)
					}
					wantNothingLeft(t, r.Library)
				}
			}
		})
	}
}
