package media

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Info asks for one file with its content type and metadata. The path is
// taken exactly; if there is no such file, it is tried without a slash in
// front and in its composed form (a Mac types decomposed names). A folder is
// refused with "is-folder", a missing one is "not-found"; where it cannot be
// seen whether there is a folder, the error is that of the listing.
func (l *Library) Info(ctx context.Context, path string) (Item, error) {
	if path == "" {
		return Item{}, refuse(CodePathEmpty, path)
	}
	if isRoot(path) {
		return Item{}, refuse(CodeFolder, path)
	}
	var first error
	for _, p := range readings(path) {
		item, err := l.info(ctx, p)
		if !errors.Is(err, ErrNotFound) {
			return item, err
		}
		if first == nil {
			first = err
		}
	}
	switch _, err := l.existingFolder(ctx, path); {
	case err == nil:
		return Item{}, refuse(CodeFolder, path)
	case codeIn(err) != CodeNotFound: // a folder may be there, unseen
		return Item{}, err
	}
	return Item{}, first
}

func (l *Library) info(ctx context.Context, path string) (Item, error) {
	if l.space.HiddenPath(path) {
		return Item{}, refuse(CodeReserved, path)
	}
	out, err := l.head(ctx, l.space.Key(path))
	if err != nil {
		return Item{}, l.headFailure(ctx, path, err)
	}
	return l.itemOfHead(path, out), nil
}

func (l *Library) head(ctx context.Context, key string, more ...func(*s3.HeadObjectInput)) (*s3.HeadObjectOutput, error) {
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	in := &s3.HeadObjectInput{Bucket: aws.String(l.space.Bucket), Key: aws.String(key)}
	for _, f := range more {
		f(in)
	}
	out, err := l.api.HeadObject(ctx, in, retries, slowDowns)
	if err != nil && clockAside(err) {
		return l.api.HeadObject(ctx, in, retries, slowDowns)
	}
	return out, err
}

// clockAside tells that a HEAD may have been refused because of this computer's
// clock alone: it has no body to say so, and thus nothing by which the SDK
// knows that the same request, dated as the answer was, is worth sending.
func clockAside(err error) bool {
	var re *smithyhttp.ResponseError
	if !errors.As(err, &re) || re.Response == nil || re.HTTPStatusCode() != http.StatusForbidden {
		return false
	}
	answered, err := http.ParseTime(re.Response.Header.Get("Date"))
	return err == nil && time.Since(answered).Abs() > clockSlack
}

// clockSlack is less than what AWS lets clocks differ by, 15 minutes, and more
// than an answer takes.
const clockSlack = 4 * time.Minute

func (l *Library) itemOfHead(path string, out *s3.HeadObjectOutput) Item {
	item := Item{
		Path:               path,
		Key:                l.space.Key(path),
		Size:               aws.ToInt64(out.ContentLength),
		Modified:           aws.ToTime(out.LastModified),
		ETag:               bareETag(out.ETag),
		ContentType:        aws.ToString(out.ContentType),
		Metadata:           out.Metadata,
		CacheControl:       aws.ToString(out.CacheControl),
		ContentDisposition: aws.ToString(out.ContentDisposition),
		StorageClass:       string(out.StorageClass),
		Encryption:         string(out.ServerSideEncryption),
		VersionID:          aws.ToString(out.VersionId),
		uncopied:           uncopiedOf(out),
	}
	if item.StorageClass == "" {
		item.StorageClass = string(types.StorageClassStandard)
	}
	return item
}

// headFailure finds out what a refused HEAD means. Its answer has no body, so
// a GET of one byte is asked for AWS's words; and a 403 stands for a missing
// key where listing is not allowed.
func (l *Library) headFailure(ctx context.Context, path string, err error) *Error {
	e := failure("s3:HeadObject", path, err)
	if e.Code != CodeDenied && e.Evidence.HTTPStatus != 400 {
		return e
	}
	key := l.space.Key(path)
	if told := l.firstByte(ctx, key); told != nil {
		e = failure("s3:GetObject", path, told)
	}
	if e.Code != CodeDenied {
		return e
	}
	switch found, lerr := l.listed(ctx, key); {
	case lerr != nil:
		e.Code = CodeDeniedOrMissing
	case found == nil:
		e.Code = CodeNotFound
	}
	return e
}

// firstByte is a GET of as little as possible, for its error.
func (l *Library) firstByte(ctx context.Context, key string) error {
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	out, err := l.api.GetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(l.space.Bucket),
		Key:    aws.String(key),
		Range:  aws.String("bytes=0-0"),
	}, retries)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, out.Body)
	return out.Body.Close()
}

// listed looks for a key by listing; nil without an error means that there is
// none.
func (l *Library) listed(ctx context.Context, key string) (*types.Object, error) {
	out, err := l.list(ctx, &s3.ListObjectsV2Input{Prefix: aws.String(key), MaxKeys: aws.Int32(1)})
	if err != nil {
		return nil, err
	}
	if len(out.Contents) > 0 && listedKey(out, out.Contents[0].Key) == key {
		return &out.Contents[0], nil
	}
	return nil, nil
}

// isFolder tells whether anything lies under the path.
func (l *Library) isFolder(ctx context.Context, path string) (bool, error) {
	out, err := l.list(ctx, &s3.ListObjectsV2Input{Prefix: aws.String(l.space.Key(asFolder(path))), MaxKeys: aws.Int32(1)})
	if err != nil {
		return false, l.listFailure(path, err)
	}
	return len(out.Contents) > 0, nil
}
