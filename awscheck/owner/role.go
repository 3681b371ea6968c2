package owner

import "context"

// Role tells whether the role exists as the settings write it, and how long its sessions may be.
func (s *Side) Role(ctx context.Context) Finding {
	return unknown("iam:GetRole")
}
