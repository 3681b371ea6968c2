package media

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// judge tells from what there is under both names how far a file came.
func (l *Library) judge(ctx context.Context, i *CutItem) (Found, error) {
	original := i.from != nil && i.from.ETag == i.intent.ETag && i.from.Size == i.intent.Size
	switch {
	case i.from == nil && i.to == nil:
		return FoundGone, nil
	case i.from == nil:
		// Nothing removes an original but a move whose copy was there. What
		// is under the new name may have been changed since: that is
		// somebody's own doing.
		return FoundMoved, nil
	case i.to == nil && original:
		return FoundNotBegun, nil
	case !original:
		return FoundChanged, nil
	}
	same, err := l.isCopy(ctx, i)
	switch {
	case codeIn(err) == CodeNotFound: // somebody just removed one of them
		if i.from, err = l.look(ctx, i.From); err == nil {
			i.to, err = l.look(ctx, i.To)
		}
		if err != nil || i.from != nil && i.to != nil {
			return FoundUnsure, err
		}
		return l.judge(ctx, i)
	case err != nil:
		return "", err
	case same == yes:
		return FoundBoth, nil
	case same == no:
		return FoundTaken, nil
	}
	return FoundUnsure, nil
}

// answer is what can be told of a question.
type answer int

const (
	unknown answer = iota
	yes
	no
)

// isCopy tells whether what lies under the new name is what the operation put
// there. Both names are taken, and the original is unchanged.
func (l *Library) isCopy(ctx context.Context, i *CutItem) (answer, error) {
	if i.sure != "" { // the journal knows what it made
		if i.to.ETag == i.sure {
			return yes, nil
		}
		return no, nil
	}
	if i.kind == kindReplace {
		return l.isUploaded(ctx, i)
	}
	if i.to.Size != i.intent.Size {
		return no, nil
	}
	a, err := l.head(ctx, i.intent.From, withChecksum)
	if err != nil {
		return unknown, l.headFailure(ctx, i.From, err)
	}
	b, err := l.head(ctx, i.intent.To, withChecksum)
	if err != nil {
		return unknown, l.headFailure(ctx, i.To, err)
	}
	from, to := l.itemOfHead(i.From, a), l.itemOfHead(i.To, b)
	if from.ETag != i.intent.ETag || to.ETag != i.to.ETag {
		return unknown, nil // somebody is at work here
	}
	if from.ContentType != to.ContentType || !sameStamp(from.Metadata, to.Metadata) || !sameStamp(to.Metadata, from.Metadata) {
		return no, nil
	}
	if from.ETag == to.ETag {
		return yes, nil
	}
	if same := sameChecksum(a, b); same != unknown {
		return same, nil
	}
	if from.Size > mostCompared {
		return unknown, nil
	}
	return l.sameBytes(ctx, from, to)
}

// sameChecksum compares the checksums of whole objects that both have. ETags
// that differ tell nothing: of a multipart upload and of its copy they do.
func sameChecksum(a, b *s3.HeadObjectOutput) answer {
	if a.ChecksumType != b.ChecksumType || a.ChecksumType == "COMPOSITE" {
		return unknown
	}
	for _, pair := range [][2]*string{
		{a.ChecksumSHA256, b.ChecksumSHA256}, {a.ChecksumSHA1, b.ChecksumSHA1}, {a.ChecksumCRC64NVME, b.ChecksumCRC64NVME},
		{a.ChecksumCRC32C, b.ChecksumCRC32C}, {a.ChecksumCRC32, b.ChecksumCRC32},
	} {
		switch x, y := aws.ToString(pair[0]), aws.ToString(pair[1]); {
		case x == "" || y == "" || isComposite(x) || isComposite(y):
		case x == y:
			return yes
		default:
			return no
		}
	}
	return unknown
}

// mostCompared is up to which size objects are read to compare them.
const mostCompared = 256 * mebi

// sameBytes reads two objects.
func (l *Library) sameBytes(ctx context.Context, a, b Item) (answer, error) {
	x, err := l.sumOf(ctx, a)
	if err != nil {
		return unknown, err
	}
	y, err := l.sumOf(ctx, b)
	switch {
	case err != nil:
		return unknown, err
	case string(x.Sum(nil)) == string(y.Sum(nil)):
		return yes, nil
	}
	return no, nil
}

func (l *Library) sumOf(ctx context.Context, item Item) (hash.Hash, error) {
	ctx, cancel := deadline(ctx, item.Size)
	defer cancel()
	out, err := l.api.GetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(l.space.Bucket), Key: aws.String(item.Key), IfMatch: ifMatch(item.ETag),
	}, retries)
	if err != nil {
		return nil, failure("s3:GetObject", item.Path, err)
	}
	defer out.Body.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, out.Body); err != nil {
		return nil, failure("s3:GetObject", item.Path, err)
	}
	return sum, nil
}

// isUploaded tells whether what lies under the new name is the local file that
// a re-upload was to store there.
func (l *Library) isUploaded(ctx context.Context, i *CutItem) (answer, error) {
	if i.to.Size != i.intent.FileSize {
		return no, nil
	}
	same, err := l.sameContent(ctx, uploadedAs(i.intent.File, i.intent.FileSize), *i.to)
	var e *Error
	switch {
	case errors.As(err, &e) && (e.Code == CodeLocalMissing || e.Code == CodeLocalUnreadable):
		return unknown, nil // the file is not there to compare with
	case err != nil:
		return unknown, err
	case same:
		return yes, nil
	}
	return unknown, nil // no checksum can be compared, or the file changed since
}
