package main

import "testing"

// plainly skips what starts hundreds of programs or whole connection tests one
// after the other, which the race detector only makes slow: the same commands
// run within the test's own process under it. The tests run once more without
// the detector.
func plainly(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("runs without the race detector")
	}
}
