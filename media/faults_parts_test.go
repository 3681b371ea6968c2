package media_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
)

// boundless is S3 that takes every part without looking at it, and knows one
// object by its size alone.
type boundless struct {
	media.API
	key  string // that is there from the beginning
	size int64

	mu      sync.Mutex
	lengths map[int32]int64 // of the parts
	joined  bool
}

func (b *boundless) HeadObject(_ context.Context, in *s3.HeadObjectInput, _ ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if aws.ToString(in.Key) != b.key && !b.joined {
		return nil, &smithy.GenericAPIError{Code: "NoSuchKey"}
	}
	return &s3.HeadObjectOutput{ContentLength: aws.Int64(b.size), ETag: aws.String(`"x"`)}, nil
}

func (b *boundless) ListObjectsV2(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	return &s3.ListObjectsV2Output{}, nil
}

func (b *boundless) CreateMultipartUpload(context.Context, *s3.CreateMultipartUploadInput, ...func(*s3.Options)) (*s3.CreateMultipartUploadOutput, error) {
	return &s3.CreateMultipartUploadOutput{UploadId: aws.String("u")}, nil
}

func (b *boundless) UploadPart(_ context.Context, in *s3.UploadPartInput, _ ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	b.took(aws.ToInt32(in.PartNumber), aws.ToInt64(in.ContentLength))
	return &s3.UploadPartOutput{ETag: aws.String(`"x"`)}, nil
}

func (b *boundless) UploadPartCopy(_ context.Context, in *s3.UploadPartCopyInput, _ ...func(*s3.Options)) (*s3.UploadPartCopyOutput, error) {
	var first, last int64
	if _, err := fmt.Sscanf(aws.ToString(in.CopySourceRange), "bytes=%d-%d", &first, &last); err != nil {
		return nil, err
	}
	b.took(aws.ToInt32(in.PartNumber), last+1-first)
	return &s3.UploadPartCopyOutput{CopyPartResult: &types.CopyPartResult{ETag: aws.String(`"x"`)}}, nil
}

func (b *boundless) took(number int32, n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lengths == nil {
		b.lengths = map[int32]int64{}
	}
	b.lengths[number] = n
}

func (b *boundless) CompleteMultipartUpload(_ context.Context, in *s3.CompleteMultipartUploadInput, _ ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.joined = len(in.MultipartUpload.Parts) == len(b.lengths)
	return &s3.CompleteMultipartUploadOutput{ETag: aws.String(`"x"`)}, nil
}

func (b *boundless) AbortMultipartUpload(context.Context, *s3.AbortMultipartUploadInput, ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	return &s3.AbortMultipartUploadOutput{}, nil
}

func (b *boundless) DeleteObject(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	return &s3.DeleteObjectOutput{}, nil
}

// want fails unless all bytes went, in so many parts within S3's limits: at
// most 10,000, each of 5 MiB to 5 GiB but the last.
func (b *boundless) want(t *testing.T, parts int, size int64) {
	t.Helper()
	var all int64
	for number := int32(1); number <= int32(len(b.lengths)); number++ {
		n, ok := b.lengths[number]
		if !ok || n > 5<<30 || n < 5<<20 && int(number) < len(b.lengths) || n <= 0 {
			t.Fatalf("part %d has %d bytes, %v", number, n, ok)
		}
		all += n
	}
	if len(b.lengths) != parts || len(b.lengths) > 10_000 || all != b.size || b.lengths[1] != size || !b.joined {
		t.Errorf("%d parts of %d bytes, want %d of %d; %d bytes in all of %d; joined %v", len(b.lengths), b.lengths[1], parts, size, all, b.size, b.joined)
	}
}

const mib = int64(1 << 20)

// No file needs more than the 10,000 parts that S3 takes: above that the parts
// are larger.
func TestTenThousandPartsAndOne(t *testing.T) {
	space := address.Space{Bucket: "b", Region: "r", Prefix: "p"}
	for _, c := range []struct {
		size  int64
		parts int
		part  int64
	}{
		{16*mib + 1, 3, 8 * mib},
		{10_000 * 8 * mib, 10_000, 8 * mib},
		{10_000*8*mib + 1, 8889, 9 * mib},
		{10_000 * 9 * mib, 10_000, 9 * mib},
		{10_000*9*mib + 1, 9001, 10 * mib},
	} {
		t.Run(fmt.Sprint("upload ", c.size), func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "film.bin")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(file, c.size); err != nil {
				t.Skipf("no files with holes here: %v", err)
			}
			b := &boundless{size: c.size}
			put(t, media.New(b, nil, space, media.Options{}), media.PutOptions{}, file).want(t, "film.bin", "done")
			b.want(t, c.parts, c.part)
		})
	}
	for _, c := range []struct {
		size  int64
		parts int
		part  int64
	}{
		{5<<30 + 1, 11, 512 * mib},
		{6_000_000_000, 12, 512 * mib},
		{10_000 * 512 * mib, 10_000, 512 * mib},
		{10_000*512*mib + 1, 9981, 513 * mib},
		{10_000 * 5 << 30, 10_000, 5 << 30}, // as large as an object can be
	} {
		t.Run(fmt.Sprint("copy ", c.size), func(t *testing.T) {
			t.Parallel()
			b := &boundless{size: c.size, key: space.Key("film.bin")}
			got := move(t, media.New(b, nil, space, media.Options{}), "film.bin", "new.bin")
			got.want(t, "film.bin", "done")
			b.want(t, c.parts, c.part)
		})
	}
	file := filepath.Join(t.TempDir(), "film.bin")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, 10_000*5<<30+1); err != nil {
		t.Logf("no file of 48.8 TiB can be made here: %v", err)
		return
	}
	put(t, media.New(&boundless{}, nil, space, media.Options{}), media.PutOptions{}, file).want(t, "film.bin", "failed:too-large")
}
