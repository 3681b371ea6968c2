package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/text"
)

type purgeOptions struct {
	dryRun, wait, exact bool
	from, job           string
}

func (a *app) mediaPurgeCommand() *cobra.Command {
	var o purgeOptions
	cmd := &cobra.Command{
		Use:  "purge PATH...",
		Args: cobra.ArbitraryArgs,
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaPurge(cmd, args, o) }),
	}
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	cmd.Flags().BoolVar(&o.wait, "wait", false, "")
	cmd.Flags().BoolVar(&o.exact, "exact", false, "")
	cmd.Flags().StringVar(&o.from, "from", "", "")
	cmd.Flags().StringVar(&o.job, "job-id", "", "")
	return cmd
}

// purgeDocument is the outcome of `media purge`; a failure has the error of
// all failures beside it.
type purgeDocument struct {
	purgeJSON
	Error *errorBody `json:"error,omitempty"`
}

// mediaPurge invalidates what was deleted elsewhere, in the CMS (M65). The
// bucket is asked nothing, unless that saves wildcards: what is purged is gone
// from it.
func (a *app) mediaPurge(cmd *cobra.Command, args []string, o purgeOptions) error {
	sel, err := a.choose(cmd, nil, false)
	if err != nil {
		return err
	}
	named, err := a.purgeList(args, o.from)
	if err != nil {
		return err
	}
	keys, err := a.purgeKeys(sel, named)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	paths := purge.Paths(sel.space(), keys, o.exact)
	if purge.Wildcards(paths) > purge.MaxWildcards {
		paths = a.fewerPaths(ctx, sel, keys)
	}
	p, err := a.purger(ctx, sel)
	if err != nil {
		return a.purgeNowhere(ctx, sel, err, paths)
	}
	if !a.flags.json {
		p.announce(paths)
	}
	if o.dryRun {
		return p.show(paths)
	}
	if o.job == "" {
		o.job = newJob()
	}
	r := p.run(ctx, paths, o.job, o.wait)
	return p.end(ctx, paths, r)
}

// purgeList is what is named on the command line and in a list, a line each.
func (a *app) purgeList(args []string, from string) ([]string, error) {
	if from != "" {
		in := a.io.in
		if from != "-" {
			f, err := os.Open(from)
			if err != nil {
				return nil, couldNot("purge.unreadable", map[string]string{"file": from}, err)
			}
			defer f.Close()
			in = f
		}
		lines := bufio.NewScanner(io.LimitReader(in, 64<<20))
		for lines.Scan() {
			if line := strings.TrimSuffix(lines.Text(), "\r"); line != "" {
				args = append(args, line)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, couldNot("purge.unreadable", map[string]string{"file": from}, err)
		}
	}
	if len(args) == 0 {
		return nil, usage("purge.nothing", nil)
	}
	return args, nil
}

// purgeKeys are the keys of all that is named; one that cannot be meant fails
// the whole, before anything is asked for.
func (a *app) purgeKeys(sel selection, named []string) ([]string, error) {
	var keys []string
	for _, path := range named {
		some, problem := purge.Keys(sel.space(), path)
		if problem != nil {
			return nil, &failure{exit: purgeExit(problem), code: "purge." + problem.Code, args: problem.TextArgs()}
		}
		keys = append(keys, some...)
	}
	return keys, nil
}

// fewerPaths folds the files of folders that are empty now. Where the bucket
// does not tell, there are as many paths as before.
func (a *app) fewerPaths(ctx context.Context, sel selection, keys []string) []string {
	space := sel.space()
	if client, err := a.emptyFolders(ctx, sel); err == nil {
		keys = purge.Emptied(ctx, space.Dir(), keys, client)
	}
	return purge.Paths(space, keys, false)
}

// show prints what would be invalidated.
func (p *purger) show(paths []string) error {
	if p.a.flags.json {
		doc := emptyPurge(p.distribution, "planned", paths)
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

// end prints what became of a purge.
func (p *purger) end(ctx context.Context, paths []string, r purge.Result) error {
	if r.Err != nil {
		if ctx.Err() != nil && len(r.Invalidations) == 0 {
			return ctx.Err()
		}
		return p.a.purgeFailed(p.document(paths, r), r.Err, r.Refused)
	}
	if p.a.flags.json {
		if r.Unseen != nil {
			doc := p.document(paths, r)
			doc.fail(p.a, r.Unseen)
			return writeJSON(p.a.io.out, purgeDocument{purgeJSON: doc}, true)
		}
		return writeJSON(p.a.io.out, purgeDocument{purgeJSON: p.document(paths, r)}, true)
	}
	for _, i := range r.Invalidations {
		fmt.Fprintln(p.a.io.out, text.Safe(i.ID+"  "+i.Status))
	}
	if r.Unseen != nil {
		p.a.tell(p.a.text.Say("purge.unseen", r.Unseen.TextArgs()))
	}
	return nil
}

// purgeNowhere is the end where no distribution is known: the command to run
// names a placeholder.
func (a *app) purgeNowhere(ctx context.Context, sel selection, err error, paths []string) error {
	problem := asPurge(err)
	if problem == nil || ctx.Err() != nil {
		return err
	}
	doc := emptyPurge("", "failed", paths)
	doc.Left, doc.Commands = paths, purgeCommands(sel, "DISTRIBUTION_ID", paths)
	doc.fail(a, problem)
	return a.purgeFailed(doc, problem, nil)
}

// purgeFailed says what was refused, and prints the commands that do it: on
// stdout, since they are what is left to be had.
func (a *app) purgeFailed(doc purgeJSON, err *purge.Error, refused []purge.Refusal) error {
	if a.flags.json {
		body := &errorBody{Code: doc.Code, Message: doc.Message, Fixes: []fixJSON{}}
		for _, c := range doc.Commands {
			body.Fixes = append(body.Fixes, fixJSON{Text: a.text.Say("purge.run", nil), Command: c})
		}
		_ = writeJSON(a.io.out, purgeDocument{doc, body}, true)
		return said(purgeExit(err))
	}
	for line := range strings.SplitSeq(doc.Message, "\n") {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
	for _, r := range refused {
		a.tell(a.text.Say("purge.as."+r.Way, map[string]string{"reason": r.Err.TextArgs()["reason"]}))
	}
	a.tell(a.text.Say("purge.run", nil))
	for _, c := range doc.Commands {
		fmt.Fprintln(a.io.out, text.Safe(c))
	}
	return said(purgeExit(err))
}
