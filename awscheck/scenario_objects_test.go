package awscheck

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

const kmsKey = "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555"

const encryptedBucket = "    region: ap-northeast-1\n    encryption: {algorithm: \"aws:kms\", key: \"" + kmsKey + "\"}\n"

// kmsAccount has a key that leaves everything to IAM.
const kmsAccount = documentedAccount + `
kms_keys:
  - {arn: "` + kmsKey + `", state: Enabled, policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}]}}
`

func grant(actions, resource string) string {
	return `        - {Effect: Allow, Action: ` + actions + `, Resource: "` + resource + `"}` + "\n"
}

func TestObjects(t *testing.T) {
	media := "arn:aws:s3:::alpha-prod-assets/media/*"
	region := "    region: ap-northeast-1\n"
	runAll(t, []scenario{
		{
			name: "the policy lacks uploads", verdict: Failed,
			edits: []edit{{objectActions, `["s3:GetObject", "s3:DeleteObject"]`}},
			rows: map[string]want{
				"object.put": {status: Fail, also: []string{"likely put-denied", "possible put-wrong-prefix"}},
				"object.get": {status: Skip}, "scope.prefix": {status: Skip}, "probe.cleanup": {status: Pass},
			},
		},
		{
			name: "the policy names another folder", verdict: Failed,
			edits: []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/images/*")}},
			rows:  map[string]want{"object.put": {status: Fail, cause: "likely put-wrong-prefix", also: []string{"likely put-denied"}}},
		},
		{
			name: "no policy is attached", verdict: Failed,
			edits: []edit{{`Action: ["s3:GetBucketLocation", "s3:ListBucket"]`, `Action: "s3:ListAllMyBuckets"`}, {objectsGrant, ""}},
			rows:  map[string]want{"object.put": {status: Fail, cause: "likely put-denied", also: []string{"possible put-wrong-prefix"}}},
		},
		{
			// Without a public policy: that would let the role read too.
			name: "the policy lacks reading", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, cloudFrontRead}, {objectActions, `["s3:PutObject", "s3:DeleteObject"]`}},
			rows: map[string]want{
				"object.get":      {status: Fail, cause: "certain get-denied"},
				"object.metadata": {status: Fail, cause: "certain get-denied"},
				"object.copy":     {status: Fail, cause: "certain copy-denied"},
				"object.delete":   {status: Pass},
				"delivery.url":    {status: Pass},
			},
		},
		{
			name: "the policy lacks deletion", verdict: Failed, left: 2,
			edits: []edit{{objectActions, `["s3:GetObject", "s3:PutObject"]`}},
			rows: map[string]want{
				"object.delete":  {status: Fail, cause: "certain delete-denied"},
				"delivery.stale": {status: Skip},
				"probe.cleanup":  {status: Warn, cause: "certain left-behind", also: []string{"certain delete-denied"}},
			},
		},
		{
			name: "versions are kept", verdict: ReadyWithWarnings, hidden: 4,
			edits: []edit{{region, region + "    versioning: Enabled\n"}},
			rows: map[string]want{
				"object.delete": {status: Warn, cause: "certain delete-marker"},
				"scope.prefix":  {status: Pass},
				"probe.cleanup": {status: Pass, note: "versions-kept"},
			},
		},
		{
			name: "versions are kept and may be removed", verdict: ReadyWithWarnings,
			edits: []edit{{region, region + "    versioning: Enabled\n"}, {objectActions, `["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]`}},
			rows:  map[string]want{"object.delete": {status: Warn}, "probe.cleanup": {status: Pass}},
		},
		{
			name: "an encryption header is demanded", verdict: Failed,
			edits: []edit{{`Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject"`,
				`Statement: [{Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "` + media + `", Condition: {StringNotEquals: {"s3:x-amz-server-side-encryption": AES256}}}, {Effect: Allow, Principal: "*", Action: "s3:GetObject"`}},
			rows: map[string]want{"object.put": {status: Fail, also: []string{"certain explicit-deny", "certain encryption-required", "ruled-out put-denied"}}},
		},
		{
			name: "the bucket policy denies uploads", verdict: Failed,
			edits: []edit{{`Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject"`,
				`Statement: [{Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "` + media + `"}, {Effect: Allow, Principal: "*", Action: "s3:GetObject"`}},
			rows: map[string]want{"object.put": {status: Fail, cause: "certain explicit-deny", also: []string{"possible encryption-required"}}},
		},
		{
			name: "everything is encrypted with a key of the role", base: kmsAccount, verdict: Failed,
			edits: []edit{{region, encryptedBucket}, {objectsGrant, objectsGrant + grant(`["kms:GenerateDataKey", "kms:Decrypt"]`, kmsKey)}},
			rows: map[string]want{
				"object.put":   {status: Pass, note: "encrypted-with-kms"},
				"object.get":   {status: Pass},
				"delivery.url": {status: Fail, cause: "certain kms-anonymous"},
			},
		},
		{
			name: "the key is not the role's", base: kmsAccount, verdict: Failed,
			edits: []edit{{region, encryptedBucket}},
			rows:  map[string]want{"object.put": {status: Fail, cause: "certain kms-denied", never: []string{"put-denied"}}},
		},
		{
			name: "the key encrypts only", base: kmsAccount, verdict: Failed,
			edits: []edit{{region, encryptedBucket}, {objectsGrant, objectsGrant + grant(`"kms:GenerateDataKey"`, kmsKey)}},
			rows: map[string]want{
				"object.put": {status: Pass},
				"object.get": {status: Fail, cause: "certain kms-decrypt-denied"},
			},
		},
		{
			name: "the key is disabled", base: kmsAccount, verdict: Failed,
			edits: []edit{{region, encryptedBucket}, {objectsGrant, objectsGrant + grant(`["kms:GenerateDataKey", "kms:Decrypt"]`, kmsKey)}, {"state: Enabled", "state: Disabled"}},
			rows:  map[string]want{"object.put": {status: Fail, cause: "certain kms-key-unusable"}},
		},
		{
			name: "the boundary lacks deletion", verdict: Failed, left: 2,
			edits: []edit{{"    policy:\n      Version", `    permissions_boundary: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["s3:Get*", "s3:List*", "s3:Put*"], Resource: "*"}]}` + "\n    policy:\n      Version"}},
			rows:  map[string]want{"object.delete": {status: Fail, cause: "certain boundary-denied", never: []string{"explicit-deny"}}},
		},
		{
			name: "the organization denies uploads", verdict: Failed,
			base: documentedAccount + `
service_control_policies:
  - {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}, {Effect: Deny, Action: "s3:PutObject", Resource: "*"}]}
`,
			rows: map[string]want{"object.put": {status: Fail, cause: "certain explicit-deny", also: []string{"certain scp-denied"}}},
		},
	})
}

func TestScope(t *testing.T) {
	runAll(t, []scenario{
		{
			name: "the whole bucket", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide", note: "scope-list-wide"}},
		},
		{
			name: "the whole bucket, versions kept", verdict: ReadyWithWarnings, hidden: 4,
			edits: []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/*")}, {"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    versioning: Enabled\n"}},
			rows:  map[string]want{"scope.prefix": {status: Warn}},
		},
		{
			name: "a star too close", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/media*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}},
		},
		{
			name: "uploads alone", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, objectsGrant + grant(`"s3:PutObject"`, "arn:aws:s3:::alpha-prod-assets/*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}},
		},
		{
			name: "deletion alone", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, objectsGrant + grant(`"s3:DeleteObject"`, "arn:aws:s3:::alpha-prod-assets/*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}},
		},
		{
			name: "reading alone", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, objectsGrant + grant(`"s3:GetObject"`, "arn:aws:s3:::alpha-prod-assets/*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}},
		},
		{
			name: "reading beside the prefix alone", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, objectsGrant + grant(`"s3:GetObject"`, "arn:aws:s3:::alpha-prod-assets/media*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}},
		},
		{
			name: "deleting beside the prefix alone", verdict: ReadyWithWarnings,
			edits: []edit{{objectsGrant, objectsGrant + grant(`"s3:DeleteObject"`, "arn:aws:s3:::alpha-prod-assets/media*")}},
			rows:  map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}},
		},
	})
}

// The names of what is too wide are the actions and the folder.
func TestScopeNamesWhatIsOpen(t *testing.T) {
	w := start(t, edited(t, documentedAccount, []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/media*")}}))
	r := rowOf(t, w.run(roleTarget(), Options{}), "scope.prefix")
	if got := r.Args["what"]; got != "s3:PutObject mediax/, s3:GetObject mediax/, s3:DeleteObject mediax/" {
		t.Errorf("what is open: %q", got)
	}
}

func TestMultipart(t *testing.T) {
	t.Run("completes", func(t *testing.T) {
		w := start(t, documentedAccount)
		r := w.run(roleTarget(), Options{Only: []string{"object.multipart"}})
		want{status: Pass}.check(t, rowOf(t, r, "object.multipart"))
		if r.Verdict != ReadyWithWarnings || r.LeftBehind != 0 || len(w.objects()) != 0 {
			t.Errorf("%s, %d left, %v in the bucket", r.Verdict, r.LeftBehind, w.objects())
		}
	})
	t.Run("breaks", func(t *testing.T) {
		w := start(t, documentedAccount+"faults:\n  - {service: s3, operation: UploadPart, status: 503, code: SlowDown}\n")
		r := w.run(roleTarget(), Options{Only: []string{"object.multipart"}})
		want{status: Fail, cause: "certain throttled"}.check(t, rowOf(t, r, "object.multipart"))
		if r.LeftBehind != 0 || len(w.objects()) != 0 {
			t.Errorf("%d left, %v in the bucket", r.LeftBehind, w.objects())
		}
	})
}

func TestDenialNamesWhatWasRefused(t *testing.T) {
	w := start(t, edited(t, documentedAccount, []edit{{objectsGrant, grant(objectActions, "arn:aws:s3:::alpha-prod-assets/images/*")}}))
	r := rowOf(t, w.run(roleTarget(), Options{}), "object.put")
	for _, c := range r.Causes {
		if c.ID != "put-wrong-prefix" {
			continue
		}
		if want := "arn:aws:s3:::alpha-prod-assets/" + r.Args["key"]; c.Args["resource"] != want {
			t.Errorf("refused %s, want %s", c.Args["resource"], want)
		}
		if c.Args["objects_arn"] != "arn:aws:s3:::alpha-prod-assets/media/*" {
			t.Errorf("to be granted: %s", c.Args["objects_arn"])
		}
		if len(c.Fixes) == 0 || len(c.Fixes[0].Document) == 0 || c.Fixes[0].Command == "" || c.Fixes[0].ConsoleURL != "" {
			t.Errorf("fix on a custom endpoint: %+v", c.Fixes)
		}
		return
	}
	t.Error(describe(r), diagnose.Likely)
}
