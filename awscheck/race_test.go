package awscheck

import "testing"

// plainly skips long tables of whole connection tests, which the race detector
// makes ten times slower; it watches one of each kind in smaller tests. The
// tests run once more without the detector.
func plainly(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("runs without the race detector")
	}
}
