package media

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"
)

// lostAnswers counts the attempts of a request that S3 may have carried out
// without its answer coming here. A condition that fails without any was
// broken by somebody else, and after one perhaps by this very request.
func lostAnswers(lost *int) func(*s3.Options) {
	return func(o *s3.Options) {
		o.APIOptions = append(o.APIOptions[:len(o.APIOptions):len(o.APIOptions)], func(s *middleware.Stack) error {
			return s.Finalize.Insert(middleware.FinalizeMiddlewareFunc("mediadock.Lost",
				func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
					out, meta, err := next.HandleFinalize(ctx, in)
					if err != nil {
						if e := failure("", "", err); unanswered(e) && e.Evidence.HTTPStatus != 503 {
							*lost++
						}
					}
					return out, meta, err
				}), "Retry", middleware.After)
		})
	}
}

// LeftUnknown is in the place of the ID of an upload that S3 began without
// telling: its answer was lost. Who may list uploads finds and removes it.
const LeftUnknown = "unknown"

// uploadLister is an API that lists the uploads that are open. The documented
// role may not.
type uploadLister interface {
	ListMultipartUploads(context.Context, *s3.ListMultipartUploadsInput, ...func(*s3.Options)) (*s3.ListMultipartUploadsOutput, error)
}

// stray looks for the uploads that lost attempts to begin id have begun, and
// aborts them: those of the same key and initiator, at about the same time. It
// gives back one that is left, or LeftUnknown where that cannot be told.
func (l *Library) stray(ctx context.Context, key, id string) (left string) {
	return l.straySince(ctx, key, id, func(own types.MultipartUpload) time.Time {
		return aws.ToTime(own.Initiated).Add(-answerTime) // earlier ones are an earlier run's, whose journal knows them
	})
}

// abortUnknown aborts the uploads that a process began for a key, from a time
// on, and was killed before it knew their IDs. To see which are its own it
// begins one more. It gives back whether surely none is left.
func (l *Library) abortUnknown(ctx context.Context, key string, since time.Time) bool {
	if _, ok := l.api.(uploadLister); !ok || since.IsZero() {
		return false
	}
	rctx, cancel := deadline(ctx, 0)
	defer cancel()
	out, err := l.api.CreateMultipartUpload(rctx, &s3.CreateMultipartUploadInput{Bucket: aws.String(l.space.Bucket), Key: aws.String(key)}, retries)
	if err != nil {
		return false
	}
	left := l.straySince(ctx, key, uploadID(out), func(types.MultipartUpload) time.Time { return since })
	return l.abort(ctx, key, uploadID(out)) && left == ""
}

// straySince is stray for the uploads that began from a time on.
func (l *Library) straySince(ctx context.Context, key, id string, since func(own types.MultipartUpload) time.Time) (left string) {
	api, ok := l.api.(uploadLister)
	if !ok || id == "" {
		return LeftUnknown
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
	defer cancel()
	out, err := api.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: aws.String(l.space.Bucket), Prefix: aws.String(key)}, retries)
	if err != nil || aws.ToBool(out.IsTruncated) {
		return LeftUnknown
	}
	at := -1
	for i, u := range out.Uploads {
		if aws.ToString(u.UploadId) == id {
			at = i
		}
	}
	if at < 0 || out.Uploads[at].Initiator == nil {
		return LeftUnknown
	}
	own := out.Uploads[at]
	for _, u := range out.Uploads {
		if aws.ToString(u.Key) != key || aws.ToString(u.UploadId) == id || u.Initiator == nil || aws.ToString(u.Initiator.ID) != aws.ToString(own.Initiator.ID) {
			continue
		}
		if begun := aws.ToTime(u.Initiated); begun.After(aws.ToTime(own.Initiated)) || begun.Before(since(own)) {
			continue
		}
		if !l.abort(ctx, key, aws.ToString(u.UploadId)) {
			left = aws.ToString(u.UploadId)
		}
	}
	return left
}

func uploadID(out *s3.CreateMultipartUploadOutput) string {
	if out == nil {
		return ""
	}
	return aws.ToString(out.UploadId)
}
