package connect

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/middleware"

	"github.com/mediadock/mediadock/media/address"
)

// Place is one bucket and the way to it.
type Place struct {
	Access     string // "role" or "caller"
	Region     string
	RoleARN    string
	ExternalID string
	Bucket     string
}

// ErrPlace is returned for a Place that would send requests to another
// bucket than the one meant: without a bucket the SDK takes the first
// segment of a key for one.
var ErrPlace = errors.New("the connection names no bucket or no region")

// Owner is the account that must own the place's bucket: the role's. It is
// empty where none is known, and for a caller's own rights at a custom
// endpoint, whose accounts are not AWS's.
func (s *Source) Owner(p Place) string {
	if s.custom && p.Access == "caller" {
		return ""
	}
	return p.roleAccount()
}

func (p Place) roleAccount() string {
	parts := strings.SplitN(p.RoleARN, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || len(parts[4]) != 12 {
		return ""
	}
	return parts[4]
}

// STS is the token service of a region; empty means the caller's region, or
// us-east-1. Sessions of a regional endpoint are valid in every region,
// those of the global one are not.
//
// There is one client a region: a client learns how wrong this computer's
// clock is, and should not have to learn it twice.
func (s *Source) STS(region string) *sts.Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stsLocked(first(region, s.cfg.Region, "us-east-1"))
}

// homeRegions are enabled in every account of their partition.
var homeRegions = map[string]string{
	"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1", "aws-eusc": "eusc-de-east-1",
}

// anotherRegion is where to ask STS after err, an answer of region's STS that
// may be about the region alone: it is switched off for the role's account
// (RegionDisabledException), or the caller's account has not opted in to it,
// and then knows the caller's key no more than a deleted one. Sessions of a
// regional STS are valid in all regions.
func anotherRegion(err error, region string) (string, bool) {
	switch EvidenceOf(err, "").Code {
	case "RegionDisabledException", "InvalidClientTokenId", "UnrecognizedClientException":
	default:
		return "", false
	}
	p, ok := address.PartitionOf(region)
	home := homeRegions[p.ID]
	return home, ok && home != "" && home != region
}

// WhoAmI asks STS who the caller is: in region, and where that region knows
// nobody, in the partition's home region, which it then names.
func (s *Source) WhoAmI(ctx context.Context, region string) (who *sts.GetCallerIdentityOutput, elsewhere string, err error) {
	who, err = s.STS(region).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	home, ok := anotherRegion(err, region)
	if err == nil || !ok {
		return who, "", err
	}
	if other, failed := s.STS(home).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}); failed == nil {
		return other, home, nil
	}
	return nil, "", err
}

func (s *Source) stsLocked(region string) *sts.Client {
	c, ok := s.tokens[region]
	if !ok {
		c = sts.NewFromConfig(s.cfg, func(o *sts.Options) {
			o.Region = region
			o.APIOptions = append(o.APIOptions, s.observe())
		})
		s.tokens[region] = c
	}
	return c
}

// S3 is a client for the place's bucket. With access "role" the role is
// assumed when the first request needs it, and again before the session
// expires. Every request names the expected bucket owner (see WithoutOwner).
// It makes no request itself; the error is ErrPlace.
func (s *Source) S3(p Place) (*s3.Client, error) {
	return s.newS3(p, expectOwner(s.Owner(p)))
}

// Presign makes URLs that people open: they carry no expected owner, which a
// browser could not send.
func (s *Source) Presign(p Place) (*s3.PresignClient, error) {
	c, err := s.newS3(p)
	if err != nil {
		return nil, err
	}
	return s3.NewPresignClient(c), nil
}

func (s *Source) newS3(p Place, more ...func(*middleware.Stack) error) (*s3.Client, error) {
	if p.Bucket == "" || strings.ContainsRune(p.Bucket, '/') || p.Region == "" {
		return nil, ErrPlace
	}
	return s3.NewFromConfig(s.cfg, func(o *s3.Options) {
		o.Region = p.Region
		o.DisableLogOutputChecksumValidationSkipped = true
		if p.Access != "caller" {
			session := s.Session(p)
			o.Credentials = session
			o.APIOptions = append(o.APIOptions, session.renewing)
		}
		if s.custom {
			o.UsePathStyle = true
			o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
			o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		}
		o.APIOptions = append(o.APIOptions, s.observe())
		o.APIOptions = append(o.APIOptions, more...)
	}), nil
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
