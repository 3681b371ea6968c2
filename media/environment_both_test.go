package media_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// On one computer an environment is created or deleted by one process at a
// time, whatever both do.
func TestOneAtATimeIsAtAnEnvironment(t *testing.T) {
	r := written(t, mediatest.Sandbox(t), t.TempDir(), media.Options{})
	r.LayMany(numbered(50))
	env := r.In(devID)
	removal, err := env.PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{})
	// All four are asked in the middle of each of both.
	refused := func(what string) func(media.Event) {
		var once sync.Once
		return func(ev media.Event) {
			if ev.Type != media.EventItem {
				return
			}
			once.Do(func() {
				_, copying := r.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{IntoExisting: true})
				_, removing := env.PlanRemoveEnvironment(t.Context())
				for name, err := range map[string]error{
					"plan a copy": copying, "plan a removal": removing,
					"copy":   r.CopyEnvironment(t.Context(), plan, nil).Stopped,
					"remove": env.RemoveEnvironment(t.Context(), removal, nil).Stopped,
				} {
					if codeOf(err) != media.CodeEnvironmentBusy {
						t.Errorf("while it is %s: %s: %v", what, name, err)
					}
				}
			})
		}
	}
	if res := r.CopyEnvironment(t.Context(), plan, refused("copied")); !res.Check.Equal() || res.Resumable {
		t.Errorf("%+v", res)
	}
	if removal, err = env.PlanRemoveEnvironment(t.Context()); err != nil {
		t.Fatal(err)
	}
	if res := env.RemoveEnvironment(t.Context(), removal, refused("removed")); res.Rest != 0 || res.Done != 50 || res.Resumable {
		t.Errorf("%+v", res)
	}
	if _, err := env.PlanRemoveEnvironment(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Two computers that create one environment at once both end with all of it.
func TestTwoComputersCreateOneEnvironment(t *testing.T) {
	e := mediatest.Sandbox(t)
	r := written(t, e, t.TempDir(), media.Options{})
	r.LayMany(numbered(150))
	other := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Journal: journalOf(e, t.TempDir())})
	both := []*media.Library{r.Library, other}
	var plans []media.EnvironmentPlan
	for _, l := range both {
		plans = append(plans, planEnvironment(t, l, media.EnvironmentOptions{}))
	}
	var wg sync.WaitGroup
	var made atomic.Int64
	for i, l := range both {
		wg.Go(func() {
			res := l.CopyEnvironment(t.Context(), plans[i], nil)
			made.Add(int64(res.Done))
			if !res.Check.Equal() || res.Failed+res.Refused != 0 || res.Resumable || res.There != int64(150-res.Done) || res.Check.Extra != 0 {
				t.Errorf("%+v", res)
			}
		})
	}
	wg.Wait()
	if made.Load() != 150 {
		t.Errorf("%d copies of 150 objects", made.Load())
	}
}

// What another computer deletes while this one copies is copied again, and
// told.
func TestCopiesThatAreDeletedMeanwhile(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany(numbered(20))
	var once sync.Once
	res := r.CopyEnvironment(t.Context(), planEnvironment(t, r.Library, media.EnvironmentOptions{}), func(ev media.Event) {
		if ev.Type == media.EventItem {
			once.Do(func() { drop(t, r, devID+"/"+ev.Path) })
		}
	})
	if !res.Check.Equal() || res.Check.Gone != 1 || len(res.Check.GonePaths) != 1 || res.Done != 20 || res.There != 0 {
		t.Errorf("%+v", res)
	}
}

func drop(t *testing.T, r *mediatest.Room, path string) {
	t.Helper()
	if _, err := r.Owner.DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key(path))}); err != nil {
		t.Error(err)
	}
}

// busyBody puts an object into the environment whenever objects are removed
// there.
type busyBody struct {
	*s3.Client
	lay func()
}

func (b busyBody) DeleteObjects(ctx context.Context, in *s3.DeleteObjectsInput, o ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	defer b.lay()
	return b.Client.DeleteObjects(ctx, in, o...)
}

func (b busyBody) DeleteObject(ctx context.Context, in *s3.DeleteObjectInput, o ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	defer b.lay()
	return b.Client.DeleteObject(ctx, in, o...)
}

// A removal ends with a look that finds nothing. What appears meanwhile goes,
// too, and is told; where it does not end, that is said.
func TestWhatAppearsWhileAnEnvironmentIsRemoved(t *testing.T) {
	for name, c := range map[string]struct {
		appear, appeared int
		code             string
		rest             int64
	}{
		"nothing":  {0, 0, "", 0},
		"once":     {1, 1, "", 0},
		"twice":    {2, 2, "", 0},
		"for ever": {100, 2, media.CodeEnvironmentWritten, 1},
	} {
		t.Run(name, func(t *testing.T) {
			e := mediatest.Sandbox(t)
			client, err := e.Source.S3(e.Place)
			if err != nil {
				t.Fatal(err)
			}
			var r *mediatest.Room
			n := 0
			r = e.RoomWith(t, busyBody{client, func() {
				if n++; n <= c.appear {
					r.Lay(fmt.Sprintf("%s/new-%d.txt", devID, n), "new")
				}
			}}, media.Options{Journal: journalOf(e, t.TempDir())})
			r.LayMany([]string{"a.txt", devID + "/a.txt", devID + "/b.txt"})
			env := r.In(devID)
			plan, err := env.PlanRemoveEnvironment(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			res := env.RemoveEnvironment(t.Context(), plan, nil)
			if res.Appeared != int64(c.appeared) || res.Rest != c.rest || res.Resumable != (c.code != "") || c.code == "" && res.Stopped != nil || c.code != "" && codeOf(res.Stopped) != c.code {
				t.Errorf("%+v, %v", res, res.Stopped)
			}
			if keys := r.Keys(); len(keys) != 1+int(c.rest) {
				t.Errorf("keys %q", keys)
			}
			if left := env.EnvironmentsLeft(); len(left) != int(c.rest) {
				t.Errorf("left %+v", left)
			}
		})
	}
}
