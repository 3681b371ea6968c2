package setup

import "testing"

func TestNarrowListsOfRegionsTellThemApart(t *testing.T) {
	for _, c := range []struct {
		name string
		w    int
		want string
	}{
		{"アジアパシフィック (東京)", 25, "アジアパシフィック (東京)"},
		{"アジアパシフィック (東京)", 24, "東京"},
		{"Asia Pacific (Tokyo)", 16, "Tokyo"},
		{"Frankfurt", 3, "Frankfurt"},
	} {
		if got := fitting(c.name, c.w); got != c.want {
			t.Errorf("%q in %d columns: %q, want %q", c.name, c.w, got, c.want)
		}
	}
}
