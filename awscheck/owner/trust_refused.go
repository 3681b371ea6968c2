package owner

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// attempt is how near one statement of the trust policy comes to letting the
// guest in.
type attempt struct {
	statement policy.Statement
	principal bool
	id        bool
	unmet     []policy.Condition // that will not be met, whoever asks
}

func (a attempt) failures() int {
	n := len(a.unmet)
	if !a.principal {
		n += 2 // a statement about somebody else is hardly meant
	}
	if !a.id {
		n++
	}
	return n
}

// refused explains a door that stays shut: by a denial, or by what the
// statement that comes nearest asks for.
func (d door) refused(g guest, w Wants, args diagnose.Args, decision policy.Decision) Finding {
	if decision.Explicit && decision.Statement != nil {
		s := *decision.Statement
		args["statement"] = nameIn(d.role.Trust, s)
		args["what"] = conditionTexts(s.Conditions)
		args["when"] = aside(args["what"])
		f := Finding{What: "denied", Causes: []diagnose.Cause{
			diagnose.Because("explicit-deny", diagnose.Certain, w.Facts, diagnose.Args{
				"layer": string(policy.LayerTrust), "statement": args["statement"], "what": args["what"],
			}),
		}}
		if len(s.Conditions) > 0 {
			f.Causes = append(f.Causes, diagnose.Because("trust-condition-unmet", diagnose.Certain, w.Facts, diagnose.Args{"what": args["what"]}))
		}
		return f
	}
	nearest, ok := d.nearest(g, w.ExternalID)
	if !ok {
		return Finding{What: "nobody", Causes: []diagnose.Cause{d.notTrusted(g, w)}}
	}
	f := Finding{}
	if !nearest.principal {
		f.What = principalProblem(nearest.statement, g)
		args["what"] = strings.Join(principalsOf(nearest.statement), ", ")
		f.Causes = append(f.Causes, d.notTrusted(g, w))
	}
	if !nearest.id {
		what, wanted := idProblem(nearest.statement, w.ExternalID)
		args["wanted"] = wanted
		if f.What == "" {
			f.What = what
		}
		f.Causes = append(f.Causes, diagnose.Because("external-id-mismatch", diagnose.Certain, w.Facts, diagnose.Args{"want": wanted}))
	}
	if len(nearest.unmet) > 0 {
		demanded := conditionTexts(nearest.unmet)
		if f.What == "" {
			f.What, args["what"] = "unmet", demanded
		}
		f.Causes = append(f.Causes, diagnose.Because("trust-condition-unmet", diagnose.Certain, w.Facts, diagnose.Args{"what": demanded}))
	}
	return f
}

func (d door) notTrusted(g guest, w Wants) diagnose.Cause {
	return diagnose.Because("caller-not-trusted", diagnose.Certain, w.Facts, diagnose.Args{"caller": g.name})
}

// nearest is the statement that comes nearest to letting the guest in; ok is
// false where none is about assuming the role.
func (d door) nearest(g guest, id string) (best attempt, ok bool) {
	for _, s := range d.role.Trust.Statements {
		bare := s
		bare.Principal, bare.NotPrincipal, bare.Conditions = &policy.Principals{Any: true}, nil, nil
		if s.Effect != policy.Allow || !d.fits(g, id, bare) {
			continue
		}
		a := attempt{statement: s, id: true}
		who := s
		who.Conditions = nil
		a.principal = d.fits(g, id, who)
		for _, c := range s.Conditions {
			one := bare
			one.Conditions = []policy.Condition{c}
			switch {
			case d.unknown(g).has(c.Key) || d.fits(g, id, one):
			case strings.EqualFold(c.Key, "sts:ExternalId"):
				a.id = false
			default:
				a.unmet = append(a.unmet, c)
			}
		}
		if !ok || a.failures() < best.failures() {
			best, ok = a, true
		}
	}
	return best, ok
}

// fits tells whether a trust policy of the one statement lets the guest in.
func (d door) fits(g guest, id string, s policy.Statement) bool {
	one := door{role: d.role, now: d.now}
	one.role.Trust = policy.Document{Version: d.role.Trust.Version, Statements: []policy.Statement{s}}
	return one.opens(g, id).answer != no
}

// principalProblem tells whom a statement names in place of g.
func principalProblem(s policy.Statement, g guest) string {
	if s.Principal == nil {
		return "principal"
	}
	for _, p := range s.Principal.AWS {
		switch {
		case strings.HasPrefix(p, "AROA"), strings.HasPrefix(p, "AIDA"):
			return "principal-deleted"
		case p == g.account || accountOf(p) == g.account:
			return "principal-other" // of the right account
		}
	}
	if len(s.Principal.AWS) == 0 {
		return "principal-service"
	}
	return "principal"
}

// principalsOf are all that a statement names, in words of the policy.
func principalsOf(s policy.Statement) []string {
	if s.Principal == nil {
		return nil
	}
	var all []string
	for _, list := range [][]string{s.Principal.AWS, s.Principal.Service, s.Principal.Federated, s.Principal.CanonicalUser} {
		all = append(all, list...)
	}
	return all
}

// idProblem tells how the external ID that a statement asks for differs from
// id, and gives it masked.
func idProblem(s policy.Statement, id string) (what, masked string) {
	what = "id"
	for _, c := range s.Conditions {
		if !strings.EqualFold(c.Key, "sts:ExternalId") {
			continue
		}
		for _, v := range c.Values {
			masked = diagnose.Mask(v)
			switch {
			case id == "":
				return "id-none", masked
			case strings.TrimSpace(v) == id:
				return "id-space", masked
			case strings.EqualFold(v, id):
				return "id-case", masked
			case len(v) >= 4 && (strings.HasPrefix(id, v) || strings.HasPrefix(v, id)):
				return "id-part", masked
			}
		}
	}
	return what, masked
}
