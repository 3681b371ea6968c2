package policy

import "testing"

// Pairs on which evaluators part, found by make test-oracle and shrunk. Where
// the other evaluator decides otherwise, the page of AWS's documentation that
// speaks against it is named.
func TestJudgedPairs(t *testing.T) {
	const (
		get     = `"Action":"s3:GetObject","Resource":"*"`
		session = "arn:aws:sts::" + home + ":assumed-role/MediaRole/session-1"
	)
	ip := func(address string) map[string][]string { return map[string][]string{"aws:sourceip": {address}} }
	for _, c := range []struct {
		rule    string
		who     Principal
		layers  layers
		context map[string][]string
		want    string
	}{
		// "AWS JSON policy elements: NotPrincipal"
		{"NotPrincipal with the session alone denies it by its account", role, layers{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":{"AWS":"` + session + `"},` + get + `}`}, nil, "denied"},
		{"NotPrincipal with account and role denies the session", role, layers{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":{"AWS":["` + home + `","` + role.RoleARN + `"]},` + get + `}`}, nil, "denied"},
		{"NotPrincipal with all three lets it through", role, layers{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":{"AWS":["` + home + `","` + role.RoleARN + `","` + session + `"]},` + get + `}`}, nil, "allowed"},

		// "IAM policy elements: Variables and tags", Policy variables with no value
		{"NotResource of a variable without a value is everything", role, layers{identity: `{"Effect":"Allow","Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/${aws:username}/*"}`}, nil, "allowed"},
		{"Resource of a variable without a value is nothing", role, layers{identity: `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}*"}`}, nil, "refused"},
		{"StringNotLike of a variable without a value holds", role, layers{identity: allow, resource: `{"Effect":"Deny","Principal":"*",` + get + `,"Condition":{"StringNotLike":{"aws:useragent":"${aws:username}"}}}`}, map[string][]string{"aws:useragent": {"x"}}, "denied"},
		{"StringLike of a variable without a value does not", role, layers{identity: allow, resource: `{"Effect":"Deny","Principal":"*",` + get + `,"Condition":{"StringLike":{"aws:useragent":"${aws:username}"}}}`}, map[string][]string{"aws:useragent": {"x"}}, "allowed"},

		// "Policies and permissions in IAM", Session policies
		{"a session policy does not limit a grant to the session", role, layers{session: others, resource: `{"Effect":"Allow","Principal":{"AWS":"` + session + `"},` + get + `}`}, nil, "allowed"},
		{"a session policy limits a grant to the role", role, layers{session: others, resource: `{"Effect":"Allow","Principal":{"AWS":"` + role.RoleARN + `"},` + get + `}`}, nil, "refused"},

		// "IAM JSON policy elements: Condition operators"
		{"the network of all addresses holds every address", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}`}, ip("203.0.113.9"), "allowed"},
		{"but none of the other family", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}`}, ip("2001:db8::1"), "refused"},
		{"an IPv6 address is not one IPv4 address", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"NotIpAddress":{"aws:SourceIp":"198.51.100.7"}}}`}, ip("2001:db8::1"), "allowed"},
		{"what is no ARN is like none", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"ArnLike":{"aws:PrincipalArn":"*"}}}`}, nil, "refused"},
		{"and so unlike all", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"ArnNotLike":{"aws:PrincipalArn":"*"}}}`}, nil, "allowed"},
		{"a wildcard part of an ARN stops at the colon", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:*:role/cms/MediaRole"}}}`}, nil, "refused"},
		{"Bool has no regard to case", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"Bool":{"aws:SecureTransport":"True"}}}`}, map[string][]string{"aws:securetransport": {"true"}}, "allowed"},
		{"dates compare as points in time", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"DateEquals":{"aws:CurrentTime":"2026-11-21T18:00:00+09:00"}}}`}, map[string][]string{"aws:currenttime": {"2026-11-21T09:00:00Z"}}, "allowed"},
		{"ForAllValues holds of a key that is missing, also negated", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"ForAllValues:StringNotLike":{"aws:TagKeys":"x"}}}`}, nil, "allowed"},
		{"ForAnyValue does not, also negated and IfExists", role, layers{identity: `{"Effect":"Allow",` + get + `,"Condition":{"ForAnyValue:StringNotLikeIfExists":{"aws:TagKeys":"x"}}}`}, nil, "refused"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := Evaluate(Request{
				Principal: c.who, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home, Context: c.context,
			}, c.layers.policies(t))
			got := "refused"
			switch {
			case d.Allowed:
				got = "allowed"
			case d.Explicit:
				got = "denied"
			}
			if got != c.want {
				t.Errorf("got %s by %s, want %s", got, d.Layer, c.want)
			}
		})
	}

	// "IAM JSON policy elements: Version"
	t.Run("variables are text before 2012-10-17", func(t *testing.T) {
		old := parse(t, `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username, 'media'}/*"}]}`)
		r := Request{Principal: role, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home}
		if Evaluate(r, Policies{Identity: []Document{old}}).Allowed {
			t.Error("the variable was read")
		}
	})
}
