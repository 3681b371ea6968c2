package policy

import "strings"

// principals checks that each principal has a form AWS knows, and points out
// those that name nobody any more.
func (l *linter) principals(i int, s *Statement) {
	if l.kind == KindIdentity {
		return
	}
	for _, p := range []*Principals{s.Principal, s.NotPrincipal} {
		if p == nil || p.Any {
			continue
		}
		if len(p.AWS)+len(p.Service)+len(p.Federated)+len(p.CanonicalUser) == 0 {
			l.add(i, "principal-empty")
		}
		for _, v := range p.AWS {
			if code := checkPrincipal(v); code != "" {
				l.add(i, code, "value", v)
			}
		}
		for _, v := range p.Service {
			if strings.ContainsAny(v, "*?") {
				l.add(i, "principal-wildcard", "value", v)
			} else if !strings.Contains(v, ".") {
				l.add(i, "principal-format", "value", v)
			}
		}
	}
}

// checkPrincipal returns the code of what is wrong with one value of "AWS".
func checkPrincipal(v string) string {
	switch {
	case v == "*" || isAccountID(v):
		return ""
	case strings.ContainsAny(v, "*?"):
		return "principal-wildcard"
	case isUniqueID(v):
		return "principal-deleted"
	}
	parts := strings.SplitN(v, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] == "" || parts[3] != "" {
		return "principal-format"
	}
	if !isAccountID(parts[4]) && parts[4] != "cloudfront" {
		return "principal-format"
	}
	kind, name, _ := strings.Cut(parts[5], "/")
	switch {
	case parts[2] == "iam" && kind == "group":
		return "principal-group"
	case parts[2] == "iam" && parts[5] == "root":
		return ""
	case parts[2] == "iam" && (kind == "user" || kind == "role") && name != "":
		return ""
	case parts[2] == "sts" && kind == "assumed-role" && strings.Contains(name, "/"):
		return ""
	case parts[2] == "sts" && kind == "federated-user" && name != "":
		return ""
	}
	return "principal-format"
}

// isAccountID reports whether s is 12 digits.
func isAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
