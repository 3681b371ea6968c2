package policy

import (
	"slices"
	"strconv"
	"strings"
)

// Merge appends the statements of add to existing, which keeps all that it
// has: its Version, its Id and every statement as it stands. A statement that
// means the same as one that is there (see Diff) is not added again. An added
// Sid that is taken gets a number, for AWS refuses a document in which one
// appears twice. Neither document is changed.
//
// The Version is add's where existing has no statements, or where add uses
// policy variables that the existing version does not know and no statement
// of existing would get another meaning by it.
func Merge(existing, add Document) Document {
	merged := Document{Version: existing.Version, ID: existing.ID, Statements: slices.Clone(existing.Statements)}
	switch {
	case len(existing.Statements) == 0:
		merged.Version = add.Version
	case version(add) == Version2012 && add.usesVariables() && !existing.usesVariables():
		merged.Version = Version2012
	}
	have := canonical(merged)
	for i, meaning := range canonical(add) {
		if slices.Contains(have, meaning) {
			continue
		}
		s := add.Statements[i]
		s.Sid = freeSid(merged, s.Sid)
		merged.Statements = append(merged.Statements, s)
		have = append(have, meaning)
	}
	return merged
}

// freeSid numbers a Sid that the document has already. IAM's own policies
// allow letters and digits alone.
func freeSid(d Document, sid string) string {
	free := sid
	for n := 2; sid != "" && hasSid(d, free); n++ {
		free = sid + strconv.Itoa(n)
	}
	return free
}

func hasSid(d Document, sid string) bool {
	return slices.ContainsFunc(d.Statements, func(s Statement) bool { return s.Sid == sid })
}

// usesVariables reports whether some value looks like a policy variable,
// which is plain text in the version of 2008.
func (d *Document) usesVariables() bool {
	some := func(values []string) bool {
		return slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, "${") })
	}
	for _, s := range d.Statements {
		if some(s.Resource) || some(s.NotResource) ||
			slices.ContainsFunc(s.Conditions, func(c Condition) bool { return some(c.Values) }) {
			return true
		}
	}
	return false
}
