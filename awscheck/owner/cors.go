package owner

import "context"

// CORS tells whether browsers of other sites may read where they need to.
func (s *Side) CORS(ctx context.Context) Finding {
	return unknown("s3:GetBucketCORS")
}
