// Package iam is the part of the sandbox's Identity and Access Management
// that a role's owner reads: GetRole, ListRolePolicies, GetRolePolicy and
// ListAttachedRolePolicies of the query protocol, version 2010-05-08.
package iam

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// Options are the server's surroundings.
type Options struct {
	Now func() time.Time // the sandbox's clock; default time.Now
}

// Server answers IAM requests whose signature has been verified: the caller
// is access.CallerFrom of the request's context.
type Server struct {
	account account.Account
	now     func() time.Time
	started time.Time
}

// New returns a server for acct.
func New(acct account.Account, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Server{account: acct, now: o.Now, started: o.Now()}
}

type operation func(*Server, access.Caller, account.Role, url.Values) (string, *awserr.Error)

var operations = map[string]operation{
	"GetRole":                  (*Server).getRole,
	"ListRolePolicies":         (*Server).listRolePolicies,
	"GetRolePolicy":            (*Server).getRolePolicy,
	"ListAttachedRolePolicies": (*Server).listAttachedRolePolicies,
}

const version = "2010-05-08"

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	result, problem := s.serve(r)
	if problem != nil {
		awserr.WriteQuery(w, r, problem, awserr.NamespaceIAM, "")
		return
	}
	action := r.Form.Get("Action")
	body := "<" + action + `Response xmlns="` + awserr.NamespaceIAM + "\">\n  <" + action + "Result>\n" + result + "  </" + action + "Result>\n" +
		"  <ResponseMetadata>\n    <RequestId>" + awserr.Escape(w.Header().Get("X-Amzn-Requestid")) + "</RequestId>\n  </ResponseMetadata>\n" +
		"</" + action + "Response>\n"
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write([]byte(body)) // the client may be gone
}

func (s *Server) serve(r *http.Request) (string, *awserr.Error) {
	if err := r.ParseForm(); err != nil {
		return "", awserr.New(http.StatusBadRequest, "MalformedQueryString", "The query string contains a syntax error.")
	}
	action := r.Form.Get("Action")
	serve, ok := operations[action]
	if v := r.Form.Get("Version"); !ok || v != "" && v != version {
		if action == "" {
			return "", awserr.New(http.StatusBadRequest, "MissingAction", "The request must contain the parameter Action.")
		}
		return "", awserr.New(http.StatusBadRequest, "InvalidAction", "Could not find operation "+action+" for version "+version)
	}
	name := r.Form.Get("RoleName")
	if name == "" {
		return "", awserr.New(http.StatusBadRequest, "ValidationError",
			"1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null")
	}
	caller := access.CallerFrom(r.Context())
	role, found := s.role(name, caller)
	if problem := s.authorize(r, caller, "iam:"+action, role); problem != nil {
		return "", problem
	}
	if !found {
		return "", awserr.New(http.StatusNotFound, "NoSuchEntity", "The role with name "+name+" cannot be found.")
	}
	return serve(s, caller, role, r.Form)
}

// role finds a role of the caller's own account: nobody reads another's. IAM
// finds names in whatever case.
func (s *Server) role(name string, caller access.Caller) (account.Role, bool) {
	if caller.Principal.Account == s.account.ID {
		for _, r := range s.account.Roles {
			if strings.EqualFold(r.Name, name) {
				return r, true
			}
		}
	}
	return account.Role{Name: name, Path: "/"}, false
}

func (s *Server) authorize(r *http.Request, c access.Caller, action string, role account.Role) *awserr.Error {
	own := s.account
	own.ID = c.Principal.Account
	arn := own.RoleARN(role)
	d := policy.Evaluate(policy.Request{
		Principal: c.Principal, Action: action, Resource: arn, ResourceAccount: c.Principal.Account, Context: access.RequestKeys(r, s.now()),
	}, policy.Policies{Identity: c.Identity, Boundary: c.Boundary, Session: c.Session, ServiceControl: c.ServiceControl})
	if d.Allowed {
		return nil
	}
	return awserr.New(http.StatusForbidden, "AccessDenied", strings.TrimSpace(fmt.Sprintf(
		"User: %s is not authorized to perform: %s on resource: role %s %s", c.Principal.ARN, action, role.Name, d.Clause(action))))
}

func (s *Server) getRole(_ access.Caller, r account.Role, _ url.Values) (string, *awserr.Error) {
	trust, problem := document(r.TrustPolicy)
	if problem != nil {
		return "", problem
	}
	boundary := ""
	if r.PermissionsBoundary != nil {
		boundary = "      <PermissionsBoundary>\n" +
			"        <PermissionsBoundaryType>Policy</PermissionsBoundaryType>\n" +
			"        <PermissionsBoundaryArn>" + awserr.Escape(s.boundaryARN(r)) + "</PermissionsBoundaryArn>\n" +
			"      </PermissionsBoundary>\n"
	}
	path := r.Path
	if path == "" {
		path = "/"
	}
	longest := r.MaxSessionDuration
	if longest == 0 {
		longest = time.Hour
	}
	return "    <Role>\n" +
		"      <Path>" + awserr.Escape(path) + "</Path>\n" +
		"      <RoleName>" + awserr.Escape(r.Name) + "</RoleName>\n" +
		"      <RoleId>" + s.account.RoleID(r) + "</RoleId>\n" +
		"      <Arn>" + awserr.Escape(s.account.RoleARN(r)) + "</Arn>\n" +
		"      <CreateDate>" + s.created(r).Format(time.RFC3339) + "</CreateDate>\n" +
		"      <AssumeRolePolicyDocument>" + trust + "</AssumeRolePolicyDocument>\n" +
		boundary +
		"      <MaxSessionDuration>" + strconv.Itoa(int(longest.Seconds())) + "</MaxSessionDuration>\n" +
		"      <RoleLastUsed/>\n" +
		"    </Role>\n", nil
}

// longAgo is when a role was made whose file does not say.
const longAgo = 400 * 24 * time.Hour

func (s *Server) created(r account.Role) time.Time {
	ago := r.CreatedAgo
	if ago == 0 {
		ago = longAgo
	}
	return s.started.Add(-ago).UTC().Truncate(time.Second)
}

func (s *Server) boundaryARN(r account.Role) string {
	return "arn:" + s.account.Partition() + ":iam::" + s.account.ID + ":policy/" + r.Name + "Boundary"
}

// inlineName is the name of a role's one inline policy.
func inlineName(r account.Role) string { return r.Name + "Policy" }

func (s *Server) listRolePolicies(_ access.Caller, r account.Role, _ url.Values) (string, *awserr.Error) {
	member := "    <PolicyNames/>\n"
	if r.Policy != nil {
		member = "    <PolicyNames>\n      <member>" + awserr.Escape(inlineName(r)) + "</member>\n    </PolicyNames>\n"
	}
	return member + "    <IsTruncated>false</IsTruncated>\n", nil
}

func (s *Server) getRolePolicy(_ access.Caller, r account.Role, form url.Values) (string, *awserr.Error) {
	name := form.Get("PolicyName")
	if r.Policy == nil || name != inlineName(r) {
		return "", awserr.New(http.StatusNotFound, "NoSuchEntity", "The role policy with name "+name+" cannot be found.")
	}
	doc, problem := document(*r.Policy)
	if problem != nil {
		return "", problem
	}
	return "    <RoleName>" + awserr.Escape(r.Name) + "</RoleName>\n" +
		"    <PolicyName>" + awserr.Escape(name) + "</PolicyName>\n" +
		"    <PolicyDocument>" + doc + "</PolicyDocument>\n", nil
}

// listAttachedRolePolicies is empty: the account file knows inline policies
// alone.
func (s *Server) listAttachedRolePolicies(access.Caller, account.Role, url.Values) (string, *awserr.Error) {
	return "    <AttachedPolicies/>\n    <IsTruncated>false</IsTruncated>\n", nil
}

// document is a policy as IAM returns it: JSON, percent-encoded by RFC 3986.
func document(d policy.Document) (string, *awserr.Error) {
	data, err := json.Marshal(d)
	if err != nil {
		return "", awserr.New(http.StatusInternalServerError, "ServiceFailure", "The request processing has failed because of an unknown error, exception or failure.")
	}
	return strings.ReplaceAll(url.QueryEscape(string(data)), "+", "%20"), nil
}
