package journal

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

const envLock = "MEDIADOCK_TEST_LOCK"

// A lock is one process's, whatever connection it uses, and free when the
// process is dead.
func TestALockIsOnesUntilTheProcessEnds(t *testing.T) {
	if dir := os.Getenv(envLock); dir != "" {
		_, ok, err := New(dir, here).Lock("a")
		fmt.Println("locked:", ok, err)
		return // without releasing it
	}
	dir := t.TempDir()
	child := func(want bool) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestALockIsOnes", "-test.v")
		cmd.Env = append(os.Environ(), envLock+"="+dir)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), fmt.Sprintf("locked: %v <nil>", want)) {
			t.Errorf("want %v, %v\n%s", want, err, out)
		}
	}
	j := New(dir, here)
	if j.Locked("a") || len(files(t, dir)) != 0 {
		t.Error("locked by nobody, or asking made a file")
	}
	release, ok, err := j.Lock("a")
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	child(false)
	other := New(dir, Place{Bucket: here.Bucket, Access: "other", Under: "other/"})
	if _, again, _ := other.Lock("a"); again || !other.Locked("a") {
		t.Error("another connection to the bucket got it, too")
	}
	if New(dir, Place{Bucket: "another"}).Locked("a") || j.Locked("b") {
		t.Error("another bucket, or another thing, is locked")
	}
	release()
	if j.Locked("a") {
		t.Error("locked after it was released")
	}
	child(true) // and dies with it
	if release, ok, err = j.Lock("a"); !ok || err != nil {
		t.Fatalf("locked by the dead: %v", err)
	}
	release()
	if f := files(t, dir); len(f) != 0 {
		t.Errorf("left %q", f)
	}
}

// Whoever comes at the same time, one alone has it at a time.
func TestALockIsNeverTwos(t *testing.T) {
	j := New(t.TempDir(), here)
	var inside, got atomic.Int32
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				release, ok, err := j.Lock("a")
				if err != nil {
					t.Error(err)
				}
				if !ok {
					continue
				}
				got.Add(1)
				if inside.Add(1) > 1 {
					t.Error("two have it")
				}
				inside.Add(-1)
				release()
			}
		})
	}
	wg.Wait()
	if got.Load() < 10 { // a busy machine may have them wait in vain again and again
		t.Errorf("got %d times", got.Load())
	}
}

func TestWhatIsRememberedIsTheBuckets(t *testing.T) {
	dir := t.TempDir()
	j, v := New(dir, here), 0
	if j.Recall("n", &v) {
		t.Error("recalled what nobody said")
	}
	must(t, j.Remember("n", 1))
	must(t, j.Remember("n", 2))
	if other := New(dir, Place{Bucket: here.Bucket, Access: "other"}); !other.Recall("n", &v) || v != 2 {
		t.Errorf("recalled %d", v)
	}
	if New(dir, Place{Bucket: "another"}).Recall("n", &v) || j.Recall("m", &v) {
		t.Error("another bucket's, or another name's")
	}
	must(t, New("", here).Remember("n", 1))
	if len(j.Left()) != 0 {
		t.Error("taken for an operation")
	}
}
