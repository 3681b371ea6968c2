package media

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// localFile is an open file that is being uploaded, with what was known of it
// when it was opened.
type localFile struct {
	*os.File
	// content is what is read in place of the file as it is; nil: the file.
	content  io.ReaderAt
	size     int64
	modified time.Time
}

// openLocal opens a file and refuses it if it is not the one that the plan
// saw.
func openLocal(name string, size int64, modified time.Time) (*localFile, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, localError(name, err, CodeLocalUnreadable)
	}
	lf := &localFile{File: f, size: size, modified: modified}
	if err := lf.unchanged(); err != nil {
		f.Close()
		return nil, err
	}
	return lf, nil
}

// ReadAt reads what is uploaded.
func (f *localFile) ReadAt(p []byte, off int64) (int, error) {
	if f.content != nil {
		n, err := f.content.ReadAt(p, off)
		if errors.Is(err, io.ErrUnexpectedEOF) { // it has become shorter
			err = io.EOF
		}
		return n, err
	}
	return f.File.ReadAt(p, off)
}

// unchanged compares the file with what was known of it.
func (f *localFile) unchanged() error {
	info, err := f.Stat()
	if err != nil {
		return localError(f.Name(), err, CodeLocalUnreadable)
	}
	if info.Size() != f.size || !info.ModTime().Equal(f.modified) {
		return &Error{Code: CodeLocalChanged, Path: f.Name()}
	}
	return nil
}

// body is a section of a file as a request sends it. It can be rewound for a
// retry, hashes what goes over, and looks at the file again before it hands
// out the last bytes: a file that changed meanwhile is never stored whole.
type body struct {
	ctx      context.Context // of the upload: it ends a wait for the rate limit
	limit    *limiter
	file     *localFile
	off, len int64
	// moved is told of bytes that were read for the first time; those of a
	// retry do not count again.
	moved func(delta int64)
	// broken is told of an error of the local file, so that nobody retries.
	broken func(error)

	mu     sync.Mutex
	pos    int64
	high   int64 // how far pos ever was
	sum    hash.Hash
	hashed int64
	err    error
	// complete is set once the last bytes were handed out.
	complete bool
}

// body makes the body of a request that sends a section of the file, and
// hashes it with sum.
func (u *upload) body(ctx context.Context, f *localFile, off, n int64, sum hash.Hash) *body {
	return &body{
		ctx: ctx, limit: u.l.limit, file: f, off: off, len: n, sum: sum,
		moved: u.meter.add, broken: func(err error) { u.stop(err) },
	}
}

func (b *body) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err != nil {
		return 0, b.err
	}
	if b.pos >= b.len {
		return 0, io.EOF
	}
	if rest := b.len - b.pos; int64(len(p)) > rest {
		p = p[:rest]
	}
	p = p[:b.limit.step(len(p))]
	if err := b.limit.wait(b.ctx, len(p)); err != nil {
		return 0, err
	}
	n, err := b.file.ReadAt(p, b.off+b.pos)
	switch {
	case errors.Is(err, io.EOF) && n < len(p):
		return 0, b.fail(&Error{Code: CodeLocalChanged, Path: b.file.Name()})
	case err != nil && !errors.Is(err, io.EOF):
		return 0, b.fail(localError(b.file.Name(), err, CodeLocalUnreadable))
	}
	if b.pos+int64(n) == b.len {
		if err := b.last(); err != nil {
			return 0, err
		}
	}
	b.digest(p[:n])
	b.pos += int64(n)
	if b.pos > b.high {
		b.moved(b.pos - b.high)
		b.high = b.pos
	}
	return n, nil
}

// last is asked before the last bytes go out, without which S3 stores nothing.
func (b *body) last() error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if err := b.file.unchanged(); err != nil {
		return b.fail(err)
	}
	b.complete = true
	return nil
}

// sent tells whether all bytes went out, so that S3 may have stored them.
func (b *body) sent() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.complete || b.len == 0
}

func (b *body) fail(err error) error {
	b.err = err
	b.broken(err)
	return err
}

// digest hashes what is read in order from the start.
func (b *body) digest(p []byte) {
	if b.sum == nil {
		return
	}
	if b.pos == 0 {
		b.sum.Reset()
		b.hashed = 0
	}
	if b.pos == b.hashed {
		b.sum.Write(p)
		b.hashed += int64(len(p))
	}
}

// Seek rewinds for a retry, or tells the length.
func (b *body) Seek(offset int64, whence int) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch whence {
	case io.SeekCurrent:
		offset += b.pos
	case io.SeekEnd:
		offset += b.len
	}
	if offset < 0 || offset > b.len {
		return 0, os.ErrInvalid
	}
	b.pos = offset
	return offset, nil
}

// md5sum is the MD5 of all that went over, nil unless that was the whole.
func (b *body) md5sum() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sum == nil || b.hashed != b.len {
		return nil
	}
	return b.sum.Sum(nil)
}

// release gives the hash up for another body: the transport may still read a
// request's body when the request is over.
func (b *body) release() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sum = nil
}

// isMD5 tells whether an ETag is the MD5 of the content, as it is for a
// single upload that is not encrypted with a KMS key.
func isMD5(etag string, encryption string) bool {
	if len(etag) != 2*md5.Size || isKMS(encryption) {
		return false
	}
	_, err := hex.DecodeString(etag)
	return err == nil
}

// isKMS tells whether objects so encrypted have ETags that are no checksums.
func isKMS(encryption string) bool { return strings.HasPrefix(encryption, "aws:kms") }
