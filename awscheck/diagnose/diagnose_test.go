package diagnose

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
)

var known = Facts{
	CallerARN: "arn:aws:iam::999988887777:user/cms", CallerAccount: "999988887777",
	RoleARN: "arn:aws:iam::123456789012:role/MediaRole", Bucket: "b", Region: "ap-northeast-1", Prefix: "media",
	Key: "media/.mediadock/x.txt", ExpectedOwner: "123456789012",
}

func with(change func(*Facts)) Facts {
	f := known
	change(&f)
	return f
}

func refusal(operation, action, clause string) Evidence {
	return Evidence{Operation: operation, HTTPStatus: 403, Code: "AccessDenied",
		Message: `User: arn:aws:sts::123456789012:assumed-role/MediaRole/mediadock is not authorized to perform: ` + action +
			` on resource: "arn:aws:s3:::b/media/.mediadock/x.txt" ` + clause}
}

func implicit(layer, action string) string {
	return "because no " + layer + " allows the " + action + " action"
}
func explicit(layer string) string { return "with an explicit deny in a " + layer }

func s3Error(operation string, status int, code, message string) Evidence {
	return Evidence{Operation: "s3:" + operation, HTTPStatus: status, Code: code, Message: message}
}

func stsError(operation string, status int, code, message string) Evidence {
	return Evidence{Operation: "sts:" + operation, HTTPStatus: status, Code: code, Message: message}
}

// served is a delivery answer of CloudFront or S3.
func served(status int, code, message string, headers map[string]string) Evidence {
	return Evidence{Operation: "GET https://media.example.com/media/x", HTTPStatus: status, Code: code, Message: message, Header: headers}
}

var (
	fromS3  = map[string]string{"server": "AmazonS3"}
	fromCDN = map[string]string{"via": "1.1 abc.cloudfront.net (CloudFront)", "x-cache": "Error from cloudfront"}
	viaCDN  = map[string]string{"server": "AmazonS3", "via": "1.1 abc.cloudfront.net (CloudFront)", "x-cache": "Error from cloudfront"}
)

func TestDiagnose(t *testing.T) {
	bare := "User: arn:aws:iam::999988887777:user/cms is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/MediaRole"
	cdn := with(func(f *Facts) { f.Domain, f.Distribution = "https://media.example.com", "E1" })
	for _, c := range []struct {
		name string
		ev   Evidence
		f    Facts
		want string // "likelihood id, ..." in order, the whole list
	}{
		// Before AWS looks at the request.
		{"no credentials", Evidence{Operation: "sts:GetCallerIdentity", Message: "get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, access disabled"}, known, "certain no-credentials"},
		{"SSO login expired", Evidence{Operation: "sts:GetCallerIdentity", Message: "refresh cached SSO token failed, the SSO session has expired or is invalid: InvalidGrantException"}, known, "certain credentials-expired"},
		{"expired token", stsError("GetCallerIdentity", 403, "ExpiredToken", "The security token included in the request is expired"), known, "certain credentials-expired"},
		{"unknown key", stsError("GetCallerIdentity", 403, "InvalidClientTokenId", "The security token included in the request is invalid."), known, "certain access-key-unknown"},
		{"unknown key of S3", s3Error("ListObjectsV2", 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."), known, "certain access-key-unknown"},
		{"wrong secret", stsError("GetCallerIdentity", 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."), known, "certain secret-key-wrong"},
		{"expired signature", stsError("GetCallerIdentity", 403, "SignatureDoesNotMatch", "Signature expired: 20211027T1Z is now earlier than 20211027T2Z (20211027T3Z - 15 min.)"), known, "certain clock-skew"},
		{"signature of the future", stsError("AssumeRole", 403, "SignatureDoesNotMatch", "Signature not yet current: a is still later than b"), known, "certain clock-skew"},
		{"skewed at S3", s3Error("PutObject", 403, "RequestTimeTooSkewed", "The difference between the request time and the server's time is too large."), known, "certain clock-skew"},
		{"signature broken on the way", s3Error("PutObject", 403, "SignatureDoesNotMatch", "does not match"), with(func(f *Facts) { f.Passed = map[string]bool{"caller.identity": true} }), "likely proxy-refused, ruled-out secret-key-wrong"},
		{"a bare 403 makes nothing certain", Evidence{Operation: "sts:GetCallerIdentity", HTTPStatus: 403, Code: "UnknownError"}, known, "likely secret-key-wrong, likely access-key-unknown, possible credentials-expired, possible clock-skew"},
		{"a bare 403 with a wrong clock", Evidence{Operation: "sts:GetCallerIdentity", HTTPStatus: 403, Code: "UnknownError", Skew: time.Hour}, known, "likely secret-key-wrong, likely access-key-unknown, likely clock-skew, possible credentials-expired"},
		{"proxy wants a password", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 407}, known, "certain proxy-refused"},
		{"a firewall's page", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Message: "Blocked by corporate firewall"}, known, "likely proxy-refused"},
		{"untrusted authority", Evidence{Operation: "sts:AssumeRole", Network: "tls", Message: "x509: certificate signed by unknown authority"}, known, "certain tls-untrusted"},
		{"name of a known region does not resolve", Evidence{Operation: "s3:HeadBucket", Network: "dns"}, known, "certain network-unreachable"},
		{"name of an unknown region does not resolve", Evidence{Operation: "s3:HeadBucket", Network: "dns"}, with(func(f *Facts) { f.Region = "ap-northeast-9" }), "likely region-unknown, possible network-unreachable"},
		{"refused", Evidence{Operation: "s3:HeadBucket", Network: "refused"}, known, "certain network-unreachable"},
		{"cancelled", Evidence{Operation: "s3:HeadBucket", Network: "canceled"}, known, ""},
		{"success", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 200}, known, ""},
		{"throttled", s3Error("PutObject", 503, "SlowDown", "Reduce your request rate."), known, "certain throttled"},
		{"an outage", s3Error("PutObject", 500, "InternalError", "We encountered an internal error."), known, "likely service-unavailable"},

		// AssumeRole.
		{"STS does not say which", stsError("AssumeRole", 403, "AccessDenied", bare), known, "likely external-id-mismatch, likely caller-not-trusted, likely role-not-found, possible trust-condition-unmet, possible propagating, possible caller-lacks-permission"},
		{"no text at all", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "UnknownError"}, known, "likely external-id-mismatch, likely caller-not-trusted, likely role-not-found, possible trust-condition-unmet, possible propagating, possible caller-lacks-permission"},
		{"the caller's policies", stsError("AssumeRole", 403, "AccessDenied", bare+" because no identity-based policy allows the sts:AssumeRole action"), known, "likely caller-lacks-permission, possible external-id-mismatch, possible caller-not-trusted, possible role-not-found, possible trust-condition-unmet, possible propagating"},
		{"the organization", stsError("AssumeRole", 403, "AccessDenied", bare+" with an explicit deny in a service control policy"), known, "certain explicit-deny, certain scp-denied"},
		{"a resource control policy", stsError("AssumeRole", 403, "AccessDenied", bare+" with an explicit deny in a resource control policy"), known, "certain explicit-deny, certain rcp-denied"},
		{"the trust policy denies", stsError("AssumeRole", 403, "AccessDenied", bare+" with an explicit deny in a role trust policy"), known, "certain explicit-deny, likely trust-condition-unmet"},
		{"the root user", stsError("AssumeRole", 403, "AccessDenied", "Roles may not be assumed by root accounts."), known, "certain caller-is-root"},
		{"malformed ARN", stsError("AssumeRole", 400, "ValidationError", "1 validation error detected: Value 'x' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20"), known, "certain role-arn-invalid"},
		{"malformed external ID", stsError("AssumeRole", 400, "ValidationError", "1 validation error detected: Value 'x' at 'externalId' failed"), known, "certain external-id-malformed"},
		{"session too long", stsError("AssumeRole", 400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."), known, "certain session-too-long"},
		{"STS is off", stsError("AssumeRole", 403, "RegionDisabledException", "STS is not activated in this region for account:123456789012."), known, "certain sts-region-disabled"},

		// Buckets.
		{"no bucket", s3Error("ListObjectsV2", 404, "NoSuchBucket", "The specified bucket does not exist."), known, "certain bucket-not-found"},
		{"no bucket, by HEAD", s3Error("HeadBucket", 404, "NotFound", ""), known, "certain bucket-not-found"},
		{"redirected", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 301, Code: "MovedPermanently", BucketRegion: "us-west-2"}, known, "certain wrong-region"},
		{"malformed header names the region", s3Error("ListObjectsV2", 400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'ap-northeast-1' is wrong; expecting 'us-west-2'"), known, "certain wrong-region"},
		{"redirected nowhere", s3Error("HeadBucket", 301, "MovedPermanently", ""), known, "likely wrong-region"},
		{"a new bucket", s3Error("PutObject", 307, "TemporaryRedirect", ""), known, "likely propagating"},
		{"a HEAD's 400 has no words", s3Error("HeadBucket", 400, "BadRequest", "Bad Request"), known, "likely wrong-region, possible credentials-expired"},
		{"foreign owner", s3Error("ListObjectsV2", 403, "AccessDenied", "Access Denied"), with(func(f *Facts) { f.WithoutOwnerOK = true }), "certain bucket-foreign-owner"},
		{"suspended", s3Error("ListObjectsV2", 403, "AllAccessDisabled", "All access to this object has been disabled"), known, "certain account-suspended"},
		{"location", refusal("s3:GetBucketLocation", "s3:GetBucketLocation", implicit("identity-based policy", "s3:GetBucketLocation")), known, "certain location-denied"},
		{"location, plainly", s3Error("GetBucketLocation", 403, "AccessDenied", "Access Denied"), known, "likely location-denied, likely bucket-foreign-owner, possible requester-pays"},
		{"list", refusal("s3:ListObjectsV2", "s3:ListBucket", implicit("identity-based policy", "s3:ListBucket")), known, "likely list-denied, possible list-prefix-condition"},
		{"list without a prefix", refusal("s3:ListObjectsV2", "s3:ListBucket", implicit("identity-based policy", "s3:ListBucket")), with(func(f *Facts) { f.Prefix = "" }), "certain list-denied"},
		{"list works otherwise", refusal("s3:ListObjectsV2", "s3:ListBucket", implicit("identity-based policy", "s3:ListBucket")), with(func(f *Facts) { f.Listed, f.ListedWith = true, "media" }), "certain list-prefix-condition, ruled-out list-denied"},

		// Objects.
		{"put, nothing else is known", refusal("s3:PutObject", "s3:PutObject", implicit("identity-based policy", "s3:PutObject")), known, "likely put-denied, possible put-wrong-prefix"},
		{"put, but the policy does reach the role", refusal("s3:PutObject", "s3:PutObject", implicit("identity-based policy", "s3:PutObject")), with(func(f *Facts) { f.Passed = map[string]bool{"bucket.list": true} }), "likely put-wrong-prefix, likely put-denied"},
		{"put, by the bucket policy", refusal("s3:PutObject", "s3:PutObject", explicit("resource-based policy")), known, "certain explicit-deny, possible encryption-required, possible put-denied"},
		{"put, encryption helps", refusal("s3:PutObject", "s3:PutObject", explicit("resource-based policy")), with(func(f *Facts) { f.EncryptionAccepted = "AES256" }), "certain explicit-deny, certain encryption-required, ruled-out put-denied"},
		{"put, by the organization", refusal("s3:PutObject", "s3:PutObject", explicit("service control policy")), known, "certain explicit-deny, certain scp-denied, possible put-denied"},
		{"put, by the boundary", refusal("s3:PutObject", "s3:PutObject", implicit("permissions boundary", "s3:PutObject")), known, "certain boundary-denied, possible put-denied"},
		{"put, by the endpoint", refusal("s3:PutObject", "s3:PutObject", implicit("VPC endpoint policy", "s3:PutObject")), known, "certain vpc-endpoint-denied, possible put-denied"},
		{"put, by the session", refusal("s3:PutObject", "s3:PutObject", implicit("session policy", "s3:PutObject")), known, "certain session-policy-denied, possible put-denied"},
		{"put, key", refusal("s3:PutObject", "kms:GenerateDataKey", implicit("identity-based policy", "kms:GenerateDataKey")), known, "certain kms-denied"},
		{"put, key by the organization", refusal("s3:PutObject", "kms:GenerateDataKey", explicit("service control policy")), known, "certain explicit-deny, certain scp-denied, certain kms-denied"},
		{"put, key unclear", s3Error("PutObject", 403, "AccessDenied", "User: u is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"), known, "likely kms-denied, possible kms-key-unusable"},
		{"put, key disabled", s3Error("PutObject", 400, "KMS.DisabledException", "arn:aws:kms:ap-northeast-1:123456789012:key/1 is disabled."), known, "certain kms-key-unusable"},
		{"get", refusal("s3:GetObject", "s3:GetObject", implicit("identity-based policy", "s3:GetObject")), known, "certain get-denied"},
		{"head, encrypted with a key", s3Error("HeadObject", 403, "Forbidden", "Forbidden"), with(func(f *Facts) { f.Encryption = "aws:kms" }), "likely get-denied, possible kms-decrypt-denied, possible bucket-foreign-owner"},
		{"get, key", refusal("s3:GetObject", "kms:Decrypt", implicit("identity-based policy", "kms:Decrypt")), known, "certain kms-decrypt-denied"},
		{"get, older words", s3Error("GetObject", 403, "AccessDenied", "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."), known, "likely kms-decrypt-denied, possible kms-key-unusable"},
		{"copy", refusal("s3:CopyObject", "s3:GetObject", implicit("identity-based policy", "s3:GetObject")), known, "certain copy-denied"},
		{"delete", refusal("s3:DeleteObject", "s3:DeleteObject", implicit("identity-based policy", "s3:DeleteObject")), known, "certain delete-denied"},
		{"delete, locked", s3Error("DeleteObject", 403, "AccessDenied", "Access Denied because object protected by object lock."), known, "certain object-locked"},
		{"archived", s3Error("GetObject", 403, "InvalidObjectState", "The operation is not valid for the object's storage class"), known, "certain object-archived"},
		{"plain, on a custom endpoint without accounts", s3Error("PutObject", 403, "AccessDenied", "Access Denied"), with(func(f *Facts) { f.CustomEndpoint, f.ExpectedOwner = true, "" }), "likely put-denied, possible put-wrong-prefix"},
		{"what nobody knows", s3Error("PutObject", 400, "Brandnew", "Never heard of"), known, "possible request-refused"},

		// Delivery.
		{"S3 refuses strangers", served(403, "AccessDenied", "Access Denied", fromS3), known, "likely public-access-blocked, likely bucket-policy-missing, possible bucket-policy-wrong-path"},
		{"S3 refuses strangers, key ruled out", served(403, "AccessDenied", "Access Denied", fromS3), with(func(f *Facts) { f.Encryption = "AES256" }), "likely public-access-blocked, likely bucket-policy-missing, possible bucket-policy-wrong-path, ruled-out kms-anonymous"},
		{"S3 answers for the domain", served(403, "AccessDenied", "Access Denied", fromS3), cdn, "likely domain-wrong-target, likely public-access-blocked, likely bucket-policy-missing, possible bucket-policy-wrong-path"},
		{"encrypted for strangers", served(400, "InvalidArgument", "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.", fromS3), known, "certain kms-anonymous"},
		{"S3 refuses CloudFront", served(403, "AccessDenied", "Access Denied", viaCDN), cdn, "likely origin-access-wrong-distribution, likely bucket-policy-missing, likely origin-access-missing, possible bucket-policy-wrong-path, possible origin-path-doubled, possible origin-wrong-bucket"},
		{"the prefix twice", served(403, "AccessDenied", "Access Denied", viaCDN), with(func(f *Facts) { f.Domain, f.ServedAt = "https://media.example.com", "https://media.example.com/x" }), "certain origin-path-doubled"},
		{"the firewall", served(403, "", "The request could not be satisfied. Request blocked.", fromCDN), cdn, "certain waf-blocked"},
		{"no alias", served(403, "", "ERROR The request could not be satisfied. Bad request. We can't connect to the server for this app or website at this time.", fromCDN), cdn, "likely alias-missing, possible distribution-deploying, possible waf-blocked"},
		{"no key", served(404, "NoSuchKey", "The specified key does not exist.", viaCDN), cdn, "likely origin-path-doubled, likely origin-wrong-bucket, possible domain-wrong-target"},
		{"another bucket", served(404, "NoSuchBucket", "The specified bucket does not exist", fromS3), cdn, "certain domain-wrong-target"},
		{"an old error", served(403, "AccessDenied", "Access Denied", map[string]string{"server": "AmazonS3", "via": "cloudfront", "x-cache": "Error from cloudfront", "age": "7"}), cdn, "likely origin-access-wrong-distribution, likely bucket-policy-missing, likely origin-access-missing, likely error-cached, possible bucket-policy-wrong-path, possible origin-path-doubled, possible origin-wrong-bucket"},
		{"origin gone", served(502, "", "CloudFront wasn't able to connect to the origin.", fromCDN), cdn, "certain origin-unreachable"},
		{"redirect to S3", served(307, "", "", map[string]string{"location": "https://b.s3.us-west-2.amazonaws.com/x"}), cdn, "likely origin-redirects, possible domain-wrong-target"},
		{"redirect elsewhere", served(301, "", "", map[string]string{"location": "https://www.example.com/"}), cdn, "likely domain-wrong-target"},
		{"a web page", served(200, "", "", fromCDN), with(func(f *Facts) { f.Domain, f.Served = "https://m.example.com", &Served{HTML: true} }), "likely spa-fallback, possible origin-path-doubled, possible origin-wrong-bucket, possible bucket-policy-missing, possible origin-access-missing, possible origin-access-wrong-distribution"},
		{"other bytes", served(200, "", "", fromCDN), with(func(f *Facts) { f.Domain, f.Served = "https://m.example.com", &Served{} }), "certain wrong-content"},
		{"no such domain", Evidence{Operation: "GET https://m.example.com/x", Network: "dns"}, cdn, "certain domain-not-found"},
		{"no such domain, says the proxy", served(502, "", "no such host", nil), cdn, "certain domain-not-found"},
		{"another's certificate", Evidence{Operation: "GET https://m.example.com/x", Network: "tls", Message: "x509: certificate is valid for *.cloudfront.net, not m.example.com"}, cdn, "certain tls-name-mismatch"},
		{"no certificate", Evidence{Operation: "GET https://m.example.com/x", Network: "tls", Message: "remote error: tls: handshake failure"}, cdn, "likely tls-name-mismatch, likely alias-missing, possible tls-untrusted"},
		{"nobody answers", Evidence{Operation: "GET https://m.example.com/x", Network: "refused"}, cdn, "likely domain-wrong-target, possible network-unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			causes := Diagnose(c.ev, c.f)
			if got := list(causes); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if again := Diagnose(c.ev, c.f); !reflect.DeepEqual(causes, again) {
				t.Error("the same evidence gives another diagnosis")
			}
			for _, cause := range causes {
				if len(cause.Fixes) == 0 {
					t.Errorf("%s has no fix", cause.ID)
				}
			}
		})
	}
}

func list(causes []Cause) string {
	var all []string
	for _, c := range causes {
		all = append(all, string(c.Likelihood)+" "+c.ID)
	}
	return strings.Join(all, ", ")
}

func TestWrongRegionNamesTheRightOne(t *testing.T) {
	c := Diagnose(s3Error("ListObjectsV2", 400, "AuthorizationHeaderMalformed", "expecting 'us-west-2'"), known)[0]
	if c.Args["actual"] != "us-west-2" {
		t.Errorf("actual is %q", c.Args["actual"])
	}
}

// A text alone names its role and bucket.
func TestFactsFromTheTextItself(t *testing.T) {
	c := Diagnose(refusal("s3:PutObject", "s3:PutObject", implicit("identity-based policy", "s3:PutObject")), Facts{})[0]
	for k, want := range map[string]string{"role_name": "MediaRole", "bucket": "b", "key": "media/.mediadock/x.txt", "role_account": "123456789012"} {
		if c.Args[k] != want {
			t.Errorf("%s is %q, want %q", k, c.Args[k], want)
		}
	}
}

// Every document that a fix offers is a policy that parses, and never holds
// an external ID.
func TestFixesHoldPoliciesThatParse(t *testing.T) {
	documents := 0
	for _, id := range CauseIDs() {
		for _, f := range []Facts{{}, known, with(func(f *Facts) { f.Domain = "https://m.example.com" })} {
			for _, fix := range Because(id, Certain, f).Fixes {
				if fix.Document == nil {
					continue
				}
				documents++
				if _, err := policy.Parse(fix.Document); err != nil {
					t.Errorf("%s, %s: %v\n%s", id, fix.ID, err, fix.Document)
				}
				if strings.Contains(string(fix.Document), `\u003c`) {
					t.Errorf("%s: %s", id, fix.Document)
				}
				if strings.Contains(fix.Command, "trust.json") && !strings.Contains(string(fix.Document), maskedID) {
					t.Errorf("%s: a trust policy without the place for the external ID: %s", id, fix.Document)
				}
			}
		}
	}
	if documents < 20 {
		t.Errorf("%d documents", documents)
	}
}

func TestCommandsArePastable(t *testing.T) {
	evil := with(func(f *Facts) { f.Key = "media/it's; rm -rf $HOME `x`\n.txt" })
	fix := Because("left-behind", Certain, evil).Fixes[0]
	want := `aws s3 rm 's3://b/media/it'\''s; rm -rf $HOME ` + "`x`" + `.txt' --region ap-northeast-1`
	if fix.Command != want {
		t.Errorf("got  %s\nwant %s", fix.Command, want)
	}
	if got := Because("role-not-found", Certain, known).Fixes[0].Command; got != "aws iam get-role --role-name MediaRole --query Role.Arn --output text" {
		t.Errorf("got %s", got)
	}
}

func TestConsoleLinks(t *testing.T) {
	china := with(func(f *Facts) { f.RoleARN, f.Region = "arn:aws-cn:iam::123456789012:role/path/R", "cn-north-1" })
	gov := with(func(f *Facts) { f.RoleARN, f.Region = "arn:aws-us-gov:iam::123456789012:role/R", "us-gov-west-1" })
	for _, c := range []struct {
		cause string
		f     Facts
		want  string
	}{
		{"external-id-mismatch", known, "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/MediaRole?section=trust_relationships"},
		{"external-id-mismatch", china, "https://cn-north-1.console.amazonaws.cn/iam/home#/roles/details/R?section=trust_relationships"},
		{"put-denied", gov, "https://us-gov-west-1.console.amazonaws-us-gov.com/iam/home#/roles/details/R?section=permissions"},
		{"public-access-blocked", known, "https://ap-northeast-1.console.aws.amazon.com/s3/buckets/b?region=ap-northeast-1&tab=permissions"},
		{"origin-path-doubled", with(func(f *Facts) { f.Distribution = "arn:aws:cloudfront::1:distribution/E1" }), "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions/E1/origins"},
		{"public-access-blocked", with(func(f *Facts) { f.CustomEndpoint = true }), ""},
	} {
		if got := Because(c.cause, Certain, c.f).Fixes[0].ConsoleURL; got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.cause, got, c.want)
		}
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"short":                    "*****",
		"fifteen-letters":          "********",
		"md-7q4kz2m9x1c8v5b3n6t0w": "md-7…6t0w",
	} {
		if got := Mask(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestReadBody(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       Evidence
	}{
		{"S3", "\ufeff<?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucket</Code><Message>gone</Message><BucketName>b</BucketName><RequestId>R</RequestId><HostId>H</HostId></Error>",
			Evidence{Code: "NoSuchBucket", Message: "gone", RequestID: "R", HostID: "H", Elements: map[string]string{"BucketName": "b"}}},
		{"STS", `<ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>R</RequestId></ErrorResponse>`,
			Evidence{Code: "AccessDenied", Message: "no", RequestID: "R", Elements: map[string]string{"Type": "Sender"}}},
		{"region", `<Error><Code>PermanentRedirect</Code><Endpoint>b.s3.amazonaws.com</Endpoint><Region>us-west-2</Region></Error>`,
			Evidence{Code: "PermanentRedirect", BucketRegion: "us-west-2", Elements: map[string]string{"Endpoint": "b.s3.amazonaws.com", "Region": "us-west-2"}}},
		{"what was signed is not kept", `<Error><Code>SignatureDoesNotMatch</Code><StringToSign>s</StringToSign><SignatureProvided>sig</SignatureProvided><AWSAccessKeyId>AKIA</AWSAccessKeyId></Error>`,
			Evidence{Code: "SignatureDoesNotMatch"}},
		{"JSON", `{"__type":"com.amazon#ExpiredTokenException","message":"old"}`, Evidence{Code: "ExpiredTokenException", Message: "old"}},
		{"empty", "  ", Evidence{}},
		{"a listing", `<ListBucketResult><Name>b</Name></ListBucketResult>`, Evidence{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ev Evidence
			ev.ReadBody([]byte(c.body))
			if !reflect.DeepEqual(ev, c.want) {
				t.Errorf("got  %+v\nwant %+v", ev, c.want)
			}
		})
	}
	page := Evidence{HTTPStatus: 403}
	page.ReadBody([]byte("<html><body><h1>Access\n denied</h1> by proxy</body></html>"))
	if page.Message != "Access denied by proxy" || page.Code != "" {
		t.Errorf("a page is read as %+v", page)
	}
	fine := Evidence{HTTPStatus: 200}
	fine.ReadBody([]byte("<html>"))
	if fine.Message != "" {
		t.Errorf("an answer that is no error is read as %+v", fine)
	}
}

func FuzzReadBody(f *testing.F) {
	f.Add([]byte("<Error><Code>x</Code></Error>"))
	f.Add([]byte(`{"__type":"a#b"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		ev := Evidence{HTTPStatus: 400}
		ev.ReadBody(body)
		if len(ev.Message) > len(body)+len(" …") {
			t.Errorf("%d bytes became %d", len(body), len(ev.Message))
		}
	})
}

// What people paste leads to the same causes as what is met live.
func TestReadText(t *testing.T) {
	for _, c := range []struct{ name, text, operation, code, cause string }{
		{"the AWS CLI", `
An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/R`, "sts:AssumeRole", "AccessDenied", "external-id-mismatch"},
		{"the CLI, uploading", `upload failed: ./x to s3://b/x An error occurred (AccessDenied) when calling the PutObject operation: User: u is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/x" with an explicit deny in a resource-based policy`, "s3:PutObject", "AccessDenied", "explicit-deny"},
		{"Go", `operation error S3: ListObjectsV2, https response error StatusCode: 404, RequestID: R1, HostID: H1, api error NoSuchBucket: The specified bucket does not exist`, "s3:ListObjectsV2", "NoSuchBucket", "bucket-not-found"},
		{"Java", `The AWS Access Key Id you provided does not exist in our records. (Service: Amazon S3; Status Code: 403; Error Code: InvalidAccessKeyId; Request ID: R1)`, "", "InvalidAccessKeyId", "access-key-unknown"},
		{"JavaScript", `SignatureDoesNotMatch: Signature expired: 1 is now earlier than 2`, "", "SignatureDoesNotMatch", "clock-skew"},
		{"XML", `HTTP/1.1 400 Bad Request

<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'us-east-1' is wrong; expecting 'us-west-2'</Message><Region>us-west-2</Region></Error>`, "", "AuthorizationHeaderMalformed", "wrong-region"},
		{"the sentence alone", `User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:DeleteObject action`, "", "", "delete-denied"},
		{"a key of KMS", `User: u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/2 because no identity-based policy allows the kms:Decrypt action`, "", "", "kms-decrypt-denied"},
		{"no name", `dial tcp: lookup s3.Tokyo.amazonaws.com: no such host`, "", "", "region-unknown"},
		{"an inspecting proxy", `SSL validation failed for https://sts.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed`, "", "", "tls-untrusted"},
		{"no credentials", `Unable to locate credentials. You can configure credentials by running "aws configure".`, "", "", "no-credentials"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ev := ReadText(c.text)
			if ev.Operation != c.operation && c.operation != "" || ev.Code != c.code {
				t.Errorf("read as %+v", ev)
			}
			causes := Diagnose(ev, Facts{})
			if len(causes) == 0 || causes[0].ID != c.cause {
				t.Errorf("diagnosed %s, want %s: %+v", list(causes), c.cause, ev)
			}
		})
	}
}

func TestEvidenceJSON(t *testing.T) {
	data, err := json.Marshal(Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "AccessDenied", Message: "no", RequestID: "R"})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"operation":"sts:AssumeRole","http_status":403,"code":"AccessDenied","message":"no"}`; string(data) != want {
		t.Errorf("got  %s\nwant %s", data, want)
	}
}

// What is not known is left out of a text, not filled with a question mark.
func TestClockWithoutAKnownOffset(t *testing.T) {
	for _, code := range []string{"RequestExpired", "AccessDenied"} {
		causes := Diagnose(Evidence{Operation: "sts:GetCallerIdentity", HTTPStatus: 403, Code: code}, Facts{})
		found := false
		for _, c := range causes {
			if c.ID == "clock-skew" {
				found = true
				if c.Args["offset"] != "" {
					t.Errorf("%s: offset %q", code, c.Args["offset"])
				}
			}
		}
		if !found {
			t.Errorf("%s: %+v", code, causes)
		}
	}
}

// A file that does not exist is no refusal, and neither is silence.
func TestNoCauseWithoutWords(t *testing.T) {
	for _, ev := range []Evidence{
		{Operation: "s3:HeadObject", HTTPStatus: 404, Code: "NotFound"},
		{Operation: "s3:GetObject", HTTPStatus: 404, Code: "NoSuchKey", Message: "The specified key does not exist."},
		{Operation: "s3:CopyObject", HTTPStatus: 404, Code: "NoSuchKey"},
	} {
		if causes := Diagnose(ev, Facts{Bucket: "b"}); len(causes) != 0 {
			t.Errorf("%+v: %+v", ev, causes)
		}
	}
}
