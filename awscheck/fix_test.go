package awscheck

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// remedy is an account in which a row fails, and what mending it may change.
type remedy struct {
	cause  string
	base   string
	edits  []edit
	target func(*Target)
	row    string
	only   []string
	// changed counts the statements that the fix may change or take away:
	// those that are themselves at fault. All others stay as they are.
	changed int
	// second: the first fix leads to a further cause, which is mended as
	// well ("If multiple policy types deny, AWS includes only one").
	second string
}

// run tests, mends with the row's fixes for the cause, and tests again.
func (r remedy) run(t *testing.T) {
	base := r.base
	if base == "" {
		base = documentedAccount
	}
	w := start(t, edited(t, base, r.edits))
	target := roleTarget()
	if strings.Contains(base, "distributions:") {
		target = cdnTarget()
	}
	if r.target != nil {
		r.target(&target)
	}
	before := w.existing(t, target)
	w.mend(t, target, r, r.cause)
	if r.second != "" {
		w.mend(t, target, r, r.second)
	}
	row := rowOf(t, w.run(target, Options{Only: r.only}), r.row)
	if row.Status != Pass {
		t.Errorf("after the fix: %s", describe(row))
	}
	if n := lost(before, w.existing(t, target)); n > r.changed {
		t.Errorf("the fix changed or dropped %d statements, may %d", n, r.changed)
	}
}

func (w *world) mend(t *testing.T, target Target, r remedy, id string) {
	t.Helper()
	row := rowOf(t, w.run(target, Options{Only: r.only}), r.row)
	i := slices.IndexFunc(row.Causes, func(c diagnose.Cause) bool { return c.ID == id && c.Likelihood != diagnose.RuledOut })
	if i < 0 {
		t.Fatalf("%s is no cause: %s", id, describe(row))
	}
	f := target.facts()
	f.CallerARN, f.CallerAccount, f.CustomEndpoint = "arn:aws:iam::123456789012:user/admin", testAccount, true
	f.ExternalID, f.Existing = target.ExternalID, w.existing(t, target)
	cause := diagnose.Refix(row.Causes[i], f)
	admin := &administrator{t: t, w: w, region: target.Region, others: otherIDs(f.Existing.Trust)}
	for i, fix := range cause.Fixes {
		// A step that only shows what there is belongs to the one after it.
		if i > 0 && !strings.HasPrefix(fix.ID, "then-") {
			break
		}
		if admin.apply(fix) {
			return
		}
	}
	for _, fix := range cause.Fixes {
		t.Logf("%s: %s\n%s", fix.ID, fix.Command, fix.Document)
	}
	t.Fatalf("the first fix of %s mends nothing", id)
}

// existing are the documents as their owner reads them.
func (w *world) existing(t *testing.T, target Target) diagnose.Existing {
	t.Helper()
	ctx := context.Background()
	e := diagnose.Existing{Permissions: map[string]policy.Document{}}
	parse := func(text string) policy.Document {
		if unescaped, err := url.PathUnescape(text); err == nil && strings.HasPrefix(text, "%7B") {
			text = unescaped
		}
		d, err := policy.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	client := w.source.IAM(target.Region)
	name := aws.String("MediaRole")
	role, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: name})
	if err != nil {
		t.Fatal(err)
	}
	trust := parse(aws.ToString(role.Role.AssumeRolePolicyDocument))
	e.Trust = &trust
	inline, err := client.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: name})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range inline.PolicyNames {
		p, err := client.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: name, PolicyName: aws.String(n)})
		if err != nil {
			t.Fatal(err)
		}
		e.Permissions[n] = parse(aws.ToString(p.PolicyDocument))
	}
	admin := &administrator{t: t, w: w, region: target.Region}
	bucket, err := admin.s3().GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: aws.String(testBucket)})
	if err == nil {
		d := parse(aws.ToString(bucket.Policy))
		e.Bucket = &d
	} else {
		e.NoBucketPolicy = true
	}
	if key, err := w.source.KMS(target.Region).GetKeyPolicy(ctx, &kms.GetKeyPolicyInput{KeyId: aws.String(kmsKey)}); err == nil {
		d := parse(aws.ToString(key.Policy))
		e.Key, e.KeyARN = &d, kmsKey
	}
	return e
}

// otherIDs are the external IDs in a trust policy that are not the
// connection's, in their order.
func otherIDs(d *policy.Document) []string {
	var ids []string
	for _, s := range d.Statements {
		for _, c := range s.Conditions {
			for _, v := range c.Values {
				if c.Key == "sts:ExternalId" && v != testID && v != "*" && !slices.Contains(ids, v) {
					ids = append(ids, v)
				}
			}
		}
	}
	return ids
}

// lost counts statements that are not as they were.
func lost(before, after diagnose.Existing) int {
	n := 0
	count := func(a, b *policy.Document) {
		if a == nil {
			return
		}
		if b == nil {
			b = &policy.Document{Version: a.Version}
		}
		for _, c := range policy.Diff(*a, *b) {
			if c.Kind != policy.Added {
				n++
			}
		}
	}
	count(before.Trust, after.Trust)
	count(before.Bucket, after.Bucket)
	count(before.Key, after.Key)
	for name, d := range before.Permissions {
		now, ok := after.Permissions[name]
		if !ok {
			now = policy.Document{Version: d.Version}
		}
		count(&d, &now)
	}
	return n
}

const foreign = `{Sid: Foreign, Effect: Allow, Principal: {AWS: "arn:aws:iam::999988887777:root"}, Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/reports/*"}`

// denies adds statements in front of the bucket's policy.
func denies(statements string) edit {
	return edit{`Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject"`, `Statement: [` + statements + `, {Effect: Allow, Principal: "*", Action: "s3:GetObject"`}
}

func TestFixesMendTheRole(t *testing.T) {
	for name, r := range map[string]remedy{
		"uploads are missing": {cause: "put-denied", row: "object.put",
			edits: []edit{{objectActions, `["s3:GetObject", "s3:DeleteObject"]`}}},
		"another folder": {cause: "put-wrong-prefix", row: "object.put",
			edits: []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/images/*")}}},
		"reading is missing": {cause: "get-denied", row: "object.get", base: cdnAccount,
			edits: []edit{{publicRead, cloudFrontRead}, {objectActions, `["s3:PutObject", "s3:DeleteObject"]`}}},
		"copying is refused": {cause: "copy-denied", row: "object.copy", base: cdnAccount,
			edits: []edit{{publicRead, cloudFrontRead}, {objectActions, `["s3:PutObject", "s3:DeleteObject"]`}}},
		"deleting is missing": {cause: "delete-denied", row: "object.delete",
			edits: []edit{{objectActions, `["s3:GetObject", "s3:PutObject"]`}}},
		"listing is missing": {cause: "list-denied", row: "bucket.list",
			edits: []edit{{bucketActions, `"s3:GetBucketLocation"`}}},
		"locating is missing": {cause: "location-denied", row: "bucket.region",
			edits: []edit{{bucketActions, `"s3:ListBucket"`}}},
		"a condition on the prefix": {cause: "list-prefix-condition", row: "bucket.list",
			edits: []edit{{`"s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}`, `"s3:GetBucketTagging"], Resource: "arn:aws:s3:::alpha-prod-assets"}
        - {Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::alpha-prod-assets", Condition: {StringEquals: {"s3:prefix": "media"}}}`}}},
		"the whole bucket is open": {cause: "scope-too-wide", row: "scope.prefix", changed: 1,
			edits: []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/*")}}},
		"everything is open": {cause: "scope-too-wide", row: "scope.prefix", changed: 1,
			edits: []edit{{objectsGrant, grant(`"s3:*"`, "*")}}},
		"a deny of the role's own": {cause: "explicit-deny", row: "object.put", changed: 1,
			edits: []edit{{objectsGrant, objectsGrant + `        - {Effect: Deny, Action: "s3:PutObject", Resource: "*"}` + "\n"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func TestFixesMendTheTrustPolicy(t *testing.T) {
	other := `, {Sid: Other, Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}`
	withOther := func(condition string) []edit {
		return []edit{{trustCondition + `}]`, condition + `}` + other + `]`}}
	}
	for name, r := range map[string]remedy{
		"another external ID": {cause: "external-id-mismatch", row: "role.assume",
			edits: append(withOther(trustCondition), edit{testID, "md-ofAnotherConnection"})},
		"another account is trusted": {cause: "caller-not-trusted", row: "role.assume",
			edits: []edit{{`AWS: "arn:aws:iam::123456789012:root"`, `AWS: "arn:aws:iam::999988887777:root"`}}},
		"no external ID is required": {cause: "external-id-not-required", row: "role.requires-external-id", changed: 1, edits: withOther("")},
		"any external ID will do": {cause: "external-id-not-required", row: "role.requires-external-id", changed: 1,
			edits: withOther(`, Condition: {StringLike: {"sts:ExternalId": "*"}}`)},
		"everybody may": {cause: "external-id-not-required", row: "role.requires-external-id", changed: 1,
			edits: append(withOther(""), edit{`Principal: {AWS: "arn:aws:iam::123456789012:root"}`, `Principal: {AWS: "*"}`})},
		"only if one is given": {cause: "external-id-optional", row: "role.requires-external-id", changed: 1,
			edits: withOther(`, Condition: {StringEqualsIfExists: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}, Bool: {"aws:SecureTransport": "true"}}`)},
		"a longer one will do": {cause: "external-id-wildcard", row: "role.requires-external-id", changed: 1,
			edits: withOther(`, Condition: {StringLike: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3*"}}`)},
		"letters' case does not count": {cause: "external-id-wildcard", row: "role.requires-external-id", changed: 1,
			edits: withOther(`, Condition: {StringEqualsIgnoreCase: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}}`)},
		"the caller is denied": {cause: "explicit-deny", row: "role.assume", changed: 1,
			edits: []edit{{trustCondition + `}]`, trustCondition + `}, {Effect: Deny, Principal: {AWS: "123456789012"}, Action: "sts:*"}]`}}},
		"the caller may not assume roles": {cause: "caller-lacks-permission", row: "role.assume",
			edits: []edit{{adminPolicy, `[{Effect: Allow, Action: ["s3:*", "iam:*"], Resource: "*"}]`}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func TestFixesMendTheBucket(t *testing.T) {
	media := "arn:aws:s3:::alpha-prod-assets/media/*"
	for name, r := range map[string]remedy{
		"an encryption header is demanded": {cause: "encryption-required", row: "object.put", changed: 1,
			edits: []edit{denies(foreign + `, {Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "` + media + `", Condition: {StringNotEquals: {"s3:x-amz-server-side-encryption": AES256}}}`)}},
		"two statements demand a header": {cause: "encryption-required", row: "object.put", changed: 2,
			edits: []edit{denies(`{Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "` + media + `", Condition: {StringNotEquals: {"s3:x-amz-server-side-encryption": AES256}}}, {Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "` + media + `", Condition: {"Null": {"s3:x-amz-server-side-encryption": "true"}}}`)}},
		"a deny with exceptions": {cause: "explicit-deny", row: "object.put", changed: 1,
			edits: []edit{denies(foreign + `, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "` + media + `", Condition: {ArnNotLike: {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/*"}}}`)}},
		"a deny from other networks": {cause: "explicit-deny", row: "object.put", changed: 1,
			edits: []edit{denies(`{Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "` + media + `", Condition: {StringNotEquals: {"aws:SourceVpce": "vpce-1a2b3c4d"}}}`)}},
		"nothing lets readers in": {cause: "bucket-policy-missing", row: "delivery.url", base: cdnAccount,
			edits: []edit{{publicRead, ""}}},
		"another folder is open": {cause: "bucket-policy-wrong-path", row: "delivery.url",
			edits: []edit{{publicRead, strings.ReplaceAll(publicRead, "/media/*", "/images/*")}}},
		"another distribution": {cause: "origin-access-wrong-distribution", row: "delivery.url", base: cdnAccount,
			edits: []edit{{publicRead, strings.ReplaceAll(cloudFrontRead, "E2EXAMPLE", "E3EXAMPLE")}}},
		"public policies are blocked": {cause: "public-access-blocked", row: "delivery.url", second: "",
			edits: []edit{{"restrict_public_buckets: false", "restrict_public_buckets: true"}}},
		"the CDN can be passed": {cause: "direct-access-open", row: "delivery.direct", base: cdnAccount, changed: 1,
			edits: []edit{denies(foreign)}},
		"anybody can list": {cause: "listing-public", row: "delivery.listing", changed: 1,
			edits: []edit{denies(foreign + `, {Sid: Open, Effect: Allow, Principal: "*", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: "arn:aws:s3:::alpha-prod-assets"}`)}},
		"access control lists": {cause: "acls-enabled", row: "owner.object-ownership"},
	} {
		if strings.HasPrefix(r.row, "owner.") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}
