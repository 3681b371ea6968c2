package privacy

import (
	"errors"
	"io"
)

// source is the file that is looked at. It reads ahead, so that a walk over
// many small parts is not as many system calls.
type source struct {
	r    io.ReaderAt
	size int64

	window []byte
	at     int64 // of the window
}

const (
	windowSize = 64 << 10
	// mostBytes is the most that is read at once, far more than any metadata
	// has.
	mostBytes = 4 << 20
	// mostParts is how many segments, chunks or boxes are walked over.
	mostParts = 1 << 18
)

// read are n bytes at off. They are valid until the next read. What lies
// outside of the file is the file's own fault.
func (s *source) read(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > s.size || n > s.size-off {
		return nil, trouble(Damaged)
	}
	if n > mostBytes {
		return nil, trouble(TooComplex)
	}
	if off >= s.at && off+n <= s.at+int64(len(s.window)) {
		return s.window[off-s.at : off-s.at+n], nil
	}
	if n > windowSize/2 {
		p := make([]byte, n)
		return p, s.fill(p, off)
	}
	if s.window == nil {
		s.window = make([]byte, 0, windowSize)
	}
	s.window = s.window[:min(windowSize, s.size-off)]
	s.at = off
	if err := s.fill(s.window, off); err != nil {
		s.window = s.window[:0]
		return nil, err
	}
	return s.window[:n], nil
}

func (s *source) fill(p []byte, off int64) error {
	n, err := s.r.ReadAt(p, off)
	switch {
	case n == len(p):
		return nil
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return trouble(Damaged) // it is shorter than it was said to be
	}
	return err
}

// some are up to n bytes at off, fewer where the file ends.
func (s *source) some(off, n int64) ([]byte, error) {
	if off < 0 || off > s.size {
		return nil, trouble(Damaged)
	}
	return s.read(off, min(n, s.size-off))
}
