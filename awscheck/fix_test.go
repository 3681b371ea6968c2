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
	"github.com/mediadock/mediadock/awscheck/racetest"
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
}

// run tests, mends with the row's fixes for the cause, and tests again: once
// with fixes made from documents that are read here, and once with those of a
// test that looks at the owner's side as well.
func (r remedy) run(t *testing.T) {
	t.Run("live", func(t *testing.T) { r.mended(t, false) })
	t.Run("with the owner", func(t *testing.T) { r.mended(t, true) })
}

func (r remedy) mended(t *testing.T, owner bool) {
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
	w.mend(t, target, r, owner)
	o := Options{Only: r.only}
	if owner {
		o.Owner = w.source
	}
	row := rowOf(t, w.run(target, o), r.row)
	if row.Status != Pass {
		t.Errorf("after the fix: %s", describe(row))
	}
	if n := lost(before, w.existing(t, target)); n > r.changed {
		t.Errorf("the fix changed or dropped %d statements, may %d", n, r.changed)
	}
}

func (w *world) mend(t *testing.T, target Target, r remedy, owner bool) {
	t.Helper()
	o := Options{Only: r.only}
	if owner {
		o.Owner = w.source
	}
	row := rowOf(t, w.run(target, o), r.row)
	i := slices.IndexFunc(row.Causes, func(c diagnose.Cause) bool { return c.ID == r.cause && c.Likelihood != diagnose.RuledOut })
	if i < 0 {
		t.Fatalf("%s is no cause: %s", r.cause, describe(row))
	}
	f := target.facts()
	f.CallerARN, f.CallerAccount, f.CustomEndpoint = "arn:aws:iam::123456789012:user/admin", testAccount, true
	f.ExternalID, f.Existing = target.ExternalID, w.existing(t, target)
	cause := row.Causes[i]
	if !owner {
		cause = diagnose.Refix(cause, f)
	}
	admin := &administrator{t: t, w: w, region: target.Region, others: otherIDs(f.Existing.Trust, testID)}
	mended := false
	for i, fix := range cause.Fixes {
		if i > 0 && !strings.HasPrefix(fix.ID, "then-") {
			break // another way to mend it, not a further step
		}
		mended = admin.apply(fix) || mended
	}
	if mended {
		return
	}
	for _, fix := range cause.Fixes {
		t.Logf("%s: %s\n%s", fix.ID, fix.Command, fix.Document)
	}
	t.Fatalf("the first fix of %s mends nothing", r.cause)
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
	e.Attached = map[string]policy.Document{}
	client := w.source.IAM(target.Region)
	managed := func(arn *string) policy.Document {
		p, err := client.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: arn})
		if err != nil {
			t.Fatal(err)
		}
		v, err := client.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: arn, VersionId: p.Policy.DefaultVersionId})
		if err != nil {
			t.Fatal(err)
		}
		return parse(aws.ToString(v.PolicyVersion.Document))
	}
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
	attached, err := client.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: name})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range attached.AttachedPolicies {
		e.Attached[aws.ToString(p.PolicyArn)] = managed(p.PolicyArn)
	}
	if b := role.Role.PermissionsBoundary; b != nil {
		e.BoundaryARN = aws.ToString(b.PermissionsBoundaryArn)
		d := managed(b.PermissionsBoundaryArn)
		e.Boundary = &d
	}
	if key, err := w.source.KMS(target.Region).GetKeyPolicy(ctx, &kms.GetKeyPolicyInput{KeyId: aws.String(kmsKey)}); err == nil {
		d := parse(aws.ToString(key.Policy))
		e.Key, e.KeyARN = &d, kmsKey
	}
	return e
}

// otherIDs are the external IDs in a trust policy that are not own, in their
// order.
func otherIDs(d *policy.Document, own string) []string {
	var ids []string
	for _, s := range d.Statements {
		for _, c := range s.Conditions {
			for _, v := range c.Values {
				if c.Key == "sts:ExternalId" && v != own && v != "*" && !slices.Contains(ids, v) {
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
	count(before.Boundary, after.Boundary)
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
	racetest.Plainly(t)
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
		"a managed policy opens everything": {cause: "scope-too-wide", row: "scope.prefix",
			edits: []edit{{"  - name: MediaRole\n", "  - name: MediaRole\n    attached_policies: [{name: AmazonS3FullAccess}]\n"}}},
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
	racetest.Plainly(t)
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
	racetest.Plainly(t)
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
		"public policies are blocked": {cause: "public-access-blocked", row: "delivery.url",
			edits: []edit{{"restrict_public_buckets: false", "restrict_public_buckets: true"}}},
		"the CDN can be passed": {cause: "direct-access-open", row: "delivery.direct", base: cdnAccount, changed: 1,
			edits: []edit{denies(foreign)}},
		"anybody can list": {cause: "listing-public", row: "delivery.listing", changed: 1,
			edits: []edit{denies(foreign + `, {Sid: Open, Effect: Allow, Principal: "*", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: "arn:aws:s3:::alpha-prod-assets"}`)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

// keyPolicy replaces the statement by which the key leaves everything to IAM.
func keyPolicy(statements string) edit {
	return edit{`Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}]`, `Statement: [` + statements + `]`}
}

func TestFixesMendKeysAndBoundaries(t *testing.T) {
	racetest.Plainly(t)
	encrypted := edit{"    region: ap-northeast-1\n", encryptedBucket}
	useKey := edit{objectsGrant, objectsGrant + grant(`["kms:GenerateDataKey", "kms:Decrypt"]`, kmsKey)}
	administered := `{Sid: Administrators, Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:user/admin"}, Action: "kms:*", Resource: "*"}`
	boundary := func(actions string) edit {
		return edit{"    policy:\n      Version", `    permissions_boundary: {Version: "2012-10-17", Statement: [{Sid: Some, Effect: Allow, Action: ` + actions + `, Resource: "*"}]}` + "\n    policy:\n      Version"}
	}
	for name, r := range map[string]remedy{
		"the role may not use the key": {cause: "kms-denied", row: "object.put", base: kmsAccount, edits: []edit{encrypted}},
		"the role may encrypt only": {cause: "kms-decrypt-denied", row: "object.get", base: kmsAccount,
			edits: []edit{encrypted, {objectsGrant, objectsGrant + grant(`"kms:GenerateDataKey"`, kmsKey)}}},
		"the key does not leave it to IAM": {cause: "kms-denied", row: "object.put", base: kmsAccount,
			edits: []edit{encrypted, useKey, keyPolicy(administered)}},
		"the key denies the role": {cause: "explicit-deny", row: "object.put", base: kmsAccount, changed: 1,
			edits: []edit{encrypted, useKey, keyPolicy(administered + `, {Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}, {Effect: Deny, Principal: "*", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: "*", Condition: {ArnNotEquals: {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/admin"}}}`)}},
		"the key is disabled": {cause: "kms-key-unusable", row: "object.put", base: kmsAccount,
			edits: []edit{encrypted, useKey, {"state: Enabled", "state: Disabled"}}},
		"CloudFront may not decrypt": {cause: "kms-anonymous", row: "delivery.url", base: kmsAccount + cdnAccount[len(documentedAccount):],
			edits: []edit{{publicRead, cloudFrontRead}, encrypted, useKey}},
		"strangers may not have what the key encrypts": {cause: "kms-anonymous", row: "delivery.url", base: kmsAccount, edits: []edit{encrypted, useKey}},
		"the boundary lacks deletion":                  {cause: "boundary-denied", row: "object.delete", edits: []edit{boundary(`["s3:Get*", "s3:List*", "s3:Put*"]`)}},
		"the boundary lacks uploads":                   {cause: "boundary-denied", row: "object.put", edits: []edit{boundary(`["s3:Get*", "s3:List*", "s3:Delete*"]`)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func TestFixesMendSettings(t *testing.T) {
	racetest.Plainly(t)
	blocked := edit{"buckets:\n", "account_public_access_block: {block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true}\nbuckets:\n"}
	for name, r := range map[string]remedy{
		"access control lists": {cause: "acls-enabled", row: "owner.object-ownership",
			edits: []edit{{"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    object_ownership: ObjectWriter\n"}}},
		"public policies are blocked": {cause: "public-access-blocked", row: "owner.public-access",
			edits: []edit{{"restrict_public_buckets: false", "restrict_public_buckets: true"}}},
		"the account blocks public policies": {cause: "public-access-blocked", row: "owner.public-access", edits: []edit{blocked}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.mended(t, true)
		})
	}
}
