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

// copyTo copies an object within the bucket, all its headers and metadata
// with it, only if the source still is what was seen and the target is free,
// and makes sure of what was stored.
func (l *Library) copyTo(ctx context.Context, from Item, to string) (left string, err error) {
	if from.Size > l.copyLimit {
		return l.copyInParts(ctx, from, to)
	}
	return "", l.copyOnce(ctx, from, to)
}

func (l *Library) copyOnce(ctx context.Context, from Item, to string) error {
	ctx, cancel, err := outlive(ctx, from.Size/64) // S3 copies by itself, but large objects take time
	if err != nil {
		return failure("s3:CopyObject", from.Path, err)
	}
	defer cancel()
	out, err := l.api.CopyObject(ctx, &s3.CopyObjectInput{
		Bucket:            aws.String(l.space.Bucket),
		Key:               aws.String(l.space.Key(to)),
		CopySource:        aws.String(address.CopySource(l.space.Bucket, from.Key)),
		CopySourceIfMatch: ifMatch(from.ETag),
		IfNoneMatch:       aws.String("*"),
		StorageClass:      keptClass(from.StorageClass),
	}, retries)
	if err != nil {
		return l.copyFailure(ctx, from, to, err)
	}
	if out.CopyObjectResult != nil && bareETag(out.CopyObjectResult.ETag) == from.ETag {
		return nil
	}
	// Of a multipart upload or under a KMS key the copy has another ETag.
	return l.verifySize(ctx, to, from.Size)
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
func (l *Library) copyFailure(ctx context.Context, from Item, to string, err error) error {
	e := failure("s3:CopyObject", from.Path, err)
	if e.Code != CodeChanged {
		return e
	}
	there, lerr := l.look(ctx, to)
	if lerr != nil || there == nil {
		return e
	}
	source, serr := l.look(ctx, from.Path)
	if serr == nil && source != nil && source.ETag == from.ETag && sameObject(*source, *there) {
		return nil
	}
	e.Code, e.Path = CodeExists, to
	return e
}

// sameObject tells whether one is a copy of the other.
func sameObject(a, b Item) bool {
	return a.ETag == b.ETag && a.Size == b.Size && a.ContentType == b.ContentType &&
		sameStamp(a.Metadata, b.Metadata) && sameStamp(b.Metadata, a.Metadata) && !b.Modified.Before(a.Modified)
}
