package tuitest

import (
	"context"
	"path"
	"sort"
	"strings"

	"github.com/mediadock/mediadock/media"
)

// PlanMove plans a rename of a file or folder.
func (l *Library) PlanMove(_ context.Context, from, to string) (media.MovePlan, error) {
	if l.MoveErr != nil {
		return media.MovePlan{}, l.MoveErr
	}
	plan := media.MovePlan{From: from, To: to, Folder: strings.HasSuffix(from, "/")}
	if plan.Folder {
		plan.To = strings.TrimSuffix(to, "/") + "/"
	}
	if l.Has(to) {
		return plan, &media.Error{Code: media.CodeExists, Path: to}
	}
	if !plan.Folder {
		plan.Items = []media.MoveItem{{From: l.item(from), To: to, OldURL: l.URL(from), URL: l.URL(to)}}
		plan.Bytes = 1000
		return plan, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	to = strings.TrimSuffix(to, "/") + "/"
	for p := range l.Files {
		if rest, ok := strings.CutPrefix(p, from); ok && rest != "" {
			plan.Items = append(plan.Items, media.MoveItem{From: l.item(p), To: to + rest, OldURL: l.URL(p), URL: l.URL(to + rest)})
			plan.Bytes += 1000
		}
	}
	sort.Slice(plan.Items, func(i, j int) bool { return plan.Items[i].From.Path < plan.Items[j].From.Path })
	return plan, nil
}

// Move renames.
func (l *Library) Move(ctx context.Context, plan media.MovePlan, emit func(media.Event)) media.Summary {
	var paths []string
	for _, it := range plan.Items {
		paths = append(paths, it.From.Path)
	}
	if l.Has(plan.From) && plan.Folder {
		l.mu.Lock()
		delete(l.Files, plan.From)
		l.Files[plan.To] = 0
		l.mu.Unlock()
	}
	return l.run(ctx, media.OpMove, paths, emit, func(i int) media.Event {
		l.Files[plan.Items[i].To] = l.Files[paths[i]]
		delete(l.Files, paths[i])
		return media.Event{To: plan.Items[i].To, Bytes: l.Files[plan.Items[i].To]}
	})
}

// PlanRemove plans a removal, with all that is in folders.
func (l *Library) PlanRemove(_ context.Context, paths []string, _ bool) (media.RemovePlan, error) {
	var plan media.RemovePlan
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range paths {
		folder := strings.HasSuffix(p, "/")
		for f := range l.Files {
			if folder && strings.HasPrefix(f, p) {
				plan.Folders = append(plan.Folders, p)
				folder = false
			}
			if strings.HasSuffix(f, "/") {
				continue // a folder's marker is no file
			}
			if f == p || strings.HasSuffix(p, "/") && strings.HasPrefix(f, p) {
				plan.Items = append(plan.Items, l.item(f))
				plan.Bytes += l.Files[f]
			}
		}
	}
	sort.Slice(plan.Items, func(i, j int) bool { return plan.Items[i].Path < plan.Items[j].Path })
	return plan, nil
}

// Remove deletes.
func (l *Library) Remove(ctx context.Context, plan media.RemovePlan, emit func(media.Event)) media.Summary {
	if l.Removing != nil {
		l.Removing()
	}
	var paths []string
	for _, it := range plan.Items {
		paths = append(paths, it.Path)
	}
	l.mu.Lock()
	for _, f := range plan.Folders {
		if l.Marked == nil || !l.Marked[f] {
			delete(l.Files, f)
		}
	}
	l.mu.Unlock()
	return l.run(ctx, media.OpRemove, paths, emit, func(i int) media.Event {
		delete(l.Files, paths[i])
		return media.Event{Bytes: 1000}
	})
}

// PlanReplace plans a re-upload (D1).
func (l *Library) PlanReplace(_ context.Context, p, file string) (media.ReplacePlan, error) {
	old := l.item(p)
	same := path.Base(file) == path.Base(p)
	if !same && l.Fixed {
		return media.ReplacePlan{}, &media.Error{Code: media.CodeNameFixed, Path: p, Args: map[string]string{"name": path.Base(p), "given": path.Base(file)}}
	}
	to := path.Join(path.Dir(p), path.Base(file))
	return media.ReplacePlan{
		Old: old, OldURL: l.URL(p), Renamed: !same,
		File: media.PutItem{File: file, Path: to, Key: "media/" + to, URL: l.URL(to), Size: 2000, Private: l.Private[path.Base(file)]},
	}, nil
}

// Replace re-uploads.
func (l *Library) Replace(ctx context.Context, plan media.ReplacePlan, emit func(media.Event)) media.Summary {
	return l.run(ctx, media.OpReplace, []string{plan.Old.Path}, emit, func(int) media.Event {
		delete(l.Files, plan.Old.Path)
		l.Files[plan.File.Path] = plan.File.Size
		return media.Event{To: plan.File.Path, Bytes: plan.File.Size, Private: plan.File.Decided()}
	})
}
