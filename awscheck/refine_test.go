package awscheck

import (
	"reflect"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// row is a row of a report for a test: causes are "id likelihood" in one
// string, parted by commas.
func rowWith(id string, status Status, causes string) Result {
	r := Result{ID: id, Status: status, Reason: "result." + id + "." + string(status)}
	for _, c := range strings.Split(causes, ", ") {
		name, likelihood, ok := strings.Cut(c, " ")
		if ok {
			r.Causes = append(r.Causes, diagnose.Because(name, diagnose.Likelihood(likelihood), diagnose.Facts{}))
		}
	}
	return r
}

func causesIn(r Result) string {
	var all []string
	for _, c := range r.Causes {
		all = append(all, c.ID+" "+string(c.Likelihood))
	}
	return strings.Join(all, ", ")
}

// What the fix of a kept version asks for is in place: the row passes.
func TestVersionsThatARuleRemovesAreNoWarning(t *testing.T) {
	marker := rowWith("object.delete", Warn, "delete-marker certain")
	marker.Reason = "result.object.delete.marker"
	for _, c := range []struct {
		versioning Status
		days       string
		want       Status
	}{{Pass, "30", Pass}, {Warn, "", Warn}, {Skip, "", Warn}} {
		v := rowWith("owner.versioning", c.versioning, "")
		v.Args = diagnose.Args{"days": c.days}
		got := refine([]Result{marker, v}, diagnose.Facts{})[0]
		if got.Status != c.want || got.Args["days"] != c.days || (got.Status == Pass) != (len(got.Causes) == 0) {
			t.Errorf("owner.versioning %s: %+v", c.versioning, got)
		}
	}
}

func TestRefine(t *testing.T) {
	const refused = "external-id-mismatch likely, caller-not-trusted likely, role-not-found likely, trust-condition-unmet possible, propagating possible, caller-lacks-permission possible"
	const put = "put-denied likely, put-wrong-prefix possible"
	const served = "public-access-blocked likely, bucket-policy-missing likely, bucket-policy-wrong-path possible, kms-anonymous possible, error-cached possible"
	about := func(r Result, action string) Result {
		for i := range r.Causes {
			r.Causes[i].Args["action"] = action
		}
		return r
	}
	with := func(r Result, reason string, notes ...string) Result {
		if reason != "" {
			r.Reason = reason
		}
		for _, n := range notes {
			r.Notes = append(r.Notes, diagnose.Note{ID: n})
		}
		return r
	}
	for _, c := range []struct {
		name string
		live Result
		own  []Result
		want string
	}{
		{"no owner's row, no change", rowWith("role.assume", Fail, refused), nil, refused},
		{"what may not be read changes nothing", rowWith("role.assume", Fail, refused), []Result{rowWith("owner.role", Skip, ""), rowWith("owner.trust", Skip, "")}, refused},
		{"the role is missing", rowWith("role.assume", Fail, refused),
			[]Result{with(rowWith("owner.role", Fail, "role-not-found certain"), "result.owner.role.missing"), rowWith("owner.trust", Skip, "")},
			"role-not-found certain, caller-lacks-permission possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out, trust-condition-unmet ruled-out, propagating ruled-out"},
		{"another ID", rowWith("role.assume", Fail, refused), []Result{rowWith("owner.role", Pass, ""), rowWith("owner.trust", Fail, "external-id-mismatch certain")},
			"external-id-mismatch certain, propagating possible, caller-lacks-permission possible, caller-not-trusted ruled-out, role-not-found ruled-out, trust-condition-unmet ruled-out"},
		{"all right", rowWith("role.assume", Fail, refused), []Result{rowWith("owner.role", Pass, ""), rowWith("owner.trust", Pass, "")},
			"caller-lacks-permission likely, propagating possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out, role-not-found ruled-out, trust-condition-unmet ruled-out"},
		{"all right, and new", rowWith("role.assume", Fail, refused), []Result{with(rowWith("owner.role", Pass, ""), "", owner.NoteNew), rowWith("owner.trust", Pass, "")},
			"propagating likely, caller-lacks-permission possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out, role-not-found ruled-out, trust-condition-unmet ruled-out"},
		{"a condition that only the guest knows", rowWith("role.assume", Fail, refused), []Result{rowWith("owner.role", Pass, ""), rowWith("owner.trust", Warn, "trust-condition-unmet likely")},
			"trust-condition-unmet likely, propagating possible, caller-lacks-permission possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out, role-not-found ruled-out"},
		{"denied by the trust policy", rowWith("role.assume", Fail, refused), []Result{rowWith("owner.role", Pass, ""), rowWith("owner.trust", Fail, "explicit-deny certain")},
			"explicit-deny certain, propagating possible, caller-lacks-permission possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out, role-not-found ruled-out, trust-condition-unmet ruled-out"},
		{"what the live answer settled stays", rowWith("object.put", Fail, "put-denied certain"), []Result{rowWith("owner.permissions", Pass, "")}, "put-denied certain"},
		{"which of the two", rowWith("object.put", Fail, put), []Result{rowWith("owner.permissions", Fail, "put-wrong-prefix certain")}, "put-wrong-prefix certain, put-denied ruled-out"},
		{"neither", rowWith("object.put", Fail, put), []Result{rowWith("owner.permissions", Pass, "")},
			"propagating possible, scp-denied possible, put-denied ruled-out, put-wrong-prefix ruled-out"},
		{"a condition on what only the request tells rules nothing out", rowWith("object.put", Fail, put), []Result{with(rowWith("owner.permissions", Pass, ""), "", "permissions-depend")}, put},
		{"nor does one of the bucket's policy", rowWith("object.put", Fail, "explicit-deny likely, encryption-required possible"),
			[]Result{with(rowWith("owner.bucket-policy", Warn, ""), "", "bucket-policy-depends")}, "explicit-deny likely, encryption-required possible"},
		{"a boundary that the answer did not name", rowWith("object.put", Fail, put), []Result{about(rowWith("owner.permissions", Fail, "boundary-denied certain"), "s3:PutObject")},
			"boundary-denied certain, put-denied ruled-out, put-wrong-prefix ruled-out"},
		{"a boundary of something else", rowWith("object.put", Fail, put), []Result{about(rowWith("owner.permissions", Fail, "boundary-denied certain"), "s3:DeleteObject")},
			"propagating possible, scp-denied possible, put-denied ruled-out, put-wrong-prefix ruled-out"},
		{"likely for the owner, too", rowWith("object.put", Fail, put), []Result{rowWith("owner.permissions", Warn, "put-denied likely")}, "put-denied likely, put-wrong-prefix ruled-out"},
		{"a copy needs both", rowWith("object.copy", Fail, "copy-denied likely"), []Result{rowWith("owner.permissions", Fail, "get-denied certain")}, "copy-denied certain"},
		{"a key", rowWith("object.get", Fail, "get-denied likely, kms-decrypt-denied possible"), []Result{rowWith("owner.permissions", Pass, ""), rowWith("owner.encryption", Fail, "kms-decrypt-denied certain")},
			"kms-decrypt-denied certain, get-denied ruled-out"},
		{"delivery: the policy", rowWith("delivery.url", Fail, served), []Result{rowWith("owner.bucket-policy", Fail, "bucket-policy-wrong-path certain"), rowWith("owner.public-access", Pass, ""), rowWith("owner.encryption", Pass, "")},
			"bucket-policy-wrong-path certain, public-access-blocked ruled-out, bucket-policy-missing ruled-out, kms-anonymous ruled-out, error-cached ruled-out"},
		{"delivery: a row that warns of something else rules nothing out", rowWith("delivery.url", Fail, served), []Result{rowWith("owner.encryption", Warn, "kms-key-unusable likely")}, served},
		{"a row that passed is left alone", rowWith("object.put", Pass, ""), []Result{rowWith("owner.permissions", Fail, "put-denied certain")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := append([]Result{c.live}, c.own...)
			before := causesIn(c.live)
			got := refine(rows, diagnose.Facts{})
			if causesIn(got[0]) != c.want {
				t.Errorf("got  %s\nwant %s", causesIn(got[0]), c.want)
			}
			if causesIn(rows[0]) != before {
				t.Error("the rows that were given are changed")
			}
			if !reflect.DeepEqual(got[1:], rows[1:]) {
				t.Error("an owner's row is changed")
			}
		})
	}
}

// What owner.trust says of the vendor says nothing of another caller.
func TestRefineOfAnotherCaller(t *testing.T) {
	const mismatch = "external-id-mismatch likely, caller-not-trusted likely"
	trust := func(status Status, causes string, notes ...diagnose.Note) Result {
		r := rowWith("owner.trust", status, causes)
		r.Args, r.Notes = diagnose.Args{"account": testVendor}, notes
		return r
	}
	only := diagnose.Note{ID: owner.NoteVendorOnly, Args: diagnose.Args{"vendor": testVendor, "caller": "arn:aws:iam::123456789012:user/admin"}}
	admin := diagnose.Facts{CallerARN: "arn:aws:iam::123456789012:user/admin", CallerAccount: testAccount}
	cms := diagnose.Facts{CallerAccount: testVendor} // as a report on its own knows it
	needs := Result{ID: "bucket.region", Status: Skip, Reason: "result.skip.needs", Args: diagnose.Args{"need": "role.assume"}}
	far := Result{ID: "bucket.list", Status: Skip, Reason: "result.skip.needs", Args: diagnose.Args{"need": "bucket.region"}}
	for _, c := range []struct {
		name   string
		facts  diagnose.Facts
		trust  Result
		reason string // of all live rows; empty: role.assume fails as before
		causes string
	}{
		{"the vendor is refused, the admin too", admin, trust(Fail, "external-id-mismatch certain"), "", mismatch},
		{"the vendor is let in, the admin is not", admin, trust(Pass, "", only), skipVendorOnly, ""},
		{"a condition for the vendor", admin, trust(Warn, "trust-condition-unmet likely", only), skipVendorOnly, ""},
		{"open to the vendor without the ID", admin, trust(Fail, "external-id-not-required certain", only), "", mismatch},
		{"the vendor's own report", cms, trust(Pass, "", only), "", "propagating possible, scp-denied possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out"},
		{"nobody knows who asked", diagnose.Facts{}, trust(Pass, "", only), "", "propagating possible, scp-denied possible, external-id-mismatch ruled-out, caller-not-trusted ruled-out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := refine([]Result{rowWith("role.assume", Fail, mismatch), far, needs, c.trust}, c.facts)
			if c.reason == "" {
				if got[0].Status != Fail || causesIn(got[0]) != c.causes || got[1].Reason != far.Reason {
					t.Errorf("%s %s", got[0].Status, causesIn(got[0]))
				}
				return
			}
			for _, r := range got[:3] {
				if r.Status != Skip || r.Reason != c.reason || r.Args["vendor"] != testVendor {
					t.Errorf("%s: %s %s %v", r.ID, r.Status, r.Reason, r.Args)
				}
			}
		})
	}
}

// The fixes of a live row are merged into what the owner has read.
func TestRefineMendsWhatIsThere(t *testing.T) {
	there := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Sid: "Keep", Effect: policy.Deny, Principal: &policy.Principals{Any: true}, Action: []string{"s3:*"}, Resource: []string{"arn:aws:s3:::b/secret/*"},
	}}}
	f := diagnose.Facts{Bucket: "b", Region: "ap-northeast-1", Prefix: "media", RoleARN: testRole}
	live := Result{ID: "delivery.url", Status: Fail, Causes: []diagnose.Cause{diagnose.Because("bucket-policy-missing", diagnose.Likely, f)}}
	f.Existing.Bucket = &there
	got := refine([]Result{live}, f)[0]
	if fix := got.Causes[0].Fixes[0]; !strings.Contains(string(fix.Document), "Keep") || !strings.Contains(string(fix.Before), "Keep") {
		t.Errorf("%s\n%s", fix.Before, fix.Document)
	}
}
