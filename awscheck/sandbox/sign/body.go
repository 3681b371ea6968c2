package sign

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// The values of x-amz-content-sha256 that are no hash.
const (
	unsignedPayload        = "UNSIGNED-PAYLOAD"
	streamingSigned        = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
	streamingSignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
	streamingTrailer       = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
)

// maxQueryBody bounds what a query service reads; AWS's own limit is of this
// order.
const maxQueryBody = 1 << 20

// payloadHash is the last line of the canonical request.
func payloadHash(r *http.Request, sig *signature, service string) (string, *awserr.Error) {
	if service != "s3" {
		return hashForm(r)
	}
	value := r.Header.Get("X-Amz-Content-Sha256")
	if sig.presigned && value == "" {
		if value = parseQuery(r.URL.RawQuery).get("X-Amz-Content-Sha256"); value == "" {
			return unsignedPayload, nil
		}
	}
	switch value {
	case "":
		return "", awserr.New(http.StatusBadRequest, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
	case unsignedPayload, streamingSigned, streamingSignedTrailer, streamingTrailer:
		return value, nil
	}
	if b, err := hex.DecodeString(value); err != nil || len(b) != 32 {
		e := awserr.New(http.StatusBadRequest, "InvalidArgument",
			"x-amz-content-sha256 must be UNSIGNED-PAYLOAD, "+streamingTrailer+", "+streamingSigned+", "+streamingSignedTrailer+" or a valid sha256 value.")
		e.Extra = []awserr.Element{{Name: "ArgumentName", Value: "x-amz-content-sha256"}, {Name: "ArgumentValue", Value: value}}
		return "", e
	}
	return value, nil
}

// hashForm reads the small body of a query service's request; its hash is
// always part of the signature.
func hashForm(r *http.Request) (string, *awserr.Error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxQueryBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return "", awserr.New(http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "Request size exceeds the maximum allowed size.")
	case err != nil:
		return "", awserr.New(http.StatusBadRequest, "MalformedInput", "The request body ended early.")
	}
	_ = r.Body.Close()
	r.Body = io.NopCloser(bytes.NewReader(data))
	return hexHash(string(data)), nil
}

// decode puts the verified payload in place of r.Body. s is nil for unsigned
// requests.
func decode(r *http.Request, s *seed) *awserr.Error {
	if s != nil && s.sig.service != "s3" {
		return nil
	}
	value := r.Header.Get("X-Amz-Content-Sha256")
	body := &payload{src: r.Body, length: r.ContentLength, header: r.Header}
	switch value {
	case streamingSigned, streamingSignedTrailer, streamingTrailer:
		if s == nil && value != streamingTrailer {
			return awserr.New(http.StatusForbidden, "AccessDenied", "Access Denied")
		}
		if problem := decodeChunks(r, s, value, body); problem != nil {
			return problem
		}
	default:
		if r.ContentLength < 0 && r.Method == http.MethodPut {
			return awserr.New(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
		}
	}
	if problem := body.expect(r, value); problem != nil {
		return problem
	}
	if r.ContentLength == 0 && len(body.sums) > 0 { // nobody may read an empty body: verify it now
		var problem *awserr.Error
		if _, err := body.Read(nil); errors.As(err, &problem) {
			return problem
		}
	}
	r.Body = body
	return nil
}

func decodeChunks(r *http.Request, s *seed, mode string, body *payload) *awserr.Error {
	length, err := strconv.ParseInt(r.Header.Get("X-Amz-Decoded-Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return awserr.New(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
	}
	c := newChunks(r.Body, length)
	if mode != streamingTrailer {
		c.sign(s)
	}
	if mode != streamingSigned {
		names := strings.Split(r.Header.Get("X-Amz-Trailer"), ",")
		for i := range names {
			names[i] = http.CanonicalHeaderKey(strings.TrimSpace(names[i]))
		}
		c.trailers(names)
		body.trailer = c.trailer
		r.Trailer = c.trailer
	}
	body.src, body.length = c, length
	r.ContentLength = length
	r.TransferEncoding = nil
	r.Header.Set("Content-Length", strconv.FormatInt(length, 10))
	dropChunkedEncoding(r.Header)
	return nil
}

// dropChunkedEncoding leaves the encodings that belong to the object.
func dropChunkedEncoding(h http.Header) {
	var keep []string
	for p := range strings.SplitSeq(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		if p = strings.TrimSpace(p); p != "" && !strings.EqualFold(p, "aws-chunked") {
			keep = append(keep, p)
		}
	}
	if len(keep) == 0 {
		h.Del("Content-Encoding")
		return
	}
	h.Set("Content-Encoding", strings.Join(keep, ","))
}

// payload counts and hashes what passes through it, and at the end answers
// for it.
type payload struct {
	src     io.ReadCloser
	length  int64 // declared; -1: unknown
	read    int64
	header  http.Header
	trailer http.Header
	sums    []sum
	err     error
}

func (p *payload) Read(b []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := 0, error(nil)
	if len(b) > 0 || p.length == 0 {
		n, err = p.src.Read(b)
	}
	p.read += int64(n)
	for _, s := range p.sums {
		s.hash.Write(b[:n])
	}
	if err == nil && p.length == 0 {
		err = io.EOF
	}
	if err != nil {
		p.err = p.end(err)
	}
	return n, p.err
}

func (p *payload) end(err error) error {
	if !errors.Is(err, io.EOF) {
		var problem *awserr.Error
		if errors.As(err, &problem) {
			return problem
		}
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return incompleteBody()
		}
		return err // the connection broke: there is nobody to answer
	}
	if p.length >= 0 && p.read != p.length {
		return incompleteBody()
	}
	for _, s := range p.sums {
		if problem := s.verify(p.header, p.trailer); problem != nil {
			return problem
		}
	}
	return io.EOF
}

func (p *payload) Close() error { return p.src.Close() }

func incompleteBody() *awserr.Error {
	return awserr.New(http.StatusBadRequest, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header")
}
