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
	ctx := cmd.Context()
	t := a.tellEnvironment(0, 0)
	c, err := a.planEnvironment(ctx, source, name, envHow{
		parallel: o.parallel, intoExisting: o.intoExisting, noCopy: o.noCopy, checksums: o.checksums, measure: !o.dryRun && !o.noCopy, counting: t.counting,
	})
	t.stop()
	if err != nil {
		return a.envFailure(ctx, err, source, name)
	}
	if err := a.showEnvPlan(c, o); err != nil || o.dryRun {
		return err
	}
	if err := a.consent(source, o.yes); err != nil {
		return err
	}
	if o.noCopy {
		if err := c.takeUp(); err != nil {
			return err
		}
		return a.tellTakenUp(c.sel)
	}
	t.begin(c.plan.ToCopy, c.plan.BytesToCopy)
	res, whole, err := c.run(ctx, t.emit)
	t.stop()
	if err != nil {
		return err
	}
	return a.endEnvironment(ctx, c.sel, res, envOutcome{op: media.OpCopy, whole: whole, first: t.first, notes: c.notes, resumed: c.plan.Resumes})
}

// tellTakenUp ends --no-copy.
func (a *app) tellTakenUp(sel selection) error {
	if a.flags.json {
		return writeJSON(a.io.out, envSummaryJSON{summaryJSON: summaryJSON{Type: "summary"}, State: "ready"}, false)
	}
	a.show(a.text.Say("cmd.env.taken-up", map[string]string{"environment": sel.name, "dir": sel.space().Dir()}))
	return nil
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
		connection, environment := store.SplitName(name)
		f.args["environment"], f.args["name"], f.args["connection"] = name, environment, connection
		if f.args["id"] == "" {
			f.args["id"] = address.EnvironmentID(source.settings.ServiceID, environment)
		}
	}
	return out
}
