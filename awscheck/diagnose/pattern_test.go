package diagnose

import (
	"regexp"
	"testing"
)

// A mistake in a pattern is found here, not when an error is explained.
func TestPatternsCompile(t *testing.T) {
	if len(patterns) < 100 {
		t.Fatalf("only %d patterns", len(patterns))
	}
	for _, p := range patterns {
		if _, err := regexp.Compile(p.text); err != nil {
			t.Error(err)
		}
	}
}
