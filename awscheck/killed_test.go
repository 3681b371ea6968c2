package awscheck

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
)

const killedEnv = "MEDIADOCK_TEST_KILLED"

// dieAfterPut runs in a process of its own: it tests, and is killed as hard
// as can be between the upload and the deletion.
func dieAfterPut() {
	part := strings.Split(os.Getenv(killedEnv), " ")
	proxy, _ := url.Parse(part[0])
	source := connect.FromParts(connect.Parts{
		Endpoint: part[0], Proxy: proxy, Region: "us-east-1", AccessKeyID: part[1], SecretAccessKey: part[2],
	})
	_, _ = Run(context.Background(), roleTarget(), Options{Source: source, LedgerDir: part[3]}, func(e Event) {
		if e.Result.ID == "object.put" && e.Result.Status == Pass {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {} // until the signal is here
		}
	})
	os.Exit(0) // not reached
}

func TestProcessKilledBetweenPutAndDelete(t *testing.T) {
	w := start(t, documentedAccount)
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), killedEnv+"="+strings.Join([]string{w.box.Endpoint(), w.caller.AccessKeyID, w.caller.SecretAccessKey, dir}, " "))
	err = child.Run()
	if err == nil || child.ProcessState.ExitCode() == 0 {
		t.Fatalf("the child was not killed: %v", err)
	}
	left := w.objects()
	if len(left) == 0 {
		t.Fatal("the child left nothing behind")
	}

	r := w.run(roleTarget(), Options{LedgerDir: dir})
	cleanup := rowOf(t, r, "probe.cleanup")
	want{status: Pass, note: "left-behind-removed"}.check(t, cleanup)
	if keys := w.objects(); len(keys) != 0 {
		t.Errorf("still there: %v", keys)
	}
	ledgerIsEmpty(t, dir)
}

func ledgerIsEmpty(t *testing.T, dir string) {
	t.Helper()
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 0 {
		t.Errorf("the ledger keeps %v", files)
	}
}

// dead writes the ledger of a process that is gone.
func dead(t *testing.T, dir string, lines ...string) string {
	t.Helper()
	path := filepath.Join(dir, "probes-"+ulid.Make().String()+".jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (w *world) line(key, bucket, role string) string {
	host := mustURL(w.t, w.box.Endpoint()).Host
	return `{"v":1,"state":"made","at":"2026-11-21T09:00:00Z","endpoint":"` + host + `","bucket":"` + bucket +
		`","region":"ap-northeast-1","access":"role","role_arn":"` + role + `","key":"` + key + `"}`
}

func TestCleanUp(t *testing.T) {
	w := start(t, documentedAccount)
	probe := "media/.mediadock/" + ulid.Make().String() + ".txt"
	gone := "media/.mediadock/" + ulid.Make().String() + ".txt"
	w.put(probe)
	w.put("media/precious.jpg")

	t.Run("of this connection", func(t *testing.T) {
		dir := t.TempDir()
		dead(t, dir, w.line(probe, testBucket, testRole), w.line(gone, testBucket, testRole), "{damaged", `{"v":1,"state":"ma`)
		removed, err := CleanUp(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: dir})
		if removed != 1 || err != nil {
			t.Errorf("removed %d, %v", removed, err)
		}
		ledgerIsEmpty(t, dir)
	})
	w.put(probe)
	for name, line := range map[string]string{
		"of another bucket":   w.line(probe, "other-bucket", testRole),
		"of another role":     w.line(probe, testBucket, testRole+"2"),
		"of another endpoint": strings.Replace(w.line(probe, testBucket, testRole), `"endpoint":"127`, `"endpoint":"128`, 1),
		"of another version":  strings.Replace(w.line(probe, testBucket, testRole), `"v":1`, `"v":2`, 1),
		"not a probe":         w.line("media/precious.jpg", testBucket, testRole),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := dead(t, dir, line)
			removed, err := CleanUp(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: dir})
			if removed != 0 || err != nil {
				t.Errorf("removed %d, %v", removed, err)
			}
			if _, err := os.Stat(path); err != nil {
				t.Error("what was not removed must stay in the ledger")
			}
		})
	}
	if keys := w.objects(); len(keys) != 2 {
		t.Errorf("in the bucket: %v", keys)
	}
	t.Run("of a process that lives", func(t *testing.T) {
		dir := t.TempDir()
		l := newLedger(dir)
		defer l.close()
		x := newTest(roleTarget(), Options{Source: w.source})
		if err := l.made(x.mark(probe)); err != nil {
			t.Fatal(err)
		}
		removed, err := CleanUp(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: dir})
		if removed != 0 || err != nil {
			t.Errorf("removed %d, %v", removed, err)
		}
	})
}

// What may not be removed stays written down, and is said.
func TestCleanUpThatIsRefused(t *testing.T) {
	w := start(t, edited(t, documentedAccount, []edit{{objectActions, `["s3:GetObject", "s3:PutObject"]`}}))
	dir := t.TempDir()
	r := w.run(roleTarget(), Options{LedgerDir: dir})
	if r.LeftBehind != 2 {
		t.Errorf("left behind %d", r.LeftBehind)
	}
	cleanup := rowOf(t, r, "probe.cleanup")
	for _, key := range w.objects() {
		if !strings.Contains(cleanup.Args["keys"], key) {
			t.Errorf("%s is not named: %v", key, cleanup.Args)
		}
	}
	if removed, err := CleanUp(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: dir}); removed != 0 || err == nil {
		t.Errorf("removed %d, %v", removed, err)
	}
	// The next test adds its own two to what is left.
	if r := w.run(roleTarget(), Options{LedgerDir: dir}); r.LeftBehind != 4 {
		t.Errorf("left behind %d", r.LeftBehind)
	}
}

// Without a place to write nothing is uploaded.
func TestNothingIsPutThatIsNotWrittenDown(t *testing.T) {
	w := start(t, documentedAccount)
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var failed *LedgerError
	r, err := Run(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: dir}, nil)
	if !errors.As(err, &failed) || failed.Dir != dir || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v", err)
	}
	if r.Verdict != NotRun || len(r.Results) != 0 {
		t.Errorf("%s, the bucket is blamed: %+v", r.Verdict, r.Results)
	}
	if keys := w.objects(); len(keys) != 0 {
		t.Errorf("in the bucket: %v", keys)
	}
	if _, err := Run(context.Background(), roleTarget(), Options{Source: w.source, LedgerDir: dir, Only: []string{"bucket.list"}}, nil); err != nil {
		t.Errorf("what puts nothing needs no ledger: %v", err)
	}
}

// A test cut short while AWS has not answered yet leaves marks of uploads
// outside the prefix, where the role may neither look nor delete.
func TestMarksOutsideThePrefixAreSettled(t *testing.T) {
	outside := ".mediadock/" + ulid.Make().String() + ".txt"
	mayList := documentedAccount
	mayNotList := edited(t, documentedAccount, []edit{{bucketActions, `"s3:GetBucketLocation"`}})
	for _, c := range []struct {
		name, account string
		stored, never bool
		left          int
	}{
		{"not there", mayList, false, false, 0},
		{"there", mayList, true, true, 1},
		{"unknown and impossible", mayNotList, false, true, 0},
		{"unknown and possible", mayNotList, false, false, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := start(t, c.account)
			if c.stored {
				w.put(outside)
			}
			line := w.line(outside, testBucket, testRole)
			if c.never {
				line = strings.Replace(line, `"v":1`, `"v":1,"never":true`, 1)
			}
			dir := t.TempDir()
			dead(t, dir, line)
			if r := w.run(roleTarget(), Options{LedgerDir: dir}); r.LeftBehind != c.left {
				t.Errorf("left behind %d: %s", r.LeftBehind, describe(rowOf(t, r, "probe.cleanup")))
			}
			if c.left == 0 {
				ledgerIsEmpty(t, dir)
			}
		})
	}
}

// What was cancelled while it was sent may arrive later: the next test looks
// once more, and only what is there counts as left behind.
func TestCancelledUploadsAreNoPhantoms(t *testing.T) {
	w := start(t, documentedAccount)
	dir := t.TempDir()
	checks := Checks()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i, c := range checks {
		if c.ID == "scope.prefix" || c.ID == "object.copy" {
			checks[i].run = func(_ context.Context, x *test) outcome {
				cancel() // the request below is cut short
				return c.run(ctx, x)
			}
		}
	}
	r, err := runChecks(ctx, checks, roleTarget(), Options{Source: w.source, LedgerDir: dir}, nil)
	if !errors.Is(err, context.Canceled) || r.LeftBehind != 0 {
		t.Errorf("left behind %d, %v", r.LeftBehind, err)
	}
	if r := w.run(roleTarget(), Options{LedgerDir: dir}); r.LeftBehind != 0 || r.Verdict != Ready {
		t.Errorf("left behind %d, %s", r.LeftBehind, r.Verdict)
	}
	ledgerIsEmpty(t, dir)
}

func TestLedgerLines(t *testing.T) {
	a := mark{Bucket: "b", Key: "k1"}
	b := mark{Bucket: "b", Key: "k2", UploadID: "u"}
	dir := t.TempDir()
	l := newLedger(dir)
	for _, m := range []mark{a, b} {
		if err := l.made(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.gone(a); err != nil {
		t.Fatal(err)
	}
	if got := l.pending(); len(got) != 1 || !got[0].same(b) {
		t.Errorf("pending %+v", got)
	}
	l.close()
	files := adoptLeftBehind(dir)
	if len(files) != 1 || len(files[0].marks) != 1 || !files[0].marks[0].same(b) || files[0].marks[0].At.After(time.Now()) {
		t.Fatalf("adopted %+v", files)
	}
	if again := adoptLeftBehind(dir); len(again) != 0 {
		t.Error("a file was adopted twice at the same time")
	}
	files[0].gone(b)
	files[0].release()
	ledgerIsEmpty(t, dir)
}
