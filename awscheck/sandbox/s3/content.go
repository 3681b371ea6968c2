package s3

import (
	"encoding/binary"
	"hash/fnv"
	"io"
	"slices"
	"sort"
)

// chunkSize is the length of the pieces that uploaded bytes are kept in. A
// big upload grows by pieces and never has to be moved to a bigger slice.
const chunkSize = 256 << 10

// content is the immutable body of an object: segments one after another.
// Several objects may share segments, so copies and finished multipart
// uploads cost no further memory.
type content struct {
	segments []segment
	ends     []int64 // ends[i] is where segments[i] ends in the whole
	charges  []*charge
}

// segment is one piece of a content: bytes, a span of a file, or a span of
// made-up bytes.
type segment struct {
	data []byte
	file *blob  // when data is nil
	seed uint64 // when both are nil
	off  int64  // where a span starts in its file or made-up object
	size int64
}

func (s segment) isMadeUp() bool { return s.data == nil && s.file == nil }

func (c *content) size() int64 {
	if c == nil || len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

func (c *content) append(s segment) {
	if s.size == 0 {
		return
	}
	c.segments = append(c.segments, s)
	c.ends = append(c.ends, c.size()+s.size)
}

// bytesOf is content that holds b itself.
func bytesOf(b []byte) *content {
	c := &content{}
	c.append(segment{data: b, size: int64(len(b))})
	return c
}

// madeUp is content of the given size that is computed as it is read. The
// same key and size give the same bytes always.
func madeUp(key string, size int64) *content {
	h := fnv.New64a()
	_, _ = io.WriteString(h, key) // a hash takes everything
	c := &content{}
	c.append(segment{seed: h.Sum64(), size: size})
	return c
}

// isMadeUp reports whether any byte of c is made up.
func (c *content) isMadeUp() bool {
	return slices.ContainsFunc(c.segments, segment.isMadeUp)
}

// inMemory reports whether any byte of c is in memory alone.
func (c *content) inMemory() bool {
	return slices.ContainsFunc(c.segments, func(s segment) bool { return s.data != nil })
}

// slice is the content from off, n bytes long, sharing what c holds.
func (c *content) slice(off, n int64) *content {
	out := &content{}
	_ = c.each(off, n, func(s segment) error { out.append(s); return nil })
	out.charges = c.charges
	return out
}

// join puts contents one after another.
func join(parts []*content) *content {
	out := &content{}
	for _, p := range parts {
		for _, s := range p.segments {
			out.append(s)
		}
		out.charges = append(out.charges, p.charges...)
	}
	return out
}

// hold keeps what c costs charged for one more object or part that has it.
func (c *content) hold() {
	for _, ch := range c.charges {
		ch.hold()
	}
}

// release is the opposite of hold. What is read for the first time is held.
func (c *content) release() {
	if c == nil { // of a delete marker
		return
	}
	for _, ch := range c.charges {
		ch.release()
	}
}

// each visits the segments, cut to size, that make up n bytes from off.
func (c *content) each(off, n int64, visit func(segment) error) error {
	i := sort.Search(len(c.ends), func(i int) bool { return c.ends[i] > off })
	for ; i < len(c.segments) && n > 0; i++ {
		s := c.segments[i]
		skip := off - (c.ends[i] - s.size)
		take := min(s.size-skip, n)
		cut := segment{file: s.file, seed: s.seed, off: s.off + skip, size: take}
		if s.data != nil {
			cut.data = s.data[skip : skip+take]
		}
		if err := visit(cut); err != nil {
			return err
		}
		off, n = off+take, n-take
	}
	return nil
}

// writeTo writes n bytes from off to w.
func (c *content) writeTo(w io.Writer, off, n int64) error {
	var buf []byte
	return c.each(off, n, func(s segment) error {
		if s.data != nil {
			_, err := w.Write(s.data)
			return err
		}
		if s.file != nil {
			return s.file.write(w, s.off, s.size)
		}
		if buf == nil {
			buf = make([]byte, min(s.size, 64<<10))
		}
		for s.size > 0 {
			part := buf[:min(int64(len(buf)), s.size)]
			fill(part, s.seed, s.off)
			if _, err := w.Write(part); err != nil {
				return err
			}
			s.off, s.size = s.off+int64(len(part)), s.size-int64(len(part))
		}
		return nil
	})
}

// fill writes the made-up bytes of seed from off into p: splitmix64 by
// position, so that any range can be read without what stands before it.
func fill(p []byte, seed uint64, off int64) {
	var word [8]byte
	for len(p) > 0 {
		binary.LittleEndian.PutUint64(word[:], mix(seed+uint64(off/8)))
		n := copy(p, word[off%8:])
		p, off = p[n:], off+int64(n)
	}
}

func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

// readContent reads r to its end, expecting about hint bytes (negative:
// unknown). Every piece is charged to b before it is kept; on an error
// everything charged is given back. Each piece read is shown to seen.
func readContent(r io.Reader, hint int64, b *budget, seen func([]byte)) (*content, error) {
	c := &content{charges: []*charge{b.open()}}
	for {
		size := int64(chunkSize)
		if hint >= 0 {
			// One byte more than what is left, so that the end of a body of
			// the announced length is seen without another piece.
			size = min(size, max(hint-c.size(), 0)+1)
		}
		buf := make([]byte, size)
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			if full := c.charges[0].grow(int64(n)); full != nil {
				c.release()
				return nil, full
			}
			seen(buf[:n])
			if n < len(buf)/2 {
				buf = append([]byte(nil), buf[:n]...)
			}
			c.append(segment{data: buf[:n:n], size: int64(n)})
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			// ReadFull says ErrUnexpectedEOF for a short last piece; a body
			// that broke off is told by its length, see received.
			return c, nil
		default:
			c.release()
			return nil, err
		}
	}
}
