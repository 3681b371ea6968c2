package privacy

import (
	"io"
	"slices"
	"sort"
)

// piece is a part of a stripped file: a range of the file as it was, bytes
// that are new, or zeros.
type piece struct {
	n    int64
	from int64 // of the source; fresh: -1
	data []byte
}

// mostPieces is more than any honest file is cut into.
const mostPieces = 1 << 16

// shears put the pieces together.
type shears struct{ pieces []piece }

// keep takes over [from, to) of the source.
func (c *shears) keep(from, to int64) {
	if to <= from {
		return
	}
	if n := len(c.pieces); n > 0 {
		if last := &c.pieces[n-1]; last.from >= 0 && last.from+last.n == from {
			last.n += to - from
			return
		}
	}
	c.pieces = append(c.pieces, piece{n: to - from, from: from})
}

// put adds new bytes.
func (c *shears) put(data []byte) {
	if len(data) > 0 {
		c.pieces = append(c.pieces, piece{n: int64(len(data)), from: -1, data: data})
	}
}

// blank adds n zeros.
func (c *shears) blank(n int64) {
	if n > 0 {
		c.pieces = append(c.pieces, piece{n: n, from: -1})
	}
}

// patch is a place of a file that gets other bytes: the data, then zeros.
type patch struct {
	at, n int64
	data  []byte
}

// patched are the pieces of a file of which some places are overwritten, at
// the same size. Patches that overlap are a fault of the file.
func patched(size int64, patches []patch) ([]piece, error) {
	slices.SortFunc(patches, func(a, b patch) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	})
	if len(patches) > mostPieces {
		return nil, trouble(TooComplex)
	}
	var c shears
	var at int64
	for _, p := range patches {
		if p.at < at || p.n < int64(len(p.data)) || p.n > size-p.at {
			return nil, trouble(Damaged)
		}
		c.keep(at, p.at)
		c.put(p.data)
		c.blank(p.n - int64(len(p.data)))
		at = p.at + p.n
	}
	c.keep(at, size)
	return c.pieces, nil
}

// clean reads the pieces as one file. It is safe for concurrent use if the
// source is.
type clean struct {
	src    io.ReaderAt
	pieces []piece
	starts []int64
	size   int64
}

func newClean(src io.ReaderAt, pieces []piece) *clean {
	c := &clean{src: src, pieces: pieces, starts: make([]int64, len(pieces))}
	for i, p := range pieces {
		c.starts[i] = c.size
		c.size += p.n
	}
	return c
}

func (c *clean) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, trouble(Damaged)
	}
	done := 0
	i := sort.Search(len(c.starts), func(i int) bool { return c.starts[i] > off }) - 1
	for ; len(p) > 0 && i >= 0 && i < len(c.pieces); i++ {
		in := off - c.starts[i]
		n, err := c.pieces[i].readAt(c.src, p, in)
		done, off, p = done+n, off+int64(n), p[n:]
		if err != nil {
			return done, err
		}
	}
	if len(p) > 0 {
		return done, io.EOF
	}
	return done, nil
}

// readAt reads what p takes of one piece.
func (q piece) readAt(src io.ReaderAt, p []byte, in int64) (int, error) {
	if rest := q.n - in; int64(len(p)) > rest {
		p = p[:max(rest, 0)]
	}
	switch {
	case q.from < 0 && q.data == nil:
		clear(p)
		return len(p), nil
	case q.from < 0:
		return copy(p, q.data[in:]), nil
	}
	n, err := src.ReadAt(p, q.from+in)
	if n == len(p) {
		return n, nil
	}
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF // the source has become shorter
	}
	return n, err
}
