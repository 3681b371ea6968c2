package awscheck

// verdict sums the rows up.
//
// A live row that was skipped because the program does not go through the
// role proves nothing about what the CMS will meet: without an owner's row
// in its place the connection is ready with warnings at best.
func verdict(t Target, rows []Result) Verdict {
	v := Ready
	for _, r := range rows {
		if r.Status == Fail && (r.ID == "settings.valid" || r.ID == "caller.identity") {
			return NotRun
		}
		if r.Reason == skipCancelled {
			return NotRun // what was not looked at proves nothing
		}
	}
	for _, r := range rows {
		switch {
		case r.Status == Fail:
			return Failed
		case r.Status == Warn, r.Status == Inconclusive:
			v = ReadyWithWarnings
		case r.Status == Skip && t.RoleARN != "" && !t.roleAccess() && isRoleRow(r.ID):
			v = ReadyWithWarnings
		}
	}
	return v
}

func isRoleRow(id string) bool { return id == "role.assume" || id == "role.requires-external-id" }
