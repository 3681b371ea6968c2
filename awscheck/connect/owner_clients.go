package connect

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	smithyendpoints "github.com/aws/smithy-go/endpoints"

	"github.com/mediadock/mediadock/media/address"
)

// The clients below act with the source's own credentials, except where they
// say otherwise: they are for who administers the bucket and the role. Like all
// others they record what they ask (Observe).

// IAM is the identity service of the partition that region is in; empty means
// the caller's region.
func (s *Source) IAM(region string) *iam.Client {
	return iam.NewFromConfig(s.cfg, func(o *iam.Options) {
		o.Region = s.global(region)
		o.APIOptions = append(o.APIOptions, s.observe())
	})
}

// CloudFront is the CDN's control plane of the partition that region is in.
func (s *Source) CloudFront(region string) *cloudfront.Client {
	return cloudfront.NewFromConfig(s.cfg, func(o *cloudfront.Options) {
		o.Region = s.global(region)
		if o.Region == "cn-north-1" {
			o.Region = "cn-northwest-1" // where China's CloudFront is administered
		}
		o.APIOptions = append(o.APIOptions, s.observe())
	})
}

// RoleCloudFront is CloudFront for the session of the place's role. The
// documented role may do nothing there, but one that was given more may.
func (s *Source) RoleCloudFront(p Place) *cloudfront.Client {
	return cloudfront.New(s.CloudFront(p.Region).Options(), func(o *cloudfront.Options) {
		o.Credentials = s.Session(p)
	})
}

// KMS is the key service of a region.
func (s *Source) KMS(region string) *kms.Client {
	return kms.NewFromConfig(s.cfg, func(o *kms.Options) {
		o.Region = first(region, s.cfg.Region, "us-east-1")
		o.APIOptions = append(o.APIOptions, s.observe())
	})
}

// S3Control answers for the settings of a whole account.
func (s *Source) S3Control(region string) *s3control.Client {
	return s3control.NewFromConfig(s.cfg, func(o *s3control.Options) {
		o.Region = first(region, s.cfg.Region, "us-east-1")
		if o.BaseEndpoint != nil {
			// AWS's rules put the account before the host, which an address
			// in numbers cannot bear.
			o.EndpointResolverV2 = plainEndpoint(*o.BaseEndpoint)
		}
		o.APIOptions = append(o.APIOptions, s.observe())
	})
}

// OwnerS3 reaches the place's bucket with the source's own credentials,
// whatever the place's access is, and expects the role's account to own it.
func (s *Source) OwnerS3(p Place) (*s3.Client, error) {
	owner := p.roleAccount()
	p.Access = "caller"
	return s.newS3(p, expectOwner(owner))
}

// global is the region in which a service without regions is asked.
func (s *Source) global(region string) string {
	region = first(region, s.cfg.Region, "us-east-1")
	if p, ok := address.PartitionOf(region); ok && homeRegions[p.ID] != "" {
		return homeRegions[p.ID]
	}
	return region
}

type plainEndpoint string

func (e plainEndpoint) ResolveEndpoint(_ context.Context, p s3control.EndpointParameters) (smithyendpoints.Endpoint, error) {
	u, err := url.Parse(string(e))
	if err != nil {
		return smithyendpoints.Endpoint{}, err
	}
	if aws.ToString(p.AccountId) == "" {
		return smithyendpoints.Endpoint{}, errors.New("no account is named")
	}
	return smithyendpoints.Endpoint{URI: *u, Headers: http.Header{}}, nil
}
