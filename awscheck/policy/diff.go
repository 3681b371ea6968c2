package policy

import (
	"slices"
	"strings"
)

// ChangeKind tells what became of a statement.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// Change is one difference between two documents.
type Change struct {
	Kind ChangeKind
	// Before and After are indexes into the statements of the two documents;
	// -1 where there is none. Both are -1 for a change of the Version.
	Before, After int
	// Elements names what changed of a Changed statement, in the order of a
	// statement's JSON text: "Effect", "Principal", "Action", ... "Version"
	// for the document's own.
	Elements []string
}

// Diff compares what two documents mean: the order of statements and of
// values, repeated values, a single value written as a list, the case of
// action names and condition keys, Sids and Ids make no difference. Statements
// that differ are paired by their Sid, else by what they have most in common.
// It returns nil for documents of one meaning.
func Diff(a, b Document) []Change {
	var changes []Change
	if version(a) != version(b) {
		changes = append(changes, Change{Kind: Changed, Before: -1, After: -1, Elements: []string{"Version"}})
	}
	before, after := canonical(a), canonical(b)
	pairs := pairEqual(before, after)
	pairSimilar(a, b, before, after, pairs)

	taken := map[int]bool{}
	for i := range before {
		j, paired := pairs[i]
		switch {
		case !paired:
			changes = append(changes, Change{Kind: Removed, Before: i, After: -1})
			continue
		case before[i] != after[j]:
			changes = append(changes, Change{Kind: Changed, Before: i, After: j, Elements: before[i].differences(after[j])})
		}
		taken[j] = true
	}
	for j := range after {
		if !taken[j] {
			changes = append(changes, Change{Kind: Added, Before: -1, After: j})
		}
	}
	return changes
}

// version is the version that a document is evaluated by.
func version(d Document) string {
	if d.Version == "" {
		return Version2008
	}
	return d.Version
}

// elementNames are the elements of a statement that carry meaning.
var elementNames = [...]string{
	"Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

// meaning is a statement's elements in one canonical text each.
type meaning [len(elementNames)]string

func (m meaning) differences(other meaning) []string {
	var names []string
	for i, name := range elementNames {
		if m[i] != other[i] {
			names = append(names, name)
		}
	}
	return names
}

// common counts equal elements.
func (m meaning) common(other meaning) int {
	return len(elementNames) - len(m.differences(other))
}

func canonical(d Document) []meaning {
	list := make([]meaning, len(d.Statements))
	for i := range d.Statements {
		s := &d.Statements[i]
		list[i] = meaning{
			string(s.Effect), canonicalPrincipals(s.Principal), canonicalPrincipals(s.NotPrincipal),
			canonicalList(s.Action, strings.ToLower), canonicalList(s.NotAction, strings.ToLower),
			canonicalList(s.Resource, nil), canonicalList(s.NotResource, nil),
			canonicalConditions(s.Conditions),
		}
	}
	return list
}

// canonicalList sorts values and drops repeated ones. Absence differs from an
// empty list.
func canonicalList(values []string, fold func(string) string) string {
	if values == nil {
		return ""
	}
	sorted := make([]string, len(values))
	for i, v := range values {
		if fold != nil {
			v = fold(v)
		}
		sorted[i] = v
	}
	slices.Sort(sorted)
	return "[" + quoted(slices.Compact(sorted)) + "]"
}

// quoted joins values so that no value can pass for two.
func quoted(values []string) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(v))
		b.WriteByte('|')
	}
	return b.String()
}

func canonicalPrincipals(p *Principals) string {
	switch {
	case p == nil:
		return ""
	case p.Any || contains(p.AWS, "*"):
		return "*"
	}
	accounts := func(v string) string {
		if rest, ok := strings.CutSuffix(v, ":root"); ok && len(rest) > 12 && isAccountID(rest[len(rest)-12:]) {
			return rest[len(rest)-12:] // the root ARN and the bare number mean the same
		}
		return v
	}
	return "{" + canonicalList(p.AWS, accounts) + canonicalList(p.Service, nil) +
		canonicalList(p.Federated, nil) + canonicalList(p.CanonicalUser, nil) + "}"
}

func canonicalConditions(conditions []Condition) string {
	list := make([]string, len(conditions))
	for i, c := range conditions {
		list[i] = quoted([]string{canonicalOperator(c.Operator), strings.ToLower(c.Key), canonicalList(append([]string{}, c.Values...), nil)})
	}
	slices.Sort(list)
	return quoted(slices.Compact(list))
}

// canonicalOperator takes ArnLike for ArnEquals: they behave identically.
func canonicalOperator(name string) string {
	return strings.NewReplacer("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals").Replace(name)
}

// pairEqual pairs statements of one meaning, each once.
func pairEqual(before, after []meaning) map[int]int {
	pairs := map[int]int{}
	taken := map[int]bool{}
	for i := range before {
		for j := range after {
			if !taken[j] && before[i] == after[j] {
				pairs[i], taken[j] = j, true
				break
			}
		}
	}
	return pairs
}

// pairSimilar pairs what is left: first by Sid, then by the most elements in
// common, at least half of them.
func pairSimilar(a, b Document, before, after []meaning, pairs map[int]int) {
	taken := map[int]bool{}
	for _, j := range pairs {
		taken[j] = true
	}
	pair := func(fits func(i, j int) bool) {
		for i := range before {
			if _, done := pairs[i]; done {
				continue
			}
			for j := range after {
				if !taken[j] && fits(i, j) {
					pairs[i], taken[j] = j, true
					break
				}
			}
		}
	}
	pair(func(i, j int) bool { return a.Statements[i].Sid != "" && a.Statements[i].Sid == b.Statements[j].Sid })
	for want := len(elementNames) - 1; want > len(elementNames)/2; want-- {
		pair(func(i, j int) bool { return before[i][0] == after[j][0] && before[i].common(after[j]) == want })
	}
}
