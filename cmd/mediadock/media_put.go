package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/wizard/store"
)

type putOptions struct {
	transferFlags
	consentFlag
	filterFlags
	to           string
	ifExists     string
	randomSuffix bool
	private      privateFlags
	fixNames     bool
	purge        purgeFlag
}

func (a *app) mediaPutCommand() *cobra.Command {
	var o putOptions
	cmd := &cobra.Command{
		Use:  "put FILE|DIR|DIR/...",
		Args: cobra.MinimumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaPut(cmd, args, o) }),
	}
	o.transferFlags.add(cmd)
	o.consentFlag.add(cmd)
	o.filterFlags.add(cmd)
	cmd.Flags().StringVar(&o.to, "to", "", "")
	cmd.Flags().StringVar(&o.ifExists, "if-exists", "ask", "")
	cmd.Flags().BoolVar(&o.randomSuffix, "random-suffix", false, "")
	o.private.add(cmd)
	o.purge.add(cmd)
	cmd.Flags().BoolVar(&o.fixNames, "fix-names", false, "")
	return cmd
}

func (a *app) mediaPut(cmd *cobra.Command, args []string, o putOptions) error {
	policy, ask, err := a.existsPolicy(o.ifExists)
	if err != nil {
		return err
	}
	filter, err := o.filter()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(args, meansStdin) {
		return usage("stdin_unread", nil)
	}
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	decision, err := o.private.decide(a, sel, o.dryRun)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	plan, err := lib.PlanPut(ctx, args, media.PutOptions{
		To: o.to, IfExists: policy, RandomSuffix: o.randomSuffix, Privacy: privacyOf(decision), FixNames: o.fixNames, Filter: filter, DryRun: o.dryRun,
	})
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	if o.dryRun {
		if o.randomSuffix && !a.flags.json {
			fmt.Fprintln(a.io.err, a.text.Say("media.note.redrawn", nil))
		}
		a.noteNames(plan)
		a.notePrivate(plan, nil)
		a.warnFlagged(plan)
		return a.showPut(plan)
	}
	if err := a.consent(sel, o.yes); err != nil {
		return err
	}
	a.noteNames(plan)
	if !a.mayAsk() || a.flags.json || o.yes {
		a.notePrivate(plan, nil)
		a.warnFlagged(plan)
	} else if err := a.askBefore(ctx, lib, &plan, decision == store.KeepPrivateData); err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	if ask {
		err := a.askPut(&plan, func(i int, choice media.IfExists) error { return lib.Decide(ctx, &plan, i, choice) })
		if err != nil {
			return a.mediaFailure(ctx, err, sel)
		}
	}
	after := a.aftermath(sel, o.purge)
	replaced := after.replacing(plan)
	if len(replaced) > 0 && !a.flags.json {
		after.announce(ctx, replaced, a.sample(ctx, lib, replaced))
		after.sayNewNames(lib, len(replaced))
	}
	n := a.narratePut(plan)
	n.anew = o.randomSuffix
	if len(after.only) > 0 {
		n.kept, n.after = true, func(media.Summary) *purgeJSON { return after.settle(ctx, false) }
	}
	after.owe(ctx, replaced)
	return n.end(lib.Put(ctx, plan, after.watch(n.emit)))
}

// meansStdin tells an argument that elsewhere is stdin, unless it is a file.
func meansStdin(arg string) bool {
	_, err := os.Lstat(arg)
	return arg == "-" && err != nil
}

// askBefore asks what nobody can take back once the files are public.
func (a *app) askBefore(ctx context.Context, lib *media.Library, plan *media.PutPlan, keep bool) error {
	if keep {
		a.notePrivate(*plan, nil)
		return a.askUnguessable(ctx, lib, plan)
	}
	a.notePrivate(*plan, append(plan.WithPrivate(true), plan.Unsure()...))
	if err := a.askPrivate(ctx, lib, plan); err != nil {
		return err
	}
	return a.askUnguessable(ctx, lib, plan)
}

func (a *app) leftOutReason(l media.LeftOut) string {
	args := map[string]string{"path": l.File}
	var me *media.Error
	if errors.As(l.Err, &me) {
		args = me.TextArgs()
	}
	return a.text.Say("media."+l.Code, args)
}

// showPut prints what an upload would do. Conflicts are exit 4, as they would
// be without --dry-run.
func (a *app) showPut(plan media.PutPlan) error {
	exit := exitDone
	for _, item := range plan.Items {
		id := "cmd.plan.put"
		if item.Code != "" {
			id = "cmd.plan.put_exists"
			exit = worse(exit, item.Code)
		}
		e := a.describe(eventJSON{Op: "put", Path: item.Path, Key: item.Key, Bytes: item.Size, URL: item.URL, Code: item.Code}, item)
		args := map[string]string{"path": item.Path, "url": item.URL, "size": byteSize(item.Size), "guess": a.text.Meter(item.Guess), "type": item.ContentType}
		if item.Code != "" {
			e.Message = a.text.Say("media."+item.Code, (&media.Error{Code: item.Code, Path: item.Path, Args: item.Args}).TextArgs())
			if !item.Exists { // nothing is there: it is refused for another reason
				id, args["reason"] = "cmd.plan.put_skipped", e.Message
			}
		}
		if err := a.planLine(e, id, args); err != nil {
			return err
		}
	}
	quiet := leftOut{}
	for _, l := range plan.LeftOut {
		exit = worse(exit, l.Code)
		if quiet.add(l.Code) && !a.flags.json {
			continue
		}
		e := eventJSON{Op: "put", Path: l.File, Code: l.Code, Message: a.leftOutReason(l)}
		if err := a.planLine(e, "cmd.plan.put_skipped", map[string]string{"path": l.File, "reason": e.Message}); err != nil {
			return err
		}
	}
	a.sayCounted(quiet)
	if exit != exitDone {
		return said(exit)
	}
	return nil
}

// worse is the exit code of a batch that so far has exit and now meets code:
// what failed outweighs what was refused.
func worse(exit int, code string) int {
	switch media.StatusOf(code) {
	case media.StatusFailed:
		return exitFailed
	case media.StatusRefused:
		if exit == exitDone {
			return exitRefused
		}
	}
	return exit
}
