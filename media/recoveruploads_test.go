package media_test

import (
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// slowing is S3 that takes two parts and then no more.
type slowing struct {
	media.API
	parts atomic.Int32
}

func (s *slowing) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	if s.parts.Add(1) > 2 {
		return nil, &smithy.GenericAPIError{Code: "SlowDown"}
	}
	return s.API.UploadPart(ctx, in, o...)
}

// interrupted lays an upload of which two of three parts are stored, and gives
// the room and the local file.
func interrupted(t *testing.T, dir string) (mediatest.Endpoint, *mediatest.Room, string) {
	t.Helper()
	e := mediatest.Sandbox(t)
	r := written(t, e, dir, media.Options{})
	file := local(t, "big.txt", big(20<<20))
	lib := media.New(&slowing{API: mediatest.Forbid(t, e)}, nil, r.Space, media.Options{Parallel: 1, Journal: journalOf(e, dir)})
	got := put(t, lib, media.PutOptions{}, file)
	got.want(t, "big.txt", "failed:busy")
	if !got.events["big.txt"].Kept || r.Uploads() != 1 {
		t.Fatalf("%+v, %d uploads open", got.events["big.txt"], r.Uploads())
	}
	return e, r, file
}

func keptUploads(t *testing.T, l *media.Library) []media.KeptUpload {
	t.Helper()
	plan, err := l.PlanRecover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	return plan.Uploads
}

func TestRecoverLeavesAnInterruptedUpload(t *testing.T) {
	_, r, file := interrupted(t, t.TempDir())
	kept := keptUploads(t, r.Library)
	if len(kept) != 1 || kept[0].File != file || kept[0].Path != "big.txt" || kept[0].Bytes != 20<<20 || kept[0].Sent != 16<<20 || kept[0].Stale || kept[0].Begun.IsZero() {
		t.Fatalf("found %+v", kept)
	}
	recovered(t, r.Library, false).want(t, "big.txt", "skipped:upload-kept")
	if err := os.Chtimes(file, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if kept := keptUploads(t, r.Library); len(kept) != 1 || !kept[0].Stale {
		t.Errorf("of a changed file: %+v", kept)
	}
	recovered(t, r.Library, false).want(t, "big.txt", "skipped:upload-stale")
	if r.Uploads() != 1 || r.CutShort() != 0 {
		t.Errorf("%d uploads open, %d cut short", r.Uploads(), r.CutShort())
	}
}

func TestRecoverUndoAbortsAnInterruptedUpload(t *testing.T) {
	_, r, _ := interrupted(t, t.TempDir())
	recovered(t, r.Library, true).want(t, "big.txt", "done:upload-aborted")
	if r.Uploads() != 0 {
		t.Errorf("%d uploads open", r.Uploads())
	}
	wantNothingLeft(t, r.Library)
}

func TestAnUploadThatMayNotBeAbortedStaysInTheJournal(t *testing.T) {
	dir := t.TempDir()
	e, r, _ := interrupted(t, dir)
	denied := media.New(mediatest.Forbid(t, e, "AbortMultipartUpload"), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	got := recovered(t, denied, true)
	got.want(t, "big.txt", "failed:upload-left")
	if got.sum.Left != 1 || len(keptUploads(t, r.Library)) != 1 {
		t.Errorf("summary %+v, kept %+v", got.sum, keptUploads(t, r.Library))
	}
	recovered(t, r.Library, true).want(t, "big.txt", "done:upload-aborted")
	wantNothingLeft(t, r.Library)
}

// A plan without uploads lets go of them, and undoing it aborts none.
func TestUploadsAreLeftOutOfAPlan(t *testing.T) {
	_, r, _ := interrupted(t, t.TempDir())
	plan, err := r.PlanRecover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	plan.LeaveUploads()
	if !plan.Empty() || r.Recover(t.Context(), plan, true, nil).Done != 0 || r.Uploads() != 1 || len(keptUploads(t, r.Library)) != 1 {
		t.Errorf("plan %+v, %d uploads open", plan, r.Uploads())
	}
}
