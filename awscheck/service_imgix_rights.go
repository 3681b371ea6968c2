package awscheck

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/media/address"
)

// keyRights are what the key may do beyond reading the bucket, as requests
// tell that change nothing whatever the answer.
type keyRights struct {
	put, remove reach
	// buckets: the names of all buckets are told; another is the first that
	// is not the connection's, readable whether its listing is.
	buckets, readable bool
	another           string
	config            bool // the bucket's configuration is readable
}

// imgixRights warns of every right that imgix does not need (I18, I19).
// Reading everything, as AWS's own read-only policy lets it, is what imgix
// recommends for ease: a note (I17).
func imgixRights(ctx context.Context, x *test) outcome {
	r := x.tryRights(ctx)
	var surplus []string
	for _, tried := range []struct {
		action string
		found  reach
	}{{"s3:PutObject", r.put}, {"s3:DeleteObject", r.remove}} {
		if tried.found == reachAllowed {
			surplus = append(surplus, tried.action)
		}
	}
	told := x.ownersView(ctx)
	writes := len(surplus) > 0 || len(told.Writes) > 0
	surplus = union(surplus, told.Writes)
	everything := r.buckets && r.config // as AmazonS3ReadOnlyAccess has it
	if told.Known {
		everything = told.Template
	}
	var others []string
	if r.readable && !everything {
		others = append(others, "s3:ListBucket "+r.another)
	} else if r.buckets && !everything {
		others = append(others, "s3:ListAllMyBuckets")
	}
	if !everything {
		others = union(others, told.Others)
	}
	args := diagnose.Args{"what": strings.Join(append(surplus, others...), ", "), "name": arnName(x.known().CallerARN)}
	var notes []diagnose.Note
	switch {
	case told.Template:
		notes = append(notes, note("imgix-template", nil))
	case everything:
		notes = append(notes, note("imgix-reads-everything", nil))
	}
	if told.Needs != "" {
		notes = append(notes, note("imgix-policies-unread", diagnose.Args{"needs": told.Needs}))
	}
	o := pass("pass", args, notes...)
	cause := func(id string) []diagnose.Cause {
		f := x.known()
		return []diagnose.Cause{diagnose.Because(id, diagnose.Certain, f, args)}
	}
	switch {
	case writes:
		o = failed("writes", args, cause("imgix-key-writes"))
	case len(others) > 0:
		o = failed("others", args, cause("imgix-key-other-buckets"))
	case !told.Known && (r.put == reachUnclear || r.put == reachUntried || r.remove == reachUnclear || r.remove == reachUntried):
		o = inconclusive("inconclusive", args)
	}
	o.notes = notes
	return o
}

// tryRights sends requests that need the rights and cannot succeed: a part of
// an upload that nobody began, the deletion of an object that is not there on
// condition that it is. Other buckets are only asked for one name.
func (x *test) tryRights(ctx context.Context) (r keyRights) {
	key := x.space.Key(address.ProbeDir + "/" + ulid.Make().String() + ".txt")
	together(
		func() { r.put = x.mayPut(ctx, key) },
		func() { r.remove = x.deleteOutside(ctx, []string{key})[0] },
		func() {
			_, err := x.s3.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: aws.String(x.target.Bucket)})
			r.config = err == nil || isCode(err, "NoSuchBucketPolicy")
		},
		func() {
			out, err := x.s3.ListBuckets(ctx, &s3.ListBucketsInput{MaxBuckets: aws.Int32(20)})
			if r.buckets = err == nil; err != nil {
				return
			}
			for _, b := range out.Buckets {
				if name := aws.ToString(b.Name); name != x.target.Bucket {
					r.another = name
					break
				}
			}
			if r.another == "" {
				return
			}
			_, err = x.s3.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(r.another), MaxKeys: aws.Int32(1)})
			r.readable = err == nil
		},
	)
	return r
}

// mayPut sends a part of an upload that nobody began: no server stores it.
func (x *test) mayPut(ctx context.Context, key string) reach {
	_, err := x.s3.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), UploadId: aws.String(noSuchUpload), PartNumber: aws.Int32(1),
		Body: strings.NewReader(smallBody), ContentLength: aws.Int64(int64(len(smallBody))),
	})
	if err == nil {
		return reachUnclear // nobody has begun it
	}
	return reachOf(connect.EvidenceOf(err, "s3:UploadPart"))
}

// ownersView is what the owner's side reads of the user's policies; nothing
// where it is not asked.
func (x *test) ownersView(ctx context.Context) owner.ReaderRights {
	arn := x.known().CallerARN
	if x.side == nil || !strings.Contains(arn, ":user/") {
		return owner.ReaderRights{}
	}
	return x.side.ReaderRights(ctx, arn)
}

// union is a and what of b is not in it.
func union(a, b []string) []string {
	have := map[string]bool{}
	var out []string
	for _, list := range [][]string{a, b} {
		for _, v := range list {
			if !have[v] {
				have[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}
