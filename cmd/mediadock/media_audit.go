package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
)

type auditOptions struct {
	repair, dryRun, deep bool
	parallel             int
}

func (a *app) mediaAuditCommand() *cobra.Command {
	var o auditOptions
	cmd := &cobra.Command{
		Use:  "audit",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.mediaAudit(cmd, o) }),
	}
	cmd.Flags().BoolVar(&o.repair, "repair", false, "")
	cmd.Flags().BoolVar(&o.deep, "deep", false, "")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	cmd.Flags().IntVar(&o.parallel, "parallel", 0, "")
	return cmd
}

// mediaAudit compares catalogue and bucket. What is found is exit 1, unless it
// was mended.
func (a *app) mediaAudit(cmd *cobra.Command, o auditOptions) error {
	lib, sel, err := a.openMedia(cmd, transferFlags{parallel: o.parallel})
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	r := &auditReport{a: a, sel: sel, o: o, told: time.Now()}
	sum, err := audit.Run(ctx, lib, place, a.auditOptions(sel, o.deep, o.parallel, r.progress), r.found)
	if err != nil {
		return a.mediaFailure(ctx, a.refreshFailure(ctx, err), sel)
	}
	mended, err := r.repair(ctx, place)
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	return r.end(sum, mended, lib.CutShort(), lib.Interrupted())
}

// auditOptions are those that the selection's settings give.
func (a *app) auditOptions(sel selection, deep bool, parallel int, progress func(audit.Step, int)) audit.Options {
	return audit.Options{
		Deep: deep, Parallel: parallel, Stamped: sel.settings.Integration == "microcms", Service: sel.settings.ServiceID, Progress: progress,
	}
}

// auditReport prints what an audit finds, as it is found.
type auditReport struct {
	a        *app
	sel      selection
	o        auditOptions
	told     time.Time
	mendable []audit.Finding
}

func (r *auditReport) progress(step audit.Step, files int) {
	if time.Since(r.told) < progressLine {
		return
	}
	r.told = time.Now()
	if r.a.flags.json {
		_ = writeJSON(r.a.io.out, auditProgressJSON{"progress", string(step), files}, false)
		return
	}
	r.a.tell(r.a.text.Say("cmd.audit."+string(step), map[string]string{"count": strconv.Itoa(files)}))
}

type auditProgressJSON struct {
	Type  string `json:"type"`
	Step  string `json:"step"`
	Files int    `json:"files"`
}

// auditFindingJSON is one finding.
type auditFindingJSON struct {
	Type        string `json:"type"` // "finding"
	Kind        string `json:"kind"`
	Path        string `json:"path"`
	Key         string `json:"key"`
	To          string `json:"to,omitempty"`
	Size        int64  `json:"size"`
	ETag        string `json:"etag,omitempty"`
	Candidates  int    `json:"candidates,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Wanted      string `json:"wanted_content_type,omitempty"`
	Service     string `json:"service,omitempty"`
	Directory   string `json:"directory,omitempty"`
	Mendable    bool   `json:"mendable"`
	Message     string `json:"message"`
	Command     string `json:"command,omitempty"`
}

func (r *auditReport) found(f audit.Finding) error {
	if f.Mendable() {
		r.mendable = append(r.mendable, f)
	}
	command := ""
	if f.Kind == audit.Type {
		command = retypeCommand(r.sel, f)
	}
	message := r.a.text.Audited(f)
	if r.a.flags.json {
		return writeJSON(r.a.io.out, auditFindingJSON{
			Type: "finding", Kind: string(f.Kind), Path: f.Path, Key: r.sel.space().Key(f.Path), To: f.To, Size: f.Size, ETag: f.ETag,
			Candidates: f.Candidates, ContentType: f.ContentType, Wanted: f.Wanted, Service: f.Service, Directory: f.Directory,
			Mendable: f.Mendable(), Message: message, Command: command,
		}, false)
	}
	_, err := fmt.Fprintf(r.a.io.out, "%s  %s\n", padded(r.a.text.Say("audit."+string(f.Kind), nil), 14), text.Safe(message))
	if err == nil && command != "" {
		_, err = fmt.Fprintln(r.a.io.out, "    "+text.Safe(command))
	}
	return err
}

type auditRepairJSON struct {
	Type   string `json:"type"` // "repair"
	Kind   string `json:"kind"`
	Path   string `json:"path"`
	To     string `json:"to,omitempty"`
	Status string `json:"status"` // done, skipped, planned
}

// repair mends what can be mended in the catalogue, where that is asked for.
func (r *auditReport) repair(ctx context.Context, place *catalog.Place) (mended int, err error) {
	if !r.o.repair {
		return 0, nil
	}
	for _, f := range r.mendable {
		status := "planned"
		if !r.o.dryRun {
			done, err := audit.Repair(ctx, place, f)
			if err != nil {
				return mended, err
			}
			if status = media.StatusSkipped; done {
				status = media.StatusDone
				mended++
			}
		}
		if r.a.flags.json {
			err = writeJSON(r.a.io.out, auditRepairJSON{"repair", string(f.Kind), f.Path, f.To, status}, false)
		} else {
			_, err = fmt.Fprintln(r.a.io.out, text.Safe(r.a.text.Say("cmd.audit.repair."+status+"."+string(f.Kind), map[string]string{"path": f.Path, "to": f.To})))
		}
		if err != nil {
			return mended, err
		}
	}
	return mended, nil
}

type auditSummaryJSON struct {
	Type       string         `json:"type"` // "summary"
	Files      int            `json:"files"`
	Bytes      int64          `json:"bytes"`
	Findings   map[string]int `json:"findings"`
	Total      int            `json:"total"`
	Mended     int            `json:"mended"`
	Deep       bool           `json:"deep"`
	Read       int            `json:"read"`
	Unread     int            `json:"unread"`
	CutShort   int            `json:"cut_short"`
	Uploads    int            `json:"uploads_cut_short"`
	DurationMS int64          `json:"duration_ms"`
}

func (r *auditReport) end(sum audit.Summary, mended, cutShort int, uploads []media.KeptUpload) error {
	a, left := r.a, sum.Total()-mended
	if a.flags.json {
		doc := auditSummaryJSON{Type: "summary", Files: sum.Files, Bytes: sum.Bytes, Findings: map[string]int{}, Total: sum.Total(), Mended: mended,
			Deep: r.o.deep, Read: sum.Read, Unread: sum.Unread, CutShort: cutShort, Uploads: len(uploads), DurationMS: sum.Duration.Milliseconds()}
		for _, k := range audit.Kinds() {
			doc.Findings[string(k)] = sum.Findings[k]
		}
		if err := writeJSON(a.io.out, doc, false); err != nil {
			return err
		}
	} else {
		r.advise(sum, mended)
		r.cutShort(cutShort, uploads)
	}
	if left > 0 {
		return said(exitFailed)
	}
	return nil
}

// advise says what was looked at, and for each kind what to do about it.
func (r *auditReport) advise(sum audit.Summary, mended int) {
	a := r.a
	say := func(id string, n int) { a.tell(a.text.Say(id, map[string]string{"count": strconv.Itoa(n)})) }
	for _, k := range audit.Kinds() {
		if n := sum.Findings[k]; n > 0 {
			say("cmd.audit.about."+string(k), n)
		}
	}
	switch {
	case sum.Total() == 0:
		say("cmd.audit.clean", sum.Files)
	case mended > 0:
		say("cmd.audit.mended", mended)
	case len(r.mendable) > 0 && !r.o.repair:
		say("cmd.audit.may_repair", len(r.mendable))
	case r.o.repair && r.o.dryRun:
		say("cmd.audit.would", len(r.mendable))
	}
	if sum.Unread > 0 {
		say("cmd.audit.unread", sum.Unread)
	}
	if !r.o.deep {
		say("cmd.audit.shallow", sum.Files)
	}
}

// cutShort says what this computer began and did not end: it is no finding, and
// media recover ends it.
func (r *auditReport) cutShort(operations int, uploads []media.KeptUpload) {
	a := r.a
	if operations > 0 {
		a.tell(a.text.Say("cmd.audit.cut_short", map[string]string{"count": strconv.Itoa(operations)}))
	}
	if len(uploads) == 0 {
		return
	}
	for _, u := range uploads {
		fmt.Fprintln(a.io.err, "  "+a.uploadLine(u))
	}
	a.tell(a.text.Say("cmd.audit.uploads", map[string]string{"count": strconv.Itoa(len(uploads))}))
}
