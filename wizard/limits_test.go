package wizard

import "strings"

// The last length that is allowed and the first that is not, for every limit.
var limitRows = map[string][]row{
	"bucket": {
		{in: "ab", err: "bucket.too_short"},
		{in: "abc", want: "abc"},
		{in: strings.Repeat("b", 63), want: strings.Repeat("b", 63)},
		{in: strings.Repeat("b", 64), err: "bucket.too_long"},
		// 32 letters are what an account's regional namespace leaves in Tokyo.
		{in: strings.Repeat("b", 32) + "-210987654321-ap-northeast-1-an", want: strings.Repeat("b", 32) + "-210987654321-ap-northeast-1-an", notices: []string{"bucket.names_owner"}},
		{in: strings.Repeat("b", 33) + "-210987654321-ap-northeast-1-an", err: "bucket.too_long"},
	},
	"region": {
		{in: "ap-northeast-" + strings.Repeat("9", 50), want: "ap-northeast-" + strings.Repeat("9", 50), notices: []string{"region.new"}},
		{in: "ap-northeast-" + strings.Repeat("9", 51), err: "region.too_long"}, // no label of a host name
		{in: strings.Repeat("x", 100), err: "region.unknown"},
		{in: strings.Repeat("x", 101), err: "region.too_long"},
		{in: strings.Repeat("x", 90) + " eu-west-1 ", err: "region.unknown", suggest: "eu-west-1", notices: []string{"space_removed"}},
		{in: strings.Repeat("x", 91) + " eu-west-1", err: "region.too_long", suggest: "eu-west-1"},
	},
	"role_arn": {
		{in: "arn:aws:iam::210987654321:role/R", want: "arn:aws:iam::210987654321:role/R"},
		{in: roleOf(0, 64), want: roleOf(0, 64)},
		{in: roleOf(0, 65), err: "role_arn.too_long.name"},
		{in: roleOf(512, 64), want: roleOf(512, 64)}, // both slashes of the path count
		{in: roleOf(513, 64), err: "role_arn.too_long"},
	},
	"external_id": {
		{in: "a", err: "external_id.too_short"},
		{in: "a1", want: "a1", notices: []string{"external_id.weak"}},
		{in: "0a1b2c3d4e5f6g7", want: "0a1b2c3d4e5f6g7", notices: []string{"external_id.weak"}},
		{in: "0a1b2c3d4e5f6g7h", want: "0a1b2c3d4e5f6g7h"},
		{in: strings.Repeat("0a1b2c3d", 153), want: strings.Repeat("0a1b2c3d", 153)}, // 1,224
		{in: strings.Repeat("0a1b2c3d", 153) + "e", err: "external_id.too_long"},
	},
	"trusted_principal": {
		{in: "99998888777", err: "trusted_principal.account"},
		{in: "9999888877776", err: "trusted_principal.account"},
		{in: strings.Repeat("x", 2048), err: "trusted_principal.format"},
		{in: strings.Repeat("x", 2049), err: "trusted_principal.too_long"},
	},
	"prefix": {
		{in: "m/" + strings.Repeat("a", 898), want: "m/" + strings.Repeat("a", 898)},
		{in: "m/" + strings.Repeat("a", 899), err: "prefix.too_long"},
		{in: strings.Repeat("写", 300), err: "prefix.charset"},  // 900 bytes
		{in: strings.Repeat("写", 301), err: "prefix.too_long"}, // 903
	},
	"domain": {
		{in: strings.Repeat("a", 63) + ".jp", want: "https://" + strings.Repeat("a", 63) + ".jp", notices: []string{"domain.scheme_added"}},
		{in: strings.Repeat("a", 64) + ".jp", err: "domain.host"},
		{in: hostOf(253), want: "https://" + hostOf(253), notices: []string{"domain.scheme_added"}},
		{in: hostOf(254), err: "domain.too_long"},
	},
	"distribution": {
		{in: "E2EXA", err: "distribution.format"},
		{in: "E2EXAM", want: "E2EXAM"},
		{in: strings.Repeat("E", 64), want: strings.Repeat("E", 64)},
		{in: strings.Repeat("E", 65), err: "distribution.format"},
		{in: strings.Repeat("E", 256), err: "distribution.format"},
		{in: strings.Repeat("E", 257), err: "distribution.too_long"},
	},
	"service_id": {
		{in: strings.Repeat("s", 128), want: strings.Repeat("s", 128), notices: []string{"service_id.unusual"}},
		{in: strings.Repeat("s", 129), err: "service_id.too_long"},
	},
}

// roleOf is a role's ARN with a path (0 for none) and a name of some lengths.
func roleOf(path, name int) string {
	p := ""
	if path > 0 {
		p = strings.Repeat("p", path-2) + "/"
	}
	return "arn:aws:iam::210987654321:role/" + p + strings.Repeat("r", name)
}

// hostOf is a domain of some length, in labels of at most 63 letters.
func hostOf(length int) string {
	host := ".jp"
	for len(host) < length {
		label := min(63, length-len(host))
		if left := length - len(host) - label; left == 1 {
			label-- // not a dot alone
		}
		host = strings.Repeat("a", label) + host
		if len(host) < length {
			host = "." + host
		}
	}
	return host
}
