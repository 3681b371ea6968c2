package state

import (
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// Role is an IAM role of the account.
type Role struct {
	Name, Path, ARN, ID string
	Description         string
	Trust               policy.Document
	MaxSession          time.Duration
	Created             time.Time
	Inline              []Inline // by name
	Attached            []string // ARNs of managed policies, in the order of attaching
	Boundary            string   // ARN of a managed policy; empty: none
}

// Policy finds one of the role's inline policies.
func (r Role) Policy(name string) (policy.Document, bool) { return inline(r.Inline, name) }

// Put makes p one of the role's inline policies, in place of that of the name.
func (r *Role) Put(p Inline) { r.Inline = putInline(r.Inline, p) }

// Delete removes an inline policy and reports whether it was there.
func (r *Role) Delete(name string) bool {
	kept := slices.DeleteFunc(slices.Clone(r.Inline), func(p Inline) bool { return p.Name == name })
	gone := len(kept) < len(r.Inline)
	r.Inline = kept
	return gone
}

// longAgo is when a role was made whose file does not say.
const longAgo = 400 * 24 * time.Hour

// roleOf makes the role of the account file, and its managed policies. Its
// one inline policy and its boundary have names that follow from its own.
func (s *State) roleOf(r account.Role, started time.Time) Role {
	ago := r.CreatedAgo
	if ago == 0 {
		ago = longAgo
	}
	role := Role{
		Name: r.Name, Path: r.Path, ARN: s.base.RoleARN(r), ID: s.base.RoleID(r),
		Trust: r.TrustPolicy, MaxSession: r.MaxSessionDuration, Created: started.Add(-ago).UTC(),
	}
	if r.Policy != nil {
		role.Put(Inline{r.Name + "Policy", *r.Policy})
	}
	for _, p := range r.AttachedPolicies {
		arn := s.policyARN("/", p.Name)
		if p.Policy == nil {
			arn = s.awsManagedARN(p.Name)
		} else if !s.hasManaged(arn) {
			s.managed = append(s.managed, newManaged(p.Name, "/", arn, *p.Policy, role.Created))
		}
		role.Attached = append(role.Attached, arn)
	}
	if r.PermissionsBoundary != nil {
		name := r.Name + "Boundary"
		role.Boundary = s.policyARN("/", name)
		s.managed = append(s.managed, newManaged(name, "/", role.Boundary, *r.PermissionsBoundary, role.Created))
	}
	return role
}

// Roles are all roles of the account.
func (s *State) Roles() []Role {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.roles)
}

// Role finds a role by its name, in whatever case, as IAM does.
func (s *State) Role(name string) (Role, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if i := s.indexOfRole(name); i >= 0 {
		return s.roles[i], true
	}
	return Role{}, false
}

// RoleByARN finds a role by its exact ARN, as STS does.
func (s *State) RoleByARN(arn string) (Role, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, r := range s.roles {
		if r.ARN == arn {
			return r, true
		}
	}
	return Role{}, false
}

// ChangeRole changes the role of that name in one step; false: there is none.
func (s *State) ChangeRole(name string, change func(*Role)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.indexOfRole(name)
	if i < 0 {
		return false
	}
	s.roles = slices.Clone(s.roles)
	change(&s.roles[i])
	return true
}

// AddRole adds a role that was made just now, and fills in what follows from
// its name and path; false: there is one of that name already.
func (s *State) AddRole(r Role) (Role, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.indexOfRole(r.Name) >= 0 {
		return Role{}, false
	}
	named := account.Role{Name: r.Name, Path: r.Path}
	r.ARN, r.ID, r.Created = s.base.RoleARN(named), s.base.RoleID(named), s.now().UTC()
	s.roles = append(slices.Clone(s.roles), r)
	return r, true
}

func (s *State) indexOfRole(name string) int {
	return slices.IndexFunc(s.roles, func(r Role) bool { return strings.EqualFold(r.Name, name) })
}
