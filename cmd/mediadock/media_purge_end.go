package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/text"
)

// againCommand is the command line that goes on with a purge: the same one,
// with the job's id. Empty where it cannot be given again.
func againCommand(cmd *cobra.Command, args []string, o purgeOptions) string {
	if o.from == "-" {
		return ""
	}
	line := []string{"mediadock", "media", "purge"}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case f.Name == "job-id", f.Name == "json", f.Name == "timeout":
		case f.Name == "external-id":
			line = append(line, "--external-id", "<EXTERNAL_ID>")
		case f.Value.Type() == "bool":
			line = append(line, "--"+f.Name+"="+f.Value.String())
		default:
			line = append(line, "--"+f.Name, f.Value.String())
		}
	})
	line = append(line, "--job-id", o.job)
	if slices.ContainsFunc(args, func(s string) bool { return strings.HasPrefix(s, "-") }) {
		line = append(line, "--")
	}
	line = append(line, args...)
	return strings.ReplaceAll(commandLine(line), "=true", "")
}

// show prints what would be invalidated.
func (p *purger) show(paths []string) error {
	if p.a.flags.json {
		doc := emptyPurge(p.named.ID, "planned", paths)
		doc.Commands = p.commands(paths)
		return writeJSON(p.a.io.out, purgeDocument{purgeJSON: doc}, true)
	}
	for _, path := range paths {
		if _, err := fmt.Fprintln(p.a.io.out, text.Safe(path)); err != nil {
			return err
		}
	}
	return nil
}

// end prints what became of a purge. again is the command that goes on with
// it, empty for none.
func (p *purger) end(ctx context.Context, job purge.Job, r purge.Result, again string) error {
	doc := p.document(job, r)
	if r.Err != nil {
		if ctx.Err() != nil && len(r.Invalidations) == 0 {
			return ctx.Err()
		}
		if runText(r.Err) == "purge.run-later" {
			doc.goOn(p.a, again)
		}
		if r.By != "" { // somebody may: the others are of no interest
			r.Refused = nil
		}
		return p.a.purgeFailed(doc, r.Err, r.Refused)
	}
	if r.Unseen != nil {
		return p.unseen(doc, r, again)
	}
	if p.a.flags.json {
		return writeJSON(p.a.io.out, purgeDocument{purgeJSON: doc}, true)
	}
	p.states(r)
	return nil
}

// states prints the invalidations, a line each.
func (p *purger) states(r purge.Result) {
	for _, i := range r.Invalidations {
		p.a.show(i.ID + "  " + i.Status)
	}
}

// unseen is the end where all was asked for and it is not known whether all
// has completed, although that was to be waited for.
func (p *purger) unseen(doc purgeJSON, r purge.Result, again string) error {
	err := r.Unseen
	doc.Code, doc.Message = unseenWords(p.a.text, r)
	looks := p.looks(r.Open())
	for _, c := range looks {
		doc.Fixes = append(doc.Fixes, fixJSON{Text: p.a.text.Say("purge.look-later", nil), Command: c})
	}
	doc.goOn(p.a, again)
	if err.Code == purge.CodeDenied {
		doc.Missing = []string{err.Action}
		doc.offer(p.words, err, p.sel, p.named, false)
	}
	if p.a.flags.json {
		_ = writeJSON(p.a.io.out, purgeDocument{doc, doc.body()}, true)
		return said(purgeExit(err))
	}
	p.states(r)
	p.a.tell(doc.Message)
	p.a.offerText(doc)
	return said(purgeExit(err))
}

// unseenWords says why the end of what was asked for is not known.
func unseenWords(words *text.Catalog, r purge.Result) (id, sentence string) {
	err := r.Unseen
	id = map[string]string{purge.CodeDenied: "purge.unseen", purge.CodeAborted: "purge.unwatched", purge.CodeUnfinished: "purge.unfinished"}[err.Code]
	if id == "" {
		id = "purge.unknown-end"
	}
	args := err.TextArgs()
	args["ids"] = strings.Join(r.Open(), ", ")
	if err.Evidence.Message != "" && id == "purge.unknown-end" {
		args["reason"] = err.Evidence.Message
	}
	return id, words.Say(id, args)
}

// goOn has a document offer the same command once more.
func (d *purgeJSON) goOn(a *app, again string) {
	if again != "" {
		d.Fixes = append(d.Fixes, fixJSON{Text: a.text.Say("purge.go-on", nil), Command: again})
	}
}

// body is the error beside a document that failed.
func (d *purgeJSON) body() *errorBody {
	return &errorBody{Code: d.Code, Message: d.Message, Fixes: d.Fixes}
}

// offerText prints on stderr what a document offers beside the commands that
// are printed for themselves.
func (a *app) offerText(doc purgeJSON) {
	own := map[string]bool{}
	for _, c := range doc.Commands {
		own[c] = true
	}
	said := ""
	for n, f := range doc.Fixes {
		if own[f.Command] {
			continue
		}
		if n == mostCommands {
			return
		}
		if f.Text != said {
			a.tell(f.Text)
			said = f.Text
		}
		if f.Command != "" {
			a.tell("  " + f.Command)
		}
		if f.Document != nil {
			for line := range strings.SplitSeq(documentText(f.Document), "\n") {
				a.tell(line)
			}
		}
	}
}

// documentText is a policy document as people paste it.
func documentText(doc any) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(doc) // a policy can always be written
	return strings.TrimSpace(out.String())
}

// purgeNowhere is the end where no distribution is known: the command to run
// names a placeholder.
func (a *app) purgeNowhere(ctx context.Context, sel selection, err error, paths []string) error {
	problem := asPurge(err)
	if problem == nil || ctx.Err() != nil {
		return err
	}
	doc := nowhereDocument(a.text, sel, problem, paths)
	return a.purgeFailed(doc, problem, nil)
}

// nowhereDocument is the outcome where no distribution was found.
func nowhereDocument(words *text.Catalog, sel selection, problem *purge.Error, paths []string) purgeJSON {
	named := purge.ParseDistribution(sel.settings.Distribution)
	doc := emptyPurge(named.ID, "failed", paths)
	doc.Left, doc.Commands = paths, purgeCommands(sel, noID, paths)
	doc.fail(words, problem)
	doc.offer(words, problem, sel, named, true)
	return doc
}

// purgeFailed says what was refused, and prints the commands that do it: on
// stdout, since they are what is left to be had.
func (a *app) purgeFailed(doc purgeJSON, err *purge.Error, refused []purge.Refusal) error {
	if a.flags.json {
		_ = writeJSON(a.io.out, purgeDocument{doc, doc.body()}, true)
		return said(purgeExit(err))
	}
	for line := range strings.SplitSeq(doc.Message, "\n") {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
	for _, r := range refused {
		a.tell(a.text.Say("purge.as."+r.Way, map[string]string{"reason": a.refusal(r.Err)}))
	}
	orGrant := err.Code == purge.CodeDenied // "or ...", which comes second
	if !orGrant {
		a.offerText(doc)
	}
	args := err.TextArgs()
	args["count"] = text.Thousands(int64(len(doc.Left)))
	a.tell(a.text.Say(runText(err), args))
	for _, c := range doc.Commands {
		a.show(c)
	}
	if orGrant {
		a.offerText(doc)
	}
	return said(purgeExit(err))
}

// refusal says in a few words why a way was of no use.
func (a *app) refusal(err *purge.Error) string {
	if err.Code == purge.CodeForeign {
		return a.text.Say("purge.account", map[string]string{"account": err.Args["mine"]})
	}
	return err.TextArgs()["reason"]
}
