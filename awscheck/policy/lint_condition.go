package policy

import (
	"net/netip"
	"strings"
)

// conditions checks values against their operator, and the combinations that
// can never be met.
func (l *linter) conditions(i int, s *Statement) {
	for _, c := range s.Conditions {
		op, ok := parseOperator(c.Operator)
		if !ok {
			continue // Parse lets none through
		}
		if len(c.Values) == 0 {
			l.add(i, "condition-empty", "operator", c.Operator, "key", c.Key)
		}
		for _, v := range c.Values {
			l.conditionValue(i, op, c, v)
		}
		if op.set == forAllValues && s.Effect == Allow && op.kind != opNull && !isExternalID(c.Key) {
			l.add(i, "condition-for-all", "operator", c.Operator, "key", c.Key)
		}
		if strings.EqualFold(c.Key, "s3:prefix") && s.Effect == Allow && needsKey(op) {
			l.prefixOnObjects(i, s)
		}
	}
}

// needsKey reports whether a request without the key fails the operator.
func needsKey(op operator) bool {
	return !op.negated && !op.ifExists && op.set != forAllValues && op.kind != opNull
}

// prefixOnObjects finds object actions under an s3:prefix condition: only
// requests that list carry that key, so they are never allowed.
func (l *linter) prefixOnObjects(i int, s *Statement) {
	for _, a := range s.Action {
		if levelOf(a) == levelObject {
			l.add(i, "prefix-on-objects", "action", a)
		}
	}
}

func (l *linter) conditionValue(i int, op operator, c Condition, v string) {
	if isExternalID(c.Key) && l.kind == KindTrust {
		return // trust says more about it
	}
	if !validValue(op.kind, v) {
		l.add(i, "condition-value", "operator", c.Operator, "key", c.Key, "value", v)
		return
	}
	literal := op.kind == opStringEquals || op.kind == opStringEqualsIgnoreCase
	if literal && strings.ContainsAny(strings.NewReplacer("${*}", "", "${?}", "").Replace(v), "*?") {
		l.add(i, "condition-literal-star", "operator", c.Operator, "key", c.Key, "value", v)
	}
}

// validValue reports whether v is of the operator's type.
func validValue(k operatorKind, v string) bool {
	switch k {
	case opNumeric:
		_, ok := parseNumber(v)
		return ok
	case opDate:
		_, ok := parseDate(v)
		return ok
	case opBool, opNull:
		return strings.EqualFold(v, "true") || strings.EqualFold(v, "false")
	case opIP:
		if _, err := netip.ParsePrefix(v); err == nil {
			return true
		}
		_, err := netip.ParseAddr(v)
		return err == nil
	case opArn:
		return strings.Count(v, ":") >= 5 && strings.HasPrefix(v, "arn:") || strings.Contains(v, "${")
	}
	return true
}
