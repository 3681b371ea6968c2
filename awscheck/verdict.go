package awscheck

import "strings"

// verdict sums the rows up. What could not be told proves nothing:
//
//   - of the rows that the integration lives on, one that says nothing means
//     that the connection failed its test;
//   - a row that the endpoint could not answer, or that was skipped because
//     the program does not go through the role, leaves it ready with warnings
//     at best, and so does a test of a part.
func verdict(t Target, rows []Result, partial bool) Verdict {
	for _, r := range rows {
		if r.Status == Fail && (r.ID == "settings.valid" || r.ID == "caller.identity") {
			return NotRun
		}
		if r.Reason == skipCancelled {
			return NotRun // what was not looked at proves nothing
		}
	}
	v := Ready
	if partial {
		v = ReadyWithWarnings
	}
	for _, r := range rows {
		switch {
		case r.Status == Fail, unproved(t, r):
			return Failed
		case r.Status == Warn, r.Status == Inconclusive, r.Status == Skip && unanswered(t, r):
			v = ReadyWithWarnings
		}
	}
	return v
}

// unproved tells that a row without which no media can be managed neither
// passed nor failed.
func unproved(t Target, r Result) bool {
	if r.Status != Skip && r.Status != Inconclusive {
		return false
	}
	switch r.ID {
	case "role.assume":
		return t.roleAccess()
	case "bucket.list", "object.put", "object.delete":
		return true
	}
	return false
}

// unanswered tells a skipped row that something is still to be asked of from
// one that does not apply. Who the caller is matters to nobody but the role.
func unanswered(t Target, r Result) bool {
	switch {
	case r.ID == "caller.identity":
		return false
	case r.ID == "role.assume" || r.ID == "role.requires-external-id":
		return t.RoleARN != "" && !t.roleAccess()
	}
	return strings.HasSuffix(r.Reason, ".custom-endpoint") || strings.HasSuffix(r.Reason, ".unsupported")
}
