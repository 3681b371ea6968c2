package media

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"golang.org/x/sync/errgroup"

	"github.com/mediadock/mediadock/media/journal"
)

const (
	mebi = 1 << 20
	// singleLimit is up to where a file goes in one request.
	singleLimit = 16 * mebi
	// smallestPart is the part size of files of ordinary size.
	smallestPart = 8 * mebi
	mostParts    = 10_000
	largestPart  = 5 << 30
	// maxObject is the largest object: 10,000 parts of 5 GiB.
	maxObject = mostParts * largestPart
)

// partSize depends on the size alone, so that the ETag of a file is the same
// whenever it is uploaded.
func partSize(size int64) int64 {
	part := int64(smallestPart)
	if least := (size + mostParts - 1) / mostParts; least > part {
		part = (least + mebi - 1) / mebi * mebi
	}
	return part
}

func partCount(size, part int64) int64 { return max(1, (size+part-1)/part) }

// multipart uploads a file in parts, several at once. Parts are read from the
// file as they are sent, so memory does not depend on their size. An upload
// that was interrupted before goes on.
func (u *upload) multipart(ctx context.Context, file *localFile) error {
	if left := u.uploads.resume(ctx, u); left != nil {
		stamp := u.stamp
		err := u.goOn(ctx, file, left)
		if !isGone(err) {
			return err
		}
		left.op.Note(journal.Step{ID: left.entry, State: journal.Done})
		u.stamp = stamp
	}
	id, err := u.create(ctx)
	if err != nil {
		return err
	}
	return u.send(ctx, file, id, u.uploads.begin(u, id), nil)
}

// goOn sends what is still missing of an interrupted upload.
func (u *upload) goOn(ctx context.Context, file *localFile, left *leftUpload) error {
	u.stamp = left.Stamp
	before, err := u.sentBefore(ctx, file, left)
	if err != nil {
		u.kept = ctx.Err() != nil && context.Cause(ctx) == ctx.Err()
		return asError(err, u.item.Path)
	}
	err = u.send(ctx, file, left.UploadID, &track{op: left.op, entry: left.entry, sent: len(before)}, before)
	if isGone(err) {
		u.meter.again(u.meter.bytes.Load())
	}
	return err
}

// isGone tells that S3 does not have an upload, or a part of it, any more.
func isGone(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Evidence.Code == "NoSuchUpload" || e.Evidence.Code == "InvalidPart")
}

// send sends the parts that S3 does not have and completes the upload. One
// that is interrupted is kept for going on, any other is aborted.
func (u *upload) send(ctx context.Context, file *localFile, id string, t *track, before map[int]part) error {
	done, err := u.parts(ctx, file, id, t, before)
	if err == nil {
		err = file.unchanged()
	}
	if err == nil {
		err = u.complete(ctx, id, done)
	}
	switch {
	case err == nil:
		t.settle()
	case !u.fleeting && t.keeps(ctx, err):
		u.kept = true
	case u.l.abort(ctx, u.item.Key, id):
		t.settle()
	default:
		u.left = id
	}
	return err
}

func (u *upload) create(ctx context.Context) (id string, err error) {
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	in := &s3.CreateMultipartUploadInput{
		Bucket:             aws.String(u.l.space.Bucket),
		Key:                aws.String(u.item.Key),
		ContentType:        optional(u.item.ContentType),
		ContentEncoding:    optional(contentEncoding(u.item.Path)),
		CacheControl:       optional(u.cacheControl()),
		ContentDisposition: optional(u.item.contentDisposition),
		Metadata:           u.stamp,
	}
	if u.l.checksums {
		// The SDK adds a CRC32 to every part, which S3 only takes if it was
		// told so here; of the whole object it can be compared later.
		in.ChecksumAlgorithm = types.ChecksumAlgorithmCrc32
		in.ChecksumType = types.ChecksumTypeFullObject
	}
	lost := 0
	out, err := u.l.api.CreateMultipartUpload(ctx, in, retries, lostAnswers(&lost))
	if lost > 0 {
		u.left = u.l.stray(ctx, u.item.Key, uploadID(out))
	}
	if err != nil {
		return "", failure("s3:CreateMultipartUpload", u.item.Path, err)
	}
	return aws.ToString(out.UploadId), nil
}

// part is one part that S3 has.
type part struct {
	types.CompletedPart
	md5 []byte
}

func (u *upload) parts(ctx context.Context, file *localFile, id string, t *track, before map[int]part) ([]part, error) {
	size := partSize(u.item.Size)
	done := make([]part, partCount(u.item.Size, size))
	g, all := errgroup.WithContext(ctx)
	for i := range done {
		if p, ok := before[i+1]; ok {
			done[i] = p
			continue
		}
		n := u.l.slots(size)
		if held(all) != nil || u.slots.Acquire(all, n) != nil {
			break // g.Wait has the reason
		}
		g.Go(func() error {
			defer u.slots.Release(n)
			off := int64(i) * size
			p, err := u.part(all, file, id, i+1, off, min(size, u.item.Size-off))
			done[i] = p
			if err == nil {
				t.part(p)
			}
			return err
		})
	}
	err := g.Wait()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, failure("s3:UploadPart", u.item.Path, err)
	}
	return done, nil
}

func (u *upload) part(ctx context.Context, file *localFile, id string, number int, off, n int64) (part, error) {
	ctx, cancel := deadline(ctx, n)
	defer cancel()
	digest := u.uploads.sums.take()
	defer u.uploads.sums.giveBack(digest)
	b := u.body(ctx, file, off, n, digest)
	defer b.release()
	out, err := u.l.api.UploadPart(ctx, &s3.UploadPartInput{
		Bucket:        aws.String(u.l.space.Bucket),
		Key:           aws.String(u.item.Key),
		UploadId:      aws.String(id),
		PartNumber:    aws.Int32(int32(number)),
		Body:          b,
		ContentLength: aws.Int64(n),
	}, unsigned, retries)
	if err != nil {
		return part{}, failure("s3:UploadPart", u.item.Path, err)
	}
	sum := b.md5sum()
	etag := bareETag(out.ETag)
	if isMD5(etag, string(out.ServerSideEncryption)) && sum != nil && hex.EncodeToString(sum) != etag {
		return part{}, &Error{Code: CodeUnverified, Path: u.item.Path}
	}
	return part{md5: sum, CompletedPart: types.CompletedPart{
		PartNumber:        aws.Int32(int32(number)),
		ETag:              out.ETag,
		ChecksumCRC32:     out.ChecksumCRC32,
		ChecksumCRC32C:    out.ChecksumCRC32C,
		ChecksumCRC64NVME: out.ChecksumCRC64NVME,
		ChecksumSHA1:      out.ChecksumSHA1,
		ChecksumSHA256:    out.ChecksumSHA256,
	}}, nil
}

func (u *upload) complete(ctx context.Context, id string, done []part) error {
	ctx, cancel, err := outlive(ctx, u.item.Size)
	if err != nil {
		return failure("s3:CompleteMultipartUpload", u.item.Path, err)
	}
	defer cancel()
	parts := make([]types.CompletedPart, len(done))
	var sums []byte
	for i, p := range done {
		parts[i] = p.CompletedPart
		sums = append(sums, p.md5...)
	}
	in := &s3.CompleteMultipartUploadInput{
		Bucket:          aws.String(u.l.space.Bucket),
		Key:             aws.String(u.item.Key),
		UploadId:        aws.String(id),
		MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	}
	if u.l.checksums {
		in.ChecksumType = types.ChecksumTypeFullObject
	}
	in.IfNoneMatch, in.IfMatch = u.condition()
	out, err := u.l.api.CompleteMultipartUpload(ctx, in, retries)
	want := compositeETag(sums, len(done))
	if err != nil {
		return u.settled(ctx, completeFailure(u.item.Path, err))
	}
	got := bareETag(out.ETag)
	u.etag = got
	if got == want {
		return nil
	}
	return u.l.verifySize(ctx, u.item.Path, u.item.Size)
}

// completeFailure words the failure of the last step: an upload id that is
// gone means that an earlier attempt finished or that somebody aborted it.
func completeFailure(path string, err error) *Error {
	e := failure("s3:CompleteMultipartUpload", path, err)
	if answered(err, 0, "NoSuchUpload") {
		e.Code = CodeChanged
	}
	return e
}

// verifySize compares what S3 has with what was sent where no checksum of the
// whole can be compared, as with a KMS key: each part was verified already.
func (l *Library) verifySize(ctx context.Context, path string, size int64) error {
	out, err := l.head(ctx, l.space.Key(path))
	if err != nil {
		return l.headFailure(ctx, path, err)
	}
	if aws.ToInt64(out.ContentLength) != size {
		return &Error{Code: CodeUnverified, Path: path}
	}
	return nil
}

// abort undoes a multipart upload, even after a cancellation. False means that
// its parts are still there: the documented role has no right to abort, though
// AWS lets whoever began an upload do so unless something forbids it.
func (l *Library) abort(ctx context.Context, key, id string) bool {
	return l.aborted(ctx, key, id) == nil
}

// aborted is abort with what kept it from being done.
func (l *Library) aborted(ctx context.Context, key, id string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
	defer cancel()
	_, err := l.api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{
		Bucket:   aws.String(l.space.Bucket),
		Key:      aws.String(key),
		UploadId: aws.String(id),
	}, retries)
	if answered(err, 0, "NoSuchUpload") {
		return nil
	}
	return err
}
