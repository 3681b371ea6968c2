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
	l.importing = o.IfExists
	for _, s := range sources {
		item := media.ImportItem{Source: s, From: s.URL, Path: o.To + path.Base(s.URL)}
		if strings.HasPrefix(s.URL, "http:") {
			item.Code, item.Err = "url-http", &media.Error{Code: "url-http", Path: s.URL}
		}
		plan.Items = append(plan.Items, item)
	}
	return plan, nil
}

// Import stores them, 1,000 bytes each. Names that are taken are refused where
// the plan says so, and events are about URLs, as those of the real one.
func (l *Library) Import(ctx context.Context, plan *media.ImportPlan, emit func(media.Event)) media.Summary {
	var urls []string
	paths := map[string]string{}
	for _, it := range plan.Items {
		if it.Code == "" {
			urls, paths[it.From] = append(urls, it.From), it.Path
		}
	}
	both := l.importing
	return l.runUnder(ctx, plan.Control, media.OpImport, urls, func(e media.Event) {
		e.From, e.Path = e.Path, paths[e.Path]
		if e.Type == media.EventItem && e.Err == nil && e.Bytes == 0 && e.Code == "" {
			e.Status, e.Code = media.StatusRefused, media.CodeExists
			e.Err = &media.Error{Code: media.CodeExists, Path: e.Path}
		}
		emit(e)
	}, func(i int) media.Event {
		p := paths[urls[i]]
		switch _, taken := l.Files[p]; {
		case taken && both == media.KeepBoth:
			p = strings.TrimSuffix(p, path.Ext(p)) + "-2" + path.Ext(p)
		case taken && both != media.Replace:
			return media.Event{}
		}
		l.Files[p] = 1000
		return media.Event{Bytes: 1000}
	})
}
