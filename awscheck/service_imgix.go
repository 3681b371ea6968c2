package awscheck

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/imgix"
)

// ofImgix is who imgix's rows are of.
var ofImgix = []string{"imgix"}

// imgixChecks are the rows that imgix's connections have beside the common
// ones. The test runs with the key that imgix holds: that the bucket can be
// located and listed (I19) is told by the common rows, and who the key is by
// the first of these.
func imgixChecks() []Check {
	return []Check{
		{ID: "imgix.key", Needs: []string{"caller.identity"}, of: ofImgix, run: imgixKey},
		{ID: "imgix.read", Needs: []string{"bucket.list"}, of: ofImgix, usesBucket: true, run: imgixRead},
		{ID: "imgix.rights", Needs: []string{"caller.identity"}, of: ofImgix, usesBucket: true, run: imgixRights},
		{ID: "imgix.rules", Needs: []string{"bucket.list"}, of: ofImgix, usesBucket: true, run: imgixRules},
		{ID: "imgix.delivery", Needs: []string{"imgix.read"}, of: ofImgix, waits: true, limit: deliveryLimit, run: imgixDelivery},
	}
}

// imgixKey tells what kind of identity the key is: imgix keeps it for years,
// and it should be nobody's but imgix's (I15).
func imgixKey(ctx context.Context, x *test) outcome {
	f := x.known()
	args := diagnose.Args{"name": arnName(f.CallerARN), "account": f.CallerAccount}
	bad := func(what, cause string) outcome {
		return failed(what, args, []diagnose.Cause{diagnose.Because(cause, diagnose.Certain, f, args)})
	}
	switch {
	case f.CallerARN == "":
		return inconclusive("unknown", args)
	case strings.HasSuffix(f.CallerARN, ":root"):
		return bad("root", "imgix-key-root")
	case !strings.Contains(f.CallerARN, ":user/"):
		return bad("temporary", "imgix-key-temporary")
	case x.keyIsOwners(ctx):
		// Or --owner was asked for without the administrator's own credentials.
		return failed("shared", args, []diagnose.Cause{diagnose.Because("imgix-key-shared", diagnose.Likely, f, args)})
	}
	return pass("pass", args)
}

// keyIsOwners tells that the owner's side was asked with the very same key.
func (x *test) keyIsOwners(ctx context.Context) bool {
	if x.options.Owner == nil {
		return false
	}
	mine, err := x.source.Identity(ctx)
	if err != nil || mine == "" {
		return false
	}
	theirs, err := x.options.Owner.Identity(ctx)
	return err == nil && mine == theirs
}

// mostAssets is how many objects of a listing are looked at.
const mostAssets = 10_000

// assets is what a listing under the prefix shows; it is made once.
type assets struct {
	once sync.Once
	keys []string
	more bool // there are more than were looked at
	err  error
}

// listAssets lists the media under the prefix, up to mostAssets.
func (x *test) listAssets(ctx context.Context) *assets {
	a := &x.assets
	a.once.Do(func() {
		in := x.listing(x.space.Dir())
		in.MaxKeys = nil
		pages := s3.NewListObjectsV2Paginator(x.s3, in)
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				a.err = err
				return
			}
			for _, o := range page.Contents {
				key, err := url.QueryUnescape(aws.ToString(o.Key))
				if err == nil && !x.space.Hidden(key, aws.ToInt64(o.Size)) {
					a.keys = append(a.keys, key)
				}
			}
			if len(a.keys) >= mostAssets {
				a.keys, a.more = a.keys[:mostAssets], pages.HasMorePages() || len(a.keys) > mostAssets
				return
			}
		}
	})
	return a
}

// imgixRead reads the first byte of an object that is there: the key may write
// none.
func imgixRead(ctx context.Context, x *test) outcome {
	a := x.listAssets(ctx)
	args := diagnose.Args{"dir": x.where(), "bucket": x.target.Bucket}
	switch {
	case a.err != nil:
		return refusal("unlisted", args, a.err, "s3:ListObjectsV2")
	case len(a.keys) == 0:
		return x.imgixReadNothing(ctx, args)
	}
	key := a.keys[0]
	args["key"] = key
	out, err := x.s3.GetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), Range: aws.String("bytes=0-0"),
	})
	if err == nil {
		_ = out.Body.Close()
		return pass("pass", args)
	}
	if isCode(err, "InvalidRange") { // an empty object, which was let through to
		return pass("pass", args)
	}
	x.learn(func(f *diagnose.Facts) { f.Key = key })
	o := refusal("fail", args, err, "s3:GetObject")
	if x.target.Region == "us-east-1" { // whose endpoint is another than elsewhere (I3)
		o.notes = append(o.notes, note("imgix-us-east-1", nil))
	}
	return o
}

// imgixReadNothing asks for an object that is not there: who may list and read
// is told just that, and who may not read is refused.
func (x *test) imgixReadNothing(ctx context.Context, args diagnose.Args) outcome {
	key := x.space.Key(address.ProbeDir + "/" + ulid.Make().String() + ".txt")
	out, err := x.s3.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	if err == nil {
		_ = out.Body.Close()
		return inconclusive("empty", args) // nobody has put it there
	}
	switch reachOf(connect.EvidenceOf(err, "s3:GetObject")) {
	case reachAllowed:
		return pass("pass-empty", args)
	case reachRefused:
		x.learn(func(f *diagnose.Facts) { f.Key = key })
		args["key"] = x.space.Dir()
		return refusal("fail", args, err, "s3:GetObject")
	}
	o := inconclusive("empty", args)
	o.shut = true
	return o
}

// imgixRules counts what the Asset Manager will show (I12).
func imgixRules(ctx context.Context, x *test) outcome {
	a := x.listAssets(ctx)
	if a.err != nil {
		return refusal("unlisted", nil, a.err, "s3:ListObjectsV2")
	}
	rules := x.target.AssetRules
	var paths []string
	for _, key := range a.keys {
		if path, ok := imgix.AssetPath(x.target.Prefix, key); ok {
			paths = append(paths, path)
		}
	}
	shown := rules.Count(paths)
	args := diagnose.Args{"shown": thousands(shown), "total": thousands(len(paths)), "mode": rules.Mode}
	var notes []diagnose.Note
	if missed := rules.Unmatched(paths); len(missed) > 0 && !a.more {
		notes = append(notes, note("imgix-rules-unmatched", diagnose.Args{"paths": strings.Join(missed, ", ")}))
	}
	if shown == 0 && len(paths) > 0 && rules.Mode != imgix.ExcludeAll {
		notes = append(notes, note("imgix-rules-show-nothing", nil))
	}
	switch {
	case len(paths) == 0:
		return pass("empty", args, notes...)
	case a.more:
		return pass("pass-some", args, notes...)
	}
	return pass("pass", args, notes...)
}

// thousands is a number as people read it: 5,000.
func thousands(n int) string {
	s := itoa(n)
	var parts []string
	for len(s) > 3 {
		parts = append(parts, s[len(s)-3:])
		s = s[:len(s)-3]
	}
	parts = append(parts, s)
	slices.Reverse(parts)
	return strings.Join(parts, ",")
}
