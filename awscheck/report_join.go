package awscheck

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Join makes one report of two that different people made of the same
// connection: of each row the one that was really looked at; where both were,
// the worse, with a note of what the other says. Which report comes first
// makes no difference. The error is an *OtherConnectionError.
//
// A report that is older than the other by StaleAfter or more keeps the joined
// one from being Ready: what it saw may have changed.
func Join(a, b Report) (Report, error) {
	if err := SameConnection(a, b); err != nil {
		return Report{}, err
	}
	older, newer := inOrder(a, b)
	j := Report{
		Connection: cmp.Or(newer.Connection, older.Connection), Integration: newer.Integration,
		StartedAt: newer.StartedAt, Duration: older.Duration + newer.Duration,
		Requests: older.Requests + newer.Requests, LeftBehind: older.LeftBehind + newer.LeftBehind,
		HiddenVersions: older.HiddenVersions + newer.HiddenVersions,
		Settings:       joinedSettings(older.Settings, newer.Settings),
		Joined:         append(older.origins(), newer.origins()...),
	}
	slices.SortStableFunc(j.Joined, func(x, y Origin) int { return x.StartedAt.Compare(y.StartedAt) })
	for _, id := range joinedIDs(older, newer) {
		x, _ := rowNamed(older.Results, id)
		y, _ := rowNamed(newer.Results, id)
		j.Results = append(j.Results, joinRows(older, newer, x, y))
	}
	j.Results = refine(j.Results, j.facts())
	index := map[string]int{}
	owner := false
	for i, row := range j.Results {
		index[row.ID] = i
		owner = owner || isOwners(row.ID)
	}
	j.Total, j.Partial = leftOut(ChecksOf(j.Integration), index, owner)
	j.Verdict = verdict(j.Settings.target(), j.Results, j.Partial)
	if j.Verdict == Ready && j.Age() >= StaleAfter {
		j.Verdict = ReadyWithWarnings
	}
	return j, nil
}

// Age is how much older the oldest of the joined reports is than the newest;
// 0 for the report of a single run.
func (r Report) Age() time.Duration {
	if len(r.Joined) == 0 {
		return 0
	}
	first, last := r.Joined[0].StartedAt, r.Joined[0].StartedAt
	for _, o := range r.Joined {
		if o.StartedAt.Before(first) {
			first = o.StartedAt
		}
		if o.StartedAt.After(last) {
			last = o.StartedAt
		}
	}
	return last.Sub(first)
}

func (r Report) origins() []Origin {
	if len(r.Joined) > 0 {
		return slices.Clone(r.Joined)
	}
	return []Origin{r.origin()}
}

// inOrder puts the older report first; of reports of the same second, the
// one whose text sorts first.
func inOrder(a, b Report) (older, newer Report) {
	c := a.StartedAt.Truncate(time.Second).Compare(b.StartedAt.Truncate(time.Second))
	if c == 0 {
		c = bytes.Compare(canonicalText(a), canonicalText(b))
	}
	if c <= 0 {
		return a, b
	}
	return b, a
}

func canonicalText(r Report) []byte {
	text, err := json.Marshal(r.JSON(func(string, map[string]string) string { return "" }))
	if err != nil {
		return nil
	}
	return text
}

// joinedIDs are the rows of either report, in the order of a report; rows
// that this program does not know come last.
func joinedIDs(a, b Report) []string {
	has := map[string]bool{}
	for _, rows := range [][]Result{a.Results, b.Results} {
		for _, row := range rows {
			has[row.ID] = true
		}
	}
	var ids []string
	for _, c := range Checks() {
		if has[c.ID] {
			ids = append(ids, c.ID)
			delete(has, c.ID)
		}
	}
	return append(ids, slices.Sorted(maps.Keys(has))...)
}

// joinedSettings takes what either side knows. The test went through the role
// if one side's did.
func joinedSettings(older, newer Settings) Settings {
	s := newer
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&s.RoleARN, older.RoleARN}, {&s.TrustedPrincipal, older.TrustedPrincipal},
		{&s.Distribution, older.Distribution}, {&s.Access, older.Access},
	} {
		*f.to = cmp.Or(*f.to, f.from)
	}
	if s.ExternalIDHash == "" {
		s.ExternalID, s.ExternalIDHash = older.ExternalID, older.ExternalIDHash
	}
	if older.Access == "role" {
		s.Access = "role"
	}
	return s
}

// facts are what a report alone tells of the connection.
func (r Report) facts() diagnose.Facts {
	f := r.Settings.target().facts()
	f.CallerAccess, f.CustomEndpoint = r.Settings.Access == "caller", r.Settings.CustomEndpoint
	f.CallerAccount = r.caller()
	f.Passed = map[string]bool{}
	for _, row := range r.Results {
		if row.Status == Pass {
			f.Passed[row.ID] = true
		}
	}
	return f
}

// joinRows makes one row of two; a row that a report does not have is empty.
func joinRows(older, newer Report, x, y Result) Result {
	switch {
	case x.ID == "":
		return y
	case y.ID == "":
		return x
	case looked(x) != looked(y):
		if looked(x) {
			return x
		}
		return y
	case x.ID == "caller.identity":
		return joinIdentity(older, newer, x, y)
	case !looked(x):
		if tells(x) > tells(y) {
			return x
		}
		return y
	}
	if r, ok := joinAssume(older, newer, x, y); ok {
		return r
	}
	if worse(x.Status) > worse(y.Status) {
		return contradicted(x, y, newer)
	}
	return contradicted(y, x, older)
}

// worse ranks what was found.
func worse(s Status) int {
	return slices.Index([]Status{Pass, Inconclusive, Warn, Fail}, s)
}

// tells ranks what the reasons of skipped rows say.
func tells(r Result) int {
	switch {
	case strings.HasSuffix(r.Reason, vendorOnly):
		return 5
	case doesNotApply(r):
		return 4
	case strings.HasSuffix(r.Reason, ".unknown"):
		return 3
	case r.Reason == "result.skip.needs":
		return 2
	case r.Reason == skipCancelled, strings.HasSuffix(r.Reason, ".not-asked"):
		return 0
	}
	return 1
}

// contradicted is the row chosen, with a note where the other one passed.
func contradicted(r, other Result, by Report) Result {
	if other.Status != Pass || r.Status == Pass {
		return r
	}
	return noted(r, "joined-passed-elsewhere", by)
}

func noted(r Result, note string, by Report) Result {
	r.Notes = append(slices.Clone(r.Notes), diagnose.Note{ID: note, Args: diagnose.Args{
		"time": utc(by.StartedAt), "account": cmp.Or(by.caller(), "?"),
	}})
	return r
}

// joinIdentity chooses who the caller was: whoever could assume the role, if
// one of the two could; of both, who is to assume it.
func joinIdentity(older, newer Report, x, y Result) Result {
	if (x.Status == Pass) != (y.Status == Pass) {
		if x.Status == Pass {
			return x
		}
		return y
	}
	if older.assumed() != newer.assumed() {
		if older.assumed() {
			return x
		}
		return y
	}
	t := joinedSettings(older.Settings, newer.Settings).target()
	if !byAnother(t, older.Results) && byAnother(t, newer.Results) {
		return x // who is to assume the role
	}
	return y
}

func (r Report) assumed() bool {
	row, _ := rowNamed(r.Results, "role.assume")
	return row.Status == Pass || row.Status == Warn
}

// joinAssume settles a role that one side could assume and the other could
// not because it is not who the role trusts: that is as it should be, and no
// contradiction.
func joinAssume(older, newer Report, x, y Result) (Result, bool) {
	if x.ID != "role.assume" || older.assumed() == newer.assumed() {
		return Result{}, false
	}
	r, other, by := x, y, newer
	if newer.assumed() {
		r, other, by = y, x, older
	}
	if older.caller() == newer.caller() || !notForCaller(other) {
		return Result{}, false
	}
	return noted(r, "joined-other-caller", by), true
}

// notForCaller tells a refusal that may lie in who asked.
func notForCaller(r Result) bool {
	return slices.ContainsFunc(r.Causes, func(c diagnose.Cause) bool {
		return c.Likelihood != diagnose.RuledOut && (c.ID == "caller-not-trusted" || c.ID == "caller-lacks-permission")
	})
}
