package owner

import (
	"reflect"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// answer is what policies say to a request of which not everything is known,
// such as the address that it will come from.
type answer int

const (
	no answer = iota
	depends
	yes
)

// judgement is an answer and what it rests on.
type judgement struct {
	answer
	// decision is of the request at its best: every condition on what is
	// not known is met in a grant, and not met in a denial.
	decision policy.Decision
}

// keys tell what of a request is not known. They are in lower case; one that
// ends in "/" stands for all that begin with it.
type keys []string

func (k keys) has(key string) bool {
	key = strings.ToLower(key)
	return slices.ContainsFunc(k, func(u string) bool {
		return u == key || strings.HasSuffix(u, "/") && strings.HasPrefix(key, u)
	})
}

func (k keys) in(s policy.Statement) bool {
	return slices.ContainsFunc(s.Conditions, k.inCondition) || slices.ContainsFunc(s.Resource, k.inPattern) || slices.ContainsFunc(s.NotResource, k.inPattern)
}

func (k keys) inCondition(c policy.Condition) bool {
	return k.has(c.Key) || slices.ContainsFunc(c.Values, k.inPattern)
}

var reVariable = lazyregexp.New(`\$\{([^},]+)[^}]*\}`)

// inPattern tells a pattern with a policy variable that is not known.
func (k keys) inPattern(pattern string) bool {
	return slices.ContainsFunc(reVariable.FindAllStringSubmatch(pattern, -1), func(m []string) bool { return k.has(strings.TrimSpace(m[1])) })
}

// any lets variables that are not known be anything.
func (k keys) any(patterns []string) []string {
	out := slices.Clone(patterns)
	for i, p := range out {
		out[i] = reVariable.ReplaceAllStringFunc(p, func(v string) string {
			if k.inPattern(v) {
				return "*"
			}
			return v
		})
	}
	return out
}

// judge decides r for whatever the unknown keys may be.
func judge(r policy.Request, p policy.Policies, unknown keys) judgement {
	best := policy.Evaluate(r, unknown.assume(p, true))
	if !best.Allowed {
		return judgement{no, best}
	}
	if policy.Evaluate(r, unknown.assume(p, false)).Allowed {
		return judgement{yes, best}
	}
	return judgement{depends, best}
}

// assume gives the policies as they are for a request whose unknown keys are
// all as good, or all as bad, as they can be.
func (k keys) assume(p policy.Policies, good bool) policy.Policies {
	one := func(d *policy.Document) *policy.Document {
		if d == nil {
			return nil
		}
		assumed := k.document(*d, good)
		return &assumed
	}
	all := func(docs []policy.Document) []policy.Document {
		if docs == nil {
			return nil
		}
		assumed := make([]policy.Document, len(docs))
		for i, d := range docs {
			assumed[i] = k.document(d, good)
		}
		return assumed
	}
	p.Identity, p.ServiceControl, p.ResourceControl = all(p.Identity), all(p.ServiceControl), all(p.ResourceControl)
	p.Boundary, p.Session, p.Resource, p.VPCEndpoint = one(p.Boundary), one(p.Session), one(p.Resource), one(p.VPCEndpoint)
	return p
}

func (k keys) document(d policy.Document, good bool) policy.Document {
	assumed := policy.Document{Version: d.Version, ID: d.ID}
	for _, s := range d.Statements {
		switch {
		case !k.in(s):
			assumed.Statements = append(assumed.Statements, s)
		case good == (s.Effect == policy.Allow):
			assumed.Statements = append(assumed.Statements, k.strip(s))
		}
	}
	return assumed
}

// strip is the statement without its conditions on the keys, and about all
// that its variables may stand for.
func (k keys) strip(s policy.Statement) policy.Statement {
	s.Conditions = slices.DeleteFunc(slices.Clone(s.Conditions), k.inCondition)
	s.Resource = k.any(s.Resource)
	if slices.ContainsFunc(s.NotResource, k.inPattern) {
		s.NotResource, s.Resource = nil, []string{"*"}
	}
	return s
}

// demands are the conditions on unknown keys in statements of d that fit r in
// everything else. fits says whether a document of one Allow fits.
func (k keys) demands(d policy.Document, fits func(policy.Document) bool) []policy.Condition {
	var found []policy.Condition
	for _, s := range d.Statements {
		if !k.in(s) {
			continue
		}
		plain := k.strip(s)
		plain.Effect = policy.Allow
		if !fits(policy.Document{Version: d.Version, Statements: []policy.Statement{plain}}) {
			continue
		}
		for _, c := range s.Conditions {
			if k.inCondition(c) {
				found = append(found, c)
			}
		}
		for _, p := range slices.Concat(s.Resource, s.NotResource) {
			if k.inPattern(p) {
				found = append(found, policy.Condition{Operator: "Resource", Key: p})
			}
		}
	}
	return found
}

// conditionText is a condition in one line, as "IpAddress aws:SourceIp
// 192.0.2.0/24".
func conditionText(c policy.Condition) string {
	return strings.TrimSpace(strings.Join([]string{c.Operator, c.Key, strings.Join(c.Values, ", ")}, " "))
}

// aside is v in parentheses after a space, for texts that read well without.
func aside(v string) string {
	if v == "" {
		return ""
	}
	return " (" + v + ")"
}

func conditionTexts(conditions []policy.Condition) string {
	var texts []string
	for _, c := range conditions {
		if t := conditionText(c); !slices.Contains(texts, t) {
			texts = append(texts, t)
		}
	}
	return strings.Join(texts, "; ")
}

// statementName is how a statement is called: by its Sid, else by its number.
func statementName(d policy.Document, i int) string {
	if i < 0 || i >= len(d.Statements) {
		return ""
	}
	if d.Statements[i].Sid != "" {
		return `"` + d.Statements[i].Sid + `"`
	}
	return "#" + itoa(i+1)
}

// nameIn is the name of a statement of d.
func nameIn(d policy.Document, s policy.Statement) string {
	return statementName(d, slices.IndexFunc(d.Statements, func(o policy.Statement) bool { return reflect.DeepEqual(o, s) }))
}
