package awscheck

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/mediadock/mediadock/awscheck/owner"
)

// ownerCheck is a row of the owner's side. Its needs are rows of that side
// alone: what the live test finds must not hide what the owner sees.
func ownerCheck(id string, look func(*owner.Side, context.Context) owner.Finding) Check {
	return Check{ID: id, Needs: []string{"settings.valid"}, owner: true, run: func(ctx context.Context, x *test) outcome {
		if x.side == nil {
			return skip("not-asked", nil)
		}
		return ownerOutcome(look(x.side, ctx))
	}}
}

func ownerOutcome(f owner.Finding) outcome {
	o := outcome{what: f.What, args: f.Args, notes: f.Notes, causes: f.Causes}
	switch f.Status {
	case owner.Pass:
		o.status = Pass
	case owner.Warn:
		o.status = Warn
	case owner.Fail:
		o.status = Fail
	case owner.Moot, owner.Unknown:
		o.status = Skip
	}
	return o
}

// newSide is the account as o's owner sees it; nil when nobody is asked.
func newSide(t Target, o Options, x *test) *owner.Side {
	if o.Owner == nil {
		return nil
	}
	bucket, err := o.Owner.OwnerS3(t.place())
	if err != nil {
		return nil
	}
	return owner.New(owner.Clients{
		STS: o.Owner.STS(t.Region), IAM: o.Owner.IAM(t.Region), S3: bucket,
		S3Control: o.Owner.S3Control(t.Region), CloudFront: o.Owner.CloudFront(t.Region),
		KMS:            func(region string) *kms.Client { return o.Owner.KMS(region) },
		CustomEndpoint: o.Owner.CustomEndpoint(),
	}, owner.Wants{
		Integration: t.Integration, Bucket: t.Bucket, Region: t.Region, Prefix: t.Prefix,
		RoleARN: t.RoleARN, ExternalID: t.ExternalID, TrustedPrincipal: t.TrustedPrincipal,
		CallerAccess: !t.roleAccess(), Domain: t.Domain, Distribution: t.Distribution, Facts: x.facts,
	})
}
