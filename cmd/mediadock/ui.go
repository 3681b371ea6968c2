package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/wizard"
)

// uiStart says where the terminal UI begins.
type uiStart struct {
	screen     tui.Start
	connection string
	prefill    wizard.Settings
	badge      string
}

// runUI opens the terminal UI; without a terminal it is a usage error (never
// a hanging prompt).
func (a *app) runUI(cmd *cobra.Command, _ []string) error {
	if a.flags.version {
		return a.printVersion()
	}
	if a.flags.json || !a.mayAsk() {
		return a.groupUsage(cmd)
	}
	return a.openUI(cmd.Context(), uiStart{})
}

// openUI opens the terminal UI, or the lines that stand in for it.
func (a *app) openUI(ctx context.Context, start uiStart) error {
	if a.lineMode() {
		return a.openLines(ctx, start)
	}
	a.asker.draws()
	err := tui.Run(ctx, &services{app: a}, tui.Options{
		Lang: a.text.Lang, NoColor: a.flags.noColor, NoMouse: a.flags.noMouse, Start: start.screen, Connection: start.connection,
		Prefill: start.prefill, Badge: start.badge, Version: buildVersion(),
	})
	if err != nil && ctx.Err() == nil {
		return couldNot("ui", nil, err)
	}
	return err
}

// setupInteractive asks the wizard's questions: from the draft of that name on
// where there is one, else from base, with values over either.
func (a *app) setupInteractive(ctx context.Context, name string, base wizard.Settings, values map[string]string) error {
	if err := wrongToggles(values); err != nil {
		return err
	}
	if draft, found, err := a.draftOf(name); found && err == nil {
		base = draft.Settings
	}
	for key, v := range values {
		wizard.Set(&base, key, v)
	}
	return a.openUI(ctx, uiStart{screen: tui.StartSetup, connection: name, prefill: base})
}

// wrongToggles are the values that are neither on nor off: settings cannot
// hold them, so no question could show what was given.
func wrongToggles(values map[string]string) error {
	var invalid invalidSettings
	for _, f := range wizard.FlagFields() {
		v, given := values[f.Key]
		if !given || f.Kind != wizard.Toggle {
			continue
		}
		if _, _, err := wizard.CheckField(f.Key, v, wizard.Settings{}); err != nil {
			invalid.errors = append(invalid.errors, *err)
		}
	}
	if len(invalid.errors) == 0 {
		return nil
	}
	return &invalid
}
