package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
)

// rowPrinter prints the rows of a test as they finish. Where the owner's side
// is asked as well, it comes under a heading of its own after the others; what
// is wrong with a live row is then told last, for the owner's side may make
// certain what the live answer left open, and such rows finish once more.
type rowPrinter struct {
	app    *app
	owner  bool
	facts  diagnose.Facts // about the owner's credentials
	ended  map[string]awscheck.Result
	owners []awscheck.Result
	told   []awscheck.Result // live rows to be told at the end
}

func (p *rowPrinter) emit(e awscheck.Event) {
	r := e.Result
	if r.Status == awscheck.Running {
		if r.Reason != "" {
			p.app.tell("… " + p.app.text.Say(r.Reason, r.Args))
		}
		return
	}
	before, again := p.ended[r.ID]
	if p.ended == nil {
		p.ended = map[string]awscheck.Result{}
	}
	p.ended[r.ID] = r
	switch {
	case strings.HasPrefix(r.ID, "owner."):
		p.owners = put(p.owners, r)
	case again && before.Status == awscheck.Skip && r.Status == awscheck.Skip:
		// Still nobody has looked; the reason is told where it begins.
	case again:
		p.told = put(p.told, r)
	case p.owner && report.Bad(r.Status):
		// Nothing is final before the owner's side has spoken.
		p.app.printLine("…", p.app.text.Say("report.open", nil), r.ID, p.app.text.Say(r.Reason, r.Args))
		p.told = put(p.told, r)
	default:
		p.app.printRow(r)
	}
}

// put adds a row, or puts it in the place of an earlier one.
func put(rows []awscheck.Result, r awscheck.Result) []awscheck.Result {
	if i := slices.IndexFunc(rows, func(old awscheck.Result) bool { return old.ID == r.ID }); i >= 0 {
		rows[i] = r
		return rows
	}
	return append(rows, r)
}

// flush prints what was held back, in the order of a report.
func (p *rowPrinter) flush() {
	order := checkIDs()
	for _, rows := range [][]awscheck.Result{p.owners, p.told} {
		slices.SortStableFunc(rows, func(a, b awscheck.Result) int {
			return slices.Index(order, a.ID) - slices.Index(order, b.ID)
		})
	}
	p.app.printRows("report.owner", alike(p.owners, p.facts))
	p.app.printRows("report.refined", p.told)
	p.owners, p.told = nil, nil
}

// alike are the rows of the owner's side as one where nothing could be asked,
// for the same reason everywhere.
func alike(rows []awscheck.Result, f diagnose.Facts) []awscheck.Result {
	if len(rows) < 2 || rows[0].Status != awscheck.Skip {
		return rows
	}
	for _, r := range rows[1:] {
		if r.Status != awscheck.Skip || r.Reason != rows[0].Reason || !maps.Equal(r.Args, rows[0].Args) {
			return rows
		}
	}
	all := rows[0]
	all.ID = "owner.*"
	if message := all.Args["message"]; all.Reason == "result.owner.no-credentials" && message != "" {
		ev := diagnose.ReadText(message)
		ev.Operation = "sts:GetCallerIdentity"
		if causes := diagnose.Diagnose(ev, f); !diagnose.Unknown(causes) {
			all.Causes = causes
		}
	}
	return []awscheck.Result{all}
}

// tell says something on stderr.
func (a *app) tell(line string) { fmt.Fprintln(a.io.err, text.Safe(line)) }

// show prints a line on stdout.
func (a *app) show(line string) { fmt.Fprintln(a.io.out, text.Safe(line)) }

// printRows prints rows under a heading; nothing where there are none.
func (a *app) printRows(heading string, rows []awscheck.Result) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintln(a.io.out)
	a.show(a.text.Say(heading, nil))
	for _, r := range rows {
		a.printRow(r)
	}
}

// printFinding prints what one row came to: mark, status word, what was found.
func (a *app) printFinding(r awscheck.Result) {
	a.printLine(r.Status.Mark(), a.text.Say("status."+string(r.Status), nil), r.ID, a.text.Say(r.Reason, r.Args))
}

// printLine prints a row in columns. Japanese characters take two.
func (a *app) printLine(mark, word, id, found string) {
	word += strings.Repeat(" ", max(0, 12-ansi.StringWidth(word)))
	a.show(fmt.Sprintf("%s %s %-26s %s", mark, word, id, found))
}

// printRow prints one finished row with its notes, its causes and, where
// something is wrong, the evidence.
func (a *app) printRow(r awscheck.Result) {
	a.printFinding(r)
	for _, n := range r.Notes {
		a.show("    " + a.text.Say("note."+n.ID, n.Args))
	}
	sure, rest := r.Causes, []diagnose.Cause(nil)
	if i := slices.IndexFunc(r.Causes, func(c diagnose.Cause) bool { return c.Likelihood != diagnose.Certain }); i > 0 {
		sure, rest = r.Causes[:i], r.Causes[i:]
	}
	for _, c := range sure {
		for _, l := range append(a.causeLines([]diagnose.Cause{c}), a.comparisonLines(c)...) {
			a.show("    " + l)
		}
	}
	// Beside a certain cause others are worth a word, not a plan.
	for _, c := range openCauses(rest) {
		a.show("    " + a.sayCause(c))
	}
	if why := diagnose.Undecided(r.Causes); why != "" {
		a.show("    " + a.text.Say("undecided."+why, nil))
	}
	if report.Bad(r.Status) {
		a.printEvidence(r.Evidence)
	}
}

// comparisonLines set the refused ARN over the granted one, with marks under
// what differs.
func (a *app) comparisonLines(c diagnose.Cause) []string {
	if c.Compare == nil || c.Likelihood == diagnose.RuledOut {
		return nil
	}
	mark := func(s string, from, to int) string {
		return strings.Repeat(" ", len(text.Safe(s[:from]))) + strings.Repeat("^", max(1, len(text.Safe(s[from:to]))))
	}
	x := c.Compare
	return []string{
		"    " + a.text.Say("compare.refused", nil) + ":",
		"      " + x.Refused, "      " + mark(x.Refused, x.RefusedSpan.From, x.RefusedSpan.To),
		"    " + a.text.Say("compare.granted", nil) + ":",
		"      " + x.Granted, "      " + mark(x.Granted, x.GrantedSpan.From, x.GrantedSpan.To),
	}
}

// reProbe finds the names of probes, in which alike refusals differ.
var reProbe = lazyregexp.New(`[0-9A-HJKMNP-TV-Z]{26}`)

// printEvidence prints what was asked and answered, alike exchanges once, and
// of each server's certificate and signature the first sight.
func (a *app) printEvidence(evidence []diagnose.Evidence) {
	type exchange struct {
		line  string
		times int
		below []string
	}
	var shown []*exchange
	alike := map[string]*exchange{}
	wire := map[string]bool{}
	for _, e := range evidence {
		line := evidenceLine(e)
		x := alike[reProbe.ReplaceAllString(line, "")]
		if x == nil {
			x = &exchange{line: line}
			alike[reProbe.ReplaceAllString(line, "")] = x
			shown = append(shown, x)
		}
		x.times++
		for _, l := range e.Wire() {
			if !wire[l] {
				wire[l] = true
				x.below = append(x.below, l)
			}
		}
	}
	for _, x := range shown {
		if x.times > 1 {
			x.line += fmt.Sprintf(" (%d×)", x.times)
		}
		a.show("    " + x.line)
		for _, l := range x.below {
			a.show("      " + l)
		}
	}
}

// evidenceLine is one exchange: what was asked, what came back.
func evidenceLine(e diagnose.Evidence) string {
	what := e.Network
	if e.HTTPStatus != 0 {
		what = strings.TrimSpace(fmt.Sprintf("%d %s", e.HTTPStatus, e.Code))
	}
	line := fmt.Sprintf("[%s] %s", e.Operation, what)
	if e.Message != "" {
		line += ": " + e.Message
	}
	return line
}

// printVerdict ends a test: where it was joined from, what changed, what it
// took, and in the last line the verdict.
func (a *app) printVerdict(r awscheck.Report, o checkOptions) {
	a.printNext(r, o)
	fmt.Fprintln(a.io.out)
	if len(r.Joined) > 0 {
		a.show(a.text.Say("report.joined", nil))
		for _, o := range r.Joined {
			a.show("  " + a.text.Say(o.TextID(), o.Args()))
		}
		if r.Age() >= awscheck.StaleAfter {
			a.show("! " + a.text.Say("report.stale", map[string]string{"hours": fmt.Sprint(int(r.Age().Hours()))}))
		}
	}
	if r.Changes != nil {
		a.show(a.text.Say("report.changes", map[string]string{"time": r.Changes.Since.StartedAt.UTC().Format("2006-01-02 15:04 UTC")}))
		for _, l := range r.Changes.Lines(a.text.Say) {
			a.show("  " + l)
		}
	}
	if n := r.UnknownErrors(); n > 0 {
		a.show(a.text.Say("report.unknown-errors", map[string]string{"count": fmt.Sprint(n)}))
	}
	a.printOwnerNeeds(r)
	a.show(a.text.Say("verdict.facts", map[string]string{
		"requests": fmt.Sprint(r.Requests), "duration": a.text.Duration(r.Duration), "left": fmt.Sprint(r.LeftBehind),
	}))
	id, args := r.VerdictText()
	a.show(a.text.Say(id, args))
}
