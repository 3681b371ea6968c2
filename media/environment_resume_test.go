package media_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// refusing answers all copies with an error of S3's.
type refusing struct {
	media.API
	code string
}

func (r refusing) CopyObject(context.Context, *s3.CopyObjectInput, ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	return nil, &smithy.GenericAPIError{Code: r.code, Message: "refused by the test"}
}

// cutRoom is a room of 60 objects, of which 20 were copied when it was cut
// short.
func cutRoom(t *testing.T) (e mediatest.Endpoint, r *mediatest.Room, dir string) {
	t.Helper()
	e, dir = mediatest.Sandbox(t), t.TempDir()
	o := media.Options{Journal: journalOf(e, dir), Parallel: 1}
	r = e.Room(t, o)
	r.LayMany(numbered(60))
	cutAfter(t, r, o, 20)
	return e, r, dir
}

// goesOn finishes a copy by a plan that lists nothing.
func goesOn(t *testing.T, r *mediatest.Room) media.EnvironmentResult {
	t.Helper()
	plan := planEnvironment(t, r.Library, media.EnvironmentOptions{Measure: true})
	if !plan.Resumes || plan.Objects != 60 || plan.Same == 0 {
		t.Errorf("plan %+v", plan)
	}
	res := r.CopyEnvironment(t.Context(), plan, nil)
	if !res.Check.Equal() || res.Resumable || res.Failed+res.Refused != 0 || len(r.EnvironmentsLeft()) != 0 {
		t.Errorf("%+v, left %+v", res, r.EnvironmentsLeft())
	}
	return res
}

// A plan that neither lists nor measures meets what is refused when it copies:
// it stops, loses nothing, and goes on when it may.
func TestGoingOnIsRefused(t *testing.T) {
	for code, want := range map[string]string{"ExpiredToken": media.CodeSession, "AccessDenied": media.CodeDenied} {
		t.Run(code, func(t *testing.T) {
			e, r, dir := cutRoom(t)
			l := media.New(refusing{mediatest.Forbid(t, e), code}, nil, r.Space, media.Options{Journal: journalOf(e, dir)})
			res, _ := toEnvironment(t, l, media.EnvironmentOptions{Measure: true})
			if codeOf(res.Stopped) != want || !res.Resumable || res.Done != 0 || res.Check.Done {
				t.Errorf("%+v", res)
			}
			if left := r.EnvironmentsLeft(); len(left) != 1 || left[0].Done != 20 {
				t.Errorf("left %+v", left)
			}
			if res := goesOn(t, r); res.Check.Source != 60 || res.There+int64(res.Done) != 60 {
				t.Errorf("%+v", res)
			}
		})
	}
}

// What was counted days ago may hold no more when it goes on: what is compared
// in the end is what is there now.
func TestGoingOnAfterTheWorldChanged(t *testing.T) {
	for name, c := range map[string]struct {
		change        func(t *testing.T, r *mediatest.Room)
		source, extra int64
	}{
		"nothing": {func(*testing.T, *mediatest.Room) {}, 60, 0},
		"somebody emptied the environment": {func(t *testing.T, r *mediatest.Room) {
			for _, p := range numbered(60) {
				drop(t, r, devID+"/"+p)
			}
		}, 60, 0},
		"most of the source is gone": {func(t *testing.T, r *mediatest.Room) {
			for _, p := range numbered(60)[10:] {
				drop(t, r, p)
			}
		}, 10, 10},
		"the source is another": {func(t *testing.T, r *mediatest.Room) {
			for i, p := range numbered(60) {
				drop(t, r, p)
				r.Lay(fmt.Sprintf("a/%02d.txt", i), "new") // before where it goes on
			}
		}, 60, 20},
	} {
		t.Run(name, func(t *testing.T) {
			_, r, dir := cutRoom(t)
			age(t, dir, 3*24*time.Hour)
			c.change(t, r)
			if left := r.EnvironmentsLeft(); len(left) != 1 || time.Since(left[0].Begun) < 3*24*time.Hour {
				t.Errorf("left %+v", left)
			}
			res := goesOn(t, r)
			if k := res.Check; k.Source != c.source || k.Target-k.Extra != c.source || k.Extra != c.extra {
				t.Errorf("%+v", k)
			}
			for _, it := range walkedPaths(t, r.Library) {
				if from, _, _ := r.Read(it); from == "" {
					t.Errorf("%s is lost", it)
				} else if to, _, _ := r.Read(devID + "/" + it); to != from {
					t.Errorf("%s holds %q", it, to)
				}
			}
		})
	}
}

func walkedPaths(t *testing.T, l *media.Library) (paths []string) {
	t.Helper()
	if err := l.Walk(t.Context(), "", func(it media.Item) error {
		paths = append(paths, it.Path)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return paths
}

var inJournal = regexp.MustCompile(`"\d{4}-\d\d-\d\dT[0-9:.]+Z"`)

// age makes journals older.
func age(t *testing.T, dir string, by time.Duration) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data = inJournal.ReplaceAllFunc(data, func(b []byte) []byte {
		at, err := time.Parse(`"`+time.RFC3339Nano+`"`, string(b))
		if err != nil {
			t.Fatal(err)
		}
		return []byte(at.Add(-by).Format(`"` + time.RFC3339Nano + `"`))
	})
	if err := os.WriteFile(files[0], data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Wherever a measurement ends, the copy that follows has no probe left, nor
// anything in the journal, though it does not measure.
func TestAMeasurementThatEndsAtAnyStep(t *testing.T) {
	e := mediatest.Sandbox(t)
	left := 0
	for _, after := range []bool{false, true} {
		for n := int64(3); n <= 17; n += 2 {
			dir := t.TempDir()
			r := written(t, e, dir, media.Options{})
			r.LayMany(numbered(5))
			client, _ := mediatest.Cut(t, e, n, after)
			dead := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 2})
			dead.MeasuresFrom(1, enoughBefore)
			_, _ = dead.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{Measure: true}) // may be whole, without a rate
			if left += len(r.Keys()) - 5; len(r.EnvironmentsLeft()) != 0 {
				t.Errorf("cut at %d: taken for a copy", n)
			}
			res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{IntoExisting: true})
			if keys := r.Keys(); len(keys) != 10 || !res.Check.Equal() || len(journalOf(e, dir).Left()) != 0 {
				t.Errorf("cut at %d (after: %v): %d keys %q, %+v", n, after, len(keys), keys, res)
			}
		}
	}
	if left == 0 {
		t.Error("no cut left a probe")
	}
}

// A removal ends the journal of a measurement that was killed, too.
func TestARemovalEndsAMeasurement(t *testing.T) {
	e, dir := mediatest.Sandbox(t), t.TempDir()
	r := written(t, e, dir, media.Options{})
	r.LayMany(numbered(5))
	client, _ := mediatest.Cut(t, e, 6, true)
	dead := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	dead.MeasuresFrom(1, enoughBefore)
	_, _ = dead.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{Measure: true}) // may be whole, without a rate
	if len(r.Keys()) == 5 {
		t.Fatal("nothing was left")
	}
	removeEnvironmentAgain(t, &mediatest.Room{Library: r.Library})
	if left := journalOf(e, dir).Left(); len(left) != 0 || len(r.Keys()) != 5 {
		t.Errorf("left %+v, keys %q", left, r.Keys())
	}
}
