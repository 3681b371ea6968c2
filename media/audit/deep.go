package audit

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/catalog"
)

// headBytes is how much of a file is read: what tells formats apart is at their
// beginning.
const headBytes = 4 << 10

// environmentIn is the directory of an environment on a path, wherever it
// stands: production's listing leaves out those at its beginning, so that what
// is found lies in the wrong place. Others write them in capitals.
func environmentIn(path string) string {
	dirs, _, _ := cutLast(path)
	for dir := range strings.SplitSeq(dirs, "/") {
		if address.IsEnvironmentID(strings.ToLower(dir)) {
			return dir
		}
	}
	return ""
}

func cutLast(path string) (dirs, name string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// looked is what reading the beginning of a file gave.
type looked struct {
	entry catalog.Entry
	item  media.Item
	head  []byte
	err   error
}

// deep reads the beginning of every file, several at once, and judges them in
// the order of their paths.
func (r *run) deep(ctx context.Context) error {
	if !r.o.Deep {
		return nil
	}
	group, ctx := errgroup.WithContext(ctx)
	queue := make(chan chan looked, r.o.Parallel) // as many wait as may run
	group.Go(func() error {
		defer close(queue)
		return r.notes.Present(ctx, func(e catalog.Entry) error {
			answer := make(chan looked, 1)
			select {
			case queue <- answer:
			case <-ctx.Done():
				return ctx.Err()
			}
			group.Go(func() error { answer <- r.look(ctx, e); return nil })
			return nil
		})
	})
	group.Go(func() error {
		for answer := range queue {
			select {
			case l := <-answer:
				if err := r.judge(ctx, l); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	err := group.Wait()
	r.o.Progress(Reading, r.sum.Read+r.sum.Unread)
	return err
}

func (r *run) look(ctx context.Context, e catalog.Entry) looked {
	item, head, err := r.bucket.Peek(ctx, media.Item{Path: e.Path, Size: e.Size, ETag: e.ETag, Modified: e.Modified}, headBytes)
	return looked{e, item, head, err}
}

func (r *run) judge(ctx context.Context, l looked) error {
	var asked *media.Error
	switch {
	case l.err != nil && ctx.Err() != nil:
		return ctx.Err()
	case errors.As(l.err, &asked) && (asked.Code == media.CodeNotFound || asked.Code == media.CodeChanged):
		return nil // somebody is at work; the next audit sees it
	case errors.As(l.err, &asked) && asked.Code == media.CodeSession:
		return l.err // nothing further can be read
	case l.err != nil:
		if r.sum.Unread++; r.sum.Why == nil {
			r.sum.Why = l.err
		}
		return nil
	}
	if r.sum.Read++; (r.sum.Read+r.sum.Unread)%100 == 0 {
		r.o.Progress(Reading, r.sum.Read+r.sum.Unread)
	}
	for _, f := range r.o.findings(l.entry.Path, l.item, l.head) {
		if err := r.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// findings are what is wrong with one file, as far as its headers and its
// beginning tell.
func (o Options) findings(path string, item media.Item, head []byte) (all []Finding) {
	f := Finding{Path: path, Size: item.Size, ETag: item.ETag}
	if wanted, wrong := wrongType(path, item.ContentType, head); wrong {
		t := f
		t.Kind, t.ContentType, t.Wanted, t.Item = Type, item.ContentType, wanted, item
		all = append(all, t)
	}
	if !o.Stamped {
		return all
	}
	service := item.Metadata[media.MetaService]
	switch {
	case item.Metadata[media.MetaSource] != "microcms":
		f.Kind = Foreign
	case o.Service != "" && service != "" && service != o.Service:
		f.Kind, f.Service = Environment, service
	default:
		return all
	}
	return append(all, f)
}
