package main

import (
	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
)

type moveOptions struct {
	transferFlags
	consentFlag
	purge     purgeFlag
	redirects string
}

func (a *app) mediaMoveCommand() *cobra.Command {
	var o moveOptions
	cmd := &cobra.Command{
		Use:  "mv FROM TO",
		Args: cobra.ExactArgs(2),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaMove(cmd, args, o) }),
	}
	o.transferFlags.add(cmd)
	o.consentFlag.add(cmd)
	o.purge.add(cmd)
	cmd.Flags().StringVar(&o.redirects, "redirects", "", "")
	return cmd
}

func (a *app) mediaMove(cmd *cobra.Command, args []string, o moveOptions) error {
	if err := mayReplace(o.redirects, "redirects_foreign", maxOwnFile, isRedirects); err != nil {
		return err
	}
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	if _, err := a.namesFixed(sel); err != nil {
		return a.storeFailure(err) // a lock may be hidden in what cannot be read
	}
	plan, err := lib.PlanMove(ctx, args[0], args[1])
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	after := a.aftermath(sel, o.purge, movedFolder(plan)...)
	originals := originalsOf(plan)
	var sample media.Item
	if o.dryRun || !a.flags.json { // else nobody is told of it
		sample = a.sample(ctx, lib, originals)
	}
	goes := radiusOfMove(plan)
	if o.dryRun {
		err := a.showMove(plan)
		after.show(ctx, goes, sample)
		return err
	}
	if err := a.consent(sel, o.yes); err != nil {
		return err
	}
	switch {
	case !plan.Folder:
		after.warn(ctx, goes, sample)
	case goes.count() > 0 || goes.refused == 0: // else nothing happens
		if err := after.confirm(ctx, goes, sample, o.yes, func() { a.previewMove(plan) }); err != nil {
			return err
		}
	}
	r := &redirects{file: o.redirects, urls: map[string][2]string{}}
	for _, item := range plan.Items {
		r.urls[item.From.Path] = [2]string{item.OldURL, item.URL}
		if item.Code == "" {
			r.moved = append(r.moved, item.From.Path)
		}
	}
	// All that is to move, before it does: whatever ends this program, the file
	// has the URLs of what "media recover" finishes.
	if err := r.write(); err != nil {
		return couldNot("write", map[string]string{"file": o.redirects}, err)
	}
	r.moved = nil
	n := a.narrate(0)
	n.after = func(sum media.Summary) *purgeJSON {
		a.sayHidden(sel, sum.Hidden)
		return after.settle(ctx, whole(sum))
	}
	emit := after.watch(n.emit)
	after.owe(ctx, originals)
	sum := lib.Move(ctx, plan, func(e media.Event) {
		emit(e)
		if e.Type == media.EventItem && e.Status == media.StatusDone {
			r.moved = append(r.moved, e.Path)
		}
	})
	// The redirects are written also when some files failed: what was moved
	// has a new URL.
	if err := r.write(); err != nil {
		_ = n.end(sum)
		return couldNot("write", map[string]string{"file": o.redirects}, err)
	}
	return n.end(sum)
}

// movedFolder is the folder that a plan moves, if it is one.
func movedFolder(plan media.MovePlan) []string {
	if !plan.Folder {
		return nil
	}
	return []string{plan.From}
}

// originalsOf are the files that a plan takes away.
func originalsOf(plan media.MovePlan) []media.Item {
	var items []media.Item
	for _, m := range plan.Items {
		if m.Code == "" {
			items = append(items, m.From)
		}
	}
	return items
}

// showMove prints what a rename would do, and what it would refuse, and gives
// the exit code that the real run would have.
func (a *app) showMove(plan media.MovePlan) error {
	exit := exitDone
	for _, item := range plan.Items {
		id, args := "cmd.plan.mv", map[string]string{"path": item.From.Path, "to": item.To}
		e := eventJSON{Op: "mv", Path: item.From.Path, Key: item.From.Key, To: item.To, Bytes: item.From.Size, URL: item.URL, Code: item.Code}
		if item.Code != "" {
			exit = worse(exit, item.Code)
			e.Message = a.whyNotMoved(item)
			id, args["reason"] = "cmd.plan.mv_refused", e.Message
		}
		if err := a.planLine(e, id, args); err != nil {
			return err
		}
	}
	if exit != exitDone {
		return said(exit)
	}
	return nil
}
