package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// This file holds what fixes do to documents that exist: they append, add an
// exception or a condition, and leave every other statement as it stands.

// copied is a document whose statements may be changed without touching d's.
func copied(d policy.Document) policy.Document {
	d.Statements = slices.Clone(d.Statements)
	return d
}

// exempt keeps the role of requests out of every Deny that hits one of them.
// It is false when none does, or when a Deny cannot be kept off that way.
func exempt(d policy.Document, arn string, requests []policy.Request) (policy.Document, bool) {
	out := copied(d)
	changed := false
	for _, r := range requests {
		for range len(out.Statements) + 1 {
			decision := policy.Evaluate(r, policy.Policies{Resource: &out})
			if !decision.Explicit {
				break
			}
			i := -1
			for j := range out.Statements {
				if &out.Statements[j] == decision.Statement {
					i = j
				}
			}
			if i < 0 || !except(&out.Statements[i], arn) {
				return d, false
			}
			changed = true
		}
	}
	return out, changed
}

const principalARN = "aws:PrincipalArn"

// except adds arn to the exceptions of a Deny, to those that it has already
// or as a condition of its own. It is false when the exception is there.
func except(s *policy.Statement, arn string) bool {
	s.Conditions = slices.Clone(s.Conditions)
	for i, c := range s.Conditions {
		if !strings.EqualFold(c.Key, principalARN) {
			continue
		}
		switch c.Operator {
		case "ArnNotLike", "ArnNotEquals", "StringNotLike", "StringNotEquals":
			if slices.Contains(c.Values, arn) {
				return false
			}
			s.Conditions[i].Values = append(slices.Clone(c.Values), arn)
			return true
		}
	}
	s.Conditions = append(s.Conditions, policy.Condition{Operator: "ArnNotLike", Key: principalARN, Values: []string{arn}})
	return true
}

// otherID begins the place of an external ID that is not the connection's.
const otherID = "<EXTERNAL_ID_"

const externalIDKey = "sts:ExternalId"

// requireID puts StringEquals on the external ID into every statement that
// lets principal, an account's number or an ARN, assume the role otherwise,
// beside the other IDs that it names to the letter. A statement for everybody
// is narrowed to arn.
func requireID(d policy.Document, principal, arn string) policy.Document {
	out := copied(d)
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Effect != policy.Allow || !s.CoversAction("sts:AssumeRole") || !mentions(s.Principal, principal) || requiresID(s) {
			continue
		}
		ids := []string{maskedID}
		s.Conditions = slices.DeleteFunc(slices.Clone(s.Conditions), func(c policy.Condition) bool {
			if !strings.EqualFold(c.Key, externalIDKey) {
				return false
			}
			for _, v := range c.Values {
				if namesID(c.Operator, v) && !slices.Contains(ids, v) {
					ids = append(ids, v)
				}
			}
			return true
		})
		s.Conditions = append(s.Conditions, policy.Condition{Operator: "StringEquals", Key: externalIDKey, Values: ids})
		if everybody(s.Principal) {
			s.Principal = &policy.Principals{AWS: []string{arn}}
		}
	}
	return out
}

// namesID reports whether a condition lets in who has the ID v, and nobody
// with an ID that is only like it.
func namesID(operator, v string) bool {
	positive := !strings.Contains(operator, "Not") && !strings.HasSuffix(operator, "Null")
	return positive && !strings.ContainsAny(v, "*?${}")
}

// requiresID reports whether the statement compares the external ID exactly.
func requiresID(s *policy.Statement) bool {
	return !everybody(s.Principal) && slices.ContainsFunc(s.Conditions, func(c policy.Condition) bool {
		return strings.EqualFold(c.Key, externalIDKey) && c.Operator == "StringEquals"
	})
}

func everybody(l *policy.Principals) bool {
	return l != nil && (l.Any || slices.Contains(l.AWS, "*"))
}

// mentions reports whether the list lets somebody of principal's account in.
func mentions(l *policy.Principals, principal string) bool {
	if l == nil {
		return false
	}
	account := first(accountOf(principal), principal)
	return everybody(l) || slices.ContainsFunc(l.AWS, func(entry string) bool {
		return entry == principal || first(accountOf(entry), entry) == account
	})
}

// idMasks are the places of external IDs: <EXTERNAL_ID> for the connection's
// own, a numbered one for each other, for it must be put back before the
// document is used.
type idMasks struct {
	own    string
	places map[string]string
}

// idPlaces numbers the external IDs of a trust policy in their order.
func idPlaces(d policy.Document, own string) idMasks {
	m := idMasks{own: own, places: map[string]string{own: maskedID, maskedID: maskedID}}
	m.each(d, func(v string) string {
		if _, ok := m.places[v]; !ok {
			m.places[v] = otherID + strconv.Itoa(len(m.places)) + ">"
		}
		return v
	})
	return m
}

// hide puts every ID's place in its stead.
func (m idMasks) hide(d policy.Document) policy.Document {
	return m.each(d, func(v string) string { return first(m.places[v], v) })
}

// hideOwn hides the connection's own alone.
func (m idMasks) hideOwn(d policy.Document) policy.Document {
	return m.each(d, func(v string) string {
		if v == m.own {
			return maskedID
		}
		return v
	})
}

// each gives a document whose external IDs are what f makes of them. Values
// of wildcards alone say nothing and stay.
func (m idMasks) each(d policy.Document, f func(string) string) policy.Document {
	out := copied(d)
	for i := range out.Statements {
		s := &out.Statements[i]
		s.Conditions = slices.Clone(s.Conditions)
		for j, c := range s.Conditions {
			if !strings.EqualFold(c.Key, externalIDKey) || strings.HasSuffix(c.Operator, "Null") {
				continue
			}
			s.Conditions[j].Values = slices.Clone(c.Values)
			for k, v := range c.Values {
				if strings.Trim(v, "*?") != "" {
					s.Conditions[j].Values[k] = f(v)
				}
			}
		}
	}
	return out
}

// closed takes from statements that are public what strangers may do by
// requests of one action, and drops those that grant nothing else. What they
// let strangers do elsewhere stays.
func closed(d policy.Document, requests []policy.Request) policy.Document {
	out := d
	out.Statements = nil
	for _, s := range d.Statements {
		if !s.Public() || !reaches(s, requests) {
			out.Statements = append(out.Statements, s)
			continue
		}
		out.Statements = append(out.Statements, keptOf(s, requests)...)
	}
	return out
}

// reaches tells whether a public statement allows one of requests, whatever
// its conditions are.
func reaches(s policy.Statement, requests []policy.Request) bool {
	s.Principal, s.NotPrincipal, s.Conditions = &policy.Principals{Any: true}, nil, nil
	alone := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{s}}
	return slices.ContainsFunc(requests, func(r policy.Request) bool {
		return policy.Evaluate(r, policy.Policies{Resource: &alone}).Allowed
	})
}

// keptOf is what is left of a public statement: its other actions, and the
// action on other files.
func keptOf(s policy.Statement, requests []policy.Request) (left []policy.Statement) {
	action := requests[0].Action
	others := s
	others.Action = slices.DeleteFunc(slices.Clone(s.Action), func(a string) bool {
		one := policy.Statement{Action: []string{a}}
		return one.CoversAction(action)
	})
	elsewhere := s
	elsewhere.Resource = slices.DeleteFunc(slices.Clone(s.Resource), func(pattern string) bool {
		one := s
		one.Resource = []string{pattern}
		return reaches(one, requests)
	})
	switch reading := strings.Contains(requests[0].Resource, "/"); {
	case len(others.Action) == 0:
	case reading && len(elsewhere.Resource) > 0:
		elsewhere.Action = slices.DeleteFunc(slices.Clone(s.Action), func(a string) bool { return slices.Contains(others.Action, a) })
		if elsewhere.Sid != "" {
			elsewhere.Sid += "Elsewhere" // Sids are unique
		}
		return []policy.Statement{others, elsewhere}
	default:
		return []policy.Statement{others}
	}
	if len(elsewhere.Resource) > 0 {
		return []policy.Statement{elsewhere}
	}
	return nil
}

// narrowed takes out of a role's policy what allows one of requests: the
// patterns of their resources, and with the last of them the statement.
func narrowed(d policy.Document, requests []policy.Request) (policy.Document, bool) {
	out := d
	out.Statements = nil
	changed := false
	for _, s := range d.Statements {
		kept, ok := narrow(s, requests)
		changed = changed || !ok
		if ok || len(kept.Resource) > 0 {
			out.Statements = append(out.Statements, kept)
		}
	}
	return out, changed
}

func narrow(s policy.Statement, requests []policy.Request) (policy.Statement, bool) {
	allows := func(one policy.Statement) bool {
		return slices.ContainsFunc(requests, func(r policy.Request) bool {
			doc := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{one}}
			return policy.Evaluate(r, policy.Policies{Identity: []policy.Document{doc}}).Allowed
		})
	}
	if s.Effect != policy.Allow || !allows(s) {
		return s, true
	}
	var kept []string
	for _, pattern := range s.Resource {
		one := s
		one.Resource = []string{pattern}
		if !allows(one) {
			kept = append(kept, pattern)
		}
	}
	s.Resource = kept
	return s, false
}
