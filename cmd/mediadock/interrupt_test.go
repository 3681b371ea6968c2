//go:build linux

package main

import (
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// interrupts sends the program the signal of ctrl+c as soon as it writes.
type interrupts struct{ strings.Builder }

func (w *interrupts) Write(b []byte) (int, error) {
	_ = syscall.Kill(syscall.Getpid(), syscall.SIGINT)
	return w.Builder.Write(b)
}

// Ctrl-C while the test runs: 130, and nothing is saved or left in the bucket.
func TestSetupInterrupted(t *testing.T) {
	full := onSandbox(t, "slow")
	p := program{home: t.TempDir()}
	var out interrupts
	var errs strings.Builder
	lookup := func(string) (string, bool) { return "", false }
	exit := run(append([]string{"--home", p.home, "setup", "--no-input", "-c", "prod"}, flagsOf(full)...), streams{
		in: strings.NewReader(""), out: &out, err: &errs, width: 80, lookup: lookup, getenv: func(string) string { return "" },
	})
	if exit != exitCancelled || !strings.Contains(errs.String(), "Cancelled") {
		t.Errorf("exit code %d\n%s%s", exit, out.String(), errs.String())
	}
	if _, err := p.app().store.Load("prod"); err == nil {
		t.Error("saved")
	}
}

// Ctrl-C while settings or an error are awaited on stdin.
func TestStdinInterrupted(t *testing.T) {
	for _, args := range [][]string{
		{"setup", "--no-input", "--from", "-"}, {"connection", "import", "-"}, {"explain", "-"},
	} {
		t.Run(args[0], func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			defer w.Close()
			ended := make(chan int, 1)
			var out, errs strings.Builder
			go func() {
				ended <- run(append([]string{"--home", t.TempDir()}, args...), streams{
					in: r, out: &out, err: &errs, width: 80,
					lookup: func(string) (string, bool) { return "", false }, getenv: func(string) string { return "" },
				})
			}()
			// What it takes from the pipe shows that it waits there.
			if _, err := w.WriteString("bucket: x\n"); err != nil {
				t.Fatal(err)
			}
			awaitEmpty(t, r)
			_ = syscall.Kill(syscall.Getpid(), syscall.SIGINT)
			select {
			case exit := <-ended:
				if exit != exitCancelled || !strings.Contains(errs.String(), "Cancelled") {
					t.Errorf("exit code %d\n%s%s", exit, out.String(), errs.String())
				}
			case <-time.After(time.Minute):
				t.Error("it goes on waiting")
			}
		})
	}
}

// awaitEmpty waits until everything in a pipe was read.
func awaitEmpty(t *testing.T, r *os.File) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); runtime.Gosched() {
		if n, err := unix.IoctlGetInt(int(r.Fd()), unix.TIOCINQ); err == nil && n == 0 {
			return
		}
	}
	t.Fatal("nothing is read")
}
