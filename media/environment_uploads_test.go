package media_test

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// partless loses the network when parts are copied. It may not list uploads.
type partless struct {
	media.API
	lost atomic.Bool
}

var errLost = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}

func (p *partless) UploadPartCopy(ctx context.Context, in *s3.UploadPartCopyInput, o ...func(*s3.Options)) (*s3.UploadPartCopyOutput, error) {
	p.lost.Store(true)
	return nil, errLost
}

func (p *partless) AbortMultipartUpload(ctx context.Context, in *s3.AbortMultipartUploadInput, o ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	if p.lost.Load() {
		return nil, errLost
	}
	return p.API.AbortMultipartUpload(ctx, in, o...)
}

// An upload that could not be aborted, as the network was gone, is aborted by
// the run that goes on.
func TestAnUploadThatIsLeftGoesWithTheNextRun(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	r.CopyInPartsAbove(1<<20, 5<<20)
	r.Lay("a.bin", big(6<<20))
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	l := media.New(&partless{API: client}, nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	l.CopyInPartsAbove(1<<20, 5<<20)
	res, got := toEnvironment(t, l, media.EnvironmentOptions{})
	got.want(t, "a.bin", "failed:network")
	if res.Left == 0 || !res.Resumable || r.Uploads() == 0 {
		t.Fatalf("%+v, %d uploads", res, r.Uploads())
	}
	if res, _ = toEnvironment(t, r.Library, media.EnvironmentOptions{}); !res.Check.Equal() || r.Uploads() != 0 || res.Left != 0 {
		t.Errorf("%+v, %d uploads", res, r.Uploads())
	}
	if left := journalOf(e, dir).Left(); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
}

// Where uploads may not be listed one whose ID nobody knew is told to be left.
func TestAnUploadThatNobodyKnowsIsTold(t *testing.T) {
	for _, lists := range []bool{false, true} {
		t.Run(fmt.Sprintf("may list: %v", lists), func(t *testing.T) {
			e := mediatest.Sandbox(t)
			e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", "" // who may list uploads
			dir := t.TempDir()
			r := written(t, e, dir, media.Options{})
			r.CopyInPartsAbove(1<<20, 5<<20)
			r.Lay("a.bin", big(6<<20))
			client, err := e.Source.S3(e.Place)
			if err != nil {
				t.Fatal(err)
			}
			// Its process was killed after the upload was begun, and before its
			// ID was written down.
			key := aws.String(r.Space.Key(devID + "/a.bin"))
			begun := time.Now().Truncate(time.Second)
			op := journalOf(e, dir).Begin("environment-copy", map[string]any{"id": devID, "dir": r.Space.Dir() + devID + "/", "begun": begun})
			if err := op.Write(journal.Step{ID: 1, Kind: "environment", State: "intent"},
				journal.Step{ID: 2, Kind: "environment-parts", State: "intent", Data: map[string]any{"from": r.Space.Key("a.bin"), "to": *key, "size": 6 << 20}}); err != nil {
				t.Fatal(err)
			}
			op.Close()
			if _, err := client.CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: aws.String(r.Place.Bucket), Key: key}); err != nil {
				t.Fatal(err)
			}
			var api media.API = client
			if !lists {
				api = struct{ media.API }{client}
			}
			l := media.New(api, nil, r.Space, media.Options{Journal: journalOf(e, dir)})
			l.CopyInPartsAbove(1<<20, 5<<20)
			res, _ := toEnvironment(t, l, media.EnvironmentOptions{})
			left, open := 1, 1
			if lists {
				left, open = 0, 0
			}
			if !res.Check.Equal() || res.Left != left || r.Uploads() != open {
				t.Errorf("%+v, %d uploads", res, r.Uploads())
			}
			if left := journalOf(e, dir).Left(); len(left) != 0 {
				t.Errorf("left %+v", left)
			}
		})
	}
}
