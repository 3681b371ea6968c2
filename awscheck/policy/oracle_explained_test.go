//go:build oracle

package policy

import (
	"slices"
	"strings"
)

// explanation is a difference in which AWS's documentation speaks for us.
// applies looks at a shrunk question: nothing stands in it that the difference
// does not need.
type explanation struct {
	name, reason, page string
	applies            func(question) bool
}

func explanationOf(q question) (explanation, bool) {
	for _, e := range explanations {
		if e.applies(q) {
			return e, true
		}
	}
	return explanation{}, false
}

var explanations = []explanation{
	{
		name:   "NotPrincipal",
		reason: "the judge takes any name in the list for enough; AWS validates the account, then the role, then the session, so that each must be listed, and denies who has a permissions boundary",
		page:   "AWS JSON policy elements: NotPrincipal",
		applies: func(q question) bool {
			return q.some(q.Policies.Resource, func(s *Statement) bool { return s.NotPrincipal != nil && s.Effect == Deny })
		},
	},
	{
		name:   "variables before 2012-10-17",
		reason: "the judge expands policy variables in every document; without Version 2012-10-17 they are plain text",
		page:   "IAM JSON policy elements: Version",
		applies: func(q question) bool {
			return slices.ContainsFunc(q.documents(), func(d Document) bool { return d.Version != Version2012 && d.usesVariables() })
		},
	},
	{
		name:   "variables without a value",
		reason: "the judge lets a variable without a value match nothing, not even negated; there is no equal or like value, so that StringNotEquals, StringNotLike and NotResource do match",
		page:   "IAM policy elements: Variables and tags, Policy variables with no value",
		applies: func(q question) bool {
			e := evaluation{request: &q.Request, variables: true}
			lacks := func(values []string) bool {
				return slices.ContainsFunc(values, func(v string) bool { _, ok := e.plain(v); return !ok })
			}
			return q.anywhere(func(s *Statement) bool {
				return lacks(s.NotResource) || slices.ContainsFunc(s.Conditions, func(c Condition) bool {
					return strings.Contains(c.Operator, "Not") && lacks(c.Values)
				})
			})
		},
	},
	{
		name:   "session policies and grants to the session",
		reason: "the judge lets the session policy limit what the resource's policy grants to the session itself or to everybody",
		page:   "Policies and permissions in IAM, Session policies",
		applies: func(q question) bool {
			e := evaluation{request: &q.Request}
			return q.Session != nil && q.Principal.Kind == AssumedRole && e.resourceGrants(q.Policies.Resource).direct != nil
		},
	},
	{
		name:   "the network of all addresses",
		reason: "the judge's 0.0.0.0/0 holds no address, by a shift of 32 bits that does nothing; a prefix of no bits leaves all addresses free",
		page:   "IAM JSON policy elements: Condition operators, IP address condition operators (RFC 4632)",
		applies: func(q question) bool {
			return q.anywhere(func(s *Statement) bool {
				return slices.ContainsFunc(s.Conditions, func(c Condition) bool { return slices.Contains(c.Values, "0.0.0.0/0") })
			})
		},
	},
	{
		name:   "another family of addresses",
		reason: "the judge lets an IPv6 address match neither IpAddress nor NotIpAddress of one IPv4 address; NotIpAddress is all addresses except the one",
		page:   "IAM JSON policy elements: Condition operators, IP address condition operators",
		applies: func(q question) bool {
			ip := q.Context["aws:sourceip"]
			return len(ip) == 1 && strings.Contains(ip[0], ":") && q.anywhere(func(s *Statement) bool {
				return slices.ContainsFunc(s.Conditions, func(c Condition) bool {
					return strings.Contains(c.Operator, "NotIpAddress") && slices.ContainsFunc(c.Values, func(v string) bool { return !strings.ContainsAny(v, "/:") })
				})
			})
		},
	},
	{
		name:   "ARN operators with what is no ARN",
		reason: "the judge lets a value without six parts match neither ArnLike nor ArnNotLike; the latter is the negation of the former",
		page:   "IAM JSON policy elements: Condition operators, ARN condition operators",
		applies: func(q question) bool {
			return q.anywhere(func(s *Statement) bool {
				return slices.ContainsFunc(s.Conditions, func(c Condition) bool {
					op, _ := parseOperator(c.Operator)
					return op.kind == opArn && op.negated && slices.ContainsFunc(c.Values, func(v string) bool { return strings.Count(v, ":") < 5 })
				})
			})
		},
	},
}

// documents are all that apply.
func (q question) documents() []Document {
	all := slices.Concat(q.Identity, q.ServiceControl, q.ResourceControl)
	for _, d := range []*Document{q.Boundary, q.Session, q.VPCEndpoint, q.Policies.Resource} {
		if d != nil {
			all = append(all, *d)
		}
	}
	return all
}

func (q question) anywhere(is func(*Statement) bool) bool {
	return slices.ContainsFunc(q.documents(), func(d Document) bool { return q.some(&d, is) })
}

func (q question) some(d *Document, is func(*Statement) bool) bool {
	return d != nil && slices.ContainsFunc(d.Statements, func(s Statement) bool { return is(&s) })
}
