package main

import (
	"context"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/world"
)

var _ world.Purger = (*services)(nil)

func (s *services) PurgePlan(name string, plan media.RemovePlan) (world.PurgePlan, bool) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return world.PurgePlan{}, false
	}
	m := s.app.aftermath(sel, purgeFlag{set: func() bool { return false }}, plan.Folders...)
	if !m.cdn() {
		return world.PurgePlan{}, false
	}
	paths := m.planned(plan.Items)
	return world.PurgePlan{Paths: len(paths), Free: purge.FreePaths, On: m.wanted(paths)}, true
}

func (s *services) Purge(ctx context.Context, name string, keys, folders []string) world.Purged {
	sel, err := s.app.load(name, false)
	if err != nil {
		return world.Purged{Reason: err.Error()}
	}
	return s.purgeOf(ctx, sel, keys, folders)
}

// purgeOf is Purge for settings that may be gone from the disk already.
func (s *services) purgeOf(ctx context.Context, sel selection, keys, folders []string) world.Purged {
	a := s.app
	m := a.aftermath(sel, purgeFlag{}, folders...)
	if empty, err := a.emptyFolders(ctx, sel); err == nil {
		keys = purge.Emptied(ctx, sel.space().Dir(), m.whole(keys), empty)
	}
	paths := purge.Paths(sel.space(), keys, false)
	p, err := a.purger(ctx, sel)
	if err != nil {
		out := world.Purged{Reason: a.systemWords(err), Commands: purgeCommands(sel, noID, paths)}
		if problem := asPurge(err); problem != nil {
			out.Reason = s.sayPurge(problem)
		}
		return out
	}
	r := purge.Run(ctx, p.ways, p.job(paths, newJob()), nil)
	if r.Err != nil {
		return world.Purged{Paths: len(paths) - len(r.Left), Reason: s.sayPurge(r.Err), Commands: p.commands(r.Left)}
	}
	return world.Purged{Paths: len(paths)}
}

// sayPurge is app.sayPurge in the language of the screen.
func (s *services) sayPurge(err *purge.Error) string { return sayPurge(s.app.words(), err) }
