package main

import (
	"context"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/tui/world"
)

var _ world.Auditor = (*services)(nil)

func (s *services) Audit(ctx context.Context, name string, deep bool, progress func(audit.Step, int), found func(audit.Finding, string) error) (world.Audited, error) {
	a := s.app
	sel, err := a.load(name, false)
	if err != nil {
		return world.Audited{}, err
	}
	lib, err := a.library(ctx, sel, media.Options{})
	if err != nil {
		return world.Audited{}, err
	}
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return world.Audited{}, err
	}
	sum, err := audit.Run(ctx, lib, place, a.auditOptions(sel, deep, 0, progress), func(f audit.Finding) error {
		command := ""
		if f.Kind == audit.Type {
			command = retypeCommand(sel, f)
		}
		return found(f, command)
	})
	return world.Audited{Summary: sum, Renames: lib.CutShort(), Uploads: len(lib.Interrupted())}, a.refreshFailure(ctx, err)
}

func (s *services) Mend(ctx context.Context, name string, f audit.Finding) (bool, error) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return false, err
	}
	place, err := s.app.openCatalogue(ctx, sel)
	if err != nil {
		return false, err
	}
	done, err := audit.Repair(ctx, place, f)
	return done, s.app.catalogueFailure(ctx, err)
}
