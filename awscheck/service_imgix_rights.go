package awscheck

import (
	"context"
	"slices"
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
	// another is the first bucket that is not the connection's among those
	// whose names the key is told; empty where it is told none.
	buckets  bool // the names are told
	another  string
	readable bool  // another's listing
	putThere reach // uploads to another
	config   bool  // the bucket's configuration is readable
}

// surplus are the actions that are let through and imgix does without: those
// that write, and those that reach other buckets. reads is true where the latter
// are what AWS's own read-only policy lets one do.
func (r keyRights) surplus() (writes, others []string, reads bool) {
	for _, tried := range []struct {
		action string
		found  reach
	}{{"s3:PutObject", r.put}, {"s3:DeleteObject", r.remove}, {"s3:PutObject " + r.another, r.putThere}} {
		if tried.found == reachAllowed {
			writes = append(writes, tried.action)
		}
	}
	switch {
	case r.readable:
		others = []string{"s3:ListBucket " + r.another}
	case r.buckets:
		others = []string{"s3:ListAllMyBuckets"}
	}
	return writes, others, r.buckets && r.config && (r.readable || r.another == "")
}

// told tells whether the probes say enough without the owner's side.
func (r keyRights) told() bool {
	return r.put != reachUnclear && r.put != reachUntried && r.remove != reachUnclear && r.remove != reachUntried
}

// imgixRights warns of every right that imgix does not need (I18, I19).
// Reading everything, as AWS's own read-only policy lets it, is what imgix
// recommends for ease: a note (I17).
func imgixRights(ctx context.Context, x *test) outcome {
	if x.keyIsAnothers(ctx) {
		return moot("not-its-own", nil)
	}
	r := x.tryRights(ctx)
	told := x.ownersView(ctx)
	writes, others, everything := r.surplus()
	if told.Known {
		everything = told.Template
	}
	if everything {
		others = nil
	}
	tried := append(slices.Clone(writes), others...)
	if !everything {
		others = union(others, told.Others)
	}
	writes = union(writes, told.Writes)
	args := diagnose.Args{"what": strings.Join(append(slices.Clone(writes), others...), ", "), "name": arnName(x.known().CallerARN), "bucket": x.target.Bucket}
	o := pass("pass", args)
	switch {
	case len(writes) > 0:
		o = failed("writes", args, x.surplusCauses("imgix-key-writes", tried, told, args))
	case len(others) > 0:
		o = failed("others", args, x.surplusCauses("imgix-key-other-buckets", tried, told, args))
	case !told.Known && !r.told():
		o = inconclusive("inconclusive", args)
	}
	o.notes = rightsNotes(told, everything)
	return o
}

func rightsNotes(told owner.ReaderRights, everything bool) (notes []diagnose.Note) {
	switch {
	case told.Template:
		notes = append(notes, note("imgix-template", nil))
	case everything:
		notes = append(notes, note("imgix-reads-everything", nil))
	}
	if told.Needs != "" {
		notes = append(notes, note("imgix-policies-unread", diagnose.Args{"needs": told.Needs}))
	}
	if len(told.Unsure) > 0 {
		notes = append(notes, note("imgix-rights-unsure", diagnose.Args{"what": strings.Join(told.Unsure, ", ")}))
	}
	return notes
}

// surplusCauses say what grants rights that imgix does without: the user's
// policies, whose cause is id, or what is set at a bucket. Who has read the
// policies knows; a request that was let through tells that somebody grants it.
func (x *test) surplusCauses(id string, tried []string, told owner.ReaderRights, args diagnose.Args) []diagnose.Cause {
	f := x.known()
	bucket := func(l diagnose.Likelihood) diagnose.Cause {
		return diagnose.Because("imgix-bucket-lets-more", l, f, args)
	}
	user := func(l diagnose.Likelihood) diagnose.Cause { return diagnose.Because(id, l, f, args) }
	granted := told.Others
	if id == "imgix-key-writes" {
		granted = told.Writes
	}
	switch {
	case !told.Known:
		return []diagnose.Cause{user(diagnose.Likely), bucket(diagnose.Possible)}
	case len(granted) > 0:
		return []diagnose.Cause{user(diagnose.Certain)}
	case len(told.Unsure) > 0:
		return []diagnose.Cause{user(diagnose.Likely), bucket(diagnose.Possible)}
	case len(tried) > 0 && !slices.Contains(tried, "s3:ListAllMyBuckets"):
		return []diagnose.Cause{bucket(diagnose.Certain)} // no policy of the user's does
	}
	return []diagnose.Cause{user(diagnose.Possible), bucket(diagnose.Possible)}
}

// keyIsAnothers tells that the key is nobody's that imgix could be given: the
// root user's, a session's, or the one that administers the account. What that
// may do is none of imgix's business, and nobody is to take it away: imgix.key
// says so.
func (x *test) keyIsAnothers(ctx context.Context) bool {
	arn := x.known().CallerARN
	return arn != "" && !strings.Contains(arn, ":user/") || x.keyIsOwners(ctx)
}

// tryRights sends requests that need the rights and cannot succeed: a part of
// an upload that nobody began, the deletion of an object that is not there on
// condition that it is. Other buckets are only asked for one name.
func (x *test) tryRights(ctx context.Context) (r keyRights) {
	key := x.space.Key(address.ProbeDir + "/" + ulid.Make().String() + ".txt")
	together(
		func() { r.put = x.mayPut(ctx, x.target.Bucket, key) },
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
			r.putThere = x.mayPut(ctx, r.another, key)
		},
	)
	return r
}

// mayPut sends a part of an upload that nobody began: no server stores it.
func (x *test) mayPut(ctx context.Context, bucket, key string) reach {
	_, err := x.s3.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: aws.String(bucket), Key: aws.String(key), UploadId: aws.String(noSuchUpload), PartNumber: aws.Int32(1),
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
