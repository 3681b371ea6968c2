package media_test

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// endless is a bucket of n objects that are made as they are listed. What is
// copied is only counted: copies go in the order of keys, more or less, so the
// copy's listing is what the source's is.
type endless struct {
	media.API
	n      int
	dir    string
	copied atomic.Int64
	full   atomic.Bool // the environment is listed as full
}

var stamp = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func (e *endless) ListObjectsV2(_ context.Context, in *s3.ListObjectsV2Input, _ ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	prefix := aws.ToString(in.Prefix)
	if prefix != e.dir && !e.full.Load() {
		return &s3.ListObjectsV2Output{}, nil
	}
	at := 0
	if token := aws.ToString(in.ContinuationToken); token != "" {
		at, _ = strconv.Atoi(token)
	}
	out := &s3.ListObjectsV2Output{}
	for ; at < e.n && len(out.Contents) < 1000; at++ {
		out.Contents = append(out.Contents, types.Object{Key: aws.String(fmt.Sprintf("%simg-%09d.jpg", prefix, at)), Size: aws.Int64(1), ETag: aws.String(`"e"`), LastModified: &stamp})
	}
	if at < e.n {
		out.IsTruncated, out.NextContinuationToken = aws.Bool(true), aws.String(strconv.Itoa(at))
	}
	return out, nil
}

func (e *endless) HeadObject(context.Context, *s3.HeadObjectInput, ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	return nil, &smithy.GenericAPIError{Code: "NoSuchKey"}
}

func (e *endless) CopyObject(context.Context, *s3.CopyObjectInput, ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	if e.copied.Add(1) == int64(e.n) {
		e.full.Store(true)
	}
	return &s3.CopyObjectOutput{CopyObjectResult: &types.CopyObjectResult{ETag: aws.String(`"e"`)}}, nil
}

// copyEndless copies n objects, and gives the most memory that was in use at
// one time.
func copyEndless(t testing.TB, n int, dir string) (most uint64) {
	t.Helper()
	e := &endless{n: n, dir: "media/"}
	l := media.New(e, nil, address.Space{Bucket: "b", Region: "r", Prefix: "media"}, media.Options{Journal: journal.New(dir, journal.Place{Bucket: "b"})})
	plan, err := l.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{})
	if err != nil || plan.ToCopy != int64(n) {
		t.Fatalf("%+v, %v", plan, err)
	}
	items := 0
	res := l.CopyEnvironment(t.Context(), plan, func(ev media.Event) {
		if ev.Type != media.EventItem {
			return
		}
		if items++; items%(n/10) == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	})
	if res.Done != n || !res.Check.Equal() || res.Check.ByETag != int64(n) {
		t.Fatalf("%+v", res)
	}
	return most
}

// What a copy needs does not depend on how many objects there are.
func TestTheMemoryOfACopyIsBounded(t *testing.T) {
	few, many := copyEndless(t, 3_000, t.TempDir()), copyEndless(t, 40_000, t.TempDir())
	if many > few+8<<20 {
		t.Errorf("%d KiB for 3,000 objects, %d KiB for 40,000", few>>10, many>>10)
	}
}

func BenchmarkEnvironmentMillion(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(float64(copyEndless(b, 1_000_000, b.TempDir()))/(1<<20), "MiB-in-use")
	}
}

func BenchmarkEnvironmentCopy(b *testing.B) {
	for name, delay := range map[string]time.Duration{"here": 0, "25ms": 25 * time.Millisecond} {
		b.Run(name, func(b *testing.B) {
			n := 10_000
			e := mediatest.Sandbox(b, func(a *account.Account) {
				a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Prefix: "media/crowd/", Count: n, Size: 20_480, Name: "img-{n}.jpg"})
				if delay > 0 {
					a.Faults = append(a.Faults, account.Fault{Service: "*", Operation: "*", Delay: delay})
				}
			})
			client, err := e.Source.S3(e.Place)
			if err != nil {
				b.Fatal(err)
			}
			space := e.Room(b, media.Options{}).Space
			space.Prefix = "media/crowd"
			l := media.New(client, nil, space, media.Options{Journal: journalOf(e, b.TempDir())})
			for i := 0; b.Loop(); i++ {
				id := address.EnvironmentID(mediatest.Service, strings.Repeat("x", i+1))
				plan, err := l.PlanEnvironment(b.Context(), id, media.EnvironmentOptions{})
				if err != nil || plan.ToCopy != int64(n) {
					b.Fatalf("%+v, %v", plan, err)
				}
				if res := l.CopyEnvironment(b.Context(), plan, nil); res.Done != n || !res.Check.Equal() {
					b.Fatalf("%+v", res)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "objects/s")
		})
	}
}
