package iam_test

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/iam"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// rig is a server whose account changes.
type rig struct {
	t     testing.TB
	state *state.State
	srv   *iam.Server
}

func newRig(t testing.TB) *rig {
	st := state.New(account.Account{
		ID:      home,
		Callers: []account.Caller{{Name: "owner", AccessKeyID: "AKIAOWNER", SecretAccessKey: "s", Account: home}, {Name: "cms", AccessKeyID: "AKIACMS", SecretAccessKey: "s", Account: "210987654321"}},
		Roles: []account.Role{{Name: "MediaRole", TrustPolicy: *document(t, trustText), Policy: document(t, roleText), PermissionsBoundary: document(t, roleText),
			AttachedPolicies: []account.AttachedPolicy{{Name: "Media", Policy: document(t, roleText)}, {Name: "AmazonS3FullAccess"}}}},
	}, func() time.Time { return instant })
	return &rig{t, st, iam.New(st)}
}

// do sends a form and returns the code and message of a refusal.
func (r *rig) do(c access.Caller, pairs ...string) (status int, code, message string) {
	r.t.Helper()
	form := url.Values{"Version": {"2010-05-08"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	r.srv.ServeHTTP(w, req.WithContext(access.WithCaller(req.Context(), c)))
	var e struct {
		Error struct{ Code, Message string }
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &e); err != nil {
		r.t.Fatalf("%v in %s", err, w.Body)
	}
	return w.Code, e.Error.Code, e.Error.Message
}

func TestRefusedDocuments(t *testing.T) {
	r := newRig(t)
	owner := user(home, allow(t, "iam:*", "*"))
	trust := func(statement string) []string {
		return []string{"Action", "UpdateAssumeRolePolicy", "RoleName", "MediaRole", "PolicyDocument", `{"Version":"2012-10-17","Statement":[` + statement + `]}`}
	}
	inline := func(statement string) []string {
		return []string{"Action", "PutRolePolicy", "RoleName", "MediaRole", "PolicyName", "p", "PolicyDocument", `{"Version":"2012-10-17","Statement":[` + statement + `]}`}
	}
	for name, tc := range map[string]struct {
		pairs   []string
		code    string
		message string
	}{
		"no JSON":        {[]string{"Action", "UpdateAssumeRolePolicy", "RoleName", "MediaRole", "PolicyDocument", "{"}, "MalformedPolicyDocument", "This policy contains invalid Json"},
		"no policy":      {[]string{"Action", "UpdateAssumeRolePolicy", "RoleName", "MediaRole", "PolicyDocument", `{"Principal":1}`}, "MalformedPolicyDocument", "Syntax errors in policy."},
		"no document":    {[]string{"Action", "UpdateAssumeRolePolicy", "RoleName", "MediaRole"}, "ValidationError", "1 validation error detected: Value null at 'policyDocument' failed to satisfy constraint: Member must not be null"},
		"trust resource": {trust(`{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"sts:AssumeRole","Resource":"*"}`), "MalformedPolicyDocument", "Has prohibited field Resource"},
		"trust action":   {trust(`{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"s3:GetObject"}`), "MalformedPolicyDocument", "AssumeRole policy may only specify STS AssumeRole actions."},
		"nobody there":   {trust(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + home + `:role/Gone"},"Action":"sts:AssumeRole"}`), "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"arn:aws:iam::` + home + `:role/Gone"`},
		"no principal":   {trust(`{"Effect":"Allow","Action":"sts:AssumeRole"}`), "MalformedPolicyDocument", "Missing required field Principal"},
		"principal":      {inline(`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}`), "MalformedPolicyDocument", "Policy document should not specify a principal."},
		"no resource":    {inline(`{"Effect":"Allow","Action":"s3:GetObject"}`), "MalformedPolicyDocument", "Policy statement must contain resources."},
		"bare bucket":    {inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"my-bucket/*"}`), "MalformedPolicyDocument", `Resource my-bucket/* must be in ARN format or "*".`},
		"twice": {inline(`{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Sid":"A","Effect":"Allow","Action":"s3:PutObject","Resource":"*"}`),
			"MalformedPolicyDocument", "Statement IDs (SID) in a single policy must be unique."},
		"large trust": {trust(`{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + strings.Repeat("x", 2100) + `"}}}`),
			"LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, code, message := r.do(owner, tc.pairs...); code != tc.code || message != tc.message {
				t.Errorf("%s: %s", code, message)
			}
		})
	}
	role, _ := r.state.Role("MediaRole")
	if len(role.Trust.Statements) != 1 || len(role.Inline) != 1 {
		t.Errorf("what was refused changed the role: %+v", role)
	}
}

func TestRefusedWrites(t *testing.T) {
	r := newRig(t)
	owner, nobody := user(home, allow(t, "iam:*", "*")), user(home)
	bare := user("210987654321", allow(t, "iam:*", "*"))
	for name, tc := range map[string]struct {
		caller  access.Caller
		pairs   []string
		status  int
		code    string
		message string
	}{
		"no permission": {nobody, []string{"Action", "UpdateAssumeRolePolicy", "RoleName", "MediaRole", "PolicyDocument", trustText}, 403, "AccessDenied",
			"User: arn:aws:iam::" + home + ":user/owner is not authorized to perform: iam:UpdateAssumeRolePolicy on resource: role MediaRole because no identity-based policy allows the iam:UpdateAssumeRolePolicy action"},
		"another account's": {bare, []string{"Action", "PutRolePolicy", "RoleName", "MediaRole", "PolicyName", "p", "PolicyDocument", roleText}, 404, "NoSuchEntity", "The role with name MediaRole cannot be found."},
		"too short":         {owner, []string{"Action", "UpdateRole", "RoleName", "MediaRole", "MaxSessionDuration", "900"}, 400, "ValidationError", "1 validation error detected: Value '900' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600"},
		"role there":        {owner, []string{"Action", "CreateRole", "RoleName", "mediarole", "AssumeRolePolicyDocument", trustText}, 409, "EntityAlreadyExists", "Role with name mediarole already exists."},
		"role's name":       {owner, []string{"Action", "CreateRole", "RoleName", "a b", "AssumeRolePolicyDocument", trustText}, 400, "ValidationError", ""},
		"policy not there":  {owner, []string{"Action", "AttachRolePolicy", "RoleName", "MediaRole", "PolicyArn", "arn:aws:iam::aws:policy/Nope"}, 404, "NoSuchEntity", "Policy arn:aws:iam::aws:policy/Nope does not exist or is not attachable."},
		"not attached":      {owner, []string{"Action", "DetachRolePolicy", "RoleName", "MediaRole", "PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}, 404, "NoSuchEntity", ""},
		"no inline":         {owner, []string{"Action", "DeleteRolePolicy", "RoleName", "MediaRole", "PolicyName", "x"}, 404, "NoSuchEntity", "The role policy with name x cannot be found."},
		"no user":           {owner, []string{"Action", "PutUserPolicy", "UserName", "x", "PolicyName", "p", "PolicyDocument", roleText}, 404, "NoSuchEntity", "The user with name x cannot be found."},
		"AWS's own":         {owner, []string{"Action", "CreatePolicyVersion", "PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess", "PolicyDocument", roleText}, 403, "AccessDenied", ""},
		"no source":         {owner, []string{"Action", "SimulatePrincipalPolicy", "PolicySourceArn", "arn:aws:iam::" + home + ":role/Nope", "ActionNames.member.1", "s3:GetObject"}, 404, "NoSuchEntity", ""},
		"no action name":    {owner, []string{"Action", "SimulatePrincipalPolicy", "PolicySourceArn", "arn:aws:iam::" + home + ":role/MediaRole", "ActionNames.member.1", "GetObject"}, 400, "InvalidInput", "Invalid Action Name: GetObject"},
		"bucket policy of a role": {owner, []string{"Action", "SimulatePrincipalPolicy", "PolicySourceArn", "arn:aws:iam::" + home + ":role/MediaRole", "ActionNames.member.1", "s3:GetObject", "ResourcePolicy", "{}"}, 400, "InvalidInput",
			"Simulation of resource-based policies isn't supported for IAM roles."},
	} {
		t.Run(name, func(t *testing.T) {
			status, code, message := r.do(tc.caller, tc.pairs...)
			if status != tc.status || code != tc.code || tc.message != "" && message != tc.message {
				t.Errorf("%d %s: %s", status, code, message)
			}
		})
	}
}

func TestWrites(t *testing.T) {
	r := newRig(t)
	owner := user(home, allow(t, "iam:*", "*"))
	done := func(c access.Caller, pairs ...string) {
		t.Helper()
		if status, code, message := r.do(c, pairs...); status != http.StatusOK {
			t.Fatalf("%d %s: %s", status, code, message)
		}
	}
	const full = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
	done(owner, "Action", "UpdateRole", "RoleName", "MediaRole", "MaxSessionDuration", "7200")
	done(owner, "Action", "PutRolePolicy", "RoleName", "MediaRole", "PolicyName", "A", "PolicyDocument", roleText)
	done(owner, "Action", "DetachRolePolicy", "RoleName", "MediaRole", "PolicyArn", full)
	done(owner, "Action", "DeleteRolePermissionsBoundary", "RoleName", "MediaRole")
	role, _ := r.state.Role("MediaRole")
	if role.MaxSession != 2*time.Hour || len(role.Inline) != 2 || role.Inline[0].Name != "A" || role.Boundary != "" ||
		len(role.Attached) != 1 || role.Attached[0] != "arn:aws:iam::"+home+":policy/Media" {
		t.Errorf("%+v", role)
	}
	if _, code, _ := r.do(owner, "Action", "DeleteRolePermissionsBoundary", "RoleName", "MediaRole"); code != "NoSuchEntity" {
		t.Error("a boundary that is not there was deleted")
	}

	done(owner, "Action", "CreatePolicyVersion", "PolicyArn", role.Attached[0], "PolicyDocument", strings.ReplaceAll(roleText, "GetObject", "PutObject"), "SetAsDefault", "true")
	identity := r.state.AsRole(role).Identity
	if last := identity[len(identity)-1]; last.Statements[0].Action[0] != "s3:PutObject" {
		t.Errorf("the new version is not in force: %+v", last)
	}

	// Every account has its own users.
	cms := user("210987654321", allow(t, "iam:*", "*"))
	done(cms, "Action", "PutUserPolicy", "UserName", "CMS", "PolicyName", "p", "PolicyDocument", roleText)
	if u, ok := r.state.UserByKey("AKIACMS"); !ok || len(u.Inline) != 1 {
		t.Errorf("%+v", u)
	}
	if _, code, _ := r.do(owner, "Action", "PutUserPolicy", "UserName", "cms", "PolicyName", "p", "PolicyDocument", roleText); code != "NoSuchEntity" {
		t.Error("another account's user was changed")
	}
}

// An administrator may be held to giving roles a certain boundary.
func TestBoundaryCondition(t *testing.T) {
	r := newRig(t)
	const boundary = "arn:aws:iam::" + home + ":policy/MediaRoleBoundary"
	held := user(home, *document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateRole","Resource":"*","Condition":{"StringEquals":{"iam:PermissionsBoundary":"`+boundary+`"}}}}`))
	if _, code, _ := r.do(held, "Action", "CreateRole", "RoleName", "Free", "AssumeRolePolicyDocument", trustText); code != "AccessDenied" {
		t.Error(code)
	}
	if status, code, message := r.do(held, "Action", "CreateRole", "RoleName", "Bound", "AssumeRolePolicyDocument", trustText, "PermissionsBoundary", boundary); status != http.StatusOK {
		t.Error(code, message)
	}
	if role, ok := r.state.Role("bound"); !ok || role.Boundary != boundary || role.Created != instant || role.MaxSession != time.Hour {
		t.Errorf("%+v", role)
	}
}
