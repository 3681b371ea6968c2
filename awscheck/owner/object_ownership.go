package owner

import "context"

// ObjectOwnership tells whether access control lists are off.
func (s *Side) ObjectOwnership(ctx context.Context) Finding {
	return unknown("s3:GetBucketOwnershipControls")
}
