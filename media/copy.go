package media

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media/address"
)

const (
	// copyLimit is up to where S3 copies in one request.
	copyLimit = 5 << 30
	// copyPart is the part size above that, within the 10,000 parts.
	copyPart = 512 * mebi
)

// copied is what became of a copy.
type copied struct {
	etag string // of what was stored
	// shared tells that somebody else may have made it: see made.
	shared bool
	left   string // a multipart upload that could not be aborted
	// unsure, beside an error: no answer says whether the copy was made.
	unsure bool
}

// copyTo copies an object within the bucket, all its headers and metadata
// with it, only if the source still is what was seen and the target is free,
// and makes sure of what was stored. note writes down how far a copy in parts
// is; its error ends it.
func (l *Library) copyTo(ctx context.Context, from Item, to string, note func(state string, data any) error) (copied, error) {
	if from.Size > l.copyLimit {
		return l.copyInParts(ctx, from, to, note)
	}
	return l.copyOnce(ctx, from, to)
}

func (l *Library) copyOnce(ctx context.Context, from Item, to string) (copied, error) {
	ctx, cancel, err := outlive(ctx, from.Size/64) // S3 copies by itself, but large objects take time
	if err != nil {
		return copied{}, failure("s3:CopyObject", from.Path, err)
	}
	defer cancel()
	if from.uncopied == nil && from.Size == 0 { // what leads elsewhere is empty as a rule
		head, err := l.head(ctx, from.Key)
		if err != nil {
			return copied{}, l.headFailure(ctx, from.Path, err)
		}
		from.uncopied = uncopiedOf(head)
	}
	lost := 0
	in := &s3.CopyObjectInput{
		Bucket:            aws.String(l.space.Bucket),
		Key:               aws.String(l.space.Key(to)),
		CopySource:        aws.String(address.CopySource(l.space.Bucket, from.Key)),
		CopySourceIfMatch: ifMatch(from.ETag),
		IfNoneMatch:       aws.String("*"),
		StorageClass:      keptClass(from.StorageClass),
	}
	from.uncopied.copy(in)
	out, err := l.api.CopyObject(ctx, in, contended, slowDowns, lostAnswers(&lost))
	if err != nil {
		return l.copyFailure(ctx, from, to, lost, err)
	}
	etag := ""
	if out.CopyObjectResult != nil {
		etag = bareETag(out.CopyObjectResult.ETag)
	}
	if etag == from.ETag && etag != "" {
		return copied{etag: etag}, nil
	}
	// Of a multipart upload or under a KMS key the copy has another ETag.
	made, err := l.verified(ctx, to, from.Size, etag)
	if err == nil && from.uncopied == nil {
		return l.underItsKey(ctx, from, in, made)
	}
	return made, err
}

// verified makes sure of a copy whose answer cannot be compared; etag is the
// answer's, empty if it told none.
func (l *Library) verified(ctx context.Context, to string, size int64, etag string) (copied, error) {
	out, err := l.head(ctx, l.space.Key(to))
	if err != nil {
		return copied{unsure: true}, l.headFailure(ctx, to, err)
	}
	stored := bareETag(out.ETag)
	if aws.ToInt64(out.ContentLength) != size || etag != "" && stored != etag {
		return copied{unsure: true}, &Error{Code: CodeUnverified, Path: to}
	}
	return copied{etag: stored}, nil
}

// keptClass carries the storage class, which S3 would set back to STANDARD.
// Objects in the archive classes cannot be copied anyway.
func keptClass(class string) types.StorageClass {
	switch types.StorageClass(class) {
	case types.StorageClassStandard, types.StorageClassGlacier, types.StorageClassDeepArchive:
		return ""
	}
	return types.StorageClass(class)
}

func ifMatch(etag string) *string {
	if etag == "" {
		return nil
	}
	return aws.String(quoted(etag))
}

// copyFailure words a refused copy. A failed condition may be any of three:
// the target is taken, the source is another one, or an earlier attempt of
// this copy succeeded and its answer was lost.
func (l *Library) copyFailure(ctx context.Context, from Item, to string, lost int, err error) (copied, error) {
	e := failure("s3:CopyObject", from.Path, err)
	if e.Code != CodeChanged {
		return copied{unsure: unanswered(e)}, e
	}
	there, lerr := l.look(ctx, to)
	if lerr != nil || there == nil {
		return copied{unsure: lerr != nil}, e
	}
	source, serr := l.look(ctx, from.Path)
	if lost > 0 && serr == nil && source != nil && source.ETag == from.ETag && sameObject(*source, *there) {
		return copied{etag: there.ETag, shared: true}, nil
	}
	e.Code, e.Path = CodeExists, to
	return copied{unsure: serr != nil}, e
}

// unanswered tells that a request that changes something may have been carried
// out though it failed: the connection ended before the answer, or S3 failed
// in the middle of it.
func unanswered(e *Error) bool {
	status := e.Evidence.HTTPStatus
	return status < 400 || status >= 500 || status == 408
}

// sameObject tells whether one is a copy of the other.
func sameObject(a, b Item) bool {
	return a.ETag == b.ETag && a.Size == b.Size && a.ContentType == b.ContentType &&
		sameStamp(a.Metadata, b.Metadata) && sameStamp(b.Metadata, a.Metadata) && !b.Modified.Before(a.Modified)
}
