package media_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// What S3 leaves out of a copy by itself goes along nevertheless: a key of the
// object's own, and where a website redirects to. A folder's files come from a
// listing, which tells neither.
func TestARenameCarriesWhatS3LeavesOut(t *testing.T) {
	for _, c := range []struct {
		name, from, to, before, after string
		size                          int
		parts                         bool
	}{
		{name: "file", from: "a.bin", to: "b.bin", before: "a.bin", after: "b.bin", size: 9},
		{name: "folder", from: "f", to: "g", before: "f/a.bin", after: "g/a.bin", size: 9},
		{name: "empty in a folder", from: "f", to: "g", before: "f/a.bin", after: "g/a.bin"},
		{name: "parts", from: "f", to: "g", before: "f/a.bin", after: "g/a.bin", size: 6 << 20, parts: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := mediatest.Sandbox(t, func(a *account.Account) {
				a.KMSKeys = []account.KMSKey{{ARN: kmsKey, State: "Enabled"}}
			})
			e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", ""
			r := e.Room(t, media.Options{})
			if c.parts {
				r.CopyInPartsAbove(1<<20, 5<<20)
			}
			r.Lay(c.before, string(make([]byte, c.size)), func(in *s3.PutObjectInput) {
				in.ServerSideEncryption, in.SSEKMSKeyId = types.ServerSideEncryptionAwsKms, aws.String(kmsKey)
				in.WebsiteRedirectLocation = aws.String("/elsewhere.html")
			})
			got := move(t, r.Library, c.from, c.to)
			got.want(t, c.before, "done")
			_, head, ok := r.Read(c.after)
			if !ok || aws.ToString(head.SSEKMSKeyId) != kmsKey || aws.ToString(head.WebsiteRedirectLocation) != "/elsewhere.html" || aws.ToInt64(head.ContentLength) != int64(c.size) {
				t.Errorf("carried %v, key %q, redirect %q", ok, aws.ToString(head.SSEKMSKeyId), aws.ToString(head.WebsiteRedirectLocation))
			}
			if n := len(r.Keys()); n != 1 {
				t.Errorf("%d keys", n)
			}
		})
	}
}
