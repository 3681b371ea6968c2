package media_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// takenAway is a sandbox whose sessions end in the middle of something, and
// whose role then is refused: its trust policy names another external ID.
type takenAway struct {
	mediatest.Endpoint
	t     *testing.T
	ahead atomic.Int64
	once  sync.Once
}

func newTakenAway(t *testing.T) *takenAway {
	a := &takenAway{t: t}
	a.Endpoint = mediatest.SandboxAt(t, func() time.Time { return time.Now().Add(time.Duration(a.ahead.Load())) })
	return a
}

func (a *takenAway) trust(externalID string) {
	a.t.Helper()
	_, err := a.Source.IAM("").UpdateAssumeRolePolicy(context.Background(), &iam.UpdateAssumeRolePolicyInput{
		RoleName: aws.String("MediaRole"), PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},` +
			`"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + externalID + `"}}}]}`),
	})
	if err != nil {
		a.t.Error(err)
	}
}

// end ends the session, once.
func (a *takenAway) end() {
	a.once.Do(func() {
		a.trust("md-another-external-id")
		a.ahead.Store(int64(2 * time.Hour))
	})
}

// back gives the role back.
func (a *takenAway) back() { a.trust(a.Place.ExternalID) }

// told fails unless an event says that the role was refused, in words that
// name the request.
func (a *takenAway) told(e media.Event) {
	a.t.Helper()
	var err *media.Error
	if !errors.As(e.Err, &err) || err.Code != media.CodeSession && err.Code != media.CodeBothExist {
		a.t.Errorf("%s ended %s: %v", e.Path, e.Code, e.Err)
		return
	}
	if err.Code == media.CodeSession && (err.Evidence.Operation != "sts:AssumeRole" || err.TextArgs()["reason"] != "AccessDenied (sts:AssumeRole)") {
		a.t.Errorf("%s: told %+v", e.Path, err.TextArgs())
	}
}

// ending is S3 with something that happens before the nth request of a kind.
type ending struct {
	media.API
	operation string
	n         int64
	do        func()
	seen      atomic.Int64
}

func (c *ending) at(operation string) {
	if operation == c.operation && c.seen.Add(1) == c.n {
		c.do()
	}
}

func (c *ending) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	c.at("UploadPart")
	return c.API.UploadPart(ctx, in, o...)
}

func (c *ending) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	c.at("CopyObject")
	return c.API.CopyObject(ctx, in, o...)
}

func (c *ending) UploadPartCopy(ctx context.Context, in *s3.UploadPartCopyInput, o ...func(*s3.Options)) (*s3.UploadPartCopyOutput, error) {
	c.at("UploadPartCopy")
	return c.API.UploadPartCopy(ctx, in, o...)
}

func (c *ending) DeleteObjects(ctx context.Context, in *s3.DeleteObjectsInput, o ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	c.at("DeleteObjects")
	return c.API.DeleteObjects(ctx, in, o...)
}

// The session ends in the middle of a large upload, and the role is refused:
// what is sent is kept, and the upload goes on once the role is back.
func TestARoleThatIsRefusedInTheMiddleOfAnUpload(t *testing.T) {
	t.Parallel()
	a, dir := newTakenAway(t), t.TempDir()
	r := written(t, a.Endpoint, dir, media.Options{})
	api := &ending{API: mediatest.Forbid(t, a.Endpoint), operation: "UploadPart", n: 3, do: a.end}
	lib := media.New(api, nil, r.Space, media.Options{Parallel: 1, Journal: journalOf(a.Endpoint, dir)})
	file := local(t, "big.txt", big(20<<20))
	got := put(t, lib, media.PutOptions{}, file, local(t, "later.txt", "x"))
	a.told(got.events["big.txt"])
	a.told(got.events["later.txt"])
	if got.sum.Failed != 2 || got.sum.Kept != 1 {
		t.Fatalf("%+v", got.sum)
	}
	a.back()
	if kept := keptUploads(t, r.Library); len(kept) != 1 || kept[0].Sent != 16<<20 {
		t.Errorf("kept %+v", kept)
	}
	put(t, r.Library, media.PutOptions{}, file).want(t, "big.txt", "done")
	if got, _, _ := r.Read("big.txt"); got != big(20<<20) || r.Uploads() != 0 {
		t.Errorf("%d bytes, %d uploads open", len(got), r.Uploads())
	}
	wantNothingLeft(t, r.Library)
}

// The same in the middle of a rename, wherever: nothing is lost, and recovery
// finishes or undoes it once the role is back.
func TestARoleThatIsRefusedInTheMiddleOfARename(t *testing.T) {
	for _, c := range []struct {
		operation string
		n         int64
		parts     bool
	}{{"CopyObject", 1, false}, {"CopyObject", 3, false}, {"DeleteObjects", 1, false}, {"UploadPartCopy", 2, true}} {
		for _, undo := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s %d, undo %v", c.operation, c.n, undo), func(t *testing.T) {
				t.Parallel()
				a, dir := newTakenAway(t), t.TempDir()
				r := written(t, a.Endpoint, dir, media.Options{})
				k := task{files: map[string]string{"f/a.txt": "a", "f/b.txt": "b", "f/c.txt": "c", "f/d.txt": "d"}, from: "f", to: "g", parts: c.parts, lost: new(atomic.Int64)}
				if c.parts {
					k.files["f/large.bin"] = big(11 << 20)
				}
				k.lay(r)
				api := &ending{API: mediatest.Forbid(t, a.Endpoint), operation: c.operation, n: c.n, do: a.end}
				lib := media.New(api, nil, r.Space, media.Options{Parallel: 1, Journal: journalOf(a.Endpoint, dir)})
				if c.parts {
					lib.CopyInPartsAbove(1<<20, 5<<20)
				}
				got := move(t, lib, "f", "g")
				for _, e := range got.events {
					if e.Err != nil {
						a.told(e)
					}
				}
				if got.sum.Failed == 0 || got.sum.Done+got.sum.Failed != len(k.files) {
					t.Fatalf("%+v: %v", got.sum, got.end)
				}
				k.whole(t, r)
				if _, err := r.PlanRecover(t.Context()); codeOf(err) != media.CodeSession {
					t.Errorf("recovery without the role: %v", err)
				}
				a.back()
				if !k.recover(t, r, undo) {
					t.Error("nothing was found to recover")
				}
			})
		}
	}
}

// The same in the middle of a download: what has come is kept.
func TestARoleThatIsRefusedInTheMiddleOfADownload(t *testing.T) {
	t.Parallel()
	a := newTakenAway(t)
	client, err := a.Source.S3(a.Place)
	if err != nil {
		t.Fatal(err)
	}
	f := &mediatest.Fetching{API: client, Before: func(n int) {
		if n == 2 {
			a.end()
		}
	}}
	r := a.RoomWith(t, f, media.Options{Parallel: 1})
	r.Lay("f/film.bin", big(20<<20))
	r.Lay("f/later.txt", "x")
	dir := t.TempDir()
	got := get(t, r.Library, media.GetOptions{To: dir, Recursive: true}, "f/")
	a.told(got.events["f/film.bin"])
	a.told(got.events["f/later.txt"])
	if got.sum.Kept != 1 {
		t.Fatalf("%+v", got.sum)
	}
	for name := range files(t, dir) {
		if !strings.HasPrefix(name, ".mediadock-") {
			t.Errorf("%s is there", name)
		}
	}
	a.back()
	again := get(t, r.Library, media.GetOptions{To: dir, Recursive: true}, "f/")
	again.want(t, "f/film.bin", "done:resumed")
	wantFiles(t, dir, map[string]string{"film.bin": big(20 << 20), "later.txt": "x"})
}
