package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

type checkOptions struct {
	only         []string
	owner        bool
	ownerProfile string
	wait         time.Duration
	output       string
	with         string
	baseline     string
	watch        bool
	name         string // under which the settings can be tested again; by default the connection's
	flags        string // by which settings that are not saved are named
	scopeWrites  bool
	appOutputs   string    // the amplify_outputs.json of an Amplify app
	stdout       io.Writer // where the report goes for --output -; nil otherwise
}

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:  "check [NAME]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			if err := o.settle(cmd); err != nil {
				return err
			}
			return a.check(cmd, args, o)
		}),
	}
	addFieldFlags(cmd.Flags())
	f := cmd.Flags()
	f.StringSliceVar(&o.only, "only", nil, "")
	f.BoolVar(&o.owner, "owner", false, "")
	f.StringVar(&o.ownerProfile, "owner-profile", "", "")
	f.DurationVar(&o.wait, "wait", 0, "")
	f.StringVar(&o.output, "output", "", "")
	f.StringVar(&o.with, "with", "", "")
	f.StringVar(&o.baseline, "baseline", "", "")
	f.BoolVar(&o.scopeWrites, "scope-writes", false, "")
	f.BoolVar(&o.watch, "watch", false, "")
	f.StringVar(&o.appOutputs, appOutputsFlag, "", "")
	return cmd
}

// settle completes the options by what they imply, and finds the flags that
// were given without a value or against each other.
func (o *checkOptions) settle(cmd *cobra.Command) error {
	for _, flag := range []struct {
		name  string
		empty bool
	}{{"only", len(o.only) == 0 || slices.Contains(o.only, "")}, {"owner-profile", o.ownerProfile == ""}, {"output", o.output == ""}, {"with", o.with == ""}, {"baseline", o.baseline == ""}, {appOutputsFlag, o.appOutputs == ""}} {
		if flag.empty && cmd.Flags().Changed(flag.name) {
			return usage("flag_empty", map[string]string{"flag": "--" + flag.name})
		}
	}
	ownersRow := slices.ContainsFunc(awscheck.Checks(), func(c awscheck.Check) bool { return c.Owner() && slices.Contains(o.only, c.ID) })
	if (o.ownerProfile != "" || ownersRow) && !o.owner {
		if cmd.Flags().Changed("owner") {
			return usage("owner_off", nil)
		}
		o.owner = true
	}
	return nil
}

// invalid finds what is wrong with the options by themselves.
func (o checkOptions) invalid() error {
	if o.wait < 0 {
		return usage("bad_wait", nil)
	}
	for _, f := range [][2]string{{"--with", o.with}, {"--baseline", o.baseline}, {"--" + appOutputsFlag, o.appOutputs}} {
		if f[1] == "-" {
			return usage("file_dash", map[string]string{"flag": f[0]})
		}
	}
	if o.with != "" && o.with == o.baseline {
		return usage("with_is_baseline", map[string]string{"file": o.with})
	}
	for _, id := range o.only {
		if !slices.Contains(checkIDs(), id) {
			return usage("unknown_check", map[string]string{"check": id, "checks": strings.Join(checkIDs(), ", ")})
		}
	}
	return nil
}

func checkIDs() []string {
	var ids []string
	for _, c := range awscheck.Checks() {
		ids = append(ids, c.ID)
	}
	return ids
}

func (a *app) check(cmd *cobra.Command, args []string, o checkOptions) error {
	if err := o.invalid(); err != nil {
		return err
	}
	if o.output == "-" && a.flags.json {
		o.output = "" // it is printed in any case
	}
	if o.output == "-" { // the report alone is the output
		stdout := a.io.out
		a.io.out = a.io.err
		defer func() { a.io.out = stdout }()
		o.output, o.stdout = "", stdout
	}
	sel, err := a.choose(cmd, args, true)
	if err != nil {
		return err
	}
	if errs := wizard.Validate(sel.settings); len(errs) > 0 {
		return &invalidSettings{errors: errs}
	}
	if !a.flags.json { // there they are part of the document
		a.tellAltered(sel)
	}
	a.tellUnready(sel)
	o.flags = shellLine(flagsWithoutSecret(sel.settings))
	ctx := cmd.Context()
	t, err := a.tester(ctx, sel, o)
	if err != nil {
		return err
	}
	defer t.close()
	// Whatever is wrong with a file is said before anything is tested.
	if err := t.withOutputs(o.appOutputs); err != nil {
		return err
	}
	others, err := t.others(o)
	if err != nil {
		return err
	}
	if err := mayReplaceReport(o.output); err != nil {
		return err
	}
	report, err := t.rows(ctx)
	if err != nil {
		return err
	}
	if o.watch {
		if !a.flags.json {
			a.printNext(report, o) // what is being waited for
		}
		if report, err = t.watch(ctx, report, others); err != nil {
			return err
		}
	}
	if report, err = others.apply(report); err != nil {
		return err
	}
	if sel.saved && !report.Partial {
		a.rememberVerdict(sel.name, report)
		a.rememberProved(sel.name, sel.settings, report)
	}
	for _, n := range sel.notices {
		report.Notices = append(report.Notices, awscheck.Notice(n))
	}
	return a.deliver(sel.settings, report, o)
}

// deliver writes and prints a report, its verdict last.
func (a *app) deliver(s wizard.Settings, report awscheck.Report, o checkOptions) error {
	if afterwards(s, report) {
		report.NextStep = a.nextStep(s, report)
	}
	if o.output != "" {
		if err := a.writeReport(o.output, report); err != nil {
			return err
		}
	}
	if o.stdout != nil {
		data, err := a.reportFile(a.text.Say, report, true)
		if err != nil {
			return err
		}
		if _, err := o.stdout.Write(data); err != nil {
			return err
		}
	}
	if a.flags.json {
		if err := writeJSON(a.io.out, report.JSON(a.text.Say), true); err != nil {
			return err
		}
	} else {
		if afterwards(s, report) {
			fmt.Fprintln(a.io.out)
			a.printAfterwards(s, report) // the verdict stays the last line
		}
		a.printVerdict(report, o)
	}
	if exit := verdictExit(report.Verdict); exit != exitDone {
		return said(exit)
	}
	return nil
}

func verdictExit(v awscheck.Verdict) int {
	switch v {
	case awscheck.Failed:
		return exitFailed
	case awscheck.NotRun:
		return exitCouldNot
	default:
		return exitDone
	}
}

// tester runs the connection test of one connection, as often as it is asked
// to.
type tester struct {
	app     *app
	target  awscheck.Target
	options awscheck.Options
	close   func()
}

func (a *app) tester(ctx context.Context, sel selection, o checkOptions) (*tester, error) {
	src, err := a.keySource(ctx, sel.settings)
	if err != nil {
		return nil, err
	}
	t := &tester{app: a, target: checkTarget(sel), close: func() {}}
	t.options = awscheck.Options{Source: src, Only: o.only, Wait: o.wait, ScopeWrites: o.scopeWrites, LedgerDir: a.ledgerDir()}
	if !o.owner {
		return t, nil
	}
	owner, err := a.ownerSource(ctx, o.ownerProfile)
	if err != nil {
		return nil, err
	}
	t.options.Owner = owner
	if o.ownerProfile != "" {
		t.close = owner.Close
	}
	return t, nil
}

// ownerSource reaches AWS as the owner: an AWS profile of its own, which the
// caller of this has to close, or the program's caller.
func (a *app) ownerSource(ctx context.Context, profile string) (*connect.Source, error) {
	if profile == "" {
		return a.source(ctx)
	}
	src, err := a.connect(ctx, profile)
	if err != nil {
		if ours := (*failure)(nil); errors.As(err, &ours) { // of the debug log
			return nil, ours
		}
		f := couldNot("owner_profile", map[string]string{"profile": profile}, err)
		if p, ok := connect.FindProfile(profile); ok && p.Broken != nil {
			f.args["detail"] = a.words().Say("caller.profile."+p.Broken.Code, p.Broken.Args)
			return nil, f
		}
		f.causes = configCauses(err, profile)
		return nil, f
	}
	free, cancel := connect.Unhurried(ctx)
	defer cancel()
	_ = src.Prepare(free) // where it fails, the rows say so
	return src, nil
}

// rows runs the test. As text, rows are printed as they finish; with --json
// nothing is printed here.
func (t *tester) rows(ctx context.Context) (awscheck.Report, error) {
	p := &rowPrinter{app: t.app, owner: t.options.Owner != nil}
	if p.owner {
		p.facts = diagnose.Facts{Region: t.target.Region, CustomEndpoint: t.options.Owner.CustomEndpoint()}
	}
	emit := func(awscheck.Event) {}
	if !t.app.flags.json {
		emit = p.emit
	}
	report, err := awscheck.Run(ctx, t.target, t.options, emit)
	p.flush()
	if err != nil {
		return report, t.app.checkFailure(err)
	}
	return report, nil
}

// again runs the checks named, quietly; without names the same as before.
func (t *tester) again(ctx context.Context, only []string) (awscheck.Report, error) {
	o := t.options
	if only != nil {
		o.Only = only
	}
	report, err := awscheck.Run(ctx, t.target, o, nil)
	if err != nil {
		return report, t.app.checkFailure(err)
	}
	return report, nil
}

// runCheck runs the connection test and prints it, verdict included, unless
// the output is JSON.
func (a *app) runCheck(ctx context.Context, sel selection, o checkOptions) (awscheck.Report, error) {
	t, err := a.tester(ctx, sel, o)
	if err != nil {
		return awscheck.Report{}, err
	}
	defer t.close()
	report, err := t.rows(ctx)
	if err == nil && !a.flags.json {
		a.printVerdict(report, o)
	}
	return report, err
}

// checkFailure words what kept the connection test from running.
func (a *app) checkFailure(err error) *failure {
	var ledger *awscheck.LedgerError
	if errors.As(err, &ledger) {
		return couldNot("ledger", map[string]string{"dir": ledger.Dir, "detail": a.systemWords(ledger.Err)}, err)
	}
	return couldNot("check", nil, err)
}
