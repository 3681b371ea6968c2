package media

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// mostDeletes is how many keys S3 takes in one DeleteObjects.
const mostDeletes = 1000

// deletion removes keys: many in one request where the server can, and with
// match only those that still are what was seen, where the server can.
type deletion struct {
	l     *Library
	match bool
	// single is set once the server has shown that it has no DeleteObjects,
	// unmatched once it has shown that it knows no condition there.
	single, unmatched atomic.Bool
	// hidden counts the deletions that left the bytes in an older version.
	hidden atomic.Int64
}

// remove removes up to mostDeletes items and says of each how it went; nil
// means that it is gone. That it was gone before is no error, as for S3.
func (d *deletion) remove(ctx context.Context, items []Item) []*Error {
	results := make([]*Error, len(items))
	rest := make([]int, len(items))
	for i := range rest {
		rest[i] = i
	}
	for try := 0; len(rest) > 0; try++ {
		if len(rest) == 1 || d.single.Load() {
			d.oneByOne(ctx, items, rest, results)
			break
		}
		match := d.match && !d.unmatched.Load()
		out, err := d.request(ctx, items, rest, match)
		switch {
		case err == nil:
			rest = d.settle(items, rest, out, match, try+1 >= attempts, results)
		case unsupported(err) && match:
			d.unmatched.Store(true)
			continue
		case unsupported(err):
			d.single.Store(true)
			continue
		case isCut(connect.EvidenceOf(err, "")) && try+1 < attempts: // what is gone by now is no failure the next time
		default:
			fill(results, rest, items, err)
			return results
		}
		if len(rest) > 0 && !pause(ctx, try) {
			fill(results, rest, items, ctx.Err())
			return results
		}
	}
	return results
}

func fill(results []*Error, which []int, items []Item, err error) {
	for _, i := range which {
		results[i] = failure("s3:DeleteObjects", items[i].Path, err)
		results[i].Path = items[i].Path
	}
}

func (d *deletion) request(ctx context.Context, items []Item, which []int, match bool) (*s3.DeleteObjectsOutput, error) {
	ctx, cancel, err := outlive(ctx, 0)
	if err != nil {
		return nil, err
	}
	defer cancel()
	ids := make([]types.ObjectIdentifier, len(which))
	for n, i := range which {
		ids[n].Key = aws.String(items[i].Key)
		if match {
			ids[n].ETag = ifMatch(items[i].ETag)
		}
	}
	return d.l.api.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: aws.String(d.l.space.Bucket),
		Delete: &types.Delete{Objects: ids, Quiet: aws.Bool(false)},
	}, retries, slowDowns)
}

// settle reads the answer key by key and gives back those worth another try.
// A key that the answer does not name is not taken for removed: S3 is asked
// again, which does no harm, and at last it fails with "unconfirmed".
func (d *deletion) settle(items []Item, which []int, out *s3.DeleteObjectsOutput, match, last bool, results []*Error) (again []int) {
	failed := make(map[string]types.Error, len(out.Errors))
	for _, e := range out.Errors {
		failed[aws.ToString(e.Key)] = e
	}
	gone := make(map[string]bool, len(out.Deleted))
	for _, k := range out.Deleted {
		gone[aws.ToString(k.Key)] = true
		if aws.ToBool(k.DeleteMarker) {
			d.hidden.Add(1)
		}
	}
	for _, i := range which {
		e, bad := failed[items[i].Key]
		code := aws.ToString(e.Code)
		switch {
		case !bad && gone[items[i].Key], code == "NoSuchKey":
		case match && code == "NotImplemented":
			d.unmatched.Store(true)
			again = append(again, i)
		case !bad && !last, bad && !last && codesOfAWS[code] == CodeBusy:
			again = append(again, i)
		case !bad:
			results[i] = &Error{Code: CodeUnconfirmed, Path: items[i].Path, Evidence: diagnose.Evidence{Operation: "s3:DeleteObjects"}}
		default:
			results[i] = keyFailure(items[i], e)
		}
	}
	return again
}

// keyFailure is the error of one key in an answer that is otherwise good.
func keyFailure(item Item, e types.Error) *Error {
	ev := diagnose.Evidence{Operation: "s3:DeleteObject", Code: aws.ToString(e.Code), Message: aws.ToString(e.Message)}
	if ev.Code == "AccessDenied" {
		ev.HTTPStatus = 403
	}
	return &Error{Code: codeOf(ev), Path: item.Path, Evidence: ev, Args: map[string]string{"operation": ev.Operation, "reason": reasonOf(ev)}}
}

func (d *deletion) oneByOne(ctx context.Context, items []Item, which []int, results []*Error) {
	for _, i := range which {
		results[i] = d.one(ctx, items[i])
	}
}

func (d *deletion) one(ctx context.Context, item Item) *Error {
	match := d.match && !d.unmatched.Load()
	ctx, cancel, err := outlive(ctx, 0)
	if err != nil {
		return failure("s3:DeleteObject", item.Path, err)
	}
	defer cancel()
	in := &s3.DeleteObjectInput{Bucket: aws.String(d.l.space.Bucket), Key: aws.String(item.Key)}
	if match {
		in.IfMatch = ifMatch(item.ETag)
	}
	out, err := d.l.api.DeleteObject(ctx, in, retries)
	switch {
	case err == nil:
		if aws.ToBool(out.DeleteMarker) {
			d.hidden.Add(1)
		}
		return nil
	case answered(err, 0, "NoSuchKey"):
		return nil
	case match && answered(err, 501, "NotImplemented"):
		d.unmatched.Store(true)
		return d.one(ctx, item)
	}
	return failure("s3:DeleteObject", item.Path, err)
}

// dropMarkers removes folder markers, without which their folders vanish. It
// is no failure if one stays; it tells whether none did.
func (l *Library) dropMarkers(ctx context.Context, keys []string) bool {
	d := &deletion{l: l}
	all := true
	for len(keys) > 0 && ctx.Err() == nil {
		n := min(len(keys), mostDeletes)
		items := make([]Item, n)
		for i, key := range keys[:n] {
			items[i].Key = key
		}
		keys = keys[n:]
		for _, err := range d.remove(ctx, items) {
			all = all && err == nil
		}
	}
	return all && len(keys) == 0
}

// unsupported tells that a server has no such operation, or not in the form
// in which it was asked.
func unsupported(err error) bool {
	return answered(err, 0, "NotImplemented", "MethodNotAllowed", "MissingContentMD5", "MalformedXML") ||
		answered(err, 501) || answered(err, 405)
}

// pause backs off with jitter; false when the context ended.
func pause(ctx context.Context, try int) bool {
	wait := time.Duration(rand.Int64N(int64(100*time.Millisecond) << min(try, 6)))
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
