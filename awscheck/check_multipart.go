package awscheck

import (
	"bytes"
	"cmp"
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// partSize is the smallest part that AWS takes when another follows.
const partSize = 5 << 20

// objectMultipart uploads two parts as large files are uploaded, and looks
// at the whole.
func objectMultipart(ctx context.Context, x *test) outcome {
	p := x.newProbe()
	p.contentType = "application/octet-stream"
	args := diagnose.Args{"key": p.key}
	begun := x.mark(p.key)
	begun.Begun = true
	created, err := x.beginUpload(ctx, p, begun)
	if err != nil {
		if o, ok := unledgered(err); ok {
			return o
		}
		if cannotAnswer(connect.EvidenceOf(err, "")) {
			return skip("unsupported", nil)
		}
		return refusal("fail", args, err, "s3:CreateMultipartUpload")
	}
	upload := x.mark(p.key)
	upload.UploadID = aws.ToString(created.UploadId)
	if err := x.ledger.made(upload); err != nil {
		_ = x.tryAbort(ctx, upload)
		o, _ := unledgered(err)
		return o
	}
	x.ledger.begun(begun)
	if operation, err := x.uploadParts(ctx, upload, p.body); err != nil {
		o := refusal("fail", args, err, operation)
		if x.tryAbort(ctx, upload) != nil {
			o.notes = append(o.notes, note("abort-denied", nil))
		}
		return o
	}
	got, err := x.head(ctx, p.key)
	if err != nil {
		return refusal("fail", args, err, "s3:HeadObject")
	}
	if aws.ToInt64(got.ContentLength) != int64(partSize+len(p.body)) {
		return failed("different", args, []diagnose.Cause{diagnose.Because("wrong-content", diagnose.Certain, x.known())})
	}
	return pass("pass", args)
}

// beginUpload begins a multipart upload. The answer is waited for even when
// ctx ends: without its ID nobody could give the upload up.
func (x *test) beginUpload(ctx context.Context, p *probe, begun mark) (*s3.CreateMultipartUploadOutput, error) {
	ctx, cancel := lasting(ctx)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := x.ledger.made(begun); err != nil {
		return nil, err
	}
	created, err := x.s3.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(p.key),
		ContentType: aws.String(p.contentType), Metadata: p.metadata,
	})
	if err != nil {
		x.notPut(begun, err)
	}
	return created, err
}

// uploadParts sends two parts, side by side, and completes the upload; on
// failure it names the operation that failed.
func (x *test) uploadParts(ctx context.Context, upload mark, tail []byte) (string, error) {
	bucket, key, id := aws.String(upload.Bucket), aws.String(upload.Key), aws.String(upload.UploadID)
	bodies := [][]byte{make([]byte, partSize), tail}
	done := make([]types.CompletedPart, len(bodies))
	failures := make([]error, len(bodies))
	var work []func()
	for i, body := range bodies {
		work = append(work, func() {
			number := aws.Int32(int32(i + 1))
			part, err := x.s3.UploadPart(ctx, &s3.UploadPartInput{
				Bucket: bucket, Key: key, UploadId: id, PartNumber: number, Body: bytes.NewReader(body),
			})
			if failures[i] = err; err == nil {
				done[i] = types.CompletedPart{ETag: part.ETag, PartNumber: number, ChecksumCRC32: part.ChecksumCRC32}
			}
		})
	}
	together(work...)
	if err := telling(failures); err != nil {
		return "s3:UploadPart", err
	}
	ctx, cancel := lasting(ctx)
	defer cancel()
	whole, err := x.s3.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: bucket, Key: key, UploadId: id,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: done},
	})
	if err == nil {
		_ = x.ledger.gone(upload)
		object := upload
		object.UploadID = ""
		x.stored(object, aws.ToString(whole.VersionId))
	}
	return "s3:CompleteMultipartUpload", err
}

// telling is the first of failures that came with an answer, or else the
// first; nil: there is none. A server that refuses a long body may break the
// connection while it is sent.
func telling(failures []error) (found error) {
	for _, err := range failures {
		if err != nil && connect.EvidenceOf(err, "").HTTPStatus != 0 {
			return err
		}
		found = cmp.Or(found, err)
	}
	return found
}

// tryAbort gives an upload up at once; the cleanup tries again where it
// cannot.
func (x *test) tryAbort(ctx context.Context, upload mark) error {
	_, err := x.remove(ctx, upload)
	if err == nil {
		_ = x.ledger.gone(upload)
	}
	return err
}
