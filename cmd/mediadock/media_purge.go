package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/purge"
)

type purgeOptions struct {
	dryRun, wait, exact bool
	from, job           string
	patience            time.Duration
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
	cmd.Flags().DurationVar(&o.patience, "timeout", purge.Patience, "")
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
	if o.patience <= 0 {
		return usage("purge.bad-timeout", nil)
	}
	sel, err := a.choose(cmd, nil, false)
	if err != nil {
		return err
	}
	a.tellAltered(sel)
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
	job := p.job(paths, o.job)
	job.Wait, job.Patience = o.wait, o.patience
	return p.end(ctx, job, p.run(ctx, job), againCommand(cmd, args, o))
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
		for n := 0; lines.Scan(); n++ {
			line := strings.TrimSuffix(lines.Text(), "\r")
			if n == 0 {
				line = strings.TrimPrefix(line, "\ufeff") // of a spreadsheet or a Windows editor
			}
			if line != "" {
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
