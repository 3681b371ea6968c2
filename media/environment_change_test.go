package media_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// guarded fails a test if a copy of an object is ever removed, or missing when
// it is replaced.
type guarded struct {
	*s3.Client
	t      *testing.T
	before func(in *s3.CopyObjectInput)
}

func (w guarded) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	if w.before != nil {
		w.before(in)
	}
	return w.Client.CopyObject(ctx, in, o...)
}

func (w guarded) DeleteObject(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	w.t.Error("removed an object")
	return &s3.DeleteObjectOutput{}, nil
}

func (w guarded) DeleteObjects(context.Context, *s3.DeleteObjectsInput, ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	w.t.Error("removed objects")
	return &s3.DeleteObjectsOutput{}, nil
}

// What changed in the source after it was copied is copied over the copy:
// there is no moment without it, and nothing that somebody else put there
// meanwhile goes.
func TestAChangedSourceIsCopiedOver(t *testing.T) {
	const old, now, theirs = "old", "now, and longer", "theirs"
	for _, parts := range []bool{false, true} {
		for name, c := range map[string]struct {
			versioned bool
			meanwhile func(r *mediatest.Room) // before it is replaced
			want      string
			end       string
			hidden    int
			whole     bool // not of a copy in parts
		}{
			"":                   {want: now, end: "done"},
			"versioned":          {versioned: true, want: now, end: "done", hidden: 1},
			"theirs meanwhile":   {meanwhile: func(r *mediatest.Room) { r.Lay(devID+"/a.txt", theirs) }, want: theirs, end: "refused:exists"},
			"changed once more":  {meanwhile: func(r *mediatest.Room) { r.Lay("a.txt", now+"!") }, want: now + "!", end: "done", whole: true},
			"the copy is gone":   {meanwhile: func(r *mediatest.Room) { drop(t, r, devID+"/a.txt") }, want: now, end: "done"},
			"the source is gone": {meanwhile: func(r *mediatest.Room) { drop(t, r, "a.txt") }, want: old, end: "skipped:source-gone", whole: true},
		} {
			if parts && c.whole {
				continue // the parts are copied by then
			}
			t.Run(fmt.Sprintf("%s, in parts %v", name, parts), func(t *testing.T) {
				e := mediatest.Sandbox(t, func(a *account.Account) {
					if c.versioned {
						a.Buckets[0].Versioning = "Enabled"
					}
				})
				client, err := e.Source.S3(e.Place)
				if err != nil {
					t.Fatal(err)
				}
				filler := ""
				if parts {
					filler = big(6 << 20)
				}
				var r *mediatest.Room
				var change, meanwhile sync.Once
				replacing := false
				interfere := func() {
					if replacing && c.meanwhile != nil {
						meanwhile.Do(func() { c.meanwhile(r) })
					}
				}
				w := guarded{Client: client, t: t, before: func(in *s3.CopyObjectInput) {
					if aws.ToString(in.IfMatch) != "" {
						interfere()
					}
				}}
				var api media.API = w
				if parts {
					api = joining{w, func(in *s3.CompleteMultipartUploadInput) {
						if aws.ToString(in.IfMatch) != "" {
							interfere()
						}
					}}
				}
				r = e.RoomWith(t, api, media.Options{Parallel: 1})
				if parts {
					r.CopyInPartsAbove(1<<20, 5<<20)
				}
				r.Lay("a.txt", old+filler)
				r.Lay("b.txt", "b")
				var got ends
				plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
				res := r.CopyEnvironment(t.Context(), plan, func(ev media.Event) {
					got.emit(ev)
					if ev.Type == media.EventItem && ev.Path == "a.txt" {
						change.Do(func() {
							r.Lay("a.txt", now+filler)
							replacing = true
						})
					}
				})
				content, _, _ := r.Read(devID + "/a.txt")
				if len(content) > 100 {
					content = content[:len(content)-len(filler)]
				}
				if content != c.want || res.Hidden != c.hidden || res.Failed != 0 {
					t.Errorf("it holds %q, %+v", content, res)
				}
				got.want(t, "a.txt", c.end)
				if n := r.Uploads(); n != 0 {
					t.Errorf("%d uploads are left", n)
				}
			})
		}
	}
}

// joining calls a function before an upload is completed.
type joining struct {
	guarded
	before func(in *s3.CompleteMultipartUploadInput)
}

func (j joining) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput, o ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	j.before(in)
	return j.Client.CompleteMultipartUpload(ctx, in, o...)
}

// A server that ignores conditions is looked at before something is replaced.
func TestAChangedSourceIsCopiedOverWhereConditionsAreIgnored(t *testing.T) {
	for name, theirs := range map[string]bool{"ours": false, "theirs": true} {
		t.Run(name, func(t *testing.T) {
			e := mediatest.Sandbox(t)
			client, err := e.Source.S3(e.Place)
			if err != nil {
				t.Fatal(err)
			}
			r := e.RoomWith(t, careless{client}, media.Options{Parallel: 1})
			r.Lay("a.txt", "old")
			r.Lay("b.txt", "b")
			var once sync.Once
			res := r.CopyEnvironment(t.Context(), planEnvironment(t, r.Library, media.EnvironmentOptions{}), func(ev media.Event) {
				if ev.Type == media.EventItem && ev.Path == "b.txt" {
					once.Do(func() {
						r.Lay("a.txt", "now")
						if theirs {
							r.Lay(devID+"/a.txt", "theirs")
						}
					})
				}
			})
			want, different := "now", int64(0)
			if theirs {
				want, different = "theirs", 1
			}
			if got, _, _ := r.Read(devID + "/a.txt"); got != want || res.Check.Different != different {
				t.Errorf("it holds %q, %+v", got, res)
			}
		})
	}
}

// Whenever the source changes while it is copied, each object ends as it was
// or as it is, or is named.
func TestASourceThatChangesAtAnyMoment(t *testing.T) {
	e := mediatest.Sandbox(t)
	for _, after := range []bool{false, true} {
		for n := int64(1); ; n++ {
			plain := e.Room(t, media.Options{})
			plain.LayMany([]string{"a.txt", "b.txt", "c.txt", "d.txt"})
			called := false
			client := mediatest.Calling(t, e, n, after, func() {
				called = true
				plain.Lay("b.txt", "b, changed")
				plain.Lay("bb.txt", "new")
				drop(t, plain, "c.txt")
			})
			l := media.New(client, nil, plain.Space, media.Options{Parallel: 1, Journal: journalOf(e, t.TempDir())})
			plan, err := l.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got ends
			res := l.CopyEnvironment(t.Context(), plan, got.emit)
			if !called {
				if n < 8 {
					t.Errorf("only %d requests", n)
				}
				break
			}
			at := fmt.Sprintf("changed at request %d (after: %v)", n, after)
			now := map[string]string{}
			for _, p := range []string{"a.txt", "b.txt", "bb.txt", "c.txt", "d.txt"} {
				now[p], _, _ = plain.Read(devID + "/" + p)
			}
			if now["a.txt"] != "a.txt" || now["d.txt"] != "d.txt" || now["b.txt"] != "b.txt" && now["b.txt"] != "b, changed" ||
				now["bb.txt"] != "" && now["bb.txt"] != "new" || now["c.txt"] != "" && now["c.txt"] != "c.txt" {
				t.Errorf("%s: %v", at, now)
			}
			if res.Failed+res.Refused != 0 || res.Stopped != nil || res.Resumable || !res.Check.Equal() {
				t.Errorf("%s: %+v, %v", at, res, got.end)
			}
			// Whatever the last listing of the source showed is there: what is
			// missing or old was changed after it.
			fresh := now["b.txt"] == "b, changed"
			listed := int64(4) // with c.txt, which was the last to change
			if now["bb.txt"] == "new" {
				listed++
			}
			if fresh && now["c.txt"] != "" && res.Check.Source == listed {
				continue // that listing came in the middle of the change
			}
			if fresh != (now["bb.txt"] == "new") {
				t.Errorf("%s: half of the change is there: %v", at, now)
			}
			if now["c.txt"] != "" && fresh && !slices.Contains(res.Check.ExtraPaths, "c.txt") {
				t.Errorf("%s: c.txt is there and not named: %+v", at, res.Check)
			}
		}
	}
}

// A copy that was cut goes on later: what changed meanwhile, even in the
// very second in which it was copied, is copied anew.
func TestACopyGoesOnLater(t *testing.T) {
	for name, later := range map[string]time.Duration{"in the same second": 0, "later": 15 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			clock := time.Now().Add(-10 * time.Minute) // S3 takes no request that is more than 15 minutes off
			var mu sync.Mutex
			e := mediatest.SandboxAt(t, func() time.Time {
				mu.Lock()
				defer mu.Unlock()
				return clock
			})
			dir := t.TempDir()
			j := journal.New(dir, placeOf(e.Place.Bucket))
			r := e.Room(t, media.Options{Journal: j})
			r.LayMany(numbered(30))
			cutAfter(t, r, media.Options{Journal: j, Parallel: 1}, 15)
			mu.Lock()
			clock = clock.Add(later)
			mu.Unlock()
			r.Lay("f/0001.txt", "changed")    // was copied, as large as another
			r.Lay("f/0002.txt", "f/0002.txT") // of the same size
			r.Lay("f/00001.txt", "new")       // before where the copy goes on
			r.Lay("f/0028.txt", "changed")    // was not
			drop(t, r, "f/0003.txt")          // was copied
			drop(t, r, "f/0029.txt")          // was not
			plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
			if !plan.Resumes || plan.Done == 0 {
				t.Errorf("plan %+v", plan)
			}
			res := r.CopyEnvironment(t.Context(), plan, nil)
			if !res.Check.Equal() || res.Resumable || res.Failed+res.Refused != 0 || !slices.Equal(res.Check.ExtraPaths, []string{"f/0003.txt"}) {
				t.Errorf("%+v", res)
			}
			for path, want := range map[string]string{"f/0001.txt": "changed", "f/0002.txt": "f/0002.txT", "f/00001.txt": "new", "f/0028.txt": "changed", "f/0004.txt": "f/0004.txt", "f/0029.txt": ""} {
				if got, _, _ := r.Read(devID + "/" + path); got != want {
					t.Errorf("%s holds %q", path, got)
				}
			}
			if res.There+int64(res.Done) != 29 {
				t.Errorf("%d were there, %d copied", res.There, res.Done)
			}
		})
	}
}

// Once all is there, a run says so though it copies nothing.
func TestACopyThatFindsAllThere(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany(numbered(20))
	if res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{}); res.Done != 20 || res.There != 0 || res.ThereBytes != 0 {
		t.Errorf("%+v", res)
	}
	r.LayMany([]string{"new.txt"})
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{IntoExisting: true})
	if res.Done != 1 || res.There != 20 || res.ThereBytes != 200 || !res.Check.Equal() {
		t.Errorf("%+v", res)
	}
	if res, _ = toEnvironment(t, r.Library, media.EnvironmentOptions{IntoExisting: true}); res.Done != 0 || res.There != 21 {
		t.Errorf("%+v", res)
	}
}

// A plan that goes on does not take for copied what failed.
func TestAPlanThatGoesOnCountsNoFailures(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	r.LayMany(numbered(20))
	denied := media.New(denyingFrom{API: mediatest.Forbid(t, e), from: "f/0005.txt"}, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 1})
	if res, _ := toEnvironment(t, denied, media.EnvironmentOptions{}); res.Failed != 15 || res.Done != 5 || !res.Resumable {
		t.Fatalf("%+v", res)
	}
	if plan := planEnvironment(t, r.Library, media.EnvironmentOptions{}); plan.Same != 5 || plan.ToCopy != 15 || plan.Done != 5 {
		t.Errorf("%+v", plan)
	}
	if res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{}); !res.Check.Equal() || res.Done != 15 || res.There != 5 {
		t.Errorf("%+v", res)
	}
}

// denyingFrom denies the copies from a name on.
type denyingFrom struct {
	media.API
	from string
}

func (f denyingFrom) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	if key := aws.ToString(in.Key); key[len(key)-len(f.from):] >= f.from {
		return nil, &smithy.GenericAPIError{Code: "AccessDenied", Message: "forbidden by the test"}
	}
	return f.API.CopyObject(ctx, in, o...)
}
