package owner

import "context"

// PublicAccess tells whether Block Public Access fits the way in which media are delivered.
func (s *Side) PublicAccess(ctx context.Context) Finding {
	return unknown("s3:GetBucketPublicAccessBlock")
}
