package iam_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/iam"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

const home = "123456789012"

var instant = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func document(t testing.TB, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

const (
	trustText = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"a+b/c=d"}}}}`
	roleText  = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/日本/*"}}`
)

func server(t testing.TB) *iam.Server {
	return iam.New(state.New(account.Account{ID: home, Roles: []account.Role{
		{Name: "MediaRole", Path: "/cms/", TrustPolicy: *document(t, trustText), Policy: document(t, roleText), MaxSessionDuration: 2 * time.Hour, CreatedAgo: time.Hour,
			PermissionsBoundary: document(t, roleText)},
		{Name: "Bare", TrustPolicy: *document(t, trustText)},
	}}, func() time.Time { return instant }))
}

func user(account string, docs ...policy.Document) access.Caller {
	return access.Caller{
		Principal: policy.Principal{Kind: policy.User, Account: account, ARN: "arn:aws:iam::" + account + ":user/owner"}, Identity: docs,
	}
}

// call sends a form and decodes the answer into v, or into the error.
func call(t testing.TB, c access.Caller, v any, pairs ...string) (status int, code, message string) {
	t.Helper()
	form := url.Values{"Version": {"2010-05-08"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	server(t).ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), c)))
	if w.Code == http.StatusOK {
		if err := xml.Unmarshal(w.Body.Bytes(), v); err != nil {
			t.Fatalf("%v in %s", err, w.Body)
		}
		return w.Code, "", ""
	}
	var e struct {
		Error struct{ Code, Message string }
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &e); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return w.Code, e.Error.Code, e.Error.Message
}

func allow(t testing.TB, action, resource string) policy.Document {
	return *document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"`+action+`","Resource":"`+resource+`"}}`)
}

func TestGetRole(t *testing.T) {
	type result struct {
		Role struct {
			Path, RoleName, RoleId, Arn, CreateDate, AssumeRolePolicyDocument string
			MaxSessionDuration                                                int
			PermissionsBoundary                                               struct{ PermissionsBoundaryArn string }
		} `xml:"GetRoleResult>Role"`
	}
	reader := user(home, allow(t, "iam:Get*", "arn:aws:iam::"+home+":role/cms/MediaRole"), allow(t, "iam:GetRole", "arn:aws:iam::"+home+":role/Bare"))
	var got result
	if status, code, message := call(t, reader, &got, "Action", "GetRole", "RoleName", "mediarole"); status != http.StatusOK {
		t.Fatal(status, code, message)
	}
	r := got.Role
	if r.Path != "/cms/" || r.RoleName != "MediaRole" || !strings.HasPrefix(r.RoleId, "AROA") || len(r.RoleId) != 21 ||
		r.Arn != "arn:aws:iam::"+home+":role/cms/MediaRole" || r.CreateDate != "2026-11-21T08:00:00Z" || r.MaxSessionDuration != 7200 ||
		r.PermissionsBoundary.PermissionsBoundaryArn != "arn:aws:iam::"+home+":policy/MediaRoleBoundary" {
		t.Errorf("%+v", r)
	}
	wantDocument(t, r.AssumeRolePolicyDocument, trustText)

	var bare result
	call(t, reader, &bare, "Action", "GetRole", "RoleName", "Bare")
	if bare.Role.Path != "/" || bare.Role.MaxSessionDuration != 3600 || bare.Role.PermissionsBoundary.PermissionsBoundaryArn != "" {
		t.Errorf("%+v", bare.Role)
	}
}

// wantDocument fails the test unless encoded is the policy, percent-encoded.
func wantDocument(t testing.TB, encoded, text string) {
	t.Helper()
	if strings.ContainsAny(encoded, `"{ +/`) {
		t.Errorf("not encoded: %s", encoded)
	}
	plain, err := url.PathUnescape(encoded)
	if err != nil {
		t.Fatal(err)
	}
	got, err := policy.Parse([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(*document(t, text))
	if string(a) != string(b) {
		t.Errorf("got %s\nwant %s", a, b)
	}
}

func TestPolicies(t *testing.T) {
	owner := user(home, allow(t, "iam:*", "*"))
	var names struct {
		Names     []string `xml:"ListRolePoliciesResult>PolicyNames>member"`
		Truncated bool     `xml:"ListRolePoliciesResult>IsTruncated"`
	}
	call(t, owner, &names, "Action", "ListRolePolicies", "RoleName", "MediaRole")
	if len(names.Names) != 1 || names.Truncated {
		t.Fatalf("%+v", names)
	}
	var inline struct {
		Role     string `xml:"GetRolePolicyResult>RoleName"`
		Name     string `xml:"GetRolePolicyResult>PolicyName"`
		Document string `xml:"GetRolePolicyResult>PolicyDocument"`
	}
	call(t, owner, &inline, "Action", "GetRolePolicy", "RoleName", "MediaRole", "PolicyName", names.Names[0])
	if inline.Role != "MediaRole" || inline.Name != names.Names[0] {
		t.Errorf("%+v", inline)
	}
	wantDocument(t, inline.Document, roleText)

	var none struct {
		Names []string `xml:"ListRolePoliciesResult>PolicyNames>member"`
	}
	if status, _, _ := call(t, owner, &none, "Action", "ListRolePolicies", "RoleName", "Bare"); status != http.StatusOK || len(none.Names) != 0 {
		t.Errorf("%d %+v", status, none)
	}
	var attached struct {
		Names []string `xml:"ListAttachedRolePoliciesResult>AttachedPolicies>member"`
	}
	if status, _, _ := call(t, owner, &attached, "Action", "ListAttachedRolePolicies", "RoleName", "MediaRole"); status != http.StatusOK || len(attached.Names) != 0 {
		t.Errorf("%d %+v", status, attached)
	}
}

func TestBoundary(t *testing.T) {
	owner := user(home, allow(t, "iam:*", "*"))
	const arn = "arn:aws:iam::" + home + ":policy/MediaRoleBoundary"
	var got struct {
		Name    string `xml:"GetPolicyResult>Policy>PolicyName"`
		ARN     string `xml:"GetPolicyResult>Policy>Arn"`
		Version string `xml:"GetPolicyResult>Policy>DefaultVersionId"`
	}
	call(t, owner, &got, "Action", "GetPolicy", "PolicyArn", arn)
	if got.Name != "MediaRoleBoundary" || got.ARN != arn {
		t.Errorf("%+v", got)
	}
	var version struct {
		Document string `xml:"GetPolicyVersionResult>PolicyVersion>Document"`
		Default  bool   `xml:"GetPolicyVersionResult>PolicyVersion>IsDefaultVersion"`
	}
	call(t, owner, &version, "Action", "GetPolicyVersion", "PolicyArn", arn, "VersionId", got.Version)
	if !version.Default {
		t.Errorf("%+v", version)
	}
	wantDocument(t, version.Document, roleText)
}

func TestRefusals(t *testing.T) {
	owner := user(home, allow(t, "iam:*", "*"))
	denying := user(home, allow(t, "iam:*", "*"), *document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:GetRole","Resource":"*"}}`))
	stranger := user("999988887777", allow(t, "iam:*", "*"))
	for name, tc := range map[string]struct {
		caller  access.Caller
		pairs   []string
		status  int
		code    string
		message string
	}{
		"no such role":   {owner, []string{"Action", "GetRole", "RoleName", "Nope"}, 404, "NoSuchEntity", "The role with name Nope cannot be found."},
		"no such policy": {owner, []string{"Action", "GetRolePolicy", "RoleName", "MediaRole", "PolicyName", "x"}, 404, "NoSuchEntity", "The role policy with name x cannot be found."},
		"no policy":      {owner, []string{"Action", "GetRolePolicy", "RoleName", "Bare", "PolicyName", "BarePolicy"}, 404, "NoSuchEntity", ""},
		"another account": {stranger, []string{"Action", "GetRole", "RoleName", "MediaRole"}, 404, "NoSuchEntity",
			"The role with name MediaRole cannot be found."},
		"no permission": {user(home), []string{"Action", "GetRole", "RoleName", "MediaRole"}, 403, "AccessDenied",
			"User: arn:aws:iam::" + home + ":user/owner is not authorized to perform: iam:GetRole on resource: role MediaRole because no identity-based policy allows the iam:GetRole action"},
		"no permission, no role": {user(home), []string{"Action", "GetRole", "RoleName", "Nope"}, 403, "AccessDenied", ""},
		"denied": {denying, []string{"Action", "GetRole", "RoleName", "MediaRole"}, 403, "AccessDenied",
			"User: arn:aws:iam::" + home + ":user/owner is not authorized to perform: iam:GetRole on resource: role MediaRole with an explicit deny in an identity-based policy"},
		"wrong path": {user(home, allow(t, "iam:GetRole", "arn:aws:iam::"+home+":role/MediaRole")), []string{"Action", "GetRole", "RoleName", "MediaRole"}, 403, "AccessDenied", ""},
		"no such managed policy": {owner, []string{"Action", "GetPolicy", "PolicyArn", "arn:aws:iam::" + home + ":policy/BareBoundary"}, 404, "NoSuchEntity",
			"Policy arn:aws:iam::" + home + ":policy/BareBoundary does not exist or is not attachable."},
		"no such version":  {owner, []string{"Action", "GetPolicyVersion", "PolicyArn", "arn:aws:iam::" + home + ":policy/MediaRoleBoundary", "VersionId", "v2"}, 404, "NoSuchEntity", ""},
		"another's policy": {stranger, []string{"Action", "GetPolicy", "PolicyArn", "arn:aws:iam::" + home + ":policy/MediaRoleBoundary"}, 404, "NoSuchEntity", ""},
		"policy denied": {user(home), []string{"Action", "GetPolicy", "PolicyArn", "arn:aws:iam::" + home + ":policy/MediaRoleBoundary"}, 403, "AccessDenied",
			"User: arn:aws:iam::" + home + ":user/owner is not authorized to perform: iam:GetPolicy on resource: policy arn:aws:iam::" + home + ":policy/MediaRoleBoundary because no identity-based policy allows the iam:GetPolicy action"},
		"no policy name": {owner, []string{"Action", "GetRolePolicy", "RoleName", "MediaRole"}, 400, "ValidationError", ""},
		"unknown":        {owner, []string{"Action", "DeleteRole", "RoleName", "MediaRole"}, 400, "InvalidAction", "Could not find operation DeleteRole for version 2010-05-08"},
		"version":        {owner, []string{"Action", "GetRole", "RoleName", "MediaRole", "Version", "1999-01-01"}, 400, "InvalidAction", ""},
		"no action":      {owner, nil, 400, "MissingAction", ""},
		"no name":        {owner, []string{"Action", "GetRole"}, 400, "ValidationError", "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null"},
	} {
		t.Run(name, func(t *testing.T) {
			status, code, message := call(t, tc.caller, new(struct{}), tc.pairs...)
			if status != tc.status || code != tc.code || tc.message != "" && message != tc.message {
				t.Errorf("got %d %s: %s", status, code, message)
			}
		})
	}
}
