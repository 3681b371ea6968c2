package address

import (
	"slices"
	"testing"
)

func TestInvalidationPaths(t *testing.T) {
	for key, want := range map[string][]string{
		"media/a.txt":      {"/media/a.txt*"},
		"media/日.txt":      {"/media/%E6%97%A5.txt*"},
		"media/a b#c.txt":  {"/media/a%20b%23c.txt*"},
		"media/100%.txt":   {"/media/100%25.txt*"},
		"media/a+b.txt":    {"/media/a+b.txt*", "/media/a%2Bb.txt*"},
		"media/(1);,'!.md": {"/media/(1);,'!.md*", "/media/%281%29%3B%2C%27%21.md*"},
		"media/a~b.txt":    {"/media/a%7Eb.txt*", "/media/a~b.txt*"},
	} {
		if got := (Space{}).InvalidationPaths(key); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}
