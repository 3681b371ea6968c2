package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/wizard"
)

// uiStart says where the terminal UI begins.
type uiStart struct {
	screen     tui.Start
	connection string
	prefill    wizard.Settings
	badge      string
}

func (a *app) openUI(ctx context.Context, start uiStart) error {
	err := tui.Run(ctx, &services{app: a}, tui.Options{
		Lang: a.text.Lang, NoColor: a.flags.noColor, Start: start.screen, Connection: start.connection,
		Prefill: start.prefill, DemoBadge: start.badge, Version: buildVersion(),
	})
	if err != nil && ctx.Err() == nil {
		return couldNot("ui", nil, err)
	}
	return err
}

// setupInteractive asks: in the terminal UI, or line by line with
// --accessible, which also reads answers from a pipe.
func (a *app) setupInteractive(ctx context.Context, name string, base wizard.Settings, values map[string]string) error {
	for key, v := range values {
		wizard.Set(&base, key, v)
	}
	if !a.flags.accessible {
		return a.openUI(ctx, uiStart{screen: tui.StartSetup, connection: name, prefill: base})
	}
	saved, err := a.store.Load(name)
	err = plain.Setup(ctx, &services{app: a}, a.text, plain.Options{Name: name, Prefill: base, Edit: name != "" && err == nil, Was: saved.Settings, In: a.io.in, Out: a.io.out})
	switch {
	case errors.Is(err, plain.ErrNotReady):
		return said(exitFailed)
	case errors.Is(err, plain.ErrNoAnswer):
		return usage("no_answer", nil)
	}
	return err
}
