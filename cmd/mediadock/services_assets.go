package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/imgix"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

var _ world.AssetLister = (*services)(nil)

// Assets lists what rules about paths are tried on while they are edited.
func (s *services) Assets(ctx context.Context, settings wizard.Settings) (paths []string, more bool, err error) {
	lib, err := s.app.library(ctx, selection{settings: settings}, media.Options{Parallel: 1})
	if err != nil {
		return nil, false, err
	}
	err = lib.Walk(ctx, "", func(item media.Item) error {
		if item.Folder {
			return nil
		}
		if len(paths) == lockCount {
			return errEnough
		}
		if path, ok := imgix.AssetPath(settings.Prefix, item.Key); ok {
			paths = append(paths, path)
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return paths, true, nil
	}
	return paths, false, err
}
