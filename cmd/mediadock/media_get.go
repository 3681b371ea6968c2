package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
)

type getOptions struct {
	transferFlags
	filterFlags
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
	o.filterFlags.add(cmd)
	cmd.Flags().BoolVarP(&o.recursive, "recursive", "r", false, "")
	cmd.Flags().StringVar(&o.to, "to", ".", "")
	cmd.Flags().StringVar(&o.ifExists, "if-exists", "ask", "")
	return cmd
}

func (a *app) mediaGet(cmd *cobra.Command, args []string, o getOptions) error {
	if o.to == "-" {
		return usage("no_stdout", nil)
	}
	policy, ask, err := a.existsPolicy(o.ifExists)
	if err != nil {
		return err
	}
	filter, err := o.filter()
	if err != nil {
		return err
	}
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	plan, err := lib.PlanGet(ctx, args, media.GetOptions{To: o.to, IfExists: policy, Recursive: o.recursive, Filter: filter})
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	if o.dryRun {
		return a.showGet(plan)
	}
	if ask {
		err := a.askGet(&plan, func(i int, choice media.IfExists) error { return lib.DecideGet(ctx, &plan, i, choice) })
		if err != nil {
			return a.mediaFailure(ctx, err, sel)
		}
	}
	n := a.narrate(plan.Bytes)
	return n.end(lib.Get(ctx, plan, n.emit))
}

// localOf is a file of a plan as people know it.
func localOf(plan media.GetPlan, i int) string { return filepath.Join(plan.Dir, plan.Items[i].Local) }

// showGet prints what a download would do. What it would refuse is exit 4, as
// it would be without --dry-run.
func (a *app) showGet(plan media.GetPlan) error {
	exit := exitDone
	quiet := leftOut{}
	for i, item := range plan.Items {
		e := eventJSON{Op: "get", Path: item.Path, Key: item.Key, Bytes: item.Size, Code: item.Code}
		id, args := "cmd.plan.get", map[string]string{"path": item.Path, "size": byteSize(item.Size)}
		if item.Local != "" {
			e.To = localOf(plan, i)
			args["to"] = e.To
		}
		if item.Code != "" {
			exit = worse(exit, item.Code)
			if quiet.add(item.Code) && !a.flags.json {
				continue
			}
			e.Message = a.text.Say("media."+item.Code, map[string]string{"path": item.Path, "file": localOf(plan, i)})
			id, args["reason"] = "cmd.plan.put_skipped", e.Message
		}
		if err := a.planLine(e, id, args); err != nil {
			return err
		}
	}
	a.sayCounted(quiet)
	if err := a.planProblems("get", plan.Problems); err != nil {
		return err
	}
	if exit != exitDone {
		return said(exit)
	}
	return nil
}
