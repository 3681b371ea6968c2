package tui_test

import "testing"

// drawn skips what draws much and does nothing at the same time: the race
// detector makes it fifteen times slower and finds nothing in it. The tests run
// once more without the detector.
func drawn(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("runs without the race detector")
	}
}
