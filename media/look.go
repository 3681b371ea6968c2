package media

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/errgroup"
)

// spot is a path that something is about to be written to, and what is there.
type spot struct {
	path, key string
	old       *Item
}

// lookFew is up to how many spots are asked for one by one; above that a
// listing is cheaper.
const lookFew = 16

// lookAll finds out what is at the spots. It may reorder nothing but asks in
// the order that costs least.
func (l *Library) lookAll(ctx context.Context, spots []*spot) error {
	return l.lookSeeing(ctx, spots, func(string) {})
}

// lookSeeing is lookAll that tells of every key that comes by.
func (l *Library) lookSeeing(ctx context.Context, spots []*spot, seen func(key string)) error {
	todo := spots
	if len(todo) > lookFew {
		rest, err := l.lookByListing(ctx, slices.Clone(spots), seen)
		if err != nil {
			return err
		}
		todo = rest
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(l.o.Parallel)
	for _, s := range todo {
		g.Go(func() (err error) {
			s.old, err = l.look(ctx, s.path)
			return err
		})
	}
	return g.Wait()
}

// lookAgain is how old the look at a target may be before it is taken again,
// where the server may not know the condition that protects it.
const lookAgain = 3 * time.Second

// lookTwice is up to how many files are moved with a look at each new name
// right before the copy and another one before the original goes, where the
// server may not know the condition of the copy. It keeps two computers that
// rename to one name from losing a file, unless the second one's copy falls
// behind the first one's last look; where there are more files it would cost
// two requests for each.
const lookTwice = lookFew

// stillFree looks at a target once more before it is written to. AWS needs
// none of it: there the write itself is conditional. Other servers ignore the
// condition, several of them on CopyObject.
func (l *Library) stillFree(ctx context.Context, path string, looked time.Time) error {
	if l.checksums || time.Since(looked) < l.lookAgain {
		return nil
	}
	old, err := l.look(ctx, path)
	if err == nil && old != nil {
		return refuse(CodeExists, path)
	}
	return err
}

// look finds out what is at a path; nil without an error means nothing.
func (l *Library) look(ctx context.Context, path string) (*Item, error) {
	out, err := l.head(ctx, l.space.Key(path))
	if err == nil {
		item := l.itemOfHead(path, out)
		return &item, nil
	}
	e := l.headFailure(ctx, path, err)
	if e.Code == CodeNotFound {
		return nil, nil
	}
	return nil, e
}

var errEnough = errors.New("enough pages")

// lookByListing reads the range of keys that holds all spots and gives back
// the spots that it did not come to: it gives up when there are so many other
// files in between that asking one by one costs less.
func (l *Library) lookByListing(ctx context.Context, spots []*spot, seen func(key string)) ([]*spot, error) {
	slices.SortFunc(spots, func(a, b *spot) int { return strings.Compare(a.key, b.key) })
	first, last := spots[0].key, spots[len(spots)-1].key
	pages, budget := 0, 1+len(spots)/lookFew
	at := 0 // the first spot that the listing has not passed
	err := l.walk(ctx, commonFolder(first, last), before(first), func(out *s3.ListObjectsV2Output) error {
		for _, o := range out.Contents {
			key := listedKey(out, o.Key)
			seen(key)
			for at < len(spots) && spots[at].key < key {
				at++
			}
			for i := at; i < len(spots) && spots[i].key == key; i++ {
				old := l.itemOf(o, key)
				spots[i].old = &old
			}
		}
		if pages++; pages >= budget || at == len(spots) {
			return errEnough
		}
		return nil
	})
	switch {
	case err == nil:
		return nil, nil
	case errors.Is(err, errEnough):
		for at < len(spots) && spots[at].old != nil {
			at++
		}
		return spots[at:], nil
	case codeIn(err) == CodeDenied: // may read objects, may not list
		return spots, nil
	}
	return nil, err
}

// before is a key that sorts just before another, since a listing starts
// after the key that it is given.
func before(key string) string {
	_, last := utf8.DecodeLastRuneInString(key)
	return key[:len(key)-last]
}

// commonFolder is the longest folder that holds both keys.
func commonFolder(a, b string) string {
	n := 0
	for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
		if a[i] == '/' {
			n = i + 1
		}
	}
	return a[:n]
}
