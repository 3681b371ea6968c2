package remote

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Codes of an Error.
const (
	CodeInvalid   = "invalid"
	CodeScheme    = "scheme"            // {scheme}
	CodeHTTP      = "http"              // plain http, which was not allowed
	CodeUserinfo  = "userinfo"          // a name or password in the URL
	CodeHost      = "host"              // {host} is no name or ordinary address
	CodePort      = "port"              // {port}
	CodeAddress   = "address"           // {address}: not public, which Options can allow
	CodeForbidden = "forbidden-address" // {address}: never allowed
	CodeDNS       = "dns"               // {host}
	CodeConnect   = "connect"           // {host}
	CodeTLS       = "tls"               // {host}
	CodeTimeout   = "timeout"
	CodeStalled   = "stalled"
	CodeTruncated = "truncated"
	CodeTooLarge  = "too-large" // {limit}
	CodeRedirects = "redirects" // {limit}, or in a circle
	CodeRedirect  = "redirect"  // to nowhere
	CodeDenied    = "denied"    // {status}
	CodeMissing   = "missing"   // {status}
	CodeBusy      = "busy"      // {status}
	CodeStatus    = "status"    // {status}
	CodeEncoding  = "encoding"  // {encoding}
	CodeProxy     = "proxy"
	CodeWrite     = "write" // of the writer that Get was given
	CodeAborted   = "aborted"
)

// Error says why a file could not be fetched.
type Error struct {
	Code string
	URL  string // as Shown
	Args map[string]string
	// After is when to try again, as the server asks for.
	After time.Duration
	Err   error
}

// Error is for logs.
func (e *Error) Error() string {
	s := "remote: " + e.Code + " " + strconv.Quote(e.URL)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Passing tells that trying again may help.
func (e *Error) Passing() bool {
	switch e.Code {
	case CodeDNS, CodeConnect, CodeTimeout, CodeStalled, CodeTruncated, CodeBusy:
		return true
	}
	return false
}

func fault(code string, u *url.URL, err error, args ...string) *Error {
	e := &Error{Code: code, URL: Shown(u), Args: map[string]string{"url": Shown(u), "host": u.Hostname()}, Err: bare(err)}
	for i := 0; i+1 < len(args); i += 2 {
		e.Args[args[i]] = args[i+1]
	}
	return e
}

func addressError(u *url.URL, a netip.Addr, kind string) *Error {
	return hostError(u, a.String(), kind)
}

// hostError refuses an address, or a name in place of one.
func hostError(u *url.URL, address, kind string) *Error {
	code := CodeForbidden
	if canAllow(kind) {
		code = CodeAddress
	}
	return fault(code, u, nil, "address", address, "kind", kind)
}

// bare takes the URL out of an error: with its query it may be a secret.
func bare(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}

// requestError classifies what went wrong before an answer came.
func requestError(ctx context.Context, u *url.URL, err error, proxied bool) *Error {
	var refused *refusedAddress
	var dns *net.DNSError
	var known *Error
	var proxy *refusedByProxy
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &proxy):
		return fault(CodeProxy, u, err, "reason", proxy.status)
	case errors.As(err, &refused):
		return addressError(u, refused.addr, refused.kind)
	case ctx.Err() != nil:
		return ended(ctx, u)
	case errors.As(err, &dns):
		if dns.IsTimeout {
			return fault(CodeTimeout, u, err)
		}
		return fault(CodeDNS, u, err)
	case isTLS(err):
		return fault(CodeTLS, u, err, "reason", tlsReason(err))
	case isTimeout(err):
		return fault(CodeTimeout, u, err)
	case proxied && strings.Contains(err.Error(), "proxyconnect"):
		return fault(CodeProxy, u, err, "reason", connectReason(err))
	}
	return fault(CodeConnect, u, err, "reason", connectReason(err))
}

func ended(ctx context.Context, u *url.URL) *Error {
	var known *Error
	if errors.As(context.Cause(ctx), &known) {
		return known
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fault(CodeTimeout, u, ctx.Err())
	}
	return fault(CodeAborted, u, ctx.Err())
}

func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &authority) || errors.As(err, &name)
}

// tlsReason is the shortest exact thing known.
func tlsReason(err error) string {
	var verify *tls.CertificateVerificationError
	if errors.As(err, &verify) {
		return verify.Err.Error()
	}
	return err.Error()
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

func connectReason(err error) string {
	var no syscall.Errno
	if errors.As(err, &no) {
		return no.Error()
	}
	return bare(err).Error()
}

// bodyError classifies what went wrong while the body came.
func bodyError(ctx context.Context, u *url.URL, err error) *Error {
	var known *Error
	var w *writeError
	switch {
	case errors.As(err, &w):
		return fault(CodeWrite, u, w.err)
	case errors.As(err, &known):
		return known
	case ctx.Err() != nil:
		return ended(ctx, u)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault(CodeTruncated, u, err)
	case isTimeout(err):
		return fault(CodeStalled, u, err)
	}
	return fault(CodeTruncated, u, err)
}

// statusError is an answer that is no file.
func statusError(u *url.URL, resp *http.Response) *Error {
	code := CodeStatus
	switch s := resp.StatusCode; {
	case s == 401, s == 403, s == 407, s == 451:
		code = CodeDenied
	case s == 404, s == 410:
		code = CodeMissing
	case s == 408, s == 425, s == 429, s == 500, s == 502, s == 503, s == 504:
		code = CodeBusy
	}
	e := fault(code, u, nil, "status", strconv.Itoa(resp.StatusCode))
	if code == CodeBusy {
		e.After = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	}
	return e
}

// retryAfter reads seconds or a date; zero where there is neither.
func retryAfter(v string, now time.Time) time.Duration {
	v = strings.TrimSpace(v)
	if n, err := strconv.ParseUint(v, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
