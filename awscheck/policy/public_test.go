package policy

import "testing"

// The rows are those of "The meaning of public" in the Amazon S3 User Guide.
func TestPublic(t *testing.T) {
	const put = `"Effect":"Allow","Action":"s3:PutObject","Resource":"*"`
	for _, c := range []struct {
		rule      string
		statement string
		public    bool
	}{
		{"everybody", `{"Principal":"*",` + put + `}`, true},
		{"everybody, long form", `{"Principal":{"AWS":"*"},` + put + `}`, true},
		{"an identity provider's users", `{"Principal":{"Federated":"graph.facebook.com"},` + put + `}`, true},
		{"everybody but", `{"NotPrincipal":{"AWS":"123456789012"},` + put + `}`, true},
		{"a wildcard is no fixed value", `{"Principal":"*",` + put + `,"Condition":{"StringLike":{"aws:SourceVpc":"vpc-*"}}}`, true},
		{"a fixed value", `{"Principal":"*",` + put + `,"Condition":{"StringEquals":{"aws:SourceVpc":"vpc-91237329"}}}`, false},
		{"a variable is no fixed value", `{"Principal":"*",` + put + `,"Condition":{"StringEquals":{"aws:SourceVpc":"${aws:PrincipalTag/vpc}"}}}`, true},
		{"one of several values is not fixed", `{"Principal":"*",` + put + `,"Condition":{"StringLike":{"aws:SourceVpc":["vpc-1","vpc-*"]}}}`, true},
		{"a key that S3 does not count", `{"Principal":"*",` + put + `,"Condition":{"StringEquals":{"aws:Referer":"https://example.com/"}}}`, true},
		{"any one limiting condition is enough", `{"Principal":"*",` + put + `,"Condition":{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}`, false},
		{"the key is compared without regard to case", `{"Principal":"*",` + put + `,"Condition":{"StringEquals":{"AWS:SourceACCOUNT":"123456789012"}}}`, false},
		{"IfExists lets a missing key pass", `{"Principal":"*",` + put + `,"Condition":{"StringEqualsIfExists":{"aws:SourceVpc":"vpc-1"}}}`, true},
		{"ForAllValues lets a missing key pass", `{"Principal":"*",` + put + `,"Condition":{"ForAllValues:StringEquals":{"aws:SourceVpc":"vpc-1"}}}`, true},
		{"negation limits nothing", `{"Principal":"*",` + put + `,"Condition":{"StringNotEquals":{"aws:SourceVpc":"vpc-1"}}}`, true},
		{"an address range", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}`, false},
		{"an address", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.7"}}}`, false},
		{"a range wider than /8", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}}`, true},
		{"a range wider than /32 of IPv6", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":"2001::/16"}}}`, true},
		{"exactly /8", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`, false},
		{"exactly /32 of IPv6", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}}`, false},
		{"no range at all", `{"Principal":"*",` + put + `,"Condition":{"IpAddress":{"aws:SourceIp":["office","10.0.0.0/x"]}}}`, true},
		{"an operator for other types limits nothing", `{"Principal":"*",` + put + `,"Condition":{"Null":{"aws:SourceVpc":"false"}}}`, true},
		{"sessions of one role", `{"Principal":"*",` + put + `,"Condition":{"StringLike":{"aws:userid":"AROAEXAMPLE:*"}}}`, false},
		{"user ids by pattern", `{"Principal":"*",` + put + `,"Condition":{"StringLike":{"aws:userid":"AROA*:*"}}}`, true},
		{"access points of one account", `{"Principal":"*",` + put + `,"Condition":{"StringLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:123456789012:accesspoint/*"}}}`, false},
		{"access points of any account", `{"Principal":"*",` + put + `,"Condition":{"StringLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:*:accesspoint/*"}}}`, true},
		{"a fixed principal", `{"Principal":{"AWS":"123456789012"},` + put + `}`, false},
		{"a service", `{"Principal":{"Service":"cloudfront.amazonaws.com"},` + put + `}`, false},
		{"a Deny grants nothing", `{"Principal":"*","Effect":"Deny","Action":"s3:PutObject","Resource":"*"}`, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := one(t, c.statement)
			if got := d.Public(); got != c.public {
				t.Errorf("Public() = %v, want %v", got, c.public)
			}
		})
	}
	// "One public statement renders the entire policy public."
	mixed := one(t, `{"Principal":{"AWS":"123456789012"},`+put+`},{"Principal":"*",`+put+`}`)
	if !mixed.Public() {
		t.Error("a policy with one public statement is not public")
	}
}
