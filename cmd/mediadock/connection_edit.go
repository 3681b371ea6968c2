package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

func (a *app) editCommand() *cobra.Command {
	var o changeOptions
	var generate bool
	cmd := &cobra.Command{
		Use:  "edit [NAME]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			if generate {
				return usage("edit_generate", nil)
			}
			return a.editConnection(cmd, args, o)
		}),
	}
	addFieldFlags(cmd.Flags())
	o.add(cmd.Flags())
	cmd.Flags().BoolVar(&generate, "generate-external-id", false, "")
	_ = cmd.Flags().MarkHidden("generate-external-id")
	return cmd
}

func (a *app) editConnection(cmd *cobra.Command, args []string, o changeOptions) error {
	if err := o.settle(cmd); err != nil {
		return err
	}
	saved, err := a.savedConnection(args)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	values, _ := a.fieldValues(cmd)
	if len(values) == 0 {
		if !a.mayAsk() || a.flags.json {
			return usage("edit_nothing", map[string]string{"name": saved.Name})
		}
		return a.setupInteractive(ctx, saved.Name, saved.Settings, nil)
	}
	s, notices, errs := wizard.Apply(saved.Settings, values)
	if len(errs) > 0 {
		return &invalidSettings{errors: errs, notices: notices}
	}
	s = a.inherit(saved.Name, s, values)
	changes := wizard.Diff(saved.Settings, s)
	if err := a.mayEdit(ctx, saved, s, changes); err != nil {
		return err
	}
	if !a.flags.json {
		a.printNotices(notices)
		a.printChanges(changes)
	}
	doc := changeDocument{Name: saved.Name, DryRun: o.dryRun, Changes: changesJSON(changes), Notices: a.noticesJSON(notices)}
	if o.dryRun {
		doc.URLs, doc.reviewJSON = wizard.SampleURLsIn(selectionNamed(saved.Name, s).space()), a.reviewJSON(s)
		if !a.flags.json {
			a.printReview(s)
		}
	}
	saved.Settings = s
	return a.testAndStore(ctx, saved, changes, o, doc)
}

// mayEdit refuses what the lock forbids, where the connection is and where it
// would be.
func (a *app) mayEdit(ctx context.Context, saved store.Connection, s wizard.Settings, changes []wizard.Change) error {
	if err := a.refuseLocked(ctx, saved, s); err != nil {
		return err
	}
	if rotated := wizard.KeysOf(changes, wizard.Rotate); len(rotated) > 0 {
		if err := a.rotateOnly(ctx, saved, rotated); err != nil {
			return err
		}
	}
	if samePlace(saved.Settings, s) {
		return nil
	}
	return a.refuseLockedAt(ctx, saved.Name, s)
}

// testAndStore tests where something that the test proves has changed, and
// saves what passed.
func (a *app) testAndStore(ctx context.Context, c store.Connection, changes []wizard.Change, o changeOptions, doc changeDocument) error {
	p := proof{passed: true}
	doc.Tested = wizard.NeedsTest(changes)
	if doc.Tested {
		var err error
		if p, err = a.prove(ctx, c.Name, c.Settings, o); err != nil {
			return err
		}
		doc.Check = p.report.JSON(a.text.Say)
	}
	if p.passed && !o.dryRun && len(changes) > 0 {
		report := &p.report
		if !doc.Tested {
			report = nil
		}
		if err := a.storeNow(ctx, c, report); err != nil {
			return err
		}
		doc.Saved = true
	}
	if a.flags.json {
		if err := writeJSON(a.io.out, doc, true); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(a.io.out, a.text.Say(outcomeText(doc, p.passed), map[string]string{"name": c.Name}))
	}
	if !p.passed {
		return said(verdictExit(p.report.Verdict))
	}
	return nil
}

// outcomeText is the last line of a change.
func outcomeText(doc changeDocument, passed bool) string {
	switch {
	case len(doc.Changes) == 0:
		return "cmd.edit_same"
	case !passed:
		return "cmd.edit_failed"
	case doc.DryRun:
		return "cmd.setup_dry_run"
	default:
		return "cmd.edit_saved"
	}
}
