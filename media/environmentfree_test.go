package media_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

// watched counts what an unconditional server is asked of an environment's
// directory, and has something happen right before the first look into it that
// is not of a listing from its beginning.
type watched struct {
	unconditional
	dir          string
	heads, looks atomic.Int64
	first        sync.Once
	before       func()
}

func (w *watched) HeadObject(ctx context.Context, in *s3.HeadObjectInput, o ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	if strings.HasPrefix(aws.ToString(in.Key), w.dir) {
		w.heads.Add(1)
	}
	return w.unconditional.HeadObject(ctx, in, o...)
}

func (w *watched) ListObjectsV2(ctx context.Context, in *s3.ListObjectsV2Input, o ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	if aws.ToString(in.Prefix) == w.dir && in.StartAfter != nil {
		w.looks.Add(1)
		w.first.Do(w.before)
	}
	return w.unconditional.ListObjectsV2(ctx, in, o...)
}

// Where copies are not conditional one listing tells for many that their names
// are free, and what somebody puts there meanwhile stays.
func TestNamesAreFreeWhereCopiesAreUnconditional(t *testing.T) {
	for name, again := range map[string]time.Duration{"one look for all": time.Hour, "a look for each": 0} {
		t.Run(name, func(t *testing.T) {
			e := mediatest.Sandbox(t)
			r := e.Room(t, media.Options{})
			var paths []string
			for i := range 300 {
				paths = append(paths, fmt.Sprintf("%c/img-%03d.jpg", 'a'+i%3, i))
			}
			r.LayMany(paths)
			client, err := e.Source.S3(e.Place)
			if err != nil {
				t.Fatal(err)
			}
			id := address.EnvironmentID(mediatest.Service, "dev")
			w := &watched{unconditional: unconditional{client}, dir: r.Space.Dir() + id + "/"}
			w.before = func() { r.Lay(id+"/b/img-298.jpg", "theirs") }
			l := media.New(w, nil, r.Space, media.Options{Journal: journalOf(e, t.TempDir())})
			l.LookAgainAfter(again)
			plan, err := l.PlanEnvironment(t.Context(), id, media.EnvironmentOptions{})
			if err != nil {
				t.Fatal(err)
			}
			res := l.CopyEnvironment(t.Context(), plan, nil)
			if res.Done != 299 || res.Refused != 1 || res.Check.Different != 1 || res.Check.Equal() {
				t.Errorf("%+v", res)
			}
			if content, _, _ := r.Read(id + "/b/img-298.jpg"); content != "theirs" {
				t.Errorf("there is %q", content)
			}
			looks, heads := w.looks.Load(), w.heads.Load()
			if again > 0 && (looks != 1 || heads > 150) || again == 0 && looks < 300 {
				t.Errorf("%d looks into the directory, %d at single names", looks, heads)
			}
			t.Log(looks, heads)
		})
	}
}
