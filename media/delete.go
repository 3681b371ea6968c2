package media

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// deletion removes keys: many in one request where the server can.
type deletion struct {
	l *Library
	// single is set once the server has shown that it has no DeleteObjects.
	single atomic.Bool
	// hidden counts the versions that a versioned bucket keeps.
	hidden atomic.Int64
}

// batch removes up to mostDeletes items and reports each.
func (d *deletion) batch(ctx context.Context, items []Item, s sink) {
	if len(items) == 1 || d.single.Load() {
		d.oneByOne(ctx, items, s)
		return
	}
	rest := items
	for try := 0; len(rest) > 0; try++ {
		out, err := d.request(ctx, rest)
		if err != nil {
			if unsupported(err) {
				d.single.Store(true)
				d.oneByOne(ctx, rest, s)
				return
			}
			for _, item := range rest {
				s.item(removed(item, failure("s3:DeleteObjects", item.Path, err)))
			}
			return
		}
		rest = d.answers(rest, out, try+1 >= attempts, s)
		if len(rest) > 0 && !pause(ctx, try) {
			for _, item := range rest {
				s.item(removed(item, failure("s3:DeleteObjects", item.Path, ctx.Err())))
			}
			return
		}
	}
}

func (d *deletion) request(ctx context.Context, items []Item) (*s3.DeleteObjectsOutput, error) {
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	ids := make([]types.ObjectIdentifier, len(items))
	for i := range items {
		ids[i].Key = aws.String(items[i].Key)
	}
	return d.l.api.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: aws.String(d.l.space.Bucket),
		Delete: &types.Delete{Objects: ids, Quiet: aws.Bool(false)},
	}, retries)
}

// answers reports the keys that are settled and gives back those worth
// another try. A key that the answer does not name is not taken for removed.
func (d *deletion) answers(items []Item, out *s3.DeleteObjectsOutput, last bool, s sink) (again []Item) {
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
	for _, item := range items {
		e, bad := failed[item.Key]
		switch {
		case !bad && gone[item.Key]:
			s.item(removed(item, nil))
		case bad && !last && codesOfAWS[aws.ToString(e.Code)] == CodeBusy:
			again = append(again, item)
		default:
			s.item(removed(item, keyFailure(item, e)))
		}
	}
	return again
}

// keyFailure is the error of one key in an answer that is otherwise good.
func keyFailure(item Item, e types.Error) *Error {
	ev := diagnose.Evidence{Operation: "s3:DeleteObject", Code: aws.ToString(e.Code), Message: aws.ToString(e.Message)}
	code, ok := codesOfAWS[ev.Code]
	if !ok {
		code = CodeUnexpected
	}
	if code == CodeDenied {
		ev.HTTPStatus = 403
	}
	return &Error{Code: code, Path: item.Path, Evidence: ev, Args: map[string]string{"operation": ev.Operation, "reason": reasonOf(ev)}}
}

func (d *deletion) oneByOne(ctx context.Context, items []Item, s sink) {
	for _, item := range items {
		if ctx.Err() != nil {
			s.item(removed(item, failure("s3:DeleteObject", item.Path, ctx.Err())))
			continue
		}
		s.item(removed(item, d.key(ctx, item)))
	}
}

// key removes one object. Its absence is no error, as for S3.
func (d *deletion) key(ctx context.Context, item Item) *Error {
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	out, err := d.l.api.DeleteObject(ctx, &s3.DeleteObjectInput{
		Bucket: aws.String(d.l.space.Bucket),
		Key:    aws.String(item.Key),
	}, retries)
	if err != nil {
		return failure("s3:DeleteObject", item.Path, err)
	}
	if aws.ToBool(out.DeleteMarker) {
		d.hidden.Add(1)
	}
	return nil
}

// dropMarkers removes folder markers, without which their folders vanish. It
// is no failure if one stays.
func (d *deletion) dropMarkers(ctx context.Context, keys []string) {
	for len(keys) > 0 && ctx.Err() == nil {
		items := make([]Item, 0, mostDeletes)
		for _, key := range keys[:min(len(keys), mostDeletes)] {
			items = append(items, Item{Key: key})
		}
		keys = keys[len(items):]
		_, _ = d.request(ctx, items)
	}
}

func removed(item Item, err *Error) Event {
	e := Event{Op: OpRemove, Path: item.Path, Key: item.Key, Bytes: item.Size, Total: item.Size}
	if err != nil {
		e.Err, e.Bytes = err, 0
	}
	return e
}

// unsupported tells that a server has no such operation, or not in the form
// that the SDK sends it.
func unsupported(err error) bool {
	return answered(err, 501, "NotImplemented", "MethodNotAllowed", "MissingContentMD5", "MalformedXML", "UnknownError") || answered(err, 405)
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
