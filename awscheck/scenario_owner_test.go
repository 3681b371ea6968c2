package awscheck

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
)

const (
	testVendor = "210987654321"
	// everyOwner are further people who look at the account: one who may read
	// like an auditor, one who may do nothing, and one of another account.
	everyOwner = `  - name: auditor
    access_key_id: AKIAI44QH8DHBEXAMPLE
    secret_access_key: je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["iam:Get*", "iam:List*", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetAccountPublicAccessBlock", "s3:ListBucket", "kms:DescribeKey", "kms:GetKeyPolicy", "cloudfront:Get*", "cloudfront:List*"], Resource: "*"}]}
  - name: nobody
    access_key_id: AKIAIOSFODNN7NOBODY1
    secret_access_key: nobodyMtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLE
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:ListAllMyBuckets", Resource: "*"}]}
  - name: stranger
    access_key_id: AKIAIOSFODNN7STRANGE
    secret_access_key: strangerGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLE
    account: "210987654321"
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
`
	ownRoot    = "arn:aws:iam::123456789012:root"
	vendorRoot = "arn:aws:iam::210987654321:root"
)

// owned is the documented account with everyOwner and edits.
func owned(t *testing.T, edits ...edit) string {
	return edited(t, strings.Replace(documentedAccount, "roles:\n", everyOwner+"roles:\n", 1), edits)
}

// named connects as a caller of the account file.
func (w *world) named(name string) *connect.Source {
	c := w.box.Caller(name)
	if c.Name == "" {
		w.t.Fatalf("no caller %s", name)
	}
	return w.as(func(p *connect.Parts) { p.AccessKeyID, p.SecretAccessKey = c.AccessKeyID, c.SecretAccessKey })
}

// mine are the rows of the owner's side that are tested here.
var mine = []string{"owner.role", "owner.trust", "owner.permissions", "owner.bucket-type", "owner.bucket-policy"}

func TestOwnerWithAdminRights(t *testing.T) {
	w := start(t, owned(t))
	r := w.run(roleTarget(), Options{Owner: w.source})
	for _, id := range mine {
		if row := rowOf(t, r, id); row.Status != Pass {
			t.Error(describe(row))
		}
	}
	var rows []Result
	for _, id := range mine {
		rows = append(rows, rowOf(t, r, id))
	}
	if OwnerNeeds(rows) != nil {
		t.Errorf("needs %v", OwnerNeeds(rows))
	}
}

func TestOwnerWithReadRights(t *testing.T) {
	w := start(t, owned(t))
	r := w.run(roleTarget(), Options{Owner: w.named("auditor")})
	for _, id := range mine {
		if row := rowOf(t, r, id); row.Status != Pass {
			t.Error(describe(row))
		}
	}
	if row := rowOf(t, r, "owner.permissions"); !hasNote(row, "organization-unknown") {
		t.Error("without the simulation, what the organization allows is not known:", describe(row))
	}
}

func TestOwnerWithNoRights(t *testing.T) {
	w := start(t, owned(t))
	r := w.run(roleTarget(), Options{Owner: w.named("nobody")})
	for _, id := range mine {
		row := rowOf(t, r, id)
		if row.Status != Skip || !strings.HasSuffix(row.Reason, ".unknown") || row.Args["needs"] == "" {
			t.Error(describe(row))
		}
	}
	needs := OwnerNeeds(r.Results)
	for _, action := range []string{
		"iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:GetPolicy",
		"iam:GetPolicyVersion", "s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketPolicy",
	} {
		if !slices.Contains(needs, action) {
			t.Errorf("%s is not named among %v", action, needs)
		}
	}
	if row := rowOf(t, r, "role.assume"); row.Status != Pass {
		t.Error("what the owner may not read changed the live row:", describe(row))
	}
}

func TestOwnerOfAnotherAccount(t *testing.T) {
	w := start(t, owned(t))
	r := w.run(roleTarget(), Options{Owner: w.named("stranger")})
	for _, row := range r.Results {
		if !strings.HasPrefix(row.ID, "owner.") {
			continue
		}
		if row.Status != Skip || row.Reason != "result.owner.other-account" || row.Args["account"] != testVendor || row.Args["want"] != testAccount {
			t.Error(describe(row))
		}
		if len(row.Evidence) > 1 {
			t.Errorf("%s asked for what it could not have: %d requests", row.ID, len(row.Evidence))
		}
	}
}

// A role that trusts only the vendor is as it should be: the live rows are
// skipped, and the owner's rows carry the verdict.
func TestRoleOfTheVendorAlone(t *testing.T) {
	w := start(t, owned(t, edit{ownRoot, vendorRoot}))
	target := roleTarget()
	target.TrustedPrincipal = testVendor
	last := map[string]Result{}
	r, err := Run(t.Context(), target, Options{Source: w.source, Owner: w.source, LedgerDir: t.TempDir()}, func(e Event) { last[e.Result.ID] = e.Result })
	if err != nil {
		t.Fatal(err)
	}
	w.checkReport(target, r)
	for _, id := range []string{"role.assume", "role.requires-external-id", "bucket.region", "bucket.list", "object.put", "object.get", "delivery.url"} {
		row := rowOf(t, r, id)
		if row.Status != Skip || !strings.HasSuffix(row.Reason, vendorOnly) || row.Args["vendor"] != testVendor || len(row.Causes) > 0 {
			t.Error(describe(row))
		}
		if last[id].Reason != row.Reason {
			t.Errorf("%s: the last event says %s, the report %s", id, last[id].Reason, row.Reason)
		}
	}
	if row := rowOf(t, r, "owner.trust"); row.Status != Pass || row.Reason != "result.owner.trust.vendor-only" {
		t.Error(describe(row))
	}
	if r.Verdict == Failed {
		t.Errorf("the verdict is %s", r.Verdict)
	}

	alone := w.run(target, Options{})
	if row := rowOf(t, alone, "role.assume"); row.Status != Fail {
		t.Error("without the owner's side nobody knows that it is right:", describe(row))
	}
}

// Each breaks the account in one way: the owner's row knows the cause, and so
// then does the live row, which could not tell by itself.
func TestOwnerMakesCausesCertain(t *testing.T) {
	const trusted = `Condition: {StringEquals: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}}`
	const objects = `{Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}`
	const policyLine = `    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}]}`
	for _, c := range []struct {
		name   string
		edits  []edit
		target func(*Target)
		owners string // the row of the owner's side
		live   string // the live row; empty: none fails
		cause  string
		out    []string // ruled out in the live row
	}{
		{"the role is not there", nil, func(t *Target) { t.RoleARN = "arn:aws:iam::123456789012:role/MediaRol" },
			"owner.role", "role.assume", "role-not-found", []string{"external-id-mismatch", "caller-not-trusted", "trust-condition-unmet"}},
		{"the role in another case", nil, func(t *Target) { t.RoleARN = "arn:aws:iam::123456789012:role/mediarole" },
			"owner.role", "role.assume", "role-not-found", []string{"external-id-mismatch", "caller-not-trusted"}},
		{"another external ID", []edit{{"md-7Q4kz2m9x1C8v5b3", "md-0000000000000000"}}, nil,
			"owner.trust", "role.assume", "external-id-mismatch", []string{"role-not-found", "caller-not-trusted", "trust-condition-unmet"}},
		{"another account", []edit{{ownRoot, vendorRoot}}, nil,
			"owner.trust", "role.assume", "caller-not-trusted", []string{"role-not-found", "external-id-mismatch"}},
		{"a condition", []edit{{trusted, `Condition: {StringEquals: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}, Bool: {"aws:MultiFactorAuthPresent": "true"}}`}}, nil,
			"owner.trust", "role.assume", "trust-condition-unmet", []string{"role-not-found", "external-id-mismatch", "caller-not-trusted"}},
		{"no external ID asked for", []edit{{", " + trusted, ""}}, nil, "owner.trust", "role.requires-external-id", "external-id-not-required", nil},
		{"no permission to upload", []edit{{`"s3:PutObject", `, ""}}, nil,
			"owner.permissions", "object.put", "put-denied", []string{"put-wrong-prefix"}},
		{"another folder", []edit{{objects, strings.Replace(objects, "media/*", "Media/*", 1)}}, nil,
			"owner.permissions", "object.put", "put-wrong-prefix", []string{"put-denied"}},
		{"no permission to delete", []edit{{`, "s3:DeleteObject"`, ""}}, nil, "owner.permissions", "object.delete", "delete-denied", nil},
		{"no permission to list", []edit{{`, "s3:ListBucket"`, ""}}, nil, "owner.permissions", "bucket.list", "list-denied", []string{"list-prefix-condition"}},
		{"a boundary", []edit{{"    trust_policy:", "    permissions_boundary: {Version: \"2012-10-17\", Statement: [{Effect: Allow, Action: [\"s3:Get*\", \"s3:List*\"], Resource: \"*\"}]}\n    trust_policy:"}}, nil,
			"owner.permissions", "object.put", "boundary-denied", nil},
		{"another region", []edit{{"region: ap-northeast-1", "region: us-west-2"}}, nil, "owner.bucket-type", "bucket.region", "wrong-region", nil},
		{"another owner", []edit{{"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    owner: \"210987654321\"\n"}}, nil, "owner.bucket-type", "bucket.region", "bucket-foreign-owner", nil},
		{"no bucket", []edit{{"alpha-prod-assets", "alpha-prod-others"}}, nil, "owner.bucket-type", "bucket.region", "bucket-not-found", nil},
		{"no bucket policy", []edit{{policyLine, ""}}, nil, "owner.bucket-policy", "delivery.url", "bucket-policy-missing", []string{"bucket-policy-wrong-path"}},
		{"a bucket policy for another path", []edit{{policyLine, strings.Replace(policyLine, "media/*", "Media/*", 1)}}, nil,
			"owner.bucket-policy", "delivery.url", "bucket-policy-wrong-path", []string{"bucket-policy-missing"}},
		{"a bucket policy that wants encryption", []edit{{policyLine, strings.Replace(policyLine, "}]}", `}, {Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::alpha-prod-assets/*", Condition: {StringNotEquals: {"s3:x-amz-server-side-encryption": "AES256"}}}]}`, 1)}}, nil,
			"owner.bucket-policy", "object.put", "encryption-required", nil},
		{"a policy that is too wide", []edit{{objects, strings.Replace(objects, "media/*", "*", 1)}}, nil, "owner.permissions", "scope.prefix", "scope-too-wide", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := start(t, owned(t, c.edits...))
			target := roleTarget()
			if c.target != nil {
				c.target(&target)
			}
			r := w.run(target, Options{Owner: w.source})
			if row := rowOf(t, r, c.owners); row.Status != Fail && row.Status != Warn || likelihoodOf(row, c.cause) != diagnose.Certain {
				t.Errorf("the owner's row does not say %s: %s", c.cause, describe(row))
			}
			row := rowOf(t, r, c.live)
			if likelihoodOf(row, c.cause) != diagnose.Certain {
				t.Errorf("the live row does not say %s: %s", c.cause, describe(row))
			}
			for _, id := range c.out {
				if l := likelihoodOf(row, id); l != diagnose.RuledOut && l != "" {
					t.Errorf("%s is %s: %s", id, l, describe(row))
				}
			}
		})
	}
}

// Where the trust policy is right and the role refuses all the same, it is
// the caller's own rights, or too early.
func TestOwnerLeavesTheCallersRights(t *testing.T) {
	w := start(t, owned(t))
	nobody := w.named("nobody")
	r := w.run(roleTarget(), Options{Source: nobody, Owner: w.source})
	row := rowOf(t, r, "role.assume")
	for id, want := range map[string]diagnose.Likelihood{
		"caller-lacks-permission": diagnose.Likely, "external-id-mismatch": diagnose.RuledOut,
		"caller-not-trusted": diagnose.RuledOut, "role-not-found": diagnose.RuledOut,
	} {
		if got := likelihoodOf(row, id); got != want {
			t.Errorf("%s is %q: %s", id, got, describe(row))
		}
	}
}

func TestOwnerOfANewRole(t *testing.T) {
	w := start(t, owned(t, edit{"    trust_policy:", "    created_ago: 1s\n    trust_policy:"}))
	r := w.run(roleTarget(), Options{Owner: w.source})
	if row := rowOf(t, r, "owner.role"); row.Status != Pass || !hasNote(row, owner.NoteNew) {
		t.Error(describe(row))
	}
	row := rowOf(t, r, "role.assume")
	if row.Causes[0].Likelihood == diagnose.Certain || likelihoodOf(row, "propagating") != diagnose.Likely ||
		likelihoodOf(row, "external-id-mismatch") != diagnose.RuledOut {
		t.Error(describe(row))
	}
}

func TestOwnerWhoseKeyIsUnknown(t *testing.T) {
	w := start(t, owned(t))
	gone := w.as(func(p *connect.Parts) { p.AccessKeyID = "AKIAIOSFODNN7DELETED" })
	r := w.run(roleTarget(), Options{Owner: gone})
	for _, row := range r.Results {
		if strings.HasPrefix(row.ID, "owner.") && (row.Status != Skip || row.Reason != "result.owner.no-credentials" || !strings.Contains(row.Args["message"], "InvalidClientTokenId")) {
			t.Error(describe(row))
		}
	}
}

// Attached policies count as inline ones do, and classics are named.
func TestOwnerReadsAttachedPolicies(t *testing.T) {
	const inline = `    policy:
      Version: "2012-10-17"
      Statement:
        - {Effect: Allow, Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}
        - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}
`
	w := start(t, owned(t, edit{inline, `    attached_policies:
      - {name: Bucket, policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}]}}
      - {name: Files, policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}]}}
`}))
	if row := rowOf(t, w.run(roleTarget(), Options{Owner: w.named("auditor")}), "owner.permissions"); row.Status != Pass {
		t.Error(describe(row))
	}
	wide := start(t, owned(t, edit{inline, "    attached_policies: [{name: AmazonS3FullAccess}]\n"}))
	row := rowOf(t, wide.run(roleTarget(), Options{Owner: wide.named("auditor")}), "owner.permissions")
	if row.Status != Warn || likelihoodOf(row, "scope-too-wide") != diagnose.Certain || !hasNote(row, "classic-policy") {
		t.Error(describe(row))
	}
}

// Only IAM's simulation knows the organization's policies.
func TestOwnerLearnsOfTheOrganization(t *testing.T) {
	scp := "service_control_policies:\n  - {Version: \"2012-10-17\", Statement: [{Effect: Allow, Action: \"*\", Resource: \"*\"}, {Effect: Deny, Action: \"s3:PutObject\", Resource: \"*\"}]}\nroles:\n"
	w := start(t, owned(t, edit{"roles:\n", scp}))
	r := w.run(roleTarget(), Options{Owner: w.source})
	if row := rowOf(t, r, "owner.permissions"); row.Status != Fail || likelihoodOf(row, "scp-denied") != diagnose.Certain {
		t.Error(describe(row))
	}
	if row := rowOf(t, r, "object.put"); likelihoodOf(row, "scp-denied") != diagnose.Certain {
		t.Error(describe(row))
	}
	blind := w.run(roleTarget(), Options{Owner: w.named("auditor")})
	if row := rowOf(t, blind, "owner.permissions"); row.Status != Pass || !hasNote(row, "organization-unknown") {
		t.Error(describe(row))
	}
}
