package owner

import "context"

// Trust tells whether the trust policy lets the CMS in with the external ID, and nobody without it.
func (s *Side) Trust(ctx context.Context) Finding {
	return unknown("iam:GetRole")
}
