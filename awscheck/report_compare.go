package awscheck

import (
	"maps"
	"slices"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Change tells what became of a row since an earlier report.
type Change string

// The kinds of change, those to look at first in front.
const (
	Failing      Change = "failing" // fails now, and did not
	ChangedCause Change = "cause"   // as bad as before, for another reason
	ChangedState Change = "status"  // any other change of status
	Fixed        Change = "fixed"   // passes now, and did not
	ChangedNotes Change = "notes"
	AddedRow     Change = "added"   // was not part of the earlier test
	DroppedRow   Change = "dropped" // is not part of this test
	Unchanged    Change = "unchanged"
)

// Difference is a row in two reports. Before and After are empty where the
// report does not have it.
type Difference struct {
	ID            string
	Change        Change
	Before, After Result
}

// Changes is what became of a connection since an earlier report.
type Changes struct {
	Since Origin
	// Settings are the keys of settings that are others now, as after a
	// rotation of the role.
	Settings []string
	Rows     []Difference
}

// Compare tells what changed from before to after, row by row in the order of
// a report. Settings that may change during a connection's life may differ;
// reports about other media are an *OtherConnectionError.
func Compare(before, after Report) (Changes, error) {
	if err := SameMedia(before, after); err != nil {
		return Changes{}, err
	}
	c := Changes{Since: before.origin(), Settings: changedSettings(before.Settings, after.Settings)}
	for _, id := range joinedIDs(before, after) {
		x, _ := rowNamed(before.Results, id)
		y, _ := rowNamed(after.Results, id)
		c.Rows = append(c.Rows, Difference{ID: id, Change: changeOf(x, y), Before: x, After: y})
	}
	return c, nil
}

// Count counts the rows of a kind.
func (c Changes) Count(kind Change) (n int) {
	for _, d := range c.Rows {
		if d.Change == kind {
			n++
		}
	}
	return n
}

func changeOf(x, y Result) Change {
	switch {
	case x.ID == "":
		if y.Status == Fail {
			return Failing
		}
		return AddedRow
	case y.ID == "":
		return DroppedRow
	case y.Status == Fail && x.Status != Fail:
		return Failing
	case y.Status == Pass && (x.Status == Fail || x.Status == Warn || x.Status == Inconclusive):
		return Fixed
	case x.Status != y.Status:
		return ChangedState
	case !slices.Equal(openCauses(x), openCauses(y)):
		return ChangedCause
	case !maps.Equal(noteIDs(x), noteIDs(y)):
		return ChangedNotes
	}
	return Unchanged
}

// openCauses are the causes that come into question, with how sure they are.
func openCauses(r Result) (out []string) {
	for _, c := range r.Causes {
		if c.Likelihood != diagnose.RuledOut {
			out = append(out, string(c.Likelihood)+" "+c.ID)
		}
	}
	return out
}

func noteIDs(r Result) map[string]bool {
	ids := map[string]bool{}
	for _, n := range r.Notes {
		ids[n.ID] = true
	}
	return ids
}

func changedSettings(a, b Settings) (keys []string) {
	for _, p := range []pair{
		{field: "access", a: a.Access, b: b.Access},
		{field: "region", a: a.Region, b: b.Region},
		{field: "role_arn", a: a.RoleARN, b: b.RoleARN},
		{field: "external_id", a: a.ExternalIDHash, b: b.ExternalIDHash},
		{field: "domain", a: host(a.Domain), b: host(b.Domain)},
		{field: "distribution", a: distributionID(a.Distribution), b: distributionID(b.Distribution)},
		{field: "trusted_principal", a: a.TrustedPrincipal, b: b.TrustedPrincipal},
	} {
		// The hash of an ID changes with the role's ARN: nothing is known then.
		if p.a != p.b && (p.field != "external_id" || a.RoleARN == b.RoleARN) {
			keys = append(keys, p.field)
		}
	}
	return keys
}

type changesJSON struct {
	Since    originJSON   `json:"since"`
	Settings []string     `json:"settings"`
	Checks   []changeJSON `json:"checks"`
}

type changeJSON struct {
	ID     string     `json:"id"`
	Change Change     `json:"change"`
	Before *stateJSON `json:"before,omitempty"`
	After  *stateJSON `json:"after,omitempty"`
}

type stateJSON struct {
	Status Status   `json:"status"`
	Causes []string `json:"causes"`
	Notes  []string `json:"notes"`
}

func (c *Changes) json() *changesJSON {
	doc := &changesJSON{Since: c.Since.json(), Settings: append([]string{}, c.Settings...), Checks: []changeJSON{}}
	for _, d := range c.Rows {
		doc.Checks = append(doc.Checks, changeJSON{ID: d.ID, Change: d.Change, Before: stateOf(d.Before), After: stateOf(d.After)})
	}
	return doc
}

func stateOf(r Result) *stateJSON {
	if r.ID == "" {
		return nil
	}
	s := &stateJSON{Status: r.Status, Causes: []string{}, Notes: []string{}}
	for _, c := range r.Causes {
		if c.Likelihood != diagnose.RuledOut {
			s.Causes = append(s.Causes, c.ID)
		}
	}
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, n.ID)
	}
	return s
}
