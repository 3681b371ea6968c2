package awscheck

import (
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Side tells who made a report: who can do what the CMS does, who can read
// what is set up, or both.
type Side string

// The sides of a connection.
const (
	VendorSide Side = "vendor"
	OwnerSide  Side = "owner"
	BothSides  Side = "both"
)

// Side tells which side's rows were really looked at; empty where none were.
func (r Report) Side() Side {
	live, owners := false, false
	for _, row := range r.Results {
		switch {
		case !looked(row):
		case isOwners(row.ID):
			owners = true
		case row.ID != "settings.valid" && row.ID != "caller.identity" && row.ID != "probe.cleanup":
			live = true
		}
	}
	switch {
	case live && owners:
		return BothSides
	case owners:
		return OwnerSide
	case live:
		return VendorSide
	}
	return ""
}

// isOwners tells whether a row is of the owner's side.
func isOwners(id string) bool {
	return strings.HasPrefix(id, "owner.") || slices.ContainsFunc(Checks(), func(c Check) bool { return c.owner && c.ID == id })
}

// looked tells whether a row says what it found, not only why it did not look.
func looked(r Result) bool { return r.Status != "" && r.Status != Skip && r.Status != Running }

// caller is the account of whoever ran the test; empty where it is not known.
func (r Report) caller() string {
	for _, row := range r.Results {
		if row.ID == "caller.identity" && row.Status == Pass {
			return row.Args["account"]
		}
	}
	return ""
}

// UnknownErrors counts the rows that went wrong for a reason that the program
// does not know.
func (r Report) UnknownErrors() (n int) {
	for _, row := range r.Results {
		if unknownError(row) {
			n++
		}
	}
	return n
}

func unknownError(r Result) bool {
	return (r.Status == Fail || r.Status == Warn || r.Status == Inconclusive) && diagnose.Unknown(r.Causes)
}

// Origin is one of the reports that a joined report was put together from, or
// the earlier one that a report is compared with.
type Origin struct {
	Side       Side
	Connection string
	StartedAt  time.Time
	Verdict    Verdict
	Caller     string // account; empty where it is not known
}

// StaleAfter is the age at which a report has to be taken with care.
const StaleAfter = 24 * time.Hour

func (r Report) origin() Origin {
	return Origin{Side: r.Side(), Connection: r.Connection, StartedAt: r.StartedAt, Verdict: r.Verdict, Caller: r.caller()}
}

type originJSON struct {
	Side       Side    `json:"side,omitempty"`
	Connection string  `json:"connection,omitempty"`
	StartedAt  string  `json:"started_at"`
	Verdict    Verdict `json:"verdict"`
	Caller     string  `json:"caller_account,omitempty"`
}

func (o Origin) json() originJSON {
	return originJSON{Side: o.Side, Connection: o.Connection, StartedAt: utc(o.StartedAt), Verdict: o.Verdict, Caller: o.Caller}
}
