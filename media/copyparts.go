package media

import (
	"context"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"golang.org/x/sync/errgroup"

	"github.com/mediadock/mediadock/media/address"
)

// copyInParts copies an object that is too large for one request. Nothing is
// carried by itself then, so the headers are read from the source and set.
func (l *Library) copyInParts(ctx context.Context, from Item, to string) (left string, err error) {
	head, err := l.head(ctx, from.Key)
	if err != nil {
		return "", l.headFailure(ctx, from.Path, err)
	}
	if bareETag(head.ETag) != from.ETag {
		return "", &Error{Code: CodeChanged, Path: from.Path}
	}
	key := l.space.Key(to)
	in := &s3.CreateMultipartUploadInput{
		Bucket:             aws.String(l.space.Bucket),
		Key:                aws.String(key),
		ContentType:        head.ContentType,
		ContentDisposition: head.ContentDisposition,
		ContentEncoding:    head.ContentEncoding,
		ContentLanguage:    head.ContentLanguage,
		CacheControl:       head.CacheControl,
		Metadata:           head.Metadata,
		StorageClass:       keptClass(from.StorageClass),
	}
	if t, err := http.ParseTime(aws.ToString(head.ExpiresString)); err == nil {
		in.Expires = aws.Time(t)
	}
	rctx, cancel := deadline(ctx, 0)
	out, err := l.api.CreateMultipartUpload(rctx, in, retries)
	cancel()
	if err != nil {
		return "", failure("s3:CreateMultipartUpload", to, err)
	}
	id := aws.ToString(out.UploadId)
	parts, err := l.copyParts(ctx, from, key, id)
	if err == nil {
		err = l.completeCopy(ctx, from, to, id, parts)
	}
	if err != nil && !l.abort(ctx, key, id) {
		left = id
	}
	return left, err
}

func (l *Library) copyParts(ctx context.Context, from Item, key, id string) ([]types.CompletedPart, error) {
	size := max(l.copyPart, partSize(from.Size))
	parts := make([]types.CompletedPart, partCount(from.Size, size))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(l.o.Parallel)
	for i := range parts {
		g.Go(func() error {
			first := int64(i) * size
			last := min(first+size, from.Size) - 1
			ctx, cancel := deadline(ctx, size/64)
			defer cancel()
			out, err := l.api.UploadPartCopy(ctx, &s3.UploadPartCopyInput{
				Bucket:            aws.String(l.space.Bucket),
				Key:               aws.String(key),
				UploadId:          aws.String(id),
				PartNumber:        aws.Int32(int32(i + 1)),
				CopySource:        aws.String(address.CopySource(l.space.Bucket, from.Key)),
				CopySourceIfMatch: ifMatch(from.ETag),
				CopySourceRange:   aws.String(fmt.Sprintf("bytes=%d-%d", first, last)),
			}, retries)
			if err != nil {
				return failure("s3:UploadPartCopy", from.Path, err)
			}
			parts[i] = types.CompletedPart{PartNumber: aws.Int32(int32(i + 1))}
			if r := out.CopyPartResult; r != nil {
				parts[i].ETag = r.ETag
				parts[i].ChecksumCRC32, parts[i].ChecksumCRC32C = r.ChecksumCRC32, r.ChecksumCRC32C
				parts[i].ChecksumCRC64NVME = r.ChecksumCRC64NVME
				parts[i].ChecksumSHA1, parts[i].ChecksumSHA256 = r.ChecksumSHA1, r.ChecksumSHA256
			}
			return nil
		})
	}
	return parts, g.Wait()
}

func (l *Library) completeCopy(ctx context.Context, from Item, to, id string, parts []types.CompletedPart) error {
	ctx, cancel, err := outlive(ctx, from.Size/64)
	if err != nil {
		return failure("s3:CompleteMultipartUpload", to, err)
	}
	defer cancel()
	_, err = l.api.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket:          aws.String(l.space.Bucket),
		Key:             aws.String(l.space.Key(to)),
		UploadId:        aws.String(id),
		MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
		IfNoneMatch:     aws.String("*"),
	}, retries)
	if err != nil {
		e := completeFailure(to, err)
		if e.Code == CodeChanged {
			e.Code = CodeExists
		}
		return e
	}
	return l.verifySize(ctx, to, from.Size)
}
