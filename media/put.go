package media

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/semaphore"
)

// Put uploads what a plan says, and nothing else: a file that changed since,
// or a name that was taken since, is refused. It emits progress and item
// events and at last a summary, all from the calling goroutine. After a
// cancellation what is done stays done, and a multipart upload that was under
// way is aborted.
func (l *Library) Put(ctx context.Context, plan PutPlan, emit func(Event)) Summary {
	emit = l.telling(emit)
	slots := semaphore.NewWeighted(int64(l.o.Parallel))
	us := l.uploads()
	defer us.close()
	n := len(plan.Items)
	return run(ctx, n+len(plan.LeftOut), l.o.Parallel, one, emit, func(ctx context.Context, i int, s sink) {
		if i >= n {
			left := plan.LeftOut[i-n]
			s.item(Event{Op: OpPut, Path: left.File, Code: left.Code, Err: left.Err})
			return
		}
		item := plan.Items[i]
		if item.Code == "" {
			var end func()
			ctx, end = plan.Control.Begin(ctx, item.Path)
			defer end()
		}
		s.item(l.putItem(ctx, item, plan.looked, OpPut, slots, us, s))
	})
}

// putItem uploads one file and says how it ended.
func (l *Library) putItem(ctx context.Context, item PutItem, looked time.Time, op string, slots *semaphore.Weighted, us *uploads, s sink) Event {
	e := Event{Op: op, Path: item.Path, Key: item.Key, URL: item.URL, Total: item.Size}
	if item.Code != "" {
		e.Code = item.Code
		e.Err = &Error{Code: item.Code, Path: item.Path, Args: item.Args}
		if StatusOf(item.Code) == StatusSkipped {
			e.Err = nil
		}
		return e
	}
	if err := ctx.Err(); err != nil { // cancelled while it waited
		e.Err = failure("", item.Path, err)
		return e
	}
	u := &upload{l: l, item: item, looked: looked, slots: slots, uploads: us, fleeting: op == OpImport, meter: newMeter(s, op, item.Path, item.Key, item.Size)}
	err := u.run(ctx)
	e.Left, e.Kept, e.ETag = u.left, u.kept, u.etag
	if err != nil {
		e.Err = asError(err, item.Path)
		return e
	}
	e.Bytes, e.Private = item.Size, item.Decided()
	return e
}

// asError makes sure that an event's error is an *Error.
func asError(err error, path string) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return failure("", path, err)
}

// upload is one file on its way.
type upload struct {
	l      *Library
	item   PutItem
	looked time.Time // when the plan looked at the target
	slots  *semaphore.Weighted
	// uploads are those of the same operation, and what earlier ones left.
	uploads *uploads
	// fleeting tells that the local file goes with the operation, so that
	// nothing could go on with an interrupted upload.
	fleeting bool
	meter    *meter
	// stamp is made once, so that a retry carries the same version.
	stamp map[string]string
	// stop ends the upload because of an error of the local file.
	stop context.CancelCauseFunc
	// left is a multipart upload that could not be aborted.
	left string
	// kept tells that the upload can go on where it was interrupted.
	kept bool
	// etag is that of the stored object.
	etag string
}

func (u *upload) run(ctx context.Context) error {
	file, err := u.item.open()
	if err != nil {
		return err
	}
	defer file.Close()
	if !u.item.Exists {
		if err := u.l.stillFree(ctx, u.item.Path, u.looked); err != nil {
			return err
		}
	}
	if u.l.o.Stamp != nil {
		u.stamp = u.l.o.Stamp()
	}
	ctx, u.stop = context.WithCancelCause(ctx)
	defer u.stop(nil)
	if u.item.Size > singleLimit {
		err = u.multipart(ctx, file)
	} else {
		err = u.single(ctx, file)
	}
	// An error of the local file cancels the requests; it is the true one.
	var cause *Error
	if err != nil && errors.As(context.Cause(ctx), &cause) {
		return cause
	}
	return err
}

func (u *upload) single(ctx context.Context, file *localFile) error {
	n := u.l.slots(u.item.Size)
	if err := u.slots.Acquire(ctx, n); err != nil {
		return failure("s3:PutObject", u.item.Path, err)
	}
	defer u.slots.Release(n)
	b := u.body(ctx, file, 0, u.item.Size, md5.New())
	ctx, cancel, err := outliveIf(ctx, u.item.Size, b.sent)
	if err != nil {
		return failure("s3:PutObject", u.item.Path, err)
	}
	defer cancel()
	in := &s3.PutObjectInput{
		Bucket:             aws.String(u.l.space.Bucket),
		Key:                aws.String(u.item.Key),
		Body:               b,
		ContentLength:      aws.Int64(u.item.Size),
		ContentType:        optional(u.item.ContentType),
		ContentEncoding:    optional(contentEncoding(u.item.Path)),
		CacheControl:       optional(u.cacheControl()),
		ContentDisposition: optional(u.item.contentDisposition),
		Metadata:           u.stamp,
	}
	in.IfNoneMatch, in.IfMatch = u.condition()
	out, err := u.put(ctx, in, file, b)
	if err != nil {
		return u.settled(ctx, failure("s3:PutObject", u.item.Path, err))
	}
	etag := bareETag(out.ETag)
	u.etag = etag
	if want := hex.EncodeToString(b.md5sum()); isMD5(etag, string(out.ServerSideEncryption)) && out.SSECustomerAlgorithm == nil && want != "" && want != etag {
		return &Error{Code: CodeUnverified, Path: u.item.Path}
	}
	return nil
}

// cacheControl is the old object's where there is one, else the connection's,
// which is empty unless somebody set it (D9).
func (u *upload) cacheControl() string {
	if u.item.cacheControl != "" {
		return u.item.cacheControl
	}
	return u.l.o.CacheControl
}

// condition lets S3 write only over what the plan saw: nothing, or exactly
// this object.
func (u *upload) condition() (ifNoneMatch, ifMatch *string) {
	if u.item.Exists {
		return nil, aws.String(quoted(u.item.Old.ETag))
	}
	return aws.String("*"), nil
}

// settled words a refused condition, after it made sure that it was not this
// very upload that is in the way: an attempt whose answer was lost is done
// nevertheless, and the next one then finds the name taken.
func (u *upload) settled(ctx context.Context, e *Error) error {
	if e.Code != CodeChanged && e.Code != CodeNotFound {
		return e
	}
	if out, err := u.l.head(ctx, u.item.Key, withChecksum); err == nil && u.isOurs(out) {
		if same, err := sameAs(ctx, u.item, out); err == nil && same {
			u.etag = bareETag(out.ETag)
			return nil
		}
	}
	if e.Code == CodeChanged && !u.item.Exists {
		e.Code = CodeExists
	}
	return e
}

// isOurs tells whether an object looks as this upload makes it.
func (u *upload) isOurs(out *s3.HeadObjectOutput) bool {
	return aws.ToString(out.ContentType) == u.item.ContentType && sameStamp(out.Metadata, u.stamp)
}

func sameStamp(got, want map[string]string) bool {
	for k, v := range want {
		if got[strings.ToLower(k)] != v {
			return false
		}
	}
	return true
}

// contentEncoding is what makes an already compressed file display.
func contentEncoding(name string) string {
	if strings.EqualFold(path.Ext(name), ".svgz") {
		return "gzip"
	}
	return ""
}

func quoted(etag string) string { return `"` + etag + `"` }
