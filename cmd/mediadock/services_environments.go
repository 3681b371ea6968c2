package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard/store"
)

var _ world.Environments = (*services)(nil)

func (s *services) ValidEnvironment(name string) bool { return store.ValidEnvironment(name) }

func (s *services) PlanEnvironment(ctx context.Context, connection, environment string, how world.EnvironmentHow) (world.EnvironmentCreation, error) {
	name := store.EnvironmentName(connection, environment)
	if !store.ValidSaved(name) {
		return world.EnvironmentCreation{}, badName(name)
	}
	source, err := s.app.load(connection, false)
	if err != nil {
		return world.EnvironmentCreation{}, err
	}
	if err := mayHaveEnvironments(source); err != nil {
		return world.EnvironmentCreation{}, err
	}
	c, err := s.app.planEnvironment(ctx, source, name, envHow{intoExisting: how.IntoExisting, measure: true, counting: how.Counting})
	me := (*media.Error)(nil)
	occupied := c != nil && errors.As(err, &me) && me.Code == media.CodeEnvironmentTaken
	if err != nil && !occupied {
		return world.EnvironmentCreation{}, s.app.envFailure(ctx, err, source, name)
	}
	notes := 0
	if c.notes != nil {
		notes = c.notes.expected
	}
	return world.EnvironmentCreation{
		Plan: c.plan, Occupied: occupied, Notes: notes,
		TakeUp: func(context.Context) error { return c.takeUp() },
		Run: func(ctx context.Context, emit func(media.Event)) world.EnvironmentEnd {
			if occupied {
				return world.EnvironmentEnd{Err: s.app.envFailure(ctx, err, source, name)}
			}
			res, whole, err := c.run(ctx, emit)
			end := world.EnvironmentEnd{EnvironmentResult: res, Whole: whole && err == nil, Err: err, Notes: c.notes.given}
			if c.notes.err != nil {
				end.NotesErr, end.NotesLater = c.notes.err, c.notes.later()
			}
			return end
		},
	}, nil
}

func (s *services) PlanEnvironmentRemoval(ctx context.Context, name string) (world.EnvironmentDeletion, error) {
	base, environment := store.SplitName(name)
	if environment == "" { // production is no environment, whatever asks
		return world.EnvironmentDeletion{}, badName(base + "/")
	}
	connection, err := s.app.load(base, false)
	if err != nil {
		return world.EnvironmentDeletion{}, err
	}
	d, err := s.app.planEnvironmentRemoval(ctx, connection, name, 0)
	if err != nil {
		return world.EnvironmentDeletion{}, err
	}
	after := s.app.aftermath(d.sel, purgeFlag{set: func() bool { return false }}, "")
	purges := after.cdn() && (len(d.items) > 0 || d.goesOn()) && after.wanted(purge.Paths(d.sel.space(), after.folders, false))
	foreign := ""
	if purges {
		foreign, _ = after.foreign(ctx)
	}
	return world.EnvironmentDeletion{
		Foreign: foreign,
		Plan:    d.plan, CDN: after.cdn(), Purges: purges, Distribution: purge.ParseDistribution(d.sel.settings.Distribution).ID,
		CacheControl: d.sample.CacheControl, Versioned: versioned(d.sample),
		Run: func(ctx context.Context, emit func(media.Event)) world.EnvironmentEnd {
			res, whole, err := d.run(ctx, after, emit)
			end := world.EnvironmentEnd{EnvironmentResult: res, Whole: whole && err == nil, Err: err}
			if d.unforgotten != nil {
				end.NotesErr = d.unforgotten
			}
			switch {
			case purges && (res.Done > 0 || d.goesOn()) && ctx.Err() == nil:
				purged := s.purgeAs(ctx, d.sel, after.folders, []string{""}, after.job)
				end.Purged = &purged
				after.paid()
			case res.Done == 0 && !d.goesOn():
				after.paid()
			default:
				after.later()
			}
			return end
		},
	}, nil
}
