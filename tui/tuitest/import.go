package tuitest

import (
	"context"
	"path"
	"strings"

	"github.com/mediadock/mediadock/media"
)

// PlanImport plans what URLs bring; http is refused.
func (l *Library) PlanImport(_ context.Context, sources []media.ImportSource, o media.ImportOptions) (*media.ImportPlan, error) {
	plan := &media.ImportPlan{}
	for _, s := range sources {
		item := media.ImportItem{Source: s, From: s.URL, Path: o.To + path.Base(s.URL)}
		if strings.HasPrefix(s.URL, "http:") {
			item.Code, item.Err = "url-http", &media.Error{Code: "url-http", Path: s.URL}
		}
		plan.Items = append(plan.Items, item)
	}
	return plan, nil
}

// Import stores them, 1,000 bytes each.
func (l *Library) Import(ctx context.Context, plan *media.ImportPlan, emit func(media.Event)) media.Summary {
	var paths []string
	for _, it := range plan.Items {
		if it.Code == "" {
			paths = append(paths, it.Path)
		}
	}
	return l.run(ctx, media.OpImport, paths, emit, func(i int) media.Event {
		l.Files[paths[i]] = 1000
		return media.Event{Bytes: 1000}
	})
}
