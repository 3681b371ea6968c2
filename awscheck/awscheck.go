// Package awscheck proves that a connection works: it runs the connection
// test as a graph of checks, streams the rows as they finish, and leaves
// nothing behind.
//
// It knows nothing of terminals. Results carry ids and arguments; words come
// from tui/text.
package awscheck

import (
	"slices"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Status of one row of the connection test.
type Status string

// The statuses of the contract's section 4. Inconclusive means that a probe
// could not tell; it is never shown as a pass.
const (
	Pass         Status = "pass"
	Warn         Status = "warn"
	Fail         Status = "fail"
	Skip         Status = "skip"
	Inconclusive Status = "inconclusive"
	// Running is only ever seen in events, never in a report.
	Running Status = "running"
)

// Mark is the status as one character, as texts refer to it.
func (s Status) Mark() string {
	switch s {
	case Pass:
		return "✓"
	case Warn:
		return "!"
	case Fail:
		return "✗"
	case Skip:
		return "–"
	case Inconclusive:
		return "?"
	}
	return "…"
}

// Verdict sums a report up.
type Verdict string

// The verdicts of the contract's section 4.
const (
	Ready             Verdict = "ready"
	ReadyWithWarnings Verdict = "ready-with-warnings"
	Failed            Verdict = "failed"
	NotRun            Verdict = "not-run"
)

// Result is one row of the connection test.
type Result struct {
	ID     string
	Status Status
	// Reason is the text id that says in one line what was found, for
	// example "role.assume.pass" or "skip.needs"; Args fill it.
	Reason     string
	Args       diagnose.Args
	Duration   time.Duration
	Notes      []diagnose.Note
	Evidence   []diagnose.Evidence
	Causes     []diagnose.Cause
	RequestIDs []string
}

// MayWait tells whether the row's failure may pass by itself, so that testing
// again with Options.Wait is worth offering: AWS needs up to a minute until a
// new role or policy is known everywhere, a CDN until it has deployed or
// forgotten an error, and imgix some minutes until a source is deployed.
func (r Result) MayWait() bool {
	if r.Status != Fail && r.Status != Warn {
		return false
	}
	return slices.ContainsFunc(r.Causes, func(c diagnose.Cause) bool {
		switch c.ID {
		case "propagating", "distribution-deploying", "error-cached", imgixQueued:
			return c.Likelihood != diagnose.RuledOut
		}
		return false
	})
}

// Report is the whole connection test.
type Report struct {
	Connection     string // empty when unsaved
	Integration    string
	Verdict        Verdict
	StartedAt      time.Time
	Duration       time.Duration
	Requests       int
	LeftBehind     int
	HiddenVersions int
	Results        []Result
	// Only is Options.Only. Partial tells that checks were left out that
	// run when none are named: then the verdict is of the part, and never
	// Ready. Total counts the checks of a whole test.
	Only    []string
	Partial bool
	Total   int
	// Settings tell which connection was tested, without its secrets.
	Settings Settings
	// Joined are the reports that this one was put together from; none for
	// the report of a single run.
	Joined []Origin
	// Changes is what changed since an earlier report; nil: not compared.
	Changes *Changes
	// NextStep says in words what to do at the service now, where the test has
	// shown that it may; empty: nothing is said.
	NextStep string
	// Notices are what was noticed about settings as they were entered. They
	// are of the run that was asked for, and not read from reports.
	Notices []Notice
}

// Notice is a remark on a setting as it was entered: blanks that were removed,
// a Region that is not known. Its text is "notice." and the code.
type Notice struct {
	Field, Code string
	Args        map[string]string
}

// Passed tells whether a row has passed.
func (r Report) Passed(id string) bool {
	row, ok := rowNamed(r.Results, id)
	return ok && row.Status == Pass
}

// PartialArgs fill the text "verdict.partial", which a partial report's
// verdict needs beside it.
func (r Report) PartialArgs() diagnose.Args {
	ran := 0
	for _, row := range r.Results {
		if row.Status != Skip {
			ran++
		}
	}
	return diagnose.Args{"ran": itoa(ran), "total": itoa(max(r.Total, ran))}
}

// Event is sent while a test runs: Status Running when a row starts, and the
// finished row afterwards. Whoever shows rows puts each in the place of the
// one before with the same ID.
type Event struct {
	Result Result
	Done   int // rows finished so far
	Total  int
	// Revised marks a row that had finished before: other rows have since
	// told more about its causes. It comes after all rows have finished.
	Revised bool
}
