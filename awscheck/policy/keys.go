package policy

import "strings"

// values of one condition key, without an allocation for the keys that are
// derived from the request.
type values struct {
	one   string
	many  []string
	count int
}

func (v *values) len() int { return v.count }

func (v *values) at(i int) string {
	if v.many != nil {
		return v.many[i]
	}
	return v.one
}

func single(s string) values {
	if s == "" {
		return values{}
	}
	return values{one: s, count: 1}
}

// lookup finds the values of a condition key, whatever its case. What the
// request's context gives wins over what is derived.
func (e *evaluation) lookup(key string) values {
	var buf [64]byte
	lower := appendLower(buf[:0], key)
	if many, ok := e.request.Context[string(lower)]; ok {
		return values{many: many, count: len(many)}
	}
	return e.derive(key)
}

func appendLower(to []byte, s string) []byte {
	for i := range len(s) {
		to = append(to, lowerByte(s[i]))
	}
	return to
}

// derive computes the keys that follow from principal and resource ("Principal
// information that you can use for policy variables").
func (e *evaluation) derive(key string) values {
	r := e.request
	p := &r.Principal
	switch {
	case hasPrefixFold(key, "aws:principal"):
		return e.derivePrincipal(key[len("aws:principal"):])
	case strings.EqualFold(key, "aws:userid"):
		switch p.Kind {
		case Anonymous:
			return single("anonymous")
		case Root:
			return single(p.Account)
		}
		return single(p.UserID)
	case strings.EqualFold(key, "aws:username"):
		if p.Kind == User {
			return single(p.ARN[strings.LastIndexByte(p.ARN, '/')+1:])
		}
	case strings.EqualFold(key, "aws:ResourceAccount"):
		return single(r.ResourceAccount)
	case strings.EqualFold(key, "s3:ResourceAccount"):
		if hasPrefixFold(r.Action, "s3:") {
			return single(r.ResourceAccount)
		}
	case strings.EqualFold(key, "kms:CallerAccount"):
		if hasPrefixFold(r.Action, "kms:") {
			return single(p.Account)
		}
	}
	return values{}
}

// derivePrincipal computes aws:Principal...; name is the part after that.
func (e *evaluation) derivePrincipal(name string) values {
	p := &e.request.Principal
	switch {
	case strings.EqualFold(name, "Arn"):
		if p.Kind == AssumedRole && p.RoleARN != "" {
			return single(p.RoleARN)
		}
		if p.Kind == Anonymous || p.Kind == Service {
			return values{}
		}
		return single(p.ARN)
	case strings.EqualFold(name, "Account"):
		return single(p.Account)
	case strings.EqualFold(name, "Type"):
		return single(principalType(p.Kind))
	case strings.EqualFold(name, "IsAWSService"):
		if p.Kind == Service {
			return single("true")
		}
		return single("false")
	case strings.EqualFold(name, "ServiceName"), strings.EqualFold(name, "ServiceNamesList"):
		if p.Kind == Service {
			return single(p.Service)
		}
	}
	return values{}
}

func principalType(k PrincipalKind) string {
	switch k {
	case User:
		return "User"
	case AssumedRole:
		return "AssumedRole"
	case Root:
		return "Account"
	case Anonymous:
		return "Anonymous"
	}
	return ""
}
