package main

import (
	"context"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

func (s *services) Pasted(_ context.Context, name string) map[string]wizard.PasteRecord {
	return s.app.store.Pasted(name)
}

func (s *services) KeepPasted(_ context.Context, name string, records map[string]wizard.PasteRecord) error {
	return s.app.store.SavePasted(name, records)
}

// rememberProved keeps which documents a test of a connection found in their
// place. As the verdict it is state: failing to write it spoils nothing.
func (a *app) rememberProved(name string, settings wizard.Settings, r awscheck.Report) {
	if r.Partial {
		return
	}
	proved, refuted := checklist.Found(r.Results)
	filled, _ := world.Trusting(settings, world.Caller{Account: callerAccount(r)})
	_ = a.store.SavePasted(name, checklist.Prove(filled, a.store.Pasted(name), proved, refuted))
}

// callerAccount is the account that a test was made with, empty where its
// report does not say.
func callerAccount(r awscheck.Report) string {
	for _, res := range r.Results {
		if res.ID == "caller.identity" {
			return res.Args["account"]
		}
	}
	return ""
}
