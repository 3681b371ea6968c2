package awscheck

import (
	"net/url"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
)

func noProxy(p *connect.Parts) { p.Proxy = nil }

func TestCaller(t *testing.T) {
	w := start(t, documentedAccount)
	for _, c := range []struct {
		name   string
		change func(*connect.Parts)
		cause  string
	}{
		{"none", func(p *connect.Parts) { p.AccessKeyID = "" }, "certain no-credentials"},
		{"unknown key", func(p *connect.Parts) { p.AccessKeyID = "AKIANOSUCHKEY0000000" }, "certain access-key-unknown"},
		{"wrong secret", func(p *connect.Parts) { p.SecretAccessKey += "x" }, "certain secret-key-wrong"},
		{"wrong token", func(p *connect.Parts) { p.SessionToken = "bogus" }, "certain access-key-unknown"},
		{"nobody listens", func(p *connect.Parts) { p.Endpoint = "http://127.0.0.1:1" }, "certain network-unreachable"},
		{"proxy refuses", func(p *connect.Parts) {
			p.Endpoint = "https://s3.example.com"
			p.Proxy = &url.URL{Scheme: "http", Host: "127.0.0.1:1"}
		}, "certain proxy-refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := w.run(roleTarget(), Options{Source: w.as(c.change)})
			want{status: Fail, cause: c.cause}.check(t, rowOf(t, r, "caller.identity"))
			if r.Verdict != NotRun {
				t.Errorf("verdict %s", r.Verdict)
			}
			want{status: Skip}.check(t, rowOf(t, r, "role.assume"))
			want{status: Skip}.check(t, rowOf(t, r, "object.put"))
		})
	}
}

func TestInvalidSettingsAreNotRun(t *testing.T) {
	w := start(t, documentedAccount)
	target := roleTarget()
	target.Bucket, target.Invalid = "Alpha", []string{"bucket.uppercase"}
	r := w.run(target, Options{})
	if r.Verdict != NotRun || r.Requests != 0 {
		t.Errorf("verdict %s after %d requests", r.Verdict, r.Requests)
	}
	want{status: Fail}.check(t, rowOf(t, r, "settings.valid"))
	for _, row := range r.Results[1:] {
		if row.ID != "probe.cleanup" && row.Status != Skip {
			t.Error(describe(row))
		}
	}
}

// A wrong clock that the SDK corrects passes, and is mentioned.
func TestWrongClockIsMentioned(t *testing.T) {
	w := start(t, documentedAccount+"clock_offset: 40m\n")
	r := w.run(roleTarget(), Options{})
	identity := rowOf(t, r, "caller.identity")
	want{status: Pass, note: "clock-skew"}.check(t, identity)
	for _, n := range identity.Notes {
		if n.ID == "clock-skew" && n.Args["offset"] != " (-40 min)" {
			t.Errorf("the clock is off by%s", n.Args["offset"])
		}
	}
}

func TestCallersOwnRights(t *testing.T) {
	w := start(t, documentedAccount)
	target := roleTarget()
	target.Access = "caller"
	r := w.run(target, Options{})
	for _, id := range []string{"role.assume", "role.requires-external-id"} {
		want{status: Skip}.check(t, rowOf(t, r, id))
	}
	for _, id := range []string{"bucket.region", "bucket.list", "object.put", "object.delete", "delivery.url"} {
		want{status: Pass}.check(t, rowOf(t, r, id))
	}
	want{status: Warn, cause: "certain scope-too-wide"}.check(t, rowOf(t, r, "scope.prefix"))
	if r.Verdict != ReadyWithWarnings {
		t.Errorf("verdict %s", r.Verdict)
	}
	for _, row := range r.Results {
		for _, ev := range row.Evidence {
			if ev.Operation == "sts:AssumeRole" {
				t.Errorf("%s assumed a role", row.ID)
			}
		}
	}
}

// What the role proves is not proved by the caller's own rights.
func TestCallersOwnRightsAreNeverReadyForTheRole(t *testing.T) {
	rows := []Result{{ID: "role.assume", Status: Skip}, {ID: "object.put", Status: Pass}}
	for _, c := range []struct {
		target Target
		want   Verdict
	}{
		{Target{Access: "caller", RoleARN: testRole}, ReadyWithWarnings},
		{Target{Access: "caller"}, Ready}, // an integration without a role
		{Target{Access: "role", RoleARN: testRole}, Failed},
	} {
		if got := verdict(c.target, rows, false); got != c.want {
			t.Errorf("%+v: %s, want %s", c.target, got, c.want)
		}
	}
}

// An endpoint that knows no AssumeRole has proved nothing of the role's
// rights; one that does not say who the caller is takes nothing away.
func TestEndpointsThatCannotAnswer(t *testing.T) {
	fault := func(operation, answer string) string {
		return documentedAccount + "faults:\n  - {service: sts, operation: " + operation + ", " + answer + "}\n"
	}
	var all []scenario
	for _, answer := range []string{"status: 501, code: NotImplemented", "status: 405, code: MethodNotAllowed", "status: 400, code: InvalidAction"} {
		all = append(all, scenario{
			name: "AssumeRole " + answer, base: fault("AssumeRole", answer), verdict: Failed,
			rows: map[string]want{
				"role.assume": {status: Inconclusive}, "role.requires-external-id": {status: Skip},
				"bucket.region": {status: Skip}, "bucket.list": {status: Skip}, "object.put": {status: Skip}, "delivery.url": {status: Skip},
			},
		}, scenario{
			name: "GetCallerIdentity " + answer, base: fault("GetCallerIdentity", answer), verdict: Ready,
			rows: map[string]want{"caller.identity": {status: Skip}, "object.put": {status: Pass}},
		})
	}
	runAll(t, all)
}

func TestFaults(t *testing.T) {
	runAll(t, []scenario{
		{
			name: "throttled twice", verdict: Ready,
			base: documentedAccount + "faults:\n  - {service: s3, operation: PutObject, status: 503, code: SlowDown, times: 2}\n",
			rows: map[string]want{"object.put": {status: Pass, note: "retried"}},
		},
		{
			name: "throttled for good", verdict: Failed,
			base: documentedAccount + "faults:\n  - {service: s3, operation: GetObject, status: 503, code: SlowDown}\n",
			rows: map[string]want{"object.get": {status: Fail, cause: "certain throttled"}},
		},
		{
			name: "STS has a failure of its own", verdict: Failed,
			base: documentedAccount + "faults:\n  - {service: sts, operation: AssumeRole, status: 500, code: InternalFailure}\n",
			rows: map[string]want{"role.assume": {status: Fail, cause: "likely service-unavailable"}},
		},
		{
			name: "the connection breaks", verdict: Failed,
			base: documentedAccount + "faults:\n  - {service: s3, operation: PutObject, drop: true}\n",
			rows: map[string]want{"object.put": {status: Fail, cause: "likely connection-broken", also: []string{"possible network-unreachable"}}},
		},
		{
			name: "the connection breaks at the copy", verdict: Failed,
			base: documentedAccount + "faults:\n  - {service: s3, operation: CopyObject, drop: true}\n",
			rows: map[string]want{"object.copy": {status: Fail, cause: "likely connection-broken"}},
		},
		{
			name: "the probe is said to be missing", verdict: Failed,
			base: documentedAccount + "faults:\n  - {service: s3, operation: GetObject, status: 404, code: NoSuchKey}\n",
			rows: map[string]want{"object.get": {status: Fail, cause: "likely object-vanished"}},
		},
		{
			name: "nothing answers", verdict: NotRun,
			base: documentedAccount + "faults:\n  - {service: sts, operation: \"*\", drop: true}\n",
			rows: map[string]want{"caller.identity": {status: Fail, cause: "likely connection-broken"}},
		},
		{
			name: "AssumeRole is answered, who the caller is not", verdict: NotRun,
			base: documentedAccount + "faults:\n  - {service: sts, operation: GetCallerIdentity, drop: true}\n",
			rows: map[string]want{
				"caller.identity": {status: Fail, cause: "likely connection-broken", also: []string{"possible network-unreachable"}},
				"role.assume":     {status: Skip}, "object.put": {status: Skip}, "delivery.listing": {status: Skip},
			},
		},
	})
}

// A region whose STS is off is no reason to fail: another one's sessions are
// as good.
func TestSTSThatIsOffInTheRegion(t *testing.T) {
	for operation, row := range map[string]string{"GetCallerIdentity": "caller.identity", "AssumeRole": "role.assume"} {
		for _, code := range []string{"RegionDisabledException", "InvalidClientTokenId"} {
			w := start(t, documentedAccount+"faults:\n  - {service: sts, operation: "+operation+", status: 403, code: "+code+", times: 1}\n")
			r := w.run(roleTarget(), Options{})
			want{status: Pass, note: "sts-elsewhere"}.check(t, rowOf(t, r, row))
			if r.Verdict != Ready {
				t.Errorf("%s %s: %s", operation, code, r.Verdict)
			}
		}
	}
	w := start(t, documentedAccount+"faults:\n  - {service: sts, operation: AssumeRole, status: 403, code: RegionDisabledException}\n")
	want{status: Fail, cause: "certain sts-region-disabled"}.check(t, rowOf(t, w.run(roleTarget(), Options{}), "role.assume"))
}

// A role that somebody else assumed proves nothing for who is to assume it,
// until the owner's side, or their own report, has said so.
func TestRoleAssumedByAnother(t *testing.T) {
	target := roleTarget()
	target.TrustedPrincipal = testVendor
	both := edit{`AWS: "arn:aws:iam::123456789012:root"`, `AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::210987654321:root"]`}
	w := start(t, owned(t, both))
	r := w.run(target, Options{})
	if row := rowOf(t, r, "caller.identity"); r.Verdict != ReadyWithWarnings || !hasNote(row, "caller-is-another") || !slices.Equal(r.Unproved(), []string{"role.assume"}) {
		t.Errorf("%s, unproved %v: %s", r.Verdict, r.Unproved(), describe(row))
	}
	if r := w.run(target, Options{Owner: w.source}); r.Verdict != Ready {
		t.Errorf("the owner has told: %s", r.Verdict)
	}
	vendor := w.run(target, Options{Source: w.named("stranger")})
	if row := rowOf(t, vendor, "caller.identity"); vendor.Verdict != Ready || hasNote(row, "caller-is-another") {
		t.Errorf("the vendor: %s %s", vendor.Verdict, describe(row))
	}
	if j, err := Join(r, vendor); err != nil || j.Verdict != Ready {
		t.Errorf("the vendor's report joined: %s %v", j.Verdict, err)
	}
}

func TestAnotherThan(t *testing.T) {
	const me, session = "arn:aws:iam::123456789012:user/me", "arn:aws:sts::123456789012:assumed-role/CMS/s1"
	for _, c := range []struct {
		principal, caller string
		want              bool
	}{
		{"", me, false}, {"123456789012", me, false}, {testVendor, me, true},
		{ownRoot, session, false}, {vendorRoot, session, true}, {me, me, false}, {me, session, true},
		{"arn:aws:iam::123456789012:role/path/CMS", session, false}, {"arn:aws:iam::123456789012:role/Other", session, true},
		{"arn:aws:iam::123456789012:role/CMS", me, true},
	} {
		if got := anotherThan(c.principal, c.caller, testAccount); got != c.want {
			t.Errorf("%s as %s: %v", c.caller, c.principal, got)
		}
	}
	if anotherThan(testVendor, "", "") {
		t.Error("nobody knows who the caller is")
	}
}
