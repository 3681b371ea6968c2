// Package iam is the part of the sandbox's Identity and Access Management
// that the owner of a role needs to see how it is set up and to mend it: the
// role with its trust policy, its inline and managed policies, its permissions
// boundary, the inline policies of users, and SimulatePrincipalPolicy, of the
// query protocol, version 2010-05-08.
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
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// Server answers IAM requests whose signature has been verified: the caller
// is access.CallerFrom of the request's context.
type Server struct{ state *state.State }

// New returns a server for the account st.
func New(st *state.State) *Server { return &Server{st} }

// call is one request on its way through the server.
type call struct {
	*Server
	r      *http.Request
	caller access.Caller
	action string // "GetRole"
}

// operations answer with the content of their Result element, empty for an
// operation that has none.
var operations map[string]func(*call) (string, *awserr.Error)

func init() { // the handlers refer to the table
	operations = map[string]func(*call) (string, *awserr.Error){
		"GetRole":                  onRole((*call).getRole),
		"ListRoles":                (*call).listRoles,
		"ListRolePolicies":         onRole((*call).listRolePolicies),
		"GetRolePolicy":            onRole((*call).getRolePolicy),
		"ListAttachedRolePolicies": onRole((*call).listAttachedRolePolicies),
		"GetPolicy":                onPolicy((*call).getPolicy),
		"GetPolicyVersion":         onPolicy((*call).getPolicyVersion),
		"ListPolicyVersions":       onPolicy((*call).listPolicyVersions),

		"CreateRole":                    (*call).createRole,
		"UpdateRole":                    onRole((*call).updateRole),
		"UpdateAssumeRolePolicy":        onRole((*call).updateAssumeRolePolicy),
		"PutRolePolicy":                 onRole((*call).putRolePolicy),
		"DeleteRolePolicy":              onRole((*call).deleteRolePolicy),
		"AttachRolePolicy":              onRole((*call).attachRolePolicy),
		"DetachRolePolicy":              onRole((*call).detachRolePolicy),
		"PutRolePermissionsBoundary":    onRole((*call).putRolePermissionsBoundary),
		"DeleteRolePermissionsBoundary": onRole((*call).deleteRolePermissionsBoundary),

		"CreatePolicy":        (*call).createPolicy,
		"CreatePolicyVersion": onPolicy((*call).createPolicyVersion),

		"GetUser":          onUser((*call).getUser),
		"GetUserPolicy":    onUser((*call).getUserPolicy),
		"ListUserPolicies": onUser((*call).listUserPolicies),
		// A caller of the account file has inline policies alone, and is in no group.
		"ListAttachedUserPolicies": onUser((*call).noAttachedUserPolicies),
		"ListGroupsForUser":        onUser((*call).noGroups),
		"PutUserPolicy":            onUser((*call).putUserPolicy),
		"DeleteUserPolicy":         onUser((*call).deleteUserPolicy),

		"SimulatePrincipalPolicy":          (*call).simulatePrincipalPolicy,
		"GetContextKeysForPrincipalPolicy": (*call).contextKeys,
	}
}

const version = "2010-05-08"

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	result, problem := s.serve(r)
	if problem != nil {
		awserr.WriteQuery(w, r, problem, awserr.NamespaceIAM, "")
		return
	}
	action := r.Form.Get("Action")
	if result != "" {
		result = "  <" + action + "Result>\n" + result + "  </" + action + "Result>\n"
	}
	body := "<" + action + `Response xmlns="` + awserr.NamespaceIAM + "\">\n" + result +
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

// home reports whether the caller is of the sandbox's own account: roles and
// managed policies of others there are none, and nobody sees another's.
func (c *call) home() bool { return c.caller.Principal.Account == c.state.ID() }

// onRole finds the role that a call names, once the caller may have it.
func onRole(serve func(*call, state.Role) (string, *awserr.Error)) func(*call) (string, *awserr.Error) {
	return func(c *call) (string, *awserr.Error) {
		name, problem := c.parameter("RoleName", "roleName")
		if problem != nil {
			return "", problem
		}
		role, found := state.Role{Name: name, ARN: c.arn("role/" + name)}, false
		if r, ok := c.state.Role(name); ok && c.home() {
			role, found = r, true
		}
		if problem := c.authorize(role.ARN, "role "+role.Name, c.boundaryKeys()); problem != nil {
			return "", problem
		}
		if !found {
			return "", c.noRole(name)
		}
		return serve(c, role)
	}
}

// onPolicy finds the managed policy that a call names by its ARN.
func onPolicy(serve func(*call, state.Managed) (string, *awserr.Error)) func(*call) (string, *awserr.Error) {
	return func(c *call) (string, *awserr.Error) {
		arn, problem := c.parameter("PolicyArn", "policyArn")
		if problem == nil {
			problem = c.authorize(arn, "policy "+arn, nil)
		}
		if problem != nil {
			return "", problem
		}
		m, problem := c.managed(arn)
		if problem != nil {
			return "", problem
		}
		return serve(c, m)
	}
}

// onUser finds the user that a call names.
func onUser(serve func(*call, state.User) (string, *awserr.Error)) func(*call) (string, *awserr.Error) {
	return func(c *call) (string, *awserr.Error) {
		name, problem := c.parameter("UserName", "userName")
		if problem != nil {
			return "", problem
		}
		user, found := c.state.User(c.caller.Principal.Account, name)
		if !found {
			user = state.User{Name: name, ARN: c.arn("user/" + name)}
		}
		if problem := c.authorize(user.ARN, "user "+user.Name, nil); problem != nil {
			return "", problem
		}
		if !found {
			return "", noSuchEntity("The user with name " + name + " cannot be found.")
		}
		return serve(c, user)
	}
}

// arn is the ARN of something in the caller's account.
func (c *call) arn(resource string) string {
	return "arn:" + c.state.Partition() + ":iam::" + c.caller.Principal.Account + ":" + resource
}

// managed finds a managed policy, AWS's own among them.
func (c *call) managed(arn string) (state.Managed, *awserr.Error) {
	if m, ok := c.state.Managed(arn); ok && (m.AWS || c.home()) {
		return m, nil
	}
	return state.Managed{}, noSuchEntity("Policy " + arn + " does not exist or is not attachable.")
}

func noSuchEntity(text string) *awserr.Error {
	return awserr.New(http.StatusNotFound, "NoSuchEntity", text)
}

func (c *call) noRole(name string) *awserr.Error {
	return noSuchEntity("The role with name " + name + " cannot be found.")
}

func invalid(text string) *awserr.Error {
	return awserr.New(http.StatusBadRequest, "ValidationError", text)
}

// parameter is a required parameter; shown is its name in AWS's messages.
func (c *call) parameter(name, shown string) (string, *awserr.Error) {
	v := c.r.Form.Get(name)
	if v == "" {
		return "", invalid("1 validation error detected: Value null at '" + shown + "' failed to satisfy constraint: Member must not be null")
	}
	return v, nil
}

// authorize refuses unless the caller may do the call's action on arn, which
// IAM's message calls shown. more are condition keys of the action's own.
func (c *call) authorize(arn, shown string, more map[string]string) *awserr.Error {
	p, action := c.caller.Principal, "iam:"+c.action
	keys := access.RequestKeys(c.r, c.state.Now())
	for k, v := range more {
		keys[k] = []string{v}
	}
	d := policy.Evaluate(policy.Request{
		Principal: p, Action: action, Resource: arn, ResourceAccount: p.Account, Context: keys,
	}, c.state.Policies(c.caller, "iam", p.Account))
	if d.Allowed {
		return nil
	}
	return awserr.New(http.StatusForbidden, "AccessDenied",
		fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s %s", p.ARN, action, shown, c.state.Clause(d, action)))
}

// boundaryKeys are the condition keys by which administrators are held to
// boundaries and policies that they may give away.
func (c *call) boundaryKeys() map[string]string {
	keys := map[string]string{}
	if v := c.r.Form.Get("PermissionsBoundary"); v != "" {
		keys["iam:permissionsboundary"] = v
	}
	if v := c.r.Form.Get("PolicyArn"); v != "" {
		keys["iam:policyarn"] = v
	}
	return keys
}

// document is a policy as IAM returns it: JSON, percent-encoded by RFC 3986.
func document(d policy.Document) (string, *awserr.Error) {
	data, err := json.Marshal(d)
	if err != nil {
		return "", awserr.New(http.StatusInternalServerError, "ServiceFailure", "The request processing has failed because of an unknown error, exception or failure.")
	}
	return strings.ReplaceAll(url.QueryEscape(string(data)), "+", "%20"), nil
}

func stamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// element is one XML element with a text.
func element(name, value string) string {
	return "<" + name + ">" + awserr.Escape(value) + "</" + name + ">\n"
}

// members are a list of texts, on one page: no account of the sandbox has
// more than a page of anything but results of a simulation.
func members(name string, values []string) string {
	var b strings.Builder
	b.WriteString("<" + name + ">\n")
	for _, v := range values {
		b.WriteString(element("member", v))
	}
	b.WriteString("</" + name + ">\n")
	return b.String()
}

const lastPage = "<IsTruncated>false</IsTruncated>\n"
