package mediatest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
)

// parting is a client that counts parts, and is cut off after some of them.
type parting struct {
	*s3.Client
	sent  atomic.Int64
	after int64 // parts that get through; 0: all
	cut   context.CancelFunc
}

func (p *parting) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	if p.after > 0 && p.sent.Load() >= p.after {
		p.cut()
		return nil, context.Canceled
	}
	out, err := p.Client.UploadPart(ctx, in, o...)
	if err == nil {
		p.sent.Add(1)
	}
	return out, err
}

// resuming is a room in which uploads are interrupted and gone on with.
type resuming struct {
	*Room
	t    testing.TB
	e    Endpoint
	dir  string
	file string
}

// film is three parts long.
const filmSize = 20<<20 + 123

func (e Endpoint) resuming(t *testing.T) *resuming {
	t.Helper()
	dir := t.TempDir()
	return &resuming{Room: e.Room(t, media.Options{}), t: t, e: e, dir: filepath.Join(dir, "journal"), file: file(t, dir, "film.mp4", noise(filmSize, 11))}
}

// run uploads the file with a library of its own, as another process would,
// and tells how many parts it sent. after says after how many it is cut off.
func (r *resuming) run(after int64) (rec *recorder, sent int64) {
	r.t.Helper()
	client, err := r.e.Source.S3(r.e.Place)
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cut := context.WithCancel(r.t.Context())
	defer cut()
	api := &parting{Client: client, after: after, cut: cut}
	place := journal.Place{Bucket: r.Space.Bucket, Region: r.Space.Region, Under: r.Space.Dir()}
	lib := media.New(api, nil, r.Space, media.Options{
		Parallel: 1, Stamp: media.Stamp("microcms", Service, time.Now), Journal: journal.New(r.dir, place),
	})
	plan, err := lib.PlanPut(ctx, []string{r.file}, media.PutOptions{})
	if err != nil {
		r.t.Fatal(err)
	}
	rec = &recorder{}
	lib.Put(ctx, plan, rec.emit)
	return rec, api.sent.Load()
}

// open are the file's multipart uploads. They are asked for by the whole key:
// MinIO finds them by nothing less.
func (r *resuming) open() []types.MultipartUpload {
	r.t.Helper()
	out, err := r.Owner.ListMultipartUploads(context.Background(), &s3.ListMultipartUploadsInput{
		Bucket: aws.String(r.Place.Bucket), Prefix: aws.String(r.Space.Key("film.mp4")),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out.Uploads
}

func (r *resuming) interrupt() {
	r.t.Helper()
	rec, sent := r.run(2)
	wantEnd(r.t, rec, "film.mp4", "failed:aborted")
	if sent != 2 || rec.summary.Kept != 1 || rec.summary.Left != 0 || len(r.open()) != 1 {
		r.t.Fatalf("sent %d, kept %d, left %d, %d uploads open", sent, rec.summary.Kept, rec.summary.Left, len(r.open()))
	}
}

// whole expects the file to be stored, with nothing left behind.
func (r *resuming) whole() {
	r.t.Helper()
	want, err := os.ReadFile(r.file)
	if err != nil {
		r.t.Fatal(err)
	}
	got, head, _ := r.Read("film.mp4")
	if got != string(want) {
		r.t.Fatalf("stored %d other bytes", len(got))
	}
	if deref(head.ContentType) != "video/mp4" || head.Metadata["upload-source"] != "microcms" {
		r.t.Errorf("content type %q, metadata %v", deref(head.ContentType), head.Metadata)
	}
	if n := len(r.open()); n != 0 {
		r.t.Errorf("%d uploads open", n)
	}
	if left, err := os.ReadDir(r.dir); err == nil && len(left) != 0 {
		r.t.Errorf("the journal still has %v", left)
	}
}

func testResume(t *testing.T, e Endpoint) {
	t.Run("sends what is missing", func(t *testing.T) {
		r := e.resuming(t)
		r.interrupt()
		rec, sent := r.run(0)
		wantEnd(t, rec, "film.mp4", "done")
		if sent != 1 {
			t.Errorf("sent %d parts, one was missing", sent)
		}
		var last int64
		for _, p := range rec.progress {
			if p.Bytes < last || p.Bytes > p.Total {
				t.Errorf("progress %d of %d after %d", p.Bytes, p.Total, last)
			}
			last = p.Bytes
		}
		if rec.summary.Bytes != filmSize || rec.summary.Kept != 0 {
			t.Errorf("summary %+v", rec.summary)
		}
		r.whole()
	})

	t.Run("twice interrupted", func(t *testing.T) {
		r := e.resuming(t)
		if rec, _ := r.run(1); rec.summary.Kept != 1 {
			t.Fatalf("summary %+v", rec.summary)
		}
		if rec, sent := r.run(1); sent != 1 || rec.summary.Kept != 1 {
			t.Fatalf("sent %d, summary %+v", sent, rec.summary)
		}
		if _, sent := r.run(0); sent != 1 {
			t.Errorf("sent %d parts, one was missing", sent)
		}
		r.whole()
	})

	t.Run("nothing sent", func(t *testing.T) {
		r := e.resuming(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		client, err := e.Source.S3(e.Place)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := r.PlanPut(t.Context(), []string{r.file}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		lib := media.New(client, nil, r.Space, media.Options{Journal: journal.New(r.dir, journal.Place{Bucket: r.Space.Bucket})})
		if sum := lib.Put(ctx, plan, nil); sum.Kept != 0 || len(r.open()) != 0 {
			t.Errorf("kept %d, %d uploads open", sum.Kept, len(r.open()))
		}
	})

	t.Run("another file since", func(t *testing.T) {
		r := e.resuming(t)
		r.interrupt()
		if err := os.WriteFile(r.file, []byte(noise(filmSize+5, 12)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, sent := r.run(0); sent != 3 {
			t.Errorf("sent %d parts of another file", sent)
		}
		r.whole()
	})

	t.Run("other bytes of the same size and time", func(t *testing.T) {
		r := e.resuming(t)
		info, err := os.Stat(r.file)
		if err != nil {
			t.Fatal(err)
		}
		r.interrupt()
		changed := noise(filmSize, 11)
		changed = "X" + changed[1:]
		if err := os.WriteFile(r.file, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(r.file, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
		if _, sent := r.run(0); sent != 2 {
			t.Errorf("sent %d parts: the first is another one, the last was missing", sent)
		}
		r.whole()
	})

	t.Run("aborted by somebody", func(t *testing.T) {
		r := e.resuming(t)
		r.interrupt()
		for _, u := range r.open() {
			if _, err := r.Owner.AbortMultipartUpload(t.Context(), &s3.AbortMultipartUploadInput{Bucket: aws.String(r.Place.Bucket), Key: u.Key, UploadId: u.UploadId}); err != nil {
				t.Fatal(err)
			}
		}
		rec, sent := r.run(0)
		wantEnd(t, rec, "film.mp4", "done")
		if sent != 3 {
			t.Errorf("sent %d parts", sent)
		}
		r.whole()
	})

	t.Run("a journal that is wrong", func(t *testing.T) {
		r := e.resuming(t)
		r.interrupt()
		r.falsify(`"etag":"`, `"etag":"\"00000000000000000000000000000000\"","was":"`)
		rec, _ := r.run(0)
		wantEnd(t, rec, "film.mp4", "done")
		r.whole()
	})

	t.Run("the name is taken since", func(t *testing.T) {
		r := e.resuming(t)
		r.interrupt()
		r.Lay("film.mp4", "theirs")
		rec, _ := r.run(0)
		wantEnd(t, rec, "film.mp4", "refused:exists")
		if got, _, _ := r.Read("film.mp4"); got != "theirs" {
			t.Errorf("their file is %d bytes now", len(got))
		}
	})
}

// falsify changes what the journal's files say.
func (r *resuming) falsify(from, to string) {
	r.t.Helper()
	names, err := filepath.Glob(filepath.Join(r.dir, "*"))
	if err != nil {
		r.t.Fatal(err)
	}
	changed := false
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			r.t.Fatal(err)
		}
		if text := strings.ReplaceAll(string(data), from, to); text != string(data) {
			changed = true
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	if !changed {
		r.t.Fatalf("no file of the journal has %s", from)
	}
}
