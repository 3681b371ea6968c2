package marker_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/marker"
)

const dir = ".wellknown/cloudinary/"

// bucket is one of the sandbox's, by its owner and by whoever works with it.
type bucket struct {
	marker.Bucket
	t     *testing.T
	owner *s3.Client
}

// start makes a bucket with a marker for "alpha-prod". allowed is the policy
// of whoever works with it, "" for all.
func start(t *testing.T, allowed string, change func(*account.Bucket)) bucket {
	t.Helper()
	acc, _, err := account.Scenario("cloudinary-ready")
	if err != nil {
		t.Fatal(err)
	}
	worker := acc.Callers[0]
	worker.Name, worker.AccessKeyID, worker.SecretAccessKey = "worker", "AKIAWORKEREXAMPLE000", "worker"
	if allowed != "" {
		doc, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[` + allowed + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		worker.Policy = &doc
	}
	acc.Callers = append(acc.Callers, worker)
	if change != nil {
		change(&acc.Buckets[0])
	}
	box, err := sandbox.Start(t.Context(), sandbox.Options{Account: acc, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	as := func(name string) *s3.Client {
		keys := box.Caller(name)
		src := connect.FromParts(connect.Parts{Region: "ap-northeast-1", AccessKeyID: keys.AccessKeyID, SecretAccessKey: keys.SecretAccessKey, Endpoint: box.Endpoint()})
		t.Cleanup(src.Close)
		client, err := src.S3(connect.Place{Access: "caller", Region: "ap-northeast-1", Bucket: acc.Buckets[0].Name})
		if err != nil {
			t.Fatal(err)
		}
		return client
	}
	b := bucket{marker.Bucket{S3: as("worker"), Name: acc.Buckets[0].Name, Prefix: "media"}, t, as(acc.Callers[0].Name)}
	t.Cleanup(func() { box.Close() })
	return b
}

func (b bucket) put(key, content string) {
	b.t.Helper()
	if _, err := b.owner.PutObject(b.t.Context(), &s3.PutObjectInput{Bucket: &b.Name, Key: &key, Body: strings.NewReader(content)}); err != nil {
		b.t.Fatal(err)
	}
}

// size is what an object holds; -1 where there is none.
func (b bucket) size(key string) int64 {
	out, err := b.owner.HeadObject(b.t.Context(), &s3.HeadObjectInput{Bucket: &b.Name, Key: &key})
	if err != nil {
		return -1
	}
	return aws.ToInt64(out.ContentLength)
}

// do plans and does, and gives what was done.
func (b bucket) do(plan func() ([]marker.Step, error)) (ops []string, err error) {
	steps, err := plan()
	if err != nil {
		return nil, err
	}
	for _, s := range steps {
		op, err := b.Do(b.t.Context(), s)
		if err != nil {
			return ops, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func (b bucket) add(clouds ...string) ([]string, error) {
	return b.do(func() ([]marker.Step, error) { return b.PlanAdd(b.t.Context(), clouds) })
}

func (b bucket) remove(clouds ...string) ([]string, error) {
	return b.do(func() ([]marker.Step, error) { return b.PlanRemove(b.t.Context(), clouds) })
}

func same(t *testing.T, what string, got []string, err error, want ...string) {
	t.Helper()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: %v, %v; want %v", what, got, err, want)
	}
}

// What is added is empty, what is there stays as it is, and what is removed
// can be added again.
func TestAddingAndRemoving(t *testing.T) {
	b := start(t, "", nil)
	b.put(dir+"theirs", "somebody else wrote this")
	done, err := b.add("alpha-prod", "alpha-new", "theirs")
	same(t, "adding", done, err, marker.Keep, marker.Add, marker.Keep)
	if n, kept := b.size(dir+"alpha-new"), b.size(dir+"theirs"); n != 0 || kept != 24 {
		t.Errorf("the new one has %d bytes, theirs %d", n, kept)
	}
	done, err = b.remove("alpha-new", "nobody")
	same(t, "removing", done, err, marker.Rm, marker.Gone)
	if b.size(dir+"alpha-new") != -1 || b.size(dir+"alpha-prod") == -1 {
		t.Error("another was removed")
	}
	done, err = b.add("alpha-new")
	same(t, "adding it again", done, err, marker.Add)
}

// A plan changes nothing, and what came between it and its doing wins.
func TestWhatCameBetweenPlanAndDoing(t *testing.T) {
	b := start(t, "", nil)
	add, err := b.PlanAdd(t.Context(), []string{"alpha-new"})
	if err != nil || b.size(dir+"alpha-new") != -1 {
		t.Fatalf("planning: %v, %d bytes", err, b.size(dir+"alpha-new"))
	}
	b.put(dir+"alpha-new", "came first")
	if op, err := b.Do(t.Context(), add[0]); op != marker.Keep || err != nil || b.size(dir+"alpha-new") != 10 {
		t.Errorf("%s, %v: somebody's marker was written over", op, err)
	}
	rm, err := b.PlanRemove(t.Context(), []string{"alpha-new"})
	if err != nil {
		t.Fatal(err)
	}
	b.put(dir+"alpha-new", "another")
	if _, err := b.Do(t.Context(), rm[0]); !errors.Is(err, marker.ErrChanged) || b.size(dir+"alpha-new") != 7 {
		t.Errorf("%v: a marker was removed that nobody saw", err)
	}
}

// On a versioned bucket removing leaves a delete marker, which is no marker.
func TestOnAVersionedBucket(t *testing.T) {
	b := start(t, "", func(b *account.Bucket) { b.Versioning = "Enabled" })
	done, err := b.remove("alpha-prod")
	same(t, "removing", done, err, marker.Rm)
	found, err := b.List(t.Context())
	same(t, "listing", found.Clouds(), err)
	done, err = b.add("alpha-prod")
	same(t, "adding again", done, err, marker.Add)
}

// Who may only write, writes without looking, and never over another's.
func TestWhoMayOnlyWrite(t *testing.T) {
	b := start(t, `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::alpha-prod-assets/.wellknown/cloudinary/*"}`, nil)
	b.put(dir+"theirs", "x")
	steps, err := b.PlanAdd(t.Context(), []string{"alpha-new", "theirs"})
	if err != nil || steps[0].Op != marker.Blind {
		t.Fatalf("%v, %v", steps, err)
	}
	done, err := b.add("alpha-new", "theirs")
	same(t, "adding", done, err, marker.Add, marker.Keep)
	if b.size(dir+"alpha-new") != 0 || b.size(dir+"theirs") != 1 {
		t.Error("it was not written, or over another")
	}
	if _, err := b.remove("alpha-new"); connect.EvidenceOf(err, "").HTTPStatus != 403 {
		t.Errorf("removing: %v", err)
	}
	if _, err := b.List(t.Context()); connect.EvidenceOf(err, "").HTTPStatus != 403 {
		t.Errorf("listing: %v", err)
	}
}

// Who may only look changes nothing.
func TestWhoMayOnlyLook(t *testing.T) {
	b := start(t, `{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}`, nil)
	for name, do := range map[string]func(...string) ([]string, error){"adding": b.add, "removing": b.remove} {
		cloud := map[string]string{"adding": "alpha-new", "removing": "alpha-prod"}[name]
		if _, err := do(cloud); connect.EvidenceOf(err, "").HTTPStatus != 403 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b.size(dir+"alpha-new") != -1 || b.size(dir+"alpha-prod") == -1 {
		t.Error("something was changed")
	}
}

// What is in the folder and no marker, and markers in the wrong place, are
// told apart.
func TestListing(t *testing.T) {
	b := start(t, "", nil)
	for _, key := range []string{dir, dir + "read me.txt", ".well-known/cloudinary/alpha-prod", "media/.wellknown/cloudinary/alpha-new"} {
		b.put(key, "")
	}
	found, err := b.List(t.Context())
	same(t, "markers", found.Clouds(), err, "alpha-prod")
	same(t, "foreign", found.Foreign, nil, dir+"read me.txt")
	want := []marker.Misplaced{{".well-known/cloudinary/alpha-prod", dir + "alpha-prod"}, {"media/.wellknown/cloudinary/alpha-new", dir + "alpha-new"}}
	if !slices.Equal(found.Misplaced, want) || found.More || len(found.Unsure) > 0 {
		t.Errorf("%+v", found)
	}
	narrow := start(t, `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{"StringLike":{"s3:prefix":".wellknown/*"}}}`, nil)
	if found, err = narrow.List(t.Context()); err != nil || len(found.Unsure) != 6 {
		t.Errorf("%v, unsure of %v", err, found.Unsure)
	}
}
