package owner

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/policy"
)

func (s *Side) bucketPolicy(ctx context.Context) Part[BucketPolicy] {
	return s.reads.bucketPolicy.get(ctx, func(ctx context.Context) Part[BucketPolicy] {
		return read(ctx, "s3:GetBucketPolicy", "s3:GetBucketPolicy", []string{"NoSuchBucketPolicy"}, func(ctx context.Context) (BucketPolicy, error) {
			out, err := s.clients.S3.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: aws.String(s.wants.Bucket)})
			if err != nil {
				return BucketPolicy{}, err
			}
			text := aws.ToString(out.Policy)
			d, err := policy.Parse([]byte(text))
			return BucketPolicy{Document: d, Text: text}, err
		})
	})
}
