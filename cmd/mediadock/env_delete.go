package main

import (
	"context"
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
		return betterName(err, "delete", "of", a.flags.connection)
	}
	if err := noEnvironment(connection.name); err != nil {
		return err
	}
	ctx := cmd.Context()
	d, err := a.planEnvironmentRemoval(ctx, connection, name, o.parallel)
	if err != nil {
		a.tellOwed(ctx, connection) // of one that is gone all may not be done
		return err
	}
	after := a.envAftermath(d, o.purge)
	if err := a.showEnvRemoval(ctx, d.sel, d.plan, after, o.dryRun); err != nil || o.dryRun {
		return err
	}
	if err := a.confirmEnvironment(d.sel, d.plan, o.yes); err != nil {
		return err
	}
	t := a.tellEnvironment(d.plan.Objects+d.plan.Probes+d.plan.Markers, d.plan.Bytes)
	res, whole, err := d.run(ctx, after.aftermath, t.emit)
	t.stop()
	if err != nil {
		return err
	}
	return a.envDeleted(ctx, d, res, whole, t.first, after)
}

// confirmEnvironment asks for the environment's name.
func (a *app) confirmEnvironment(sel selection, plan media.EnvironmentRemoval, yes bool) error {
	if yes {
		return nil
	}
	if !a.mayAsk() || a.flags.json {
		connection, _ := store.SplitName(sel.name)
		return refused("confirm_needed", map[string]string{"environment": sel.environment, "connection": connection})
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
func (a *app) envAftermath(d *envDeletion, flag purgeFlag) *envAfter {
	return &envAfter{aftermath: a.aftermath(d.sel, flag, ""), items: d.items, sample: d.sample}
}

type envAfter struct {
	*aftermath
	items  []media.Item // one, or none
	sample media.Item
}

// showEnvRemoval shows the blast radius (B15).
func (a *app) showEnvRemoval(ctx context.Context, sel selection, plan media.EnvironmentRemoval, after *envAfter, dryRun bool) error {
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
	after.announce(ctx, after.items, after.sample)
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

// envDeleted ends a deletion.
func (a *app) envDeleted(ctx context.Context, d *envDeletion, res media.EnvironmentResult, whole bool, first *media.Error, after *envAfter) error {
	// The directory is one path, also where something of it is left, which is
	// then fetched anew. A deletion that goes on may find nothing more to
	// delete, and still has all copies to let go of.
	after.gone = after.folders
	out := envOutcome{op: media.OpRemove, whole: whole, first: first, unforgotten: d.unforgotten}
	if res.Done > 0 || d.goesOn() {
		out.purge = func() *purgeJSON { return after.settle(ctx, true) }
	} else {
		after.paid()
	}
	return a.endEnvironment(ctx, d.sel, res, out)
}
