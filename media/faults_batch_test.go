package media_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// partly is S3 that answers a batch with 200 and fails some of its keys: the
// busy ones once, the locked ones always.
type partly struct {
	*s3.Client
	batches []int
}

func (p *partly) DeleteObjects(ctx context.Context, in *s3.DeleteObjectsInput, o ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	first := len(p.batches) == 0
	p.batches = append(p.batches, len(in.Delete.Objects))
	var rest []types.ObjectIdentifier
	var failed []types.Error
	for _, k := range in.Delete.Objects {
		switch key := aws.ToString(k.Key); {
		case first && strings.Contains(key, "busy"):
			failed = append(failed, types.Error{Key: k.Key, Code: aws.String("SlowDown")})
		case strings.Contains(key, "locked"):
			failed = append(failed, types.Error{Key: k.Key, Code: aws.String("AccessDenied"), Message: aws.String("object protected by object lock")})
		default:
			rest = append(rest, k)
		}
	}
	in.Delete.Objects = rest
	out, err := p.Client.DeleteObjects(ctx, in, o...)
	if err == nil {
		out.Errors = append(out.Errors, failed...)
	}
	return out, err
}

func TestOnlyWhatFailedIsDeletedAgain(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	api := &partly{Client: client}
	r := e.RoomWith(t, api, media.Options{Parallel: 1})
	r.LayMany([]string{"f/a&<>\".txt", "f/b.txt", "f/busy-1.txt", "f/busy-2.txt", "f/locked.txt"})
	got := remove(t, r.Library, "f")
	for _, path := range []string{"f/a&<>\".txt", "f/b.txt", "f/busy-1.txt", "f/busy-2.txt"} {
		got.want(t, path, "done")
	}
	got.want(t, "f/locked.txt", "failed:denied")
	if len(api.batches) != 2 || api.batches[0] != 5 || api.batches[1] != 2 {
		t.Errorf("asked for %v keys", api.batches)
	}
	if keys := r.Keys(); len(keys) != 1 || keys[0] != "f/locked.txt" {
		t.Errorf("keys %q", keys)
	}
}
