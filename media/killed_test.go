package media_test

import (
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// A task is what a process is doing when it is killed, or the network or the
// disk ends.
type task struct {
	name     string
	files    map[string]string // path to content
	from, to string
	// do is another operation than a move: see child; local is its file, and
	// before arranges what it needs besides the files.
	do, local string
	before    func(t *testing.T, e mediatest.Endpoint, r *mediatest.Room, dir string)
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

// Killed at every request, before it is sent and after it was carried out, and
// before every step of the journal: nothing is lost, and recovery brings it to
// one end or the other.
func TestKilledAtEveryStep(t *testing.T) {
	racetest.Plainly(t)
	if testing.Short() {
		t.Skip("starts a process a step")
	}
	killsAtEveryStep(t)
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
