package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

type recoverOptions struct {
	transferFlags
	consentFlag
	undo      bool
	redirects string
}

func (a *app) mediaRecoverCommand() *cobra.Command {
	var o recoverOptions
	cmd := &cobra.Command{
		Use:  "recover",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.mediaRecover(cmd, o) }),
	}
	o.transferFlags.add(cmd)
	o.consentFlag.add(cmd)
	cmd.Flags().BoolVar(&o.undo, "undo", false, "")
	cmd.Flags().StringVar(&o.redirects, "redirects", "", "")
	return cmd
}

func (a *app) mediaRecover(cmd *cobra.Command, o recoverOptions) error {
	if o.undo && o.redirects != "" {
		return usage("recover_redirects_undo", nil)
	}
	if err := mayReplace(o.redirects, "redirects_foreign", maxOwnFile, isRedirects); err != nil {
		return err
	}
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	plan, err := lib.PlanRecover(ctx)
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	defer plan.Close()
	a.sayElsewhere(sel, plan)
	a.tellUnfinished(sel)
	owed := a.owedPurges(ctx, sel)
	defer owed.close()
	if o.dryRun {
		return a.showRecover(plan, o.undo, owed...)
	}
	switch {
	case len(plan.Cuts) > 0 || o.undo && !plan.Empty():
		if err := a.consent(sel, o.yes); err != nil {
			return err
		}
		if err := a.confirmRecover(plan, o); err != nil {
			return err
		}
	case plan.Empty() && !a.flags.json:
		return a.recoverPurges(ctx, sel, owed)
	}
	r, take := recoveredURLs(lib, plan, o.redirects)
	if err := r.write(); err != nil { // before anything is done, as media mv does
		return couldNot("write", map[string]string{"file": o.redirects}, err)
	}
	n := a.narrate(0)
	n.kept = o.undo
	n.after = func(sum media.Summary) *purgeJSON {
		a.sayHidden(sel, sum.Hidden)
		a.sayOwed(owed)
		doc, _ := a.payOwed(ctx, sel, owed)
		return doc
	}
	sum := lib.Recover(ctx, plan, o.undo, func(e media.Event) {
		n.emit(e)
		take(e)
	})
	if err := r.write(); err != nil {
		_ = n.end(sum)
		return couldNot("write", map[string]string{"file": o.redirects}, err)
	}
	return n.end(sum)
}

// confirmRecover shows what was cut short, and asks.
func (a *app) confirmRecover(plan *media.RecoverPlan, o recoverOptions) error {
	if o.yes {
		return nil
	}
	if !a.mayAsk() || a.flags.json {
		return refused("confirm_needed", nil)
	}
	for _, c := range plan.Cuts {
		fmt.Fprintln(a.io.err, a.cutLine(c))
	}
	for _, u := range plan.Uploads {
		fmt.Fprintln(a.io.err, a.uploadLine(u))
	}
	question, count, uploads := "cmd.ask.recover", len(plan.Cuts), len(plan.Uploads)
	switch {
	case o.undo && count == 0:
		question, count = "cmd.ask.recover_abort", uploads
	case o.undo:
		question = "cmd.ask.recover_undo"
		if uploads > 0 {
			fmt.Fprintln(a.io.err, a.text.Say("cmd.recover_uploads_too", map[string]string{"count": strconv.Itoa(uploads)}))
		}
	}
	fmt.Fprint(a.io.err, a.text.Say(question, map[string]string{"count": strconv.Itoa(count)}))
	answer, _ := a.answers().ReadString('\n')
	if y := strings.ToLower(strings.TrimSpace(answer)); y != "y" && y != "yes" {
		return refused("declined", nil)
	}
	return nil
}

// foundStates are in the order in which they are told.
var foundStates = []media.Found{
	media.FoundBoth, media.FoundNotBegun, media.FoundMoved, media.FoundChanged, media.FoundTaken, media.FoundUnsure, media.FoundGone,
}

// cutLine is an operation that was cut short and how far it came.
func (a *app) cutLine(c media.Cut) string {
	var states []string
	for _, s := range foundStates {
		if n := c.Count(s); n > 0 {
			states = append(states, a.text.Say("cmd.recover."+string(s), map[string]string{"count": strconv.Itoa(n)}))
		}
	}
	if len(states) == 0 {
		states = append(states, a.text.Say("cmd.recover.markers", nil))
	}
	return text.Safe(a.text.Say("cmd.recover_cut", map[string]string{
		"time": c.Begun.Local().Format("2006-01-02 15:04"), "op": c.Op, "from": c.From, "to": c.To,
	}) + ": " + strings.Join(states, ", "))
}

// uploadLine is an interrupted upload and whether it can go on.
func (a *app) uploadLine(u media.KeptUpload) string {
	id := "cmd.recover_upload"
	if u.Stale {
		id = "cmd.recover_upload_stale"
	}
	return text.Safe(a.text.Say(id, map[string]string{
		"time": u.Begun.Local().Format("2006-01-02 15:04"), "file": u.File, "path": u.Path, "sent": byteSize(u.Sent), "bytes": byteSize(u.Bytes),
	}))
}

// uploadJSON is an interrupted upload; Stale is one that cannot go on.
type uploadJSON struct {
	File  string    `json:"file"`
	Path  string    `json:"path"`
	Bytes int64     `json:"bytes"`
	Sent  int64     `json:"sent"`
	Begun time.Time `json:"begun"`
	Stale bool      `json:"stale"`
}

type cutJSON struct {
	Op    string         `json:"op"`
	From  string         `json:"from"`
	To    string         `json:"to"`
	Begun time.Time      `json:"begun"`
	Found map[string]int `json:"found"`
	Files []cutFileJSON  `json:"files"`
}

type cutFileJSON struct {
	Path  string `json:"path"`
	To    string `json:"to"`
	Found string `json:"found"`
	Bytes int64  `json:"bytes"`
}

// showRecover is the dry run: with --json every file, else a line an operation.
func (a *app) showRecover(plan *media.RecoverPlan, undo bool, owed ...owedPurge) error {
	if !a.flags.json {
		for _, c := range plan.Cuts {
			if _, err := fmt.Fprintln(a.io.out, a.cutLine(c)); err != nil {
				return err
			}
		}
		for _, u := range plan.Uploads {
			if _, err := fmt.Fprintln(a.io.out, a.uploadLine(u)); err != nil {
				return err
			}
		}
		for _, p := range owed {
			if _, err := fmt.Fprintln(a.io.out, a.owedLine(p)); err != nil {
				return err
			}
		}
		if plan.Empty() && len(owed) == 0 {
			fmt.Fprintln(a.io.err, a.text.Say("cmd.recover_none", nil))
		}
		return nil
	}
	doc := struct {
		Cuts    []cutJSON    `json:"operations"`
		Uploads []uploadJSON `json:"uploads"`
		Purges  []owedJSON   `json:"purges"`
		Undo    bool         `json:"undo"`
	}{Cuts: []cutJSON{}, Uploads: []uploadJSON{}, Purges: []owedJSON{}, Undo: undo}
	for _, p := range owed {
		doc.Purges = append(doc.Purges, owedJSON{Begun: p.left.Begun.UTC(), Paths: p.Paths})
	}
	for _, u := range plan.Uploads {
		doc.Uploads = append(doc.Uploads, uploadJSON{File: u.File, Path: u.Path, Bytes: u.Bytes, Sent: u.Sent, Begun: u.Begun.UTC(), Stale: u.Stale})
	}
	for _, c := range plan.Cuts {
		j := cutJSON{Op: c.Op, From: c.From, To: c.To, Begun: c.Begun.UTC(), Found: map[string]int{}, Files: []cutFileJSON{}}
		for _, i := range c.Items {
			if !i.Settled {
				j.Found[string(i.Found)]++
				j.Files = append(j.Files, cutFileJSON{Path: i.From, To: i.To, Found: string(i.Found), Bytes: i.Bytes})
			}
		}
		doc.Cuts = append(doc.Cuts, j)
	}
	return writeJSON(a.io.out, doc, true)
}

func (a *app) sayElsewhere(sel selection, plan *media.RecoverPlan) {
	for _, p := range plan.Elsewhere {
		switch name := a.environmentAt(sel, p.Bucket, p.Under); {
		case a.flags.json:
		case name != "":
			a.tell(a.text.Say("cmd.recover_environment", map[string]string{"environment": name}))
		default:
			fmt.Fprintln(a.io.err, text.Safe(a.text.Say("cmd.recover_elsewhere", map[string]string{"bucket": p.Bucket, "directory": p.Under})))
		}
	}
}

// sayCutShort mentions, once a command, that something waits to be recovered.
func (a *app) sayCutShort(ctx context.Context, sel selection, lib *media.Library) {
	if a.flags.json {
		return
	}
	if n := lib.CutShort(); n > 0 {
		fmt.Fprintln(a.io.err, a.text.Say("cmd.recover_waiting", map[string]string{"count": strconv.Itoa(n)}))
	} else {
		a.tellOwed(ctx, sel)
	}
}
