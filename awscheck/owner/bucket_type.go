package owner

import "context"

// BucketType tells whether the bucket is a general purpose bucket, where and whose the settings say.
func (s *Side) BucketType(ctx context.Context) Finding {
	return unknown("s3:ListBucket")
}
