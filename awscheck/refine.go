package awscheck

import (
	"reflect"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
)

// refine puts the causes of live rows in the light of the owner's rows: what
// the owner has read makes a cause certain, or rules it out. Rows of a role
// that trusts only somebody else than the caller become skipped ones. It
// changes nothing that the live answers themselves have settled.
func refine(rows []Result, f diagnose.Facts) []Result {
	refined := slices.Clone(rows)
	own := ownersOf(rows, f)
	for i := range refined {
		r := &refined[i]
		if isOwners(r.ID) || r.Status != Fail && r.Status != Warn && r.Status != Inconclusive {
			continue
		}
		r.Causes = own.light(*r, f)
		if v, ok := own["owner.versioning"]; ok && r.Reason == "result.object.delete.marker" && v.Status == Pass {
			// Versions are kept, and a rule removes the old ones: nothing is
			// left to mend.
			r.Status, r.Reason, r.Causes, r.Args = Pass, "result.object.delete.expires", nil, diagnose.Args{"days": v.Args["days"]}
		}
	}
	return own.vendorOnly(refined, f)
}

// refine does so for the rows of a run, in place, and tells which it changed.
func (x *test) refine(rows []Result) (changed []int) {
	f := x.known()
	if x.side != nil {
		f.Existing = x.side.Existing()
	}
	for i, r := range refine(rows, f) {
		if !reflect.DeepEqual(r, rows[i]) {
			rows[i] = x.scrub(r)
			changed = append(changed, i)
		}
	}
	return changed
}

// owners are the rows of the owner's side.
type owners map[string]Result

func ownersOf(rows []Result, f diagnose.Facts) owners {
	own := owners{}
	for _, r := range rows {
		if isOwners(r.ID) && looked(r) {
			own[r.ID] = r
		}
	}
	if trust, ok := own["owner.trust"]; ok && !aboutCaller(trust, f) {
		delete(own, "owner.trust") // it tells of somebody else than who asked
	}
	return own
}

// aboutCaller tells whether what owner.trust found is about the caller of the
// live rows, not about another who is to assume the role.
func aboutCaller(trust Result, f diagnose.Facts) bool {
	if n, ok := noteNamed(trust, owner.NoteVendorOnly); ok && f.CallerARN != "" && n.Args["caller"] == f.CallerARN {
		return false
	}
	about := trust.Args["account"]
	return about == "" || f.CallerAccount == "" || about == f.CallerAccount
}

func noteNamed(r Result, id string) (diagnose.Note, bool) {
	i := slices.IndexFunc(r.Notes, func(n diagnose.Note) bool { return n.ID == id })
	if i < 0 {
		return diagnose.Note{}, false
	}
	return r.Notes[i], true
}

// decision says which causes an owner's row decides on.
type decision struct {
	row    string
	causes []string
	// whole: the row looks at all of them, whatever else it finds, so that
	// one it does not name is ruled out. Otherwise only a row that passed
	// rules anything out.
	whole bool
}

var decisions = []decision{
	{"owner.role", []string{"role-not-found", "session-too-long"}, true},
	{"owner.trust", []string{"external-id-mismatch", "caller-not-trusted", "trust-condition-unmet"}, true},
	{"owner.permissions", []string{
		"location-denied", "list-denied", "list-prefix-condition", "put-denied", "put-wrong-prefix", "get-denied", "delete-denied",
		"copy-denied", "boundary-denied",
	}, true},
	{"owner.bucket-type", []string{"bucket-not-found", "wrong-region", "bucket-foreign-owner", "bucket-type-unsupported"}, true},
	{"owner.bucket-policy", []string{
		"encryption-required", "bucket-policy-missing", "bucket-policy-wrong-path", "origin-access-wrong-distribution",
	}, true},
	{"owner.public-access", []string{"public-access-blocked"}, false},
	{"owner.object-ownership", []string{"acls-enabled"}, false},
	{"owner.encryption", []string{"kms-denied", "kms-decrypt-denied", "kms-key-unusable", "kms-anonymous"}, false},
	{"owner.distribution", []string{
		"alias-missing", "distribution-deploying", "signed-url-required", "waf-blocked",
		"origin-access-missing", "origin-path-doubled", "origin-wrong-bucket",
	}, false},
}

// decider is the row that decides on a cause.
func (o owners) decider(cause string) (r Result, whole, ok bool) {
	for _, d := range decisions {
		if slices.Contains(d.causes, cause) {
			r, ok = o[d.row]
			return r, d.whole, ok
		}
	}
	return Result{}, false, false
}

// light gives the causes of a live row as they are after what the owner read.
func (o owners) light(live Result, f diagnose.Facts) []diagnose.Cause {
	causes := slices.Clone(live.Causes)
	for i, c := range causes {
		causes[i] = o.judged(c, f)
	}
	if live.ID == "role.assume" {
		causes = o.assumption(causes)
	}
	causes = o.denials(live, causes)
	if live.ID == "delivery.url" {
		causes = o.edge(live, causes)
	}
	causes = settled(live, causes)
	if len(causes) > 0 && !slices.ContainsFunc(causes, open) {
		// What may be changed at any moment, and what no owner can read.
		causes = append(causes, diagnose.Because("propagating", diagnose.Possible, f), diagnose.Because("scp-denied", diagnose.Possible, f))
	}
	slices.SortStableFunc(causes, func(a, b diagnose.Cause) int { return rank(a) - rank(b) })
	return causes
}

func open(c diagnose.Cause) bool { return c.Likelihood != diagnose.RuledOut }

func rank(c diagnose.Cause) int {
	return slices.Index([]diagnose.Likelihood{diagnose.Certain, diagnose.Likely, diagnose.Possible, diagnose.RuledOut}, c.Likelihood)
}

// judged is one cause of a live row after what the owner read.
func (o owners) judged(c diagnose.Cause, f diagnose.Facts) diagnose.Cause {
	if c.Likelihood == diagnose.Certain {
		return refreshed(c, f)
	}
	row, whole, ok := o.decider(c.ID)
	if !ok {
		return refreshed(c, f)
	}
	if known, listed := causeNamed(row, c.ID); listed && open(known) {
		if known.Likelihood == diagnose.Certain || rank(known) < rank(c) {
			return known
		}
		return refreshed(c, f)
	}
	if c.ID == "copy-denied" && copyRefused(row) {
		c.Likelihood = diagnose.Certain
		return refreshed(c, f)
	}
	excluded := whole || row.Status == Pass
	if row.ID == "owner.distribution" {
		excluded = hasSeen(row, c.ID)
	}
	if excluded && !dependent(row) {
		c.Likelihood = diagnose.RuledOut
	}
	return refreshed(c, f)
}

// dependent tells a row that found conditions on what only the request tells:
// it cannot say how the live one fared.
func dependent(r Result) bool {
	return slices.ContainsFunc(r.Notes, func(n diagnose.Note) bool {
		return n.ID == "permissions-depend" || n.ID == "bucket-policy-depends" || n.ID == "readers-depend" || n.ID == "readers-some-distribution"
	})
}

// copyRefused tells that one of the two permissions of a copy is missing.
func copyRefused(permissions Result) bool {
	return slices.ContainsFunc(permissions.Causes, func(c diagnose.Cause) bool {
		return c.Likelihood == diagnose.Certain && slices.Contains([]string{"put-denied", "put-wrong-prefix", "get-denied"}, c.ID)
	})
}

func causeNamed(r Result, id string) (diagnose.Cause, bool) {
	i := slices.IndexFunc(r.Causes, func(c diagnose.Cause) bool { return c.ID == id })
	if i < 0 {
		return diagnose.Cause{}, false
	}
	return r.Causes[i], true
}

// refreshed is the cause with fixes for the documents that the owner has read.
func refreshed(c diagnose.Cause, f diagnose.Facts) diagnose.Cause {
	if reflect.DeepEqual(f.Existing, diagnose.Existing{}) || len(c.Fixes) == 0 {
		return c
	}
	return diagnose.Refix(c, f)
}

// assumption weighs what is left of a refused AssumeRole.
func (o owners) assumption(causes []diagnose.Cause) []diagnose.Cause {
	role, hasRole := o["owner.role"]
	_, fresh := noteNamed(role, owner.NoteNew)
	missing := hasRole && strings.HasSuffix(role.Reason, ".missing")
	trust, hasTrust := o["owner.trust"]
	trusted := hasTrust && (trust.Status == Pass || strings.HasSuffix(trust.Reason, ".open")) && !slices.ContainsFunc(role.Causes, certain)
	for i := range causes {
		c := &causes[i]
		if c.Likelihood == diagnose.Certain || c.Likelihood == diagnose.RuledOut {
			continue
		}
		switch c.ID {
		case "external-id-mismatch", "caller-not-trusted", "trust-condition-unmet":
			if missing {
				c.Likelihood = diagnose.RuledOut // there is no trust policy
			}
		case "propagating":
			if fresh {
				c.Likelihood = diagnose.Likely // more than anything else that is left
			} else if missing {
				c.Likelihood = diagnose.RuledOut
			}
		case "caller-lacks-permission":
			if trusted && !fresh {
				c.Likelihood = diagnose.Likely // the role would let them in
			}
		}
	}
	return causes
}

func certain(c diagnose.Cause) bool { return c.Likelihood == diagnose.Certain }

// asks are the IAM actions that a live row needs.
var asks = map[string][]string{
	"role.assume":      {"sts:AssumeRole"},
	"bucket.region":    {"s3:GetBucketLocation"},
	"bucket.list":      {"s3:ListBucket"},
	"object.put":       {"s3:PutObject"},
	"object.get":       {"s3:GetObject"},
	"object.metadata":  {"s3:GetObject"},
	"object.copy":      {"s3:GetObject", "s3:PutObject"},
	"object.delete":    {"s3:DeleteObject"},
	"object.multipart": {"s3:PutObject"},
}

// denials adds what the owner read to deny the very action of a live row that
// names no certain cause itself: AWS does not always say which policy it was.
func (o owners) denials(live Result, causes []diagnose.Cause) []diagnose.Cause {
	if len(causes) == 0 || slices.ContainsFunc(causes, certain) {
		return causes
	}
	for _, id := range []string{"owner.trust", "owner.permissions", "owner.bucket-policy"} {
		for _, c := range o[id].Causes {
			switch c.ID {
			case "explicit-deny", "boundary-denied", "scp-denied":
			default:
				continue
			}
			_, listed := causeNamed(Result{Causes: causes}, c.ID)
			about := slices.Contains(asks[live.ID], c.Args["action"]) || id == "owner.trust" && live.ID == "role.assume"
			if certain(c) && about && !listed {
				causes = append(causes, c)
			}
		}
	}
	return causes
}

// skipVendorOnly is the reason of the rows that only the vendor can run.
const skipVendorOnly = "result.skip.vendor-only"

// vendorOnly skips what could not be tested because the role rightly trusts
// somebody else than the caller: the owner's rows carry the verdict then.
func (o owners) vendorOnly(rows []Result, f diagnose.Facts) []Result {
	vendor, ok := vendorOf(rows, f)
	if !ok {
		return rows
	}
	blocked := map[string]bool{}
	block := func(r *Result) {
		blocked[r.ID] = true
		r.Status, r.Reason, r.Args, r.Causes = Skip, skipVendorOnly, diagnose.Args{"vendor": vendor}, nil
	}
	for i := range rows {
		if r := &rows[i]; r.ID == "role.assume" && r.Status == Fail && refusedForCaller(*r) {
			block(r)
		}
	}
	for more := len(blocked) > 0; more; {
		more = false
		for i := range rows {
			if r := &rows[i]; !blocked[r.ID] && r.Status == Skip && r.Reason == "result.skip.needs" && blocked[r.Args["need"]] {
				block(r)
				more = true
			}
		}
	}
	return rows
}

// vendorOf is who alone may assume the role; ok is false where the caller may
// as well, or is the one.
func vendorOf(rows []Result, f diagnose.Facts) (vendor string, ok bool) {
	for _, r := range rows {
		if r.ID != "owner.trust" || r.Status != Pass && r.Status != Warn {
			continue
		}
		n, found := noteNamed(r, owner.NoteVendorOnly)
		if !found || f.CallerAccount == "" {
			return "", false
		}
		another := n.Args["caller"] == f.CallerARN || r.Args["account"] != "" && r.Args["account"] != f.CallerAccount
		return n.Args["vendor"], another
	}
	return "", false
}

// refusedForCaller tells a refusal that may lie in who asked. In the light of
// the owner's rows nothing else is left.
func refusedForCaller(r Result) bool {
	return slices.ContainsFunc(r.Causes, func(c diagnose.Cause) bool {
		return c.ID == "caller-not-trusted" || c.ID == "caller-lacks-permission"
	})
}
