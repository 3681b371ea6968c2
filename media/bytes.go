package media

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Bytes reads up to n bytes of a file from off on, and no more, for a look at
// it. It reads the file that item is about: when another one has taken its
// place the error is "changed". At the end of the file it gives fewer bytes.
func (l *Library) Bytes(ctx context.Context, item Item, off, n int64) ([]byte, error) {
	if n = min(n, item.Size-off); off < 0 || n <= 0 {
		return nil, nil
	}
	ctx, cancel := deadline(ctx, n)
	defer cancel()
	f := &fetch{l: l, item: GetItem{Item: item}}
	out, err := l.api.GetObject(ctx, &s3.GetObjectInput{
		Bucket:  aws.String(l.space.Bucket),
		Key:     aws.String(item.Key),
		IfMatch: ifMatch(item.ETag),
		Range:   aws.String(fmt.Sprintf("bytes=%d-%d", off, off+n-1)),
	}, retries)
	if err != nil {
		return nil, f.refused(ctx, err)
	}
	defer out.Body.Close()
	var buf bytes.Buffer
	buf.Grow(int(n))
	if _, err := copyLimited(ctx, &buf, io.LimitReader(out.Body, n), l.limit); err != nil {
		return nil, failure("s3:GetObject", item.Path, err)
	}
	if int64(buf.Len()) < n { // another server would not keep to the range, or the connection broke
		return nil, failure("s3:GetObject", item.Path, io.ErrUnexpectedEOF)
	}
	return buf.Bytes(), nil
}
