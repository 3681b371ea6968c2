package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media"
)

func (a *app) mediaCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "media",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	addFieldFlags(cmd.PersistentFlags())
	cmd.AddCommand(a.mediaListCommand(), a.mediaPutCommand(), a.mediaGetCommand(), a.mediaMoveCommand(),
		a.mediaRemoveCommand(), a.mediaReplaceCommand(), a.mediaInfoCommand(), a.mediaURLCommand(),
		a.mediaSetCommand(), a.mediaAltCommand(), a.mediaRecoverCommand())
	cmd.AddCommand(a.mediaImportCommand())
	cmd.AddCommand(a.mediaPurgeCommand())
	cmd.AddCommand(a.mediaAuditCommand())
	return cmd
}

// groupUsage is what a command that only groups others does by itself.
func (a *app) groupUsage(cmd *cobra.Command) error {
	if a.flags.json {
		return usage("needs_command", map[string]string{"command": cmd.CommandPath()})
	}
	cmd.SetOut(a.io.err)
	_ = cmd.Usage()
	return said(exitUsage)
}

// openMedia finds the connection of a media command and opens its library.
func (a *app) openMedia(cmd *cobra.Command, t transferFlags) (*media.Library, selection, error) {
	if f := cmd.Flags().Lookup("parallel"); t.parallel < 0 || (f != nil && f.Changed && t.parallel == 0) {
		return nil, selection{}, usage("bad_parallel", nil)
	}
	limit, err := parseRate(t.limitRate)
	if err != nil {
		return nil, selection{}, usage("bad_rate", map[string]string{"value": t.limitRate})
	}
	sel, err := a.choose(cmd, nil, false)
	if err != nil {
		return nil, sel, err
	}
	a.tellAltered(sel)
	if cmd.Name() != "put" && cmd.Name() != "import" { // their arguments are no media
		a.meant(sel, cmd.Flags().Args())
	}
	a.tellUnready(sel)
	lib, err := a.library(cmd.Context(), sel, media.Options{Parallel: t.parallel, BytesPerSecond: limit})
	if err == nil && cmd.Name() != "recover" {
		a.sayCutShort(cmd.Context(), sel, lib)
	}
	return lib, sel, err
}

// transferFlags are shared by what moves bytes or changes media.
type transferFlags struct {
	dryRun    bool
	parallel  int
	limitRate string
}

func (t *transferFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&t.dryRun, "dry-run", false, "")
	cmd.Flags().IntVar(&t.parallel, "parallel", 0, "")
	cmd.Flags().StringVar(&t.limitRate, "limit-rate", "", "")
}

// parseRate reads bytes a second with k, M or G (powers of 1,000); empty is
// no limit.
func parseRate(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	factor := 1.0
	switch s[len(s)-1] {
	case 'k', 'K':
		factor = 1e3
	case 'm', 'M':
		factor = 1e6
	case 'g', 'G':
		factor = 1e9
	}
	if factor > 1 {
		s = s[:len(s)-1]
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n*factor >= 1) || n*factor > 1e15 {
		return 0, strconv.ErrSyntax
	}
	return int64(n * factor), nil
}

// mediaFailure turns an error of the library into a failure with causes and
// fixes from the same table as the connection test's.
func (a *app) mediaFailure(ctx context.Context, err error, sel selection) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	var f *failure
	if errors.As(err, &f) {
		return err
	}
	var me *media.Error
	if !errors.As(err, &me) {
		return &failure{exit: exitFailed, code: "media", err: err}
	}
	out := &failure{exit: exitFailed, code: "media." + me.Code, args: me.TextArgs(), err: me.Err}
	switch {
	case errors.Is(err, media.ErrExists), errors.Is(err, media.ErrRefused):
		out.exit = exitRefused
	case me.Code == media.CodeSession || me.Evidence.Network != "":
		out.exit = exitCouldNot
	}
	if me.Evidence.Operation != "" && out.exit != exitRefused {
		out.causes = diagnose.Diagnose(me.Evidence, a.factsOfCaller(facts(sel)))
	}
	if code, args, ok := vendorsRole(me.Evidence, out.causes, sel); ok && out.exit != exitRefused {
		out.code, out.args, out.causes = code, args, nil
	}
	if code, ok := callerCode(out.causes); ok {
		out.exit, out.code = exitCouldNot, code
	}
	return out
}

// fileFailure is mediaFailure for commands that are about one file and know no
// -r.
func (a *app) fileFailure(ctx context.Context, err error, sel selection) error {
	out := a.mediaFailure(ctx, err, sel)
	var f *failure
	if errors.As(out, &f) && f.code == "media."+media.CodeFolder {
		f.words = "cmd.folder_no_file"
	}
	return out
}

func facts(sel selection) diagnose.Facts {
	s := sel.settings
	return diagnose.Facts{RoleARN: s.RoleARN, Bucket: s.Bucket, Region: s.Region, Prefix: s.Prefix, Domain: s.Domain, Distribution: s.Distribution}
}

// summaryExit is the exit code of a batch: refusals alone are 4, anything
// else that failed is 1.
func summaryExit(s media.Summary) int {
	switch {
	case s.Failed > 0:
		return exitFailed
	case s.Refused > 0:
		return exitRefused
	default:
		return exitDone
	}
}
