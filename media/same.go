package media

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// sameContent tells whether a local file is what an object holds, by checksum
// and never by date. Where S3 has no checksum that can be computed here, the
// answer is no.
func (l *Library) sameContent(ctx context.Context, item PutItem, old Item) (bool, error) {
	if item.Size != old.Size {
		return false, nil
	}
	out, err := l.head(ctx, old.Key, withChecksum)
	if err != nil {
		return false, l.headFailure(ctx, old.Path, err)
	}
	return sameAs(ctx, item, out)
}

func withChecksum(in *s3.HeadObjectInput) { in.ChecksumMode = types.ChecksumModeEnabled }

// sameAs is sameContent where the object was asked for withChecksum.
func sameAs(ctx context.Context, item PutItem, out *s3.HeadObjectOutput) (bool, error) {
	if item.Size != aws.ToInt64(out.ContentLength) {
		return false, nil
	}
	sum, want := checksumOf(out, item.Size)
	if sum == nil {
		return false, nil
	}
	f, err := item.reader()
	if err != nil {
		return false, err
	}
	defer f.Close()
	if _, err := io.Copy(sum, contextReader{ctx, f}); err != nil {
		if ctx.Err() != nil {
			return false, &Error{Code: CodeAborted, Path: item.File, Err: ctx.Err()}
		}
		return false, localError(item.File, err, CodeLocalUnreadable)
	}
	return sum.is(want), nil
}

// checksum is a hash that compares its result with S3's words for it.
type checksum interface {
	io.Writer
	is(want string) bool
}

// checksumOf chooses the hash that reproduces a checksum of an object, and
// what it must give; nil if there is none.
func checksumOf(out *s3.HeadObjectOutput, size int64) (checksum, string) {
	etag := bareETag(out.ETag)
	whole := out.ChecksumType != types.ChecksumTypeComposite
	switch {
	case isMD5(etag, string(out.ServerSideEncryption)):
		return hexSum{md5.New()}, strings.ToLower(etag)
	case whole && out.ChecksumCRC32 != nil && !isComposite(*out.ChecksumCRC32):
		return base64Sum{crc32.NewIEEE()}, *out.ChecksumCRC32
	case whole && out.ChecksumCRC32C != nil && !isComposite(*out.ChecksumCRC32C):
		return base64Sum{crc32.New(crc32.MakeTable(crc32.Castagnoli))}, *out.ChecksumCRC32C
	case whole && out.ChecksumCRC64NVME != nil:
		return base64Sum{crc64.New(crc64.MakeTable(nvme))}, *out.ChecksumCRC64NVME
	case isComposite(etag) && !isKMS(string(out.ServerSideEncryption)):
		if sums := compositeSums(etag, size); len(sums) > 0 {
			return sums, etag
		}
	}
	return nil, ""
}

// provingChecksum is checksumOf without guesses: what differs from it is other
// content, and not only cut in another way.
func provingChecksum(out *s3.HeadObjectOutput, size int64) (checksum, string) {
	sum, want := checksumOf(out, size)
	if _, guessed := sum.(anySum); guessed {
		return nil, ""
	}
	return sum, want
}

// usualParts are the part sizes of other programs, in MiB.
var usualParts = []int64{5, 8, 10, 15, 16, 20, 25, 32, 50, 64, 100, 128, 256, 512, 1024}

// compositeSums are the sums for every way to cut a file that gives as many
// parts as its ETag tells.
func compositeSums(etag string, size int64) anySum {
	_, parts, _ := strings.Cut(etag, "-")
	n, err := strconv.ParseInt(parts, 10, 64)
	if err != nil {
		return nil
	}
	var sums anySum
	cuts := []int64{partSize(size)}
	for _, m := range usualParts {
		if m*mebi != cuts[0] {
			cuts = append(cuts, m*mebi)
		}
	}
	for _, cut := range cuts {
		if partCount(size, cut) == n {
			sums = append(sums, newCompositeSum(cut))
		}
	}
	return sums
}

// anySum is right if one of its sums is.
type anySum []*compositeSum

func (s anySum) Write(p []byte) (int, error) {
	for _, c := range s {
		_, _ = c.Write(p) // never fails
	}
	return len(p), nil
}

func (s anySum) is(want string) bool {
	return slices.ContainsFunc(s, func(c *compositeSum) bool { return c.text() == want })
}

// nvme is the reversed polynomial of CRC-64/NVME, which S3 computes for
// objects that were uploaded without a checksum.
const nvme = 0x9a6c9329ac4bc9b5

type hexSum struct{ hash.Hash }

func (s hexSum) is(want string) bool { return hex.EncodeToString(s.Sum(nil)) == want }

type base64Sum struct{ hash.Hash }

func (s base64Sum) is(want string) bool { return base64.StdEncoding.EncodeToString(s.Sum(nil)) == want }

// compositeSum is the ETag of a multipart upload: the MD5 of the parts' MD5s
// and their number.
type compositeSum struct {
	size   int64
	filled int64
	part   hash.Hash
	sums   []byte
	parts  int
}

func newCompositeSum(size int64) *compositeSum {
	return &compositeSum{size: size, part: md5.New()}
}

func (c *compositeSum) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		n := min(int64(len(p)), c.size-c.filled)
		c.part.Write(p[:n])
		p = p[n:]
		if c.filled += n; c.filled == c.size {
			c.close()
		}
	}
	return written, nil
}

func (c *compositeSum) close() {
	c.sums = c.part.Sum(c.sums)
	c.part.Reset()
	c.filled = 0
	c.parts++
}

func (c *compositeSum) text() string {
	if c.filled > 0 || c.parts == 0 {
		c.close()
	}
	return compositeETag(c.sums, c.parts)
}

func compositeETag(sums []byte, parts int) string {
	sum := md5.Sum(sums)
	return hex.EncodeToString(sum[:]) + "-" + strconv.Itoa(parts)
}

// contextReader ends reading a local file when the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// isComposite tells whether an ETag is that of a multipart upload.
func isComposite(etag string) bool { return strings.Contains(etag, "-") }
