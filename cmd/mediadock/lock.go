package main

import (
	"context"
	"errors"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/wizard"
)

// namesFixed tells whether file names are fixed (D1) where a selection points:
// by its settings, or by any saved connection whose directory is the same,
// around it or within it. The error says that a saved connection cannot be
// read, so that a lock may be hidden there. Production and its environments
// have nothing to do with each other's (M76).
func (a *app) namesFixed(sel selection) (bool, error) {
	s := sel.settings
	if s.FixFileNames {
		return true, nil
	}
	if sel.environment != "" {
		return a.fixedWithin(sel)
	}
	all, err := a.store.List()
	for _, c := range all {
		if c.Settings.FixFileNames && c.Settings.Bucket == s.Bucket && overlap(c.Settings.Prefix, s.Prefix) {
			return true, nil
		}
	}
	return false, err
}

// fixedWithin is namesFixed for an environment: a connection counts whose
// prefix leads into the environment's directory.
func (a *app) fixedWithin(sel selection) (bool, error) {
	all, err := a.store.List()
	for _, c := range all {
		if c.Settings.FixFileNames && c.Settings.Bucket == sel.settings.Bucket && strings.HasPrefix(wizard.SpaceOf(c.Settings).Dir(), sel.space().Dir()) {
			return true, nil
		}
	}
	return false, err
}

// overlap tells whether one directory is the other or contains it.
func overlap(a, b string) bool {
	if a == "" || b == "" {
		return true
	}
	return strings.HasPrefix(a+"/", b+"/") || strings.HasPrefix(b+"/", a+"/")
}

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
