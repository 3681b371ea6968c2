package media

import (
	"hash/maphash"
	"sync"
)

// mostOwn is of how many copies is remembered that this run made them.
const mostOwn = 1 << 18

// ownCopies remembers what a run made, by name and ETag.
type ownCopies struct {
	seed maphash.Seed
	mu   sync.Mutex
	all  map[uint64]struct{}
	// partly tells that there are more than are remembered, or those of an
	// earlier run.
	partly bool
}

func newOwnCopies() *ownCopies {
	return &ownCopies{seed: maphash.MakeSeed(), all: map[uint64]struct{}{}}
}

func (o *ownCopies) of(path, etag string) uint64 {
	return maphash.String(o.seed, path+"\x00"+etag)
}

func (o *ownCopies) add(path, etag string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.all) < mostOwn {
		o.all[o.of(path, etag)] = struct{}{}
	} else {
		o.partly = true
	}
}

func (o *ownCopies) has(path, etag string) (has, partly bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, has = o.all[o.of(path, etag)]
	return has, o.partly
}

// outdated tells that what is in the environment is a copy that this operation
// made of what the source was before. Of copies that nobody remembers their
// time tells it, by the server's clock, if the directory was empty when the
// operation began. Time is counted in seconds: one is no answer.
func (c *environmentCopy) outdated(from, to Item) bool {
	has, partly := c.own.has(from.Path, to.ETag)
	if has || !partly {
		return has
	}
	begun := c.begun.Begun
	return !c.begun.Into && !begun.IsZero() && !to.Modified.Before(begun) && from.Modified.After(to.Modified)
}
