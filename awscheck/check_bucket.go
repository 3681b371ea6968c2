package awscheck

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// list lists one key under prefix.
func (x *test) list(ctx context.Context, prefix string) (*s3.ListObjectsV2Output, error) {
	in := &s3.ListObjectsV2Input{Bucket: aws.String(x.target.Bucket), MaxKeys: aws.Int32(1)}
	if prefix != "" {
		in.Prefix = aws.String(prefix)
	}
	return x.s3.ListObjectsV2(ctx, in)
}

func bucketList(ctx context.Context, x *test) outcome {
	if _, err := x.list(ctx, x.space.Dir()); err != nil {
		return failed("fail", diagnose.Args{"dir": x.space.Dir()}, x.why(err, "s3:ListObjectsV2"))
	}
	return pass("pass", diagnose.Args{"dir": x.space.Dir()})
}
