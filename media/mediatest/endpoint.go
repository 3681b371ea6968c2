// Package mediatest holds the media library to its promises: one suite of
// behaviour that runs against the sandbox and against any real S3 endpoint.
package mediatest

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"iter"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
)

// Endpoint is a bucket that the suite may write to, under Prefix alone.
type Endpoint struct {
	Source *connect.Source
	Place  connect.Place
	Prefix string
	// Owner reaches the bucket with more rights than the library has, to
	// arrange what a test needs and to look at what it did.
	Owner *s3.Client
	// Sandbox is set where the endpoint is one.
	Sandbox *sandbox.Sandbox
}

// Variables by which FromEnvironment finds an endpoint. The role and external
// ID may be empty: then the keys are used as they are.
const (
	EnvEndpoint   = "MEDIADOCK_TEST_ENDPOINT"
	EnvRegion     = "MEDIADOCK_TEST_REGION"
	EnvBucket     = "MEDIADOCK_TEST_BUCKET"
	EnvKeyID      = "MEDIADOCK_TEST_ACCESS_KEY_ID"
	EnvSecret     = "MEDIADOCK_TEST_SECRET_ACCESS_KEY"
	EnvRoleARN    = "MEDIADOCK_TEST_ROLE_ARN"
	EnvExternalID = "MEDIADOCK_TEST_EXTERNAL_ID"
)

// FromEnvironment is the endpoint that the environment names; the test is
// skipped if it names none.
func FromEnvironment(t testing.TB) Endpoint {
	t.Helper()
	if os.Getenv(EnvEndpoint) == "" {
		t.Skipf("%s names no endpoint", EnvEndpoint)
	}
	place := connect.Place{
		Access: "caller", Region: os.Getenv(EnvRegion), Bucket: os.Getenv(EnvBucket),
		RoleARN: os.Getenv(EnvRoleARN), ExternalID: os.Getenv(EnvExternalID),
	}
	if place.RoleARN != "" {
		place.Access = "role"
	}
	source := connect.FromParts(connect.Parts{
		Endpoint: os.Getenv(EnvEndpoint), Region: place.Region,
		AccessKeyID: os.Getenv(EnvKeyID), SecretAccessKey: os.Getenv(EnvSecret),
	})
	t.Cleanup(source.Close)
	return endpoint(t, source, place)
}

// The bucket and role of the sandbox's scenario "microcms", which Sandbox
// starts with.
const (
	sandboxBucket     = "alpha-prod-assets"
	sandboxRegion     = "ap-northeast-1"
	sandboxRole       = "arn:aws:iam::123456789012:role/MediaRole"
	sandboxExternalID = "md-7q4kz2m9x1c8v5b3n6t0w8r2"
)

// Sandbox starts a sandbox of its own for a test. The library reaches it
// through the role with the five documented actions, as a custom endpoint.
func Sandbox(t testing.TB, change ...func(*account.Account)) Endpoint {
	t.Helper()
	return sandboxEndpoint(t, false, nil, change)
}

// SandboxAt is Sandbox with a clock of the test's own: the server's, which
// this computer's may differ from.
func SandboxAt(t testing.TB, now func() time.Time, change ...func(*account.Account)) Endpoint {
	t.Helper()
	return sandboxEndpoint(t, false, now, change)
}

// SandboxAsAWS is Sandbox, but reached as AWS is: by the bucket's own host
// name, over TLS, with the SDK's checksums on.
func SandboxAsAWS(t testing.TB, change ...func(*account.Account)) Endpoint {
	t.Helper()
	return sandboxEndpoint(t, true, nil, change)
}

func sandboxEndpoint(t testing.TB, asAWS bool, now func() time.Time, change []func(*account.Account)) Endpoint {
	a, _, err := account.Scenario("microcms")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(&a)
	}
	s, err := sandbox.Start(t.Context(), sandbox.Options{Account: a, Dir: t.TempDir(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	keys := s.Caller("admin")
	parts := connect.Parts{Region: sandboxRegion, AccessKeyID: keys.AccessKeyID, SecretAccessKey: keys.SecretAccessKey, Endpoint: s.Endpoint()}
	if asAWS {
		parts.Endpoint, parts.Proxy, parts.RootCAs = "", s.ProxyURL(), s.RootCAs()
	}
	source := connect.FromParts(parts)
	t.Cleanup(func() {
		source.Close()
		if err := s.Close(); err != nil {
			t.Errorf("close the sandbox: %v", err)
		}
	})
	e := endpoint(t, source, connect.Place{
		Access: "role", Region: sandboxRegion, Bucket: sandboxBucket, RoleARN: sandboxRole, ExternalID: sandboxExternalID,
	})
	e.Prefix = "media/" + e.Prefix
	e.Sandbox = s
	return e
}

func endpoint(t testing.TB, source *connect.Source, place connect.Place) Endpoint {
	owner := place
	owner.Access = "caller"
	c, err := source.S3(owner)
	if err != nil {
		t.Fatal(err)
	}
	return Endpoint{Source: source, Place: place, Owner: c, Prefix: "mediatest-" + random()}
}

func random() string {
	var b [6]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Service is the service id that the suite's libraries stamp.
const Service = "SERVICE#0c4e1c9a-3c1f-4f5e-9d4b-7a2f6f5b8f11"

// Room is a library over a directory that one test has for itself, which is
// emptied after the test.
type Room struct {
	*media.Library
	Endpoint
	Space address.Space
	t     testing.TB
}

// Room makes a room. Without a stamp in o the documented metadata is stamped.
func (e Endpoint) Room(t testing.TB, o media.Options) *Room {
	t.Helper()
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	return e.RoomWith(t, client, o)
}

// RoomWith is Room with a client of the test's own, such as one that misbehaves.
func (e Endpoint) RoomWith(t testing.TB, api media.API, o media.Options) *Room {
	t.Helper()
	presign, err := e.Source.Presign(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	if o.Stamp == nil {
		o.Stamp = media.Stamp("microcms", Service, time.Now)
	}
	space := address.Space{Bucket: e.Place.Bucket, Region: e.Place.Region, Prefix: e.Prefix + "/" + random()}
	r := &Room{Library: media.New(api, presign, space, o), Endpoint: e, Space: space, t: t}
	t.Cleanup(r.empty)
	return r
}

// Lay stores an object as somebody else would, past the library.
func (r *Room) Lay(path, content string, change ...func(*s3.PutObjectInput)) {
	r.t.Helper()
	in := &s3.PutObjectInput{
		Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key(path)),
		Body: strings.NewReader(content), ContentType: aws.String("text/plain"),
	}
	for _, f := range change {
		f(in)
	}
	if _, err := r.Owner.PutObject(context.Background(), in); err != nil {
		r.t.Fatalf("lay %q: %v", path, err)
	}
}

// LayInParts stores an object as a program does that cuts it into parts of a
// size.
func (r *Room) LayInParts(path, content string, size int64) {
	r.t.Helper()
	ctx := context.Background()
	bucket, key := aws.String(r.Place.Bucket), aws.String(r.Space.Key(path))
	up, err := r.Owner.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: bucket, Key: key})
	if err != nil {
		r.t.Fatal(err)
	}
	var parts []types.CompletedPart
	for n := int32(1); content != ""; n++ {
		part := content[:min(size, int64(len(content)))]
		content = content[len(part):]
		out, err := r.Owner.UploadPart(ctx, &s3.UploadPartInput{
			Bucket: bucket, Key: key, UploadId: up.UploadId, PartNumber: aws.Int32(n), Body: strings.NewReader(part),
		})
		if err != nil {
			r.t.Fatal(err)
		}
		parts = append(parts, types.CompletedPart{PartNumber: aws.Int32(n), ETag: out.ETag})
	}
	_, err = r.Owner.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: bucket, Key: key, UploadId: up.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

// LayMany stores objects in parallel, each with its path as content.
func (r *Room) LayMany(paths []string) {
	r.t.Helper()
	var wg sync.WaitGroup
	next := make(chan string)
	for range 16 {
		wg.Go(func() {
			for p := range next {
				_, err := r.Owner.PutObject(context.Background(), &s3.PutObjectInput{
					Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key(p)), Body: strings.NewReader(p),
				})
				if err != nil {
					r.t.Errorf("lay %q: %v", p, err)
				}
			}
		})
	}
	for _, p := range paths {
		next <- p
	}
	close(next)
	wg.Wait()
}

// LayFileAndFolder stores a file and another in a folder of its name, which
// S3 allows; it is false where the server, as some do that keep objects in a
// file system, does not store or not list both.
func (r *Room) LayFileAndFolder(name, inside string) bool {
	r.t.Helper()
	r.Lay(name, name)
	_, err := r.Owner.PutObject(context.Background(), &s3.PutObjectInput{
		Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key(name + "/" + inside)), Body: strings.NewReader(inside),
	})
	if err == nil {
		var out *s3.ListObjectsV2Output
		out, err = r.Owner.ListObjectsV2(context.Background(), &s3.ListObjectsV2Input{
			Bucket: aws.String(r.Place.Bucket), Prefix: aws.String(r.Space.Key(name + "/")),
		})
		if err == nil && len(out.Contents) == 1 {
			return true
		}
	}
	r.t.Logf("this server keeps or lists no file beside a folder of its name: %v", err)
	return false
}

// Read is an object's content and head, read past the library; ok is false if
// there is none.
func (r *Room) Read(path string) (content string, head *s3.GetObjectOutput, ok bool) {
	r.t.Helper()
	out, err := r.Owner.GetObject(context.Background(), &s3.GetObjectInput{Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key(path))})
	if err != nil {
		return "", nil, false
	}
	defer out.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(out.Body); err != nil {
		r.t.Fatalf("read %q: %v", path, err)
	}
	return b.String(), out, true
}

// Keys are all keys in the room, hidden ones too, relative to it.
func (r *Room) Keys() []string {
	r.t.Helper()
	var keys []string
	p := s3.NewListObjectsV2Paginator(r.Owner, &s3.ListObjectsV2Input{Bucket: aws.String(r.Place.Bucket), Prefix: aws.String(r.Space.Dir())})
	for p.HasMorePages() {
		out, err := p.NextPage(context.Background())
		if err != nil {
			r.t.Fatalf("list: %v", err)
		}
		for _, o := range out.Contents {
			keys = append(keys, strings.TrimPrefix(aws.ToString(o.Key), r.Space.Dir()))
		}
	}
	return keys
}

// ExactKeys are all keys in the room as Keys gives them, also those that XML
// cannot carry.
func (r *Room) ExactKeys() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		p := s3.NewListObjectsV2Paginator(r.Owner, &s3.ListObjectsV2Input{
			Bucket: aws.String(r.Place.Bucket), Prefix: aws.String(r.Space.Dir()), EncodingType: types.EncodingTypeUrl,
		})
		for p.HasMorePages() {
			out, err := p.NextPage(context.Background())
			if err != nil {
				yield("", err)
				return
			}
			for _, o := range out.Contents {
				if !yield(strings.TrimPrefix(unescape(aws.ToString(o.Key)), r.Space.Dir()), nil) {
					return
				}
			}
		}
	}
}

// Uploads is how many multipart uploads are open in the room.
func (r *Room) Uploads() int {
	r.t.Helper()
	out, err := r.Owner.ListMultipartUploads(context.Background(), &s3.ListMultipartUploadsInput{
		Bucket: aws.String(r.Place.Bucket), Prefix: aws.String(r.Space.Dir()),
	})
	if err != nil {
		r.t.Fatalf("list uploads: %v", err)
	}
	return len(out.Uploads)
}

func (r *Room) empty() {
	if r.Sandbox != nil {
		return // ends with the test
	}
	ctx := context.Background()
	p := s3.NewListObjectsV2Paginator(r.Owner, &s3.ListObjectsV2Input{
		Bucket: aws.String(r.Place.Bucket), Prefix: aws.String(r.Space.Dir()), EncodingType: types.EncodingTypeUrl,
	})
	for p.HasMorePages() {
		out, err := p.NextPage(ctx)
		if err != nil {
			r.t.Errorf("empty the room: %v", err)
			return
		}
		for _, o := range out.Contents {
			key := aws.ToString(o.Key)
			if out.EncodingType == types.EncodingTypeUrl {
				key = unescape(key)
			}
			if _, err := r.Owner.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(r.Place.Bucket), Key: aws.String(key)}); err != nil {
				r.t.Errorf("empty the room: %v", err)
			}
		}
	}
}
