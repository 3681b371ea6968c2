package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

type removeOptions struct {
	transferFlags
	consentFlag
	purge     purgeFlag
	recursive bool
}

func (a *app) mediaRemoveCommand() *cobra.Command {
	var o removeOptions
	cmd := &cobra.Command{
		Use:  "rm PATH...",
		Args: cobra.MinimumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaRemove(cmd, args, o) }),
	}
	o.transferFlags.add(cmd)
	o.consentFlag.add(cmd)
	o.purge.add(cmd)
	cmd.Flags().BoolVarP(&o.recursive, "recursive", "r", false, "")
	return cmd
}

func (a *app) mediaRemove(cmd *cobra.Command, args []string, o removeOptions) error {
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	plan, err := lib.PlanRemove(ctx, args, o.recursive)
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	after := a.aftermath(sel, o.purge, plan.Folders...)
	var sample media.Item
	if o.dryRun || !a.flags.json { // else nobody is told of it
		sample = a.sample(ctx, lib, plan.Items)
	}
	if o.dryRun {
		err := a.showRemove(lib, plan)
		after.show(ctx, radiusOf(plan), sample)
		return err
	}
	if err := a.consent(sel, o.yes); err != nil {
		return err
	}
	if goes := radiusOf(plan); goes.count() > 0 {
		if err := after.confirm(ctx, goes, sample, o.yes, func() { a.previewRemove(lib, plan) }); err != nil {
			return err
		}
	}
	n := a.narrate(0)
	n.after = func(sum media.Summary) *purgeJSON {
		a.sayHidden(sel, sum.Hidden)
		return after.settle(ctx, whole(sum))
	}
	after.owe(ctx, plan.Items)
	return n.end(lib.Remove(ctx, plan, after.watch(n.emit)))
}

// whole tells that nothing of a plan is left.
func whole(s media.Summary) bool { return s.Failed == 0 && s.Refused == 0 && s.NotStarted == 0 }

// codeDryRun is the code of an item that was left as it is by --dry-run.
const codeDryRun = "dry-run"

func (a *app) showRemove(lib *media.Library, plan media.RemovePlan) error {
	urls := lib.URLs(plan.Items)
	for i, item := range plan.Items {
		err := a.planLine(eventJSON{Op: "rm", Path: item.Path, Key: item.Key, Bytes: item.Size, URL: urls[i]}, "cmd.plan.rm", map[string]string{
			"path": item.Path, "url": urls[i], "size": byteSize(item.Size),
		})
		if err != nil {
			return err
		}
	}
	return a.planProblems("rm", plan.Problems)
}

// planLine prints one line of a dry run: an item that is skipped because of
// it, or refused as it would be.
func (a *app) planLine(e eventJSON, id string, args map[string]string) error {
	if a.flags.json {
		e.Type, e.Status = "item", media.StatusSkipped
		if e.Code != "" {
			e.Status = media.StatusOf(e.Code)
		} else {
			e.Code = codeDryRun
		}
		return writeJSON(a.io.out, e, false)
	}
	_, err := fmt.Fprintln(a.io.out, text.Safe(a.text.Say(id, args)))
	return err
}

// planProblems prints what a plan cannot do and gives the exit code that the
// real run would have.
func (a *app) planProblems(op string, problems []*media.Error) error {
	exit := exitDone
	for _, p := range problems {
		status := media.StatusOf(p.Code)
		message := a.text.Say("media."+p.Code, p.TextArgs())
		exit = worse(exit, p.Code)
		if a.flags.json {
			if err := writeJSON(a.io.out, eventJSON{Type: "item", Op: op, Path: p.Path, Status: status, Code: p.Code, Message: message}, false); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintln(a.io.err, text.Safe(message))
	}
	if exit != exitDone {
		return said(exit)
	}
	return nil
}
