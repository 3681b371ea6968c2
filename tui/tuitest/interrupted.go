package tuitest

import (
	"context"
	"slices"

	"github.com/mediadock/mediadock/media"
)

// Interrupted are the uploads of Left.
func (l *Library) Interrupted() []media.KeptUpload {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.Left)
}

// PlanResume plans one of them, and is refused where its name is taken.
func (l *Library) PlanResume(_ context.Context, u media.KeptUpload) (media.PutPlan, error) {
	it := media.PutItem{File: u.File, Path: u.Path, Key: "media/" + u.Path, URL: l.URL(u.Path), Size: u.Bytes}
	if l.Has(u.Path) {
		it.Exists, it.Code, it.Old = true, media.CodeExists, l.item(u.Path)
	}
	l.forget(u.Path) // somebody is at it
	return media.PutPlan{Items: []media.PutItem{it}, Bytes: u.Bytes}, nil
}

// Discard drops one of them, or fails as Fails says.
func (l *Library) Discard(_ context.Context, u media.KeptUpload, emit func(media.Event)) media.Summary {
	if err := l.Fails[u.Path]; err != nil {
		emit(media.Event{Type: media.EventItem, Op: media.OpRecover, Path: u.Path, Status: media.StatusFailed, Err: err})
		return media.Summary{Failed: 1}
	}
	l.forget(u.Path)
	return media.Summary{Done: 1}
}

func (l *Library) forget(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Left = slices.DeleteFunc(l.Left, func(k media.KeptUpload) bool { return k.Path == path })
}
