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
// lets principal, an account's number or an ARN, assume the role otherwise. A
// statement for everybody is narrowed to arn.
func requireID(d policy.Document, principal, arn string) policy.Document {
	out := copied(d)
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Effect != policy.Allow || !s.CoversAction("sts:AssumeRole") || !mentions(s.Principal, principal) || requiresID(s) {
			continue
		}
		s.Conditions = append(slices.DeleteFunc(slices.Clone(s.Conditions), func(c policy.Condition) bool {
			return strings.EqualFold(c.Key, externalIDKey)
		}), policy.Condition{Operator: "StringEquals", Key: externalIDKey, Values: []string{maskedID}})
		if everybody(s.Principal) {
			s.Principal = &policy.Principals{AWS: []string{arn}}
		}
	}
	return out
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

// maskIDs hides external IDs: the connection's own behind <EXTERNAL_ID>, any
// other behind a numbered place, for it must be put back before the document
// is used.
func maskIDs(d policy.Document, own string) policy.Document {
	out := copied(d)
	places := map[string]string{own: maskedID, maskedID: maskedID}
	for i := range out.Statements {
		s := &out.Statements[i]
		s.Conditions = slices.Clone(s.Conditions)
		for j, c := range s.Conditions {
			if !strings.EqualFold(c.Key, externalIDKey) || strings.HasSuffix(c.Operator, "Null") {
				continue
			}
			s.Conditions[j].Values = slices.Clone(c.Values)
			for k, v := range c.Values {
				if strings.Trim(v, "*?") == "" {
					continue // says nothing
				}
				if _, ok := places[v]; !ok {
					places[v] = otherID + strconv.Itoa(len(places)) + ">"
				}
				s.Conditions[j].Values[k] = places[v]
			}
		}
	}
	return out
}

// closed takes from statements that are public what strangers may not do by
// action, and drops those that grant nothing else.
func closed(d policy.Document, action string) policy.Document {
	out := d
	out.Statements = nil
	for _, s := range d.Statements {
		if !s.Public() || !s.CoversAction(action) {
			out.Statements = append(out.Statements, s)
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(s.Action), func(a string) bool {
			one := policy.Statement{Action: []string{a}}
			return one.CoversAction(action)
		})
		if len(rest) > 0 {
			s.Action = rest
			out.Statements = append(out.Statements, s)
		}
	}
	return out
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
