package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
)

// AsUser is the sender of a request that was signed with u's key.
func (s *State) AsUser(u User) access.Caller {
	c := access.Caller{
		AccessKeyID: u.AccessKeyID,
		Principal:   policy.Principal{Kind: policy.User, Account: u.Account, ARN: u.ARN, UserID: u.ID},
	}
	if u.Root {
		c.Principal.Kind = policy.Root
	}
	for _, p := range u.Inline {
		c.Identity = append(c.Identity, p.Document)
	}
	if u.Account == s.base.ID {
		c.ServiceControl = s.base.ServiceControlPolicies
	}
	return c
}

// AsRole is the sender of a request of r's session. Key ID, the session's own
// part of the principal, and its policy are the caller's to add.
func (s *State) AsRole(r Role) access.Caller {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := access.Caller{
		Principal:      policy.Principal{Kind: policy.AssumedRole, Account: s.base.ID, RoleARN: r.ARN},
		ServiceControl: s.base.ServiceControlPolicies,
	}
	for _, p := range r.Inline {
		c.Identity = append(c.Identity, p.Document)
	}
	for _, arn := range r.Attached {
		if m, ok := s.managedNow(arn); ok {
			c.Identity = append(c.Identity, m.Document())
		}
	}
	if m, ok := s.managedNow(r.Boundary); ok {
		d := m.Document()
		c.Boundary = &d
	}
	return c
}

// governed are the services whose resources a resource control policy binds.
var governed = []string{"s3", "sts", "kms"}

// Policies are those that apply to a request of c to a service ("s3") about a
// resource of an account. The resource's own policy is not among them.
func (s *State) Policies(c access.Caller, service, resourceAccount string) policy.Policies {
	p := policy.Policies{Identity: c.Identity, Boundary: c.Boundary, Session: c.Session, ServiceControl: c.ServiceControl}
	if resourceAccount == s.base.ID && slices.Contains(governed, service) {
		p.ResourceControl = s.base.ResourceControlPolicies
	}
	if c.Principal.Kind != policy.Service && !c.Beside {
		p.VPCEndpoint = s.endpoint(service)
	}
	return p
}

// endpoint is the policy of the endpoint through which service is reached. The
// file has one: it is S3's, and that of each other service whose actions it
// names.
func (s *State) endpoint(service string) *policy.Document {
	d := s.base.VPCEndpointPolicy
	if d == nil || service == "s3" {
		return d
	}
	for _, statement := range d.Statements {
		for _, a := range slices.Concat(statement.Action, statement.NotAction) {
			if name, _, _ := strings.Cut(a, ":"); strings.EqualFold(name, service) {
				return d
			}
		}
	}
	return nil
}

// Clause is the end of AWS's message for a refusal: the kind of policy that
// refused, and of an explicit deny the policy's ARN where it has one.
func (s *State) Clause(d policy.Decision, action string) string {
	text := d.Clause(action)
	if text == "" || !d.Explicit {
		return text
	}
	if arn := s.arnOf(d); arn != "" {
		return text + ": " + arn
	}
	return text
}

// arnOf is the ARN of the policy whose statement decided.
func (s *State) arnOf(d policy.Decision) string {
	switch d.Layer {
	case policy.LayerServiceControl:
		if i := holder(s.base.ServiceControlPolicies, d.Statement); i >= 0 {
			return s.OrganizationPolicyARN("service_control_policy", i)
		}
	case policy.LayerResourceControl:
		if i := holder(s.base.ResourceControlPolicies, d.Statement); i >= 0 {
			return s.OrganizationPolicyARN("resource_control_policy", i)
		}
	case policy.LayerIdentity, policy.LayerBoundary:
		s.mu.RLock()
		defer s.mu.RUnlock()
		for _, m := range s.managed {
			if holder([]policy.Document{m.Document()}, d.Statement) >= 0 {
				return m.ARN
			}
		}
	}
	return ""
}

// holder is the index of the document that statement is part of, or -1.
func holder(docs []policy.Document, statement *policy.Statement) int {
	return slices.IndexFunc(docs, func(d policy.Document) bool {
		for i := range d.Statements {
			if &d.Statements[i] == statement {
				return true
			}
		}
		return false
	})
}

// management is the account that the organization is managed from.
const management = "100000000001"

// OrganizationPolicyARN is the ARN of the i-th policy of a kind
// ("service_control_policy", "resource_control_policy") in the account file.
func (s *State) OrganizationPolicyARN(kind string, i int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %s", kind, i, s.base.ID))
	return "arn:" + s.Partition() + ":organizations::" + management + ":policy/o-sandbox001/" + kind + "/p-" + hex.EncodeToString(sum[:4])
}

// InOrganization says whether the account is part of an organization.
func (s *State) InOrganization() bool {
	return s.base.ServiceControlPolicies != nil || s.base.ResourceControlPolicies != nil
}
