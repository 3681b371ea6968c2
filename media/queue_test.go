package media_test

import (
	"context"
	"os"
	"path"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// gated is S3 that lets go of what is sent when it is told to.
type gated struct {
	media.API
	began chan string   // names whose request has begun
	pass  chan struct{} // lets one through
}

func gate(t *testing.T, e mediatest.Endpoint) *gated {
	return &gated{API: mediatest.Forbid(t, e), began: make(chan string, 100), pass: make(chan struct{}, 100)}
}

func (g *gated) wait(ctx context.Context, name string) error {
	g.began <- name
	select {
	case <-g.pass:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gated) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	if err := g.wait(ctx, path.Base(*in.Key)); err != nil {
		return nil, err
	}
	return g.API.PutObject(ctx, in, o...)
}

func (g *gated) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	if err := g.wait(ctx, "part"); err != nil {
		return nil, err
	}
	return g.API.UploadPart(ctx, in, o...)
}

// running is an upload under way.
type running struct {
	plan media.PutPlan
	ends ends
	item chan string // the files that have ended
	done chan struct{}
}

func begin(t *testing.T, lib *media.Library, files ...string) *running {
	t.Helper()
	plan, err := lib.PlanPut(t.Context(), files, media.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r := &running{plan: plan, item: make(chan string, 10), done: make(chan struct{})}
	r.plan.Control = &media.Control{}
	go func() {
		defer close(r.done)
		lib.Put(t.Context(), r.plan, func(ev media.Event) {
			r.ends.emit(ev)
			if ev.Type == media.EventItem {
				r.item <- ev.Path
			}
		})
	}()
	return r
}

func TestOneFileIsCancelledAndTheOthersGoOn(t *testing.T) {
	e := mediatest.Sandbox(t)
	g := gate(t, e)
	r := e.RoomWith(t, g, media.Options{Parallel: 2})
	up := begin(t, r.Library, local(t, "a.txt", "aaaa"), local(t, "b.txt", "bbb"), local(t, "c.txt", "cc"), local(t, "d.txt", "d"))
	<-g.began
	<-g.began
	up.plan.Control.Cancel("b.txt", "d.txt") // one under way, one that waits
	for range 4 {                            // should one that was cancelled take one, too
		g.pass <- struct{}{}
	}
	<-up.done
	up.ends.want(t, "a.txt", "done")
	up.ends.want(t, "b.txt", "failed:aborted")
	up.ends.want(t, "c.txt", "done")
	up.ends.want(t, "d.txt", "failed:aborted")
	if s := up.ends.sum; s.Done != 2 || s.Failed != 2 || s.NotStarted != 0 || s.Bytes != 6 {
		t.Errorf("summary %+v, want 2 done, 2 cancelled, 6 bytes", s)
	}
	if keys := r.Keys(); len(keys) != 2 {
		t.Errorf("stored %q", keys)
	}
	again, err := r.Library.PlanAgain(t.Context(), up.plan, "b.txt", "d.txt")
	if err != nil || len(again.Items) != 2 || again.Bytes != 4 || again.Items[0].Path != "b.txt" {
		t.Fatalf("planned again: %+v, %v", again.Items, err)
	}
}

func TestAPausedUploadBeginsNoFurtherFile(t *testing.T) {
	e := mediatest.Sandbox(t)
	g := gate(t, e)
	r := e.RoomWith(t, g, media.Options{Parallel: 1})
	up := begin(t, r.Library, local(t, "a.txt", "a"), local(t, "b.txt", "b"), local(t, "c.txt", "c"))
	<-g.began
	up.plan.Control.Pause()
	g.pass <- struct{}{} // what is under way ends
	<-up.item
	up.plan.Control.Cancel("b.txt") // while it is held back
	<-up.item
	select {
	case name := <-g.began:
		t.Fatalf("%s was begun while the upload was paused", name)
	default:
	}
	up.plan.Control.Resume()
	if name := <-g.began; name != "c.txt" {
		t.Errorf("went on with %s", name)
	}
	g.pass <- struct{}{}
	<-up.done
	up.ends.want(t, "b.txt", "failed:aborted")
	up.ends.want(t, "c.txt", "done")
}

// What is sent of a large file is kept when it is cancelled, named with how
// much it is, gone on with when it is planned again, and gone when discarded.
func TestACancelledLargeFileIsKeptAndGoesOn(t *testing.T) {
	for name, discard := range map[string]bool{"go on": false, "discard": true} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			e := mediatest.Sandbox(t)
			r := written(t, e, dir, media.Options{})
			g := gate(t, e)
			lib := media.New(g, nil, r.Space, media.Options{Parallel: 1, Journal: journalOf(e, dir)})
			up := begin(t, lib, local(t, "big.txt", big(20<<20)))
			<-g.began
			g.pass <- struct{}{}
			<-g.began // the first part is stored
			up.plan.Control.Cancel("big.txt")
			<-up.done
			up.ends.want(t, "big.txt", "failed:aborted")
			left := lib.Interrupted()
			if !up.ends.events["big.txt"].Kept || len(left) != 1 || left[0].Sent != 8<<20 || left[0].Bytes != 20<<20 || left[0].Stale {
				t.Fatalf("kept %v, left %+v", up.ends.events["big.txt"].Kept, left)
			}
			if discard {
				var d ends
				r.Library.Discard(t.Context(), left[0], d.emit)
				d.want(t, "big.txt", "done:upload-aborted")
				if r.Uploads() != 0 || len(r.Library.Interrupted()) != 0 {
					t.Errorf("%d uploads open", r.Uploads())
				}
				return
			}
			plan, err := lib.PlanResume(t.Context(), left[0])
			if err != nil || len(plan.Items) != 1 || plan.Items[0].Code != "" || plan.Items[0].Path != "big.txt" {
				t.Fatalf("plan %+v, %v", plan.Items, err)
			}
			g.pass <- struct{}{}
			g.pass <- struct{}{}
			var d ends
			lib.Put(t.Context(), plan, d.emit)
			d.want(t, "big.txt", "done")
			if sent := len(g.began); sent != 2 {
				t.Errorf("%d parts were sent, want the 2 that were missing", sent)
			}
			if content, _, _ := r.Read("big.txt"); content != big(20<<20) {
				t.Error("what is stored is not the file")
			}
		})
	}
}

func TestPlanAgainFollowsTheRulesOfConflicts(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string // what the bucket has under the name, empty: nothing
		replace       bool
		want          string
		gone          bool
	}{
		"still free":                {want: ""},
		"the same by now":           {after: "mine", want: media.CodeSame},
		"taken by another":          {after: "theirs", want: media.CodeExists},
		"to be replaced, as it was": {before: "old", after: "old", replace: true, want: ""},
		"to be replaced, but new":   {before: "old", after: "newer", replace: true, want: media.CodeExists},
		"the file is gone":          {gone: true, want: media.CodeLocalMissing},
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.Sandbox(t).Room(t, media.Options{})
			if c.before != "" {
				r.Lay("a.txt", c.before)
			}
			file := local(t, "a.txt", "mine")
			o := media.PutOptions{IfExists: media.Fail}
			if c.replace {
				o.IfExists = media.Replace
			}
			plan, err := r.Library.PlanPut(t.Context(), []string{file, local(t, "other.txt", "x")}, o)
			if err != nil {
				t.Fatal(err)
			}
			if c.after != c.before {
				r.Lay("a.txt", c.after)
			}
			if c.gone {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
			again, err := r.Library.PlanAgain(t.Context(), plan, "a.txt")
			if err != nil {
				t.Fatal(err)
			}
			if c.gone {
				if len(again.Items) != 0 || len(again.LeftOut) != 1 || again.LeftOut[0].Code != c.want {
					t.Errorf("items %+v, left out %+v", again.Items, again.LeftOut)
				}
				return
			}
			if len(again.Items) != 1 || again.Items[0].Code != c.want || again.Items[0].Path != "a.txt" {
				t.Fatalf("planned %+v, want code %q", again.Items, c.want)
			}
			if c.want == media.CodeExists {
				if err := r.Library.Decide(t.Context(), &again, 0, media.KeepBoth); err != nil || again.Items[0].Path != "a-2.txt" {
					t.Errorf("kept both as %q, %v", again.Items[0].Path, err)
				}
			}
		})
	}
}
