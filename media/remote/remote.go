// Package remote downloads from URLs that a person, or somebody else through
// them, wrote into a list, so that nothing but public files is reached: https
// by default, no private or cloud-internal address whatever a name resolves
// to, no credentials, cookies or Referer, a limit on size, time and redirects.
//
// It carries codes and arguments instead of words, and knows nothing of S3.
package remote

import (
	"context"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// UserAgent is all that a server learns of who asks.
const UserAgent = "mediadock"

// DefaultMaxBytes is the largest download unless Options say otherwise.
const DefaultMaxBytes = 1 << 30

// mostRedirects are followed; each target is checked as the first URL was.
const mostRedirects = 10

// HeadBytes is how much of a file Look reads.
const HeadBytes = 4 << 10

// Options say what may be reached, and how long to wait. The zero value is
// strict and ready for use.
type Options struct {
	AllowHTTP bool
	// AllowPrivate lets through private, shared and loopback addresses, for
	// intranets. Link-local and metadata addresses stay refused.
	AllowPrivate bool
	MaxBytes     int64 // 0: DefaultMaxBytes
	Roots        *x509.CertPool
	// Proxy tells which proxy a request goes through; nil: none. Behind one,
	// addresses are the proxy's business: hosts are judged by name and literal
	// address only.
	Proxy    func(*http.Request) (*url.URL, error)
	Resolver *net.Resolver // nil: the system's
	// Permit, where set, decides about addresses in place of the rules here.
	Permit func(netip.AddrPort) bool
	Times  Times
}

// Times are the limits of each phase. Zero is the default.
type Times struct {
	Dial   time.Duration // name and connection, 10 s
	TLS    time.Duration // 10 s
	Header time.Duration // until the answer begins, 30 s
	// Stall is how long the body may go without bringing StallBytes, 30 s.
	Stall time.Duration
}

// StallBytes must arrive in each Stall: a server that feeds a byte at a time
// is as good as dead.
const StallBytes = 16 << 10

func (t Times) filled() Times {
	or := func(d *time.Duration, otherwise time.Duration) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	or(&t.Dial, 10*time.Second)
	or(&t.TLS, 10*time.Second)
	or(&t.Header, 30*time.Second)
	or(&t.Stall, 30*time.Second)
	return t
}

// Client fetches. It is safe for concurrent use; Close it at the end.
type Client struct {
	o       Options
	direct  *http.Transport
	proxied *http.Transport
}

// New makes a client.
func New(o Options) *Client {
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	o.Times = o.Times.filled()
	c := &Client{o: o}
	c.direct, c.proxied = c.transports()
	return c
}

// Close ends the connections that are kept for further requests.
func (c *Client) Close() {
	c.direct.CloseIdleConnections()
	c.proxied.CloseIdleConnections()
}

// MaxBytes is the limit that applies.
func (c *Client) MaxBytes() int64 { return c.o.MaxBytes }

// Answer is what a server said about a file.
type Answer struct {
	URL string // where it came from in the end
	// Name is the name of Content-Disposition as the server wrote it, or empty.
	Name string
	Type string // Content-Type without parameters, in lower case
	Size int64  // -1: not said
	// Head is the beginning, of Look alone.
	Head []byte
	// Plain tells that some of the way went over http, Proxied that a proxy
	// looked the names up.
	Plain, Proxied bool
}

// Get downloads into w. w may have received some bytes when there is an
// error, which is an *Error: of the disk as CodeWrite. progress, if not nil, is told how many bytes were
// written since it was last called, and the total or -1.
func (c *Client) Get(ctx context.Context, u *url.URL, w io.Writer, progress func(n, total int64)) (Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	resp, a, err := c.follow(ctx, u, "")
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return a, statusError(u, resp)
	}
	if a.Size > c.o.MaxBytes {
		return a, c.tooLarge(u, a.Size)
	}
	body, decoded, err := c.body(u, resp, a, cancel)
	if err != nil {
		return a, err
	}
	if decoded {
		a.Size = -1
	}
	n, err := c.copyTo(ctx, w, body, func(n int64) {
		if progress != nil {
			progress(n, a.Size)
		}
	})
	if err != nil {
		return a, bodyError(ctx, u, err)
	}
	if n > c.o.MaxBytes {
		return a, c.tooLarge(u, -1)
	}
	if a.Size >= 0 && n != a.Size {
		return a, fault(CodeTruncated, u, nil, "bytes", itoa(n), "total", itoa(a.Size))
	}
	a.Size = n
	return a, nil
}

// Look asks for the beginning of a file, so that it is known what Get would
// bring. Servers that know no ranges begin to send the whole, and are hung up on.
func (c *Client) Look(ctx context.Context, u *url.URL) (Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	resp, a, err := c.follow(ctx, u, "bytes=0-4095")
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusPartialContent:
		a.Size = totalOf(resp.Header.Get("Content-Range"))
	case http.StatusRequestedRangeNotSatisfiable: // an empty file has no first byte
		a.Size = 0
		return a, nil
	default:
		return a, statusError(u, resp)
	}
	if a.Size > c.o.MaxBytes {
		return a, c.tooLarge(u, a.Size)
	}
	body, decoded, err := c.body(u, resp, a, cancel)
	if err != nil {
		return a, err
	}
	if decoded {
		a.Size = -1
	}
	a.Head, err = io.ReadAll(io.LimitReader(body, HeadBytes))
	if err != nil && len(a.Head) == 0 {
		return a, bodyError(ctx, u, err)
	}
	return a, nil
}

func (c *Client) tooLarge(u *url.URL, size int64) *Error {
	e := fault(CodeTooLarge, u, nil, "limit", itoa(c.o.MaxBytes))
	if size >= 0 {
		e.Args["bytes"] = itoa(size)
	}
	return e
}
