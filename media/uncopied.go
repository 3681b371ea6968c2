package media

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// uncopied is what S3 leaves out of a copy unless it is told: the key that the
// object is encrypted with, where that is not the bucket's, and where a
// website redirects to. A listing tells neither.
type uncopied struct {
	encryption types.ServerSideEncryption
	key        string
	bucketKey  *bool
	redirect   string
}

var nothingUncopied = &uncopied{}

func uncopiedOf(out *s3.HeadObjectOutput) *uncopied {
	u := uncopied{redirect: aws.ToString(out.WebsiteRedirectLocation)}
	if isKMS(string(out.ServerSideEncryption)) && out.SSEKMSKeyId != nil {
		u.encryption, u.key, u.bucketKey = out.ServerSideEncryption, *out.SSEKMSKeyId, out.BucketKeyEnabled
	}
	if u == *nothingUncopied {
		return nothingUncopied
	}
	return &u
}

func (u *uncopied) copy(in *s3.CopyObjectInput) {
	if u == nil {
		return
	}
	in.WebsiteRedirectLocation = optional(u.redirect)
	in.ServerSideEncryption, in.SSEKMSKeyId, in.BucketKeyEnabled = u.encryption, optional(u.key), u.bucketKey
}

func (u *uncopied) begin(in *s3.CreateMultipartUploadInput) {
	in.WebsiteRedirectLocation = optional(u.redirect)
	in.ServerSideEncryption, in.SSEKMSKeyId, in.BucketKeyEnabled = u.encryption, optional(u.key), u.bucketKey
}

// underItsKey copies once more over a copy that was just made, if it turns out
// that the original has a key of its own or leads elsewhere. Most have not, so
// they are not asked for before.
func (l *Library) underItsKey(ctx context.Context, from Item, in *s3.CopyObjectInput, made copied) (copied, error) {
	head, err := l.head(ctx, from.Key)
	if err != nil {
		return copied{unsure: true}, l.headFailure(ctx, from.Path, err)
	}
	there, err := l.head(ctx, aws.ToString(in.Key))
	if err != nil {
		return copied{unsure: true}, l.headFailure(ctx, from.Path, err)
	}
	want, got := uncopiedOf(head), uncopiedOf(there)
	if want.redirect == got.redirect && (want.key == "" || want.key == got.key) {
		return made, nil
	}
	want.copy(in)
	in.IfNoneMatch, in.IfMatch = nil, ifMatch(made.etag)
	out, err := l.api.CopyObject(ctx, in, contended)
	if err != nil {
		return copied{unsure: true}, failure("s3:CopyObject", from.Path, err)
	}
	path, _ := l.space.Path(aws.ToString(in.Key))
	etag := ""
	if out.CopyObjectResult != nil {
		etag = bareETag(out.CopyObjectResult.ETag)
	}
	return l.verified(ctx, path, from.Size, etag)
}
