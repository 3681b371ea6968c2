package media_test

import "testing"

// plainly skips what takes minutes with the race detector and is watched by it
// in smaller tests: other processes, and megabytes at every step. The tests run
// once more without the detector.
func plainly(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("runs without the race detector")
	}
}
