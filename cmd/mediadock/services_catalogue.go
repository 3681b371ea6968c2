package main

import (
	"context"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui"
)

// Catalogue opens no file until something is looked for or written.
func (s *services) Catalogue(ctx context.Context, name string) (tui.Catalogue, error) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return nil, err
	}
	return &catalogue{app: s.app, sel: sel}, nil
}

// catalogue is a selection's part of the catalogue, for the terminal UI.
type catalogue struct {
	app *app
	sel selection

	mu    sync.Mutex
	place *catalog.Place
}

func (c *catalogue) open(ctx context.Context) (*catalog.Place, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.place != nil {
		_ = c.app.noteLate(ctx, c.sel, c.place) // it may have been away meanwhile
		return c.place, nil
	}
	place, err := c.app.openCatalogue(ctx, c.sel)
	if err == nil {
		c.place = place
	}
	return place, err
}

// Get makes no catalogue where there is none.
func (c *catalogue) Get(ctx context.Context, paths ...string) (map[string]catalog.Entry, error) {
	if !c.app.catalogueMade() {
		return nil, nil
	}
	place, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	return place.Get(ctx, paths...)
}

func (c *catalogue) Describe(ctx context.Context, it media.Item, edit catalog.Edit) (catalog.Entry, error) {
	place, err := c.open(ctx)
	if err != nil {
		return catalog.Entry{}, err
	}
	if err := place.Saw(ctx, objectOf(it)); err != nil {
		return catalog.Entry{}, c.app.catalogueFailure(ctx, err)
	}
	e, err := place.Edit(ctx, it.Path, edit)
	return e, c.app.catalogueFailure(ctx, err)
}

func (c *catalogue) Search(ctx context.Context, q catalog.Query) (catalog.Hits, error) {
	place, err := c.open(ctx)
	if err != nil {
		return catalog.Hits{}, err
	}
	hits, err := place.Search(ctx, q)
	return hits, c.app.catalogueFailure(ctx, err)
}

func (c *catalogue) Count(ctx context.Context, q catalog.Query) (catalog.Total, error) {
	place, err := c.open(ctx)
	if err != nil {
		return catalog.Total{}, err
	}
	total, err := place.Count(ctx, q)
	return total, c.app.catalogueFailure(ctx, err)
}

// tellEvery is after how many files Refresh tells how far it is.
const tellEvery = 1000

func (c *catalogue) Refresh(ctx context.Context, told func(files int)) error {
	place, err := c.open(ctx)
	if err != nil {
		return err
	}
	lib, err := c.app.library(ctx, c.sel, media.Options{})
	if err != nil {
		return err
	}
	n := 0
	_, err = place.Refresh(ctx, func(yield func(catalog.Object) error) error {
		return lib.Walk(ctx, "", func(it media.Item) error {
			if n++; n%tellEvery == 0 {
				told(n)
			}
			return yield(objectOf(it))
		})
	})
	return c.app.refreshFailure(ctx, err)
}

func (c *catalogue) Refreshed(ctx context.Context) (at time.Time, files int, err error) {
	if !c.app.catalogueMade() {
		return time.Time{}, 0, nil
	}
	place, err := c.open(ctx)
	if err != nil {
		return time.Time{}, 0, err
	}
	return place.Refreshed(ctx)
}

// Unnoted gives what is to be said about the catalogue since the last time,
// once.
func (s *services) Unnoted() string {
	if id := s.app.unnoted.Swap(nil); id != nil {
		return *id
	}
	return ""
}
