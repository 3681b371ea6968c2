package main

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

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
	return world.PurgePlan{Paths: len(paths), Free: purge.FreePaths, USD: purge.Cost(len(paths)), On: m.wanted(paths), Foreign: m.foreigner()}, true
}

func (s *services) Purge(ctx context.Context, name string, keys, folders []string) world.Purged {
	sel, err := s.app.load(name, false)
	if err != nil {
		return world.Purged{Reason: err.Error()}
	}
	return s.purgeAs(ctx, sel, keys, folders, newJob())
}

// purgeAs is Purge under a job's id, for settings that may be gone from the disk
// already.
func (s *services) purgeAs(ctx context.Context, sel selection, keys, folders []string, job string) world.Purged {
	a := s.app
	m := a.aftermath(sel, purgeFlag{}, folders...)
	if empty, err := a.emptyFolders(ctx, sel); err == nil {
		keys = purge.Emptied(ctx, sel.space().Dir(), m.whole(keys), empty)
	}
	out, _ := s.purgePaths(ctx, sel, purge.Paths(sel.space(), keys, false), job)
	return out
}

// purgePaths has the CDN forget paths, under a job's id.
func (s *services) purgePaths(ctx context.Context, sel selection, paths []string, id string) (world.Purged, *purge.Error) {
	a := s.app
	p, err := a.purger(ctx, sel)
	if err != nil {
		problem := asPurge(err)
		if problem == nil {
			problem = &purge.Error{Code: purge.CodeSession, Err: err}
			return world.Purged{Reason: a.systemWords(err), Commands: purgeCommands(sel, noID, paths)}, problem
		}
		return s.unpurged(nowhereDocument(s.app.words(), sel, problem, paths), problem), problem
	}
	job := p.job(paths, id)
	job.Patience = purgePatience
	p.words = s.app.words()
	r := purge.Run(ctx, p.ways, job, nil)
	var out world.Purged
	if r.Err != nil {
		out = s.unpurged(p.document(job, r), r.Err)
	}
	out.Paths = len(paths) - len(r.Left)
	if len(r.Open()) > 0 {
		out.Follow = s.follow(p, job, r)
	}
	return out, r.Err
}

func (s *services) Owe(ctx context.Context, name string, plan media.RemovePlan) (settle func()) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return func() {}
	}
	m := s.app.aftermath(sel, purgeFlag{on: true, set: func() bool { return true }}, plan.Folders...)
	m.owe(ctx, plan.Items)
	return m.paid
}

func (s *services) PayOwed(ctx context.Context, name string) (world.Purged, bool) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return world.Purged{}, false
	}
	owed := s.app.owedPurges(ctx, sel)
	defer owed.close()
	if len(owed) == 0 {
		return world.Purged{}, false
	}
	var out world.Purged
	for i, part := range owed.byCDN() {
		done, problem := s.purgePaths(ctx, part[0].in(sel), part.paths(), part.job())
		if part.settle(problem); i == 0 {
			out = done
			continue
		}
		out.Paths, out.Commands = out.Paths+done.Paths, append(out.Commands, done.Commands...)
		out.Reason, out.Run = cmp.Or(out.Reason, done.Reason), cmp.Or(out.Run, done.Run)
		if out.Grant == nil {
			out.Grant = done.Grant
		}
		if out.Follow == nil { // of several the first is followed; none can be lost any more
			out.Follow = done.Follow
		}
	}
	return out, true
}

// purgePatience is how long an operation of the terminal UI goes on asking
// while CloudFront takes no more: others wait for it.
const purgePatience = 2 * time.Minute

// unpurged is what is told of a purge that was not done, or not whole.
func (s *services) unpurged(doc purgeJSON, err *purge.Error) world.Purged {
	args := err.TextArgs()
	args["count"] = strconv.Itoa(len(doc.Left))
	out := world.Purged{Reason: doc.Message, Run: s.app.words().Say(runText(err), args), Commands: doc.Commands}
	for _, f := range doc.Fixes {
		if f.Document != nil {
			out.Grant = append([]string{f.Text}, strings.Split(documentText(f.Document), "\n")...)
		}
	}
	return out
}

// follow waits for what was asked for, as who asked for it.
func (s *services) follow(p *purger, job purge.Job, r purge.Result) func(context.Context, func(world.PurgeSeen)) world.PurgeSeen {
	job.Patience = purge.Patience
	return func(ctx context.Context, emit func(world.PurgeSeen)) world.PurgeSeen {
		seen := world.PurgeSeen{Of: len(r.Invalidations)}
		end := purge.Follow(ctx, p.way(r.By), job, r.Invalidations, func(e purge.Event) {
			seen.Done, seen.Waited = e.Completed, e.Waited
			emit(seen)
		})
		if end.Unseen != nil {
			_, seen.Reason = unseenWords(s.app.words(), end)
			seen.Failed = end.Unseen.Code != purge.CodeDenied
		}
		return seen
	}
}
