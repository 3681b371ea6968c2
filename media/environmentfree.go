package media

import (
	"context"
	"path"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// freeNames knows which names of an environment were free a moment ago, for
// servers that do not keep to the condition of a copy. One listing tells it
// for all that is copied in the next moment; a HEAD for each would be as many
// requests again as there are objects.
type freeNames struct {
	mu sync.Mutex
	at time.Time // zero: nothing was listed
	// from is the first key that was listed for, taken are keys that are there,
	// and last is of each folder the greatest one. A server may have an order of
	// its own for folders, not for the files of one.
	from  string
	taken map[string]bool
	last  map[string]string
	whole bool // there is none after them
}

// knows tells whether a key was free; known is false for one that the listing
// did not come to.
func (f *freeNames) knows(key string) (free, known bool) {
	if key < f.from || !f.whole && key > f.last[path.Dir(key)] {
		return false, false
	}
	return !f.taken[key], true
}

// targetTaken finds out what is under the name of a copy, as of a moment ago.
func (c *environmentCopy) targetTaken(ctx context.Context, to string) (*Item, error) {
	free, err := c.targetFree(ctx, c.l.space.Key(to))
	if free || err != nil {
		return nil, err
	}
	return c.l.look(ctx, to)
}

// targetFree tells that a name is free; if not, it may be.
func (c *environmentCopy) targetFree(ctx context.Context, key string) (bool, error) {
	f := &c.free
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.at.IsZero() && time.Since(f.at) < c.l.lookAgain {
		free, _ := f.knows(key)
		return free, nil
	}
	begin := time.Now()
	page, err := c.l.list(ctx, &s3.ListObjectsV2Input{Prefix: aws.String(c.t.space.Dir()), StartAfter: aws.String(before(key))})
	if err != nil {
		return false, c.l.listFailure("", err)
	}
	f.at, f.from, f.whole = begin, key, nextToken(page) == ""
	f.taken, f.last = map[string]bool{}, map[string]string{}
	for _, o := range page.Contents {
		there := listedKey(page, o.Key)
		f.taken[there] = true
		if folder := path.Dir(there); f.last[folder] < there {
			f.last[folder] = there
		}
	}
	free, _ := f.knows(key)
	return free, nil
}
