package owner

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// The settings of Object Ownership. A bucket that never had one has
// ObjectWriter: access control lists are in force.
const (
	ownerEnforced = "BucketOwnerEnforced"
	objectWriter  = "ObjectWriter"
)

// ObjectOwnership tells whether access control lists are off.
func (s *Side) ObjectOwnership(ctx context.Context) Finding {
	p := read(ctx, "s3:GetBucketOwnershipControls", "s3:GetBucketOwnershipControls", []string{"OwnershipControlsNotFoundError"}, func(ctx context.Context) (string, error) {
		out, err := s.clients.S3.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil || out.OwnershipControls == nil || len(out.OwnershipControls.Rules) == 0 {
			return objectWriter, err
		}
		return string(out.OwnershipControls.Rules[0].ObjectOwnership), nil
	})
	if f, ok := without(p); ok {
		return f
	}
	return judgeOwnership(p, s.wants)
}

func judgeOwnership(p Part[string], w Wants) Finding {
	args := diagnose.Args{"bucket": w.Bucket, "ownership": p.Value}
	if p.State == Known && p.Value == ownerEnforced {
		return Finding{Status: Pass, What: "pass", Args: args}
	}
	f := Finding{Status: Fail, What: "acls", Args: args, Causes: []diagnose.Cause{
		diagnose.Because("acls-enabled", diagnose.Certain, w.Facts),
	}}
	if p.State == Absent {
		f.What, args["ownership"] = "never-set", objectWriter
	}
	return f
}
