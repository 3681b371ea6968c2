package owner

import "context"

// Versioning tells whether what becomes of deleted media.
func (s *Side) Versioning(ctx context.Context) Finding {
	return unknown("s3:GetBucketVersioning")
}
