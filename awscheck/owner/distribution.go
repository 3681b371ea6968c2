package owner

import "context"

// Distribution tells whether the distribution serves the bucket under the custom domain.
func (s *Side) Distribution(ctx context.Context) Finding {
	return unknown("cloudfront:GetDistribution")
}
