package awscheck

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

var joinTime = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// outline is made once: hashing an external ID takes its time.
var outline = sync.OnceValue(func() Report { return Outline(roleTarget(), nil) })

// reportOf is a report of the test's connection with rows as "id status" or
// "id status reason".
func reportOf(at time.Time, account string, rows ...string) Report {
	r := outline()
	r.StartedAt, r.Verdict = at, ReadyWithWarnings
	for _, row := range rows {
		f := strings.Fields(row)
		res := Result{ID: f[0], Status: Status(f[1]), Reason: "result." + f[0] + "." + f[1]}
		if len(f) > 2 {
			res.Reason = f[2]
		}
		switch {
		case f[0] == "caller.identity":
			res.Args = diagnose.Args{"account": account, "name": "n"}
		case res.Reason == "result.skip.needs":
			res.Args = diagnose.Args{"need": f[3]}
		}
		r.Results = append(r.Results, res)
	}
	return r
}

const vendorsAccount = "999999999999"

var vendorRows = []string{
	"settings.valid pass", "caller.identity pass", "role.assume pass", "role.requires-external-id pass", "bucket.region pass", "bucket.list pass",
	"object.put pass", "object.metadata pass", "object.get pass", "object.copy pass", "object.delete pass", "scope.prefix pass", "delivery.url pass",
	"delivery.direct skip result.delivery.direct.no-domain", "delivery.listing pass", "delivery.cache pass", "delivery.stale pass", "probe.cleanup pass",
}

var ownerRows = []string{
	"settings.valid pass", "caller.identity pass", "role.assume skip result.skip.vendor-only", "role.requires-external-id skip result.skip.needs role.assume",
	"bucket.region skip result.skip.needs role.assume", "bucket.list skip result.skip.needs role.assume", "object.put skip result.skip.needs role.assume",
	"object.metadata skip result.skip.needs object.put", "object.get skip result.skip.needs object.put", "object.copy skip result.skip.needs object.put",
	"object.delete skip result.skip.needs object.put", "scope.prefix skip result.skip.needs object.put", "delivery.url skip result.skip.needs object.put",
	"delivery.direct skip result.skip.needs object.put", "delivery.listing pass", "delivery.cache skip result.skip.needs delivery.url",
	"delivery.stale skip result.skip.needs delivery.url", "probe.cleanup pass",
	"owner.role pass", "owner.trust pass", "owner.permissions pass", "owner.bucket-type pass", "owner.bucket-policy pass", "owner.public-access pass",
	"owner.object-ownership pass", "owner.encryption pass", "owner.versioning pass", "owner.lifecycle pass", "owner.cors pass",
	"owner.distribution skip result.owner.distribution.none",
}

func join(t *testing.T, a, b Report) Report {
	t.Helper()
	j, err := Join(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// with replaces rows of a list by their id.
func withRows(rows []string, changed ...string) []string {
	out := slices.Clone(rows)
	for _, c := range changed {
		id, _, _ := strings.Cut(c, " ")
		i := slices.IndexFunc(out, func(row string) bool { return strings.HasPrefix(row, id+" ") })
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i] = c
	}
	return out
}

func TestJoinTakesWhatWasLookedAt(t *testing.T) {
	vendor, owner := reportOf(joinTime, vendorsAccount, vendorRows...), reportOf(joinTime.Add(time.Hour), testAccount, ownerRows...)
	j := join(t, vendor, owner)
	if j.Verdict != Ready || j.Partial {
		t.Errorf("verdict %s, partial %v, unproved %v", j.Verdict, j.Partial, j.Unproved())
	}
	if rowOf(t, j, "object.put").Status != Pass || rowOf(t, j, "owner.trust").Status != Pass {
		t.Error("a row that was looked at is lost")
	}
	if len(j.Results) != len(ownerRows) || j.Side() != BothSides {
		t.Errorf("%d rows, side %s", len(j.Results), j.Side())
	}
	if len(j.Joined) != 2 || j.Joined[0].Side != VendorSide || j.Joined[0].Caller != vendorsAccount || j.Joined[1].Caller != testAccount {
		t.Errorf("joined of %+v", j.Joined)
	}
}

// The owner's rows carry the verdict alone where the role trusts the vendor.
func TestOwnersRowsVouch(t *testing.T) {
	target := roleTarget()
	for _, c := range []struct {
		name    string
		changed []string
		want    Verdict
		missing string
	}{
		{"all of them", nil, Ready, ""},
		{"a permission is missing", []string{"owner.permissions skip result.owner.permissions.unknown"}, ReadyWithWarnings, "object.put"},
		{"a row fails", []string{"owner.bucket-policy fail"}, Failed, ""},
		{"a row warns", []string{"owner.versioning warn"}, ReadyWithWarnings, ""},
		{"cannot be read, and decides nothing", []string{"owner.cors skip result.owner.cors.unknown"}, Ready, ""},
		{"a distribution that cannot be read", []string{"owner.distribution skip result.owner.distribution.unknown"}, ReadyWithWarnings, "delivery.url"},
		{"of another account", []string{"owner.bucket-type skip result.owner.other-account"}, ReadyWithWarnings, "bucket.region"},
		{"nobody knows whom to trust", []string{"owner.trust skip result.owner.trust.no-principal"}, ReadyWithWarnings, "role.assume"},
		{"refused for another reason", []string{"role.assume skip result.role.assume.else"}, Failed, ""},
	} {
		r := reportOf(joinTime, testAccount, withRows(ownerRows, c.changed...)...)
		if got := verdict(target, r.Results, false); got != c.want {
			t.Errorf("%s: %s, want %s (unproved %v)", c.name, got, c.want, r.Unproved())
		}
		if got := r.Unproved(); c.missing != "" && !slices.Contains(got, c.missing) || c.want == Ready && len(got) > 0 {
			t.Errorf("%s: unproved %v, want %s among them", c.name, got, c.missing)
		}
	}
}

// What no row of the owner's side can tell stays unproved.
func TestNobodyVouchesForMultipart(t *testing.T) {
	r := reportOf(joinTime, testAccount, append(slices.Clone(ownerRows), "object.multipart skip result.object.multipart.unsupported")...)
	if got := r.Unproved(); !slices.Equal(got, []string{"object.multipart"}) {
		t.Errorf("unproved %v", got)
	}
}

// Every live row that can be skipped has somebody to vouch for it, and the
// names are names of rows.
func TestVouchersAreRows(t *testing.T) {
	isRow := map[string]bool{}
	for _, c := range Checks() {
		isRow[c.ID] = true
	}
	for _, c := range ChecksOf("microcms") {
		always := c.ID == "settings.valid" || c.ID == "caller.identity" || c.ID == "probe.cleanup"
		if !c.owner && !c.onRequest && !always && len(vouchers[c.ID]) == 0 {
			t.Errorf("nobody vouches for %s", c.ID)
		}
	}
	for live, owners := range vouchers {
		for _, id := range append([]string{live}, owners...) {
			if !isRow[id] {
				t.Errorf("%s is no row", id)
			}
		}
	}
}

func TestJoinSaysContradictions(t *testing.T) {
	a := reportOf(joinTime, vendorsAccount, vendorRows...)
	b := reportOf(joinTime, testAccount, withRows(vendorRows, "delivery.url fail")...)
	j := join(t, a, b)
	row := rowOf(t, j, "delivery.url")
	if row.Status != Fail || !hasNote(row, "joined-passed-elsewhere") || j.Verdict != Failed {
		t.Errorf("%s, verdict %s", describe(row), j.Verdict)
	}
	for _, n := range row.Notes {
		if n.Args["account"] != vendorsAccount {
			t.Errorf("the note is about %v", n.Args)
		}
	}
}

// Who the role does not trust cannot assume it, which is no contradiction.
func TestJoinOfAnOwnerWhomTheRoleDoesNotTrust(t *testing.T) {
	vendor := reportOf(joinTime, vendorsAccount, vendorRows...)
	owner := reportOf(joinTime, testAccount, withRows(ownerRows, "role.assume fail")...)
	for i := range owner.Results {
		if owner.Results[i].ID == "role.assume" {
			owner.Results[i].Causes = []diagnose.Cause{{ID: "caller-not-trusted", Likelihood: diagnose.Likely}}
		}
	}
	j := join(t, vendor, owner)
	if row := rowOf(t, j, "role.assume"); row.Status != Pass || !hasNote(row, "joined-other-caller") {
		t.Errorf("%s", describe(row))
	}
	if got := rowOf(t, j, "caller.identity").Args["account"]; got != vendorsAccount {
		t.Errorf("the caller is %s, want who assumed the role", got)
	}
	// Refused for what it asked, not for who it is: a contradiction.
	for i := range owner.Results {
		for k := range owner.Results[i].Causes {
			owner.Results[i].Causes[k].ID = "external-id-mismatch"
		}
	}
	if row := rowOf(t, join(t, vendor, owner), "role.assume"); row.Status != Fail {
		t.Errorf("%s", describe(row))
	}
}

func TestJoinOfAnOldReport(t *testing.T) {
	vendor := reportOf(joinTime, vendorsAccount, vendorRows...)
	for _, c := range []struct {
		age  time.Duration
		want Verdict
	}{{23 * time.Hour, Ready}, {24 * time.Hour, ReadyWithWarnings}} {
		j := join(t, vendor, reportOf(joinTime.Add(c.age), testAccount, ownerRows...))
		if j.Verdict != c.want || j.Age() != c.age {
			t.Errorf("%s apart: %s, age %s", c.age, j.Verdict, j.Age())
		}
	}
	if id, args := join(t, vendor, reportOf(joinTime.Add(50*time.Hour), testAccount, ownerRows...)).VerdictText(); id != "verdict.stale" || args["hours"] != "50" {
		t.Errorf("%s %v", id, args)
	}
}

func TestOtherConnectionsAreRefused(t *testing.T) {
	a := reportOf(joinTime, testAccount, vendorRows...)
	for field, change := range map[string]func(*Target){
		"bucket":       func(t *Target) { t.Bucket = "beta" },
		"region":       func(t *Target) { t.Region = "us-east-1" },
		"prefix":       func(t *Target) { t.Prefix = "other" },
		"role_arn":     func(t *Target) { t.RoleARN += "2" },
		"external_id":  func(t *Target) { t.ExternalID += "x" },
		"domain":       func(t *Target) { t.Domain = "https://b.example.com" },
		"integration":  func(t *Target) { t.Integration = "imgix" },
		"settings":     func(t *Target) { t.Bucket = "" },
		"distribution": func(t *Target) { t.Distribution = "E2" },
	} {
		target := roleTarget()
		change(&target)
		b := Outline(target, nil)
		if field == "distribution" {
			a.Settings.Distribution = "arn:aws:cloudfront::123456789012:distribution/E1"
		}
		for _, order := range [][2]Report{{a, b}, {b, a}} {
			_, err := Join(order[0], order[1])
			var other *OtherConnectionError
			if !errors.As(err, &other) || other.Field != field {
				t.Errorf("%s: %v", field, err)
			}
			if field == "external_id" && (strings.Contains(err.Error(), testID) || !strings.Contains(err.Error(), "md-7")) {
				t.Errorf("the external IDs are not masked: %v", err)
			}
		}
		a.Settings.Distribution = ""
	}
	// Small differences in writing are none.
	target := roleTarget()
	target.Prefix, target.Distribution = "media/", "E1"
	if _, err := Join(a, Outline(target, nil)); err != nil {
		t.Error(err)
	}
	// A side that knows no role has hashed its external ID with another salt.
	target = roleTarget()
	target.RoleARN = ""
	if _, err := Join(a, Outline(target, nil)); err != nil {
		t.Error(err)
	}
	other := Outline(roleTarget(), nil)
	other.Settings.CustomEndpoint = true
	if _, err := Join(a, other); err == nil {
		t.Error("a report of AWS was joined with one of a custom endpoint")
	}
}

// Join does not care which report is named first.
func TestJoinIsSymmetric(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	statuses := []string{"pass", "warn", "fail", "skip", "inconclusive"}
	reasons := []string{"", " result.skip.needs object.put", " result.skip.vendor-only", " result.x.unknown", " result.skip.cancelled", " result.x.none"}
	causes := []string{"caller-not-trusted", "external-id-mismatch", "put-denied"}
	some := func() Report {
		var rows []string
		for _, c := range Checks() {
			if random.IntN(8) == 0 {
				continue
			}
			row := c.ID + " " + statuses[random.IntN(len(statuses))]
			if strings.HasSuffix(row, "skip") {
				row += reasons[random.IntN(len(reasons))]
			}
			rows = append(rows, row)
		}
		r := reportOf(joinTime.Add(time.Duration(random.IntN(3))*24*time.Hour), []string{testAccount, vendorsAccount}[random.IntN(2)], rows...)
		for i := range r.Results {
			r.Results[i].Causes = []diagnose.Cause{{ID: causes[random.IntN(3)], Likelihood: diagnose.Likely}}
		}
		r.Requests, r.Connection = random.IntN(9), []string{"", "a", "b"}[random.IntN(3)]
		return r
	}
	for range 500 {
		a, b := some(), some()
		ab, ba := join(t, a, b), join(t, b, a)
		if !reflect.DeepEqual(ab, ba) {
			t.Fatalf("Join differs by order:\n%+v\n%+v", ab, ba)
		}
		for _, row := range ab.Results {
			x, _ := rowNamed(a.Results, row.ID)
			y, _ := rowNamed(b.Results, row.ID)
			if (looked(x) || looked(y)) && !looked(row) && row.Reason != "result.skip.vendor-only" && row.Reason != "result.skip.needs" {
				t.Fatalf("%s was looked at and is %s %s now", row.ID, row.Status, row.Reason)
			}
		}
	}
}
