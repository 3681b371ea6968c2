package awscheck

import (
	"strings"
	"testing"
)

// settingRows are the rows of the owner's side about settings.
var settingRows = []string{
	"owner.public-access", "owner.object-ownership", "owner.encryption", "owner.versioning",
	"owner.lifecycle", "owner.cors", "owner.distribution",
}

const (
	keyARN     = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	sourceARN  = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"
	delegating = `{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}`
	edgeInKey  = `{Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: "kms:Decrypt", Resource: "*", Condition: {StringEquals: {"AWS:SourceArn": "` + sourceARN + `"}}}`
	roleKMS    = `        - {Effect: Allow, Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: "` + keyARN + `", Condition: {StringEquals: {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"}}}` + "\n"
	distro     = "  - {id: E2EXAMPLE, aliases: [media.example.com], origin: {bucket: alpha-prod-assets, path: \"\"}, origin_access_control: true, certificate: [media.example.com], cache_ttl: 0s, enabled: true, deployed: true}\n"
)

// bucketSetting adds lines to the bucket.
func bucketSetting(lines ...string) edit {
	return edit{"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    " + strings.Join(lines, "\n    ") + "\n"}
}

// withKey encrypts the bucket with a key of that policy.
func withKey(more string, statements ...string) []edit {
	return []edit{
		bucketSetting(`encryption: {algorithm: "aws:kms", key: "` + keyARN + `"}`),
		{"buckets:\n", `kms_keys:
  - {arn: "` + keyARN + `", policy: {Version: "2012-10-17", Statement: [` + strings.Join(statements, ", ") + `]}` + more + "}\nbuckets:\n"},
	}
}

var roleMayUseKey = edit{objectsGrant, objectsGrant + roleKMS}

// distribution replaces the one that there is.
func distribution(line string) edit { return edit{distro, "  - {" + line + "}\n"} }

type ownerSetting struct {
	name   string
	cdn    bool // delivered by CloudFront, as documented
	edits  []edit
	target func(*Target)
	row    string
	want
	what string // completes the reason
	fix  string // part of the first cause's first command
}

func TestOwnerSettings(t *testing.T) {
	for _, s := range []ownerSetting{
		// Block Public Access
		{name: "blocked at the bucket", row: "owner.public-access", what: "blocked-bucket",
			edits: []edit{{"block_public_policy: false, restrict_public_buckets: false", "block_public_policy: false, restrict_public_buckets: true"}},
			want:  want{status: Fail, cause: "certain public-access-blocked"}, fix: "s3api put-public-access-block --bucket alpha-prod-assets"},
		{name: "blocked at the account", row: "owner.public-access", what: "blocked-account",
			edits: []edit{{"roles:\n", "account_public_access_block: {block_public_acls: true, ignore_public_acls: false, block_public_policy: true, restrict_public_buckets: true}\nroles:\n"}},
			want:  want{status: Fail, cause: "certain public-access-blocked"},
			fix:   "s3control put-public-access-block --account-id 123456789012 --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=false,BlockPublicPolicy=false,RestrictPublicBuckets=false"},
		{name: "only new public policies are refused", row: "owner.public-access", what: "pass-direct",
			edits: []edit{{"block_public_policy: false", "block_public_policy: true"}},
			want:  want{status: Pass, note: "policy-frozen"}},
		{name: "a public policy beside CloudFront", cdn: true, row: "owner.public-access", what: "open",
			edits: []edit{{cloudFrontRead, publicRead}},
			want:  want{status: Warn, cause: "certain direct-access-open"}},
		{name: "not all is blocked beside CloudFront", cdn: true, row: "owner.public-access", what: "unguarded",
			edits: []edit{bucketSetting("public_access_block: {block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: false}")},
			want:  want{status: Warn, cause: "certain public-access-unblocked", never: []string{"direct-access-open"}}, fix: "RestrictPublicBuckets=true"},

		// Object Ownership
		{name: "ACLs", row: "owner.object-ownership", what: "acls", edits: []edit{bucketSetting("object_ownership: ObjectWriter")},
			want: want{status: Fail, cause: "certain acls-enabled"}, fix: "put-bucket-ownership-controls"},

		// Encryption
		{name: "a key that all may use", cdn: true, row: "owner.encryption", what: "pass-kms",
			edits: append(withKey("", delegating, edgeInKey), roleMayUseKey), want: want{status: Pass, note: "bucket-key-off"}},
		{name: "a key and readers without credentials", row: "owner.encryption", what: "anonymous",
			edits: append(withKey("", delegating), roleMayUseKey), want: want{status: Fail, cause: "certain kms-anonymous"}, fix: "put-bucket-encryption"},
		{name: "a key that CloudFront may not use", cdn: true, row: "owner.encryption", what: "edge-denied",
			edits: append(withKey("", delegating), roleMayUseKey), want: want{status: Fail, cause: "certain kms-anonymous"}, fix: "kms put-key-policy --key-id " + keyARN},
		{name: "a key that another distribution may use", cdn: true, row: "owner.encryption", what: "edge-denied",
			edits: append(withKey("", delegating, strings.Replace(edgeInKey, "E2EXAMPLE", "E1OTHER", 1)), roleMayUseKey),
			want:  want{status: Fail, cause: "certain kms-anonymous"}},
		{name: "a key that the role has no right to", cdn: true, row: "owner.encryption", what: "role-denied",
			edits: withKey("", delegating, edgeInKey), want: want{status: Fail, cause: "likely kms-denied", also: []string{"likely kms-decrypt-denied"}}, fix: "put-role-policy"},
		{name: "a key that the role may only encrypt with", cdn: true, row: "owner.encryption", what: "role-decrypt-denied",
			edits: append(withKey("", delegating, edgeInKey), edit{objectsGrant, objectsGrant + strings.Replace(roleKMS, `, "kms:Decrypt"`, "", 1)}),
			want:  want{status: Fail, cause: "likely kms-decrypt-denied", never: []string{"kms-denied"}}},
		{name: "a key whose policy is not left to IAM", cdn: true, row: "owner.encryption", what: "role-denied",
			edits: append(withKey("", `{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:user/admin"}, Action: "kms:*", Resource: "*"}`, edgeInKey), roleMayUseKey),
			want:  want{status: Fail, cause: "likely kms-denied"}, fix: "kms put-key-policy"},
		{name: "a key that is disabled", cdn: true, row: "owner.encryption", what: "key-state",
			edits: append(withKey(", state: Disabled", delegating, edgeInKey), roleMayUseKey), want: want{status: Fail, cause: "certain kms-key-unusable"}},
		{name: "a key that is not there", cdn: true, row: "owner.encryption", what: "key-missing",
			edits: []edit{bucketSetting(`encryption: {algorithm: "aws:kms", key: "` + keyARN + `"}`)}, want: want{status: Fail, cause: "certain kms-key-unusable"}},
		{name: "AWS's own key beside CloudFront", cdn: true, row: "owner.encryption", what: "managed",
			edits: []edit{bucketSetting(`encryption: {algorithm: "aws:kms"}`)}, want: want{status: Fail, cause: "certain kms-managed-key"}},

		// Versioning and Object Lock
		{name: "versions for good", row: "owner.versioning", what: "kept",
			edits: []edit{bucketSetting("versioning: Enabled")}, want: want{status: Warn, cause: "certain delete-marker"}},
		{name: "versions for a month", row: "owner.versioning", what: "expiring",
			edits: []edit{bucketSetting("versioning: Enabled", `lifecycle: [{ID: old, Status: Enabled, Filter: {Prefix: "media/"}, NoncurrentVersionExpiration: {NoncurrentDays: 30, NewerNoncurrentVersions: 3}}]`)},
			want:  want{status: Pass, note: "versions-newest"}},
		{name: "versions of elsewhere end", row: "owner.versioning", what: "kept",
			edits: []edit{bucketSetting("versioning: Enabled", `lifecycle: [{ID: old, Status: Enabled, Filter: {Prefix: "logs/"}, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]`)},
			want:  want{status: Warn, cause: "certain delete-marker"}},
		{name: "versioning suspended", row: "owner.versioning", what: "suspended",
			edits: []edit{bucketSetting("versioning: Suspended")}, want: want{status: Pass, note: "versions-older"}},
		{name: "a lock", row: "owner.versioning", what: "locked",
			edits: []edit{bucketSetting("versioning: Enabled", "object_lock: {mode: GOVERNANCE, days: 1}")},
			want:  want{status: Warn, cause: "certain object-locked", also: []string{"certain delete-marker"}}},

		// Lifecycle
		{name: "a rule that deletes media", row: "owner.lifecycle", what: "expires",
			edits: []edit{bucketSetting(`lifecycle: [{ID: tidy, Status: Enabled, Filter: {Prefix: ""}, Expiration: {Days: 30}}]`)},
			want:  want{status: Warn, cause: "certain lifecycle-expires"}, fix: "get-bucket-lifecycle-configuration"},
		{name: "a rule that archives a folder of media", row: "owner.lifecycle", what: "archives",
			edits: []edit{bucketSetting(`lifecycle: [{ID: cold, Status: Enabled, Filter: {Prefix: "media/old/"}, Transitions: [{Days: 90, StorageClass: GLACIER}]}]`)},
			want:  want{status: Warn, cause: "certain lifecycle-archives"}},
		{name: "a rule that ends uploads", row: "owner.lifecycle", what: "pass",
			edits: []edit{bucketSetting(`lifecycle: [{ID: mpu, Status: Enabled, Filter: {Prefix: ""}, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 30}}]`)},
			want:  want{status: Pass, note: "abort-late"}},

		// CORS
		{name: "pages of any site may write", row: "owner.cors", what: "pass",
			edits: []edit{bucketSetting(`cors: [{AllowedOrigins: ["*"], AllowedMethods: ["GET", "PUT"]}]`)}, want: want{status: Pass, note: "cors-writes"}},

		// The distribution
		{name: "an origin path", cdn: true, row: "owner.distribution", what: "origin-path",
			edits: []edit{{`path: ""`, `path: /media`}}, want: want{status: Fail, cause: "certain origin-path-doubled"}},
		{name: "no origin access control", cdn: true, row: "owner.distribution", what: "no-access",
			edits: []edit{{"origin_access_control: true", "origin_access_control: false"}}, want: want{status: Fail, cause: "certain origin-access-missing"}},
		{name: "no origin access control, and everybody may read", cdn: true, row: "owner.distribution", what: "no-access",
			edits: []edit{{"origin_access_control: true", "origin_access_control: false"}, {cloudFrontRead, publicRead}}, want: want{status: Warn, cause: "certain origin-access-missing"}},
		{name: "an origin access control that does not sign", cdn: true, row: "owner.distribution", what: "never-signs",
			edits: []edit{{"origin_access_control: true", "origin_access_control: true, signing: never"}}, want: want{status: Fail, cause: "certain origin-access-missing"}},
		{name: "no alias", cdn: true, row: "owner.distribution", what: "alias",
			edits: []edit{{"aliases: [media.example.com]", "aliases: []"}}, want: want{status: Fail, cause: "certain alias-missing"}},
		{name: "no alias anywhere", cdn: true, row: "owner.distribution", what: "alias-maybe",
			edits:  []edit{{"aliases: [media.example.com]", "aliases: []"}},
			target: func(t *Target) { t.Distribution = "" }, want: want{status: Warn, cause: "possible alias-missing"}},
		{name: "disabled", cdn: true, row: "owner.distribution", what: "disabled",
			edits: []edit{{"enabled: true", "enabled: false"}}, want: want{status: Fail, cause: "certain distribution-disabled"}},
		{name: "being deployed", cdn: true, row: "owner.distribution", what: "deploying",
			edits: []edit{{"deployed: true", "deployed: false"}}, want: want{status: Warn, cause: "certain distribution-deploying"}},
		{name: "of another bucket", cdn: true, row: "owner.distribution", what: "other-origin",
			edits: []edit{{"origin: {bucket: alpha-prod-assets, path: \"\"}", "origin: {bucket: beta-prod-assets}"}, {"buckets:\n", "buckets:\n  - {name: beta-prod-assets, region: ap-northeast-1}\n"}},
			want:  want{status: Fail, cause: "certain origin-other-bucket"}},
		{name: "the website endpoint", cdn: true, row: "owner.distribution", what: "website",
			edits: []edit{distribution("id: E2EXAMPLE, aliases: [media.example.com], origin: {domain: alpha-prod-assets.s3-website-ap-northeast-1.amazonaws.com}")},
			want:  want{status: Fail, cause: "certain origin-website"}},
		{name: "the global name", cdn: true, row: "owner.distribution", what: "global",
			edits: []edit{distribution("id: E2EXAMPLE, aliases: [media.example.com], origin: {domain: alpha-prod-assets.s3.amazonaws.com}, origin_access_control: true")},
			want:  want{status: Warn, cause: "possible origin-redirects"}},
		{name: "a firewall", cdn: true, row: "owner.distribution", what: "pass",
			edits: []edit{{"deployed: true", "deployed: true, blocked: true"}}, want: want{status: Pass, note: "waf-present"}},
		{name: "no such distribution", cdn: true, row: "owner.distribution", what: "missing",
			target: func(t *Target) { t.Distribution = "E9NONE" }, want: want{status: Fail, cause: "likely distribution-not-found"}},
		{name: "another account's, by its id", cdn: true, row: "owner.distribution", what: "foreign",
			edits:  []edit{{sourceARN, "arn:aws:cloudfront::999999999999:distribution/E9OTHER"}},
			target: func(t *Target) { t.Distribution = "E9OTHER" }, want: want{status: Skip}},
		{name: "the policy lets another account's in, by its id", cdn: true, row: "owner.bucket-policy", what: "pass-cdn",
			edits:  []edit{{sourceARN, "arn:aws:cloudfront::999999999999:distribution/E9OTHER"}},
			target: func(t *Target) { t.Distribution = "E9OTHER" }, want: want{status: Pass, note: "readers-some-distribution"}},
		{name: "a domain whose CDN may have keys of its own", cdn: true, row: "owner.bucket-policy", what: "no-cdn",
			edits:  []edit{{cloudFrontRead, ""}},
			target: func(t *Target) { t.Distribution = "" }, want: want{status: Fail, cause: "likely bucket-policy-missing"}},
		{name: "found by the domain", cdn: true, row: "owner.distribution", what: "pass",
			target: func(t *Target) { t.Distribution = "" }, want: want{status: Pass, note: "ttl-none"}},
		{name: "no distribution has the domain", cdn: true, row: "owner.distribution", what: "none-here",
			edits: []edit{{"distributions:\n" + distro, ""}}, target: func(t *Target) { t.Distribution = "" }, want: want{status: Skip}},
		{name: "another account's distribution", cdn: true, row: "owner.distribution", what: "foreign",
			target: func(t *Target) { t.Distribution = strings.Replace(sourceARN, "123456789012", "999999999999", 1) }, want: want{status: Skip}},
		{name: "no domain", row: "owner.distribution", what: "no-domain", want: want{status: Skip}},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.run(t)
		})
	}
}

func (s ownerSetting) run(t *testing.T) {
	base, target := documentedAccount, roleTarget()
	if s.cdn {
		base, target = edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}}), cdnTarget()
	}
	if s.target != nil {
		s.target(&target)
	}
	w := start(t, edited(t, base, s.edits))
	r := w.run(target, Options{Owner: w.source, Only: []string{s.row}})
	row := rowOf(t, r, s.row)
	s.check(t, row)
	if row.Reason != "result."+s.row+"."+s.what {
		t.Errorf("want %s: %s", s.what, describe(row))
	}
	if s.fix != "" && !strings.Contains(fixOf(row), s.fix) {
		t.Errorf("the fix is %q, want %q", fixOf(row), s.fix)
	}
}

// fixOf is the command that mends the row's first cause.
func fixOf(r Result) string {
	for _, c := range r.Causes {
		for _, f := range c.Fixes {
			return f.Command
		}
	}
	return ""
}

func TestOwnerSettingsAsDocumented(t *testing.T) {
	for name, s := range map[string]struct {
		account string
		target  Target
		rows    int
	}{
		"S3":         {documentedAccount, roleTarget(), 6},
		"CloudFront": {edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}}), cdnTarget(), 7},
	} {
		t.Run(name, func(t *testing.T) {
			w := start(t, s.account)
			r := w.run(s.target, Options{Owner: w.source, Only: settingRows})
			passed := 0
			for _, id := range settingRows {
				row := rowOf(t, r, id)
				if row.Status == Pass {
					passed++
				} else if row.Reason != "result.owner.distribution.no-domain" {
					t.Error(describe(row))
				}
			}
			if passed != s.rows {
				t.Errorf("%d rows pass, want %d", passed, s.rows)
			}
		})
	}
}

// TestOwnerSettingsUnread: who may read nothing learns which actions it takes.
func TestOwnerSettingsUnread(t *testing.T) {
	w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}, {"roles:\n", everyOwner + "roles:\n"}}))
	r := w.run(cdnTarget(), Options{Owner: w.named("nobody"), Only: settingRows})
	for id, needs := range map[string]string{
		"owner.public-access":    "s3:GetBucketPublicAccessBlock, s3:GetAccountPublicAccessBlock, s3:GetBucketPolicyStatus",
		"owner.object-ownership": "s3:GetBucketOwnershipControls",
		"owner.encryption":       "s3:GetEncryptionConfiguration",
		"owner.versioning":       "s3:GetBucketVersioning",
		"owner.lifecycle":        "s3:GetLifecycleConfiguration",
		"owner.cors":             "s3:GetBucketCORS",
		"owner.distribution":     "cloudfront:GetDistribution",
	} {
		row := rowOf(t, r, id)
		if row.Status != Skip || row.Reason != "result."+id+".unknown" || row.Args["needs"] != needs || len(row.Causes) > 0 {
			t.Errorf("want needs %q: %v %s", needs, row.Args, describe(row))
		}
	}
	if r.Verdict == Failed {
		t.Error("what may not be read has failed the test")
	}
}

// TestOwnerSettingsUnknownToTheServer: a server that does not know a setting
// leaves the row unknown, whatever it answers.
func TestOwnerSettingsUnknownToTheServer(t *testing.T) {
	w := start(t, documentedAccount+`
faults:
  - {service: s3, operation: GetBucketEncryption, status: 501, code: NotImplemented}
  - {service: s3, operation: GetBucketOwnershipControls, status: 501, code: NotImplemented}
  - {service: s3control, operation: GetPublicAccessBlock, status: 501, code: NotImplemented}
`)
	r := w.run(roleTarget(), Options{Owner: w.source, Only: settingRows})
	for _, id := range []string{"owner.encryption", "owner.object-ownership", "owner.public-access"} {
		row := rowOf(t, r, id)
		if row.Status != Skip || row.Reason != "result.owner.unread" || !strings.Contains(row.Args["message"], "NotImplemented") {
			t.Error(describe(row))
		}
	}
}

// TestOwnerKeyPolicyIsMerged: the fix of a key is its policy as it is, with
// what is missing.
func TestOwnerKeyPolicyIsMerged(t *testing.T) {
	base := edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})
	w := start(t, edited(t, base, append(withKey("", delegating), roleMayUseKey)))
	r := w.run(cdnTarget(), Options{Owner: w.source, Only: []string{"owner.encryption"}})
	row := rowOf(t, r, "owner.encryption")
	if len(row.Causes) == 0 || len(row.Causes[0].Fixes) == 0 {
		t.Fatal(describe(row))
	}
	f := row.Causes[0].Fixes[0]
	if doc := string(f.Document); !strings.Contains(doc, testAccount+":root") || !strings.Contains(doc, "E2EXAMPLE") || len(f.Before) == 0 || strings.Contains(string(f.Before), "E2EXAMPLE") {
		t.Errorf("before %s\nafter %s", f.Before, doc)
	}
}
