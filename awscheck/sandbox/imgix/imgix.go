// Package imgix is the sandbox's imgix: the Rendering API of the account
// file's sources. A source reads a bucket with the access key of an IAM user,
// from outside of AWS, and puts its prefix before the path of an address (I8).
// Which assets a dashboard shows is nobody's business here (I12), and pictures
// are served as they are, whatever the parameters.
package imgix

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
	"github.com/mediadock/mediadock/media/address"
)

// Suffix is what stands behind a source's name in its own host name.
const Suffix = ".imgix.net"

// fetcher is where a bucket sees imgix's requests come from.
const fetcher = "151.101.0.1:443"

// Server answers for every source. It is safe for concurrent use.
type Server struct {
	account account.Account
	state   *state.State
	origin  http.Handler
}

// New returns the edge for the sources of acct, which read from origin, an S3
// that takes its caller from the request's context.
func New(acct account.Account, live *state.State, origin http.Handler) *Server {
	return &Server{account: acct, state: live, origin: origin}
}

// Serves tells whether a host is imgix's: a name below imgix.net, whether a
// source has it or not, or a domain that a source knows.
func (s *Server) Serves(host string) bool {
	return len(s.account.ImgixSources) > 0 && strings.HasSuffix(host, Suffix) || s.source(host) != nil
}

// CertificateNames are the names on the certificate that is shown for host.
func (s *Server) CertificateNames(host string) []string {
	if strings.HasSuffix(host, Suffix) {
		return []string{"*" + Suffix}
	}
	return []string{host}
}

func (s *Server) source(host string) *account.ImgixSource {
	i := slices.IndexFunc(s.account.ImgixSources, func(x account.ImgixSource) bool {
		return x.Name+Suffix == host || slices.Contains(x.Domains, host)
	})
	if i < 0 {
		return nil
	}
	return &s.account.ImgixSources[i]
}

// ServeHTTP answers one request of a visitor.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Server", "imgix")
	h.Set("X-Imgix-Id", "0123456789abcdef0123456789abcdef01234567")
	host := strings.ToLower(r.Host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	source := s.source(host)
	switch {
	case source == nil || !source.Deployed: // one that is queued is as strange as one that nobody has
		refuse(w, http.StatusNotFound, "Not Found")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		refuse(w, http.StatusMethodNotAllowed, "Method Not Allowed")
	case source.Secure && r.URL.Query().Get("s") == "":
		refuse(w, http.StatusForbidden, "Forbidden: this source demands signed URLs")
	default:
		s.origin.ServeHTTP(&answer{ResponseWriter: w, head: r.Method == http.MethodHead}, s.fetch(source, r))
	}
}

// fetch is what imgix asks the bucket, as the user whose key it holds.
func (s *Server) fetch(source *account.ImgixSource, r *http.Request) *http.Request {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/")
	if dir := strings.Trim(source.Prefix, "/"); dir != "" {
		path = address.EscapePath(dir) + "/" + path
	}
	u := &url.URL{RawPath: "/" + path}
	if plain, err := url.PathUnescape(u.RawPath); err == nil {
		u.Path = plain
	}
	caller := access.Caller{}
	if user, ok := s.state.User(s.account.ID, source.Caller); ok {
		caller = s.state.AsUser(user)
	}
	caller.Beside = true
	header := http.Header{"User-Agent": {"imgix"}}
	if v := r.Header.Get("Range"); v != "" {
		header.Set("Range", v)
	}
	return (&http.Request{
		Method: r.Method, URL: u, Host: s.originHost(source.Bucket), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: http.NoBody, RemoteAddr: fetcher, TLS: &tls.ConnectionState{Version: tls.VersionTLS13},
	}).WithContext(access.WithCaller(r.Context(), caller))
}

func (s *Server) originHost(bucket string) string {
	region := "us-east-1"
	for _, b := range s.account.Buckets {
		if b.Name == bucket {
			region = b.Region
		}
	}
	p, ok := address.PartitionOf(region)
	if !ok {
		p, _ = address.PartitionByID("aws")
	}
	return bucket + ".s3." + region + "." + p.DNSSuffix
}

// answer passes a bucket's answer on, without what is AWS's, and its errors in
// imgix's words.
type answer struct {
	http.ResponseWriter
	head, wrote, failed bool
}

func (a *answer) WriteHeader(status int) {
	if a.wrote {
		return
	}
	a.wrote = true
	h := a.Header()
	for name := range h {
		if strings.HasPrefix(name, "X-Amz-") {
			h.Del(name)
		}
	}
	h.Set("Server", "imgix")
	h.Set("X-Imgix-Id", "0123456789abcdef0123456789abcdef01234567")
	if status < 400 {
		h.Set("Cache-Control", cmp.Or(h.Get("Cache-Control"), "public, max-age=31536000"))
		a.ResponseWriter.WriteHeader(status)
		return
	}
	a.failed = true
	switch status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusRequestedRangeNotSatisfiable:
	default: // what else goes wrong at the bucket is imgix's to tell
		status = http.StatusBadGateway
	}
	refuse(a.ResponseWriter, status, http.StatusText(status))
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.failed {
		return len(p), nil // AWS's words
	}
	return a.ResponseWriter.Write(p)
}

func refuse(w http.ResponseWriter, status int, said string) {
	body := fmt.Sprintf("<html><body><h1>%d</h1><p>%s</p></body></html>\n", status, said)
	h := w.Header()
	h.Set("Content-Type", "text/html")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // the visitor may be gone
}
