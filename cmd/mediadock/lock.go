package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/media"
)

// lockCount is as far as media are counted for the lock (D3: "10,000+").
const lockCount = 10_000

var errEnough = errors.New("enough")

// countMedia counts the media of a connection, probes, folder markers and
// environments' directories left out, up to lockCount.
func (a *app) countMedia(ctx context.Context, sel selection) (count int, atLeast bool, err error) {
	lib, err := a.library(ctx, sel, media.Options{Parallel: 1})
	if err != nil {
		return 0, false, err
	}
	err = lib.Walk(ctx, "", func(item media.Item) error {
		if item.Folder {
			return nil
		}
		if count == lockCount {
			return errEnough
		}
		count++
		return nil
	})
	if errors.Is(err, errEnough) {
		return count, true, nil
	}
	return count, false, err
}
