package diagnose

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

const (
	reports = `{"Sid":"Reports","Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/reports/*"}`
	media   = `"Resource":"arn:aws:s3:::b/media/*"`
)

func doc(t *testing.T, statements ...string) *policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// mended are the documents before and after of the first fix, on one line.
func mended(t *testing.T, id string, f Facts, more ...Args) (after string, first Fix) {
	t.Helper()
	fixes := Because(id, Certain, f, more...).Fixes
	d, err := policy.Parse(fixes[0].Document)
	if err != nil {
		t.Fatalf("%s: %v in %s", fixes[0].ID, err, fixes[0].Document)
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(b)), fixes[0]
}

// Fixes append; what is not at fault stays as it is, to the letter.
func TestFixesChangeWhatIsAtFaultAlone(t *testing.T) {
	deny := func(condition string) string {
		return `{"Sid":"Deny","Effect":"Deny","Principal":"*","Action":"s3:*",` + media + `,"Condition":` + condition + `}`
	}
	allow := func(sid, resource string) string {
		return `{"Sid":"` + sid + `","Effect":"Allow","Action":["s3:PutObject","s3:GetObject","s3:DeleteObject"],"Resource":` + resource + `}`
	}
	trust := func(principal, condition string) string {
		return `{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"sts:AssumeRole","Condition":` + condition + `}`
	}
	const (
		me    = "arn:aws:iam::123456789012:root"
		right = `{"StringEquals":{"sts:ExternalId":"<EXTERNAL_ID>"}}`
	)
	tight := `{"Sid":"Locate","Effect":"Allow","Action":"s3:GetBucketLocation","Resource":"arn:aws:s3:::b"},` +
		`{"Sid":"ListOnlyThePrefix","Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b","Condition":{"StringLike":{"s3:prefix":["media/*","media/","media"]}}},` +
		`{"Sid":"Objects","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject","s3:AbortMultipartUpload"],"Resource":"arn:aws:s3:::b/media/*"}`
	inBucket := Args{"layer": string(LayerResource), "action": "s3:PutObject"}
	for _, c := range []struct {
		name, cause string
		change      func(*Facts)
		args        Args
		want        []string
		command     string // a part of it
	}{
		{"an exception joins those that there are", "explicit-deny",
			func(f *Facts) {
				f.Existing.Bucket = doc(t, reports, deny(`{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::123456789012:user/ops"]}}`))
			},
			inBucket,
			[]string{reports, deny(`{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::123456789012:user/ops","arn:aws:iam::123456789012:role/MediaRole"]}}`)},
			"put-bucket-policy --bucket b --policy file://bucket-policy.json --region ap-northeast-1"},
		{"another condition stays beside the exception", "explicit-deny",
			func(f *Facts) {
				f.Existing.Bucket = doc(t, deny(`{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}`), reports)
			},
			inBucket,
			[]string{deny(`{"StringNotEquals":{"aws:SourceVpce":"vpce-1"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/MediaRole"}}`), reports}, ""},
		{"a Deny that does not hit stays", "encryption-required",
			func(f *Facts) {
				f.Existing.Bucket = doc(t, deny(`{"Bool":{"aws:SecureTransport":"false"}}`), deny(`{"Null":{"s3:x-amz-server-side-encryption":"true"}}`))
			},
			nil,
			[]string{deny(`{"Bool":{"aws:SecureTransport":"false"}}`), deny(`{"Null":{"s3:x-amz-server-side-encryption":"true"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/MediaRole"}}`)}, ""},
		{"what else is granted stays granted", "scope-too-wide",
			func(f *Facts) {
				f.Existing.Permissions = map[string]policy.Document{"Media": *doc(t, allow("Other", `"arn:aws:s3:::other/*"`), allow("Both", `["arn:aws:s3:::b/*","arn:aws:s3:::c/*"]`))}
			},
			nil,
			[]string{allow("Other", `"arn:aws:s3:::other/*"`), allow("Both", `"arn:aws:s3:::c/*"`), tight},
			"--policy-name Media --policy-document file://permissions.json"},
		{"a name that is taken is added to", "put-denied",
			func(f *Facts) {
				f.Existing.Permissions = map[string]policy.Document{"mediadock": *doc(t, `{"Effect":"Allow","Action":"logs:*","Resource":"*"}`)}
			},
			nil,
			[]string{`{"Effect":"Allow","Action":"logs:*","Resource":"*"}`,
				`{"Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":"arn:aws:s3:::b"}`,
				`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::b/media/*"}`},
			"--policy-name mediadock "},
		{"a policy about other things is left alone", "put-denied",
			func(f *Facts) {
				f.Existing.Permissions = map[string]policy.Document{"Logs": *doc(t, `{"Effect":"Allow","Action":"logs:*","Resource":"*"}`)}
			},
			nil,
			[]string{`{"Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":"arn:aws:s3:::b"}`,
				`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::b/media/*"}`},
			"--policy-name mediadock "},
		{"a further condition of the trust policy stays", "external-id-optional",
			func(f *Facts) {
				f.Existing.Trust = doc(t, trust(me, `{"StringEqualsIfExists":{"sts:ExternalId":"md-own"},"Bool":{"aws:SecureTransport":"true"}}`))
			},
			nil,
			[]string{trust(me, `{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"sts:ExternalId":"<EXTERNAL_ID>"}}`)},
			"update-assume-role-policy"},
		{"another account's statement stays, its external ID hidden", "external-id-not-required",
			func(f *Facts) {
				f.Existing.Trust = doc(t, trust("arn:aws:iam::999988887777:root", `{"StringLike":{"sts:ExternalId":["theirs-*","md-own"]}}`), strings.Replace(trust(me, "X"), `,"Condition":X`, "", 1))
			},
			nil,
			[]string{trust("arn:aws:iam::999988887777:root", `{"StringLike":{"sts:ExternalId":["<EXTERNAL_ID_2>","<EXTERNAL_ID>"]}}`), trust(me, right)},
			"get-role"},
		{"everybody is narrowed to the caller's account, in its partition", "external-id-not-required",
			func(f *Facts) {
				f.RoleARN, f.Region, f.CallerARN = "arn:aws-cn:iam::123456789012:role/R", "cn-north-1", "arn:aws-cn:iam::123456789012:user/admin"
				f.Existing.Trust = doc(t, strings.Replace(trust("*", "X"), `,"Condition":X`, "", 1))
			},
			nil, []string{trust("arn:aws-cn:iam::123456789012:root", right)}, "update-assume-role-policy"},
		{"strangers lose listing alone", "listing-public",
			func(f *Facts) {
				f.Existing.Bucket = doc(t, reports, `{"Effect":"Allow","Principal":"*","Action":["s3:ListBucket","s3:GetObject"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/media/*"]}`)
			},
			nil,
			[]string{reports, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/media/*"]}`}, "put-bucket-policy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := known
			f.CallerARN, f.CallerAccount, f.ExternalID = "arn:aws:iam::123456789012:user/admin", "123456789012", "md-own"
			c.change(&f)
			got, fix := mended(t, c.cause, f, c.args)
			if want := `{"Version":"2012-10-17","Statement":[` + strings.Join(c.want, ",") + `]}`; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if !strings.Contains(fix.Command+" ", c.command) {
				t.Errorf("the command is %s", fix.Command)
			}
			if strings.Contains(string(fix.Document)+string(fix.Before), "md-own") || strings.Contains(string(fix.Document), "theirs") {
				t.Errorf("an external ID in %s after %s", fix.Document, fix.Before)
			}
		})
	}
}

// A document that is read is not changed by the fix that shows how to.
func TestFixesLeaveExistingDocumentsAlone(t *testing.T) {
	f := known
	f.ExternalID = "md-own"
	f.Existing.Trust = doc(t, `{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringLike":{"sts:ExternalId":"md-own*"}}}`)
	f.Existing.Bucket = doc(t, `{"Effect":"Deny","Principal":"*","Action":"s3:*",`+media+`,"Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::1:user/x"}}}`)
	before, _ := json.Marshal([]*policy.Document{f.Existing.Trust, f.Existing.Bucket})
	for _, id := range CauseIDs() {
		Because(id, Certain, f, Args{"layer": string(LayerResource)})
	}
	if after, _ := json.Marshal([]*policy.Document{f.Existing.Trust, f.Existing.Bucket}); string(after) != string(before) {
		t.Errorf("got %s, had %s", after, before)
	}
}
