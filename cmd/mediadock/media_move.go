package main

import (
	"strconv"

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
	if o.dryRun {
		return a.showMove(plan)
	}
	if err := a.consent(sel, o.yes); err != nil {
		return err
	}
	after := a.aftermath(sel, o.purge, movedFolder(plan)...)
	originals := originalsOf(plan)
	if !a.flags.json {
		after.announce(originals, a.sample(ctx, lib, originals))
	}
	if plan.Folder {
		n := len(plan.Items)
		if err := a.confirmCount("cmd.ask.mv", map[string]string{"count": strconv.Itoa(n)}, n, o.yes); err != nil {
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

func (a *app) showMove(plan media.MovePlan) error {
	conflict := false
	for _, item := range plan.Items {
		e := eventJSON{Op: "mv", Path: item.From.Path, Key: item.From.Key, To: item.To, Bytes: item.From.Size, URL: item.URL, Code: item.Code}
		conflict = conflict || item.Code != ""
		if err := a.planLine(e, "cmd.plan.mv", map[string]string{"path": item.From.Path, "to": item.To}); err != nil {
			return err
		}
	}
	if conflict {
		return said(exitRefused)
	}
	return nil
}
