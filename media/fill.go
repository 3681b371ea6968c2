package media

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/errgroup"
)

// fill writes the object into the file, in parts at once if it is large, and
// compares what came with its ETag where that can be computed.
func (f *fetch) fill(ctx context.Context, file *os.File) error {
	size := f.item.Size
	if size == 0 {
		return nil
	}
	part := size
	if size > singleLimit {
		part = partSize(size) // as an upload cuts, so that the checksums fit
	}
	sums := make([][]byte, partCount(size, part))
	g, all := errgroup.WithContext(ctx)
	for i := range sums {
		if err := f.slots.Acquire(all, 1); err != nil {
			break // g.Wait has the reason
		}
		g.Go(func() (err error) {
			defer f.slots.Release(1)
			off := int64(i) * part
			sums[i], err = f.section(all, file, off, min(part, size-off))
			return err
		})
	}
	err := g.Wait()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return failure("s3:GetObject", f.item.Path, err)
	}
	return f.compare(sums)
}

// compare proves the content by its ETag: the MD5 of the whole, or that of the
// parts where the object was cut as here. An ETag that is no MD5, as under a
// KMS key, proves nothing; the SDK then compared what checksum S3 has.
func (f *fetch) compare(sums [][]byte) error {
	etag := f.item.ETag
	switch {
	case len(sums) == 1 && isMD5(etag, f.encryption()):
		if hex.EncodeToString(sums[0]) == etag {
			return nil
		}
	case len(sums) > 1 && strings.HasSuffix(etag, "-"+strconv.Itoa(len(sums))) && !isKMS(f.encryption()):
		if compositeETag(bytesOf(sums), len(sums)) == etag {
			return nil
		}
	default:
		return nil
	}
	return &Error{Code: CodeUnverified, Path: f.item.Path}
}

// section fetches a range, and after a broken connection the rest of it.
func (f *fetch) section(ctx context.Context, file *os.File, off, n int64) ([]byte, error) {
	sum := md5.New()
	var got int64
	for try := 0; ; try++ {
		read, err := f.stream(ctx, file, off+got, n-got, sum)
		got += read
		if read > 0 {
			try = 0
		}
		if err == nil && got == n {
			return sum.Sum(nil), nil
		}
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		var e *Error
		if errors.As(err, &e) && e.Code != CodeNetwork || try+1 >= attempts || ctx.Err() != nil || !pause(ctx, try) {
			return nil, failure("s3:GetObject", f.item.Path, err)
		}
	}
}

// stream makes one request and writes what comes.
func (f *fetch) stream(ctx context.Context, file *os.File, off, n int64, sum hash.Hash) (int64, error) {
	ctx, cancel := deadline(ctx, n)
	defer cancel()
	in := &s3.GetObjectInput{
		Bucket:  aws.String(f.l.space.Bucket),
		Key:     aws.String(f.item.Key),
		IfMatch: ifMatch(f.item.ETag),
	}
	if off > 0 || n < f.item.Size {
		in.Range = aws.String(fmt.Sprintf("bytes=%d-%d", off, off+n-1))
	}
	out, err := f.l.api.GetObject(ctx, in, retries)
	if err != nil {
		return 0, f.refused(ctx, err)
	}
	defer out.Body.Close()
	f.sse.Store(string(out.ServerSideEncryption))
	w := &writerAt{file: file, off: off, sum: sum, meter: f.meter}
	read, err := copyLimited(ctx, w, io.LimitReader(out.Body, n), f.l.limit)
	if w.err != nil {
		return read, f.trouble(w.err)
	}
	return read, err
}

// refused words a refused GET: a 403 stands for a missing key where listing is
// not allowed.
func (f *fetch) refused(ctx context.Context, err error) error {
	e := failure("s3:GetObject", f.item.Path, err)
	if e.Code == CodeDenied {
		if found, lerr := f.l.listed(ctx, f.item.Key); lerr == nil && found == nil {
			e.Code = CodeNotFound
		}
	}
	return e
}

// encryption is how S3 said that the object is encrypted.
func (f *fetch) encryption() string {
	sse, _ := f.sse.Load().(string)
	return sse
}

// writerAt writes a section in order, hashing and counting it.
type writerAt struct {
	file  *os.File
	off   int64
	sum   hash.Hash
	meter *meter
	err   error
}

func (w *writerAt) Write(p []byte) (int, error) {
	n, err := w.file.WriteAt(p, w.off)
	w.off += int64(n)
	w.sum.Write(p[:n])
	w.meter.add(int64(n))
	w.err = err
	return n, err
}

func bytesOf(sums [][]byte) []byte {
	var all []byte
	for _, s := range sums {
		all = append(all, s...)
	}
	return all
}
