package tuitest

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

// Catalogue is the real catalogue over a Library in memory.
type Catalogue struct {
	*catalog.Place
	lib *Library

	mu    sync.Mutex
	reads int
	// Gate, when not nil, holds the reading of the list back until something
	// is received.
	Gate chan struct{}
	// Counting, when not nil, holds counts back in the same way.
	Counting chan struct{}
}

// NewCatalogue opens a catalogue in a directory of the test.
func NewCatalogue(t testing.TB, lib *Library) *Catalogue {
	t.Helper()
	c, err := catalog.Open(context.Background(), filepath.Join(t.TempDir(), "catalogue.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	p, err := c.Place(context.Background(), catalog.Key{Partition: "aws", Bucket: "alpha-prod-assets", Directory: "media/"})
	if err != nil {
		t.Fatal(err)
	}
	return &Catalogue{Place: p, lib: lib}
}

func (c *Catalogue) object(p string) catalog.Object {
	it := c.lib.item(p)
	return catalog.Object{Path: p, Size: it.Size, Modified: it.Modified}
}

// Describe writes about a file.
func (c *Catalogue) Describe(ctx context.Context, it media.Item, edit catalog.Edit) (catalog.Entry, error) {
	if err := c.Saw(ctx, catalog.Object{Path: it.Path, Size: it.Size, Modified: it.Modified}); err != nil {
		return catalog.Entry{}, err
	}
	return c.Edit(ctx, it.Path, edit)
}

// URL is where a file is found.
func (c *Catalogue) URL(path string) string { return c.lib.URL(path) }

// Item is a file as the library reads it.
func (c *Catalogue) Item(e catalog.Entry) media.Item {
	return media.Item{Path: e.Path, Key: "media/" + e.Path, Size: e.Size, Modified: e.Modified, ETag: e.ETag}
}

// Reads is how often the list was read.
func (c *Catalogue) Reads() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reads
}

// Count is how many files a search finds.
func (c *Catalogue) Count(ctx context.Context, q catalog.Query) (catalog.Total, error) {
	if c.Counting != nil {
		select {
		case <-c.Counting:
		case <-ctx.Done():
			return catalog.Total{}, ctx.Err()
		}
	}
	return c.Place.Count(ctx, q)
}

// Refresh takes in the library's files.
func (c *Catalogue) Refresh(ctx context.Context, told func(files int)) error {
	c.mu.Lock()
	c.reads++
	c.mu.Unlock()
	told(1)
	if c.Gate != nil {
		select {
		case <-c.Gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	c.lib.mu.Lock()
	var paths []string
	for p := range c.lib.Files {
		paths = append(paths, p)
	}
	c.lib.mu.Unlock()
	slices.Sort(paths)
	_, err := c.Place.Refresh(ctx, func(yield func(catalog.Object) error) error {
		for _, p := range paths {
			if err := yield(c.object(p)); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// Refreshed tells the time as the fake world counts it: the list is always
// fresh once it was read.
func (c *Catalogue) Refreshed(ctx context.Context) (time.Time, int, error) {
	at, files, err := c.Place.Refreshed(ctx)
	if !at.IsZero() {
		at = Now
	}
	return at, files, err
}
