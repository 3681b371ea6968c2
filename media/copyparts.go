package media

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"golang.org/x/sync/errgroup"

	"github.com/mediadock/mediadock/media/address"
)

// copyInParts copies an object that is too large for one request. Nothing is
// carried by itself then, so the headers are read from the source and set.
func (l *Library) copyInParts(ctx context.Context, from Item, to copyTarget, note func(state string, data any) error) (made copied, err error) {
	head, err := l.head(ctx, from.Key)
	if err != nil {
		return made, l.headFailure(ctx, from.Path, err)
	}
	if bareETag(head.ETag) != from.ETag {
		return made, &Error{Code: CodeChanged, Path: from.Path}
	}
	key := l.space.Key(to.path)
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
	uncopiedOf(head).begin(in)
	if t, err := http.ParseTime(aws.ToString(head.ExpiresString)); err == nil {
		in.Expires = aws.Time(t)
	}
	if in.Tagging, err = l.tagsOf(ctx, from, head); err != nil {
		return made, err
	}
	rctx, cancel := deadline(ctx, 0)
	begun := 0
	out, err := l.api.CreateMultipartUpload(rctx, in, retries, lostAnswers(&begun))
	cancel()
	if begun > 0 {
		made.left = l.stray(ctx, key, uploadID(out))
	}
	if err != nil {
		return made, failure("s3:CreateMultipartUpload", to.path, err)
	}
	id, left := aws.ToString(out.UploadId), made.left
	made, err = l.copyIntoUpload(ctx, from, to, id, note)
	made.left = left
	// Once they are joined there is nothing to abort, which is no failure.
	if err != nil && !l.abort(ctx, key, id) {
		made.left = id
	}
	return made, err
}

// tagger is an API that reads tags.
type tagger interface {
	GetObjectTagging(context.Context, *s3.GetObjectTaggingInput, ...func(*s3.Options)) (*s3.GetObjectTaggingOutput, error)
}

// tagsOf are the tags that somebody gave an object, to go with it. S3 tells
// their number only to who may read them.
func (l *Library) tagsOf(ctx context.Context, from Item, head *s3.HeadObjectOutput) (*string, error) {
	api, ok := l.api.(tagger)
	if !ok || aws.ToInt32(head.TagCount) == 0 {
		return nil, nil
	}
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	out, err := api.GetObjectTagging(ctx, &s3.GetObjectTaggingInput{Bucket: aws.String(l.space.Bucket), Key: aws.String(from.Key)}, retries)
	if err != nil {
		return nil, failure("s3:GetObjectTagging", from.Path, err)
	}
	tags := url.Values{}
	for _, t := range out.TagSet {
		tags.Set(aws.ToString(t.Key), aws.ToString(t.Value))
	}
	return aws.String(tags.Encode()), nil
}

// copyIntoUpload copies the parts and joins them. Before each of both it is
// written down: what was begun, and what the joined copy will look like.
func (l *Library) copyIntoUpload(ctx context.Context, from Item, to copyTarget, id string, note func(state string, data any) error) (copied, error) {
	if err := note(stateParts, partsBegun{id}); err != nil {
		return copied{}, err
	}
	parts, err := l.copyParts(ctx, from, l.space.Key(to.path), id)
	if err != nil {
		return copied{}, err
	}
	if err := note(stateJoining, made{ETag: joinedETag(parts)}); err != nil {
		return copied{}, err
	}
	if !l.checksums { // the server may ignore the condition, and the parts took a while
		if err := l.stillTakes(ctx, to); err != nil {
			return copied{}, err
		}
	}
	return l.completeCopy(ctx, from, to, id, parts)
}

// joinedETag is the ETag that an object of these parts will have; empty where
// their ETags are no MD5 sums, as under a KMS key.
func joinedETag(parts []types.CompletedPart) string {
	var sums []byte
	for _, p := range parts {
		sum, err := hex.DecodeString(bareETag(p.ETag))
		if err != nil || len(sum) != md5.Size {
			return ""
		}
		sums = append(sums, sum...)
	}
	return compositeETag(sums, len(parts))
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
			}, retries, slowDowns)
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

func (l *Library) completeCopy(ctx context.Context, from Item, to copyTarget, id string, parts []types.CompletedPart) (copied, error) {
	ctx, cancel, err := outlive(ctx, from.Size/64)
	if err != nil {
		return copied{}, failure("s3:CompleteMultipartUpload", to.path, err)
	}
	defer cancel()
	lost := 0
	in := &s3.CompleteMultipartUploadInput{
		Bucket:          aws.String(l.space.Bucket),
		Key:             aws.String(l.space.Key(to.path)),
		UploadId:        aws.String(id),
		MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	}
	in.IfMatch, in.IfNoneMatch = to.conditions()
	out, err := l.api.CompleteMultipartUpload(ctx, in, retries, lostAnswers(&lost))
	if in.IfMatch != nil && unsupported(err) {
		if err := l.stillTakes(ctx, to); err != nil {
			return copied{}, err
		}
		in.IfMatch = nil
		out, err = l.api.CompleteMultipartUpload(ctx, in, retries, lostAnswers(&lost))
	}
	if err == nil {
		made, err := l.verified(ctx, to.path, from.Size, bareETag(out.ETag))
		made.hidden = to.hides(out.VersionId)
		return made, err
	}
	e := completeFailure(to.path, err)
	if e.Code != CodeChanged && (e.Code != CodeNotFound || to.over == "") {
		return copied{unsure: unanswered(e)}, e
	}
	// An earlier attempt may have joined them, and its answer was lost.
	there, lerr := l.look(ctx, to.path)
	if want := joinedETag(parts); lost > 0 && lerr == nil && there != nil && want != "" && there.ETag == want && there.Size == from.Size {
		return copied{etag: there.ETag, at: there.Modified, shared: !answered(err, 0, "NoSuchUpload")}, nil
	}
	switch {
	case lerr == nil && there == nil && to.over != "":
		e.Code = CodeNotFound // somebody removed what was to be replaced
	case lerr == nil && (there == nil || there.ETag == to.over):
		e.Code = CodeChanged // somebody aborted the upload
	default:
		e.Code = CodeExists
	}
	return copied{unsure: lerr != nil}, e
}
