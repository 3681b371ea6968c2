package media

import (
	"hash/maphash"
	"sync"
	"time"
)

// mostOwn is of how many copies is remembered that this run made them.
const mostOwn = 1 << 18

// ownCopies remembers what a run made: by path, the ETags of the copy and of
// the source that it is a copy of.
type ownCopies struct {
	seed maphash.Seed
	mu   sync.Mutex
	all  map[uint64]ownCopy
	// partly tells that there are more than are remembered, or those of an
	// earlier run.
	partly bool
}

type ownCopy struct{ copied, source uint32 }

func newOwnCopies() *ownCopies {
	return &ownCopies{seed: maphash.MakeSeed(), all: map[uint64]ownCopy{}}
}

func (o *ownCopies) hash(s string) uint64 { return maphash.String(o.seed, s) }

func (o *ownCopies) etag(s string) uint32 { return uint32(o.hash(s)) }

func (o *ownCopies) add(path, copied, source string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	at := o.hash(path)
	if _, known := o.all[at]; known || len(o.all) < mostOwn {
		o.all[at] = ownCopy{o.etag(copied), o.etag(source)}
	} else {
		o.partly = true
	}
}

// of is what this run copied to a path.
func (o *ownCopies) of(path string) (own ownCopy, known, partly bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	own, known = o.all[o.hash(path)]
	return own, known, o.partly
}

// madeOf tells that what is in the environment is a copy that this run made of
// exactly what the source is.
func (c *environmentCopy) madeOf(from, to Item) bool {
	own, known, _ := c.own.of(from.Path)
	return known && own == ownCopy{c.own.etag(to.ETag), c.own.etag(from.ETag)}
}

// outdated tells that what is in the environment is a copy that this operation
// made of what the source was before. Of copies that nobody remembers their
// time tells it, by the server's clock: it must be one at which this operation
// made copies, in a directory that was empty when it began. S3 counts in
// seconds: of the same one the source may be the younger. What has the marks of
// an upload of its own is none. Both are what their heads tell.
func (c *environmentCopy) outdated(from, to Item) bool {
	own, known, partly := c.own.of(from.Path)
	if known || !partly {
		return known && own.copied == c.own.etag(to.ETag) && own.source != c.own.etag(from.ETag)
	}
	return !c.begun.Into && c.times.has(to.Modified) && !from.Modified.Before(to.Modified) && !uploadedHere(from, to)
}

// stampSlack is how far a computer's clock may be off that uploads: S3 takes no
// request that is further off.
const stampSlack = 15 * time.Minute

// uploadedHere tells that an object in an environment may have been uploaded
// there: an upload is stamped with its own time (Stamp), where a copy keeps the
// stamp of its source, which was uploaded before. One without a stamp, of a
// source that has one, was put there by another program. In doubt it is
// somebody's own, and stays.
func uploadedHere(from, to Item) bool {
	stamp, stamped := to.Metadata[MetaVersion]
	if _, source := from.Metadata[MetaVersion]; !stamped {
		return source
	}
	at, err := time.Parse(stampLayout, stamp)
	return err == nil && to.Modified.Sub(at).Abs() <= stampSlack
}
