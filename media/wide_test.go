package media_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
)

// keyList lists keys as S3 does, by pages of a few.
type keyList struct {
	media.API
	keys   []string // sorted
	page   int
	calls  atomic.Int32
	starts atomic.Int32 // of them, those that begin after a key
	busy   atomic.Int32 // under way now
	hold   func(context.Context) error
}

func (k *keyList) ListObjectsV2(ctx context.Context, in *s3.ListObjectsV2Input, _ ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	k.calls.Add(1)
	defer k.busy.Add(-1)
	k.busy.Add(1)
	if in.StartAfter != nil && in.Delimiter == nil {
		k.starts.Add(1)
	}
	if k.hold != nil {
		if err := k.hold(ctx); err != nil {
			return nil, err
		}
	}
	prefix, delimiter := aws.ToString(in.Prefix), aws.ToString(in.Delimiter)
	after := aws.ToString(in.StartAfter)
	rolled := ""
	if t := aws.ToString(in.ContinuationToken); t != "" {
		after, rolled, _ = strings.Cut(t, "\x00")
	}
	out := &s3.ListObjectsV2Output{EncodingType: types.EncodingTypeUrl, IsTruncated: aws.Bool(false)}
	n := 0
	for _, key := range k.keys {
		if key <= after && after != "" || !strings.HasPrefix(key, prefix) || rolled != "" && strings.HasPrefix(key, rolled) {
			continue
		}
		if n == k.page {
			out.IsTruncated, out.NextContinuationToken = aws.Bool(true), aws.String(after+"\x00"+rolled)
			break
		}
		after = key
		if folder, _, found := strings.Cut(key[len(prefix):], "/"); delimiter != "" && found {
			rolled = prefix + folder + "/"
			out.CommonPrefixes = append(out.CommonPrefixes, types.CommonPrefix{Prefix: aws.String(url.QueryEscape(rolled))})
		} else {
			out.Contents = append(out.Contents, types.Object{Key: aws.String(url.QueryEscape(key)), Size: aws.Int64(1), LastModified: aws.Time(time.Time{})})
		}
		n++
	}
	return out, nil
}

func walked(t testing.TB, api media.API, wide bool, path string) []string {
	t.Helper()
	l := media.New(api, nil, address.Space{Bucket: "b", Region: "us-east-1"}, media.Options{})
	l.ListsInOrder(wide)
	var keys []string
	if err := l.Walk(t.Context(), path, func(i media.Item) error { keys = append(keys, i.Key); return nil }); err != nil {
		t.Fatal(err)
	}
	return keys
}

// Whatever the keys, a listing read side by side is the one that is read page
// by page: none is missing, none comes twice, and the order is the same.
func TestAWideWalkIsThePlainOne(t *testing.T) {
	pieces := []string{"a", "b", "/", "/", "//", "-", ".", "0", "é", "e\u0301", "日本", "画像/", "a/", "2026/", "~", "\U0010FFFD", "%2F", "+", " ", "!", "\x7f", "\u3000", strings.Repeat("x", 300)}
	wider := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		set := map[string]bool{}
		for range r.IntN(120) {
			key := ""
			if r.IntN(3) == 0 { // much below one folder
				key = "a/2026/"
			}
			for range 1 + r.IntN(5) {
				key += pieces[r.IntN(len(pieces))]
			}
			if len(key) <= 1024 {
				set[key] = true
			}
		}
		if r.IntN(4) == 0 {
			set[strings.Repeat("y", 1024)], set["a/"], set["a/a/"], set["/"] = true, true, true, true
		}
		keys := make([]string, 0, len(set))
		for k := range set {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		page := 1 + r.IntN(6)
		for _, folder := range []string{"", "a/", "a/2026/", "/"} {
			plain, wide := &keyList{keys: keys, page: page}, &keyList{keys: keys, page: page}
			want, got := walked(t, plain, false, folder), walked(t, wide, true, folder)
			if !slices.Equal(want, got) {
				t.Fatalf("seed %d, pages of %d, folder %q: want\n%q\ngot\n%q", seed, page, folder, want, got)
			}
			if wide.starts.Load() > 2 {
				wider++
			}
		}
	}
	if wider < 20 {
		t.Errorf("only %d of the walks were wide", wider)
	}
}

func folders(n, each int) []string {
	var keys []string
	for f := range n {
		for i := range each {
			keys = append(keys, fmt.Sprintf("media/f%03d/%04d.jpg", f, i))
		}
	}
	return keys
}

// What is gained, and what it costs: the answers that have to be waited for in
// turn become few, and the requests hardly more.
func TestAWideWalkWaitsLess(t *testing.T) {
	for name, c := range map[string]struct {
		keys            []string
		trips, requests int // at most
	}{
		"folders of two pages": {folders(20, 200), 20, 65}, // 40 pages
		"smaller folders":      {folders(100, 20), 11, 32}, // 20 pages
		"little folders":       {folders(400, 1), 4, 7},    // 4 pages: listing the folders takes as many
		"one folder":           {folders(1, 2000), 20, 23}, // 20 pages
		"all in one page":      {folders(2, 50), 1, 1},
		"just over one page":   {folders(3, 40), 2, 5},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := &keyList{keys: c.keys, page: 100, hold: func(ctx context.Context) error {
					select {
					case <-ctx.Done():
					case <-time.After(time.Second): // of the bubble's clock
					}
					return ctx.Err()
				}}
				begin := time.Now()
				if got := walked(t, k, true, ""); !slices.Equal(got, c.keys) {
					t.Fatalf("%d of %d keys", len(got), len(c.keys))
				}
				if trips := int(time.Since(begin) / time.Second); trips > c.trips || int(k.calls.Load()) > c.requests {
					t.Errorf("%d round trips and %d requests, want at most %d and %d", trips, k.calls.Load(), c.trips, c.requests)
				}
			})
		})
	}
}

// An error, also of who is told, and a cancellation end all that is under way.
func TestAWideWalkEnds(t *testing.T) {
	enough := errors.New("enough")
	k := &keyList{keys: folders(50, 20), page: 10}
	l := media.New(k, nil, address.Space{Bucket: "b", Region: "us-east-1"}, media.Options{})
	l.ListsInOrder(true)
	seen := 0
	err := l.Walk(t.Context(), "", func(media.Item) error {
		if seen++; seen == 100 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || seen != 100 {
		t.Errorf("%v after %d", err, seen)
	}
	if k.busy.Load() != 0 {
		t.Error("a request is still under way")
	}

	ctx, cancel := context.WithCancel(t.Context())
	k.calls.Store(0)
	k.hold = func(ctx context.Context) error {
		if k.calls.Load() > 6 { // the line is dead
			cancel()
			<-ctx.Done()
		}
		return ctx.Err()
	}
	if err := l.Walk(ctx, "", func(media.Item) error { return nil }); codeOf(err) != media.CodeAborted {
		t.Errorf("cancelled: %v", err)
	}
	if k.busy.Load() != 0 {
		t.Error("a request is still under way")
	}

	broken := errors.New("broken")
	k.calls.Store(0)
	k.hold = func(context.Context) error {
		if k.calls.Load() > 6 {
			return broken
		}
		return nil
	}
	if err := l.Walk(t.Context(), "", func(media.Item) error { return nil }); err == nil {
		t.Error("a listing without its end was taken for whole")
	}
}
