package owner

import (
	"context"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"golang.org/x/sync/errgroup"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// readers bounds how many documents are read at once.
const readers = 8

// permissions reads what the role may do: its inline and attached policies,
// and its boundary. It is Known as soon as the role is, with what is missing
// by name, or else as the role is.
func (s *Side) permissions(ctx context.Context) Part[Permissions] {
	return s.reads.permissions.get(ctx, func(ctx context.Context) Part[Permissions] {
		role := s.role(ctx)
		if role.State == Absent {
			return Part[Permissions]{State: Absent, Evidence: role.Evidence}
		}
		c := &collector{
			side: s, name: aws.String(roleName(s.wants.RoleARN)),
			found: Permissions{Inline: map[string]policy.Document{}, Attached: map[string]policy.Document{}},
		}
		c.group.SetLimit(readers)
		c.note(role.State, role.Needs, role.Evidence.Message)
		var lists sync.WaitGroup
		lists.Go(func() { c.inline(ctx) })
		lists.Go(func() { c.attached(ctx) })
		if role.Value.BoundaryARN != "" {
			lists.Go(func() {
				if d, ok := c.managed(ctx, role.Value.BoundaryARN); ok {
					c.found.Boundary = &d
				}
			})
		}
		lists.Wait()
		_ = c.group.Wait() // what could not be read is noted
		return Of(c.found)
	})
}

// collector gathers documents that are read at the same time.
type collector struct {
	side  *Side
	name  *string
	group errgroup.Group
	mu    sync.Mutex
	found Permissions
}

// note keeps what would have been needed, or what was answered in place of
// what was asked for.
func (c *collector) note(state State, needs, message string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case state == Denied && !slices.Contains(c.found.Missing, needs):
		c.found.Missing = append(c.found.Missing, needs)
		slices.Sort(c.found.Missing)
	case state == Failed && c.found.Unread == "":
		c.found.Unread = message
	}
}

func (c *collector) keep(in map[string]policy.Document, name string, d policy.Document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	in[name] = d
}

func (c *collector) inline(ctx context.Context) {
	pages := iam.NewListRolePoliciesPaginator(c.side.clients.IAM, &iam.ListRolePoliciesInput{RoleName: c.name})
	for pages.HasMorePages() {
		p := read(ctx, "iam:ListRolePolicies", "iam:ListRolePolicies", []string{"NoSuchEntity"}, func(ctx context.Context) (*iam.ListRolePoliciesOutput, error) {
			return pages.NextPage(ctx)
		})
		if c.missed(p.State, p.Needs, said(p.Evidence), "iam:GetRolePolicy") {
			return
		}
		for _, name := range p.Value.PolicyNames {
			c.group.Go(func() error {
				c.inlinePolicy(ctx, name)
				return nil
			})
		}
	}
}

// missed tells that a list could not be read, and notes it with what its
// entries would have needed as well: better asked for once than one by one.
func (c *collector) missed(state State, needs, message string, more ...string) bool {
	if state == Known {
		return false
	}
	c.note(state, needs, message)
	if state == Denied {
		for _, action := range more {
			c.note(Denied, action, "")
		}
	}
	return true
}

func (c *collector) inlinePolicy(ctx context.Context, name string) {
	p := read(ctx, "iam:GetRolePolicy", "iam:GetRolePolicy", []string{"NoSuchEntity"}, func(ctx context.Context) (policy.Document, error) {
		out, err := c.side.clients.IAM.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: c.name, PolicyName: aws.String(name)})
		if err != nil {
			return policy.Document{}, err
		}
		return decode(out.PolicyDocument)
	})
	if !c.missed(p.State, p.Needs, said(p.Evidence)) {
		c.keep(c.found.Inline, name, p.Value)
	}
}

func (c *collector) attached(ctx context.Context) {
	pages := iam.NewListAttachedRolePoliciesPaginator(c.side.clients.IAM, &iam.ListAttachedRolePoliciesInput{RoleName: c.name})
	for pages.HasMorePages() {
		p := read(ctx, "iam:ListAttachedRolePolicies", "iam:ListAttachedRolePolicies", []string{"NoSuchEntity"}, func(ctx context.Context) (*iam.ListAttachedRolePoliciesOutput, error) {
			return pages.NextPage(ctx)
		})
		if c.missed(p.State, p.Needs, said(p.Evidence), "iam:GetPolicy", "iam:GetPolicyVersion") {
			return
		}
		for _, attached := range p.Value.AttachedPolicies {
			c.group.Go(func() error {
				arn := aws.ToString(attached.PolicyArn)
				if d, ok := c.managed(ctx, arn); ok {
					c.keep(c.found.Attached, arn, d)
				}
				return nil
			})
		}
	}
}

// managed is the default version of a managed policy.
func (c *collector) managed(ctx context.Context, arn string) (policy.Document, bool) {
	version := read(ctx, "iam:GetPolicy", "iam:GetPolicy", nil, func(ctx context.Context) (*string, error) {
		out, err := c.side.clients.IAM.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: aws.String(arn)})
		if err != nil {
			return nil, err
		}
		return out.Policy.DefaultVersionId, nil
	})
	if c.missed(version.State, version.Needs, said(version.Evidence), "iam:GetPolicyVersion") {
		return policy.Document{}, false
	}
	p := read(ctx, "iam:GetPolicyVersion", "iam:GetPolicyVersion", nil, func(ctx context.Context) (policy.Document, error) {
		out, err := c.side.clients.IAM.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: aws.String(arn), VersionId: version.Value})
		if err != nil {
			return policy.Document{}, err
		}
		return decode(out.PolicyVersion.Document)
	})
	return p.Value, !c.missed(p.State, p.Needs, said(p.Evidence))
}
