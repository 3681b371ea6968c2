package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/store"
)

type envDeleteOptions struct {
	transferFlags
	purge purgeFlag
	yes   bool
}

func (a *app) envDeleteCommand() *cobra.Command {
	var o envDeleteOptions
	cmd := &cobra.Command{
		Use:  "delete NAME",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.envDelete(cmd, args[0], o) }),
	}
	f := cmd.Flags()
	f.BoolVar(&o.yes, "yes", false, "")
	f.BoolVar(&o.dryRun, "dry-run", false, "")
	f.IntVar(&o.parallel, "parallel", 0, "")
	o.purge.add(cmd)
	return cmd
}

func (a *app) envDelete(cmd *cobra.Command, arg string, o envDeleteOptions) error {
	if o.parallel < 0 || cmd.Flags().Changed("parallel") && o.parallel == 0 {
		return usage("bad_parallel", nil)
	}
	connection, name, err := a.environmentNamed(arg, "")
	if err != nil {
		return err
	}
	if err := noEnvironment(connection.name); err != nil {
		return err
	}
	sel, err := a.load(name, false)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	lib, err := a.library(ctx, sel, media.Options{Parallel: o.parallel})
	if err != nil {
		return err
	}
	plan, err := lib.PlanRemoveEnvironment(ctx)
	if err != nil {
		return a.envFailure(ctx, err, sel, name)
	}
	after := a.envAftermath(ctx, sel, lib, o.purge)
	if err := a.showEnvRemoval(sel, plan, after, o.dryRun); err != nil || o.dryRun {
		return err
	}
	if err := a.confirmEnvironment(sel, plan, o.yes); err != nil {
		return err
	}
	if err := a.store.SavePhase(name, store.Deleting); err != nil {
		return a.storeFailure(err)
	}
	t := a.tellEnvironment(plan.Objects+plan.Probes+plan.Markers, plan.Bytes)
	res := lib.RemoveEnvironment(ctx, plan, t.emit)
	t.stop()
	return a.envDeleted(ctx, sel, connection, res, t.first, after)
}

// confirmEnvironment asks for the environment's name.
func (a *app) confirmEnvironment(sel selection, plan media.EnvironmentRemoval, yes bool) error {
	if yes {
		return nil
	}
	if !a.mayAsk() || a.flags.json {
		return refused("confirm_needed", nil)
	}
	fmt.Fprint(a.io.err, a.text.Say("cmd.env.ask", map[string]string{
		"name": sel.environment, "count": text.Thousands(plan.Objects), "bytes": text.Bytes(plan.Bytes),
	}))
	answer, _ := a.answers().ReadString('\n')
	if answer = strings.TrimSpace(answer); answer != sel.environment && answer != sel.name {
		return refused("declined", nil)
	}
	return nil
}

// envAftermath is what the CDN keeps of a whole environment. Its sample stands
// for all files.
func (a *app) envAftermath(ctx context.Context, sel selection, lib *media.Library, flag purgeFlag) *envAfter {
	after := &envAfter{aftermath: a.aftermath(sel, flag, "")}
	_ = lib.Walk(ctx, "", func(it media.Item) error {
		if it.Folder {
			return nil
		}
		after.items = []media.Item{it}
		return errEnough
	})
	if len(after.items) > 0 {
		after.sample = a.sample(ctx, lib, after.items)
	}
	return after
}

type envAfter struct {
	*aftermath
	items  []media.Item // one, or none
	sample media.Item
}

// showEnvRemoval shows the blast radius (B15).
func (a *app) showEnvRemoval(sel selection, plan media.EnvironmentRemoval, after *envAfter, dryRun bool) error {
	if a.flags.json {
		return writeJSON(a.io.out, envRemovalJSON{
			envPlanJSON: envPlanJSON{Type: "plan", Op: media.OpRemove, environmentJSON: a.environmentDocument(sel), DryRun: dryRun, Resumes: plan.Resumes, Objects: plan.Objects, Bytes: plan.Bytes},
			URL:         plan.URL, URLs: append([]string{}, plan.URLs...), Versioned: versioned(after.sample),
		}, false)
	}
	out := a.tell
	if dryRun {
		out = a.show
	}
	args := map[string]string{
		"environment": sel.name, "bucket": sel.settings.Bucket, "dir": plan.Dir, "url": plan.URL,
		"count": text.Thousands(plan.Objects), "bytes": text.Bytes(plan.Bytes), "at": text.When(plan.Begun),
	}
	connection, _ := store.SplitName(sel.name)
	args["connection"] = connection
	out(a.text.Say("cmd.env.removes", args))
	if plan.Resumes {
		out(a.text.Say("cmd.env.goes-on", args))
	}
	out(a.text.Say("cmd.env.url-ends", args))
	for _, u := range plan.URLs {
		out("  " + text.Safe(u))
	}
	out(a.text.Say("cmd.env.production-stays", args))
	after.announce(after.items, after.sample)
	if len(after.items) > 0 {
		a.sayVersions(sel, after.sample)
	}
	if dryRun {
		out(a.text.Say("cmd.env.dry-run", nil))
	}
	return nil
}

type envRemovalJSON struct {
	envPlanJSON
	URL       string   `json:"url"`
	URLs      []string `json:"sample_urls"`
	Versioned bool     `json:"versioned"`
}

// envDeleted ends a deletion. The settings go last, when nothing is left: until
// then the same command goes on.
func (a *app) envDeleted(ctx context.Context, sel, connection selection, res media.EnvironmentResult, first *media.Error, after *envAfter) error {
	whole := !res.Resumable && res.Stopped == nil && res.Rest == 0 && res.Failed == 0
	if whole {
		if source, err := a.library(ctx, connection, media.Options{}); err == nil {
			source.ForgetEnvironment(ctx, sel.space().Environment) // a copy that was cut short
		}
		err := a.store.Remove(store.Connection{Name: sel.name, Settings: sel.settings, Revision: sel.revision})
		if errors.Is(err, store.ErrChanged) {
			return refused("changed_meanwhile", map[string]string{"name": sel.name})
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return a.storeFailure(err)
		}
	}
	after.gone = nil
	for _, it := range after.items {
		after.gone = append(after.gone, it.Key)
	}
	out := envOutcome{op: media.OpRemove, whole: whole, first: first}
	if res.Done > 0 {
		out.purge = func() *purgeJSON { return after.settle(ctx, whole) }
	}
	return a.endEnvironment(ctx, sel, res, out)
}
