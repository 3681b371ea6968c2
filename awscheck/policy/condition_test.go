package policy

import (
	"strconv"
	"testing"
)

// keys are the context of a request; a key that is nil in it is not there.
type keys map[string][]string

// conditionRow is one documented rule about one condition.
type conditionRow struct {
	rule      string
	condition string // the value of a Condition element
	context   keys
	want      bool
}

func testConditions(t *testing.T, rows []conditionRow) {
	t.Helper()
	for _, c := range rows {
		t.Run(c.rule, func(t *testing.T) {
			d := one(t, `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":`+c.condition+`}`)
			got := Evaluate(Request{
				Principal: alice, Action: "s3:ListBucket", Resource: "arn:aws:s3:::b", ResourceAccount: home, Context: c.context,
			}, Policies{Identity: []Document{d}})
			if got.Allowed != c.want {
				t.Errorf("%s with %v: met = %v, want %v", c.condition, c.context, got.Allowed, c.want)
			}
		})
	}
}

// The rules are those of "IAM JSON policy elements: Condition operators".
func TestStringOperators(t *testing.T) {
	prefix := func(v string) keys { return keys{"s3:prefix": {v}} }
	testConditions(t, []conditionRow{
		{"StringEquals is exact", `{"StringEquals":{"s3:prefix":"media/"}}`, prefix("media/"), true},
		{"StringEquals is case-sensitive", `{"StringEquals":{"s3:prefix":"media/"}}`, prefix("Media/"), false},
		{"StringEquals knows no wildcards", `{"StringEquals":{"s3:prefix":"media/*"}}`, prefix("media/x"), false},
		{"StringEquals takes them literally", `{"StringEquals":{"s3:prefix":"media/*"}}`, prefix("media/*"), true},
		{"StringNotEquals", `{"StringNotEquals":{"s3:prefix":"media/"}}`, prefix("Media/"), true},
		{"StringNotEquals, equal", `{"StringNotEquals":{"s3:prefix":"media/"}}`, prefix("media/"), false},
		{"StringEqualsIgnoreCase", `{"StringEqualsIgnoreCase":{"s3:prefix":"media/"}}`, prefix("MEDIA/"), true},
		{"StringNotEqualsIgnoreCase", `{"StringNotEqualsIgnoreCase":{"s3:prefix":"media/"}}`, prefix("MEDIA/"), false},
		{"StringLike with *", `{"StringLike":{"s3:prefix":"media/*"}}`, prefix("media/a/b"), true},
		{"StringLike: * may stand for nothing", `{"StringLike":{"s3:prefix":"media/*"}}`, prefix("media/"), true},
		{"StringLike without wildcards is exact", `{"StringLike":{"s3:prefix":"media"}}`, prefix("media/"), false},
		{"StringLike with ?", `{"StringLike":{"s3:prefix":"med?a/"}}`, prefix("media/"), true},
		{"StringLike is case-sensitive", `{"StringLike":{"s3:prefix":"media/*"}}`, prefix("MEDIA/x"), false},
		{"StringLike: * covers line ends", `{"StringLike":{"s3:prefix":"a*b"}}`, prefix("a\nb"), true},
		{"StringNotLike", `{"StringNotLike":{"s3:prefix":"media/*"}}`, prefix("private/"), true},
		{"StringNotLike, like", `{"StringNotLike":{"s3:prefix":"media/*"}}`, prefix("media/x"), false},
		{"an empty value is a value", `{"StringEquals":{"s3:prefix":""}}`, prefix(""), true},
		{"* covers the empty value", `{"StringLike":{"s3:prefix":"*"}}`, prefix(""), true},
		{"condition keys ignore case", `{"StringEquals":{"S3:PREFIX":"media/"}}`, prefix("media/"), true},

		{"several values are alternatives", `{"StringEquals":{"s3:prefix":["media/","docs/"]}}`, prefix("docs/"), true},
		{"several values of a negated operator: none may match", `{"StringNotEquals":{"s3:prefix":["media/","docs/"]}}`, prefix("docs/"), false},
		{"several values of a negated operator: none matches", `{"StringNotEquals":{"s3:prefix":["media/","docs/"]}}`, prefix("x"), true},
		{"several keys must all hold", `{"StringEquals":{"s3:prefix":"media/","s3:delimiter":"/"}}`, keys{"s3:prefix": {"media/"}, "s3:delimiter": {"-"}}, false},
		{"several operators must all hold", `{"StringLike":{"s3:prefix":"m*"},"StringNotEquals":{"s3:prefix":"media/"}}`, prefix("media/"), false},
		{"several operators hold", `{"StringLike":{"s3:prefix":"m*"},"StringNotEquals":{"s3:prefix":"media/"}}`, prefix("misc/"), true},
		{"no values match nothing", `{"StringEquals":{"s3:prefix":[]}}`, prefix("x"), false},
		{"an empty Condition holds", `{}`, nil, true},
	})
}

// "If the key is not present in the request context, the values do not match
// and the condition is false. If the operator is negated, it is true."
func TestMissingKeys(t *testing.T) {
	testConditions(t, []conditionRow{
		{"StringEquals", `{"StringEquals":{"s3:prefix":"x"}}`, nil, false},
		{"StringLike *", `{"StringLike":{"s3:prefix":"*"}}`, nil, false},
		{"StringNotEquals", `{"StringNotEquals":{"s3:prefix":"x"}}`, nil, true},
		{"StringNotLike", `{"StringNotLike":{"s3:prefix":"*"}}`, nil, true},
		{"NumericNotEquals", `{"NumericNotEquals":{"s3:max-keys":"5"}}`, nil, true},
		{"NumericLessThan", `{"NumericLessThan":{"s3:max-keys":"5"}}`, nil, false},
		{"DateNotEquals", `{"DateNotEquals":{"aws:CurrentTime":"2026-01-01"}}`, nil, true},
		{"NotIpAddress", `{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`, nil, true},
		{"IpAddress", `{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}`, nil, false},
		{"ArnNotLike", `{"ArnNotLike":{"aws:SourceArn":"arn:aws:sns:*:*:*"}}`, nil, true},
		{"ArnLike", `{"ArnLike":{"aws:SourceArn":"arn:*:*:*:*:*"}}`, nil, false},
		{"Bool false is not absence", `{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`, nil, false},
		{"BoolIfExists", `{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}`, nil, true},
		{"StringEqualsIfExists", `{"StringEqualsIfExists":{"s3:prefix":"x"}}`, nil, true},
		{"StringEqualsIfExists compares a key that is there", `{"StringEqualsIfExists":{"s3:prefix":"x"}}`, keys{"s3:prefix": {"y"}}, false},
		{"StringNotEqualsIfExists", `{"StringNotEqualsIfExists":{"s3:prefix":"x"}}`, nil, true},
		{"a key without values is not there", `{"StringEquals":{"s3:prefix":""}}`, keys{"s3:prefix": {}}, false},
		{"Null true: not there", `{"Null":{"aws:TokenIssueTime":"true"}}`, nil, true},
		{"Null true: there", `{"Null":{"s3:prefix":"true"}}`, keys{"s3:prefix": {"x"}}, false},
		{"Null false: there", `{"Null":{"s3:prefix":"false"}}`, keys{"s3:prefix": {"x"}}, true},
		{"Null false: not there", `{"Null":{"s3:prefix":false}}`, nil, false},
		{"Null with both values", `{"Null":{"s3:prefix":["true","false"]}}`, nil, true},
		{"Null with ForAllValues is always true", `{"ForAllValues:Null":{"s3:prefix":"false"}}`, nil, true},
		{"Null with ForAnyValue is always false", `{"ForAnyValue:Null":{"s3:prefix":"true"}}`, nil, false},
	})
}

// "Creating a condition with multiple keys or values."
func TestSetOperators(t *testing.T) {
	tags := func(v ...string) keys { return keys{"aws:tagkeys": v} }
	testConditions(t, []conditionRow{
		{"ForAllValues: every value matches one", `{"ForAllValues:StringEquals":{"aws:TagKeys":["a","b","c"]}}`, tags("a", "b"), true},
		{"ForAllValues: one value matches none", `{"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}}`, tags("a", "x"), false},
		{"ForAllValues is true for a missing key", `{"ForAllValues:StringEquals":{"aws:TagKeys":"a"}}`, nil, true},
		{"ForAllValues is true for an empty string", `{"ForAllValues:StringEquals":{"aws:TagKeys":"a"}}`, tags(""), true},
		{"ForAllValues without values: only a missing key", `{"ForAllValues:StringEquals":{"aws:TagKeys":[]}}`, tags("a"), false},
		{"ForAllValues, negated, missing", `{"ForAllValues:StringNotEquals":{"aws:TagKeys":"a"}}`, nil, true},
		{"ForAllValues, negated: no value may match", `{"ForAllValues:StringNotEquals":{"aws:TagKeys":["a","b"]}}`, tags("x", "a"), false},
		{"ForAllValues, negated: no value matches", `{"ForAllValues:StringNotEquals":{"aws:TagKeys":["a","b"]}}`, tags("x", "y"), true},
		{"ForAllValues with StringLike", `{"ForAllValues:StringLike":{"aws:TagKeys":"a*"}}`, tags("a1", "a2"), true},
		{"ForAnyValue: one value matches", `{"ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]}}`, tags("x", "b"), true},
		{"ForAnyValue: no value matches", `{"ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]}}`, tags("x"), false},
		{"ForAnyValue is false for a missing key", `{"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}`, nil, false},
		{"ForAnyValue, negated, is false for a missing key", `{"ForAnyValue:StringNotEquals":{"aws:TagKeys":"a"}}`, nil, false},
		{"ForAnyValue, negated: one value matches none", `{"ForAnyValue:StringNotEquals":{"aws:TagKeys":["a","b"]}}`, tags("a", "x"), true},
		{"ForAnyValue, negated: every value matches", `{"ForAnyValue:StringNotEquals":{"aws:TagKeys":["a","b"]}}`, tags("a", "b"), false},
		{"ForAnyValue outweighs IfExists", `{"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":"a"}}`, nil, false},
		{"ForAllValues with IfExists", `{"ForAllValues:StringEqualsIfExists":{"aws:TagKeys":"a"}}`, nil, true},
		{"a set operator on a single value", `{"ForAnyValue:StringEquals":{"s3:prefix":"x"}}`, keys{"s3:prefix": {"x"}}, true},
	})
}

func TestNumericAndDateOperators(t *testing.T) {
	max := func(v string) keys { return keys{"s3:max-keys": {v}} }
	at := func(v string) keys { return keys{"aws:currenttime": {v}} }
	const noon = "2026-06-01T12:00:00Z"
	testConditions(t, []conditionRow{
		{"NumericEquals", `{"NumericEquals":{"s3:max-keys":"10"}}`, max("10"), true},
		{"an integer equals its decimal form", `{"NumericEquals":{"s3:max-keys":"10.0"}}`, max("10"), true},
		{"a number without quotes", `{"NumericEquals":{"s3:max-keys":10}}`, max("10"), true},
		{"NumericNotEquals", `{"NumericNotEquals":{"s3:max-keys":"10"}}`, max("11"), true},
		{"NumericLessThan: not itself", `{"NumericLessThan":{"s3:max-keys":"10"}}`, max("10"), false},
		{"NumericLessThan compares numbers, not texts", `{"NumericLessThan":{"s3:max-keys":"10"}}`, max("9"), true},
		{"NumericLessThanEquals", `{"NumericLessThanEquals":{"s3:max-keys":"10"}}`, max("10"), true},
		{"NumericGreaterThan", `{"NumericGreaterThan":{"s3:max-keys":"10"}}`, max("1000"), true},
		{"NumericGreaterThan: not itself", `{"NumericGreaterThan":{"s3:max-keys":"10"}}`, max("10"), false},
		{"NumericGreaterThanEquals", `{"NumericGreaterThanEquals":{"s3:max-keys":"-1.5"}}`, max("-1.5"), true},
		{"what is no number does not match", `{"NumericLessThan":{"s3:max-keys":"10"}}`, max("many"), false},
		{"Go's other numbers are none", `{"NumericGreaterThan":{"s3:max-keys":"0"}}`, max("Inf"), false},
		{"hexadecimal is none", `{"NumericEquals":{"s3:max-keys":"0x10"}}`, max("16"), false},

		{"DateEquals", `{"DateEquals":{"aws:CurrentTime":"2026-06-01T12:00:00Z"}}`, at(noon), true},
		{"DateEquals in another zone", `{"DateEquals":{"aws:CurrentTime":"2026-06-01T21:00:00+09:00"}}`, at(noon), true},
		{"DateNotEquals", `{"DateNotEquals":{"aws:CurrentTime":"2026-06-01T12:00:01Z"}}`, at(noon), true},
		{"DateLessThan", `{"DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}`, at(noon), true},
		{"DateLessThan: not itself", `{"DateLessThan":{"aws:CurrentTime":"2026-06-01T12:00:00Z"}}`, at(noon), false},
		{"DateLessThanEquals", `{"DateLessThanEquals":{"aws:CurrentTime":"2026-06-01T12:00:00Z"}}`, at(noon), true},
		{"DateGreaterThan", `{"DateGreaterThan":{"aws:CurrentTime":"2026-06-01T11:59:59.5Z"}}`, at(noon), true},
		{"DateGreaterThanEquals", `{"DateGreaterThanEquals":{"aws:CurrentTime":"2026-06-01T12:00:00Z"}}`, at(noon), true},
		{"a date alone is its midnight", `{"DateGreaterThan":{"aws:CurrentTime":"2026-06-01"}}`, at(noon), true},
		{"year and month", `{"DateGreaterThan":{"aws:CurrentTime":"2026-06"}}`, at(noon), true},
		{"a year", `{"DateLessThan":{"aws:CurrentTime":"2027"}}`, at(noon), true},
		{"hours and minutes", `{"DateEquals":{"aws:CurrentTime":"2026-06-01T12:00Z"}}`, at(noon), true},
		{"seconds since 1970 in the policy", `{"DateEquals":{"aws:CurrentTime":"1780315200"}}`, at(noon), true},
		{"seconds since 1970 in the request", `{"DateLessThan":{"aws:EpochTime":"2027-01-01T00:00:00Z"}}`, keys{"aws:epochtime": {"1780315200"}}, true},
		{"what is no date in the request does not match", `{"DateNotEquals":{"aws:CurrentTime":"2026-06-01"}}`, at("yesterday"), true},
		{"what is no date does not match", `{"DateLessThan":{"aws:CurrentTime":"soon"}}`, at(noon), false},
	})
}

func TestOtherOperators(t *testing.T) {
	ip := func(v string) keys { return keys{"aws:sourceip": {v}} }
	source := func(v string) keys { return keys{"aws:sourcearn": {v}} }
	const distribution = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"
	testConditions(t, []conditionRow{
		{"Bool", `{"Bool":{"aws:SecureTransport":"true"}}`, keys{"aws:securetransport": {"true"}}, true},
		{"Bool without quotes", `{"Bool":{"aws:SecureTransport":false}}`, keys{"aws:securetransport": {"false"}}, true},
		{"Bool, other", `{"Bool":{"aws:SecureTransport":"true"}}`, keys{"aws:securetransport": {"false"}}, false},
		{"Bool ignores case", `{"Bool":{"aws:SecureTransport":"True"}}`, keys{"aws:securetransport": {"true"}}, true},

		{"BinaryEquals", `{"BinaryEquals":{"x:key":"QmluYXJ5"}}`, keys{"x:key": {"QmluYXJ5"}}, true},
		{"BinaryEquals, other", `{"BinaryEquals":{"x:key":"QmluYXJ5"}}`, keys{"x:key": {"QmluYXJ6"}}, false},
		{"BinaryEquals of other bytes written alike", `{"BinaryEquals":{"x:key":"QUI="}}`, keys{"x:key": {"QUI"}}, false},
		{"BinaryEquals compares bytes, not texts", `{"BinaryEquals":{"x:key":"QUI="}}`, keys{"x:key": {"QU\nI="}}, true},
		{"BinaryEquals, no base64 in the policy", `{"BinaryEquals":{"x:key":"!"}}`, keys{"x:key": {""}}, false},
		{"BinaryEquals, no base64", `{"BinaryEquals":{"x:key":"QmluYXJ5"}}`, keys{"x:key": {"!"}}, false},

		{"IpAddress in a range", `{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`, ip("203.0.113.255"), true},
		{"IpAddress outside", `{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`, ip("203.0.114.0"), false},
		{"without a length the range is one address", `{"IpAddress":{"aws:SourceIp":"203.0.113.7"}}`, ip("203.0.113.7"), true},
		{"one address, another", `{"IpAddress":{"aws:SourceIp":"203.0.113.7"}}`, ip("203.0.113.8"), false},
		{"host bits of a range are ignored", `{"IpAddress":{"aws:SourceIp":"10.1.2.3/8"}}`, ip("10.9.9.9"), true},
		{"IPv6 range", `{"IpAddress":{"aws:SourceIp":"2001:DB8:1234:5678::/64"}}`, ip("2001:db8:1234:5678::1"), true},
		{"IPv6 is written in many ways", `{"IpAddress":{"aws:SourceIp":"2001:db8::1"}}`, ip("2001:0db8:0:0::0001"), true},
		{"mixed list", `{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:DB8:1234:5678::/64"]}}`, ip("203.0.113.1"), true},
		{"NotIpAddress", `{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`, ip("198.51.100.1"), true},
		{"NotIpAddress inside", `{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`, ip("203.0.113.1"), false},
		{"NotIpAddress: all but the range, IPv6 included", `{"NotIpAddressIfExists":{"aws:SourceIp":["198.51.100.7"]}}`, ip("2001:db8::1"), true},
		{"an IPv4 address in IPv6's form is IPv4", `{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`, ip("::ffff:203.0.113.7"), true},
		{"what is no address is in no range", `{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}`, ip("office"), false},
		{"what is no range holds nothing", `{"IpAddress":{"aws:SourceIp":["203.0.113.0/x","office"]}}`, ip("203.0.113.7"), false},
		{"an IPv4 range holds no IPv6", `{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}`, ip("2001:db8::1"), false},

		{"ArnEquals", `{"ArnEquals":{"aws:SourceArn":"` + distribution + `"}}`, source(distribution), true},
		{"ArnLike, as of row M44", `{"ArnLike":{"AWS:SourceArn":"` + distribution + `"}}`, source(distribution), true},
		{"ArnLike, another distribution", `{"ArnLike":{"AWS:SourceArn":"` + distribution + `"}}`, source(distribution + "X"), false},
		{"ArnEquals behaves as ArnLike", `{"ArnEquals":{"aws:SourceArn":"arn:aws:cloudfront::*:distribution/*"}}`, source(distribution), true},
		{"ArnLike is case-sensitive", `{"ArnLike":{"aws:SourceArn":"arn:aws:cloudfront::*:Distribution/*"}}`, source(distribution), false},
		{
			"ArnLike: a wildcard stays within its component", `{"ArnLike":{"aws:SourceArn":"arn:aws:someservice:*:111122223333:finance/*"}}`,
			source("arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), false,
		},
		{
			"StringLike: it does not", `{"StringLike":{"aws:SourceArn":"arn:aws:someservice:*:111122223333:finance/*"}}`,
			source("arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), true,
		},
		{
			"ArnLike: the last component keeps its colons", `{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:*:log-group*"}}`,
			source("arn:aws:logs:us-east-1:123456789012:log-group:a:b"), true,
		},
		{"ArnNotLike", `{"ArnNotLike":{"aws:SourceArn":"arn:aws:cloudfront::*:distribution/E1*"}}`, source(distribution), true},
		{"ArnNotEquals, like", `{"ArnNotEquals":{"aws:SourceArn":"arn:aws:cloudfront::*:distribution/E2*"}}`, source(distribution), false},
		{"what is no ARN is like none", `{"ArnLike":{"aws:SourceArn":"arn:*:*:*:*:*"}}`, source("hello"), false},
	})
}

func TestOperatorNames(t *testing.T) {
	for _, c := range []struct {
		name   string
		known  bool
		proper string
	}{
		{"StringEquals", true, "StringEquals"},
		{"ForAnyValue:StringLikeIfExists", true, "ForAnyValue:StringLikeIfExists"},
		{"ForAllValues:Null", true, "ForAllValues:Null"},
		{"stringEquals", false, "StringEquals"},
		{"IPAddress", false, "IpAddress"},
		{"forallvalues:stringlikeifexists", false, "ForAllValues:StringLikeIfExists"},
		{"NullIfExists", false, ""},
		{"StringEqualIgnoreCase", false, ""},
		{"ForSomeValues:StringEquals", false, ""},
		{"IfExists", false, ""},
		{"", false, ""},
	} {
		if _, ok := parseOperator(c.name); ok != c.known {
			t.Errorf("parseOperator(%q) = %v, want %v", c.name, ok, c.known)
		}
		if proper, _ := properOperator(c.name); proper != c.proper {
			t.Errorf("properOperator(%q) = %q, want %q", c.name, proper, c.proper)
		}
	}
	if len(operators) != 27 {
		t.Error("AWS documents 27 operators, known are " + strconv.Itoa(len(operators)))
	}
	unknown := Document{Statements: []Statement{{
		Effect: Allow, Action: []string{"*"}, Resource: []string{"*"},
		Conditions: []Condition{{Operator: "StringSounds", Key: "s3:prefix", Values: []string{"x"}}},
	}}}
	d := Evaluate(Request{Principal: alice, Action: "s3:ListBucket", Resource: "arn:aws:s3:::b"}, Policies{Identity: []Document{unknown}})
	if d.Allowed {
		t.Error("a condition of an unknown operator holds")
	}
}
