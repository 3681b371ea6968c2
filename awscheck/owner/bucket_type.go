package owner

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// place is where and what a bucket is, as far as two requests could tell.
type place struct {
	head, location Part[string] // the region
	directory      bool         // a directory bucket
	// foreign: what is refused with an expected owner is not without one, or
	// the bucket exists and is not among the account's own.
	foreign bool
}

// BucketType tells whether the bucket is a general purpose bucket, where and whose the settings say.
func (s *Side) BucketType(ctx context.Context) Finding {
	return judgeBucket(s.place(ctx), s.wants)
}

func (s *Side) place(ctx context.Context) place {
	var p place
	var asking sync.WaitGroup
	asking.Go(func() { p.head, p.directory = s.head(ctx) })
	asking.Go(func() { p.location = s.location(ctx) })
	asking.Wait()
	if p.head.State == Denied && p.location.State != Known {
		anybody := connect.WithoutOwner(ctx)
		if again, _ := s.head(anybody); again.State == Known {
			p.foreign = true
		} else if again := s.location(anybody); again.State == Known {
			p.foreign = true
		} else {
			p.foreign = s.lacks(ctx)
		}
	}
	return p
}

// lacks tells that the role's account has no bucket of the name; it is false
// where that may not be asked.
func (s *Side) lacks(ctx context.Context) bool {
	if who := s.identity(ctx); who.State != Known || who.Value.Account != accountOf(s.wants.RoleARN) {
		return false
	}
	pages := s3.NewListBucketsPaginator(s.clients.S3, &s3.ListBucketsInput{Prefix: aws.String(s.wants.Bucket), MaxBuckets: aws.Int32(1000)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil || slices.ContainsFunc(page.Buckets, func(b types.Bucket) bool { return aws.ToString(b.Name) == s.wants.Bucket }) {
			return false
		}
	}
	return true
}

func (s *Side) head(ctx context.Context) (p Part[string], directory bool) {
	p = read(ctx, "s3:HeadBucket", "s3:ListBucket", []string{"NotFound", "NoSuchBucket"}, func(ctx context.Context) (string, error) {
		out, err := s.clients.S3.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil {
			return "", err
		}
		directory = out.BucketLocationType == types.LocationTypeAvailabilityZone || out.BucketLocationType == types.LocationTypeLocalZone
		return aws.ToString(out.BucketRegion), nil
	})
	if p.Evidence.HTTPStatus == 404 { // a HEAD has no body that would say so
		p.State = Absent
	}
	return p, directory
}

// location is the bucket's region in today's words. Empty means us-east-1,
// but of a custom endpoint it means nothing.
func (s *Side) location(ctx context.Context) Part[string] {
	return read(ctx, "s3:GetBucketLocation", "s3:GetBucketLocation", []string{"NoSuchBucket"}, func(ctx context.Context) (string, error) {
		out, err := s.clients.S3.GetBucketLocation(ctx, &s3.GetBucketLocationInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil {
			return "", err
		}
		switch region := string(out.LocationConstraint); {
		case region == "EU":
			return "eu-west-1", nil
		case region == "US", region == "" && !s.clients.CustomEndpoint:
			return "us-east-1", nil
		default:
			return region, nil
		}
	})
}

func judgeBucket(p place, w Wants) Finding {
	region := cmp.Or(p.location.Value, p.head.Value, p.head.Evidence.BucketRegion, p.location.Evidence.BucketRegion)
	args := diagnose.Args{
		"bucket": w.Bucket, "region": w.Region, "actual": region, "account": accountOf(w.RoleARN),
	}
	fail := func(what, cause string) Finding {
		return Finding{Status: Fail, What: what, Args: args, Causes: []diagnose.Cause{
			diagnose.Because(cause, diagnose.Certain, w.Facts, diagnose.Args{"actual": region}),
		}}
	}
	switch {
	case p.directory, strings.HasSuffix(w.Bucket, "--x-s3"), strings.HasSuffix(w.Bucket, "--table-s3"):
		return fail("type", "bucket-type-unsupported")
	case p.head.State == Absent || p.location.State == Absent:
		return fail("missing", "bucket-not-found")
	case region != "" && region != w.Region:
		return fail("region", "wrong-region")
	case p.foreign:
		return fail("foreign", "bucket-foreign-owner")
	case p.head.State == Known || p.location.State == Known:
		if args["account"] == "" {
			return Finding{Status: Pass, What: "pass-region", Args: args}
		}
		return Finding{Status: Pass, What: "pass", Args: args}
	case p.head.State == Denied && p.location.State == Denied:
		return unknown("s3:ListBucket, s3:GetBucketLocation")
	}
	if f, ok := without(p.location); ok {
		return f
	}
	f, _ := without(p.head)
	return f
}
