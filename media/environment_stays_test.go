package media_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// clocked is the built-in AWS at a time that a test sets.
type clocked struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clocked {
	return &clocked{now: time.Now().Add(-14 * time.Minute)} // S3 takes no request that is more than 15 minutes off
}

func (c *clocked) get() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clocked) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// limping copies so many objects, one at a time. Who wants another one copied
// waits until it is over, and hears that it was cancelled: how many are copied
// hangs on nobody's hearing of it in time.
type limping struct {
	media.API
	over chan struct{}

	mu   sync.Mutex
	left int
}

func (l *limping) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	l.mu.Lock()
	if l.left == 0 {
		l.mu.Unlock()
		<-l.over
		return nil, context.Canceled
	}
	defer l.mu.Unlock()
	out, err := l.API.CopyObject(ctx, in, o...)
	if err == nil {
		l.left--
	}
	return out, err
}

// cutAfter copies so many objects, and is cancelled when they were told.
func cutAfter(t *testing.T, r *mediatest.Room, o media.Options, most int) media.EnvironmentResult {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	api := &limping{API: mediatest.Forbid(t, r.Endpoint), left: most, over: make(chan struct{})}
	l := media.New(api, nil, r.Space, o)
	l.NotesEvery(5)
	n := 0
	res := l.CopyEnvironment(ctx, planEnvironment(t, l, media.EnvironmentOptions{}), func(ev media.Event) {
		if ev.Type != media.EventItem {
			return
		}
		if ev.Err != nil {
			t.Errorf("told %+v", ev)
		}
		if n++; n == most {
			cancel()
			close(api.over)
		}
	})
	if !res.Resumable || res.Stopped != nil || res.Done != most {
		t.Fatalf("%+v", res)
	}
	return res
}

// What somebody uploads into an environment in the very seconds in which a run
// makes its copies, under a name that production changes later, is told from a
// copy by its stamp once nobody remembers who made it; a copy is not.
func TestWhatCameWhileCopiesRanStays(t *testing.T) {
	clock := newClock()
	e := mediatest.SandboxAt(t, clock.get)
	o := media.Options{Journal: journal.New(t.TempDir(), placeOf(e.Place.Bucket)), Parallel: 1}
	r := e.Room(t, o)
	stamped := func(before time.Duration) func(*s3.PutObjectInput) {
		return func(in *s3.PutObjectInput) {
			in.Metadata = media.Stamp("microcms", mediatest.Service, func() time.Time { return clock.get().Add(-before) })()
		}
	}
	all := numbered(12)
	for _, p := range all {
		r.Lay(p, p, stamped(time.Hour))
	}
	clock.add(time.Minute)
	cutAfter(t, r, o, 10)
	r.Lay(devID+"/f/0001.txt", "theirs", stamped(0))
	r.Lay(devID+"/f/0002.txt", "theirs, by a clock that is off", stamped(-10*time.Minute))
	r.Lay(devID+"/f/0003.txt", "theirs, of another program")
	clock.add(5 * time.Minute)
	for _, p := range all[1:5] {
		r.Lay(p, "changed "+p, stamped(0))
	}
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if want := []string{"f/0001.txt", "f/0002.txt", "f/0003.txt"}; res.Check.Different != 3 || !slices.Equal(res.Check.DifferentPaths, want) {
		t.Errorf("different are %q: %+v", res.Check.DifferentPaths, res)
	}
	for path, want := range map[string]string{
		"f/0001.txt": "theirs", "f/0002.txt": "theirs, by a clock that is off", "f/0003.txt": "theirs, of another program", "f/0004.txt": "changed f/0004.txt",
	} {
		if got, _, _ := r.Read(devID + "/" + path); got != want {
			t.Errorf("%s is %q, not %q", path, got, want)
		}
	}
}

// What somebody put into an unfinished environment between two runs is his,
// though production's file is younger: it is named and stays.
func TestWhatCameBetweenTwoRunsStays(t *testing.T) {
	clock := newClock()
	e := mediatest.SandboxAt(t, clock.get)
	j := journal.New(t.TempDir(), placeOf(e.Place.Bucket))
	o := media.Options{Journal: j, Parallel: 1}
	r := e.Room(t, o)
	r.LayMany(numbered(30))
	clock.add(time.Minute)
	cutAfter(t, r, o, 10)
	clock.add(2 * time.Minute)
	r.Lay(devID+"/f/0001.txt", "theirs")
	clock.add(2 * time.Minute)
	cutAfter(t, r, o, 10) // a run of its own
	clock.add(2 * time.Minute)
	r.Lay("f/0001.txt", "changed")
	r.Lay("f/0002.txt", "changed") // copied by the first run
	r.Lay("f/0015.txt", "changed") // by the second
	res := r.CopyEnvironment(t.Context(), planEnvironment(t, r.Library, media.EnvironmentOptions{}), nil)
	for path, want := range map[string]string{"f/0001.txt": "theirs", "f/0002.txt": "changed", "f/0015.txt": "changed"} {
		if got, _, _ := r.Read(devID + "/" + path); got != want {
			t.Errorf("%s holds %q, not %q", path, got, want)
		}
	}
	if c := res.Check; c.Different != 1 || !slices.Equal(c.DifferentPaths, []string{"f/0001.txt"}) || c.Missing != 0 {
		t.Errorf("%+v", res)
	}
}

// matchless knows no If-Match of a copy, as AWS once did, and has somebody
// store something before it says so.
type matchless struct {
	*s3.Client
	before func()
}

func (m matchless) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	if in.IfMatch != nil {
		m.before()
		return nil, &smithy.GenericAPIError{Code: "NotImplemented", Message: "A header you provided implies functionality that is not implemented"}
	}
	return m.Client.CopyObject(ctx, in, o...)
}

// Where a copy over another cannot be conditional, what is there is looked at
// right before it.
func TestACopyOverAnotherLooksWhereItCannotBeConditional(t *testing.T) {
	for name, theirs := range map[string]bool{"ours": false, "theirs": true} {
		t.Run(name, func(t *testing.T) {
			e := mediatest.SandboxAsAWS(t)
			client, err := e.Source.S3(e.Place)
			if err != nil {
				t.Fatal(err)
			}
			var r *mediatest.Room
			r = e.RoomWith(t, matchless{client, func() {
				if theirs {
					r.Lay(devID+"/a.txt", "theirs")
				}
			}}, media.Options{Parallel: 1})
			r.LayMany([]string{"a.txt", "b.txt"})
			var once sync.Once
			res := r.CopyEnvironment(t.Context(), planEnvironment(t, r.Library, media.EnvironmentOptions{}), func(ev media.Event) {
				if ev.Type == media.EventItem && ev.Path == "a.txt" {
					once.Do(func() { r.Lay("a.txt", "changed") })
				}
			})
			want, different := "changed", int64(0)
			if theirs {
				want, different = "theirs", 1
			}
			if got, _, _ := r.Read(devID + "/a.txt"); got != want || res.Check.Different != different {
				t.Errorf("it holds %q, %+v", got, res)
			}
		})
	}
}

// late ignores conditions, and has somebody store something while parts are
// copied.
type late struct {
	careless
	lay func()
}

func (l late) UploadPartCopy(ctx context.Context, in *s3.UploadPartCopyInput, o ...func(*s3.Options)) (*s3.UploadPartCopyOutput, error) {
	l.lay()
	return l.careless.UploadPartCopy(ctx, in, o...)
}

func (l late) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput, o ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	in.IfMatch, in.IfNoneMatch = nil, nil
	return l.careless.CompleteMultipartUpload(ctx, in, o...)
}

// Parts may take an hour. What came under the name meanwhile stays, on servers
// that ignore conditions, too.
func TestPartsAreNotJoinedOverWhatCameMeanwhile(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	var r *mediatest.Room
	var once sync.Once
	r = e.RoomWith(t, late{careless{client}, func() { once.Do(func() { r.Lay(devID+"/a.bin", "theirs") }) }}, media.Options{})
	r.CopyInPartsAbove(1<<20, 5<<20)
	r.Lay("a.bin", big(6<<20))
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if got, _, _ := r.Read(devID + "/a.bin"); got != "theirs" || res.Check.Different != 1 || r.Uploads() != 0 {
		t.Errorf("it holds %d bytes, %d uploads, %+v", len(got), r.Uploads(), res)
	}
}

// unheard loses the answers to all copies of one name until it is told to stop.
type unheard struct {
	*s3.Client
	name string
	over bool
}

func (u *unheard) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	out, err := u.Client.CopyObject(ctx, in, o...)
	if err == nil && strings.HasSuffix(aws.ToString(in.Key), u.name) {
		return nil, errLost
	}
	return out, err
}

// A copy whose answer was lost is no failure once the comparison has found it.
func TestACopyWithoutAnAnswerIsFound(t *testing.T) {
	e := mediatest.SandboxAsAWS(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, &unheard{Client: client, name: "/f/0003.txt"}, media.Options{})
	r.LayMany(numbered(10))
	res, got := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if !res.Check.Equal() || res.Done != 10 || res.Failed != 0 || res.There != 0 || res.Resumable {
		t.Errorf("%+v", res)
	}
	got.want(t, "f/0003.txt", "done")
}

// What is copied twice in a run, as the source changed or a copy went, counts
// once.
func TestWhatIsCopiedTwiceCountsOnce(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{Parallel: 1})
	r.LayMany(numbered(20))
	r.LayMany([]string{devID + "/f/0000.txt"})
	r.Lay("f/0000.txt", devID+"/f/0000.txt") // is there already
	seen := 0
	res := r.CopyEnvironment(t.Context(), planEnvironment(t, r.Library, media.EnvironmentOptions{IntoExisting: true}), func(ev media.Event) {
		if ev.Type != media.EventItem || ev.Code != "" {
			return
		}
		switch seen++; seen {
		case 1:
			r.Lay(ev.Path, "changed")
		case 2:
			drop(t, r, devID+"/"+ev.Path)
		case 3:
			r.Lay(ev.Path, "changed")
			r.Lay(devID+"/"+ev.Path, "theirs, meanwhile")
		}
	})
	if res.Done != 18 || res.Refused != 1 || res.There != 1 || res.Bytes != 19*10 || res.Check.Different != 1 || res.Check.Gone != 1 {
		t.Errorf("%+v", res)
	}
}
