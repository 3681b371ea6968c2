package media

import (
	"testing"

	"github.com/mediadock/mediadock/media/address"
)

// Under a limit as many parts run at once as it feeds: of eight that crawl side
// by side a kill would leave none.
func TestALimitedRateFeedsFewParts(t *testing.T) {
	for _, c := range []struct {
		rate     int64
		parallel int
		want     int64 // parts at once
	}{
		{0, 0, 8}, {100 << 20, 0, 8}, {16 << 20, 0, 8},
		{5_000_000, 0, 2}, {5_000_000, 8, 2}, {1_000_000, 0, 1}, {1, 0, 1}, {1_000_000, 3, 1},
		{0, 3, 3}, {100 << 20, 3, 3}, {0, 1, 1}, {5_000_000, 1, 1},
	} {
		l := New(nil, nil, address.Space{}, Options{BytesPerSecond: c.rate, Parallel: c.parallel})
		n := l.slots(smallestPart)
		if got := int64(l.o.Parallel) / n; got != c.want {
			t.Errorf("%d bytes a second, %d in parallel: %d parts at once, want %d", c.rate, c.parallel, got, c.want)
		}
		if l.slots(20<<10) != 1 {
			t.Errorf("%d bytes a second: a small file counts for %d", c.rate, l.slots(20<<10))
		}
	}
}
