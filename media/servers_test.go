package media_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// careless is a server that ignores conditions, as several do.
type careless struct{ *s3.Client }

func (c careless) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	in.IfNoneMatch, in.IfMatch = nil, nil
	return c.Client.PutObject(ctx, in, o...)
}

func (c careless) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	in.IfNoneMatch, in.IfMatch = nil, nil
	return c.Client.CopyObject(ctx, in, o...)
}

func TestTargetsAreLookedAtAgainWhereConditionsAreIgnored(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, careless{client}, media.Options{})
	r.LookAgainAfter(0)
	r.Lay("from.txt", "mine")
	uploads, err := r.PlanPut(t.Context(), []string{local(t, "a.txt", "mine")}, media.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	moves, err := r.PlanMove(t.Context(), "from.txt", "b.txt")
	if err != nil {
		t.Fatal(err)
	}
	r.Lay("a.txt", "theirs")
	r.Lay("b.txt", "theirs")
	var got ends
	r.Put(t.Context(), uploads, got.emit)
	got.want(t, "a.txt", "refused:exists")
	r.Move(t.Context(), moves, got.emit)
	got.want(t, "from.txt", "refused:exists")
	for _, p := range []string{"a.txt", "b.txt"} {
		if content, _, _ := r.Read(p); content != "theirs" {
			t.Errorf("%s was overwritten with %q", p, content)
		}
	}
}

// rival stores something else under the source of a copy as soon as the copy
// is made.
type rival struct {
	*s3.Client
	lay func()
}

func (c rival) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	out, err := c.Client.CopyObject(ctx, in, o...)
	c.lay()
	return out, err
}

func TestAMoveNeverRemovesWhatItDidNotCopy(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{"one.txt", "f"} {
		api := &rival{Client: client}
		r := e.RoomWith(t, api, media.Options{Parallel: 1})
		var paths []string
		if from == "f" {
			for i := range 20 {
				paths = append(paths, fmt.Sprintf("f/%02d.txt", i))
			}
		} else {
			paths = []string{"one.txt"}
		}
		for _, p := range paths {
			r.Lay(p, "seen")
		}
		api.lay = func() { r.Lay(paths[0], "theirs") }
		got := move(t, r.Library, from, "g/")
		got.want(t, paths[0], "failed:both-exist")
		if content, _, _ := r.Read(paths[0]); content != "theirs" {
			t.Errorf("%s holds %q", paths[0], content)
		}
		if got.sum.Done != len(paths)-1 {
			t.Errorf("summary %+v", got.sum)
		}
	}
}

// corrupt changes what it says that it stored.
type corrupt struct{ *s3.Client }

func (c corrupt) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	out, err := c.Client.PutObject(ctx, in, o...)
	if err == nil {
		wrong := `"` + strings.Repeat("0", 32) + `"`
		out.ETag = &wrong
	}
	return out, err
}

func TestWhatArrivedIsCompared(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, corrupt{client}, media.Options{})
	put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "a")).want(t, "a.txt", "failed:unverified")
}

// meddler changes the local file as soon as a request for it is made.
type meddler struct {
	*s3.Client
	file string
}

func (m meddler) meddle() { _ = os.WriteFile(m.file, []byte(big(17<<20)+"!"), 0o644) }

func (m meddler) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	m.meddle()
	return m.Client.PutObject(ctx, in, o...)
}

func (m meddler) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput, o ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	return nil, errors.New("completed an upload of a file that changed")
}

func (m meddler) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	if *in.PartNumber == 2 {
		m.meddle()
	}
	return m.Client.UploadPart(ctx, in, o...)
}

func TestAFileThatChangesWhileItIsReadIsNotStored(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"small.txt": "small", "big.txt": big(17 << 20)} {
		file := local(t, name, content)
		r := e.RoomWith(t, meddler{client, file}, media.Options{Parallel: 1})
		put(t, r.Library, media.PutOptions{}, file).want(t, name, "failed:local-changed")
		if keys := r.Keys(); len(keys) != 0 {
			t.Errorf("stored %q", keys)
		}
		if n := r.Uploads(); n != 0 {
			t.Errorf("%d uploads are open", n)
		}
	}
}

// counter counts requests.
type counter struct {
	*s3.Client
	lists, heads atomic.Int64
}

func (c *counter) ListObjectsV2(ctx context.Context, in *s3.ListObjectsV2Input, o ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	c.lists.Add(1)
	return c.Client.ListObjectsV2(ctx, in, o...)
}

func (c *counter) HeadObject(ctx context.Context, in *s3.HeadObjectInput, o ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	c.heads.Add(1)
	return c.Client.HeadObject(ctx, in, o...)
}

// bare hides the checksums that S3 keeps beside the ETag, as older objects and
// other servers have none.
type bare struct{ *s3.Client }

func (b bare) HeadObject(ctx context.Context, in *s3.HeadObjectInput, o ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	out, err := b.Client.HeadObject(ctx, in, o...)
	if err == nil {
		out.ChecksumCRC32, out.ChecksumCRC32C, out.ChecksumCRC64NVME, out.ChecksumType = nil, nil, nil, ""
	}
	return out, err
}

func TestAFileThatAnotherProgramUploadedInPartsIsRecognised(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, bare{client}, media.Options{})
	content := big(17 << 20)
	file := local(t, "film.txt", content)
	for _, c := range []struct {
		part int64
		want string
	}{{5 << 20, "skipped:same"}, {16 << 20, "skipped:same"}, {8 << 20, "skipped:same"}, {7 << 20, "refused:conflict"}} {
		r.LayInParts("film.txt", content, c.part)
		put(t, r.Library, media.PutOptions{IfExists: media.Skip}, file).want(t, "film.txt", c.want)
	}
	r.LayInParts("film.txt", "!"+content[1:], 8<<20)
	put(t, r.Library, media.PutOptions{IfExists: media.Skip}, file).want(t, "film.txt", "refused:conflict")
}
