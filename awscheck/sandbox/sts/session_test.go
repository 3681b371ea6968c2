package sts_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
	"github.com/mediadock/mediadock/awscheck/sandbox/sts"
)

func TestSession(t *testing.T) {
	r := newRig(t, func(a *account.Account) { a.Roles[0].PermissionsBoundary = allow(t, "s3:*") })
	got := r.assume("AKIAADMIN", "ExternalId", "the-id", "DurationSeconds", "900", "Policy",
		`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`)
	id, token := got.element("AccessKeyId"), got.element("SessionToken")
	if !strings.HasPrefix(id, "ASIA") || len(id) != 20 || len(got.element("SecretAccessKey")) != 40 ||
		got.element("Expiration") != "2026-11-21T09:15:00Z" || got.element("PackedPolicySize") == "" ||
		got.element("Arn") != "arn:aws:sts::"+home+":assumed-role/MediaRole/probe" {
		t.Fatalf("%s", got.body)
	}
	key, standing := r.srv.Key(id, token)
	p := key.Caller.Principal
	if standing != sign.Known || key.Secret != got.element("SecretAccessKey") || !key.Expires.Equal(instant.Add(15*time.Minute)) ||
		p.Kind != policy.AssumedRole || p.RoleARN != arnRole || p.Account != home || p.UserID != got.element("AssumedRoleId") {
		t.Errorf("%v %+v", standing, key)
	}
	if c := key.Caller; c.Session == nil || c.Session.Statements[0].Effect != policy.Deny || c.Boundary == nil || len(c.Identity) != 1 {
		t.Errorf("policies %+v", c)
	}
	identity := r.call(id, token, "Action", "GetCallerIdentity")
	if identity.element("UserId") != p.UserID {
		t.Errorf("%s", identity.body)
	}
}

func TestForeignTokens(t *testing.T) {
	r := newRig(t, nil)
	got := r.assume("AKIAADMIN", "ExternalId", "the-id")
	id, token := got.element("AccessKeyId"), got.element("SessionToken")
	again := r.assume("AKIAADMIN", "ExternalId", "the-id")
	other := newRig(t, nil)
	flipped := []byte(token)
	flipped[len(flipped)-8] ^= 1
	for name, tc := range map[string]struct {
		srv       *sts.Server
		id, token string
		want      sign.Standing
	}{
		"good":              {r.srv, id, token, sign.Known},
		"no token":          {r.srv, id, "", sign.Unknown},
		"another session's": {r.srv, id, again.element("SessionToken"), sign.InvalidToken},
		"another sandbox's": {other.srv, id, token, sign.InvalidToken},
		"changed":           {r.srv, id, string(flipped), sign.InvalidToken},
		"cut":               {r.srv, id, token[:40], sign.InvalidToken},
		"nonsense":          {r.srv, id, "nonsense", sign.InvalidToken},
		"long-term key":     {r.srv, "AKIAADMIN", token, sign.InvalidToken},
		"unknown long-term": {r.srv, "AKIAOTHER", "x", sign.Unknown},
	} {
		if _, got := tc.srv.Key(tc.id, tc.token); got != tc.want {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestRoleChaining(t *testing.T) {
	r := newRig(t, func(a *account.Account) {
		a.Roles[0].Policy = allow(t, "sts:AssumeRole")
		a.Roles = append(a.Roles, account.Role{Name: "Second", Path: "/", TrustPolicy: trust(t, arnRole, ""), MaxSessionDuration: 12 * time.Hour})
	})
	first := r.assume("AKIAADMIN", "ExternalId", "the-id")
	second := func(seconds string) answer {
		return r.call(first.element("AccessKeyId"), first.element("SessionToken"), "Action", "AssumeRole",
			"RoleArn", "arn:aws:iam::"+home+":role/Second", "RoleSessionName", "chained", "DurationSeconds", seconds)
	}
	second("3601").want(http.StatusBadRequest, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
	if got := second("3600"); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestSessionsOwnLimits: a session assumes no more than its boundary and its
// session policy leave it.
func TestSessionsOwnLimits(t *testing.T) {
	for name, tc := range map[string]struct {
		boundary *policy.Document
		session  string
		clause   string
	}{
		"boundary":       {allow(t, "s3:*"), "", " because no permissions boundary allows the sts:AssumeRole action"},
		"session policy": {nil, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`, " because no session policy allows the sts:AssumeRole action"},
		"denied session": {nil, `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`, " with an explicit deny in a session policy"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, func(a *account.Account) {
				a.Roles[0].Policy, a.Roles[0].PermissionsBoundary = allow(t, "sts:AssumeRole"), tc.boundary
				a.Roles = append(a.Roles, account.Role{Name: "Second", Path: "/", TrustPolicy: trust(t, home, "")})
			})
			r.t = t
			pairs := []string{"ExternalId", "the-id"}
			if tc.session != "" {
				pairs = append(pairs, "Policy", tc.session)
			}
			first := r.assume("AKIAADMIN", pairs...)
			const second = "arn:aws:iam::" + home + ":role/Second"
			r.call(first.element("AccessKeyId"), first.element("SessionToken"), "Action", "AssumeRole", "RoleArn", second, "RoleSessionName", "next").
				want(http.StatusForbidden, "AccessDenied", "User: arn:aws:sts::"+home+":assumed-role/MediaRole/probe is not authorized to perform: sts:AssumeRole on resource: "+second+tc.clause)
		})
	}
}

// TestPropagation: a role that was just created is not known everywhere yet.
func TestPropagation(t *testing.T) {
	for _, tc := range []struct {
		ago    time.Duration
		passed time.Duration
		ok     bool
	}{
		{account.JustNow, 0, false}, {account.JustNow, 9 * time.Second, false}, {account.JustNow, 10 * time.Second, true},
		{4 * time.Second, 5 * time.Second, false}, {4 * time.Second, 6 * time.Second, true},
		{10 * time.Second, 0, true}, {0, 0, true},
	} {
		t.Run(fmt.Sprint(tc.ago, tc.passed), func(t *testing.T) {
			r := newRig(t, func(a *account.Account) { a.Roles[0].CreatedAgo = tc.ago })
			r.t = t
			r.now = r.now.Add(tc.passed)
			got := r.assume("AKIAADMIN", "ExternalId", "the-id")
			if tc.ok != (got.status == http.StatusOK) {
				t.Errorf("%d %s", got.status, got.body)
			}
			if !tc.ok {
				got.want(http.StatusForbidden, "AccessDenied", denied(adminARN))
			}
		})
	}
}
