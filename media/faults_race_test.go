package media_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// machine is one of two computers at one prefix: with a journal of its own,
// and taking turns with the other.
func machine(t *testing.T, u *mediatest.Turns, e mediatest.Endpoint, r *mediatest.Room, who int, dir string) *media.Library {
	l := media.New(u.Client(t, e, who), nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 1})
	l.LooksTwiceUpTo(0) // the sandbox knows the condition of the copy
	return l
}

// cutBetween leaves a rename of a.txt to b.txt that was cut between copy and
// removal, and gives back its journal.
func cutBetween(t *testing.T, e mediatest.Endpoint, r *mediatest.Room) string {
	t.Helper()
	dir := t.TempDir()
	denied := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	move(t, denied, "a.txt", "b.txt").want(t, "a.txt", "failed:both-exist")
	return dir
}

// copyOf is a copy of a journal, as a home that was copied to another
// computer has it.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	locks, _ := filepath.Glob(filepath.Join(to, "*.lock"))
	for _, lock := range locks {
		_ = os.Remove(lock)
	}
	return to
}

// recovering recovers what is found before the turns begin.
func recovering(t *testing.T, l, look *media.Library, undo bool, e *ends) func() {
	t.Helper()
	plan, err := look.PlanRecover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Cuts) != 1 {
		t.Fatalf("%d operations to recover", len(plan.Cuts))
	}
	return func() {
		defer plan.Close()
		l.Recover(t.Context(), plan, undo, e.emit)
	}
}

// somewhere fails unless the content of a.txt is under one name at least.
func somewhere(t *testing.T, r *mediatest.Room, u *mediatest.Turns) bool {
	t.Helper()
	for _, p := range []string{"a.txt", "b.txt"} {
		if got, _, ok := r.Read(p); ok && got == "content" {
			return true
		}
	}
	return false
}

func noClaims(t *testing.T, r *mediatest.Room) {
	t.Helper()
	for _, key := range r.Keys() {
		if strings.HasPrefix(key, ".mediadock/") {
			t.Errorf("left: %s", key)
		}
	}
}

// One computer finishes a rename while another undoes it, in every order of
// their requests: the file is never lost.
func TestFinishedHereAndUndoneThere(t *testing.T) {
	e := mediatest.Sandbox(t)
	ended := map[string]int{}
	n := mediatest.Orders(func(u *mediatest.Turns) {
		r := e.Room(t, media.Options{})
		r.Lay("a.txt", "content")
		here := cutBetween(t, e, r)
		there := copyOf(t, here)
		var finish, undo ends
		u.Run(
			recovering(t, machine(t, u, e, r, 0, here), written2(t, e, r, here), false, &finish),
			recovering(t, machine(t, u, e, r, 1, there), written2(t, e, r, there), true, &undo),
		)
		if !somewhere(t, r, u) {
			t.Fatalf("order %v: lost; finishing ended %v, undoing %v", u.Log, finish.end, undo.end)
		}
		noClaims(t, r)
		ended[finish.end["a.txt"]+", "+undo.end["a.txt"]]++
	})
	t.Logf("%d orders: %v", n, ended)
	if n < 20 || len(ended) < 3 {
		t.Errorf("%d orders ended %v", n, ended)
	}
}

// written2 is a library over a room with another journal.
func written2(t *testing.T, e mediatest.Endpoint, r *mediatest.Room, dir string) *media.Library {
	t.Helper()
	return media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
}

// One computer's rename was cut before it copied anything, as it could not
// know. Another renames the same file while the first one undoes its own.
func TestRenamedHereAndUndoneThere(t *testing.T) {
	e := mediatest.Sandbox(t)
	lost := 0
	for _, careful := range []bool{true, false} {
		n := mediatest.Orders(func(u *mediatest.Turns) {
			r := e.Room(t, media.Options{})
			r.Lay("a.txt", "content")
			there := t.TempDir()
			client, _ := mediatest.Cut(t, e, 4, false)
			cut := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, there), Parallel: 1})
			moveCut(t, cut, "a.txt", "b.txt")
			live := machine(t, u, e, r, 0, t.TempDir())
			second := machine(t, u, e, r, 1, there)
			if !careful {
				second.SettleAfter(0)
			}
			var renamed, undone ends
			plan, err := written2(t, e, r, t.TempDir()).PlanMove(t.Context(), "a.txt", "b.txt")
			if err != nil {
				t.Fatal(err)
			}
			u.Run(
				func() { live.Move(t.Context(), plan, renamed.emit) },
				func() {
					p, err := second.PlanRecover(t.Context())
					if err != nil {
						t.Error(err)
						return
					}
					defer p.Close()
					second.Recover(t.Context(), p, true, undone.emit)
				},
			)
			switch {
			case somewhere(t, r, u):
			case careful:
				t.Fatalf("order %v: lost; the rename ended %v, undoing %v", u.Log, renamed.end, undone.end)
			default:
				lost++
			}
		})
		t.Logf("careful %v: %d orders, %d of them lose the file", careful, n, lost)
	}
	if lost == 0 {
		t.Error("without its care nothing was lost: this test proves nothing")
	}
}

// moveCut moves what may end in whatever way.
func moveCut(t *testing.T, l *media.Library, from, to string) {
	t.Helper()
	if plan, err := l.PlanMove(t.Context(), from, to); err == nil {
		l.Move(t.Context(), plan, nil)
	}
	if l.CutShort() != 1 {
		t.Fatalf("nothing was cut")
	}
}

// Two computers rename the same file to the same name: it is there once.
func TestRenamedOnTwoComputers(t *testing.T) {
	e := mediatest.Sandbox(t)
	for _, to := range []string{"b.txt", "c.txt"} {
		mediatest.Orders(func(u *mediatest.Turns) {
			r := e.Room(t, media.Options{})
			r.Lay("a.txt", "content")
			var moves []func()
			var got [2]ends
			for who, to := range []string{"b.txt", to} {
				l := machine(t, u, e, r, who, t.TempDir())
				plan, err := written2(t, e, r, t.TempDir()).PlanMove(t.Context(), "a.txt", to)
				if err != nil {
					t.Fatal(err)
				}
				moves = append(moves, func() { l.Move(t.Context(), plan, got[who].emit) })
			}
			u.Run(moves...)
			done := 0
			for _, g := range got {
				if g.end["a.txt"] == "done" {
					done++
				}
			}
			if keys := r.Keys(); len(keys) == 0 || done == 0 || to == "b.txt" && (done != 1 || len(keys) != 1) {
				t.Fatalf("order %v: keys %q, ended %v and %v", u.Log, keys, got[0].end, got[1].end)
			}
		})
	}
}

// One computer uploads over a file that another deletes with its folder: the
// new content is never deleted.
func TestUploadedHereAndDeletedThere(t *testing.T) {
	e := mediatest.Sandbox(t)
	mediatest.Orders(func(u *mediatest.Turns) {
		r := e.Room(t, media.Options{})
		r.Lay("f/a.txt", "old")
		file := local(t, "a.txt", "new")
		look := written2(t, e, r, t.TempDir())
		up, err := look.PlanPut(t.Context(), []string{file}, media.PutOptions{To: "f", IfExists: media.Replace})
		if err != nil {
			t.Fatal(err)
		}
		down, err := look.PlanRemove(t.Context(), []string{"f"}, true)
		if err != nil {
			t.Fatal(err)
		}
		var put, rm ends
		a, b := machine(t, u, e, r, 0, t.TempDir()), machine(t, u, e, r, 1, t.TempDir())
		u.Run(func() { a.Put(t.Context(), up, put.emit) }, func() { b.Remove(t.Context(), down, rm.emit) })
		got, _, ok := r.Read("f/a.txt")
		switch {
		case put.end["f/a.txt"] == "done" && (!ok || got != "new"):
			t.Errorf("order %v: the upload is lost; the deletion ended %v", u.Log, rm.end)
		case rm.end["f/a.txt"] == "done" && ok:
			t.Errorf("order %v: deleted, but there; the upload ended %v", u.Log, put.end)
		}
	})
}

// A claim of a computer that was killed holds nobody up for ever, and not its
// own restart.
func TestAClaimThatWasLeft(t *testing.T) {
	e := mediatest.Sandbox(t)
	r := e.Room(t, media.Options{})
	r.Lay("a.txt", "content")
	here := cutBetween(t, e, r)
	there := copyOf(t, here)
	// Killed after it claimed: the original cannot be removed, nor the claim.
	held := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journalOf(e, here)})
	recovered(t, held, false).want(t, "a.txt", "failed:both-exist")
	other := written2(t, e, r, there)
	recovered(t, other, true).want(t, "a.txt", "refused:cut-claimed")
	if other.CutShort() != 1 {
		t.Error("what another computer claimed is forgotten")
	}
	recovered(t, written2(t, e, r, here), false).want(t, "a.txt", "done")
	noClaims(t, r)
	other.ClaimsLive(-time.Hour)
	recovered(t, other, true)
	if !somewhere(t, r, nil) {
		t.Error("lost")
	}
}
