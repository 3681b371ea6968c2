package awscheck

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func objectPut(ctx context.Context, x *test) outcome {
	p := x.newProbe()
	if err := x.put(ctx, p); err != nil {
		x.learn(func(f *diagnose.Facts) { f.Key = p.key })
		return failed("fail", diagnose.Args{"key": p.key}, x.why(err, "s3:PutObject"))
	}
	x.mu.Lock()
	x.probe, x.facts.Key = p, p.key
	x.mu.Unlock()
	return pass("pass", diagnose.Args{"key": p.key})
}

func objectDelete(ctx context.Context, x *test) outcome {
	p := x.probe
	_, err := x.s3.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(p.key)})
	if err != nil {
		return failed("fail", diagnose.Args{"key": p.key}, x.why(err, "s3:DeleteObject"))
	}
	_ = x.ledger.gone(x.mark(p.key))
	return pass("pass", diagnose.Args{"key": p.key})
}
