// Package iam is the part of the sandbox's Identity and Access Management
// that a role's owner reads: GetRole, ListRolePolicies, GetRolePolicy,
// ListAttachedRolePolicies, and for its permissions boundary GetPolicy and
// GetPolicyVersion, of the query protocol, version 2010-05-08.
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

// call is one request on its way through the server.
type call struct {
	*Server
	r      *http.Request
	caller access.Caller
	action string // "GetRole"
}

var operations = map[string]func(*call) (string, *awserr.Error){
	"GetRole":                  onRole((*call).getRole),
	"ListRolePolicies":         onRole((*call).listRolePolicies),
	"GetRolePolicy":            onRole((*call).getRolePolicy),
	"ListAttachedRolePolicies": onRole((*call).listAttachedRolePolicies),
	"GetPolicy":                (*call).getPolicy,
	"GetPolicyVersion":         (*call).getPolicyVersion,
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
	return serve(&call{s, r, access.CallerFrom(r.Context()), action})
}

// onRole finds the role that a call names, once the caller may have it.
func onRole(serve func(*call, account.Role) (string, *awserr.Error)) func(*call) (string, *awserr.Error) {
	return func(c *call) (string, *awserr.Error) {
		name, problem := c.parameter("RoleName", "roleName")
		if problem != nil {
			return "", problem
		}
		role, found := c.role(name)
		own := c.account
		own.ID = c.caller.Principal.Account
		if problem := c.authorize(own.RoleARN(role), "role "+role.Name); problem != nil {
			return "", problem
		}
		if !found {
			return "", awserr.New(http.StatusNotFound, "NoSuchEntity", "The role with name "+name+" cannot be found.")
		}
		return serve(c, role)
	}
}

// parameter is a required parameter; shown is its name in AWS's messages.
func (c *call) parameter(name, shown string) (string, *awserr.Error) {
	v := c.r.Form.Get(name)
	if v == "" {
		return "", awserr.New(http.StatusBadRequest, "ValidationError",
			"1 validation error detected: Value null at '"+shown+"' failed to satisfy constraint: Member must not be null")
	}
	return v, nil
}

// role finds a role of the caller's own account: nobody reads another's. IAM
// finds names in whatever case.
func (c *call) role(name string) (account.Role, bool) {
	if c.caller.Principal.Account == c.account.ID {
		for _, r := range c.account.Roles {
			if strings.EqualFold(r.Name, name) {
				return r, true
			}
		}
	}
	return account.Role{Name: name, Path: "/"}, false
}

// authorize refuses unless the caller may do the call's action on arn, which
// IAM's message calls shown.
func (c *call) authorize(arn, shown string) *awserr.Error {
	p, action := c.caller.Principal, "iam:"+c.action
	d := policy.Evaluate(policy.Request{
		Principal: p, Action: action, Resource: arn, ResourceAccount: p.Account, Context: access.RequestKeys(c.r, c.now()),
	}, policy.Policies{Identity: c.caller.Identity, Boundary: c.caller.Boundary, Session: c.caller.Session, ServiceControl: c.caller.ServiceControl})
	if d.Allowed {
		return nil
	}
	return awserr.New(http.StatusForbidden, "AccessDenied",
		fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s %s", p.ARN, action, shown, d.Clause(action)))
}

func (c *call) getRole(r account.Role) (string, *awserr.Error) {
	trust, problem := document(r.TrustPolicy)
	if problem != nil {
		return "", problem
	}
	boundary := ""
	if r.PermissionsBoundary != nil {
		boundary = "      <PermissionsBoundary>\n" +
			"        <PermissionsBoundaryType>Policy</PermissionsBoundaryType>\n" +
			"        <PermissionsBoundaryArn>" + awserr.Escape(c.boundaryARN(r)) + "</PermissionsBoundaryArn>\n" +
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
		"      <RoleId>" + c.account.RoleID(r) + "</RoleId>\n" +
		"      <Arn>" + awserr.Escape(c.account.RoleARN(r)) + "</Arn>\n" +
		"      <CreateDate>" + c.created(r).Format(time.RFC3339) + "</CreateDate>\n" +
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

func (c *call) listRolePolicies(r account.Role) (string, *awserr.Error) {
	member := "    <PolicyNames/>\n"
	if r.Policy != nil {
		member = "    <PolicyNames>\n      <member>" + awserr.Escape(inlineName(r)) + "</member>\n    </PolicyNames>\n"
	}
	return member + "    <IsTruncated>false</IsTruncated>\n", nil
}

func (c *call) getRolePolicy(r account.Role) (string, *awserr.Error) {
	name, problem := c.parameter("PolicyName", "policyName")
	if problem != nil {
		return "", problem
	}
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
func (c *call) listAttachedRolePolicies(account.Role) (string, *awserr.Error) {
	return "    <AttachedPolicies/>\n    <IsTruncated>false</IsTruncated>\n", nil
}

// boundaryVersion is the one version that a boundary's policy has.
const boundaryVersion = "v1"

// boundary finds the role whose permissions boundary has the ARN that the
// call names. Those are the only managed policies of an account file.
func (c *call) boundary() (account.Role, *awserr.Error) {
	arn, problem := c.parameter("PolicyArn", "policyArn")
	if problem == nil {
		problem = c.authorize(arn, "policy "+arn)
	}
	if problem != nil {
		return account.Role{}, problem
	}
	if c.caller.Principal.Account == c.account.ID {
		for _, r := range c.account.Roles {
			if r.PermissionsBoundary != nil && c.boundaryARN(r) == arn {
				return r, nil
			}
		}
	}
	return account.Role{}, awserr.New(http.StatusNotFound, "NoSuchEntity", "Policy "+arn+" does not exist or is not attachable.")
}

func (c *call) getPolicy() (string, *awserr.Error) {
	r, problem := c.boundary()
	if problem != nil {
		return "", problem
	}
	return "    <Policy>\n" +
		"      <PolicyName>" + awserr.Escape(r.Name) + "Boundary</PolicyName>\n" +
		"      <Arn>" + awserr.Escape(c.boundaryARN(r)) + "</Arn>\n" +
		"      <Path>/</Path>\n" +
		"      <DefaultVersionId>" + boundaryVersion + "</DefaultVersionId>\n" +
		"      <AttachmentCount>0</AttachmentCount>\n" +
		"      <PermissionsBoundaryUsageCount>1</PermissionsBoundaryUsageCount>\n" +
		"      <IsAttachable>true</IsAttachable>\n" +
		"      <CreateDate>" + c.created(r).Format(time.RFC3339) + "</CreateDate>\n" +
		"    </Policy>\n", nil
}

func (c *call) getPolicyVersion() (string, *awserr.Error) {
	r, problem := c.boundary()
	if problem != nil {
		return "", problem
	}
	version, problem := c.parameter("VersionId", "versionId")
	if problem != nil {
		return "", problem
	}
	if version != boundaryVersion {
		return "", awserr.New(http.StatusNotFound, "NoSuchEntity", "Policy "+c.boundaryARN(r)+" version "+version+" does not exist or is not attachable.")
	}
	doc, problem := document(*r.PermissionsBoundary)
	if problem != nil {
		return "", problem
	}
	return "    <PolicyVersion>\n" +
		"      <Document>" + doc + "</Document>\n" +
		"      <VersionId>" + version + "</VersionId>\n" +
		"      <IsDefaultVersion>true</IsDefaultVersion>\n" +
		"      <CreateDate>" + c.created(r).Format(time.RFC3339) + "</CreateDate>\n" +
		"    </PolicyVersion>\n", nil
}

// document is a policy as IAM returns it: JSON, percent-encoded by RFC 3986.
func document(d policy.Document) (string, *awserr.Error) {
	data, err := json.Marshal(d)
	if err != nil {
		return "", awserr.New(http.StatusInternalServerError, "ServiceFailure", "The request processing has failed because of an unknown error, exception or failure.")
	}
	return strings.ReplaceAll(url.QueryEscape(string(data)), "+", "%20"), nil
}
