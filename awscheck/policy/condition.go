package policy

import "strings"

// holds reports whether every condition of a statement is met.
func (e *evaluation) holds(conditions []Condition) bool {
	for i := range conditions {
		if !e.meets(&conditions[i]) {
			return false
		}
	}
	return true
}

// meets decides one condition. The documented rules for a key that is not in
// the request: ForAllValues is true and ForAnyValue false, with or without
// IfExists; any other ...IfExists is true; of the rest a negated operator is
// true and a positive one false.
func (e *evaluation) meets(c *Condition) bool {
	op, ok := parseOperator(c.Operator)
	if !ok {
		return false
	}
	have := e.lookup(c.Key)
	if op.kind == opNull && op.set == noSet {
		return meetsNull(c.Values, have.len() == 0)
	}
	if op.kind == opNull || have.len() == 0 {
		switch op.set {
		case forAllValues:
			return true
		case forAnyValue:
			return false
		}
		return op.ifExists || op.negated
	}
	switch op.set {
	case forAllValues:
		return e.allMeet(op, c.Values, &have)
	case forAnyValue:
		return e.anyMeets(op, c.Values, &have)
	}
	// A key with several values and no set operator is undefined in IAM;
	// here it matches when any value does, and a negated operator when none
	// does.
	return e.anyMatches(op, c.Values, &have) != op.negated
}

func meetsNull(want []string, absent bool) bool {
	for _, w := range want {
		if absent && strings.EqualFold(w, "true") || !absent && strings.EqualFold(w, "false") {
			return true
		}
	}
	return false
}

// allMeet is ForAllValues. An empty string counts as no value at all.
func (e *evaluation) allMeet(op operator, want []string, have *values) bool {
	for i := range have.len() {
		v := have.at(i)
		if v != "" && e.matchesAny(op, want, v) == op.negated {
			return false
		}
	}
	return true
}

// anyMeets is ForAnyValue.
func (e *evaluation) anyMeets(op operator, want []string, have *values) bool {
	for i := range have.len() {
		if e.matchesAny(op, want, have.at(i)) != op.negated {
			return true
		}
	}
	return false
}

func (e *evaluation) anyMatches(op operator, want []string, have *values) bool {
	for i := range have.len() {
		if e.matchesAny(op, want, have.at(i)) {
			return true
		}
	}
	return false
}

// matchesAny compares one value of the request with the values of the policy,
// without regard to negation.
func (e *evaluation) matchesAny(op operator, want []string, have string) bool {
	for _, w := range want {
		if e.matches(op, w, have) {
			return true
		}
	}
	return false
}

// matches compares two values. A value that is not of the operator's type
// does not match. Only string and ARN operators read policy variables.
func (e *evaluation) matches(op operator, want, have string) bool {
	switch op.kind {
	case opStringEquals:
		text, ok := e.plain(want)
		return ok && text == have
	case opStringEqualsIgnoreCase:
		text, ok := e.plain(want)
		return ok && strings.EqualFold(text, have)
	case opBool:
		return strings.EqualFold(want, have)
	case opStringLike:
		return e.matchPattern(want, have)
	case opArn:
		return e.matchARN(want, have)
	case opNumeric:
		return matchNumber(op.relation, want, have)
	case opDate:
		return matchDate(op.relation, want, have)
	case opBinary:
		return matchBinary(want, have)
	case opIP:
		return matchIP(want, have)
	}
	return false
}

// plain replaces the variables of a value that knows no wildcards.
func (e *evaluation) plain(s string) (string, bool) {
	if !e.needsExpansion(s) {
		return s, true
	}
	text, ok := e.expand(nil, s, false)
	return string(text), ok
}

func (e *evaluation) matchARN(pattern, s string) bool {
	if !e.needsExpansion(pattern) {
		return arnMatch(pattern, s)
	}
	expanded, ok := e.expand(nil, pattern, true)
	return ok && arnMatch(string(expanded), s)
}
