package plain

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// heartbeat is how long there may be silence while a test runs.
const heartbeat = 30 * time.Second

// runCheck runs the connection test and prints one line for each row when it
// has ended, then the causes and fixes, then the verdict. The error is that of
// Services.Check; a report that failed is no error.
func runCheck(ctx context.Context, s world.Services, c *text.Catalog, settings wizard.Settings, name string, o world.CheckOptions, t *terminal) (awscheck.Report, error) {
	w := c.UI.Plain
	begins := w.TestBegins
	if wizard.OnlyReads(settings.Integration) {
		begins = w.TestReads
	}
	t.line(begins)
	rows := make(chan awscheck.Event, 64)
	type end struct {
		report awscheck.Report
		err    error
	}
	ended := make(chan end, 1)
	go func() {
		r, err := s.Check(ctx, settings, name, o, func(e awscheck.Event) { rows <- e })
		close(rows)
		ended <- end{r, err}
	}()
	said := map[string]string{} // by row: what the owner's side explains ends twice
	silence := time.NewTimer(heartbeat)
	defer silence.Stop()
	for open := true; open; {
		select {
		case e, ok := <-rows:
			open = ok
			found := report.Word(c, e.Result.Status) + report.Titled(c, e.Result)
			switch {
			case !ok || said[e.Result.ID] == found:
			case e.Result.Status == awscheck.Running:
				if e.Result.Reason != "" { // refused so far, and tried again
					t.line(report.Sentence(c, e.Result))
				}
			default:
				said[e.Result.ID] = found
				t.line(text.Fill(w.Row, "n", itoa(e.Done), "of", itoa(e.Total),
					"status", report.Word(c, e.Result.Status), "what", report.Titled(c, e.Result)))
			}
			silence.Reset(heartbeat)
		case <-silence.C:
			if !t.quiet.Load() {
				t.line(w.StillWorking)
			}
			silence.Reset(heartbeat)
		}
	}
	done := <-ended
	if done.err != nil {
		return done.report, done.err
	}
	t.line("")
	printProblems(c, t, done.report)
	if vendor := report.VendorOnly(done.report.Results); vendor != "" {
		t.line(text.Fill(c.UI.Check.VendorOnly, "vendor", vendor))
	}
	t.line(text.Fill(w.Verdict, "verdict", report.Verdict(c, done.report.Verdict)))
	if n := done.report.LeftBehind; n > 0 {
		t.line(text.Fill(c.UI.Check.LeftBehind, "n", itoa(n)))
	}
	return done.report, t.broken()
}

// printProblems says what to mend first, and then explains what failed or
// warned in the order in which to mend it.
func printProblems(c *text.Catalog, t *terminal, r awscheck.Report) {
	problems := report.Problems(r.Results)
	if headline, _ := report.Headline(c, r.Results, problems); headline != "" {
		t.line(headline)
		t.line("")
	}
	for i, p := range problems {
		for j, row := range append([]int{p.Row}, p.Also...) {
			printProblem(c, t, r.Results[row], i+j == 0)
		}
	}
}

// printProblem explains one row; of the one to mend first with the documents
// of its first cause, which is what to do next.
func printProblem(c *text.Catalog, t *terminal, row awscheck.Result, first bool) {
	t.line(c.Labelled(report.Word(c, row.Status), c.Labelled(row.ID, report.Sentence(c, row))))
	for n, cause := range row.Causes {
		t.line("  " + c.Labelled(report.Likelihood(c, cause.Likelihood), report.Cause(c, cause)))
		if cause.Likelihood == diagnose.RuledOut {
			continue // nothing is to be done about it
		}
		for i, s := range report.Steps(cause.Fixes) {
			told := s.Told(c)
			if i == 0 {
				told = c.Lead(c.UI.Trouble.Fix) + told
			}
			t.line("    " + told)
			for _, extra := range []string{s.ConsoleURL, s.Command} {
				if extra != "" {
					t.line("    " + safe(extra))
				}
			}
			if first && n == 0 && len(s.Document) > 0 {
				printDocument(t, s.Fix)
			}
		}
	}
	for _, lines := range report.Evidence(row.Evidence) {
		for i, l := range lines {
			if i == 0 {
				l = c.Labelled(c.UI.Check.Evidence, l)
			}
			t.line("  " + l)
		}
	}
	t.line("")
}

// printDocument prints a document from the first column, so that it can be
// copied as it is.
func printDocument(t *terminal, f diagnose.Fix) {
	if f.File != "" {
		t.line("    " + f.File + ":")
	}
	for _, l := range report.Diff(nil, f.Document) {
		t.line(safe(l.Text))
	}
}
