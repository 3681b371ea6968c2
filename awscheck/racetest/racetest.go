// Package racetest parts the tests that the race detector is for from those
// that it only makes slow.
//
// Where MEDIADOCK_TEST_PLAIN names a file, the tests that left something out
// under the detector are written into it, a directory and a test a line: they
// are to run once more without it (see .ci/test).
package racetest

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// Plainly skips a test under the race detector: what starts hundreds of
// programs, draws much, or goes through a long table one by one, while smaller
// tests have the detector watch the same.
func Plainly(t testing.TB) {
	t.Helper()
	if Fewer(t) {
		t.Skip("runs without the race detector")
	}
}

// Fewer tells that the race detector is at work, for a test that then tries
// fewer cases.
func Fewer(t testing.TB) bool {
	t.Helper()
	if on {
		note(t)
	}
	return on
}

var (
	writing sync.Mutex
	// dir is where the test's package lies, before a test goes elsewhere.
	dir, noDir = os.Getwd()
)

func note(t testing.TB) {
	t.Helper()
	file := os.Getenv("MEDIADOCK_TEST_PLAIN")
	if file == "" {
		return
	}
	if noDir != nil {
		t.Fatal(noDir)
	}
	writing.Lock()
	defer writing.Unlock()
	name, _, _ := strings.Cut(t.Name(), "/")
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // where the test is told to
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(f, "%s\t%s\n", dir, name) // one write: other packages write, too
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		t.Fatal(err)
	}
}
