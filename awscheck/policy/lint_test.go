package policy

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lintRow is one document and the findings it has, as "statement code
// name=value ...".
type lintRow struct {
	rule string
	kind Kind
	text string // statements, or a whole document when it begins with {"Version or {"Statement
	want []string
}

var linted = map[string]bool{} // codes that some row expects

func testLint(t *testing.T, scope Scope, rows []lintRow) {
	t.Helper()
	for _, c := range rows {
		t.Run(c.rule, func(t *testing.T) {
			var d Document
			if strings.HasPrefix(c.text, `{"Version`) || strings.HasPrefix(c.text, `{"Statement`) || strings.HasPrefix(c.text, `{"Id`) {
				d = parse(t, c.text)
			} else {
				d = one(t, c.text)
			}
			got := []string{}
			for _, f := range LintScope(d, c.kind, scope) {
				if f.Severity != severities[f.Code] {
					t.Errorf("%s has severity %v", f.Code, f.Severity)
				}
				text := fmt.Sprintf("%d %s", f.Statement, f.Code)
				for _, name := range slices.Sorted(maps.Keys(f.Args)) {
					text += " " + name + "=" + f.Args[name]
				}
				got = append(got, text)
				linted[f.Code] = true
			}
			want := c.want
			if want == nil {
				want = []string{}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
		})
	}
}

func testLintShape(t *testing.T) {
	trusted := `{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"md-0123456789abcdef"}}}`
	testLint(t, Scope{}, []lintRow{
		{"nothing to say", KindIdentity, `{"Effect":"Allow","Action":["s3:ListBucket"],"Resource":"arn:aws:s3:::b"}`, nil},
		{"no version", KindIdentity, `{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}`, []string{"-1 version-missing"}},
		{
			"a variable that is text", KindIdentity, `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}/*"}]}`,
			[]string{"0 variable-in-old-version value=arn:aws:s3:::b/${aws:username}/*"},
		},
		{"no statements", KindBucket, `{"Version":"2012-10-17","Statement":[]}`, []string{"-1 no-statements"}},
		{"an Id on an identity's policy", KindIdentity, `{"Id":"x","Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}`, []string{"-1 id-not-allowed"}},

		{"IAM's names of statements", KindIdentity, `{"Sid":"<optional>","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, []string{"0 sid-charset value=<optional>"}},
		{"letters and digits", KindIdentity, `{"Sid":"AZaz09","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, nil},
		{"key policies take spaces", KindKey, `{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}`, nil},
		{
			"names must differ", KindIdentity, `{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},{"Sid":"A","Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}`,
			[]string{"1 sid-repeated value=A"},
		},
		{"a principal on an identity's policy", KindIdentity, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, []string{"0 principal-not-allowed"}},
		{"no principal on a bucket policy", KindBucket, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, []string{"0 principal-missing"}},
		{"no resource", KindIdentity, `{"Effect":"Allow","Action":"s3:GetObject"}`, []string{"0 resource-missing"}},
		{"a resource on a trust policy", KindTrust, strings.Replace(trusted, `"Action"`, `"Resource":"*","Action"`, 1), []string{"0 resource-not-allowed"}},
		{"empty lists", KindIdentity, `{"Effect":"Allow","Action":[],"Resource":[]}`, []string{"0 empty-list name=Action", "0 empty-list name=Resource"}},
		{"everybody but, allowed", KindBucket, `{"Effect":"Allow","NotPrincipal":{"AWS":"123456789012"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, []string{"0 allow-not-principal", "0 public-read"}},
		{"everybody but, denied", KindBucket, `{"Effect":"Deny","NotPrincipal":{"AWS":"123456789012"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, []string{"0 deny-not-principal"}},
		{"everything but, allowed", KindIdentity, `{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::b/*"}`, []string{"0 allow-not-action", "0 allow-not-resource"}},
		{"everything but, denied", KindIdentity, `{"Effect":"Deny","NotAction":"s3:*","NotResource":"arn:aws:s3:::b/*"}`, nil},
	})
}

func testLintActionsAndResources(t *testing.T) {
	statement := func(action, resource string) string {
		return `{"Effect":"Allow","Action":` + action + `,"Resource":` + resource + `}`
	}
	testLint(t, Scope{}, []lintRow{
		{"every action", KindIdentity, statement(`"*"`, `"arn:aws:s3:::b/*"`), []string{"0 action-everything action=*"}},
		{"every service", KindIdentity, statement(`"*:Get*"`, `"arn:aws:s3:::b/*"`), []string{"0 action-everything action=*:Get*"}},
		{"every action of S3", KindIdentity, statement(`"s3:*"`, `"arn:aws:s3:::b/*"`), []string{"0 action-service action=s3:*"}},
		{"a wildcard", KindIdentity, statement(`"s3:Get*"`, `"arn:aws:s3:::b/*"`), []string{"0 action-wildcard action=s3:Get*"}},
		{"a Deny of everything is no grant", KindIdentity, `{"Effect":"Deny","Action":"*","Resource":"*"}`, nil},
		{"what changes rights", KindIdentity, statement(`["s3:putbucketpolicy"]`, `"arn:aws:s3:::b"`), []string{"0 action-powerful action=s3:putbucketpolicy"}},

		{"every resource", KindIdentity, statement(`"s3:GetObject"`, `"*"`), []string{"0 resource-everything resource=*"}},
		{"every bucket", KindIdentity, statement(`"s3:ListBucket"`, `"arn:aws:s3:::*"`), []string{"0 resource-everything resource=arn:aws:s3:::*"}},
		{"every object of every bucket", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::*/*"`), []string{"0 resource-everything resource=arn:aws:s3:::*/*"}},
		{"no ARN", KindIdentity, statement(`"s3:GetObject"`, `"my-bucket/*"`), []string{"0 resource-format resource=my-bucket/*"}},
		{"too few colons", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3::b/*"`), []string{"0 resource-format resource=arn:aws:s3::b/*"}},
		{"no bucket", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::/media/*"`), []string{"0 resource-format resource=arn:aws:s3:::/media/*"}},
		{
			"a region in a bucket's ARN", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:ap-northeast-1:123456789012:b/*"`),
			[]string{"0 resource-region resource=arn:aws:s3:ap-northeast-1:123456789012:b/* want=arn:aws:s3:::b/*"},
		},
		{"every bucket by ARN with a region", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:*:*:b*/x/*"`), nil},
		{"an access point's path is its own", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:ap-northeast-1:123456789012:accesspoint/a/object/x*"`), nil},
		{"a job", KindIdentity, statement(`"s3:DescribeJob"`, `"arn:aws:s3:ap-northeast-1:123456789012:job/*"`), nil},
		{
			"an account alone", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3::123456789012:b/*"`),
			[]string{"0 resource-region resource=arn:aws:s3::123456789012:b/* want=arn:aws:s3:::b/*"},
		},
		{"an access point has a region", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:ap-northeast-1:123456789012:accesspoint/a/object/*"`), nil},
		{
			"an empty prefix left in", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b//*"`),
			[]string{"0 resource-empty-segment resource=arn:aws:s3:::b//* want=arn:aws:s3:::b/*"},
		},
		{
			"an empty segment further down", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b/media//x/*"`),
			[]string{"0 resource-empty-segment resource=arn:aws:s3:::b/media//x/* want=arn:aws:s3:::b/media/x/*"},
		},
		{
			"a prefix without its slash", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b/media*"`),
			[]string{"0 resource-open-end resource=arn:aws:s3:::b/media* want=arn:aws:s3:::b/media/*"},
		},
		{
			"objects need /*", KindIdentity, statement(`["s3:ListBucket","s3:GetObject","s3:AbortMultipartUpload"]`, `"arn:aws:s3:::b"`),
			[]string{
				"0 object-action-on-bucket action=s3:GetObject resource=arn:aws:s3:::b want=arn:aws:s3:::b/*",
				"0 object-action-on-bucket action=s3:AbortMultipartUpload resource=arn:aws:s3:::b want=arn:aws:s3:::b/*",
			},
		},
		{
			"buckets have no /*", KindIdentity, statement(`["s3:GetObject","s3:ListBucket","s3:GetBucketLocation"]`, `["arn:aws:s3:::b/media/*"]`),
			[]string{
				"0 bucket-action-on-object action=s3:ListBucket resource=arn:aws:s3:::b/media/* want=arn:aws:s3:::b",
				"0 bucket-action-on-object action=s3:GetBucketLocation resource=arn:aws:s3:::b/media/* want=arn:aws:s3:::b",
			},
		},
		{"imgix's statement names both", KindIdentity, statement(`["s3:GetObject","s3:ListBucket","s3:GetBucketLocation"]`, `["arn:aws:s3:::b/*","arn:aws:s3:::b"]`), nil},
		{"a bucket by pattern may be either", KindIdentity, statement(`["s3:GetObject","s3:ListBucket"]`, `"arn:aws:s3:::b-*"`), nil},
		{"a bucket's object lock is the bucket's", KindIdentity, statement(`"s3:GetBucketObjectLockConfiguration"`, `"arn:aws:s3:::b"`), nil},
		{"a Deny that never applies", KindIdentity, `{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::b"}`, []string{"0 object-action-on-bucket action=s3:DeleteObject resource=arn:aws:s3:::b want=arn:aws:s3:::b/*"}},
		{"keys are no buckets", KindIdentity, statement(`"kms:Decrypt"`, `"arn:aws:kms:us-west-2:111122223333:key/1234"`), nil},
	})
	testLint(t, Scope{Bucket: "b", Prefix: "media"}, []lintRow{
		{"as meant", KindIdentity, statement(`["s3:GetObject","s3:ListBucket"]`, `["arn:aws:s3:::b/media/*","arn:aws:s3:::b"]`), nil},
		{"deeper", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b/media/env-x/*"`), nil},
		{"an empty segment is one finding", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b//x"`), []string{"0 resource-empty-segment resource=arn:aws:s3:::b//x want=arn:aws:s3:::b/x"}},
		{"another bucket", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::c/media/*"`), []string{"0 resource-other-bucket bucket=b resource=arn:aws:s3:::c/media/*"}},
		{"beyond the prefix", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b/*"`), []string{"0 resource-beyond-prefix resource=arn:aws:s3:::b/* want=arn:aws:s3:::b/media/*"}},
		{"beside the prefix", KindIdentity, statement(`"s3:GetObject"`, `"arn:aws:s3:::b/mediaX/*"`), []string{"0 resource-beyond-prefix resource=arn:aws:s3:::b/mediaX/* want=arn:aws:s3:::b/media/*"}},
		{"a Deny reaches as far as it likes", KindIdentity, `{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::c/*"}`, nil},
	})
}

func testLintPrincipalsAndConditions(t *testing.T) {
	principal := func(p string) string {
		return `{"Effect":"Allow","Principal":` + p + `,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`
	}
	condition := func(c string) string {
		return `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b","Condition":` + c + `}`
	}
	testLint(t, Scope{}, []lintRow{
		{
			"every form that AWS knows", KindBucket, principal(`{"AWS":["123456789012","arn:aws:iam::123456789012:root","arn:aws-cn:iam::123456789012:user/a/b","arn:aws:iam::123456789012:role/r","arn:aws:sts::123456789012:assumed-role/r/s","arn:aws:sts::123456789012:federated-user/f","arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"],"CanonicalUser":"79a5"}`),
			nil,
		},
		{"11 digits", KindBucket, principal(`{"AWS":"12345678901"}`), []string{"0 principal-format value=12345678901"}},
		{"hyphens", KindBucket, principal(`{"AWS":"1234-5678-9012"}`), []string{"0 principal-format value=1234-5678-9012"}},
		{"a bare name", KindBucket, principal(`{"AWS":"MediaRole"}`), []string{"0 principal-format value=MediaRole"}},
		{"a session without its name", KindBucket, principal(`{"AWS":"arn:aws:sts::123456789012:assumed-role/r"}`), []string{"0 principal-format value=arn:aws:sts::123456789012:assumed-role/r"}},
		{"STS has no root", KindBucket, principal(`{"AWS":"arn:aws:sts::123456789012:root"}`), []string{"0 principal-format value=arn:aws:sts::123456789012:root"}},
		{"a role without a name", KindBucket, principal(`{"AWS":"arn:aws:iam::123456789012:role/"}`), []string{"0 principal-format value=arn:aws:iam::123456789012:role/"}},
		{"a region in a principal", KindBucket, principal(`{"AWS":"arn:aws:iam:us-east-1:123456789012:role/r"}`), []string{"0 principal-format value=arn:aws:iam:us-east-1:123456789012:role/r"}},
		{"a policy", KindBucket, principal(`{"AWS":"arn:aws:iam::123456789012:policy/p"}`), []string{"0 principal-format value=arn:aws:iam::123456789012:policy/p"}},
		{"a group", KindBucket, principal(`{"AWS":"arn:aws:iam::123456789012:group/admins"}`), []string{"0 principal-group value=arn:aws:iam::123456789012:group/admins"}},
		{"a wildcard within", KindBucket, principal(`{"AWS":"arn:aws:iam::123456789012:role/*"}`), []string{"0 principal-wildcard value=arn:aws:iam::123456789012:role/*"}},
		{"a service by pattern", KindBucket, principal(`{"Service":"*.amazonaws.com"}`), []string{"0 principal-wildcard value=*.amazonaws.com", "0 service-without-source service=*.amazonaws.com"}},
		{"a service without its domain", KindBucket, principal(`{"Service":"cloudfront"}`), []string{"0 principal-format value=cloudfront", "0 service-without-source service=cloudfront"}},
		{"a deleted identity", KindBucket, principal(`{"AWS":"AROAEXAMPLE"}`), []string{"0 principal-deleted value=AROAEXAMPLE"}},
		{"nobody", KindBucket, principal(`{}`), []string{"0 principal-empty"}},

		{"no number", KindIdentity, condition(`{"NumericLessThan":{"s3:max-keys":"ten"}}`), []string{"0 condition-value key=s3:max-keys operator=NumericLessThan value=ten"}},
		{"no date", KindIdentity, condition(`{"DateLessThan":{"aws:CurrentTime":"01.01.2027"}}`), []string{"0 condition-value key=aws:CurrentTime operator=DateLessThan value=01.01.2027"}},
		{"no boolean", KindIdentity, condition(`{"Bool":{"aws:SecureTransport":"yes"}}`), []string{"0 condition-value key=aws:SecureTransport operator=Bool value=yes"}},
		{"no address", KindIdentity, condition(`{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","203.0.113.*"]}}`), []string{"0 condition-value key=aws:SourceIp operator=IpAddress value=203.0.113.*"}},
		{"no ARN", KindIdentity, condition(`{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::123456789012:role/r","MediaRole"]}}`), []string{"0 condition-value key=aws:PrincipalArn operator=ArnLike value=MediaRole"}},
		{"an external ID on an identity's policy", KindIdentity, `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::123456789012:role/r","Condition":{"StringEquals":{"sts:ExternalId":"*"}}}`, []string{"0 condition-literal-star key=sts:ExternalId operator=StringEquals value=*"}},
		{"a number, a date, an address, an ARN", KindIdentity, condition(`{"NumericLessThan":{"s3:max-keys":"10"},"DateLessThan":{"aws:CurrentTime":"2027-01-01"},"IpAddress":{"aws:SourceIp":["10.0.0.0/8","10.1.2.3"]},"ArnLike":{"aws:PrincipalArn":"${aws:PrincipalTag/arn}"},"Null":{"aws:username":"true"}}`), nil},
		{"a wildcard without Like", KindIdentity, condition(`{"StringEquals":{"s3:prefix":"media/*"}}`), []string{"0 condition-literal-star key=s3:prefix operator=StringEquals value=media/*"}},
		{"an asterisk meant as such", KindIdentity, condition(`{"StringEquals":{"s3:prefix":"media/${*}"}}`), nil},
		{"a prefix by pattern", KindIdentity, condition(`{"StringLike":{"s3:prefix":["media/*","media/","media"]}}`), nil},
		{"no values", KindIdentity, condition(`{"StringLike":{"s3:prefix":[]}}`), []string{"0 condition-empty key=s3:prefix operator=StringLike"}},
		{"ForAllValues lets a missing key pass", KindIdentity, condition(`{"ForAllValues:StringLike":{"s3:prefix":"media/*"}}`), []string{"0 condition-for-all key=s3:prefix operator=ForAllValues:StringLike"}},
		{
			"only listing has a prefix", KindIdentity, `{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"StringLike":{"s3:prefix":"media/*"}}}`,
			[]string{"0 prefix-on-objects action=s3:GetObject"},
		},
		{"IfExists lets objects through", KindIdentity, `{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"StringLikeIfExists":{"s3:prefix":"media/*"}}}`, nil},
	})
}

func testLintTrust(t *testing.T) {
	trust := func(principal, condition string) string {
		s := `{"Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"`
		if condition != "" {
			s += `,"Condition":` + condition
		}
		return s + `}`
	}
	const (
		vendor = `{"AWS":"arn:aws:iam::123456789012:root"}`
		strict = `{"StringEquals":{"sts:ExternalId":"md-0123456789abcdef"}}`
	)
	id := func(operator, value string) string {
		return trust(vendor, `{"`+operator+`":{"sts:ExternalId":`+value+`}}`)
	}
	testLint(t, Scope{}, []lintRow{
		{"the documented form", KindTrust, trust(vendor, strict), nil},
		{"the key in another case", KindTrust, trust(vendor, `{"StringEquals":{"STS:externalid":"md-0123456789abcdef"}}`), nil},
		{"StringLike without a wildcard", KindTrust, id("StringLike", `"md-0123456789abcdef"`), nil},
		{"no external ID", KindTrust, trust(vendor, ""), []string{"0 external-id-missing"}},
		{"statements are alternatives", KindTrust, trust(vendor, strict) + "," + trust(vendor, ""), []string{"1 external-id-missing"}},
		{"any external ID", KindTrust, id("StringLike", `"*"`), []string{"0 external-id-wildcard value=*"}},
		{"many external IDs", KindTrust, id("StringLike", `["md-0123456789abcdef","md-?"]`), []string{"0 external-id-wildcard value=md-?"}},
		{"none is accepted", KindTrust, id("StringEqualsIfExists", `"md-0123456789abcdef"`), []string{"0 external-id-optional operator=StringEqualsIfExists"}},
		{"none is accepted by ForAllValues", KindTrust, id("ForAllValues:StringEquals", `"md-0123456789abcdef"`), []string{"0 external-id-optional operator=ForAllValues:StringEquals"}},
		{"ForAnyValue asks for one", KindTrust, id("ForAnyValue:StringEquals", `"md-0123456789abcdef"`), nil},
		{"all but one", KindTrust, id("StringNotEquals", `"md-0123456789abcdef"`), []string{"0 external-id-negated operator=StringNotEquals"}},
		{"Null asks for no certain one", KindTrust, id("Null", `"false"`), []string{"0 external-id-missing"}},
		{"a strict condition makes up for a loose one", KindTrust, trust(vendor, `{"StringLike":{"sts:ExternalId":"*"},"StringEquals":{"sts:ExternalId":"md-0123456789abcdef"}}`), nil},
		{"a key that no request has", KindTrust, trust(vendor, `{"StringEquals":{"aws:ExternalId":"md-0123456789abcdef"}}`), []string{"0 external-id-wrong-key key=aws:ExternalId"}},
		{"a value that STS refuses", KindTrust, id("StringEquals", `"md 0123456789abcdef"`), []string{"0 external-id-format value=md 0123456789abcdef"}},
		{"an asterisk under StringEquals", KindTrust, id("StringEquals", `"*"`), []string{"0 external-id-format value=*"}},
		{"too long for STS", KindTrust, id("StringEquals", `"`+strings.Repeat("x", 1225)+`"`), []string{"0 external-id-format value=" + strings.Repeat("x", 1225)}},
		{"as long as STS takes", KindTrust, id("StringEquals", `"`+strings.Repeat("x", 1224)+`"`), nil},
		{"one character", KindTrust, id("StringEquals", `"x"`), []string{"0 external-id-format value=x"}},
		{"two characters", KindTrust, id("StringEquals", `"ab"`), []string{"0 external-id-short value=ab"}},
		{"the whole alphabet", KindTrust, id("StringEquals", `"AZaz09_+=,.@:/-0123"`), nil},
		{"15 characters", KindTrust, id("StringEquals", `"0123456789abcde"`), []string{"0 external-id-short value=0123456789abcde"}},
		{"16 characters", KindTrust, id("StringEquals", `"0123456789abcdef"`), nil},
		{"all but assuming", KindTrust, strings.Replace(trust(vendor, ""), `"Action":"sts:AssumeRole"`, `"NotAction":"sts:AssumeRole"`, 1), []string{"-1 trust-no-assume-role", "0 allow-not-action"}},
		{"all but something else", KindTrust, strings.Replace(trust(vendor, strict), `"Action":"sts:AssumeRole"`, `"NotAction":"sts:TagSession"`, 1), []string{"0 allow-not-action"}},
		{"too short to be unguessable", KindTrust, id("StringEquals", `"123456"`), []string{"0 external-id-short value=123456"}},
		{"in any case", KindTrust, id("StringEqualsIgnoreCase", `"md-0123456789abcdef"`), []string{"0 external-id-ignores-case"}},
		{"several", KindTrust, id("StringEquals", `["md-0123456789abcdef","md-fedcba9876543210"]`), []string{"0 external-id-several count=2"}},
		{"everybody", KindTrust, trust(`"*"`, strict), []string{"0 trust-anyone"}},
		{"every account", KindTrust, trust(`{"AWS":"*"}`, ""), []string{"0 trust-anyone", "0 external-id-missing"}},
		{"everybody but", KindTrust, `{"Effect":"Allow","NotPrincipal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}`, []string{"0 trust-not-principal"}},
		{"more than assuming", KindTrust, strings.Replace(trust(vendor, strict), "sts:AssumeRole", "sts:*", 1), []string{"0 trust-action-wide action=sts:*"}},
		{"tagging beside assuming", KindTrust, strings.Replace(trust(vendor, strict), `"sts:AssumeRole"`, `["sts:AssumeRole","sts:TagSession"]`, 1), nil},
		{"cannot be assumed", KindTrust, strings.Replace(trust(vendor, ""), "sts:AssumeRole", "sts:TagSession", 1), []string{"-1 trust-no-assume-role"}},
		{"a service needs no external ID", KindTrust, trust(`{"Service":"ec2.amazonaws.com"}`, ""), nil},
		{"a service on the same role", KindTrust, trust(`{"AWS":"123456789012","Service":"ec2.amazonaws.com"}`, strict), []string{"0 trust-mixed"}},
		{"a machine has no MFA", KindTrust, trust(vendor, `{"StringEquals":{"sts:ExternalId":"md-0123456789abcdef"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}`), []string{"0 trust-mfa"}},
		{"what else the caller must meet", KindTrust, trust(vendor, `{"StringEquals":{"sts:ExternalId":"md-0123456789abcdef","aws:PrincipalOrgID":"o-1"}}`), []string{"0 trust-condition key=aws:PrincipalOrgID operator=StringEquals"}},
		{"a deleted identity", KindTrust, trust(`{"AWS":"AIDAEXAMPLE"}`, strict), []string{"0 principal-deleted value=AIDAEXAMPLE"}},
		{"a deny opens nothing", KindTrust, trust(vendor, strict) + `,{"Effect":"Deny","Principal":"*","Action":"sts:*"}`, nil},
	})
}

func testLintBucket(t *testing.T) {
	public := func(action, resource string) string {
		return `{"Effect":"Allow","Principal":"*","Action":` + action + `,"Resource":"` + resource + `"}`
	}
	cloudfront := func(condition string) string {
		return `{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/media/*"` + condition + `}`
	}
	testLint(t, Scope{Bucket: "b", Prefix: "media"}, []lintRow{
		{"row M43", KindBucket, public(`"s3:GetObject"`, "arn:aws:s3:::b/media/*"), []string{"0 public-read"}},
		{"beyond the prefix", KindBucket, public(`"s3:GetObject"`, "arn:aws:s3:::b/*"), []string{"0 public-read", "0 public-beyond-prefix resource=arn:aws:s3:::b/* want=arn:aws:s3:::b/media/*"}},
		{"limited to addresses", KindBucket, strings.TrimSuffix(public(`"s3:PutObject"`, "arn:aws:s3:::b/*"), "}") + `,"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}`, nil},
		{"strangers may list", KindBucket, public(`"s3:ListBucket"`, "arn:aws:s3:::b"), []string{"0 public-list action=s3:ListBucket"}},
		{"strangers may write", KindBucket, public(`["s3:GetObject","s3:PutObject"]`, "arn:aws:s3:::b/media/*"), []string{"0 public-write action=s3:PutObject", "0 public-read"}},
		{"strangers may do everything", KindBucket, public(`"s3:*"`, "arn:aws:s3:::b/media/*"), []string{"0 action-service action=s3:*", "0 public-write action=s3:*"}},
		{"row M44", KindBucket, cloudfront(`,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"}}`), nil},
		{"anybody's distribution", KindBucket, cloudfront(``), []string{"0 service-without-source service=cloudfront.amazonaws.com"}},
		{"bound behind another condition", KindBucket, cloudfront(`,"Condition":{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SourceAccount":"123456789012"}}`), nil},
		{"anybody's distribution, by IfExists", KindBucket, cloudfront(`,"Condition":{"ArnLikeIfExists":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"}}`), []string{"0 service-without-source service=cloudfront.amazonaws.com"}},
		{"every distribution of the account", KindBucket, cloudfront(`,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/*"}}`), []string{"0 source-wildcard key=AWS:SourceArn value=arn:aws:cloudfront::123456789012:distribution/*"}},
		{"another bucket", KindBucket, public(`"s3:GetObject"`, "arn:aws:s3:::c/media/*"), []string{"0 resource-other-bucket bucket=b resource=arn:aws:s3:::c/media/*", "0 public-read"}},
	})
	testLint(t, Scope{Bucket: "b"}, []lintRow{
		{"without a prefix the bucket is the scope", KindBucket, public(`"s3:GetObject"`, "arn:aws:s3:::b/*"), []string{"0 public-read"}},
	})
}

// The limits are those of "IAM and AWS STS quotas" and of the services.
func testLintSize(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		limit int
		code  string
	}{
		{KindIdentity, 6_144, "too-large-managed"},
		{KindIdentity, 10_240, "too-large"},
		{KindTrust, 2_048, "too-large-default"},
		{KindTrust, 4_096, "too-large"},
		{KindBucket, 20_480, "too-large"},
		{KindKey, 32_768, "too-large"},
	} {
		for size, over := range map[int]bool{c.limit: false, c.limit + 1: true} {
			var got []string
			for _, f := range Lint(sized(t, size), c.kind) {
				if strings.HasPrefix(f.Code, "too-large") && f.Args["limit"] == strconv.Itoa(c.limit) {
					got = append(got, f.Code+" "+f.Args["size"])
					linted[f.Code] = true
				}
			}
			var want []string
			if over {
				want = []string{c.code + " " + strconv.Itoa(size)}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("kind %d, %d characters: got %v, want %v", c.kind, size, got, want)
			}
		}
	}
}

// sized returns a document whose text without white space has n characters.
func sized(t *testing.T, n int) Document {
	t.Helper()
	const before, after = `{"Version":"2012-10-17","Statement":[{"Sid":"`, `","Effect":"Deny","Action":"a:b"}]}`
	return parse(t, before+strings.Repeat("x", n-len(before)-len(after))+after)
}

func TestLint(t *testing.T) {
	done := t.Run("shape", testLintShape) &&
		t.Run("size", testLintSize) &&
		t.Run("actions and resources", testLintActionsAndResources) &&
		t.Run("principals and conditions", testLintPrincipalsAndConditions) &&
		t.Run("trust", testLintTrust) &&
		t.Run("bucket", testLintBucket)
	if !done || len(linted) < 10 { // a part failed, or -run left parts out
		return
	}
	for _, code := range Codes() {
		if !linted[code] {
			t.Errorf("no row expects %s", code)
		}
	}
}

func TestLintNeverReturnsNil(t *testing.T) {
	if Lint(Document{Version: Version2012, Statements: []Statement{{}}}, KindTrust) == nil {
		t.Error("nil")
	}
}
