package media_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// endless is a bucket of n objects that are made as they are listed. Which of
// them were copied it remembers in a bit each.
type endless struct {
	media.API
	n      int
	dir    string
	there  []atomic.Uint32
	copies atomic.Int64
	lists  atomic.Int64 // of pages
	first  atomic.Int64 // pages at the first copy, and 1
	each   func(copies int64)
}

func newEndless(n int) *endless {
	return &endless{n: n, dir: "media/", there: make([]atomic.Uint32, n/32+1)}
}

var stamp = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func (e *endless) ListObjectsV2(_ context.Context, in *s3.ListObjectsV2Input, _ ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	e.lists.Add(1)
	prefix, at := aws.ToString(in.Prefix), 0
	if token := aws.ToString(in.ContinuationToken); token != "" {
		at, _ = strconv.Atoi(token)
	} else if after := aws.ToString(in.StartAfter); after > prefix {
		var digits string
		digits, _, _ = strings.Cut(strings.TrimPrefix(after, prefix+"img-"), ".")
		at, _ = strconv.Atoi(digits + strings.Repeat("0", 9-len(digits)))
		if strings.HasSuffix(after, ".jpg") {
			at++
		}
	}
	out := &s3.ListObjectsV2Output{}
	names, sizes := make([]byte, 0, 1000*(len(prefix)+17)), aws.Int64(1)
	for ; at < e.n && len(out.Contents) < 1000; at++ {
		if prefix != e.dir && e.there[at/32].Load() == 0 {
			at |= 31
			continue
		}
		if prefix != e.dir && e.there[at/32].Load()&(1<<(at%32)) == 0 {
			continue
		}
		begin := len(names)
		names = fmt.Appendf(names, "%simg-%09d.jpg", prefix, at)
		out.Contents = append(out.Contents, types.Object{Key: aws.String(string(names[begin:])), Size: sizes, ETag: aws.String(`"e"`), LastModified: &stamp})
	}
	if at < e.n {
		out.IsTruncated, out.NextContinuationToken = aws.Bool(true), aws.String(strconv.Itoa(at))
	}
	return out, nil
}

func (e *endless) HeadObject(context.Context, *s3.HeadObjectInput, ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	return nil, &smithy.GenericAPIError{Code: "NoSuchKey"}
}

func (e *endless) CopyObject(_ context.Context, in *s3.CopyObjectInput, _ ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	key := aws.ToString(in.Key)
	at, err := strconv.Atoi(key[len(key)-13 : len(key)-4])
	if err != nil {
		return nil, err
	}
	e.first.CompareAndSwap(0, e.lists.Load()+1)
	e.there[at/32].Or(1 << (at % 32))
	if n := e.copies.Add(1); e.each != nil {
		e.each(n)
	}
	return &s3.CopyObjectOutput{CopyObjectResult: &types.CopyObjectResult{ETag: aws.String(`"e"`)}}, nil
}

func (e *endless) library(dir string) *media.Library {
	return media.New(e, nil, address.Space{Bucket: "b", Region: "r", Prefix: "media"}, media.Options{Journal: journal.New(dir, journal.Place{Bucket: "b"})})
}

// most is the most memory that a copy of n objects needs, beside what the
// bucket itself takes. steady is the least that the second half of the looks
// saw: what grows with the objects is in all of them, what happened to be
// allocated just then is not.
type most struct{ heap, steady, process uint64 }

// copyEndless copies n objects, and looks at its memory ten times.
func copyEndless(t testing.TB, n int, dir string) (m most) {
	t.Helper()
	e := newEndless(n)
	l := e.library(dir)
	forgetPeak()
	before := peakMemory()
	plan, err := l.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{})
	if err != nil || plan.ToCopy != int64(n) {
		t.Fatalf("%+v, %v", plan, err)
	}
	items := 0
	m.steady = math.MaxUint64
	res := l.CopyEnvironment(t.Context(), plan, func(ev media.Event) {
		if ev.Type != media.EventItem {
			return
		}
		if items++; items%(n/10) == 0 {
			m.process = max(m.process, peakMemory())
			runtime.GC()
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			heap := now.HeapAlloc - uint64(n/8)
			m.heap = max(m.heap, heap)
			if items > n/2 {
				m.steady = min(m.steady, heap)
			}
		}
	})
	m.process = max(m.process, peakMemory(), before) - uint64(n/8)
	if res.Done != n || !res.Check.Equal() || res.Check.ByETag != int64(n) {
		t.Fatalf("%+v", res)
	}
	return m
}

// peakMemory is the most memory that this process had since forgetPeak, as
// Linux tells; 0 where it does not.
func peakMemory() uint64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, _ := strconv.ParseUint(strings.Fields(rest + " 0")[0], 10, 64)
	return kib << 10
}

func forgetPeak() {
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// What a copy needs does not depend on how many objects there are.
func TestTheMemoryOfACopyIsBounded(t *testing.T) {
	racetest.Plainly(t)
	few, many := copyEndless(t, 3_000, t.TempDir()), copyEndless(t, 40_000, t.TempDir())
	if many.steady > few.steady+8<<20 {
		t.Errorf("%d KiB for 3,000 objects, %d KiB for 40,000", few.steady>>10, many.steady>>10)
	}
}

// A copy that was cut short goes on behind what is done: neither the plan nor
// the copies list what lies before, and the first new object is copied after a
// few pages.
func TestGoingOnListsOnlyTheRest(t *testing.T) {
	const n, until = 24_000, 18_000
	e, dir := newEndless(n), t.TempDir()
	cutShort(t, e, dir, until)
	took, pages, plan := goOn(t, e, dir)
	if !plan.Resumes || plan.Objects != n || plan.Done == 0 || plan.Same != plan.Done || plan.ToCopy != n-plan.Done || plan.BytesToCopy != plan.ToCopy {
		t.Errorf("%+v", plan)
	}
	if most := int64(2*4 + 1); pages > most { // what is read ahead of both, and one look at names
		t.Errorf("%d pages before the first copy (%s), of %d in all", pages, took, 2*n/1000)
	}
	if twice := e.copies.Load() - n; twice < 0 || twice > 2 { // each run finds out once whether copies are conditional
		t.Errorf("%d copies of %d", e.copies.Load(), n)
	}
}

// Whoever is told of each object and takes his time holds the copies back: they
// do not run ahead of him with all their memory.
func TestCopiesWaitForWhoIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 20_000
		e := newEndless(n)
		l := e.library(t.TempDir())
		plan, err := l.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{})
		if err != nil {
			t.Fatal(err)
		}
		on, done := make(chan struct{}), make(chan media.EnvironmentResult)
		go func() {
			done <- l.CopyEnvironment(t.Context(), plan, func(media.Event) { <-on })
		}()
		synctest.Wait()
		if ahead := e.copies.Load(); ahead == 0 || ahead > 1000 {
			t.Errorf("%d copies were made though the first is not told yet", ahead)
		}
		close(on)
		if res := <-done; res.Done != n || !res.Check.Equal() {
			t.Errorf("%+v", res)
		}
	})
}

// cutShort has a copy end after so many objects.
func cutShort(t testing.TB, e *endless, dir string, after int64) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	e.each = func(copies int64) {
		if copies == after {
			cancel()
		}
	}
	l := e.library(dir)
	plan, err := l.PlanEnvironment(ctx, devID, media.EnvironmentOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if res := l.CopyEnvironment(ctx, plan, nil); !res.Resumable {
		t.Fatalf("%+v", res)
	}
	e.each = nil
}

// goOn finishes it, and tells how long it took to the first new object, and
// how many pages were listed before.
func goOn(t testing.TB, e *endless, dir string) (took time.Duration, pages int64, plan media.EnvironmentPlan) {
	t.Helper()
	e.first.Store(0)
	e.lists.Store(0)
	begin, before := time.Now(), e.copies.Load()
	e.each = func(copies int64) {
		if copies == before+1 {
			took = time.Since(begin)
		}
	}
	l := e.library(dir)
	plan, err := l.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if res := l.CopyEnvironment(t.Context(), plan, nil); !res.Check.Equal() || res.Resumable {
		t.Fatalf("%+v", res)
	}
	return took, e.first.Load() - 1, plan
}

// The same memory for ten times as many objects.
func BenchmarkEnvironmentMany(b *testing.B) {
	for _, n := range []int{1_000_000, 10_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				m := copyEndless(b, n, b.TempDir())
				b.ReportMetric(float64(m.heap)/(1<<20), "MiB-in-use")
				b.ReportMetric(float64(m.process)/(1<<20), "MiB-peak-process")
				b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "objects/s")
			}
		})
	}
}

// How long it takes to go on with 10,000,000 objects, of which the last 100,000
// are left.
func BenchmarkEnvironmentResume(b *testing.B) {
	for b.Loop() {
		const n, rest = 10_000_000, 100_000
		e, dir := newEndless(n), b.TempDir()
		cutShort(b, e, dir, n-rest)
		took, pages, _ := goOn(b, e, dir)
		b.ReportMetric(float64(took.Milliseconds()), "ms-to-first-copy")
		b.ReportMetric(float64(pages), "pages-before")
	}
}
