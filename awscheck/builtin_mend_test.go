package awscheck

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cftypes "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/imgix"
)

// rehearsal is a built-in scenario that runs.
type rehearsal struct {
	t      *testing.T
	name   string
	acc    account.Account
	target Target
	ahead  time.Duration // of the sandbox's clock, beside what its file says
	w      *world
	person *administrator // who mends: may do all, whatever the caller may
}

// person's keys, in every scenario.
var person = account.Caller{Name: "person", AccessKeyID: "AKIAPERSONPERSONPERS", SecretAccessKey: "person/secret/person/secret/person/secret"}

func rehearse(t *testing.T, name string) *rehearsal {
	t.Helper()
	acc, meta, err := account.Scenario(name)
	if err != nil {
		t.Fatal(err)
	}
	s := meta.Settings
	h := &rehearsal{t: t, name: name, acc: acc, target: Target{
		Integration: s["integration"], Access: s["access"], Bucket: s["bucket"], Region: s["region"],
		RoleARN: s["role_arn"], ExternalID: s["external_id"], Prefix: s["prefix"],
		Domain: s["domain"], Distribution: s["distribution"], ServiceID: s["service_id"],
		CloudNames: listed(s["cloud_names"]), KMSKeys: listed(s["kms_key_arns"]),
		Subdomain: s["subdomain"],
	}}
	if h.target.AssetRules, err = imgix.Parse(s["path_rules"]); err != nil {
		t.Fatal(err)
	}
	if h.target.Access == "" && h.target.Integration != "microcms" {
		h.target.Access = "caller"
	}
	if s["integration"] == "amplify" {
		h.target.App = appOf(t, s)
	}
	p := person
	p.Account, p.Policy = acc.ID, allowAll(t)
	h.acc.Callers = append(h.acc.Callers, p)
	h.start()
	return h
}

func listed(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return r == ',' })
}

func allowAll(t *testing.T) *policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// start runs the account as it is now, anew.
func (h *rehearsal) start() {
	h.t.Helper()
	box, err := sandbox.Start(context.Background(), sandbox.Options{
		Account: h.acc, Dir: h.t.TempDir(), Now: func() time.Time { return time.Now().Add(h.ahead) },
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = box.Close() })
	h.w = &world{t: h.t, box: box, caller: h.acc.Callers[0]}
	h.w.source = h.w.as(func(*connect.Parts) {})
	mender := &world{t: h.t, box: box, caller: person}
	mender.source = mender.as(func(*connect.Parts) {})
	h.person = &administrator{t: h.t, w: mender, region: h.acc.Buckets[0].Region, id: h.target.ExternalID}
	for _, role := range h.acc.Roles {
		h.person.others = append(h.person.others, otherIDs(&role.TrustPolicy, h.target.ExternalID)...)
	}
}

// owner is who administers the account: imgix's own key may not.
func (h *rehearsal) owner() *connect.Source {
	if h.target.Integration == "imgix" {
		return h.person.w.source
	}
	return h.w.source
}

func (h *rehearsal) run(o Options) Report {
	h.t.Helper()
	return h.w.run(h.target, o)
}

// mending is how a scenario is mended that no command mends, or whose bad row
// stays as it is.
type mending struct {
	row string // that is to pass; empty: the first bad one
	// fix says so among those of the row's first cause; empty: its commands
	// mend it.
	fix string
	by  func(*rehearsal)
	// layers is how many causes stand one behind another: AWS tells of one at
	// a time.
	layers int
}

var mendings = map[string]mending{
	// What the settings say is wrong.
	"role-missing":        {fix: "find-role", by: func(h *rehearsal) { h.target.RoleARN += "-2025" }},
	"wrong-region":        {fix: "use-region", by: func(h *rehearsal) { h.target.Region = "ap-northeast-1" }},
	"domain-not-found":    {fix: "add-dns-record", by: func(h *rehearsal) { h.target.Domain = testDomain }},
	"domain-wrong-target": {fix: "correct-dns-record", by: func(h *rehearsal) { h.target.Domain = testDomain }},
	"wrong-content":       {fix: "correct-dns-record", by: func(h *rehearsal) { h.target.Domain = testDomain }},
	"bucket-missing":      {fix: "check-bucket-name", by: changed(func(a *account.Account) { a.Buckets[0].Name = testBucket })},
	"foreign-owner":       {fix: "check-owner", by: changed(func(a *account.Account) { a.Buckets[0].Owner = a.ID })},

	"cloudinary-no-marker":        {fix: "cloudinary-add-marker", by: withMarkers},
	"cloudinary-marker-misplaced": {fix: "cloudinary-add-marker", by: withMarkers},
	"cloudinary-key-mismatch":     {fix: "cloudinary-name-key", by: func(h *rehearsal) { h.target.KMSKeys = []string{h.acc.KMSKeys[0].ARN} }},
	// A key is narrowed by taking away what a person gave it.
	"imgix-key-can-write":   {fix: "imgix-narrow-key", by: changed(onlyReading)},
	"imgix-other-bucket":    {fix: "imgix-narrow-key", by: changed(onlyReading)},
	"imgix-queued":          {fix: "imgix-wait", by: changed(func(a *account.Account) { a.ImgixSources[0].Deployed = true })},
	"imgix-bucket-writable": {fix: "imgix-narrow-bucket", by: changed(func(a *account.Account) { a.Buckets[0].Policy = nil })},
	"imgix-prefix-wrong":    {fix: "imgix-check-prefix", by: changed(func(a *account.Account) { a.ImgixSources[0].Prefix = "media" })},
	"imgix-signed-urls":     {fix: "imgix-check-key", by: changed(func(a *account.Account) { a.ImgixSources[0].Secure = false })},
	"imgix-other-key":       {fix: "imgix-check-key", by: changed(func(a *account.Account) { a.ImgixSources[0].Caller = "imgix" })},
	"imgix-key-unknown":     {fix: "new-access-key", by: changed(noFaults)},

	// What passes with time, or with another way to AWS.
	"role-just-created": {fix: "wait", by: func(h *rehearsal) { h.ahead += time.Minute }},
	"throttled":         {fix: "slow-down", by: func(*rehearsal) {}}, // three times is over
	"connection-broken": {fix: "try-later", by: changed(noFaults)},
	"proxy-page":        {fix: "configure-proxy", by: changed(noFaults)},
	"unknown-error":     {fix: "read-message", by: changed(noFaults)},

	// What others than the account's administrator change, or people in the
	// console where no command does it.
	"sts-region-disabled":   {fix: "activate-sts", by: changed(noFaults)},
	"account-suspended":     {fix: "contact-aws", by: changed(noFaults)},
	"object-archived":       {fix: "restore-object", by: changed(noFaults)},
	"organization-denied":   {fix: "ask-organization", by: changed(func(a *account.Account) { a.ServiceControlPolicies = nil })},
	"rcp-denied":            {fix: "ask-organization-rcp", by: changed(func(a *account.Account) { a.ResourceControlPolicies = nil })},
	"vpc-endpoint-denied":   {fix: "widen-endpoint-policy", by: changed(func(a *account.Account) { a.VPCEndpointPolicy = nil })},
	"trust-condition-unmet": {fix: "read-trust-conditions", by: fromHere},
	// Whom a Deny with conditions of its own is meant for, a person has to tell.
	"copy-denied": {fix: "mend-role-deny", by: changed(noDenies)},

	// CloudFront's configuration is changed as a whole, which the console does.
	"cdn-origin-access-missing": {fix: "set-origin-access", by: signOrigin},
	"cdn-signing-never":         {fix: "set-origin-access", by: signOrigin},
	"cdn-path-doubled": {fix: "clear-origin-path", by: configured(func(c *cftypes.DistributionConfig) {
		c.Origins.Items[0].OriginPath = aws.String("")
	})},
	"alias-missing": {fix: "add-alias", by: configured(func(c *cftypes.DistributionConfig) {
		c.Aliases = &cftypes.Aliases{Quantity: aws.Int32(1), Items: []string{"media.example.com"}}
	})},
	"distribution-disabled": {fix: "enable-distribution", by: configured(func(c *cftypes.DistributionConfig) { c.Enabled = aws.Bool(true) })},
	"waf-blocked":           {fix: "allow-in-waf", by: configured(func(c *cftypes.DistributionConfig) { c.WebACLId = aws.String("") })},
	"tls-name-mismatch": {fix: "add-certificate", by: changed(func(a *account.Account) {
		a.Distributions[0].Certificate = []string{"media.example.com"}
	})},
	// Behind the distribution that is not there yet, a bucket policy is missing.
	"distribution-deploying": {fix: "wait-for-distribution", by: changed(func(a *account.Account) { a.Distributions[0].Deployed = true }), layers: 2},

	// What other policies of a role or a bucket grant or deny is taken out of
	// them by hand, or by deploying the app.
	"amplify-no-cors":             {fix: "put-app-cors", by: corsPut},
	"amplify-cors-wrong-origin":   {fix: "put-app-cors", by: corsPut},
	"amplify-cors-read-only":      {fix: "put-app-cors", by: corsPut},
	"amplify-cors-no-etag":        {fix: "put-app-cors", by: corsPut},
	"amplify-policy-wrong-prefix": {fix: "put-app-policy", by: appRolePut},
	"amplify-guest-can-write":     {fix: "put-app-policy", by: appRolePut},
	"amplify-group-missing": {fix: "correct-app-role", by: func(h *rehearsal) {
		h.target.App.Roles["groupsadmin"] = "arn:aws:iam::123456789012:role/amplify-app-admin"
	}},
	"amplify-bucket-policy-denies": {fix: "mend-app-bucket-policy", by: changed(func(a *account.Account) { a.Buckets[0].Policy = nil })},
	"amplify-bucket-policy-open":   {fix: "mend-app-bucket-policy", by: changed(func(a *account.Account) { a.Buckets[0].Policy = nil })},

	// Versions are kept on purpose: only what they cost is mended.
	"delete-marker": {row: "owner.versioning"},
	"object-locked": {row: "owner.versioning", layers: 2},
}

// mend does what the fixes of a row's first cause say, and expects the row to
// pass.
func (h *rehearsal) mend(r Report, bad Result) {
	h.t.Helper()
	m := mendings[h.name]
	m.row = cmp.Or(m.row, bad.ID)
	for layer := range max(m.layers, 1) {
		if layer > 0 {
			r = h.run(Options{Owner: h.w.source})
		}
		row := rowOf(h.t, r, m.row)
		if row.Status == Pass || len(row.Causes) == 0 {
			h.t.Fatalf("there is nothing to mend: %s", describe(row))
		}
		if layer == 0 && m.fix != "" {
			h.byHand(m, row)
		} else if fixes := row.Causes[0].Fixes; !h.apply(fixes) {
			h.t.Fatalf("the first fix of %s mends nothing: %s", row.Causes[0].ID, fixNames(fixes))
		}
	}
	o := Options{Only: []string{m.row}}
	if isOwners(m.row) {
		o.Owner = h.w.source
	}
	if row := rowOf(h.t, h.run(o), m.row); row.Status != Pass {
		h.t.Errorf("after the fix: %s", describe(row))
	}
}

// byHand does what a fix says of a cause that is as certain as the first.
func (h *rehearsal) byHand(m mending, row Result) {
	h.t.Helper()
	for _, c := range row.Causes {
		if c.Likelihood != row.Causes[0].Likelihood {
			continue
		}
		for i, f := range c.Fixes {
			if f.ID != m.fix {
				continue
			}
			for _, before := range c.Fixes[:i] {
				h.person.apply(before) // what it builds upon
			}
			m.by(h)
			return
		}
	}
	h.t.Fatalf("no fix %s: %s", m.fix, describe(row))
}

// apply runs the first way to mend it, with its further steps.
func (h *rehearsal) apply(fixes []diagnose.Fix) (mended bool) {
	for i, f := range fixes {
		if i > 0 && !strings.HasPrefix(f.ID, "then-") {
			break
		}
		mended = h.person.apply(f) || mended
	}
	return mended
}

func fixNames(fixes []diagnose.Fix) string {
	var names []string
	for _, f := range fixes {
		names = append(names, f.ID+": "+f.Command+" "+string(f.Document))
	}
	return strings.Join(names, "\n")
}

// changed runs the account anew with a change that no command of the
// administrator's makes.
func changed(change func(*account.Account)) func(*rehearsal) {
	return func(h *rehearsal) {
		change(&h.acc)
		h.start()
	}
}

func noFaults(a *account.Account) { a.Faults = nil }

// fromHere edits the trust policy's condition on where requests come from.
func fromHere(h *rehearsal) {
	client, name := h.person.w.source.IAM(h.target.Region), aws.String("MediaRole")
	role, err := client.GetRole(context.Background(), &iam.GetRoleInput{RoleName: name})
	if err != nil {
		h.t.Fatal(err)
	}
	text, err := url.PathUnescape(aws.ToString(role.Role.AssumeRolePolicyDocument))
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := client.UpdateAssumeRolePolicy(context.Background(), &iam.UpdateAssumeRolePolicyInput{RoleName: name, PolicyDocument: aws.String(strings.ReplaceAll(text, "203.0.113.0/24", "127.0.0.0/8"))}); err != nil {
		h.t.Fatal(err)
	}
}

// noDenies takes every Deny out of the role's policy.
func noDenies(a *account.Account) {
	d := a.Roles[0].Policy
	d.Statements = slices.DeleteFunc(d.Statements, func(s policy.Statement) bool { return s.Effect == policy.Deny })
}

// configured changes the distribution's configuration.
func configured(change func(*cftypes.DistributionConfig)) func(*rehearsal) {
	return func(h *rehearsal) {
		client, id := h.person.w.source.CloudFront(h.target.Region), aws.String("E2EXAMPLE")
		now, err := client.GetDistributionConfig(context.Background(), &cloudfront.GetDistributionConfigInput{Id: id})
		if err != nil {
			h.t.Fatal(err)
		}
		change(now.DistributionConfig)
		_, err = client.UpdateDistribution(context.Background(), &cloudfront.UpdateDistributionInput{Id: id, IfMatch: now.ETag, DistributionConfig: now.DistributionConfig})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// signOrigin gives the origin the access control that was made before.
func signOrigin(h *rehearsal) {
	configured(func(c *cftypes.DistributionConfig) {
		c.Origins.Items[0].OriginAccessControlId = aws.String(h.person.control)
	})(h)
}

// withMarkers adds the markers of all cloud names, as mediadock marker does.
func withMarkers(h *rehearsal) {
	changed(func(a *account.Account) {
		for _, cloud := range h.target.CloudNames {
			a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Key: address.CloudinaryMarker(cloud)})
		}
	})(h)
}

// onlyReading gives imgix's user what it has when all is well.
func onlyReading(a *account.Account) {
	well, _, err := account.Scenario("imgix-ready")
	if err != nil {
		panic(err)
	}
	a.Callers[0].Policy = well.Callers[0].Policy
}
