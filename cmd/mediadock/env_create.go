package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard/store"
)

type envCreateOptions struct {
	transferFlags
	consentFlag
	from                            string
	intoExisting, noCopy, checksums bool
}

func (a *app) envCreateCommand() *cobra.Command {
	var o envCreateOptions
	cmd := &cobra.Command{
		Use:  "create NAME",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.envCreate(cmd, args[0], o) }),
	}
	f := cmd.Flags()
	f.StringVar(&o.from, "from", "", "")
	f.BoolVar(&o.dryRun, "dry-run", false, "")
	f.IntVar(&o.parallel, "parallel", 0, "")
	f.BoolVar(&o.checksums, "checksums", false, "")
	f.BoolVar(&o.intoExisting, "into-existing", false, "")
	f.BoolVar(&o.noCopy, "no-copy", false, "")
	o.consentFlag.add(cmd)
	cmd.MarkFlagsMutuallyExclusive("into-existing", "no-copy")
	_ = cmd.RegisterFlagCompletionFunc("from", a.flagCompletion("env.create", "from-connection"))
	return cmd
}

// envPlanJSON is what a creation or a deletion is about to do.
type envPlanJSON struct {
	Type string `json:"type"` // plan
	Op   string `json:"op"`
	environmentJSON
	DryRun  bool  `json:"dry_run"`
	Resumes bool  `json:"resumes"`
	Objects int64 `json:"objects"`
	Bytes   int64 `json:"bytes"`
}

func (a *app) envCreate(cmd *cobra.Command, arg string, o envCreateOptions) error {
	if o.parallel < 0 || cmd.Flags().Changed("parallel") && o.parallel == 0 {
		return usage("bad_parallel", nil)
	}
	source, name, err := a.environmentSource(arg, o.from)
	if err != nil {
		return err
	}
	if err := a.mayCreate(name, source.name); err != nil {
		return err
	}
	ctx := cmd.Context()
	lib, err := a.library(ctx, source, media.Options{Parallel: o.parallel})
	if err != nil {
		return err
	}
	sel := selectionNamed(name, source.settings)
	t := a.tellEnvironment(0, 0)
	plan, err := lib.PlanEnvironment(ctx, sel.space().Environment, media.EnvironmentOptions{
		Name: name, IntoExisting: o.intoExisting || o.noCopy, Checksums: o.checksums, Counting: t.counting,
	})
	t.stop()
	if err != nil {
		return a.envFailure(ctx, err, source, name)
	}
	if err := a.showEnvPlan(sel, plan, o); err != nil || o.dryRun {
		return err
	}
	if err := a.consent(source, o.yes); err != nil {
		return err
	}
	if err := a.beginEnvironment(sel); err != nil {
		return err
	}
	if o.noCopy {
		return a.envTaken(sel)
	}
	t.begin(plan.ToCopy, plan.BytesToCopy)
	res := lib.CopyEnvironment(ctx, plan, t.emit)
	t.stop()
	return a.envCreated(ctx, sel, plan, res, t.first)
}

// mayCreate refuses a name that is taken. A creation that was cut short goes
// on; a deletion has to be finished first.
func (a *app) mayCreate(name, connection string) error {
	args := map[string]string{"environment": name, "connection": connection}
	_, args["name"] = store.SplitName(name)
	_, err := a.store.Load(name)
	phase := a.store.Phase(name)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && phase == store.Creating:
		return nil
	case err != nil:
		return a.storeFailure(err)
	case phase == store.Deleting:
		return refused("env_deleting", args)
	}
	return refused("env_taken", args)
}

// beginEnvironment saves the settings, a copy of the connection's (M72), before
// anything is copied: whatever cuts it short, it can be seen and gone on with.
func (a *app) beginEnvironment(sel selection) error {
	if err := a.store.SavePhase(sel.name, store.Creating); err != nil {
		return a.storeFailure(err)
	}
	if _, err := a.store.Load(sel.name); err == nil {
		return nil // it goes on, with its own settings
	}
	if err := a.store.Save(store.Connection{Name: sel.name, Settings: sel.settings}); err != nil {
		_ = a.store.SavePhase(sel.name, store.Whole)
		return a.storeFailure(err)
	}
	return nil
}

// envTaken ends --no-copy: the environment is there already, and is only made
// known to this computer.
func (a *app) envTaken(sel selection) error {
	if err := a.store.SavePhase(sel.name, store.Whole); err != nil {
		return a.storeFailure(err)
	}
	if a.flags.json {
		return writeJSON(a.io.out, summaryJSON{Type: "summary"}, false)
	}
	a.show(a.text.Say("cmd.env.taken-up", map[string]string{"environment": sel.name, "dir": sel.space().Dir()}))
	return nil
}

// envCreated ends a creation: what was copied and verified, what is missing,
// and how to go on.
func (a *app) envCreated(ctx context.Context, sel selection, plan media.EnvironmentPlan, res media.EnvironmentResult, first *media.Error) error {
	whole := res.Check.Done && !res.Resumable && res.Check.Different == 0 && res.Check.Missing <= plan.TooLong
	if whole {
		if err := a.store.SavePhase(sel.name, store.Whole); err != nil {
			return a.storeFailure(err)
		}
	}
	return a.endEnvironment(ctx, sel, res, envOutcome{op: media.OpCopy, whole: whole, first: first})
}

// envFailure words an error about a whole environment; those of the library
// that refuse say how to go on.
func (a *app) envFailure(ctx context.Context, err error, source selection, name string) error {
	out := a.mediaFailure(ctx, err, source)
	var f *failure
	if errors.As(out, &f) {
		if f.args == nil {
			f.args = map[string]string{}
		}
		_, environment := store.SplitName(name)
		f.args["environment"], f.args["name"], f.args["connection"] = name, environment, source.name
		if f.args["id"] == "" {
			f.args["id"] = address.EnvironmentID(source.settings.ServiceID, environment)
		}
	}
	return out
}
