package media_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

func TestARemovedEnvironmentOfAVersionedBucket(t *testing.T) {
	r := mediatest.Sandbox(t, func(a *account.Account) { a.Buckets[0].Versioning = "Enabled" }).Room(t, media.Options{})
	r.LayMany([]string{devID + "/a.txt", devID + "/b/c.txt", "a.txt"})
	l := r.In(devID)
	plan, err := l.PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	res := l.RemoveEnvironment(t.Context(), plan, nil)
	if res.Done != 2 || res.Hidden != 2 || res.Resumable || res.Rest != 0 {
		t.Errorf("%+v", res)
	}
}

func TestADeniedRemovalStopsAndGoesOn(t *testing.T) {
	e := mediatest.Sandbox(t)
	dir := t.TempDir()
	r := written(t, e, dir, media.Options{})
	var paths []string
	for _, p := range numbered(40) {
		paths = append(paths, devID+"/"+p)
	}
	r.LayMany(paths)
	denied := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journalOf(e, dir)}).In(devID)
	plan, err := denied.PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	res := denied.RemoveEnvironment(t.Context(), plan, nil)
	if codeOf(res.Stopped) != media.CodeDenied || !res.Resumable || res.Rest != 40 {
		t.Errorf("%+v (%v)", res, res.Stopped)
	}
	if left := r.EnvironmentsLeft(); len(left) != 1 || !left[0].Removal || left[0].ID != devID {
		t.Errorf("left %+v", left)
	}
	removeEnvironmentAgain(t, r)
	if keys := r.Keys(); len(keys) != 0 {
		t.Errorf("keys %q", keys)
	}
}

// shelf is a bucket in memory that lists and deletes. A sloppy one lists
// everything, whatever prefix it is asked for.
type shelf struct {
	media.API
	keys   map[string]bool
	sloppy bool
}

func (s *shelf) ListObjectsV2(_ context.Context, in *s3.ListObjectsV2Input, _ ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	out := &s3.ListObjectsV2Output{}
	for k := range s.keys {
		if s.sloppy || strings.HasPrefix(k, aws.ToString(in.Prefix)) && k > aws.ToString(in.StartAfter) {
			out.Contents = append(out.Contents, types.Object{Key: aws.String(k), Size: aws.Int64(1), ETag: aws.String(`"e"`)})
		}
	}
	slices.SortFunc(out.Contents, func(a, b types.Object) int { return strings.Compare(*a.Key, *b.Key) })
	return out, nil
}

func (s *shelf) DeleteObject(_ context.Context, in *s3.DeleteObjectInput, _ ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	delete(s.keys, aws.ToString(in.Key))
	return &s3.DeleteObjectOutput{}, nil
}

func (s *shelf) DeleteObjects(_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	out := &s3.DeleteObjectsOutput{}
	for _, o := range in.Delete.Objects {
		delete(s.keys, aws.ToString(o.Key))
		out.Deleted = append(out.Deleted, types.DeletedObject{Key: o.Key})
	}
	return out, nil
}

// Whatever settings say, by hand or by accident, a removal is refused or takes
// away exactly what lies in the one directory whose name has the pattern of an
// environment's id: nothing of dev2 for dev, nothing of production, of another
// prefix, of a prefix that begins alike, or of the bucket's root.
func TestARemovalNeverReachesOutside(t *testing.T) {
	dev, dev2 := address.EnvironmentID("s", "dev"), address.EnvironmentID("s", "dev2")
	prefixes := []string{"", "media", "media/", "/media", "media2", "med", "media/sub", "a/b/c", "media/" + dev, dev, dev2, dev + "/media", "media//", " ", ".", "..", "media/../media2", "env-", "日本"}
	ids := []string{dev, dev2, dev, dev2, "", "dev", "env-", dev[:19], dev + "a", strings.ToUpper(dev), dev + "/", "/" + dev, dev + "/" + dev2, "..", "../" + dev, dev + "/..", ".", "*", "media", " " + dev, dev + " ", "env-0000000000000000"}
	rooms := append(slices.Clone(prefixes), "media/sub/deeper", "other")
	names := []string{"a.txt", "b/c.txt", ".mediadock/p.txt", "", "日本語.txt"}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	pick := func(all []string) string { return all[rnd.IntN(len(all))] }
	removed, refused := 0, 0
	for range 10_000 {
		s := &shelf{keys: map[string]bool{}, sloppy: rnd.IntN(4) == 0}
		for range 40 {
			key := strings.Trim(pick(rooms), "/")
			if key != "" {
				key += "/"
			}
			for range rnd.IntN(3) {
				key += pick(ids) + pick([]string{"/", "", "x/", "/"})
			}
			if key += pick(names); key != "" {
				s.keys[key] = true
			}
		}
		before := make([]string, 0, len(s.keys))
		for k := range s.keys {
			before = append(before, k)
		}
		space := address.Space{Bucket: "b", Region: "r", Prefix: pick(prefixes), Environment: pick(ids)}
		at := fmt.Sprintf("seed %d: prefix %q, environment %q", seed, space.Prefix, space.Environment)
		l := media.New(s, nil, space, media.Options{})
		plan, err := l.PlanRemoveEnvironment(t.Context())
		if err != nil {
			if refused++; codeOf(err) != media.CodeEnvironmentID && codeOf(err) != media.CodeEnvironmentPrefix {
				t.Fatalf("%s: %v", at, err)
			}
			plan = media.EnvironmentRemoval{ID: space.Environment, Dir: space.Dir()} // somebody goes on nevertheless
		}
		l.RemoveEnvironment(t.Context(), plan, nil)
		// What may go, told apart from how the program does it.
		inside := strings.Trim(space.Prefix, "/")
		if inside != "" {
			inside += "/"
		}
		inside += space.Environment + "/"
		for _, k := range before {
			may := err == nil && strings.HasPrefix(k, inside) && (space.Environment == dev || space.Environment == dev2)
			if s.keys[k] == may {
				t.Fatalf("%s (err %v, sloppy %v): %q is there: %v", at, err, s.sloppy, k, s.keys[k])
			}
			if may {
				removed++
			}
		}
	}
	if removed < 500 || refused < 500 {
		t.Errorf("only %d removed, %d refused", removed, refused)
	}
}

// A plan is of one environment: with another one's library it does nothing.
func TestAPlanOfAnotherEnvironmentRemovesNothing(t *testing.T) {
	s := &shelf{keys: map[string]bool{}}
	dev2 := address.EnvironmentID(mediatest.Service, "dev2")
	for _, id := range []string{devID, dev2} {
		s.keys["media/"+id+"/a.txt"] = true
	}
	l := media.New(s, nil, address.Space{Bucket: "b", Region: "r", Prefix: "media"}, media.Options{})
	plan, err := l.In(devID).PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if res := l.In(dev2).RemoveEnvironment(t.Context(), plan, nil); codeOf(res.Stopped) != media.CodeEnvironmentID || len(s.keys) != 2 {
		t.Errorf("%+v, %v", res, s.keys)
	}
}
