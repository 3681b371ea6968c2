package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

type checkOptions struct {
	only   []string
	wait   time.Duration
	output string
}

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [NAME]",
		Short: "Test a connection live",
		Long: `Test a connection live, and leave nothing behind.

NAME is a saved connection or a draft; field flags test settings that are not saved.
Exit codes: 0 ready (warnings allowed), 1 a check failed, 2 invalid settings, 3 could not run.`,
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.check(cmd, args, o) }),
	}
	addFieldFlags(cmd.Flags())
	cmd.Flags().StringSliceVar(&o.only, "only", nil, "run these checks and what they need")
	cmd.Flags().DurationVar(&o.wait, "wait", 0, "retry a refused AssumeRole or delivery for that long")
	cmd.Flags().StringVar(&o.output, "output", "", "write the report as JSON to `FILE`")
	return cmd
}

func (a *app) check(cmd *cobra.Command, args []string, o checkOptions) error {
	if err := o.invalid(); err != nil {
		return err
	}
	sel, err := a.choose(cmd, args, true)
	if err != nil {
		return err
	}
	if errs := wizard.Validate(sel.settings); len(errs) > 0 {
		return &invalidSettings{errors: errs}
	}
	for _, id := range o.only {
		if !knownCheck(id) {
			return usage("unknown_check", map[string]string{"check": id, "checks": strings.Join(checkIDs(), ", ")})
		}
	}
	report, err := a.runCheck(cmd.Context(), sel, o)
	if err != nil {
		return err
	}
	if sel.saved && !report.Partial {
		a.rememberVerdict(sel.name, report)
	}
	if o.output != "" {
		if err := a.writeReport(o.output, report); err != nil {
			return err
		}
	}
	if a.flags.json {
		if err := writeJSON(a.io.out, report.JSON(a.text.Say), true); err != nil {
			return err
		}
	}
	if exit := verdictExit(report.Verdict); exit != exitDone {
		return said(exit)
	}
	return nil
}

// invalid finds what is wrong with the options by themselves.
func (o checkOptions) invalid() error {
	if o.wait < 0 {
		return usage("bad_wait", nil)
	}
	if o.output == "-" {
		return usage("output_dash", nil)
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

func knownCheck(id string) bool {
	for _, known := range checkIDs() {
		if id == known {
			return true
		}
	}
	return false
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

// runCheck runs the connection test. As text, rows are printed as they
// finish and the verdict at the end; with --json nothing is printed here.
func (a *app) runCheck(ctx context.Context, sel selection, o checkOptions) (awscheck.Report, error) {
	src, err := a.source(ctx)
	if err != nil {
		return awscheck.Report{}, err
	}
	emit := func(awscheck.Event) {}
	if !a.flags.json {
		emit = a.printRow
	}
	report, err := awscheck.Run(ctx, checkTarget(sel), awscheck.Options{Source: src, Only: o.only, Wait: o.wait, LedgerDir: a.ledgerDir()}, emit)
	if err != nil {
		return report, checkFailure(err)
	}
	if !a.flags.json {
		a.printVerdict(report)
	}
	return report, nil
}

// checkFailure words what kept the connection test from running.
func checkFailure(err error) *failure {
	var ledger *awscheck.LedgerError
	if errors.As(err, &ledger) {
		return couldNot("ledger", map[string]string{"dir": ledger.Dir, "detail": systemWords(ledger.Err)}, err)
	}
	return couldNot("check", nil, err)
}

var statusMark = map[awscheck.Status]string{
	awscheck.Pass: "✓", awscheck.Warn: "!", awscheck.Fail: "✗", awscheck.Skip: "–", awscheck.Inconclusive: "?",
}

// printRow prints one finished row: mark, status word, what was found.
func (a *app) printRow(e awscheck.Event) {
	r := e.Result
	if r.Status == awscheck.Running {
		if r.Reason != "" {
			fmt.Fprintln(a.io.err, "… "+text.Safe(a.text.Say(r.Reason, r.Args)))
		}
		return
	}
	line := fmt.Sprintf("%s %-12s %-26s %s", statusMark[r.Status], a.text.Say("status."+string(r.Status), nil), r.ID, a.text.Say(r.Reason, r.Args))
	fmt.Fprintln(a.io.out, text.Safe(line))
	for _, n := range r.Notes {
		fmt.Fprintln(a.io.out, "    "+text.Safe(a.text.Say("note."+n.ID, n.Args)))
	}
	for _, l := range a.causeLines(r.Causes) {
		fmt.Fprintln(a.io.out, "    "+text.Safe(l))
	}
	if r.Status == awscheck.Fail || r.Status == awscheck.Warn || r.Status == awscheck.Inconclusive {
		a.printEvidence(r.Evidence)
	}
}

func (a *app) printEvidence(evidence []diagnose.Evidence) {
	for _, e := range evidence {
		what := e.Network
		if e.HTTPStatus != 0 {
			what = strings.TrimSpace(fmt.Sprintf("%d %s", e.HTTPStatus, e.Code))
		}
		line := fmt.Sprintf("[%s] %s", e.Operation, what)
		if e.Message != "" {
			line += ": " + e.Message
		}
		fmt.Fprintln(a.io.out, "    "+text.Safe(line))
	}
}

func (a *app) printVerdict(r awscheck.Report) {
	args := map[string]string{
		"requests": fmt.Sprint(r.Requests), "duration": fmt.Sprintf("%.1f s", r.Duration.Seconds()),
		"left": fmt.Sprint(r.LeftBehind), "hidden": fmt.Sprint(r.HiddenVersions),
	}
	if r.Partial {
		fmt.Fprintln(a.io.out, text.Safe(a.text.Say("verdict.partial", r.PartialArgs())))
	} else {
		fmt.Fprintln(a.io.out, text.Safe(a.text.Say("verdict."+string(r.Verdict), args)))
	}
	fmt.Fprintln(a.io.out, text.Safe(a.text.Say("verdict.facts", args)))
}

func (a *app) writeReport(file string, r awscheck.Report) error {
	var b strings.Builder
	if err := writeJSON(&b, r.JSON(a.text.Say), true); err != nil {
		return err
	}
	if err := writeWhole(file, []byte(b.String())); err != nil {
		return couldNot("write", map[string]string{"file": file}, err)
	}
	return nil
}

// rememberVerdict keeps the outcome for home's list; it is state, so failing
// to write it spoils nothing.
func (a *app) rememberVerdict(name string, r awscheck.Report) {
	v := store.Verdict{Verdict: string(r.Verdict), At: r.StartedAt, Media: -1}
	if old, ok := a.store.Verdict(name); ok {
		v.Media, v.MediaAtLeast = old.Media, old.MediaAtLeast
	}
	worst := awscheck.Pass
	for _, res := range r.Results {
		if res.Status != awscheck.Fail && res.Status != awscheck.Warn {
			continue
		}
		v.Problems++
		if v.FirstProblem == "" || (res.Status == awscheck.Fail && worst == awscheck.Warn) {
			worst, v.FirstProblem, v.Cause, v.CauseArgs = res.Status, res.ID, "", nil
			if len(res.Causes) > 0 {
				v.Cause, v.CauseArgs = res.Causes[0].ID, res.Causes[0].Args
			}
		}
	}
	_ = a.store.SaveVerdict(name, v)
}

// debugLog opens the log of --debug, 0600 in the state directory.
func (a *app) debugLog() (*os.File, error) {
	if f, ok := a.debug.(*os.File); ok {
		return f, nil
	}
	if err := os.MkdirAll(a.dirs.State, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(a.dirs.State+"/debug.log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		a.debug = f
	}
	return f, err
}
