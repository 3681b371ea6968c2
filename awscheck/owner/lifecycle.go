package owner

import "context"

// Lifecycle tells whether no rule expires or archives media, and one ends abandoned uploads.
func (s *Side) Lifecycle(ctx context.Context) Finding {
	return unknown("s3:GetLifecycleConfiguration")
}
