package iam

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

func (c *call) getRole(r state.Role) (string, *awserr.Error) {
	text, problem := roleElement("Role", r, true)
	return text, problem
}

// roleElement is a role; boundary and last use are told by GetRole alone.
func roleElement(name string, r state.Role, whole bool) (string, *awserr.Error) {
	trust, problem := document(r.Trust)
	if problem != nil {
		return "", problem
	}
	var b strings.Builder
	b.WriteString("<" + name + ">\n" +
		element("Path", r.Path) + element("RoleName", r.Name) + element("RoleId", r.ID) + element("Arn", r.ARN) +
		element("CreateDate", stamp(r.Created)) + element("AssumeRolePolicyDocument", trust))
	if r.Description != "" {
		b.WriteString(element("Description", r.Description))
	}
	if r.Boundary != "" && whole {
		b.WriteString("<PermissionsBoundary>\n" + element("PermissionsBoundaryType", "Policy") +
			element("PermissionsBoundaryArn", r.Boundary) + "</PermissionsBoundary>\n")
	}
	b.WriteString(element("MaxSessionDuration", strconv.Itoa(int(r.MaxSession.Seconds()))))
	if whole {
		b.WriteString("<RoleLastUsed/>\n")
	}
	b.WriteString("</" + name + ">\n")
	return b.String(), nil
}

func (c *call) listRoles() (string, *awserr.Error) {
	prefix := c.r.Form.Get("PathPrefix")
	if prefix == "" {
		prefix = "/"
	}
	if problem := c.authorize(c.arn("role"+prefix), c.arn("role"+prefix), nil); problem != nil {
		return "", problem
	}
	var b strings.Builder
	b.WriteString("<Roles>\n")
	for _, r := range c.state.Roles() {
		if !c.home() || !strings.HasPrefix(r.Path, prefix) {
			continue
		}
		text, problem := roleElement("member", r, false)
		if problem != nil {
			return "", problem
		}
		b.WriteString(text)
	}
	b.WriteString("</Roles>\n" + lastPage)
	return b.String(), nil
}

func (c *call) listRolePolicies(r state.Role) (string, *awserr.Error) {
	return members("PolicyNames", names(r.Inline)) + lastPage, nil
}

func names(policies []state.Inline) []string {
	all := make([]string, len(policies))
	for i, p := range policies {
		all[i] = p.Name
	}
	return all
}

func (c *call) getRolePolicy(r state.Role) (string, *awserr.Error) {
	name, problem := c.parameter("PolicyName", "policyName")
	if problem != nil {
		return "", problem
	}
	d, ok := r.Policy(name)
	if !ok {
		return "", noSuchEntity("The role policy with name " + name + " cannot be found.")
	}
	text, problem := document(d)
	return element("RoleName", r.Name) + element("PolicyName", name) + element("PolicyDocument", text), problem
}

func (c *call) listAttachedRolePolicies(r state.Role) (string, *awserr.Error) {
	var b strings.Builder
	b.WriteString("<AttachedPolicies>\n")
	for _, arn := range r.Attached {
		b.WriteString("<member>\n" + element("PolicyName", arn[strings.LastIndexByte(arn, '/')+1:]) + element("PolicyArn", arn) + "</member>\n")
	}
	b.WriteString("</AttachedPolicies>\n" + lastPage)
	return b.String(), nil
}

func (c *call) getPolicy(m state.Managed) (string, *awserr.Error) {
	attached, bounding := 0, 0
	for _, r := range c.state.Roles() {
		for _, arn := range r.Attached {
			if arn == m.ARN && c.home() {
				attached++
			}
		}
		if r.Boundary == m.ARN && c.home() {
			bounding++
		}
	}
	return "<Policy>\n" + element("PolicyName", m.Name) + element("Arn", m.ARN) + element("Path", m.Path) +
		element("DefaultVersionId", m.Default) + element("AttachmentCount", strconv.Itoa(attached)) +
		element("PermissionsBoundaryUsageCount", strconv.Itoa(bounding)) + element("IsAttachable", "true") +
		element("CreateDate", stamp(m.Created)) + element("UpdateDate", stamp(m.Versions[len(m.Versions)-1].Created)) + "</Policy>\n", nil
}

func (c *call) getPolicyVersion(m state.Managed) (string, *awserr.Error) {
	id, problem := c.parameter("VersionId", "versionId")
	if problem != nil {
		return "", problem
	}
	v, ok := m.Version(id)
	if !ok {
		return "", noSuchEntity("Policy " + m.ARN + " version " + id + " does not exist or is not attachable.")
	}
	text, problem := document(v.Document)
	return "<PolicyVersion>\n" + element("Document", text) + versionElements(m, v) + "</PolicyVersion>\n", problem
}

func versionElements(m state.Managed, v state.Version) string {
	return element("VersionId", v.ID) + element("IsDefaultVersion", strconv.FormatBool(v.ID == m.Default)) + element("CreateDate", stamp(v.Created))
}

func (c *call) listPolicyVersions(m state.Managed) (string, *awserr.Error) {
	var b strings.Builder
	b.WriteString("<Versions>\n")
	for i := len(m.Versions) - 1; i >= 0; i-- { // the newest first
		b.WriteString("<member>\n" + versionElements(m, m.Versions[i]) + "</member>\n")
	}
	b.WriteString("</Versions>\n" + lastPage)
	return b.String(), nil
}

// getUser tells of a user of the account file, who has no boundary.
func (c *call) getUser(u state.User) (string, *awserr.Error) {
	return "<User>\n" + element("Path", "/") + element("UserName", u.Name) + element("UserId", u.ID) + element("Arn", u.ARN) + "</User>\n", nil
}

func (c *call) listUserPolicies(u state.User) (string, *awserr.Error) {
	return members("PolicyNames", names(u.Inline)) + lastPage, nil
}

func (c *call) noAttachedUserPolicies(state.User) (string, *awserr.Error) {
	return members("AttachedPolicies", nil) + lastPage, nil
}

func (c *call) noGroups(state.User) (string, *awserr.Error) {
	return members("Groups", nil) + lastPage, nil
}

func (c *call) getUserPolicy(u state.User) (string, *awserr.Error) {
	name, problem := c.parameter("PolicyName", "policyName")
	if problem != nil {
		return "", problem
	}
	d, ok := u.Policy(name)
	if !ok {
		return "", noSuchEntity("The user policy with name " + name + " cannot be found.")
	}
	text, problem := document(d)
	return element("UserName", u.Name) + element("PolicyName", name) + element("PolicyDocument", text), problem
}
