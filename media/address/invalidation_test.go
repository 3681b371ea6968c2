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
		"media/2026/":      {"/media/2026/*"},
		"media/a*b.txt":    {"/media/a%2Ab.txt*"},
		"media/a*~.txt":    {"/media/a%2A%7E.txt*", "/media/a%2A~.txt*"},
		"media/a?b=1.txt":  {"/media/a%3Fb=1.txt*", "/media/a%3Fb%3D1.txt*"},
		"media/a~b.txt":    {"/media/a%7Eb.txt*", "/media/a~b.txt*"},
	} {
		if got := (Space{}).InvalidationPaths(key); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}
