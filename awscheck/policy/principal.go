package policy

import "strings"

// naming tells how a statement names the requester.
type naming int

const (
	unnamed   naming = iota
	byAccount        // the account: delegates to its administrators
	byRole           // the role that the session assumed
	directly         // the user, the session, the service, or everybody
)

// names reports how the principals of s fit the requester. A statement of a
// resource's policy without principals fits nobody.
func (e *evaluation) names(s *Statement) naming {
	p := &e.request.Principal
	switch {
	case s.Principal != nil:
		return s.Principal.name(p)
	case s.NotPrincipal == nil:
		return unnamed
	case s.Effect == Deny:
		// NotPrincipal with Deny "will always deny any IAM principal that has
		// a permissions boundary", whatever it lists.
		if !e.bounded && s.NotPrincipal.exempts(p) {
			return unnamed
		}
		return directly
	case s.NotPrincipal.name(p) != unnamed:
		return unnamed
	}
	return directly
}

// name finds the strongest way in which the list names p.
func (l *Principals) name(p *Principal) naming {
	if l.Any {
		return directly
	}
	best := unnamed
	if p.Kind == Service {
		for _, s := range l.Service {
			if strings.EqualFold(s, p.Service) {
				return directly
			}
		}
	}
	for _, entry := range l.AWS {
		best = max(best, nameAWS(entry, p))
	}
	return best
}

// nameAWS compares one value of "AWS". AWS knows no wildcards within a
// principal: only the lone "*" means everybody.
func nameAWS(entry string, p *Principal) naming {
	if entry == "*" {
		return directly
	}
	if entry == "" || p.Account == "" {
		return unnamed
	}
	if entry == p.Account || isRootARN(entry, p.Account) {
		if p.Kind == Root {
			return directly
		}
		return byAccount
	}
	switch p.Kind {
	case User:
		if entry == p.ARN || isUniqueID(entry) && entry == p.UserID {
			return directly
		}
	case AssumedRole:
		if entry == p.ARN || isUniqueID(entry) && entry == p.UserID {
			return directly
		}
		if entry == p.RoleARN || isUniqueID(entry) && entry == roleID(p.UserID) {
			return byRole
		}
	}
	return unnamed
}

// exempts reports whether a NotPrincipal of a Deny leaves p out. AWS checks
// the account, then the role, then the session, so that each of them must be
// listed ("NotPrincipal with Deny").
func (l *Principals) exempts(p *Principal) bool {
	if l.Any {
		return true
	}
	switch p.Kind {
	case Anonymous:
		return contains(l.AWS, "*")
	case Service:
		return l.name(p) == directly
	}
	var account, role, self bool
	for _, entry := range l.AWS {
		if entry == "*" {
			return true
		}
		switch nameAWS(entry, p) {
		case byAccount:
			account = true
		case byRole:
			role = true
		case directly:
			self = true
		}
	}
	if p.Kind == Root {
		return self
	}
	if p.Kind == AssumedRole {
		return account && role && self
	}
	return account && self
}

func contains(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

// isRootARN reports whether entry is arn:PARTITION:iam::ACCOUNT:root.
func isRootARN(entry, account string) bool {
	rest, ok := strings.CutPrefix(entry, "arn:")
	if !ok {
		return false
	}
	_, rest, ok = cutColon(rest)
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(rest, "iam::")
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(rest, account)
	return ok && rest == ":root"
}

// isUniqueID reports whether entry looks like AIDA... or AROA..., which is how
// AWS stores the ARN of a user or role in a trust policy.
func isUniqueID(entry string) bool {
	return strings.HasPrefix(entry, "AIDA") || strings.HasPrefix(entry, "AROA")
}

// roleID is the part of a session's user id before the colon.
func roleID(userID string) string {
	id, _, _ := cutColon(userID)
	return id
}
