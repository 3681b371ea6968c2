package media_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// What every operation but a move (see tasks) leaves when it is killed.
type killing struct {
	task
	// fine tells whether what is there lost nothing; again does the same once
	// more, as somebody would, and want is what is there then.
	fine  func(now map[string]string) bool
	again func(t *testing.T, r *mediatest.Room)
	want  []map[string]string
	// uploads is how many of all cuts may leave a multipart upload that nobody
	// knows of.
	uploads int
}

func killings(t *testing.T) []killing {
	small, large := local(t, "a.txt", "new"), local(t, "big.txt", big(20<<20))
	other := local(t, "b.txt", "new")
	old, fresh := map[string]string{"a.txt": "old"}, map[string]string{"a.txt": "new"}
	renamed := map[string]string{"b.txt": "new"}
	putAgain := func(file string) func(*testing.T, *mediatest.Room) {
		return func(t *testing.T, r *mediatest.Room) {
			put(t, r.Library, media.PutOptions{IfExists: media.Replace}, file)
		}
	}
	recoverAgain := func(undo bool) func(*testing.T, *mediatest.Room) {
		return func(t *testing.T, r *mediatest.Room) {
			r.SettleAfter(0)
			recovered(t, r.Library, undo)
		}
	}
	cut := func(t *testing.T, e mediatest.Endpoint, r *mediatest.Room, dir string) {
		denied := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journal.New(dir, placeOf(e.Place.Bucket))})
		move(t, denied, "a.txt", "b.txt").want(t, "a.txt", "failed:both-exist")
	}
	oldMoved := map[string]string{"b.txt": "old"}
	either := func(now map[string]string) bool { return now["a.txt"] == "old" || now["b.txt"] == "old" }
	return []killing{
		{
			task: task{name: "put", do: "put", local: small}, again: putAgain(small), want: []map[string]string{fresh},
			fine: func(now map[string]string) bool { return len(now) == 0 || now["a.txt"] == "new" },
		},
		{
			task: task{name: "put over", do: "put", local: small, files: old}, again: putAgain(small), want: []map[string]string{fresh},
			fine: func(now map[string]string) bool { return now["a.txt"] == "old" || now["a.txt"] == "new" },
		},
		{
			task: task{name: "put large", do: "put", local: large}, again: putAgain(large), want: []map[string]string{{"big.txt": big(20 << 20)}}, uploads: 2,
			fine: func(now map[string]string) bool { return len(now) == 0 || now["big.txt"] == big(20<<20) },
		},
		{
			task: task{name: "re-upload", do: "replace", from: "a.txt", local: small, files: old}, want: []map[string]string{fresh},
			fine:  func(now map[string]string) bool { return now["a.txt"] == "old" || now["a.txt"] == "new" },
			again: func(t *testing.T, r *mediatest.Room) { replaceWith(t, r, "a.txt", small) },
		},
		{
			task: task{name: "re-upload renamed", do: "replace", from: "a.txt", local: other, files: old}, want: []map[string]string{renamed},
			fine: func(now map[string]string) bool { return now["a.txt"] == "old" || now["b.txt"] == "new" },
			again: func(t *testing.T, r *mediatest.Room) {
				recovered(t, r.Library, false)
				if _, _, there := r.Read("a.txt"); there {
					replaceWith(t, r, "a.txt", other)
				}
			},
		},
		{
			task:  task{name: "delete", do: "rm", from: "f", files: map[string]string{"f/": "", "f/a.txt": "a", "f/b.txt": "b", "keep.txt": "k"}},
			want:  []map[string]string{{"keep.txt": "k"}},
			fine:  func(now map[string]string) bool { return now["keep.txt"] == "k" },
			again: func(t *testing.T, r *mediatest.Room) { remove(t, r.Library, "f") },
		},
		environmentKilled("environment", map[string]string{"a.txt": "a", "b/c.txt": "c", "d.txt": ""}, false),
		environmentKilled("environment parts", map[string]string{"a.txt": "a", "b.bin": big(6 << 20), "c.txt": "c"}, true),
		{
			task: task{name: "environment rm", do: "environment rm", files: map[string]string{
				"a.txt": "a", devID + "/": "", devID + "/a.txt": "a", devID + "/b/c.txt": "c", devID + "x/a.txt": "keep", devID + "/.mediadock/p.txt": "p"}},
			fine:  func(now map[string]string) bool { return now["a.txt"] == "a" && now[devID+"x/a.txt"] == "keep" },
			again: removeEnvironmentAgain, want: []map[string]string{{"a.txt": "a", devID + "x/a.txt": "keep"}},
		},
		{
			task: task{name: "recover", do: "recover", files: old, before: cut}, fine: either,
			again: recoverAgain(false), want: []map[string]string{oldMoved},
		},
		{
			task: task{name: "recover undo", do: "undo", files: old, before: cut}, fine: either,
			again: recoverAgain(true), want: []map[string]string{old},
		},
	}
}

func replaceWith(t *testing.T, r *mediatest.Room, path, file string) {
	t.Helper()
	plan, err := r.PlanReplace(t.Context(), path, file)
	if err != nil {
		t.Error(err)
		return
	}
	r.Replace(t.Context(), plan, nil)
}

// now is what is in a room.
func now(r *mediatest.Room) map[string]string {
	all := map[string]string{}
	for _, key := range r.Keys() {
		if strings.HasPrefix(key, ".mediadock/") {
			continue // a claim, of a recovery
		}
		all[key], _, _ = r.Read(key)
	}
	return all
}

// Whatever else is killed at every request and every step of the journal:
// nothing is lost, and doing it again ends as if nothing had happened.
func TestEveryOperationKilledAtEveryStep(t *testing.T) {
	racetest.Plainly(t)
	if testing.Short() {
		t.Skip("starts a process a step")
	}
	killsAtEveryStep(t)
	for _, k := range killings(t) {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			uploads, cuts := 0, 0
			kill := func(n int, after bool, step int) bool {
				r, was, out := killed(t, k.task, n, after, step, "")
				if !was {
					return false
				}
				cuts++
				where := func() string {
					return "killed at request " + strconv.Itoa(n) + " (after: " + strconv.FormatBool(after) + "), step " + strconv.Itoa(step)
				}
				if strings.Contains(out, "panic:") {
					t.Fatal(out)
				}
				if left := now(r); !k.fine(left) {
					t.Fatalf("%s: there is %v", where(), brief(left))
				}
				k.again(t, r)
				if left := now(r); !slices.ContainsFunc(k.want, func(w map[string]string) bool { return same(left, w) }) {
					t.Errorf("%s, and done again: there is %v", where(), brief(left))
				}
				wantNothingLeft(t, r.Library)
				noClaims(t, r)
				uploads += r.Uploads()
				return true
			}
			for n := 1; kill(n, false, 0); n++ {
				kill(n, true, 0)
			}
			for step := 1; kill(0, false, step); step++ {
			}
			if uploads > k.uploads {
				t.Errorf("%d multipart uploads are left", uploads)
			}
			if cuts < 3 {
				t.Errorf("only %d cuts", cuts)
			}
		})
	}
}

func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range b {
		if a[k] != v {
			return false
		}
	}
	return true
}

func brief(all map[string]string) []string {
	var out []string
	for k, v := range all {
		out = append(out, k+": "+v[:min(len(v), 9)])
	}
	return out
}
