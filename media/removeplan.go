package media

import (
	"context"
	"errors"
)

// RemovePlan is what a removal will take away: its blast radius.
type RemovePlan struct {
	// Items are the files, in the order of the paths asked for and within a
	// folder of keys; none twice.
	Items []Item
	Bytes int64
	// Folders are the folders that were asked for, with a slash at the end.
	Folders []string
	// Problems are the paths that cannot be removed: "not-found",
	// "is-folder", "reserved", "denied", "path-empty", "whole-library".
	Problems []*Error
	// markers are the empty objects that consoles make for folders. They go
	// with their folder and are counted nowhere.
	markers []string
}

// URLs are the addresses that will stop working, one an item (B15).
func (l *Library) URLs(items []Item) []string {
	urls := make([]string, len(items))
	for i, item := range items {
		urls[i] = l.space.URL(item.Key)
	}
	return urls
}

// PlanRemove finds out what removing files, and with recursive folders, will
// take away. Probes and environments are never part of it. A path that ends
// in a slash is a folder; another is a file, or if there is no such file a
// folder. The whole space is not removed at once: "." and its like are the
// problem "whole-library", the empty path is "path-empty". The plan holds
// every item, about 200 bytes each.
func (l *Library) PlanRemove(ctx context.Context, paths []string, recursive bool) (RemovePlan, error) {
	if err := l.mayWrite(""); err != nil {
		return RemovePlan{}, err
	}
	var plan RemovePlan
	seen := map[string]bool{}
	for _, path := range paths {
		err := l.planRemove(ctx, &plan, seen, path, recursive)
		if err == nil {
			continue
		}
		var e *Error
		if errors.As(err, &e) && concernsOnePath(e.Code) {
			plan.Problems = append(plan.Problems, e)
			continue
		}
		return RemovePlan{}, err
	}
	return plan, nil
}

// concernsOnePath tells a problem of one path from one that would meet all
// the others too.
func concernsOnePath(code string) bool {
	switch code {
	case CodeNotFound, CodeFolder, CodeReserved, CodePathEmpty, CodeWholeLibrary, CodeDenied, CodeDeniedOrMissing:
		return true
	}
	return false
}

func (l *Library) planRemove(ctx context.Context, plan *RemovePlan, seen map[string]bool, path string, recursive bool) error {
	if err := checkNamed(path); err != nil {
		return err
	}
	if l.reserved(path) {
		return refuse(CodeReserved, path)
	}
	if !isFolderPath(path) {
		item, err := l.Info(ctx, path)
		if err == nil {
			plan.add(item, seen)
			return nil
		}
		if !mayBeFolder(err, recursive) {
			return err
		}
	}
	if !recursive {
		return refuse(CodeFolder, path)
	}
	return l.planRemoveFolder(ctx, plan, seen, path)
}

func (l *Library) planRemoveFolder(ctx context.Context, plan *RemovePlan, seen map[string]bool, path string) error {
	folder, err := l.existingFolder(ctx, path)
	if err != nil {
		return err
	}
	items, markers, err := l.contents(ctx, folder)
	if err != nil {
		return err
	}
	for _, item := range items {
		plan.add(item, seen)
	}
	for _, key := range markers {
		if !seen[key] {
			seen[key] = true
			plan.markers = append(plan.markers, key)
		}
	}
	plan.Folders = append(plan.Folders, folder)
	return nil
}

func (p *RemovePlan) add(item Item, seen map[string]bool) {
	if seen[item.Key] {
		return
	}
	seen[item.Key] = true
	p.Items = append(p.Items, item)
	p.Bytes += item.Size
}

// mayBeFolder tells whether it is worth to look for a folder where a file was
// asked for in vain. Where AWS does not say whether there is a file, a folder
// that was asked for is looked for all the same: what is told then is that
// listing was denied.
func mayBeFolder(err error, recursive bool) bool {
	return isFolderError(err) || recursive && codeIn(err) == CodeDeniedOrMissing
}

func isFolderError(err error) bool { return codeIn(err) == CodeFolder }
