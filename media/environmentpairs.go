package media

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media/address"
)

// pair is what two libraries have under one path; one of both may be nil.
type pair struct{ from, to *Item }

func (p pair) path() string {
	if p.from != nil {
		return p.from.Path
	}
	return p.to.Path
}

// leftOut counts what a listing shows that is no media.
type leftOut struct {
	probes, markers int64
	environments    map[string]bool
}

func (o *leftOut) count(space address.Space, path string) {
	switch first := firstPart(path); {
	case !space.HiddenPath(path):
		o.markers++
	case first == address.ProbeDir:
		o.probes++
	default:
		if o.environments == nil {
			o.environments = map[string]bool{}
		}
		o.environments[first] = true
	}
}

// sideBySide calls yield for every path that one of two libraries has, in the
// order of keys, from after one path on. It holds a few pages of each,
// whatever their number. Where a server keeps no order, a path may come twice,
// once for each library. out may be nil; of what source has it is counted in.
func sideBySide(ctx context.Context, source, target *Library, after string, out *leftOut, yield func(pair) error) error {
	ctx, cancel := context.WithCancel(ctx)
	a, b := source.listFrom(ctx, after, out), target.listFrom(ctx, after, nil)
	defer func() {
		cancel()
		a.end()
		b.end()
	}()
	x, y := a.next(), b.next()
	for x != nil || y != nil {
		// What one of them could not tell must not look like something missing.
		if a.failed() != nil || b.failed() != nil {
			break
		}
		var p pair
		switch {
		case y == nil || x != nil && x.Path < y.Path:
			p, x = pair{from: x}, nil
		case x == nil || y.Path < x.Path:
			p, y = pair{to: y}, nil
		default:
			p, x, y = pair{x, y}, nil, nil
		}
		if err := yield(p); err != nil {
			return err
		}
		if p.from != nil {
			x = a.next()
		}
		if p.to != nil {
			y = b.next()
		}
	}
	if err := a.failed(); err != nil {
		return err
	}
	return b.failed()
}

// listing is a walk that is asked for one item after the other.
type listing struct {
	pages chan []Item
	items []Item
	at    int
	over  bool
	err   error // to be read when pages is closed
}

// listFrom lists the media that come after a path.
func (l *Library) listFrom(ctx context.Context, after string, out *leftOut) *listing {
	r := &listing{pages: make(chan []Item, wideAhead)}
	start := ""
	if after != "" {
		start = l.space.Key(after)
	}
	go func() {
		defer close(r.pages)
		r.err = l.walkWide(ctx, l.space.Dir(), start, func(page *s3.ListObjectsV2Output) error {
			if out != nil {
				l.countLeftOut(page, out)
			}
			select {
			case r.pages <- l.media(page):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return r
}

func (l *Library) countLeftOut(page *s3.ListObjectsV2Output, out *leftOut) {
	for _, o := range page.Contents {
		key := listedKey(page, o.Key)
		if path, inside := l.space.Path(key); inside && l.space.Hidden(key, aws.ToInt64(o.Size)) {
			out.count(l.space, path)
		}
	}
}

// next is nil at the end, also where that is an error.
func (r *listing) next() *Item {
	for r.at == len(r.items) {
		page, more := <-r.pages
		if !more {
			r.over = true
			return nil
		}
		r.items, r.at = page, 0
	}
	r.at++
	return &r.items[r.at-1]
}

// failed is what ended the listing; nil as long as it goes on.
func (r *listing) failed() error {
	if !r.over {
		return nil
	}
	return r.err
}

// end waits for the listing, whose context has ended.
func (r *listing) end() {
	for range r.pages {
		continue
	}
}

// likeness is what two listings tell of an object and its copy.
type likeness int

const (
	unlike   likeness = iota // another size, or older than its source
	alike                    // the same ETag
	doubtful                 // the same size, younger than its source, another ETag
)

func likenessOf(from, to Item) likeness {
	switch {
	case from.Size != to.Size:
		return unlike
	case from.ETag == to.ETag && from.ETag != "":
		return alike
	case to.Modified.Before(from.Modified):
		return unlike
	}
	return doubtful
}

// inParts tells of an ETag that is of a multipart upload, and no sum of the
// content.
func inParts(etag string) bool { return strings.Contains(etag, "-") }

// environment is the library of an environment in this library's directory.
func (l *Library) environment(id string) *Library {
	e := *l
	e.space.Environment = id
	return &e
}
