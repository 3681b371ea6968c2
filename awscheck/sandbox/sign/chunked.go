package sign

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// minChunk is the least size of a signed chunk that is not the last one.
const minChunk = 8 << 10

// maxLine bounds a chunk header or trailer line, maxTrailers their number.
const (
	maxLine     = 4 << 10
	maxTrailers = 16
)

// seed is the signature that the chunk signatures of a body follow from.
type seed struct {
	key []byte
	sig *signature
}

// chunks decodes an aws-chunked body. Its Read returns io.EOF only after the
// last chunk's signature and the trailers have been verified.
type chunks struct {
	body    io.Closer
	r       *bufio.Reader
	length  int64 // declared decoded length
	read    int64
	left    int64 // of the current chunk
	started bool
	short   bool // the current chunk is too small to be followed by another
	err     error

	seed     *seed // nil: chunks carry no signatures
	previous string
	claimed  string // the current chunk's signature
	hash     hash.Hash

	expectTrailers bool
	trailer        http.Header // announced names, values once read
}

func newChunks(body io.ReadCloser, length int64) *chunks {
	return &chunks{body: body, r: bufio.NewReaderSize(body, 32<<10), length: length}
}

func (c *chunks) sign(s *seed) {
	c.seed, c.previous, c.hash = s, s.sig.value, sha256.New()
}

func (c *chunks) trailers(announced []string) {
	c.expectTrailers = true
	c.trailer = http.Header{}
	for _, name := range announced {
		if name != "" {
			c.trailer[name] = nil
		}
	}
}

func (c *chunks) Close() error { return c.body.Close() }

func (c *chunks) Read(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	for c.left == 0 {
		if c.err = c.next(); c.err != nil {
			return 0, c.err
		}
	}
	n, err := c.r.Read(b[:min(int64(len(b)), c.left)])
	c.left -= int64(n)
	c.read += int64(n)
	if c.seed != nil {
		c.hash.Write(b[:n])
	}
	if err != nil {
		c.err = cut(err)
	}
	return n, c.err
}

// next ends the current chunk and begins the one after it. At the end of the
// body it returns io.EOF.
func (c *chunks) next() error {
	if c.started {
		if err := c.blank(); err != nil {
			return cut(err)
		}
		if err := c.verifyChunk(); err != nil {
			return err
		}
	}
	line, err := c.line()
	if err != nil {
		return cut(err)
	}
	size, claimed, ok := parseChunkHeader(line, c.seed != nil)
	if !ok {
		return malformedChunk()
	}
	if size > 0 && c.short && c.seed != nil {
		return awserr.New(http.StatusForbidden, "InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes")
	}
	if size > c.length-c.read {
		return incompleteBody()
	}
	c.started, c.left, c.claimed, c.short = true, size, claimed, size < minChunk
	if size > 0 {
		return nil
	}
	return c.finish()
}

// finish verifies the empty last chunk and what follows it.
func (c *chunks) finish() error {
	if err := c.verifyChunk(); err != nil {
		return err
	}
	if !c.expectTrailers {
		if err := c.blank(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	} else if err := c.readTrailers(); err != nil {
		return err
	}
	return io.EOF
}

func (c *chunks) verifyChunk() error {
	if c.seed == nil {
		return nil
	}
	sum := hex.EncodeToString(c.hash.Sum(nil))
	c.hash.Reset()
	return c.verify("AWS4-HMAC-SHA256-PAYLOAD", c.claimed, emptyHash+"\n"+sum)
}

func (c *chunks) verify(algorithm, claimed, rest string) error {
	sig := c.seed.sig
	toSign := algorithm + "\n" + sig.time.Format(dateTimeFormat) + "\n" + sig.scope.String() + "\n" + c.previous + "\n" + rest
	given, err := hex.DecodeString(claimed)
	if err != nil || !hmac.Equal(given, mac(c.seed.key, toSign)) {
		wrong := *sig
		wrong.value = claimed
		return words{"s3"}.mismatch(&wrong, toSign, "")
	}
	c.previous = claimed
	return nil
}

func (c *chunks) readTrailers() error {
	var canonical strings.Builder
	signature := ""
	for range maxTrailers {
		line, err := c.line()
		if err != nil {
			return cut(err)
		}
		if line == "" {
			return c.endTrailers(canonical.String(), signature)
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return malformedTrailer()
		}
		value = strings.TrimSpace(value)
		if strings.EqualFold(name, "x-amz-trailer-signature") {
			signature = value
			continue
		}
		key := http.CanonicalHeaderKey(strings.TrimSpace(name))
		if _, announced := c.trailer[key]; !announced {
			return malformedTrailer()
		}
		c.trailer[key] = []string{value}
		canonical.WriteString(strings.ToLower(name) + ":" + value + "\n")
	}
	return malformedTrailer()
}

func (c *chunks) endTrailers(canonical, signature string) error {
	for _, v := range c.trailer {
		if v == nil {
			return malformedTrailer()
		}
	}
	if c.seed == nil {
		return nil
	}
	return c.verify("AWS4-HMAC-SHA256-TRAILER", signature, hexHash(canonical))
}

// line reads one line without its end. io.EOF means that nothing is left.
func (c *chunks) line() (string, error) {
	var line []byte
	for {
		part, err := c.r.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			return "", malformedChunk()
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) == 0:
			return "", io.EOF
		case errors.Is(err, io.EOF):
			return "", incompleteBody()
		case err != nil:
			return "", err
		}
		return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"), nil
	}
}

func (c *chunks) blank() error {
	line, err := c.line()
	if err == nil && line != "" {
		return malformedChunk()
	}
	return err
}

// cut is err where the body may not end.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return incompleteBody()
	}
	return err
}

// parseChunkHeader reads "10000;chunk-signature=ad80...".
func parseChunkHeader(line string, signed bool) (size int64, signature string, ok bool) {
	parts := strings.Split(line, ";")
	size, err := strconv.ParseInt(strings.TrimSpace(parts[0]), 16, 64)
	if err != nil || size < 0 {
		return 0, "", false
	}
	i := slices.IndexFunc(parts[1:], func(p string) bool { return strings.HasPrefix(p, "chunk-signature=") })
	if i >= 0 {
		signature = strings.TrimPrefix(parts[1+i], "chunk-signature=")
	}
	return size, signature, !signed || signature != ""
}

func malformedChunk() *awserr.Error {
	return awserr.New(http.StatusBadRequest, "InvalidRequest", "The chunked body is malformed.")
}

func malformedTrailer() *awserr.Error {
	return awserr.New(http.StatusBadRequest, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.")
}
