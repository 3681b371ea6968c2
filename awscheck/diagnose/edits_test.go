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

// Nobody else loses what they have by a fix: other folders stay public, other
// connections' external IDs stay trusted.
func TestFixesTakeNothingFromOthers(t *testing.T) {
	public := func(sid, action, resource string) string {
		return `{"Sid":"` + sid + `","Effect":"Allow","Principal":"*","Action":` + action + `,"Resource":` + resource + `}`
	}
	f := known
	f.Domain, f.Distribution = "https://media.example.com", "E2EXAMPLE"
	f.CallerARN, f.CallerAccount, f.ExternalID = "arn:aws:iam::123456789012:user/admin", "123456789012", "md-own"

	site, both := public("Site", `"s3:GetObject"`, `"arn:aws:s3:::b/site/*"`), public("Both", `"s3:GetObject"`, `["arn:aws:s3:::b/media/*","arn:aws:s3:::b/fonts/*"]`)
	f.Existing.Bucket = doc(t, site, both, public("More", `["s3:GetObject","s3:GetObjectTagging"]`, `["arn:aws:s3:::b/*","arn:aws:s3:::b/docs/*"]`))
	got, _ := mended(t, "direct-access-open", f)
	for _, want := range []string{site, `"Sid":"Both","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/fonts/*"`,
		`"Sid":"More","Effect":"Allow","Principal":"*","Action":"s3:GetObjectTagging","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b/docs/*"]`,
		`"Sid":"MoreElsewhere","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/docs/*"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	files := public("Files", `"s3:*"`, `"arn:aws:s3:::b/media/*"`)
	f.Existing.Bucket = doc(t, files, public("List", `"s3:ListBucket"`, `"arn:aws:s3:::b"`))
	if got, _ := mended(t, "listing-public", f); !strings.Contains(got, files) || strings.Contains(got, "s3:ListBucket") {
		t.Errorf("closing the list makes it %s", got)
	}

	f.Existing.Trust = doc(t, `{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringLike":{"sts:ExternalId":["md-theirs","md-*"]}}}`)
	got, fix := mended(t, "external-id-wildcard", f)
	if want := `{"StringEquals":{"sts:ExternalId":["<EXTERNAL_ID>","<EXTERNAL_ID_2>"]}}`; !strings.Contains(got, want) {
		t.Errorf("%s is not in %s", want, got)
	}
	if !strings.Contains(string(fix.Before), `"<EXTERNAL_ID_2>"`) || strings.Contains(string(fix.Document)+string(fix.Before), "theirs") {
		t.Errorf("%s after %s", fix.Document, fix.Before)
	}
}

// What could not be read is not replaced unseen.
func TestFixesReplaceNothingUnread(t *testing.T) {
	f := known
	f.CallerARN, f.CallerAccount, f.ExternalID = "arn:aws:iam::123456789012:user/admin", "123456789012", "md-own"
	for _, id := range []string{"external-id-mismatch", "caller-not-trusted", "external-id-not-required", "external-id-optional", "trust-too-wide"} {
		read := false
		for _, fix := range Because(id, Certain, f).Fixes {
			read = read || strings.Contains(fix.Command, "get-role")
			if strings.Contains(fix.Command, "update-assume-role-policy") && (!read || fix.ID != "then-merge-trust") {
				t.Errorf("%s: %s %s", id, fix.ID, fix.Command)
			}
		}
	}
	names := func(id, prefix string, more ...Args) string {
		f := f
		f.Prefix = prefix
		return Because(id, Certain, f, more...).Fixes[0].Command
	}
	for _, id := range []string{"put-denied", "scope-too-wide", "kms-denied"} {
		if a, b := names(id, "media"), names(id, "photos/large"); !strings.Contains(a, "put-role-policy") || a == b {
			t.Errorf("%s: two connections of one role get the same policy name: %s", id, a)
		}
	}
	first, second := f, f
	second.RoleARN = "arn:aws:iam::999988887777:role/Other"
	if a, b := Because("caller-lacks-permission", Likely, first).Fixes[0].Command, Because("caller-lacks-permission", Likely, second).Fixes[0].Command; a == b {
		t.Errorf("the permission to assume one role replaces that for another: %s", a)
	}
}

// An exception to a Deny of the trust policy is for who is to get in.
func TestTrustExceptionIsForTheTrusted(t *testing.T) {
	f := known
	f.CallerARN, f.CallerAccount = "arn:aws:iam::123456789012:user/admin", "123456789012"
	f.Existing.Trust = doc(t, `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}`, `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`)
	f.TrustedPrincipal = "arn:aws:iam::210987654321:role/CMS"
	got, _ := mended(t, "explicit-deny", f, Args{"layer": string(LayerTrust)})
	if !strings.Contains(got, `"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::210987654321:role/CMS"}`) || strings.Contains(got, "user/admin") {
		t.Errorf("got %s", got)
	}
	f.TrustedPrincipal = "210987654321"
	if fix := Because("explicit-deny", Certain, f, Args{"layer": string(LayerTrust)}).Fixes[0]; len(fix.Document) > 0 {
		t.Errorf("of an account nobody knows who asks: %s", fix.Document)
	}
}
