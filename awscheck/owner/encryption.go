package owner

import "context"

// Encryption tells whether the role, and CloudFront, may use the key that encrypts the bucket.
func (s *Side) Encryption(ctx context.Context) Finding {
	return unknown("s3:GetEncryptionConfiguration")
}
