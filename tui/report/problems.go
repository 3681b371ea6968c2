package report

import (
	"slices"
	"strconv"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
)

// Problem is one thing to mend. The indices are those of the rows given to
// Problems.
type Problem struct {
	Row  int   // the row that shows it best
	Also []int // further rows that come from the same cause
	// Stops tells that a row of it failed, or keeps others from being tested.
	Stops bool
}

// Problems are the things to mend, what to mend first in front. Rows with the
// same first cause are one problem, for what the owner's side has read explains
// what the live test met, and so is a row with what it brings along. First comes what stops all the rest, then what
// failed before what only warns or could not be told, of these what most rows
// wait for, then what is known for certain; else the order of the rows.
func Problems(rows []awscheck.Result) []Problem {
	var all []Problem
	byCause, byRow := map[string]int{}, map[string]int{}
	for i, r := range rows {
		if !Bad(r.Status) {
			continue
		}
		cause, _ := leading(r)
		at, known := byCause[cause.ID]
		if known = known && cause.ID != ""; !known {
			at, known = byRow[follows[r.ID]]
		}
		if !known {
			at = len(all)
			all = append(all, Problem{Row: i})
		} else {
			all[at].Also = append(all[at].Also, i)
		}
		byRow[r.ID] = at
		if _, taken := byCause[cause.ID]; !taken {
			byCause[cause.ID] = at
		}
	}
	waits := waiting(rows)
	ranks := map[int][4]int{}
	for i := range all {
		all[i].showWorst(rows)
		ranks[all[i].Row] = all[i].rank(rows, waits)
		all[i].Stops = ranks[all[i].Row][1] == 0
	}
	slices.SortStableFunc(all, func(a, b Problem) int {
		x, y := ranks[a.Row], ranks[b.Row]
		return slices.Compare(x[:], y[:])
	})
	return all
}

// follows names the row whose failure brings that of another one along: what
// may not be read cannot be copied, what may not be deleted stays behind.
var follows = map[string]string{"object.copy": "object.get", "probe.cleanup": "object.delete"}

// First is the row to mend first, -1 where there is none.
func First(rows []awscheck.Result) int {
	if all := Problems(rows); len(all) > 0 {
		return all[0].Row
	}
	return -1
}

// Headline says which of the problems to mend first and how many there are,
// and how many causes it may have where none is certain; empty where there is
// no problem.
func Headline(c *text.Catalog, rows []awscheck.Result, problems []Problem) (line string, possible int) {
	if len(problems) == 0 {
		return "", 0
	}
	w, r := c.UI.Check, rows[problems[0].Row]
	one, many := w.LookAt, w.LookAtOf
	if problems[0].Stops {
		one, many = w.MendFirst, w.MendFirstOf
	}
	if len(problems) > 1 {
		one = many
	}
	why, possible := Why(c, r)
	return text.Fill(one, "what", why, "n", strconv.Itoa(len(problems))), possible
}

// leading is the first cause of a row that is not ruled out. That a policy
// denies explicitly is told with the certain cause that says which and why,
// where there is one.
func leading(r awscheck.Result) (diagnose.Cause, bool) {
	var open []diagnose.Cause
	for _, c := range r.Causes {
		if c.Likelihood != diagnose.RuledOut {
			open = append(open, c)
		}
	}
	switch {
	case len(open) == 0:
		return diagnose.Cause{}, false
	case open[0].ID == "explicit-deny" && len(open) > 1 && open[1].Likelihood == diagnose.Certain:
		return open[1], true
	}
	return open[0], true
}

// severity orders the statuses that ask for attention, the worst first.
func severity(s awscheck.Status) int {
	return slices.Index([]awscheck.Status{awscheck.Fail, awscheck.Warn, awscheck.Inconclusive}, s)
}

// showWorst makes the worst of a problem's rows the one that shows it.
func (p *Problem) showWorst(rows []awscheck.Result) {
	for i, at := range p.Also {
		if severity(rows[at].Status) < severity(rows[p.Row].Status) {
			p.Row, p.Also[i] = at, p.Row
		}
	}
}

// rank is smaller for what is to be mended earlier.
func (p Problem) rank(rows []awscheck.Result, waits map[string]int) [4]int {
	r := rows[p.Row]
	rest, unsure := 1, 1
	if (r.ID == "settings.valid" || r.ID == "caller.identity") && r.Status == awscheck.Fail {
		rest = 0
	}
	if c, ok := leading(r); ok && c.Likelihood == diagnose.Certain {
		unsure = 0
	}
	stopped := 0
	for _, at := range append([]int{p.Row}, p.Also...) {
		stopped += waits[rows[at].ID]
	}
	worst := severity(r.Status)
	if stopped > 0 { // what stops other rows is as bad as what failed
		worst = 0
	}
	return [4]int{rest, worst, -stopped, unsure}
}

// waiting counts, for each row, the rows that were skipped because of it,
// be it by way of others.
func waiting(rows []awscheck.Result) map[string]int {
	need := map[string]string{}
	for _, r := range rows {
		if r.Status == awscheck.Skip {
			need[r.ID] = r.Args["need"]
		}
	}
	waits := map[string]int{}
	for id := range need {
		for on, steps := need[id], 0; on != "" && steps < len(rows); on, steps = need[on], steps+1 {
			waits[on]++
		}
	}
	return waits
}
