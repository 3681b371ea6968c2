package policy

import "strings"

// bucket checks what a bucket policy grants to everybody and to services.
func (l *linter) bucket(i int, s *Statement) {
	if s.Effect != Allow {
		return
	}
	if s.Public() {
		l.public(i, s)
		return
	}
	if s.Principal == nil || len(s.Principal.Service) == 0 {
		return
	}
	l.sources(i, s)
}

// public tells what everybody may do.
func (l *linter) public(i int, s *Statement) {
	var read bool
	for _, a := range s.Action {
		switch {
		case onlyReads(a):
			read = true
		case matchAction([]string{a}, "s3:ListBucket") && onlyLists(a):
			l.add(i, "public-list", "action", a)
		default:
			l.add(i, "public-write", "action", a)
		}
	}
	if s.NotAction != nil {
		l.add(i, "public-write", "action", strings.Join(s.NotAction, ", "))
	}
	if read {
		l.add(i, "public-read")
	}
	for _, resource := range s.Resource {
		r, ok := parseS3(resource)
		if ok && l.scope.Bucket == r.bucket && r.object && !l.withinPrefix(r) {
			l.add(i, "public-beyond-prefix", "resource", resource, "want", l.wanted(r))
		}
	}
}

// onlyReads reports whether the action reads objects and nothing else.
func onlyReads(action string) bool {
	name := strings.ToLower(action)
	return name == "s3:getobject" || name == "s3:getobjectversion"
}

// onlyLists reports whether the action lists and nothing else.
func onlyLists(action string) bool { return hasPrefixFold(action, "s3:list") }

// sources checks that a service is bound to one of the owner's resources:
// without that anybody's distribution may read through CloudFront.
func (l *linter) sources(i int, s *Statement) {
	bound := false
	for _, c := range s.Conditions {
		key := strings.ToLower(c.Key)
		if key != "aws:sourcearn" && key != "aws:sourceaccount" && key != "aws:sourceorgid" {
			continue
		}
		op, ok := parseOperator(c.Operator)
		if !ok || !needsKey(op) {
			continue
		}
		bound = true
		for _, v := range c.Values {
			if strings.ContainsAny(v, "*?") {
				l.add(i, "source-wildcard", "key", c.Key, "value", v)
			}
		}
	}
	if bound {
		return
	}
	for _, service := range s.Principal.Service {
		l.add(i, "service-without-source", "service", service)
	}
}
