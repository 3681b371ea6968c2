// Package s3 is the sandbox's Amazon S3: general purpose buckets in memory,
// with the answers, the authorisation and the limits of the real service.
//
// It takes requests whose signature has been verified already: the caller is
// in the context (see access), the body is plain and checked. Everything it
// decides from there on, it decides by the policies of the account.
package s3

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sort"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// defaultMemory bounds the uploaded bytes that a server keeps.
const defaultMemory = 4 << 30

// drainLimit is how much of an unread body is read after a refusal, so that a
// client that is still sending gets to see the answer.
const drainLimit = 32 << 20

// Options tune a Server.
type Options struct {
	Now    func() time.Time // the sandbox's clock; nil: time.Now
	Memory int64            // bytes of uploaded content kept; 0: 4 GiB
	// State is the account that other services change too; nil: one of the
	// server's own.
	State *state.State
	// Dir is what Open keeps everything in, and Started when the server was
	// first started there; zero: now.
	Dir     string
	Started time.Time
}

// Server answers S3's REST API, path-style and virtual-hosted. It is safe for
// concurrent use.
type Server struct {
	account  account.Account
	state    *state.State
	now      func() time.Time
	buckets  map[string]*bucket
	budget   *budget
	disk     *disk  // nil: everything is in memory
	tokenKey []byte // signs continuation tokens
}

// New returns a server for the buckets of acct.
func New(acct account.Account, o Options) *Server {
	s := &Server{
		account:  acct,
		state:    o.State,
		now:      o.Now,
		buckets:  map[string]*bucket{},
		budget:   &budget{limit: o.Memory},
		tokenKey: make([]byte, 32),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.budget.limit == 0 {
		s.budget.limit = defaultMemory
	}
	_, _ = rand.Read(s.tokenKey) // never fails (crypto/rand)
	if s.state == nil {
		s.state = state.New(acct, s.now)
	}
	started := o.Started
	if started.IsZero() {
		started = s.now()
	}
	for _, b := range acct.Buckets {
		s.buckets[b.Name] = newBucket(b, started)
	}
	return s
}

// call is one request on its way through the server.
type call struct {
	srv    *Server
	w      http.ResponseWriter
	r      *http.Request
	ctx    context.Context
	caller access.Caller
	target Target
	query  url.Values
	bucket *bucket // nil only for operations on the service
	key    string
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if h.Get("X-Amz-Request-Id") == "" {
		h.Set("X-Amz-Request-Id", requestID())
	}
	if h.Get("X-Amz-Id-2") == "" {
		h.Set("X-Amz-Id-2", hostID())
	}
	if s.disk != nil {
		s.disk.use.RLock()
		defer s.disk.sweep() // after the lock is given back
		defer s.disk.use.RUnlock()
	}
	h.Set("Server", "AmazonS3")
	h.Set("Date", s.now().UTC().Format(http.TimeFormat))
	if err := s.serve(w, r); err != nil {
		s.fail(w, r, err)
		letHear(w, r)
	}
}

// overheard is how much of a refused body is read so that the refusal arrives.
const overheard = 64 << 20

// letHear lets a client that is still sending hear why it was refused: a
// connection that is closed with bytes unread is reset, and the reset can
// overtake the answer. Who waits to be told to go on has sent nothing yet, but
// may lose patience.
func letHear(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 {
		return
	}
	c := http.NewResponseController(w)
	_ = c.Flush() // the client may be gone
	if r.Header.Get("Expect") != "" {
		_ = c.SetReadDeadline(time.Now().Add(time.Second))
	}
	_, _ = io.CopyN(io.Discard, r.Body, overheard)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) error {
	target, err := ParseTarget(r)
	if err != nil {
		return err
	}
	c := &call{
		srv: s, w: w, r: r, ctx: r.Context(),
		caller: access.CallerFrom(r.Context()),
		target: target, query: r.URL.Query(), key: target.Key,
	}
	route := findRoute(r, target)
	if route == nil {
		return methodNotAllowed(r, target)
	}
	if target.Bucket != "" && route.name != "CreateBucket" {
		if err := c.openBucket(); err != nil {
			return err
		}
	}
	if route.handle == nil {
		return notImplemented()
	}
	return route.handle(c)
}

// openBucket finds the bucket and refuses what no operation gets past: another
// Region's endpoint, another owner than the expected one, too long a key.
func (c *call) openBucket() error {
	if !validBucketName(c.target.Bucket) {
		return with(awserr.New(400, "InvalidBucketName", "The specified bucket is not valid."), "BucketName", c.target.Bucket)
	}
	b := c.srv.buckets[c.target.Bucket]
	if b == nil {
		return with(awserr.New(404, "NoSuchBucket", "The specified bucket does not exist"), "BucketName", c.target.Bucket)
	}
	c.bucket = b
	if c.target.Region != "" && c.target.Region != b.region {
		return c.redirect()
	}
	if owner := c.r.Header.Get("X-Amz-Expected-Bucket-Owner"); owner != "" && owner != b.owner {
		return c.denied()
	}
	if len(c.key) > maxKey {
		return keyTooLong(c.key)
	}
	return c.chargeRequester()
}

// redirect tells that the bucket lies in another Region than the one asked.
func (c *call) redirect() error {
	p := c.bucket.partition
	e := with(awserr.New(http.StatusMovedPermanently, "PermanentRedirect",
		"The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint."),
		"Endpoint", c.bucket.name+".s3."+c.bucket.region+"."+p.DNSSuffix, "Bucket", c.bucket.name)
	e.Header = http.Header{"X-Amz-Bucket-Region": {c.bucket.region}}
	return e
}

// fail writes err as S3 does.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var known *awserr.Error
	switch {
	case errors.As(err, &known):
	case r.Context().Err() != nil:
		return // nobody is there to read an answer
	case errors.Is(err, io.ErrUnexpectedEOF):
		known = incompleteBody()
	default:
		known = awserr.New(500, "InternalError", "We encountered an internal error. Please try again.")
	}
	if r.Header.Get("Expect") == "" && r.Body != nil {
		_, _ = io.CopyN(io.Discard, r.Body, drainLimit)
	}
	awserr.WriteS3(w, r, known, "", "", "")
}

// read takes a body of about hint bytes in and shows it to seen.
func (s *Server) read(r io.Reader, hint int64, seen func([]byte)) (*content, error) {
	if s.disk != nil {
		return s.disk.receive(r, seen)
	}
	return readContent(r, hint, s.budget, seen)
}

// bucketNames are the names of the buckets, sorted.
func (s *Server) bucketNames() []string {
	names := make([]string, 0, len(s.buckets))
	for name := range s.buckets {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func requestID() string {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	raw := make([]byte, 16)
	_, _ = rand.Read(raw)
	for i := range raw {
		raw[i] = alphabet[raw[i]%32]
	}
	return string(raw)
}

func hostID() string {
	raw := make([]byte, 57)
	_, _ = rand.Read(raw)
	return base64.StdEncoding.EncodeToString(raw)
}
