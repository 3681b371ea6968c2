package media_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// during is S3 with something that happens when the second part is sent.
type during struct {
	slowing
	do func()
}

func (d *during) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	if d.parts.Load() == 1 {
		d.do()
	}
	return d.slowing.UploadPart(ctx, in, o...)
}

// An upload of a file that changes while it is read is aborted, not kept:
// nothing could go on with it.
func TestAnUploadOfAFileThatChangesIsNotKept(t *testing.T) {
	dir := t.TempDir()
	e := mediatest.Sandbox(t)
	r := written(t, e, dir, media.Options{})
	file := local(t, "big.txt", big(20<<20))
	api := &during{slowing: slowing{API: mediatest.Forbid(t, e)}, do: func() {
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(time.Hour)); err != nil {
			t.Error(err)
		}
	}}
	lib := media.New(api, nil, r.Space, media.Options{Parallel: 1, Journal: journalOf(e, dir)})
	got := put(t, lib, media.PutOptions{}, file)
	got.want(t, "big.txt", "failed:local-changed")
	if got.sum.Kept != 0 || r.Uploads() != 0 || len(keptUploads(t, r.Library)) != 0 {
		t.Errorf("summary %+v, %d uploads open", got.sum, r.Uploads())
	}
}

// Of two interrupted uploads of one name the last goes on, and the other is
// not left to be billed.
func TestTwoInterruptedUploadsOfOneName(t *testing.T) {
	dir := t.TempDir()
	e, r, file := interrupted(t, dir)
	names, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	key := r.Space.Key("big.txt")
	older, err := mediatest.Forbid(t, e).CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: &e.Place.Bucket, Key: &key})
	if err != nil {
		t.Fatal(err)
	}
	data = regexp.MustCompile(`"upload_id":"[^"]*"`).ReplaceAll(data, []byte(`"upload_id":"`+*older.UploadId+`"`))
	if bytes.Count(data, []byte(*older.UploadId)) != 1 {
		t.Fatalf("journal %s", data)
	}
	if err := os.WriteFile(filepath.Join(dir, "media-00000000000000000000000000.jsonl"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if n := r.Uploads(); n != 2 {
		t.Fatalf("%d uploads open", n)
	}
	put(t, r.Library, media.PutOptions{}, file).want(t, "big.txt", "done")
	if n := r.Uploads(); n != 0 || len(keptUploads(t, r.Library)) != 0 {
		t.Errorf("%d uploads open", n)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("the journal still has %q", left)
	}
}
