package policy

import (
	"strconv"
	"strings"
)

// shortExternalID is the length under which an external ID can be guessed.
const shortExternalID = 16

// trust checks one statement of a role's trust policy. Statements are
// alternatives: one Allow without an external ID opens the role, whatever the
// others ask for.
func (l *linter) trust(i int, s *Statement) {
	if s.NotPrincipal != nil {
		l.add(i, "trust-not-principal")
	}
	if s.Effect != Allow {
		return
	}
	if !allowsAssumeRole(s) {
		return
	}
	for _, a := range s.Action {
		if strings.ContainsAny(a, "*?") {
			l.add(i, "trust-action-wide", "action", a)
		}
	}
	if s.Principal == nil {
		return
	}
	anyone := s.Principal.Any || contains(s.Principal.AWS, "*")
	if anyone {
		l.add(i, "trust-anyone")
	}
	if !anyone && len(s.Principal.AWS) == 0 {
		return // services and identity providers know no external ID
	}
	if len(s.Principal.Service)+len(s.Principal.Federated) > 0 {
		l.add(i, "trust-mixed")
	}
	l.externalID(i, s)
	l.otherTrustConditions(i, s)
}

func allowsAssumeRole(s *Statement) bool {
	if s.NotAction != nil {
		return s.Effect == Allow && !matchAction(s.NotAction, "sts:AssumeRole")
	}
	return s.Effect == Allow && matchAction(s.Action, "sts:AssumeRole")
}

// assumable checks that some statement lets the role be assumed at all.
func (l *linter) assumable() {
	for i := range l.doc.Statements {
		if allowsAssumeRole(&l.doc.Statements[i]) {
			return
		}
	}
	l.add(-1, "trust-no-assume-role")
}

func isExternalID(key string) bool { return strings.EqualFold(key, "sts:ExternalId") }

// namesExternalID reports whether a key looks like the external ID's, under
// whatever service.
func namesExternalID(key string) bool { return strings.HasSuffix(strings.ToLower(key), ":externalid") }

// externalID checks how the statement asks for the external ID. One strict
// condition is enough, because all conditions must hold.
func (l *linter) externalID(i int, s *Statement) {
	var asks []Condition
	closed := false // by a key that no request has
	for _, c := range s.Conditions {
		if isExternalID(c.Key) {
			asks = append(asks, c)
		} else if op, ok := parseOperator(c.Operator); ok && namesExternalID(c.Key) {
			l.add(i, "external-id-wrong-key", "key", c.Key)
			closed = closed || needsKey(op)
		}
	}
	if len(asks) == 0 {
		if !closed {
			l.add(i, "external-id-missing")
		}
		return
	}
	for _, c := range asks {
		if op, ok := parseOperator(c.Operator); ok && looseness(op, c.Values) == "" {
			l.externalIDValues(i, op, c.Values)
			return
		}
	}
	for _, c := range asks {
		if op, ok := parseOperator(c.Operator); ok {
			l.looseExternalID(i, looseness(op, c.Values), c)
		}
	}
}

// looseness returns the code of why a condition on the external ID does not
// ask for one certain ID, or "".
func looseness(op operator, values []string) string {
	switch {
	case op.kind == opNull:
		return "external-id-missing"
	case op.negated:
		return "external-id-negated"
	case op.ifExists && op.set != forAnyValue, op.set == forAllValues:
		return "external-id-optional"
	case op.kind == opStringLike || op.kind == opArn:
		for _, v := range values {
			if strings.ContainsAny(v, "*?") {
				return "external-id-wildcard"
			}
		}
	}
	return ""
}

func (l *linter) looseExternalID(i int, code string, c Condition) {
	switch code {
	case "external-id-wildcard":
		for _, v := range c.Values {
			if strings.ContainsAny(v, "*?") {
				l.add(i, code, "value", v)
			}
		}
	case "external-id-missing":
		l.add(i, code)
	default:
		l.add(i, code, "operator", c.Operator)
	}
}

// externalIDValues checks the values of a strict condition.
func (l *linter) externalIDValues(i int, op operator, values []string) {
	if op.kind == opStringEqualsIgnoreCase {
		l.add(i, "external-id-ignores-case")
	}
	if len(values) > 1 {
		l.add(i, "external-id-several", "count", strconv.Itoa(len(values)))
	}
	for _, v := range values {
		switch {
		case !isExternalIDValue(v):
			l.add(i, "external-id-format", "value", v)
		case len(v) < shortExternalID:
			l.add(i, "external-id-short", "value", v)
		}
	}
}

// isExternalIDValue reports whether STS would take v as an external ID: 2 to
// 1,224 characters of a small alphabet. Others can never be sent.
func isExternalIDValue(v string) bool {
	if len(v) < 2 || len(v) > 1224 {
		return false
	}
	for _, c := range v {
		if notAlphanumeric(c) && !strings.ContainsRune("_+=,.@:/-", c) {
			return false
		}
	}
	return true
}

// otherTrustConditions names what else the caller must meet.
func (l *linter) otherTrustConditions(i int, s *Statement) {
	for _, c := range s.Conditions {
		switch {
		case namesExternalID(c.Key):
		case hasPrefixFold(c.Key, "aws:MultiFactorAuth"):
			l.add(i, "trust-mfa")
		default:
			l.add(i, "trust-condition", "operator", c.Operator, "key", c.Key)
		}
	}
}
