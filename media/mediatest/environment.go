package mediatest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// environment is the library of an environment of a room.
func (r *Room) environment(name string, o media.Options) (id string, l *media.Library) {
	r.t.Helper()
	client, err := r.Source.S3(r.Place)
	if err != nil {
		r.t.Fatal(err)
	}
	space := r.Space
	space.Environment = address.EnvironmentID(Service, name)
	return space.Environment, media.New(client, nil, space, o)
}

// copyTo copies a room's media into an environment and gives what was told.
func copyTo(t testing.TB, l *media.Library, id string, o media.EnvironmentOptions) (media.EnvironmentResult, *recorder) {
	t.Helper()
	plan, err := l.PlanEnvironment(t.Context(), id, o)
	if err != nil {
		t.Fatalf("plan the environment: %v", err)
	}
	var rec recorder
	return l.CopyEnvironment(t.Context(), plan, rec.emit), &rec
}

func testEnvironment(t *testing.T, e Endpoint) {
	t.Run("copy and delete", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		dev, lib := r.environment("dev", media.Options{})
		other, _ := r.environment("dev2", media.Options{})
		for _, p := range strange {
			r.Lay(p, "content of "+p, func(in *s3.PutObjectInput) {
				in.ContentType, in.Metadata = aws.String("image/x-"+fmt.Sprint(len(p))), map[string]string{"microcms-service": Service}
			})
		}
		r.Lay("folder/", "")
		r.LayMany([]string{"folder/deep/a.txt", ".mediadock/probe.txt", other + "/theirs.txt", "envelope.txt", "zz.txt"})
		before := snapshot(r)
		want := append([]string{"folder/deep/a.txt", "envelope.txt", "zz.txt"}, strange...)

		plan, err := r.PlanEnvironment(t.Context(), dev, media.EnvironmentOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if plan.Objects != int64(len(want)) || plan.ToCopy != plan.Objects || plan.BytesToCopy != plan.Bytes || plan.Bytes == 0 ||
			plan.Probes != 1 || plan.Markers != 1 || plan.Environments != 1 || plan.Same+plan.Different+plan.Foreign != 0 {
			t.Fatalf("plan %+v", plan)
		}
		var rec recorder
		res := r.CopyEnvironment(t.Context(), plan, rec.emit)
		if res.Done != len(want) || res.Failed+res.Refused+res.Skipped != 0 || res.Resumable || res.Stopped != nil || rec.summary == nil {
			t.Fatalf("%+v", res)
		}
		if c := res.Check; !c.Equal() || c.Source != plan.Objects || c.Target != plan.Objects || c.SourceBytes != plan.Bytes || c.TargetBytes != plan.Bytes || c.Extra != 0 {
			t.Errorf("check %+v", c)
		}
		wantPaths(t, "the environment", walked(t, lib, ""), want)
		wantPaths(t, "the source", walked(t, r.Library, ""), want)
		for _, p := range want {
			content, head, ok := r.Read(dev + "/" + p)
			old, was, _ := r.Read(p)
			if !ok || content != old || aws.ToString(head.ContentType) != aws.ToString(was.ContentType) || head.Metadata["microcms-service"] != was.Metadata["microcms-service"] {
				t.Errorf("%q: %d bytes, type %s, metadata %v", p, len(content), aws.ToString(head.ContentType), head.Metadata)
			}
		}

		removal, err := lib.PlanRemoveEnvironment(t.Context())
		if err != nil || removal.Objects != plan.Objects || removal.Bytes != plan.Bytes || removal.Dir != r.Space.Key(dev)+"/" || len(removal.URLs) == 0 {
			t.Fatalf("removal %+v, %v", removal, err)
		}
		gone := lib.RemoveEnvironment(t.Context(), removal, nil)
		if gone.Done != len(want) || gone.Failed != 0 || gone.Resumable || gone.Rest != 0 {
			t.Errorf("removed %+v", gone)
		}
		if after := snapshot(r); !slices.Equal(after, before) {
			t.Errorf("besides the environment there is\n%q, was\n%q", after, before)
		}
	})

	t.Run("a directory that is taken", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		dev, _ := r.environment("dev", media.Options{})
		r.LayMany([]string{"a.txt", "b.txt", "c.txt"})
		r.Lay(dev+"/b.txt", "theirs")
		r.Lay(dev+"/only.txt", "theirs")
		r.Lay(dev+"/c.txt", "c.txt")
		plan, err := r.PlanEnvironment(t.Context(), dev, media.EnvironmentOptions{})
		if code(err) != media.CodeEnvironmentTaken || plan.Same != 1 || plan.Different != 1 || plan.Foreign != 1 {
			t.Fatalf("%+v, %v", plan, err)
		}
		res, rec := copyTo(t, r.Library, dev, media.EnvironmentOptions{IntoExisting: true})
		wantEnd(t, rec, "a.txt", "done")
		wantEnd(t, rec, "b.txt", "refused:exists")
		if res.Check.Equal() || res.Check.Different != 1 || res.Check.Extra != 1 || res.Check.Target != 4 || res.Resumable {
			t.Errorf("%+v", res)
		}
		for p, want := range map[string]string{"a.txt": "a.txt", "b.txt": "theirs", "only.txt": "theirs", "c.txt": "c.txt"} {
			if got, _, _ := r.Read(dev + "/" + p); got != want {
				t.Errorf("%s holds %q", p, got)
			}
		}
	})

	t.Run("cut and gone on with", func(t *testing.T) {
		for _, cut := range []int64{3, 6, 14} {
			dir := t.TempDir()
			o := media.Options{Journal: journal.New(dir, journal.Place{Bucket: e.Place.Bucket}), Parallel: 1}
			r := e.Room(t, o)
			dev, lib := r.environment("dev", media.Options{})
			var paths []string
			for i := range 12 {
				paths = append(paths, fmt.Sprintf("f/%02d.txt", i))
			}
			r.LayMany(paths)
			client, _ := Cut(t, e, cut+4, false)
			dying := media.New(client, nil, r.Space, o)
			plan, err := dying.PlanEnvironment(t.Context(), dev, media.EnvironmentOptions{Name: "dev"})
			if err != nil {
				t.Fatal(err)
			}
			res := dying.CopyEnvironment(t.Context(), plan, nil)
			if !res.Resumable || res.Check.Done {
				t.Fatalf("cut at %d: %+v", cut, res)
			}
			if left := r.EnvironmentsLeft(); len(left) != 1 || left[0].ID != dev || left[0].Name != "dev" || left[0].Removal {
				t.Fatalf("left %+v", left)
			}
			again, err := r.PlanEnvironment(t.Context(), dev, media.EnvironmentOptions{})
			if err != nil || !again.Resumes || again.Name != "dev" || again.ToCopy+again.Same != 12 {
				t.Fatalf("cut at %d: %+v, %v", cut, again, err)
			}
			res = r.CopyEnvironment(t.Context(), again, nil)
			if !res.Check.Equal() || res.Resumable || res.Failed+res.Refused != 0 || int64(res.Done) > again.ToCopy || res.There+int64(res.Done) != 12 {
				t.Errorf("cut at %d: %+v", cut, res)
			}
			wantPaths(t, "the environment", walked(t, lib, ""), paths)
			if left := r.EnvironmentsLeft(); len(left) != 0 {
				t.Errorf("left %+v", left)
			}
		}
	})

	t.Run("measured before", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		dev, _ := r.environment("dev", media.Options{})
		var paths []string
		for i := range 1000 {
			paths = append(paths, fmt.Sprintf("f/%04d.txt", i))
		}
		r.LayMany(paths)
		plan, err := r.PlanEnvironment(t.Context(), dev, media.EnvironmentOptions{Measure: true})
		if err != nil || plan.Rate != media.RateMeasured || plan.PerSecond < 1 || plan.Takes <= 0 || plan.ProbesLeft != 0 {
			t.Errorf("plan %+v, %v", plan, err)
		}
		t.Logf("%.0f copies a second", plan.PerSecond)
		if keys := r.Keys(); len(keys) != 1000 {
			t.Errorf("%d keys, the last %q", len(keys), keys[len(keys)-1])
		}
	})

	t.Run("a source that changes meanwhile", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		dev, lib := r.environment("dev", media.Options{})
		r.LayMany([]string{"a.txt", "b.txt", "c.txt", "d.txt"})
		plan, err := r.PlanEnvironment(t.Context(), dev, media.EnvironmentOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var rec recorder
		var once sync.Once
		res := r.CopyEnvironment(t.Context(), plan, func(ev media.Event) {
			rec.emit(ev)
			if ev.Type == media.EventItem {
				once.Do(func() { // what was copied is another by now, one is gone, one is new
					r.Lay("a.txt", "a, changed")
					r.Lay("e.txt", "new")
					if _, err := r.Owner.DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key("d.txt"))}); err != nil {
						t.Error(err)
					}
				})
			}
		})
		if !res.Check.Equal() || res.Failed != 0 || res.Refused != 0 {
			t.Errorf("%+v, %+v", res, rec.items)
		}
		for p, want := range map[string]string{"a.txt": "a, changed", "b.txt": "b.txt", "e.txt": "new"} {
			if got, _, _ := r.Read(dev + "/" + p); got != want {
				t.Errorf("%s holds %q", p, got)
			}
		}
		if there := slices.Contains(walked(t, lib, ""), "d.txt"); there != (res.Check.Extra == 1) {
			t.Errorf("d.txt there: %v, %+v", there, res.Check)
		}
	})
}

// snapshot is all that is in a room but environment dev, with what it holds.
func snapshot(r *Room) []string {
	r.t.Helper()
	dev := address.EnvironmentID(Service, "dev") + "/"
	var all []string
	for key, err := range r.ExactKeys() {
		if err != nil {
			r.t.Fatal(err)
		}
		if strings.HasPrefix(key, dev) {
			continue
		}
		content, head, ok := r.Read(key)
		if !ok { // VersityGW lists the markers of folders, but does not hand them out
			all = append(all, key)
			continue
		}
		all = append(all, key+"\x00"+content+"\x00"+aws.ToString(head.ETag)+head.LastModified.String())
	}
	slices.Sort(all)
	return all
}
