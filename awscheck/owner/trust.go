package owner

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// Trust tells whether the trust policy lets the CMS in with the external ID, and nobody without it.
func (s *Side) Trust(ctx context.Context) Finding {
	if s.wants.RoleARN == "" {
		return Finding{Status: Moot, What: NoRole}
	}
	p := s.role(ctx)
	if f, ok := without(p); ok {
		return f
	}
	if p.State == Absent {
		return Finding{Status: Moot, What: NoRole}
	}
	return judgeTrust(p.Value, s.wants, s.now())
}

// NoteVendorOnly is the note of a trust policy that lets the CMS in and not
// the caller, so that nothing can be tested through the role from here;
// NoteCallerToo is of one that lets the caller in as well.
const (
	NoteVendorOnly = "trust-vendor-only"
	NoteCallerToo  = "trust-caller-too"
)

// inTrust are the keys of an AssumeRole request that only the guest knows.
var inTrust = keys{
	"aws:sourceip", "aws:vpcsourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:useragent", "aws:referer",
	"aws:principalorgid", "aws:principalorgpaths", "aws:principaltag/", "aws:requesttag/", "aws:tagkeys",
	"aws:tokenissuetime", "aws:requestedregion", "aws:resourcetag/", "iam:resourcetag/", "aws:userid",
	"sts:rolesessionname", "sts:sourceidentity", "sts:transitivetagkeys",
}

// whoAsks are the keys that are not known of a guest whose account alone is.
var whoAsks = keys{"aws:principalarn", "aws:principaltype", "aws:username"}

// door is a role's trust policy at a moment, as somebody finds it.
type door struct {
	role Role
	now  time.Time
}

// opens tells whether g gets in with the external ID; an empty one is none.
func (d door) opens(g guest, id string) judgement {
	best := d.opensFor(g.may[0], id, d.role.Trust, d.unknown(g))
	for _, p := range g.may[1:] {
		if j := d.opensFor(p, id, d.role.Trust, d.unknown(g)); j.answer > best.answer {
			best = j
		}
	}
	return best
}

func (d door) unknown(g guest) keys {
	switch {
	case g.vague:
		return append(append(keys{}, inTrust...), whoAsks...)
	case g.token:
		return append(keys{"aws:multifactorauthpresent", "aws:multifactorauthage"}, inTrust...)
	}
	return inTrust
}

// everything lets a guest's own account allow what it likes: whether it does
// is not the owner's to see.
var everything = policy.Document{Version: policy.Version2012, Statements: []policy.Statement{
	{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}},
}}

func (d door) opensFor(p policy.Principal, id string, trust policy.Document, unknown keys) judgement {
	r := policy.Request{
		Principal: p, Action: "sts:AssumeRole", Resource: d.role.ARN, ResourceAccount: accountOf(d.role.ARN),
		Context: moment(d.now),
	}
	if id != "" {
		r.Context["sts:externalid"] = []string{id}
	}
	if p.Kind == policy.AssumedRole {
		r.Context["aws:multifactorauthpresent"] = []string{"false"} // long-term keys have no such key at all
	}
	return judge(r, policy.Policies{Identity: []policy.Document{everything}, Resource: &trust}, unknown)
}

// moment are the keys that every request over TLS has at a time.
func moment(now time.Time) map[string][]string {
	now = now.UTC()
	return map[string][]string{
		"aws:currenttime":     {now.Format(time.RFC3339)},
		"aws:epochtime":       {strconv.FormatInt(now.Unix(), 10)},
		"aws:securetransport": {"true"},
		"aws:viaawsservice":   {"false"},
	}
}

func judgeTrust(r Role, w Wants, now time.Time) Finding {
	d := door{role: r, now: now}
	g, known := trusted(w, r.Trust)
	w.Facts.Existing.Trust = &r.Trust
	if !known {
		return d.unknownGuest(w)
	}
	w.Facts.TrustedPrincipal = g.name // whom the documents that mend it are about
	args := diagnose.Args{"role": r.Name, "principal": g.name, "account": g.account, "vendor": g.name, "what": ""}
	f := Finding{Status: Pass, What: "pass", Args: args}
	f.Causes = d.opensWrongly([]guest{g}, w)
	j := d.opens(g, w.ExternalID)
	switch {
	case j.answer == no:
		refused := d.refused(g, w, args, j.decision)
		f.Causes = append(refused.Causes, f.Causes...)
		f.Status, f.What = Fail, refused.What
	case f.Causes != nil:
		if j.answer == depends {
			d.conditional(&f, g, w)
		}
		f.Status, f.What = Fail, "open"
	case j.answer == depends:
		d.conditional(&f, g, w)
	}
	f.Notes = append(f.Notes, d.byDefault(g, w, j)...)
	f.Notes = append(append(f.Notes, d.callerToo(g, w, j)...), lintNotes(r.Trust, policy.KindTrust, policy.Scope{}, saidBy(f.Causes))...)
	if f.What == "pass" && hasNote(f, NoteVendorOnly) {
		f.What = "vendor-only"
	}
	return f
}

// trusted is who is to assume the role: who the settings name, else the
// caller while the role is the program's way in.
func trusted(w Wants, trust policy.Document) (guest, bool) {
	switch {
	case w.TrustedPrincipal != "":
		return guestOf(w.TrustedPrincipal, trust)
	case w.CallerAccess || w.Facts.CallerARN == "":
		return guest{}, false
	}
	g, ok := guestOf(w.Facts.CallerARN, trust)
	if ok && g.may[0].Kind == policy.Root {
		return guestOf(g.account, trust) // the root user itself assumes no roles
	}
	g.token = ok && g.may[0].Kind == policy.User && strings.HasPrefix(w.Facts.AccessKeyID, "ASIA")
	return g, ok
}

// unknownGuest says what can be said of the external ID all the same: by
// whoever the policy lets in.
func (d door) unknownGuest(w Wants) Finding {
	var all []guest
	for _, p := range named(d.role.Trust) {
		if g, ok := guestOf(p, d.role.Trust); ok {
			all = append(all, g)
		}
	}
	f := Finding{Status: Moot, What: "no-principal", Args: diagnose.Args{"role": d.role.Name, "principal": strings.Join(named(d.role.Trust), ", ")}}
	if f.Causes = d.opensWrongly(all, w); f.Causes != nil {
		f.Status, f.What = Fail, "open"
	}
	f.Notes = lintNotes(d.role.Trust, policy.KindTrust, policy.Scope{}, saidBy(f.Causes))
	return f
}

// opensWrongly are the causes of a door that some guest opens without the
// external ID, or any stranger with it.
func (d door) opensWrongly(guests []guest, w Wants) []diagnose.Cause {
	accepted := map[string]answer{}
	var near []string
	for _, wrong := range w.WrongIDs {
		for _, g := range guests {
			if a := d.opens(g, wrong.ID).answer; a > accepted[wrong.Kind] {
				accepted[wrong.Kind] = a
			}
		}
		if accepted[wrong.Kind] != no && wrong.Kind != "none" && wrong.Kind != "random" {
			near = append(near, wrong.Kind)
		}
	}
	sure := func(a answer) diagnose.Likelihood {
		if a == yes {
			return diagnose.Certain
		}
		return diagnose.Likely // on conditions that only the guest knows
	}
	var causes []diagnose.Cause
	switch {
	case accepted["random"] != no:
		causes = append(causes, diagnose.Because("external-id-not-required", sure(accepted["random"]), w.Facts))
	case accepted["none"] != no && w.ExternalID == "":
		causes = append(causes, diagnose.Because("external-id-not-required", sure(accepted["none"]), w.Facts))
	case accepted["none"] != no:
		causes = append(causes, diagnose.Because("external-id-optional", sure(accepted["none"]), w.Facts))
	}
	if near != nil && accepted["random"] == no {
		causes = append(causes, diagnose.Because("external-id-wildcard", sure(accepted[near[0]]), w.Facts,
			diagnose.Args{"what": strings.Join(near, ", ")}))
	}
	if a := d.opens(d.stranger(), w.ExternalID).answer; a != no {
		causes = append(causes, diagnose.Because("trust-too-wide", sure(a), w.Facts))
	}
	return causes
}

// stranger is of an account that nobody has named.
func (d door) stranger() guest {
	account := "999999999999"
	for _, p := range named(d.role.Trust) {
		if p == account || accountOf(p) == account {
			account = "888888888888"
		}
	}
	return accountGuest(account, partitionOf(d.role.ARN), account, d.role.Trust)
}

// conditional is the finding of a door that opens if the guest meets what
// only the guest knows.
func (d door) conditional(f *Finding, g guest, w Wants) {
	demands := d.demands(g, w.ExternalID)
	f.Args["what"] = conditionTexts(demands)
	f.Status, f.What = Warn, "conditions"
	likely := diagnose.Possible
	for _, c := range demands {
		switch strings.ToLower(c.Key) {
		case "aws:sourceip", "aws:vpcsourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:principalorgid", "aws:principalorgpaths":
			likely = diagnose.Likely // a CMS has no addresses and no organization of its customers
		}
	}
	f.Causes = append(f.Causes, diagnose.Because("trust-condition-unmet", likely, w.Facts, diagnose.Args{"what": f.Args["what"]}))
}

func (d door) demands(g guest, id string) []policy.Condition {
	var found []policy.Condition
	for _, p := range g.may {
		found = append(found, d.unknown(g).demands(d.role.Trust, func(one policy.Document) bool {
			return d.opensFor(p, id, one, d.unknown(g)).answer != no
		})...)
	}
	return found
}

// byDefault names whom the policy trusts in place of the caller, where nobody
// has said who is to assume the role: it may well be the CMS.
func (d door) byDefault(g guest, w Wants, j judgement) []diagnose.Note {
	if j.answer != no || w.TrustedPrincipal != "" {
		return nil
	}
	for _, p := range named(d.role.Trust) {
		other, ok := guestOf(p, d.role.Trust)
		if ok && other.account != g.account && d.opens(other, w.ExternalID).answer != no {
			return []diagnose.Note{{ID: "trust-name-principal", Args: diagnose.Args{"principal": other.account}}}
		}
	}
	return nil
}

// callerToo tells whether the caller of the live test gets in where the guest
// is somebody else and gets in.
func (d door) callerToo(g guest, w Wants, j judgement) []diagnose.Note {
	caller := w.Caller
	if j.answer == no || caller == "" || w.CallerAccess || w.TrustedPrincipal == "" {
		return nil
	}
	c, ok := guestOf(caller, d.role.Trust)
	if !ok || c.may[0].Kind == policy.Root || g.name == caller {
		return nil
	}
	args := diagnose.Args{"vendor": g.name, "caller": caller, "role": d.role.Name}
	if d.opens(c, w.ExternalID).answer == no {
		return []diagnose.Note{{ID: NoteVendorOnly, Args: args}}
	}
	if c.account == g.account {
		return nil
	}
	return []diagnose.Note{{ID: NoteCallerToo, Args: args}}
}

func hasNote(f Finding, id string) bool {
	for _, n := range f.Notes {
		if n.ID == id {
			return true
		}
	}
	return false
}
