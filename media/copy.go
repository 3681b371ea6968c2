package media

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
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
	etag string    // of what was stored
	at   time.Time // when, by the server's clock; zero: not known
	// shared tells that somebody else may have made it: see made.
	shared bool
	left   string // a multipart upload that could not be aborted
	// hidden tells that what was under the name stays as an older version.
	hidden bool
	// unsure, beside an error: no answer says whether the copy was made.
	unsure bool
}

// copyTarget is where a copy goes.
type copyTarget struct {
	path string
	// over is the ETag of the object that is there and is to be replaced; empty
	// where the name has to be free.
	over string
}

// conditions are those under which a copy is written.
func (t copyTarget) conditions() (ifMatched, ifNoneMatch *string) {
	if t.over != "" {
		return ifMatch(t.over), nil
	}
	return nil, aws.String("*")
}

// takes refuses to copy over what is there now (nil: nothing) and is not what
// is to be replaced.
func (t copyTarget) takes(there *Item) error {
	switch {
	case there == nil && t.over != "":
		return &Error{Code: CodeNotFound, Path: t.path}
	case there != nil && there.ETag != t.over:
		return refuse(CodeExists, t.path)
	}
	return nil
}

// stillTakes looks right before a copy that no condition guards.
func (l *Library) stillTakes(ctx context.Context, to copyTarget) error {
	there, err := l.look(ctx, to.path)
	if err != nil {
		return err
	}
	return to.takes(there)
}

// hides tells of an answer to a copy that it left an older version behind.
func (t copyTarget) hides(version *string) bool {
	v := aws.ToString(version)
	return t.over != "" && v != "" && v != "null"
}

// copyTo copies an object within the bucket, all its headers and metadata
// with it, only if the source still is what was seen and the target is free,
// or what is to be replaced, and makes sure of what was stored. There is no
// moment without the object that is replaced. note writes down how far a copy
// in parts is; its error ends it.
func (l *Library) copyTo(ctx context.Context, from Item, to copyTarget, note func(state string, data any) error) (copied, error) {
	if from.Size > l.copyLimit {
		return l.copyInParts(ctx, from, to, note)
	}
	return l.copyOnce(ctx, from, to)
}

func (l *Library) copyOnce(ctx context.Context, from Item, to copyTarget) (copied, error) {
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
		Key:               aws.String(l.space.Key(to.path)),
		CopySource:        aws.String(address.CopySource(l.space.Bucket, from.Key)),
		CopySourceIfMatch: ifMatch(from.ETag),
		StorageClass:      keptClass(from.StorageClass),
	}
	in.IfMatch, in.IfNoneMatch = to.conditions()
	from.uncopied.copy(in)
	out, err := l.api.CopyObject(ctx, in, contended, slowDowns, lostAnswers(&lost))
	if in.IfMatch != nil && unsupported(err) {
		if err := l.stillTakes(ctx, to); err != nil {
			return copied{}, err
		}
		in.IfMatch = nil
		out, err = l.api.CopyObject(ctx, in, contended, slowDowns, lostAnswers(&lost))
	}
	if err != nil {
		return l.copyFailure(ctx, from, to, lost, err)
	}
	made := copied{}
	made.at, _ = awsmiddleware.GetServerTime(out.ResultMetadata)
	if r := out.CopyObjectResult; r != nil {
		made.etag = bareETag(r.ETag)
		made.at = orTime(r.LastModified, made.at)
	}
	etag := made.etag
	if etag != from.ETag || etag == "" {
		// Of a multipart upload or under a KMS key the copy has another ETag.
		made, err = l.verified(ctx, to.path, from.Size, etag)
		if err == nil && from.uncopied == nil {
			made, err = l.underItsKey(ctx, from, in, made)
		}
	}
	made.hidden = to.hides(out.VersionId)
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
	return copied{etag: stored, at: aws.ToTime(out.LastModified)}, nil
}

func orTime(t *time.Time, other time.Time) time.Time {
	if t == nil {
		return other
	}
	return *t
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
// this copy succeeded and its answer was lost. Of a target that was to be
// replaced it may be gone, too: then the error's path is the target's.
func (l *Library) copyFailure(ctx context.Context, from Item, to copyTarget, lost int, err error) (copied, error) {
	e := failure("s3:CopyObject", from.Path, err)
	if e.Code != CodeChanged && (e.Code != CodeNotFound || to.over == "") {
		return copied{unsure: unanswered(e)}, e
	}
	there, lerr := l.look(ctx, to.path)
	switch {
	case lerr != nil:
		return copied{unsure: true}, e
	case there == nil && to.over != "":
		e.Code, e.Path = CodeNotFound, to.path
		return copied{}, e
	case there == nil || e.Code == CodeNotFound:
		return copied{}, e
	}
	source, serr := l.look(ctx, from.Path)
	if lost > 0 && serr == nil && source != nil && source.ETag == from.ETag && sameObject(*source, *there) {
		return copied{etag: there.ETag, at: there.Modified, shared: true}, nil
	}
	if to.over != "" && there.ETag == to.over { // it is the source that changed
		return copied{unsure: serr != nil}, e
	}
	e.Code, e.Path = CodeExists, to.path
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
