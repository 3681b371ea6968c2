package awscheck

import "slices"

// Rerun gives the checks to name in Options.Only when ids of an integration's
// test are to be tested again: they, and all that need them, for those were
// skipped or built on an answer that may be another now. Checks that run on
// request are left out unless they are among ids, and those of other
// integrations always: Run knows none of them.
func Rerun(integration string, ids ...string) []string {
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var out []string
	for _, c := range ChecksOf(integration) { // needs come before what needs them
		depends := slices.ContainsFunc(c.Needs, func(need string) bool { return wanted[need] })
		if depends && !c.onRequest && !c.owner {
			wanted[c.ID] = true
		}
		if wanted[c.ID] && !c.always {
			out = append(out, c.ID)
		}
	}
	return out
}

// With is the report after some of its rows were tested again: again's rows
// stand in the place of the older ones. What was found is of two moments, so
// that the report is Partial and its verdict never Ready: only a whole test
// proves that all works at once.
func (r Report) With(again Report) Report {
	out := r
	out.Results = slices.Clone(r.Results)
	for _, row := range again.Results {
		i := slices.IndexFunc(out.Results, func(old Result) bool { return old.ID == row.ID })
		if i < 0 {
			out.Results = slices.Insert(out.Results, place(out.Results, row.ID), row)
			continue
		}
		out.Results[i] = row
	}
	out.StartedAt, out.Duration, out.Requests = again.StartedAt, again.Duration, again.Requests
	out.LeftBehind, out.HiddenVersions = again.LeftBehind, again.HiddenVersions
	out.Only, out.Partial = again.Only, true
	out.Verdict = ReadyWithWarnings
	for _, row := range out.Results {
		if row.Status == Fail {
			out.Verdict = Failed
		}
	}
	if again.Verdict == NotRun {
		out.Verdict = NotRun
	}
	return out
}

// place is where a row belongs among rows, in the order of a report.
func place(rows []Result, id string) int {
	order := map[string]int{}
	for i, c := range Checks() {
		order[c.ID] = i
	}
	for i, row := range rows {
		if order[row.ID] > order[id] {
			return i
		}
	}
	return len(rows)
}
