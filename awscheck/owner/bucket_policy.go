package owner

import "context"

// BucketPolicy tells whether the bucket's policy refuses the role nothing, and lets people read.
func (s *Side) BucketPolicy(ctx context.Context) Finding {
	return unknown("s3:GetBucketPolicy")
}
