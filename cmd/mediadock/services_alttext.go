package main

import (
	"context"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/world"
)

var _ world.AltTexts = (*catalogue)(nil)

func (c *catalogue) Pictures(ctx context.Context, prefix string, yield func(catalog.Entry) error) error {
	place, err := c.open(ctx)
	if err != nil {
		return err
	}
	return c.app.catalogueFailure(ctx, place.Pictures(ctx, prefix, yield))
}

func (c *catalogue) Repeated(ctx context.Context, least int, yield func(catalog.Entry) error) error {
	place, err := c.open(ctx)
	if err != nil {
		return err
	}
	return c.app.catalogueFailure(ctx, place.Repeated(ctx, least, yield))
}

// Edit hands catalog.ErrChanged on as the cause of what it returns.
func (c *catalogue) Edit(ctx context.Context, path string, edit catalog.Edit) (catalog.Entry, error) {
	place, err := c.open(ctx)
	if err != nil {
		return catalog.Entry{}, err
	}
	e, err := place.Edit(ctx, path, edit)
	return e, c.app.catalogueFailure(ctx, err)
}

func (c *catalogue) URL(path string) string {
	space := c.sel.space()
	return space.URL(space.Key(path))
}

func (c *catalogue) Item(e catalog.Entry) media.Item {
	return media.Item{Path: e.Path, Key: c.sel.space().Key(e.Path), Size: e.Size, Modified: e.Modified, ETag: e.ETag}
}
