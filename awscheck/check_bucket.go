package awscheck

import (
	"cmp"
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

// sighting is what the bucket answers to those who ask where it is.
type sighting struct {
	headRegion, located           string
	headErr, locationErr, listErr error
	ownerChecked                  bool // the endpoint looks at the expected owner
}

func (x *test) sight(ctx context.Context) (s sighting) {
	asks := []func(){
		func() { s.headRegion, s.headErr = x.headBucket(ctx) },
		func() { s.located, s.locationErr = x.location(ctx) },
		func() { _, s.listErr = x.list(ctx, x.space.Dir()) },
	}
	if x.facts.ExpectedOwner != "" && x.source.CustomEndpoint() {
		asks = append(asks, func() { s.ownerChecked = x.ownerIsChecked(ctx) })
	}
	together(asks...)
	return s
}

// bucketRegion asks three times where and whose the bucket is. A HEAD needs
// the right to list everything, which a narrow policy does not give; so its
// 403 decides nothing while the other two answer.
func bucketRegion(ctx context.Context, x *test) outcome {
	s := x.sight(ctx)
	head := connect.EvidenceOf(s.headErr, "s3:HeadBucket")
	location := connect.EvidenceOf(s.locationErr, "s3:GetBucketLocation")
	switch {
	case s.headErr != nil && head.HTTPStatus != 403:
		return x.noBucket(ctx, s, s.spoken(head))
	case s.locationErr != nil && location.HTTPStatus != 403 && !cannotAnswer(location):
		return x.noBucket(ctx, s, s.locationErr)
	case s.headErr != nil && x.foreign(ctx, s):
		x.learn(func(f *diagnose.Facts) { f.WithoutOwnerOK = true })
		return x.noBucket(ctx, s, s.headErr)
	}

	region := first(s.located, s.headRegion, head.BucketRegion)
	args := diagnose.Args{"region": x.target.Region, "owner": x.facts.ExpectedOwner}
	if region != "" && region != x.target.Region {
		x.markUnusable()
		return failed("elsewhere", args, []diagnose.Cause{
			diagnose.Because("wrong-region", diagnose.Certain, x.known(), diagnose.Args{"actual": region}),
		})
	}
	if s.locationErr != nil && !cannotAnswer(location) {
		o := refusal("location-denied", args, s.locationErr, "s3:GetBucketLocation")
		if o.status, o.weigh = Warn, false; s.listErr != nil || x.target.Integration == "imgix" {
			o.status = Fail // imgix wants to know where the bucket is (I19)
		}
		o.open = true
		return o
	}
	var notes []diagnose.Note
	if s.headErr != nil {
		notes = append(notes, note("head-bucket-denied", nil))
	}
	if args["owner"] == "" || x.source.CustomEndpoint() && !s.ownerChecked {
		return pass("pass-region", args, notes...)
	}
	return pass("pass", args, notes...)
}

// spoken is the error that says most: that of a HEAD has no body. A bucket
// that is missing needs no words.
func (s sighting) spoken(head diagnose.Evidence) error {
	if head.HTTPStatus == 404 || head.Network != "" || s.listErr == nil {
		return s.headErr
	}
	return s.listErr
}

// noBucket fails the row, and stops those that would fail for the same
// reason: a request that broke while the bucket answered others is none, nor is
// one that was cancelled.
func (x *test) noBucket(ctx context.Context, s sighting, err error) outcome {
	ev := connect.EvidenceOf(err, "s3:HeadBucket")
	if passing := ev.Network != "" || ev.HTTPStatus >= 500; ctx.Err() == nil && (!passing || s.listErr != nil) {
		x.markUnusable()
	}
	return refusal("fail", nil, err, "s3:HeadBucket")
}

func first(values ...string) string { return cmp.Or(values...) }

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
func (x *test) foreign(ctx context.Context, s sighting) bool {
	if x.facts.ExpectedOwner == "" || s.locationErr == nil || s.listErr == nil {
		return false
	}
	ctx = connect.WithoutOwner(ctx)
	var head, location, list error
	together(
		func() { _, head = x.headBucket(ctx) },
		func() { _, location = x.location(ctx) },
		func() { _, list = x.list(ctx, x.space.Dir()) },
	)
	return head == nil || location == nil || list == nil
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
	if connect.EvidenceOf(err, "s3:ListObjectsV2").HTTPStatus == 403 && dir != "" {
		x.listOtherwise(ctx, dir)
	}
	return refusal("fail", args, err, "s3:ListObjectsV2")
}

// listOtherwise lists the forms of dir that a condition on s3:prefix may have
// been written for in its place.
func (x *test) listOtherwise(ctx context.Context, dir string) {
	forms := []string{strings.TrimSuffix(dir, "/"), ""}
	failures := make([]error, len(forms))
	together(
		func() { _, failures[0] = x.list(ctx, forms[0]) },
		func() { _, failures[1] = x.list(ctx, forms[1]) },
	)
	for i, err := range failures {
		if err == nil {
			x.learn(func(f *diagnose.Facts) { f.Listed, f.ListedWith = true, forms[i] })
			return
		}
	}
}
