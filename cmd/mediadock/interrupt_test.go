//go:build unix

package main

import (
	"strings"
	"syscall"
	"testing"
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
