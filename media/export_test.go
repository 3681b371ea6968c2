package media

import (
	"context"
	"os"
	"sync/atomic"
	"time"
)

// CopyInPartsAbove makes copies above a size go in parts.
func (l *Library) CopyInPartsAbove(limit, part int64) { l.copyLimit, l.copyPart = limit, part }

// SettleAfter sets how old a copy must be that is removed though it may be
// somebody else's.
func (l *Library) SettleAfter(d time.Duration) { l.settleTime = d }

// ClaimsLive sets after how long a claim may be taken over.
func (l *Library) ClaimsLive(d time.Duration) { l.claimLife = d }

// TrustCopiesFor sets how long a rename relies on its copies.
func (l *Library) TrustCopiesFor(d time.Duration) { l.copyTrust = d }

// LookAgainAfter sets how old a plan's look may be on a custom endpoint.
func (l *Library) LookAgainAfter(d time.Duration) { l.lookAgain = d }

// LooksTwiceUpTo sets for how many files a move looks at each name twice.
func (l *Library) LooksTwiceUpTo(n int) { l.lookTwice = n }

// ListsInOrder tells whether the server keeps the order of bytes.
func (l *Library) ListsInOrder(yes bool) { l.inOrder = yes }

// DiskFails makes writing of downloads fail, from what was written so far of
// all of them.
func (l *Library) DiskFails(fails func(written int64) error) {
	l.disk.writeAt = (*os.File).WriteAt
	if fails == nil {
		return
	}
	var written atomic.Int64
	l.disk.writeAt = func(f *os.File, p []byte, off int64) (int, error) {
		if err := fails(written.Load()); err != nil {
			return 0, err
		}
		n, err := f.WriteAt(p, off)
		written.Add(int64(n))
		return n, err
	}
}

// DiskFolds makes the disk one that does not tell some names apart.
func (l *Library) DiskFolds(letterCase, form bool) {
	l.disk.same = func(string) sameNames { return sameNames{letterCase, form} }
}

// Probe asks a real disk.
func Probe(dir string) (letterCase, form bool) {
	s := probe(dir)
	return s.letterCase, s.form
}

// PartialName is where a path is kept on its way to a local file.
func (l *Library) PartialName(path, local string) string {
	return partialName(l.space.Bucket, l.space.Key(path), local) + partialSuffix
}

// NotesEvery sets after how many objects an environment's copy writes down how
// far it is.
func (l *Library) NotesEvery(n int64) { l.environmentEvery = n }

// MeasuresFrom sets from how many objects on the rate of copies is measured,
// and for how long.
func (l *Library) MeasuresFrom(n int64, most time.Duration) { l.measureFrom, l.measureTime = n, most }

// MeasuresAtMost sets how many copies a measurement makes, whatever their time.
func (l *Library) MeasuresAtMost(n int) { l.measureMost = n }

// SweepProbes removes what dead measurements left.
func (l *Library) SweepProbes(ctx context.Context) { l.sweepProbes(ctx) }

// In is the library of an environment.
func (l *Library) In(id string) *Library { return l.environment(id) }
