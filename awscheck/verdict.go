package awscheck

import (
	"slices"
	"strings"
)

// verdict sums the rows up. What could not be told proves nothing:
//
//   - of the rows that the integration lives on, one that says nothing means
//     that the connection failed its test, unless the role trusts nobody but
//     the vendor, so that it is not for this caller to say anything;
//   - a row that the endpoint could not answer, that was skipped because the
//     program does not go through the role, or that the owner's side alone can
//     tell, leaves it ready with warnings at best, unless the owner's side
//     vouches for it, and so does a test of a part.
func verdict(t Target, rows []Result, partial bool) Verdict {
	for _, r := range rows {
		if r.Status == Fail && (r.ID == "settings.valid" || r.ID == "caller.identity") {
			return NotRun
		}
		if r.Reason == skipCancelled {
			return NotRun // what was not looked at proves nothing
		}
	}
	v := Ready
	if partial || len(unproved(t, rows)) > 0 {
		v = ReadyWithWarnings
	}
	for _, r := range rows {
		switch {
		case r.Status == Fail, untold(t, rows, r):
			return Failed
		case r.Status == Warn, r.Status == Inconclusive:
			v = ReadyWithWarnings
		}
	}
	return v
}

// Unproved names the live rows that nobody has answered for: skipped ones
// whose question stands, and for which no row of the owner's side vouches.
// They keep a report from being Ready.
func (r Report) Unproved() []string { return unproved(r.target(), r.Results) }

// Failing names the rows that keep a report from being ready in any way: those
// that failed, and those that had to pass and could not tell.
func (r Report) Failing() (ids []string) {
	for _, row := range r.Results {
		if row.Status == Fail || row.Status == Inconclusive && untold(r.target(), r.Results, row) {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// target is what the report is of, as far as it says.
func (r Report) target() Target {
	t := r.Settings.target()
	t.Integration = r.Integration
	return t
}

func unproved(t Target, rows []Result) (ids []string) {
	for _, r := range rows {
		if (r.Status == Skip && unanswered(t, rows, r) || r.ID == "role.assume" && r.Status == Pass && byAnother(t, rows)) && !vouched(rows, r.ID) {
			ids = append(ids, r.ID)
		}
	}
	for _, id := range unasked[t.Integration] {
		if _, there := rowNamed(rows, id); !there {
			ids = append(ids, id)
		}
	}
	return ids
}

// byAnother tells that the role was assumed by somebody else than who is to
// assume it: that says nothing of whether the trust policy lets them in.
func byAnother(t Target, rows []Result) bool {
	r, _ := rowNamed(rows, "caller.identity")
	return r.Status == Pass && anotherThan(t.TrustedPrincipal, r.Args["arn"], r.Args["account"])
}

// anotherThan tells that a caller is not principal, which is an account or
// the ARN of a user or role. Not known: it is.
func anotherThan(principal, caller, account string) bool {
	switch {
	case principal == "" || account == "":
		return false
	case !strings.HasPrefix(principal, "arn:"):
		return principal != account
	case accountIn(principal) != account:
		return true
	case caller == "" || strings.HasSuffix(principal, ":root"):
		return false
	case strings.Contains(caller, ":assumed-role/"):
		_, session, _ := strings.Cut(caller, ":assumed-role/")
		name, _, _ := strings.Cut(session, "/")
		return !strings.Contains(principal, ":role/") || arnName(principal) != name
	}
	return principal != caller
}

// accountIn is the account that an ARN names.
func accountIn(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return ""
	}
	return parts[4]
}

// untold tells that a row without which nothing works neither
// passed nor failed, although it was for this test to tell.
func untold(t Target, rows []Result, r Result) bool {
	switch {
	case r.Status != Skip && r.Status != Inconclusive, forVendor(rows, r):
		return false
	}
	if r.ID == "role.assume" {
		return t.roleAccess()
	}
	return slices.Contains(essential(t.Integration), r.ID)
}

// essentials are, by integration, the live rows without which nothing works.
// Of integrations that are not named these are writersEssentials.
var essentials = map[string][]string{
	"imgix": {"bucket.list", "imgix.read"},
}

var writersEssentials = []string{"bucket.list", "object.put", "object.delete"}

func essential(integration string) []string {
	if rows, ok := essentials[integration]; ok {
		return rows
	}
	return writersEssentials
}

// onlyOwnerProves are rows of the owner's side for which there is no live one:
// whether another account may read is not to be tried with one's own.
var onlyOwnerProves = []string{"cloudinary.policy", "cloudinary.key-policy"}

// unasked are, by integration, those of them that nobody has answered for
// where the owner's side was not asked: the others may not apply.
var unasked = map[string][]string{"cloudinary": {"cloudinary.policy"}}

// unanswered tells a skipped row that something is still to be asked of from
// one that does not apply. Who the caller is matters to nobody but the role.
func unanswered(t Target, rows []Result, r Result) bool {
	switch {
	case slices.Contains(onlyOwnerProves, r.ID):
		return strings.HasSuffix(r.Reason, ".unknown")
	case r.ID == "caller.identity", isOwners(r.ID):
		return false
	case r.ID == "role.assume" || r.ID == "role.requires-external-id":
		return t.RoleARN != "" && !t.roleAccess() || forVendor(rows, r)
	case r.ID == "amplify.access", r.ID == "amplify.cors" && strings.HasSuffix(r.Reason, ".unknown"):
		return true
	}
	return strings.HasSuffix(r.Reason, ".custom-endpoint") || strings.HasSuffix(r.Reason, ".unsupported") || forVendor(rows, r)
}

// vendorOnly ends the reasons of rows that the vendor alone can try: the role
// trusts nobody else.
const vendorOnly = ".vendor-only"

// forVendor tells whether r was skipped because the role trusts the vendor
// alone: by itself, or because it needs such a row.
func forVendor(rows []Result, r Result) bool {
	for range rows { // no chain of needs is longer
		if r.Status != Skip {
			return false
		}
		if strings.HasSuffix(r.Reason, vendorOnly) {
			return true
		}
		need, ok := rowNamed(rows, r.Args["need"])
		if r.Reason != "result.skip.needs" || !ok {
			return false
		}
		r = need
	}
	return false
}

func rowNamed(rows []Result, id string) (Result, bool) {
	for _, r := range rows {
		if r.ID == id {
			return r, true
		}
	}
	return Result{}, false
}

// vouchers are, for each live row, the rows of the owner's side that together
// tell what it would have found: all that decides the same requests.
var vouchers = map[string][]string{
	"role.assume":               {"owner.role", "owner.trust", "owner.permissions"},
	"role.requires-external-id": {"owner.trust"},
	"bucket.region":             {"owner.bucket-type"},
	"bucket.list":               {"owner.permissions", "owner.bucket-type", "owner.bucket-policy"},
	"object.put":                {"owner.permissions", "owner.bucket-policy", "owner.encryption", "owner.object-ownership"},
	"object.metadata":           {"owner.permissions", "owner.bucket-policy", "owner.encryption"},
	"object.get":                {"owner.permissions", "owner.bucket-policy", "owner.encryption", "owner.lifecycle"},
	"object.copy":               {"owner.permissions", "owner.bucket-policy", "owner.encryption", "owner.object-ownership"},
	"object.delete":             {"owner.permissions", "owner.bucket-policy", "owner.versioning"},
	"scope.prefix":              {"owner.permissions"},
	"delivery.url":              {"owner.bucket-policy", "owner.public-access", "owner.encryption", "owner.distribution"},
	"delivery.direct":           {"owner.bucket-policy", "owner.public-access"},
	"delivery.listing":          {"owner.bucket-policy", "owner.public-access"},
	"delivery.cache":            {"owner.distribution"},
	"delivery.stale":            {"owner.distribution"},
	"amplify.access":            {"amplify.roles", "amplify.bucket-policy"},
}

// elsewhere are the live rows about a service that is not AWS's: nothing that
// the owner's side reads tells the causes of these apart.
var elsewhere = []string{"imgix.delivery"}

// OwnerTells tells whether the owner's side can make more certain what a live
// row has left open.
func OwnerTells(row string) bool { return !slices.Contains(elsewhere, row) }

// vouched tells whether the owner's side answers for the live row id. A row
// of the owner's side that does not apply takes nothing away from it.
func vouched(rows []Result, id string) bool {
	needed := vouchers[id]
	for _, need := range needed {
		r, ok := rowNamed(rows, need)
		if !ok || !looked(r) && !doesNotApply(r) || r.Status == Inconclusive {
			return false
		}
	}
	return len(needed) > 0
}

// doesNotApply tells a row of the owner's side that does not apply, as the
// distribution where there is none, from one that could not be read or was
// not asked. Of the role there is always something to tell.
func doesNotApply(r Result) bool {
	switch r.ID {
	case "owner.role", "owner.trust", "owner.permissions", "amplify.roles", "amplify.bucket-policy":
		return false
	}
	return r.Status == Skip && strings.HasPrefix(r.Reason, "result."+r.ID+".") &&
		!strings.HasSuffix(r.Reason, ".unknown") && !strings.HasSuffix(r.Reason, ".not-asked")
}
