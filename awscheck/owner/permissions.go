package owner

import "context"

// Permissions tells whether the role's policies allow what the CMS will do, and no more than that.
func (s *Side) Permissions(ctx context.Context) Finding {
	return unknown("iam:GetRolePolicy")
}
