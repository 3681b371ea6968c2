package awscheck

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// nobody is an account number that owns nothing.
const nobody = "000000000000"

// bucketRegion asks three times where and whose the bucket is. A HEAD needs
// the right to list everything, which a narrow policy does not give; so its
// 403 decides nothing while the other two answer.
func bucketRegion(ctx context.Context, x *test) outcome {
	headRegion, headErr := x.headBucket(ctx)
	head := connect.EvidenceOf(headErr, "s3:HeadBucket")
	if headErr != nil && head.HTTPStatus != 403 {
		return x.noBucket(x.spoken(ctx, headErr))
	}
	located, locationErr := x.location(ctx)
	location := connect.EvidenceOf(locationErr, "s3:GetBucketLocation")
	if locationErr != nil && location.HTTPStatus != 403 && !cannotAnswer(location) {
		return x.noBucket(locationErr)
	}
	listErr := error(nil)
	if headErr != nil || locationErr != nil {
		_, listErr = x.list(ctx, x.space.Dir())
	}
	if headErr != nil && x.foreign(ctx, headErr, locationErr, listErr) {
		x.learn(func(f *diagnose.Facts) { f.WithoutOwnerOK = true })
		return x.noBucket(headErr)
	}

	region := located
	if region == "" {
		region = headRegion
	}
	if region == "" {
		region = head.BucketRegion
	}
	args := diagnose.Args{"region": x.target.Region, "owner": x.facts.ExpectedOwner}
	if region != "" && region != x.target.Region {
		x.markUnusable()
		return failed("elsewhere", args, []diagnose.Cause{
			diagnose.Because("wrong-region", diagnose.Certain, x.known(), diagnose.Args{"actual": region}),
		})
	}
	if locationErr != nil && !cannotAnswer(location) {
		o := failed("location-denied", args, diagnose.Diagnose(location, x.known()))
		if o.status = Warn; listErr != nil {
			o.status = Fail
		}
		o.open = true
		return o
	}
	return x.bucketFound(ctx, args, headErr)
}

func (x *test) bucketFound(ctx context.Context, args diagnose.Args, headErr error) outcome {
	var notes []diagnose.Note
	if headErr != nil {
		notes = append(notes, note("head-bucket-denied", nil))
	}
	if args["owner"] == "" || x.source.CustomEndpoint() && !x.ownerIsChecked(ctx) {
		return pass("pass-region", args, notes...)
	}
	return pass("pass", args, notes...)
}

// spoken asks once more in a way that is answered with words: the error of
// a HEAD has no body. A bucket that is missing needs no words.
func (x *test) spoken(ctx context.Context, headErr error) error {
	ev := connect.EvidenceOf(headErr, "s3:HeadBucket")
	if ev.HTTPStatus == 404 || ev.Network != "" {
		return headErr
	}
	if _, err := x.list(ctx, x.space.Dir()); err != nil {
		return err
	}
	return headErr
}

// noBucket fails the row and stops those that would fail for the same
// reason.
func (x *test) noBucket(err error) outcome {
	x.markUnusable()
	return failed("fail", nil, x.why(err, "s3:HeadBucket"))
}

func (x *test) markUnusable() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.unusable = true
}

func (x *test) headBucket(ctx context.Context) (region string, err error) {
	out, err := x.s3.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: aws.String(x.target.Bucket)})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.BucketRegion), nil
}

// location is the bucket's region as GetBucketLocation tells it, in today's
// words. Empty means us-east-1, but of a custom endpoint it means nothing.
func (x *test) location(ctx context.Context) (string, error) {
	out, err := x.s3.GetBucketLocation(ctx, &s3.GetBucketLocationInput{Bucket: aws.String(x.target.Bucket)})
	if err != nil {
		return "", err
	}
	switch region := string(out.LocationConstraint); {
	case region == "EU":
		return "eu-west-1", nil
	case region == "US", region == "" && !x.source.CustomEndpoint():
		return "us-east-1", nil
	default:
		return region, nil
	}
}

// foreign tells that what was refused is allowed as soon as no owner is
// expected: the bucket is somebody else's.
func (x *test) foreign(ctx context.Context, headErr, locationErr, listErr error) bool {
	if x.facts.ExpectedOwner == "" || locationErr == nil || listErr == nil {
		return false
	}
	ctx = connect.WithoutOwner(ctx)
	if _, err := x.headBucket(ctx); err == nil {
		return true
	}
	if _, err := x.location(ctx); err == nil {
		return true
	}
	_, err := x.list(ctx, x.space.Dir())
	return err == nil
}

// ownerIsChecked tells whether the endpoint looks at the expected owner at
// all: only then has it confirmed one.
func (x *test) ownerIsChecked(ctx context.Context) bool {
	in := x.listing(x.space.Dir())
	in.ExpectedBucketOwner = aws.String(nobody)
	_, err := x.s3.ListObjectsV2(connect.WithoutOwner(ctx), in)
	return err != nil && connect.EvidenceOf(err, "").HTTPStatus == 403
}

// list lists one key under prefix.
func (x *test) list(ctx context.Context, prefix string) (*s3.ListObjectsV2Output, error) {
	return x.s3.ListObjectsV2(ctx, x.listing(prefix))
}

// listing asks for encoded names: a name with control characters, unencoded,
// makes an answer that no XML reader takes.
func (x *test) listing(prefix string) *s3.ListObjectsV2Input {
	in := &s3.ListObjectsV2Input{
		Bucket: aws.String(x.target.Bucket), MaxKeys: aws.Int32(1), EncodingType: types.EncodingTypeUrl,
	}
	if prefix != "" {
		in.Prefix = aws.String(prefix)
	}
	return in
}

func bucketList(ctx context.Context, x *test) outcome {
	dir := x.space.Dir()
	args := diagnose.Args{"dir": dir, "bucket": x.target.Bucket}
	_, err := x.list(ctx, dir)
	if err == nil {
		if dir == "" {
			return pass("pass-all", args)
		}
		return pass("pass", args)
	}
	ev := connect.EvidenceOf(err, "s3:ListObjectsV2")
	if ev.HTTPStatus == 403 && dir != "" {
		// A condition on s3:prefix may have been written otherwise.
		for _, form := range []string{strings.TrimSuffix(dir, "/"), ""} {
			if _, other := x.list(ctx, form); other == nil {
				x.learn(func(f *diagnose.Facts) { f.Listed, f.ListedWith = true, form })
				break
			}
		}
	}
	return failed("fail", args, diagnose.Diagnose(ev, x.known()))
}
