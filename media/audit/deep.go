package audit

import (
	"context"
	"errors"
	"maps"
	"slices"
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
	dirs, _ := cutLast(path)
	for dir := range strings.SplitSeq(dirs, "/") {
		if address.IsEnvironmentID(strings.ToLower(dir)) {
			return dir
		}
	}
	return ""
}

func cutLast(path string) (dirs, name string) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
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
	if err == nil {
		err = r.strangers()
	}
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
	r.stamp(l)
	return nil
}

// stamped are the files of one service id.
type stamped struct {
	count int
	files []Finding // the first of them
}

// Bounds of what is remembered of ids: beyond them files are counted alone.
const (
	mostServices = 100
	mostStamped  = 10_000
)

// stamp remembers whose a file is. Which id is that of most is known at the end.
func (r *run) stamp(l looked) {
	id := l.item.Metadata[media.MetaService]
	if !r.o.Stamped || id == "" || id == r.o.Service {
		return
	}
	s := r.services[id]
	if s == nil {
		if len(r.services) == mostServices {
			return
		}
		s = &stamped{}
		r.services[id] = s
	}
	if s.count++; len(s.files) < mostStamped {
		s.files = append(s.files, Finding{Kind: Environment, Path: l.entry.Path, Size: l.item.Size, ETag: l.item.ETag, Service: id})
	}
}

// strangers tells of files with the id of neither mediadock nor the CMS.
func (r *run) strangers() error {
	most := ""
	for id, s := range r.services {
		if most == "" || s.count > r.services[most].count || s.count == r.services[most].count && id < most {
			most = id
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.services)) {
		if id == most {
			continue
		}
		for _, f := range r.services[id].files {
			if err := r.tell(f); err != nil {
				return err
			}
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
	if item.Metadata[media.MetaSource] == "microcms" {
		return all
	}
	f.Kind = Foreign
	return append(all, f)
}
