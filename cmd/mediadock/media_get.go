package main

import (
	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
)

type getOptions struct {
	transferFlags
	to        string
	ifExists  string
	recursive bool
}

func (a *app) mediaGetCommand() *cobra.Command {
	var o getOptions
	cmd := &cobra.Command{
		Use:  "get PATH...",
		Args: cobra.MinimumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaGet(cmd, args, o) }),
	}
	o.transferFlags.add(cmd)
	cmd.Flags().BoolVarP(&o.recursive, "recursive", "r", false, "")
	cmd.Flags().StringVar(&o.to, "to", ".", "")
	cmd.Flags().StringVar(&o.ifExists, "if-exists", "ask", "")
	return cmd
}

func (a *app) mediaGet(cmd *cobra.Command, args []string, o getOptions) error {
	policy, _, err := a.existsPolicy(o.ifExists)
	if err != nil {
		return err
	}
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	plan, err := lib.PlanGet(ctx, args, media.GetOptions{To: o.to, IfExists: policy, Recursive: o.recursive})
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	if o.dryRun {
		for _, item := range plan.Items {
			e := eventJSON{Op: "get", Path: item.Path, Key: item.Key, To: item.Local, Bytes: item.Size, Code: item.Code}
			if err := a.planLine(e, "cmd.plan.get", map[string]string{"path": item.Path, "to": item.Local, "size": byteSize(item.Size)}); err != nil {
				return err
			}
		}
		return a.planProblems("get", plan.Problems)
	}
	n := a.narrate(plan.Bytes)
	return n.end(lib.Get(ctx, plan, n.emit))
}
