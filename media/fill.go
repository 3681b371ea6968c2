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

// part is the size of the pieces that are fetched at once, as an upload cuts,
// so that the checksums fit.
func (f *fetch) part() int64 {
	if f.item.Size > singleLimit {
		return partSize(f.item.Size)
	}
	return max(f.item.Size, 1)
}

// fill writes the object into the file, in parts at once if it is large, and
// compares what came with its checksum where there is one.
func (f *fetch) fill(ctx context.Context, p *partial) error {
	size, part := f.item.Size, f.part()
	if size == 0 {
		return nil
	}
	sums := make([][]byte, partCount(size, part))
	g, all := errgroup.WithContext(ctx)
	for i := range sums {
		n := f.l.slots(part)
		if err := f.slots.Acquire(all, n); err != nil {
			break // g.Wait has the reason
		}
		g.Go(func() (err error) {
			defer f.slots.Release(n)
			off := int64(i) * part
			sums[i], err = f.section(all, p, i, off, min(part, size-off))
			return err
		})
	}
	err := g.Wait()
	if ctx.Err() != nil { // whatever else broke on it
		err = ctx.Err()
	}
	if err != nil {
		return failure("s3:GetObject", f.item.Path, err)
	}
	return f.compare(ctx, p, sums)
}

// compare proves the content by its ETag: the MD5 of the whole, or that of the
// parts where the object was cut as here. Where the ETag proves nothing, as
// under a KMS key or with other parts, the file is read again and compared
// with what other checksum S3 has; if there is none, the size has to do.
func (f *fetch) compare(ctx context.Context, p *partial, sums [][]byte) error {
	info, err := p.file.Stat()
	if err != nil {
		return f.trouble(err)
	}
	etag, same := f.item.ETag, true
	switch {
	case info.Size() != f.item.Size:
		same = false
	case len(sums) == 1 && isMD5(etag, f.encryption()):
		same = hex.EncodeToString(sums[0]) == etag
	case len(sums) > 1 && strings.HasSuffix(etag, "-"+strconv.Itoa(len(sums))) && !isKMS(f.encryption()) && compositeETag(bytesOf(sums), len(sums)) == etag:
	default:
		same, err = f.compareOther(ctx, p)
	}
	if err != nil {
		return failure("s3:HeadObject", f.item.Path, err)
	}
	if !same {
		return &Error{Code: CodeUnverified, Path: f.item.Path}
	}
	return nil
}

// compareOther compares the file with what S3 tells when it is asked for
// checksums. That it may not be asked is no reason to fail.
func (f *fetch) compareOther(ctx context.Context, p *partial) (bool, error) {
	out, err := f.l.head(ctx, f.item.Key, withChecksum)
	if err != nil || bareETag(out.ETag) != f.item.ETag {
		return true, ctx.Err()
	}
	sum, want := provingChecksum(out, f.item.Size)
	if sum == nil {
		return true, nil
	}
	if _, err := io.Copy(sum, contextReader{ctx, io.NewSectionReader(p.file, 0, f.item.Size)}); err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		return false, f.trouble(err)
	}
	return sum.is(want), nil
}

// section fetches a range, or what is missing of it, and after a broken
// connection the rest.
func (f *fetch) section(ctx context.Context, p *partial, i int, off, n int64) ([]byte, error) {
	sum := md5.New()
	got, err := p.resume(ctx, i, off, n, sum)
	if err != nil {
		return nil, err
	}
	f.meter.add(got)
	w := &writerAt{disk: f.l.disk, file: p.file, off: off + got, sum: sum, meter: f.meter}
	w.noted = got
	w.note = func(got int64) { p.note(i, got, sum, got-w.noted) }
	w.begin = off
	for try := 0; got < n; try++ {
		read, err := f.stream(ctx, w, off+got, n-got)
		got += read
		if read > 0 {
			try = 0
		}
		if err == nil && got == n {
			break
		}
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		var e *Error
		if errors.As(err, &e) && e.Code != CodeNetwork || try+1 >= attempts || ctx.Err() != nil || !pause(ctx, try) {
			w.tell()
			return nil, failure("s3:GetObject", f.item.Path, err)
		}
	}
	if n < f.item.Size { // of a single part that is whole there is nothing left to go on with
		w.tell()
	}
	return sum.Sum(nil), nil
}

// stream makes one request and writes what comes.
func (f *fetch) stream(ctx context.Context, w *writerAt, off, n int64) (int64, error) {
	ctx, cancel := deadline(ctx, n)
	defer cancel()
	in := &s3.GetObjectInput{
		Bucket:  aws.String(f.l.space.Bucket),
		Key:     aws.String(f.item.Key),
		IfMatch: ifMatch(f.item.ETag),
	}
	ranged := off > 0 || n < f.item.Size
	if ranged {
		in.Range = aws.String(fmt.Sprintf("bytes=%d-%d", off, off+n-1))
	}
	out, err := f.l.api.GetObject(ctx, in, retries)
	if err != nil {
		return 0, f.refused(ctx, err)
	}
	defer out.Body.Close()
	if got := bareETag(out.ETag); got != "" && f.item.ETag != "" && got != f.item.ETag { // it knows no If-Match
		return 0, &Error{Code: CodeChanged, Path: f.item.Path}
	}
	f.sse.Store(string(out.ServerSideEncryption))
	if ranged && out.ContentRange == nil { // it knows no ranges, and sends the whole
		if _, err := copyLimited(ctx, io.Discard, io.LimitReader(out.Body, off), f.l.limit); err != nil {
			return 0, err
		}
	}
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
	disk       disk
	file       *os.File
	begin, off int64
	sum        hash.Hash
	meter      *meter
	noted      int64
	note       func(got int64)
	err        error
}

func (w *writerAt) Write(p []byte) (int, error) {
	n, err := w.disk.writeAt(w.file, p, w.off)
	w.off += int64(n)
	w.sum.Write(p[:n])
	w.meter.add(int64(n))
	w.err = err
	if w.off-w.begin-w.noted >= noteStep {
		w.tell()
	}
	return n, err
}

// tell notes what has come so far.
func (w *writerAt) tell() {
	if got := w.off - w.begin; got > w.noted {
		w.note(got)
		w.noted = got
	}
}

func bytesOf(sums [][]byte) []byte {
	var all []byte
	for _, s := range sums {
		all = append(all, s...)
	}
	return all
}
