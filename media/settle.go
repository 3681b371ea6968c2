package media

import (
	"context"
	"errors"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/errgroup"
)

// lookFew is up to how many targets are asked for one by one; above that a
// listing is cheaper.
const lookFew = 16

// lookAt finds out which targets exist.
func (l *Library) lookAt(ctx context.Context, items []PutItem) error {
	todo := make([]*PutItem, 0, len(items))
	for i := range items {
		if items[i].Code == "" {
			todo = append(todo, &items[i])
		}
	}
	if len(todo) > lookFew {
		rest, err := l.lookByListing(ctx, todo)
		if err != nil {
			return err
		}
		todo = rest
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(l.o.Parallel)
	for _, item := range todo {
		g.Go(func() error {
			old, err := l.look(ctx, item.Path)
			if err != nil {
				return err
			}
			if old != nil {
				item.Exists, item.Old = true, *old
			}
			return nil
		})
	}
	return g.Wait()
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

// lookByListing reads the range of keys that holds all targets and gives back
// the targets that it did not come to: it gives up when the folder has so many
// other files that asking one by one costs less.
func (l *Library) lookByListing(ctx context.Context, items []*PutItem) ([]*PutItem, error) {
	sort.Slice(items, func(i, j int) bool { return items[i].Key < items[j].Key })
	first, last := items[0].Key, items[len(items)-1].Key
	prefix := commonFolder(first, last)
	pages, budget := 0, 1+len(items)/lookFew
	at := 0
	err := l.walk(ctx, prefix, before(first), func(out *s3.ListObjectsV2Output) error {
		for _, o := range out.Contents {
			key := listedKey(out, o.Key)
			for at < len(items) && items[at].Key < key {
				at++
			}
			for i := at; i < len(items) && items[i].Key == key; i++ {
				items[i].Exists, items[i].Old = true, l.itemOf(o, key)
			}
		}
		if pages++; pages >= budget || at == len(items) {
			return errEnough
		}
		return nil
	})
	switch {
	case err != nil && codeIn(err) == CodeDenied: // may read objects, may not list
		return items, nil
	case errors.Is(err, errEnough):
		for at < len(items) && items[at].Exists {
			at++
		}
		return items[at:], nil
	case err != nil:
		return nil, err
	}
	return nil, nil
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

// settle decides what becomes of each item.
func (l *Library) settle(ctx context.Context, plan *PutPlan, choice IfExists) error {
	taken := make(map[string]bool, len(plan.Items))
	for i := range plan.Items {
		item := &plan.Items[i]
		if item.Code != "" {
			continue
		}
		if taken[item.Key] && choice != KeepBoth {
			item.Code = CodeDuplicate
			continue
		}
		if err := l.decide(ctx, item, choice, taken); err != nil {
			return err
		}
		taken[item.Key] = true
	}
	plan.count()
	return nil
}

// Decide changes what becomes of one item whose name is taken.
func (l *Library) Decide(ctx context.Context, plan *PutPlan, i int, choice IfExists) error {
	item := &plan.Items[i]
	if !item.Exists || item.Code != "" && item.Code != CodeExists {
		return nil
	}
	item.Code = ""
	taken := make(map[string]bool, len(plan.Items))
	for j := range plan.Items {
		if j != i && plan.Items[j].Code == "" {
			taken[plan.Items[j].Key] = true
		}
	}
	if err := l.decide(ctx, item, choice, taken); err != nil {
		return err
	}
	plan.count()
	return nil
}

func (p *PutPlan) count() {
	p.Bytes = 0
	for _, item := range p.Items {
		if item.Code == "" {
			p.Bytes += item.Size
		}
	}
}

func (l *Library) decide(ctx context.Context, item *PutItem, choice IfExists, taken map[string]bool) error {
	if !item.Exists && !taken[item.Key] {
		return nil
	}
	switch choice {
	case Replace:
		return nil
	case KeepBoth:
		return l.freeName(ctx, item, taken)
	case Skip:
		same, err := l.sameContent(ctx, item.File, item.Size, item.Old)
		if err != nil {
			return err
		}
		item.Code = CodeConflict
		if same {
			item.Code = CodeSame
		}
		return nil
	}
	item.Code = CodeExists
	return nil
}

// freeName finds the first of name-2, name-3 ... that is neither in the
// bucket nor in the plan.
func (l *Library) freeName(ctx context.Context, item *PutItem, taken map[string]bool) error {
	original := item.Path
	for n := 2; ; n++ {
		name := withSuffix(original, strconv.Itoa(n))
		if taken[l.space.Key(name)] {
			continue
		}
		old, err := l.look(ctx, name)
		if err != nil {
			return err
		}
		if old != nil {
			continue
		}
		if err := l.space.CheckName(name); err != nil {
			e := nameError(err)
			item.Code, item.Args = e.Code, e.TextArgs()
			return nil
		}
		item.Path, item.Key, item.URL = name, l.space.Key(name), l.URL(name)
		item.Exists, item.Old = false, Item{}
		return nil
	}
}

// isComposite tells whether an ETag is that of a multipart upload.
func isComposite(etag string) bool { return strings.Contains(etag, "-") }
