package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/store"
)

type replaceOptions struct {
	transferFlags
	consentFlag
	purge    purgeFlag
	private  privateFlags
	sameName bool
}

func (a *app) mediaReplaceCommand() *cobra.Command {
	var o replaceOptions
	cmd := &cobra.Command{
		Use:  "replace PATH FILE",
		Args: cobra.ExactArgs(2),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaReplace(cmd, args, o) }),
	}
	o.transferFlags.add(cmd)
	o.consentFlag.add(cmd)
	o.purge.add(cmd)
	o.private.add(cmd)
	cmd.Flags().BoolVar(&o.sameName, "same-name", false, "")
	return cmd
}

func (a *app) mediaReplace(cmd *cobra.Command, args []string, o replaceOptions) error {
	if meansStdin(args[1]) {
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
	if _, err := a.namesFixed(sel); err != nil {
		return a.storeFailure(err)
	}
	plan, err := lib.PlanReplace(ctx, args[0], args[1])
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	if plan.Renamed && o.sameName {
		return refused("name_differs", map[string]string{"path": plan.Old.Path, "to": plan.File.Path, "url": plan.OldURL})
	}
	switch decision {
	case store.StripPrivateData:
		plan.File.StripPrivate()
	case store.KeepPrivateData:
		plan.File.KeepPrivate()
	}
	if plan.Renamed { // a name that the object has already is good enough for it
		a.noteNames(media.PutPlan{Items: []media.PutItem{plan.File}})
	}
	a.notePrivate(media.PutPlan{Items: []media.PutItem{plan.File}}, nil)
	if plan.Retyped() && !a.flags.json {
		a.tell(a.text.Say("media.note.retyped", map[string]string{"old": plan.Old.ContentType, "new": plan.File.ContentType}))
	}
	after := a.aftermath(sel, o.purge)
	after.newName(ctx, lib, plan, args[1])
	if o.dryRun {
		err := a.showReplace(plan, args[1], after.instead.path)
		if !a.flags.json {
			after.announce(ctx, []media.Item{plan.Old}, plan.Old)
		}
		after.sayInstead()
		return err
	}
	if err := a.consent(sel, o.yes); err != nil {
		return err
	}
	if !a.flags.json {
		after.announce(ctx, []media.Item{plan.Old}, plan.Old)
	}
	after.sayInstead()
	if err := a.askRenamed(plan, o.yes); err != nil {
		return err
	}
	n := a.narrate(plan.File.Size)
	n.kept, n.oldURL = !plan.Renamed, movedURL(plan)
	n.after = func(sum media.Summary) *purgeJSON {
		a.sayHidden(sel, sum.Hidden)
		return after.withInstead(after.settle(ctx, false))
	}
	after.owe(ctx, []media.Item{plan.Old})
	return n.end(lib.Replace(ctx, plan, after.watch(n.emit)))
}

// movedURL is the address that stops working, empty for none.
func movedURL(plan media.ReplacePlan) string {
	if !plan.Renamed {
		return ""
	}
	return plan.OldURL
}

// showReplace prints what a re-upload would do.
func (a *app) showReplace(plan media.ReplacePlan, file, versioned string) error {
	e := eventJSON{
		Op: media.OpReplace, Path: plan.Old.Path, Key: plan.Old.Key, To: plan.File.Path, Bytes: plan.File.Size, URL: plan.File.URL,
		OldURL: movedURL(plan), Findings: a.findings(plan.File), VersionedPath: versioned,
	}
	if plan.Renamed {
		e = a.describe(e, plan.File)
	}
	e.ContentType = plan.File.ContentType
	if plan.Retyped() {
		e.OldContentType = plan.Old.ContentType
	}
	if err := a.planLine(e, "cmd.plan.replace", map[string]string{"path": plan.Old.Path, "file": file, "size": byteSize(plan.File.Size)}); err != nil {
		return err
	}
	a.tellRenamed(plan)
	return nil
}

// tellRenamed says on stderr that the address changes (D1). With --json the
// item has both.
func (a *app) tellRenamed(plan media.ReplacePlan) {
	if plan.Renamed && !a.flags.json {
		fmt.Fprintln(a.io.err, a.text.Say("cmd.replace_renames", map[string]string{
			"from": text.Safe(plan.Old.Path), "to": text.Safe(plan.File.Path), "old": text.Safe(plan.OldURL), "new": text.Safe(plan.File.URL),
		}))
	}
}

// askRenamed says that the address changes and asks whether that is meant.
// Without a terminal the command line says it: the file on it has another name,
// as with a rename of one file; --same-name is for who did not look.
func (a *app) askRenamed(plan media.ReplacePlan, yes bool) error {
	if !plan.Renamed {
		return nil
	}
	a.tellRenamed(plan)
	if yes || !a.mayAsk() || a.flags.json {
		return nil
	}
	fmt.Fprint(a.io.err, text.Safe(a.text.Say("cmd.ask.replace", map[string]string{"path": plan.File.Path})))
	answer, _ := a.answers().ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return refused("declined", nil)
}
