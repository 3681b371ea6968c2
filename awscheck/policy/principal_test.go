package policy

import "testing"

// The rules are those of "AWS JSON policy elements: Principal".
func TestPrincipalForms(t *testing.T) {
	china := Principal{Kind: User, Account: home, ARN: "arn:aws-cn:iam::" + home + ":user/li"}
	for _, c := range []struct {
		rule      string
		principal string
		who       Principal
		want      naming
	}{
		{"everybody", `"*"`, alice, directly},
		{"everybody, long form", `{"AWS":"*"}`, role, directly},
		{"account number", `{"AWS":"` + home + `"}`, role, byAccount},
		{"root ARN means the account", `{"AWS":"arn:aws:iam::` + home + `:root"}`, alice, byAccount},
		{"root ARN of another partition", `{"AWS":"arn:aws-cn:iam::` + home + `:root"}`, china, byAccount},
		{"root ARN names the root user itself", `{"AWS":"arn:aws:iam::` + home + `:root"}`, root, directly},
		{"another account's root ARN", `{"AWS":"arn:aws:iam::` + abroad + `:root"}`, alice, unnamed},
		{"an account number with hyphens is none", `{"AWS":"1234-5678-9012"}`, alice, unnamed},
		{"user with its path", `{"AWS":"arn:aws:iam::` + home + `:user/staff/alice"}`, alice, directly},
		{"user without its path", `{"AWS":"arn:aws:iam::` + home + `:user/alice"}`, alice, unnamed},
		{"user names are case-sensitive", `{"AWS":"arn:aws:iam::` + home + `:user/staff/Alice"}`, alice, unnamed},
		{"user's unique ID", `{"AWS":"AIDAALICE0EXAMPLE"}`, alice, directly},
		{"role ARN, path included, names its sessions", `{"AWS":"arn:aws:iam::` + home + `:role/cms/MediaRole"}`, role, byRole},
		{"role ARN without its path", `{"AWS":"arn:aws:iam::` + home + `:role/MediaRole"}`, role, unnamed},
		{"role's unique ID names its sessions", `{"AWS":"AROAMEDIA0EXAMPLE"}`, role, byRole},
		{"another role's unique ID, as of a role made again", `{"AWS":"AROADELETED0EXAMPLE"}`, role, unnamed},
		{"a role without an ID is named by no ID", `{"AWS":"AROAMEDIA0EXAMPLE"}`, Principal{Kind: AssumedRole, Account: home}, unnamed},
		{"a user's unique ID names no session", `{"AWS":"AIDAALICE0EXAMPLE"}`, role, unnamed},
		{"root ARN with something behind", `{"AWS":"arn:aws:iam::` + home + `:rooted"}`, alice, unnamed},
		{"root of another service", `{"AWS":"arn:aws:s3::` + home + `:root"}`, alice, unnamed},
		{"no ARN at all", `{"AWS":"arn"}`, alice, unnamed},
		{"an ARN cut short", `{"AWS":"arn:aws"}`, alice, unnamed},
		{"session ARN", `{"AWS":"arn:aws:sts::` + home + `:assumed-role/MediaRole/session-1"}`, role, directly},
		{"another session", `{"AWS":"arn:aws:sts::` + home + `:assumed-role/MediaRole/session-2"}`, role, unnamed},
		{"no wildcard for all sessions", `{"AWS":"arn:aws:sts::` + home + `:assumed-role/MediaRole/*"}`, role, unnamed},
		{"no wildcard within an ARN", `{"AWS":"arn:aws:iam::` + home + `:user/*"}`, alice, unnamed},
		{"no wildcard for accounts", `{"AWS":"arn:aws:iam::*:root"}`, alice, unnamed},
		{"several principals are alternatives", `{"AWS":["` + abroad + `","arn:aws:iam::` + home + `:user/staff/alice"]}`, alice, directly},
		{"the strongest of several counts", `{"AWS":["` + home + `","arn:aws:iam::` + home + `:role/cms/MediaRole"]}`, role, byRole},
		{"service", `{"Service":["logging.s3.amazonaws.com","cloudfront.amazonaws.com"]}`, cdn, directly},
		{"a service's name is no AWS principal", `{"AWS":"cloudfront.amazonaws.com"}`, cdn, unnamed},
		{"a service is not in an account", `{"AWS":""}`, cdn, unnamed},
		{"an anonymous requester has no account", `{"AWS":""}`, nobody, unnamed},
		{"an empty text names nobody", `{"AWS":""}`, Principal{Kind: AssumedRole, Account: home}, unnamed},
		{"canonical users are not resolved", `{"CanonicalUser":"79a59d"}`, alice, unnamed},
		{"an identity provider names no AWS identity", `{"Federated":"accounts.google.com"}`, alice, unnamed},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := one(t, to("Allow", c.principal))
			if got := d.Statements[0].Principal.name(&c.who); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// "NotPrincipal with Deny": account, then role, then session are validated,
// so that all of them must be listed.
func TestNotPrincipalWithDeny(t *testing.T) {
	const (
		account    = `"arn:aws:iam::` + home + `:root"`
		user       = `"arn:aws:iam::` + home + `:user/staff/alice"`
		roleARN    = `"arn:aws:iam::` + home + `:role/cms/MediaRole"`
		sessionARN = `"arn:aws:sts::` + home + `:assumed-role/MediaRole/session-1"`
	)
	for _, c := range []struct {
		rule    string
		list    string
		who     Principal
		bounded bool
		denied  bool
	}{
		{"user and account listed", `{"AWS":[` + user + `,` + account + `]}`, alice, false, false},
		{"the user alone is denied with the account", `{"AWS":` + user + `}`, alice, false, true},
		{"the account alone leaves its users denied", `{"AWS":` + account + `}`, alice, false, true},
		{"the account listed exempts its root user", `{"AWS":` + account + `}`, root, false, false},
		{"session, role and account listed", `{"AWS":[` + sessionARN + `,` + roleARN + `,` + account + `]}`, role, false, false},
		{"role and account without the session", `{"AWS":[` + roleARN + `,` + account + `]}`, role, false, true},
		{"session and account without the role", `{"AWS":[` + sessionARN + `,` + account + `]}`, role, false, true},
		{"others are denied", `{"AWS":[` + user + `,` + account + `]}`, stranger, false, true},
		{"strangers without a name are denied", `{"AWS":[` + user + `,` + account + `]}`, nobody, false, true},
		{"services are denied", `{"AWS":[` + user + `,` + account + `]}`, cdn, false, true},
		{"a listed service is not", `{"Service":"cloudfront.amazonaws.com"}`, cdn, false, false},
		{"everybody listed denies nobody", `"*"`, nobody, false, false},
		{"everybody listed, long form", `{"AWS":"*"}`, nobody, false, false},
		{"a boundary makes the deny apply whatever is listed", `{"AWS":[` + user + `,` + account + `]}`, alice, true, true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			resource := one(t, `{"Effect":"Deny","NotPrincipal":`+c.list+`,"Action":"s3:*","Resource":"*"},`+to("Allow", `"*"`))
			p := Policies{Resource: &resource, Identity: []Document{one(t, allow)}}
			if c.bounded {
				p.Boundary = optional(t, allow)
			}
			d := Evaluate(Request{Principal: c.who, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", ResourceAccount: home}, p)
			if d.Explicit != c.denied || d.Allowed == c.denied {
				t.Errorf("got %+v, want denied %v", d, c.denied)
			}
		})
	}
}

func TestNotPrincipalWithAllow(t *testing.T) {
	resource := one(t, `{"Effect":"Allow","NotPrincipal":{"AWS":"`+home+`"},"Action":"s3:*","Resource":"*"}`)
	for who, want := range map[*Principal]bool{&alice: false, &role: false, &nobody: true, &cdn: true} {
		d := Evaluate(Request{Principal: *who, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", ResourceAccount: home}, Policies{Resource: &resource})
		if d.Allowed != want {
			t.Errorf("%s%s: allowed = %v, want %v", who.ARN, who.Service, d.Allowed, want)
		}
	}
}
