package mediatest

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
)

// Fetching is a client whose downloads are counted, and can be cut off.
type Fetching struct {
	media.API
	// After is how many bytes get through before Cut is called and the
	// connection breaks; 0: all.
	After int64
	Cut   func()
	// Before is called before each request is sent, with its number.
	Before func(n int)
	// Deaf makes a server that knows neither ranges nor conditions.
	Deaf bool

	mu       sync.Mutex
	requests int
	bytes    int64
	careless int // requests without a condition
}

// GetObject is the client's, counted.
func (f *Fetching) GetObject(ctx context.Context, in *s3.GetObjectInput, o ...func(*s3.Options)) (*s3.GetObjectOutput, error) {
	f.mu.Lock()
	f.requests++
	n := f.requests
	if in.IfMatch == nil {
		f.careless++
	}
	f.mu.Unlock()
	if f.Before != nil {
		f.Before(n)
	}
	if f.Deaf {
		in.IfMatch, in.Range = nil, nil
	}
	out, err := f.API.GetObject(ctx, in, o...)
	if err == nil {
		out.Body = &counted{f, out.Body}
	}
	return out, err
}

// Bytes is how many bytes came through.
func (f *Fetching) Bytes() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.bytes
}

type counted struct {
	f *Fetching
	io.ReadCloser
}

func (c *counted) Read(p []byte) (int, error) {
	c.f.mu.Lock()
	left := c.f.After - c.f.bytes
	c.f.mu.Unlock()
	if c.f.After > 0 && left <= 0 {
		if c.f.Cut != nil {
			c.f.Cut()
		}
		return 0, syscall.ECONNRESET
	}
	if c.f.After > 0 && int64(len(p)) > left {
		p = p[:left]
	}
	n, err := c.ReadCloser.Read(p)
	c.f.mu.Lock()
	c.f.bytes += int64(n)
	c.f.mu.Unlock()
	return n, err
}

// fetching is a room in which downloads are interrupted and gone on with.
type fetching struct {
	*Room
	t       testing.TB
	e       Endpoint
	dir     string
	content string
}

func (e Endpoint) fetching(t *testing.T) *fetching {
	t.Helper()
	r := &fetching{Room: e.Room(t, media.Options{}), t: t, e: e, dir: t.TempDir(), content: noise(filmSize, 21)}
	put(t, r.Library, []string{file(t, t.TempDir(), "film.mp4", r.content)}, media.PutOptions{})
	return r
}

// run downloads with a library of its own, as another process would.
func (r *fetching) run(f *Fetching) *recorder {
	r.t.Helper()
	client, err := r.e.Source.S3(r.e.Place)
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cut := context.WithCancel(r.t.Context())
	defer cut()
	f.API = client
	if f.After > 0 {
		f.Cut = cut
	}
	lib := media.New(f, nil, r.Space, media.Options{Parallel: 1})
	plan, err := lib.PlanGet(ctx, []string{"film.mp4"}, media.GetOptions{To: r.dir})
	if err != nil {
		r.t.Fatal(err)
	}
	rec := &recorder{}
	lib.Get(ctx, plan, rec.emit)
	if f.careless > 0 {
		r.t.Errorf("%d requests would take whatever object is there", f.careless)
	}
	return rec
}

// interrupt leaves the first half.
func (r *fetching) interrupt() {
	r.t.Helper()
	rec := r.run(&Fetching{After: filmSize / 2})
	wantEnd(r.t, rec, "film.mp4", "failed:aborted")
	if rec.summary.Kept != 1 {
		r.t.Fatalf("kept %d", rec.summary.Kept)
	}
	left, err := os.ReadDir(r.dir)
	if err != nil || len(left) == 0 {
		r.t.Fatalf("left %v, %v", left, err)
	}
	for _, f := range left {
		if !strings.HasPrefix(f.Name(), ".mediadock-") {
			r.t.Errorf("an interrupted download left %q", f.Name())
		}
	}
}

func testGetResume(t *testing.T, e Endpoint) {
	t.Run("fetches what is missing", func(t *testing.T) {
		r := e.fetching(t)
		r.interrupt()
		var f Fetching
		rec := r.run(&f)
		wantEnd(t, rec, "film.mp4", "done:resumed")
		wantFiles(t, r.dir, map[string]string{"film.mp4": r.content})
		if got := f.Bytes(); got != filmSize-filmSize/2 {
			t.Errorf("fetched %d bytes, %d were missing", got, filmSize-filmSize/2)
		}
		if rec.items[0].Resumed != filmSize/2 || rec.summary.Bytes != filmSize || rec.summary.Kept != 0 {
			t.Errorf("resumed %d, summary %+v", rec.items[0].Resumed, rec.summary)
		}
		var last int64
		for _, p := range rec.progress {
			if p.Bytes < last || p.Bytes > p.Total {
				t.Errorf("progress %d of %d after %d", p.Bytes, p.Total, last)
			}
			last = p.Bytes
		}
	})

	t.Run("another object since", func(t *testing.T) {
		r := e.fetching(t)
		r.interrupt()
		other := noise(filmSize, 22)
		r.Lay("film.mp4", other)
		wantEnd(t, r.run(&Fetching{}), "film.mp4", "done:anew")
		wantFiles(t, r.dir, map[string]string{"film.mp4": other})
	})

	t.Run("damaged since", func(t *testing.T) {
		r := e.fetching(t)
		r.interrupt()
		parts, err := filepath.Glob(filepath.Join(r.dir, ".mediadock-*.part"))
		if err != nil || len(parts) != 1 {
			t.Fatalf("partial files %q, %v", parts, err)
		}
		f, err := os.OpenFile(parts[0], os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt([]byte("damage"), 1<<20); err != nil {
			t.Fatal(err)
		}
		f.Close()
		var again Fetching
		wantEnd(t, r.run(&again), "film.mp4", "done:resumed")
		wantFiles(t, r.dir, map[string]string{"film.mp4": r.content})
		if again.Bytes() >= filmSize {
			t.Error("what was not damaged was fetched, too")
		}
	})

	t.Run("changes while it is read", func(t *testing.T) {
		r := e.fetching(t)
		other := noise(filmSize-7, 23)
		rec := r.run(&Fetching{Before: func(n int) {
			if n == 2 {
				r.Lay("film.mp4", other)
			}
		}})
		wantEnd(t, rec, "film.mp4", "done:anew")
		wantFiles(t, r.dir, map[string]string{"film.mp4": other})
	})

	t.Run("keeps changing", func(t *testing.T) {
		r := e.fetching(t)
		rec := r.run(&Fetching{Before: func(n int) { r.Lay("film.mp4", noise(filmSize, uint64(30+n))) }})
		wantEnd(t, rec, "film.mp4", "failed:changed")
		wantFiles(t, r.dir, nil)
	})

	t.Run("deleted while it is read", func(t *testing.T) {
		r := e.fetching(t)
		rec := r.run(&Fetching{Before: func(n int) {
			if n == 2 {
				if _, err := r.Owner.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key("film.mp4"))}); err != nil {
					t.Error(err)
				}
			}
		}})
		wantEnd(t, rec, "film.mp4", "failed:not-found")
		wantFiles(t, r.dir, nil)
	})

	t.Run("a file appears meanwhile", func(t *testing.T) {
		r := e.fetching(t)
		rec := r.run(&Fetching{Before: func(int) { file(t, r.dir, "film.mp4", "theirs") }})
		wantEnd(t, rec, "film.mp4", "refused:local-exists")
		wantFiles(t, r.dir, map[string]string{"film.mp4": "theirs"})
	})

	t.Run("the network is cut", func(t *testing.T) {
		r := e.fetching(t)
		dir := t.TempDir()
		f := &Fetching{API: r.client(), After: 9 << 20}
		lib := media.New(f, nil, r.Space, media.Options{})
		plan, err := lib.PlanGet(t.Context(), []string{"film.mp4"}, media.GetOptions{To: dir})
		if err != nil {
			t.Fatal(err)
		}
		var rec recorder
		lib.Get(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "film.mp4", "failed:network")
		if rec.summary.Kept != 1 {
			t.Errorf("kept %d", rec.summary.Kept)
		}
		f.After = 0
		rec = recorder{}
		lib.Get(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "film.mp4", "done:resumed")
		wantFiles(t, dir, map[string]string{"film.mp4": r.content})
		if f.Bytes() != filmSize {
			t.Errorf("fetched %d bytes in all", f.Bytes())
		}
	})

	t.Run("little is not kept", func(t *testing.T) {
		r := e.fetching(t)
		rec := r.run(&Fetching{After: 100 << 10})
		wantEnd(t, rec, "film.mp4", "failed:aborted")
		if rec.summary.Kept != 0 {
			t.Errorf("kept %d", rec.summary.Kept)
		}
		wantFiles(t, r.dir, nil)
	})

	t.Run("a server that knows no conditions and no ranges", func(t *testing.T) {
		r := e.fetching(t)
		wantEnd(t, r.run(&Fetching{Deaf: true}), "film.mp4", "done")
		wantFiles(t, r.dir, map[string]string{"film.mp4": r.content})
		if err := os.Remove(filepath.Join(r.dir, "film.mp4")); err != nil {
			t.Fatal(err)
		}
		other := strings.Repeat("x", filmSize)
		wantEnd(t, r.run(&Fetching{Deaf: true, Before: func(n int) {
			if n == 2 {
				r.Lay("film.mp4", other)
			}
		}}), "film.mp4", "done:anew")
		wantFiles(t, r.dir, map[string]string{"film.mp4": other})
	})
}

func (r *fetching) client() *s3.Client {
	r.t.Helper()
	client, err := r.e.Source.S3(r.e.Place)
	if err != nil {
		r.t.Fatal(err)
	}
	return client
}
