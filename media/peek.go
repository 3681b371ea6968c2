package media

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Peek reads the beginning of a file, at most n bytes, together with its
// content type and metadata, in one request. The item is one of a listing: if
// the file is another by now, the error is "changed", if it is gone "not-found".
func (l *Library) Peek(ctx context.Context, item Item, n int64) (Item, []byte, error) {
	if l.space.HiddenPath(item.Path) {
		return Item{}, nil, refuse(CodeReserved, item.Path)
	}
	if item.Size == 0 || n <= 0 { // there is no range of nothing
		out, err := l.head(ctx, l.space.Key(item.Path))
		if err != nil {
			return Item{}, nil, l.headFailure(ctx, item.Path, err)
		}
		return l.itemOfHead(item.Path, out), nil, nil
	}
	ctx, cancel := deadline(ctx, n)
	defer cancel()
	out, err := l.api.GetObject(ctx, &s3.GetObjectInput{
		Bucket:  aws.String(l.space.Bucket),
		Key:     aws.String(l.space.Key(item.Path)),
		Range:   aws.String(fmt.Sprintf("bytes=0-%d", n-1)),
		IfMatch: ifMatch(item.ETag),
	}, retries)
	if err != nil {
		return Item{}, nil, failure("s3:GetObject", item.Path, err)
	}
	defer out.Body.Close()
	head, err := io.ReadAll(io.LimitReader(out.Body, n))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Item{}, nil, failure("s3:GetObject", item.Path, err)
	}
	item.Key = l.space.Key(item.Path)
	item.ContentType, item.Metadata = aws.ToString(out.ContentType), out.Metadata
	item.CacheControl, item.ContentDisposition = aws.ToString(out.CacheControl), aws.ToString(out.ContentDisposition)
	if etag := bareETag(out.ETag); etag != "" {
		item.ETag = etag
	}
	return item, head, nil
}
