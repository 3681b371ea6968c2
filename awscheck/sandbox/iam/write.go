package iam

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	roleName   = lazyregexp.New(`^[\w+=,.@-]{1,64}$`)
	policyName = lazyregexp.New(`^[\w+=,.@-]{1,128}$`)
	pathName   = lazyregexp.New(`^/([\x21-\x7E]{1,510}/)?$`)
)

// name is a required parameter that must match.
func (c *call) name(parameter, shown string, grammar *lazyregexp.Regexp) (string, *awserr.Error) {
	v, problem := c.parameter(parameter, shown)
	if problem == nil && !grammar.MatchString(v) {
		problem = invalid("The specified value for " + shown + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-")
	}
	return v, problem
}

func (c *call) path() (string, *awserr.Error) {
	v := c.r.Form.Get("Path")
	if v == "" {
		return "/", nil
	}
	if !pathName.MatchString(v) {
		return "", invalid("The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.")
	}
	return v, nil
}

// elsewhere refuses to make something in an account that the sandbox has not.
func (c *call) elsewhere() *awserr.Error {
	if c.home() {
		return nil
	}
	return awserr.New(http.StatusNotImplemented, "NotImplemented", "The sandbox has roles and policies of the account "+c.state.ID()+" alone.")
}

func (c *call) createRole() (string, *awserr.Error) {
	name, problem := c.name("RoleName", "roleName", roleName)
	if problem != nil {
		return "", problem
	}
	path, problem := c.path()
	if problem != nil {
		return "", problem
	}
	if problem := c.authorize(c.arn("role"+path+name), c.arn("role"+path+name), c.boundaryKeys()); problem != nil {
		return "", problem
	}
	trust, problem := c.readTrust("AssumeRolePolicyDocument", "assumeRolePolicyDocument")
	if problem != nil {
		return "", problem
	}
	longest, problem := c.maxSession(time.Hour)
	if problem != nil {
		return "", problem
	}
	boundary := c.r.Form.Get("PermissionsBoundary")
	if boundary != "" {
		if _, problem := c.managed(boundary); problem != nil {
			return "", problem
		}
	}
	if problem := c.elsewhere(); problem != nil {
		return "", problem
	}
	r, made := c.state.AddRole(state.Role{
		Name: name, Path: path, Description: c.r.Form.Get("Description"), Trust: trust, MaxSession: longest, Boundary: boundary,
	})
	if !made {
		return "", awserr.New(http.StatusConflict, "EntityAlreadyExists", "Role with name "+name+" already exists.")
	}
	return roleElement("Role", r, true)
}

func (c *call) readTrust(parameter, shown string) (policy.Document, *awserr.Error) {
	d, problem := c.readDocument(parameter, shown, policy.KindTrust)
	if problem == nil {
		problem = tooLarge(c.r.Form.Get(parameter), maxTrust, "Cannot exceed quota for ACLSizePerRole: "+strconv.Itoa(maxTrust))
	}
	return d, problem
}

// maxSession reads MaxSessionDuration, which may be left out.
func (c *call) maxSession(otherwise time.Duration) (time.Duration, *awserr.Error) {
	given := c.r.Form.Get("MaxSessionDuration")
	if given == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(given)
	constraint := ""
	switch {
	case err != nil:
		return 0, awserr.New(http.StatusBadRequest, "MalformedInput", "Start of structure or map found where not expected.")
	case n < 3600:
		constraint = "Member must have value greater than or equal to 3600"
	case n > 43200:
		constraint = "Member must have value less than or equal to 43200"
	default:
		return time.Duration(n) * time.Second, nil
	}
	return 0, invalid("1 validation error detected: Value '" + given + "' at 'maxSessionDuration' failed to satisfy constraint: " + constraint)
}

func (c *call) updateRole(r state.Role) (string, *awserr.Error) {
	longest, problem := c.maxSession(r.MaxSession)
	if problem != nil {
		return "", problem
	}
	_, problem = c.change(r, func(r *state.Role) {
		r.MaxSession = longest
		if c.r.Form.Has("Description") {
			r.Description = c.r.Form.Get("Description")
		}
	})
	return "\n", problem // an empty Result
}

// change changes a role; its answer has no Result.
func (c *call) change(r state.Role, change func(*state.Role)) (string, *awserr.Error) {
	if !c.state.ChangeRole(r.Name, change) {
		return "", c.noRole(r.Name)
	}
	return "", nil
}

func (c *call) updateAssumeRolePolicy(r state.Role) (string, *awserr.Error) {
	trust, problem := c.readTrust("PolicyDocument", "policyDocument")
	if problem != nil {
		return "", problem
	}
	return c.change(r, func(r *state.Role) { r.Trust = trust })
}

// readInline reads the policy of PutRolePolicy and PutUserPolicy.
func (c *call) readInline(quota int, of string) (state.Inline, *awserr.Error) {
	name, problem := c.name("PolicyName", "policyName", policyName)
	if problem != nil {
		return state.Inline{}, problem
	}
	d, problem := c.readDocument("PolicyDocument", "policyDocument", policy.KindIdentity)
	if problem == nil {
		problem = tooLarge(c.r.Form.Get("PolicyDocument"), quota, bytesExceeded(quota, of))
	}
	return state.Inline{Name: name, Document: d}, problem
}

func (c *call) putRolePolicy(r state.Role) (string, *awserr.Error) {
	p, problem := c.readInline(maxRole, "role "+r.Name)
	if problem != nil {
		return "", problem
	}
	return c.change(r, func(r *state.Role) { r.Put(p) })
}

func (c *call) deleteRolePolicy(r state.Role) (string, *awserr.Error) {
	name, problem := c.parameter("PolicyName", "policyName")
	if problem != nil {
		return "", problem
	}
	gone := false
	if _, problem := c.change(r, func(r *state.Role) { gone = r.Delete(name) }); problem != nil {
		return "", problem
	}
	if !gone {
		return "", noSuchEntity("The role policy with name " + name + " cannot be found.")
	}
	return "", nil
}

// quotaAttached is how many managed policies a role has at most.
const quotaAttached = 10

func (c *call) attachRolePolicy(r state.Role) (string, *awserr.Error) {
	arn, problem := c.parameter("PolicyArn", "policyArn")
	if problem != nil {
		return "", problem
	}
	if _, problem := c.managed(arn); problem != nil {
		return "", problem
	}
	full := false
	_, problem = c.change(r, func(r *state.Role) {
		switch {
		case slices.Contains(r.Attached, arn): // once more changes nothing
		case len(r.Attached) >= quotaAttached:
			full = true
		default:
			r.Attached = append(slices.Clone(r.Attached), arn)
		}
	})
	if full {
		return "", awserr.New(http.StatusConflict, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: "+strconv.Itoa(quotaAttached))
	}
	return "", problem
}

func (c *call) detachRolePolicy(r state.Role) (string, *awserr.Error) {
	arn, problem := c.parameter("PolicyArn", "policyArn")
	if problem != nil {
		return "", problem
	}
	found := false
	_, problem = c.change(r, func(r *state.Role) {
		if i := slices.Index(r.Attached, arn); i >= 0 {
			r.Attached, found = slices.Delete(slices.Clone(r.Attached), i, i+1), true
		}
	})
	if problem == nil && !found {
		problem = noSuchEntity("Policy " + arn + " was not found.")
	}
	return "", problem
}

func (c *call) putRolePermissionsBoundary(r state.Role) (string, *awserr.Error) {
	arn, problem := c.parameter("PermissionsBoundary", "permissionsBoundary")
	if problem != nil {
		return "", problem
	}
	if _, problem := c.managed(arn); problem != nil {
		return "", problem
	}
	return c.change(r, func(r *state.Role) { r.Boundary = arn })
}

func (c *call) deleteRolePermissionsBoundary(r state.Role) (string, *awserr.Error) {
	if r.Boundary == "" {
		return "", noSuchEntity("The permission boundary of role " + r.Name + " cannot be found.")
	}
	return c.change(r, func(r *state.Role) { r.Boundary = "" })
}

func (c *call) createPolicy() (string, *awserr.Error) {
	name, problem := c.name("PolicyName", "policyName", policyName)
	if problem != nil {
		return "", problem
	}
	path, problem := c.path()
	if problem != nil {
		return "", problem
	}
	arn := c.arn("policy" + path + name)
	if problem := c.authorize(arn, "policy "+arn, nil); problem != nil {
		return "", problem
	}
	d, problem := c.readManaged()
	if problem == nil {
		problem = c.elsewhere()
	}
	if problem != nil {
		return "", problem
	}
	m, made := c.state.AddManaged(name, path, d)
	if !made {
		return "", awserr.New(http.StatusConflict, "EntityAlreadyExists", "A policy called "+name+" already exists. Duplicate names are not allowed.")
	}
	return c.getPolicy(m)
}

func (c *call) readManaged() (policy.Document, *awserr.Error) {
	d, problem := c.readDocument("PolicyDocument", "policyDocument", policy.KindIdentity)
	if problem == nil {
		problem = tooLarge(c.r.Form.Get("PolicyDocument"), maxManaged, "Cannot exceed quota for PolicySize: "+strconv.Itoa(maxManaged))
	}
	return d, problem
}

func (c *call) createPolicyVersion(m state.Managed) (string, *awserr.Error) {
	d, problem := c.readManaged()
	if problem != nil {
		return "", problem
	}
	if m.AWS {
		return "", awserr.New(http.StatusForbidden, "AccessDenied", "User: "+c.caller.Principal.ARN+
			" is not authorized to perform: iam:CreatePolicyVersion on resource: policy "+m.ARN)
	}
	var made state.Version
	now := c.state.Now()
	c.state.ChangeManaged(m.ARN, func(held *state.Managed) {
		if len(held.Versions) < state.MaxVersions {
			made = held.Add(d, now, c.r.Form.Get("SetAsDefault") == "true")
		}
		m = *held
	})
	if made.ID == "" {
		return "", awserr.New(http.StatusConflict, "LimitExceeded",
			"A managed policy can have up to "+strconv.Itoa(state.MaxVersions)+" versions. Before you create a new version, you must delete an existing version.")
	}
	return "<PolicyVersion>\n" + versionElements(m, made) + "</PolicyVersion>\n", nil
}

func (c *call) putUserPolicy(u state.User) (string, *awserr.Error) {
	p, problem := c.readInline(maxUser, "user "+u.Name)
	if problem == nil {
		c.state.PutUserPolicy(u.Account, u.Name, p)
	}
	return "", problem
}

func (c *call) deleteUserPolicy(u state.User) (string, *awserr.Error) {
	name, problem := c.parameter("PolicyName", "policyName")
	if problem == nil && !c.state.DeleteUserPolicy(u.Account, u.Name, name) {
		problem = noSuchEntity("The user policy with name " + name + " cannot be found.")
	}
	return "", problem
}
