package policy

import (
	"strings"
	"testing"
)

// The rules are those of "IAM policy elements: Variables and tags".
func TestVariables(t *testing.T) {
	team := func(prefix, team string) keys { return keys{"s3:prefix": {prefix}, "aws:principaltag/team": {team}} }
	prefix := func(v string) keys { return keys{"s3:prefix": {v}} }
	testConditions(t, []conditionRow{
		{"a user's name", `{"StringLike":{"s3:prefix":"${aws:username}/*"}}`, prefix("alice/x"), true},
		{"keys of variables ignore case", `{"StringEquals":{"s3:prefix":"${AWS:UserName}"}}`, prefix("alice"), true},
		{"a tag", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team}"}}`, team("red", "red"), true},
		{"two variables", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team}/${aws:username}"}}`, team("red/alice", "red"), true},
		{"a value's wildcards are literal", `{"StringLike":{"s3:prefix":"${aws:PrincipalTag/team}/*"}}`, team("red/x", "*"), false},
		{"and match themselves", `{"StringLike":{"s3:prefix":"${aws:PrincipalTag/team}/*"}}`, team("*/x", "*"), true},
		{"a variable without a value matches nothing", `{"StringLike":{"s3:prefix":"${aws:PrincipalTag/team}*"}}`, prefix("x"), false},
		{"inverted operators match against no value", `{"StringNotEquals":{"s3:prefix":"${aws:PrincipalTag/team}"}}`, prefix("x"), true},
		{"an empty value is no value", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team}"}}`, team("", ""), false},
		{"a key with several values is no variable", `{"StringEquals":{"s3:prefix":"${aws:TagKeys}"}}`, keys{"s3:prefix": {"a"}, "aws:tagkeys": {"a", "b"}}, false},
		{"a default value", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team, 'company-wide'}"}}`, prefix("company-wide"), true},
		{"a value outweighs the default", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team, 'company-wide'}"}}`, team("company-wide", "red"), false},
		{"text behind a default", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team, 'all'}/x"}}`, prefix("all/x"), true},
		{"a default without its space", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team,'all'}"}}`, prefix("all"), true},
		{"a default without quotes is text", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team, all}"}}`, prefix("${aws:PrincipalTag/team, all}"), true},
		{"a default without its end is text", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team, 'all}"}}`, prefix("${aws:PrincipalTag/team, 'all}"), true},
		{"a default with something behind it is text", `{"StringEquals":{"s3:prefix":"${aws:PrincipalTag/team, 'all' x}"}}`, prefix("${aws:PrincipalTag/team, 'all' x}"), true},
		{"no key is text", `{"StringEquals":{"s3:prefix":"${}"}}`, prefix("${}"), true},
		{"without a value, ignoring case", `{"StringEqualsIgnoreCase":{"s3:prefix":"${aws:PrincipalTag/team}"}}`, prefix(""), false},
		{"a dollar sign alone", `{"StringLike":{"s3:prefix":"$*"}}`, prefix("$x"), true},
		{"an empty default", `{"StringEquals":{"s3:prefix":"x${aws:PrincipalTag/team, ''}"}}`, prefix("x"), true},
		{"a default's braces and wildcards are literal", `{"StringLike":{"s3:prefix":"${aws:PrincipalTag/team, '}*'}"}}`, prefix("}*"), true},
		{"${*} is an asterisk", `{"StringLike":{"s3:prefix":"m${*}"}}`, prefix("m*"), true},
		{"${*} is no wildcard", `{"StringLike":{"s3:prefix":"m${*}"}}`, prefix("media"), false},
		{"${?} is a question mark", `{"StringLike":{"s3:prefix":"m${?}"}}`, prefix("m?"), true},
		{"${?} is no wildcard", `{"StringLike":{"s3:prefix":"m${?}"}}`, prefix("mx"), false},
		{"${$} is a dollar sign", `{"StringEquals":{"s3:prefix":"${$}{aws:username}"}}`, prefix("${aws:username}"), true},
		{"${*} for exact operators too", `{"StringEquals":{"s3:prefix":"m${*}"}}`, prefix("m*"), true},
		{"a brace that is not closed is text", `{"StringEquals":{"s3:prefix":"${aws:username"}}`, prefix("${aws:username"), true},
		{"spaces are no part of a variable", `{"StringEquals":{"s3:prefix":"${ aws:username }"}}`, prefix("alice"), false},
		{"ARN operators", `{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::${aws:PrincipalAccount}:user/*/${aws:username}"}}`, nil, true},
		{"an ARN's wildcard from a variable is literal", `{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/staff/${aws:PrincipalTag/team}"}}`, team("", "*"), false},
		{"no variables with numeric operators", `{"NumericEquals":{"s3:max-keys":"${aws:PrincipalTag/team}"}}`, keys{"s3:max-keys": {"5"}, "aws:principaltag/team": {"5"}}, false},
		{"no variables with Bool", `{"Bool":{"aws:SecureTransport":"${aws:PrincipalTag/team}"}}`, keys{"aws:securetransport": {"true"}, "aws:principaltag/team": {"true"}}, false},
		{"a NUL in the policy matches itself", `{"StringLike":{"s3:prefix":"a\u0000*"}}`, prefix("a\x00b"), true},
		{"and is no wildcard's escape", `{"StringLike":{"s3:prefix":"a\u0000*"}}`, prefix("a*"), false},
	})
}

func TestVariablesInResources(t *testing.T) {
	for _, c := range []struct {
		rule     string
		version  string
		elements string
		resource string
		want     bool
	}{
		{"a user's own folder", Version2012, `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, "arn:aws:s3:::b/alice/x", true},
		{"not another's", Version2012, `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, "arn:aws:s3:::b/bob/x", false},
		{"without a value no resource matches", Version2012, `"Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team}/*"`, "arn:aws:s3:::b//x", false},
		{"of NotResource neither, so that it covers all", Version2012, `"NotResource":"arn:aws:s3:::b/${aws:PrincipalTag/team}/*"`, "arn:aws:s3:::b//x", true},
		{"a default", Version2012, `"Resource":"arn:aws:s3:::b-${aws:PrincipalTag/team, 'company-wide'}/*"`, "arn:aws:s3:::b-company-wide/x", true},
		{"in the older version they are text", Version2008, `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, "arn:aws:s3:::b/alice/x", false},
		{"and match themselves", Version2008, `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, "arn:aws:s3:::b/${aws:username}/x", true},
		{"no version is the older version", "", `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, "arn:aws:s3:::b/alice/x", false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := one(t, `{"Effect":"Allow","Action":"s3:*",`+c.elements+`}`)
			d.Version = c.version
			got := Evaluate(Request{Principal: alice, Action: "s3:GetObject", Resource: c.resource}, Policies{Identity: []Document{d}})
			if got.Allowed != c.want {
				t.Errorf("allowed = %v, want %v", got.Allowed, c.want)
			}
		})
	}
}

// "Variables can be used in resource policies" as well.
func TestVariablesInResourcePolicies(t *testing.T) {
	for version, want := range map[string]bool{Version2012: true, Version2008: false, "": false} {
		d := one(t, `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}`)
		d.Version = version
		got := Evaluate(Request{
			Principal: alice, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/alice/x", ResourceAccount: home,
		}, Policies{Resource: &d})
		if got.Allowed != want {
			t.Errorf("version %q: allowed = %v, want %v", version, got.Allowed, want)
		}
	}
}

// A document's version holds for itself alone.
func TestVersionsDoNotMix(t *testing.T) {
	old := one(t, `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}`)
	old.Version = ""
	current := one(t, `{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}`)
	for _, order := range [][]Document{{old, current}, {current, old}} {
		d := Evaluate(Request{Principal: alice, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/alice/x"}, Policies{Identity: order})
		if !d.Allowed {
			t.Errorf("%+v: the older document's variable was expanded", d)
		}
	}
}

// "Principal key values" and "AWS global condition context keys".
func TestDerivedKeys(t *testing.T) {
	for _, c := range []struct {
		rule string
		who  Principal
		key  string
		want string // "" when the key is not present
	}{
		{"user name without its path", alice, "aws:username", "alice"},
		{"a session has no user name", role, "aws:username", ""},
		{"the root user has none", root, "aws:username", ""},
		{"user id of a user", alice, "aws:userid", "AIDAALICE0EXAMPLE"},
		{"user id of a session", role, "aws:userid", "AROAMEDIA0EXAMPLE:session-1"},
		{"user id of the root user", root, "aws:userid", home},
		{"user id of nobody", nobody, "aws:userid", "anonymous"},
		{"type of a user", alice, "aws:PrincipalType", "User"},
		{"type of a session", role, "aws:PrincipalType", "AssumedRole"},
		{"type of the root user", root, "aws:PrincipalType", "Account"},
		{"type of nobody", nobody, "aws:PrincipalType", "Anonymous"},
		{"ARN of a session is its role's", role, "aws:PrincipalArn", "arn:aws:iam::" + home + ":role/cms/MediaRole"},
		{"ARN of a user", alice, "aws:PrincipalArn", "arn:aws:iam::" + home + ":user/staff/alice"},
		{"ARN of nobody", nobody, "aws:PrincipalArn", ""},
		{"account", alice, "aws:PrincipalAccount", home},
		{"account of nobody", nobody, "aws:PrincipalAccount", ""},
		{"a service is a service", cdn, "aws:PrincipalIsAWSService", "true"},
		{"a user is not", alice, "aws:PrincipalIsAWSService", "false"},
		{"name of a service", cdn, "aws:PrincipalServiceName", "cloudfront.amazonaws.com"},
		{"account of the resource", alice, "aws:ResourceAccount", home},
		{"account of the bucket", alice, "s3:ResourceAccount", home},
		{"of S3 alone", alice, "kms:CallerAccount", ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			for _, key := range []string{c.key, strings.ToUpper(c.key), strings.ToLower(c.key)} {
				e := evaluation{request: &Request{Principal: c.who, Action: "s3:GetObject", ResourceAccount: home}}
				got := e.lookup(key)
				if got.len() == 0 && c.want == "" {
					continue
				}
				if got.len() != 1 || got.at(0) != c.want {
					t.Errorf("%s: %d values, %q, want %q", key, got.len(), got.one, c.want)
				}
			}
		})
	}
	e := evaluation{request: &Request{Principal: alice, Context: map[string][]string{"aws:username": {"given"}}}}
	if v := e.lookup("aws:username"); v.at(0) != "given" {
		t.Errorf("the request's own key yields to the derived one: %q", v.at(0))
	}
}
