package cdn

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/media/address"
)

// edgeAddress is where the origin sees requests come from.
const edgeAddress = "130.176.0.1:443"

// request is what the edge asks the origin: the viewer's path behind the
// origin path; the query is not for a bucket.
func (v *visit) request(method string) *http.Request {
	raw := v.site.OriginPath + v.r.URL.EscapedPath()
	u := &url.URL{RawPath: raw}
	if path, err := url.PathUnescape(raw); err == nil {
		u.Path = path
	}
	ctx := access.WithCaller(v.r.Context(), access.Caller{})
	if v.site.OriginAccessControl && v.site.Signing != account.SignNever {
		ctx = s3.FromService(v.r.Context(), "cloudfront.amazonaws.com", v.site.arn, v.site.account)
	}
	r := (&http.Request{
		Method: method, URL: u, Host: v.site.originHost,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"User-Agent": {"Amazon CloudFront"}}, Body: http.NoBody,
		RemoteAddr: edgeAddress, TLS: &tls.ConnectionState{Version: tls.VersionTLS13},
	}).WithContext(ctx)
	return r
}

// fetch asks the origin for the whole object. It returns nil if the body is
// too big for the cache. old, if not nil, is asked to be confirmed.
func (v *visit) fetch(old *stored) *stored {
	r := v.request(http.MethodGet)
	if old != nil && !old.failed {
		r.Header.Set("If-None-Match", old.header.Get("ETag"))
	}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	rec := &recorder{header: http.Header{}, limit: v.srv.cache.largest(), stop: stop}
	v.ask(rec, r.WithContext(ctx))
	if rec.over || v.r.Context().Err() != nil {
		return nil
	}
	now := v.srv.now()
	if rec.status == http.StatusNotModified && old != nil {
		confirmed := *old
		confirmed.fetched = now
		confirmed.header = old.header.Clone()
		confirmed.header.Set("Date", rec.header.Get("Date"))
		return &confirmed
	}
	s := &stored{status: rec.status, header: rec.header, chunks: rec.chunks, size: rec.size, fetched: now}
	s.life, s.failed = v.site.lifetime(s.status, s.header, now), s.status >= 400
	if page := v.site.ErrorResponse; page != nil && (s.status == http.StatusForbidden || s.status == http.StatusNotFound) {
		s.replace(page)
	}
	return s
}

// replace puts the distribution's own page in place of the origin's error.
func (s *stored) replace(page *account.ErrorResponse) {
	s.status = cmp.Or(page.Status, s.status)
	s.size, s.chunks = int64(len(page.Content)), nil
	if s.size > 0 {
		s.chunks = [][]byte{page.Content}
	}
	s.header = http.Header{
		"Content-Type": {cmp.Or(page.ContentType, "text/html")}, "Content-Length": {strconv.FormatInt(s.size, 10)},
		"Date": s.header["Date"], "Server": {"AmazonS3"},
	}
}

// ask passes a request on to the origin, whatever it is.
func (v *visit) ask(w http.ResponseWriter, r *http.Request) {
	host := v.site.originHost
	if e, ok := s3.ParseHost(host); ok && e.Bucket != "" {
		if at, elsewhere := v.srv.moved(e); elsewhere {
			redirect(w, r, e.Bucket, at)
			return
		}
		v.srv.origin.ServeHTTP(w, r)
		return
	}
	if other := v.srv.others(host); other != nil {
		other.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Server", "CloudFront")
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusBadGateway)
	_, _ = io.WriteString(w, v.page(http.StatusBadGateway, unresolved))
}

// moved is where a bucket is that is asked for by S3's global name, which
// answers for us-east-1 alone until the bucket's own name is known everywhere.
func (s *Server) moved(e s3.Endpoint) (host string, elsewhere bool) {
	i := slices.IndexFunc(s.account.Buckets, func(b account.Bucket) bool { return b.Name == e.Bucket })
	if e.Region != "" || i < 0 || s.account.Buckets[i].Region == "us-east-1" {
		return "", false
	}
	region := s.account.Buckets[i].Region
	p, ok := address.PartitionOf(region)
	return e.Bucket + ".s3." + region + "." + p.DNSSuffix, ok
}

// redirect answers as S3's global name does.
func redirect(w http.ResponseWriter, r *http.Request, bucket, host string) {
	w.Header().Set("Server", "AmazonS3")
	w.Header().Set("X-Amz-Request-Id", strings.ToUpper(hex.EncodeToString(random(8))))
	w.Header().Set("Location", "https://"+host+r.URL.EscapedPath())
	awserr.WriteS3(w, r, &awserr.Error{
		Status: http.StatusTemporaryRedirect, Code: "TemporaryRedirect",
		Message: "Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests.",
		Extra:   []awserr.Element{{Name: "Endpoint", Value: host}, {Name: "Bucket", Value: bucket}},
	}, "", "", "")
}

// relay passes an answer through that is too big for the cache.
func (v *visit) relay() {
	r := v.request(v.r.Method)
	for _, name := range []string{"Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"} {
		if value := v.r.Header.Get(name); value != "" {
			r.Header.Set(name, value)
		}
	}
	v.ask(&through{visit: v}, r)
}

// recorder takes the origin's answer in, up to a limit.
type recorder struct {
	header http.Header
	status int
	chunks [][]byte
	size   int64
	limit  int64
	over   bool
	stop   func()
}

func (rec *recorder) Header() http.Header { return rec.header }

func (rec *recorder) WriteHeader(status int) {
	if rec.status != 0 {
		return
	}
	rec.status = status
	if n, err := strconv.ParseInt(rec.header.Get("Content-Length"), 10, 64); err == nil && n > rec.limit {
		rec.over = true
		rec.stop()
	}
}

var errTooBig = errors.New("the body is too big for the cache")

func (rec *recorder) Write(p []byte) (int, error) {
	rec.WriteHeader(http.StatusOK)
	if rec.over = rec.over || rec.size+int64(len(p)) > rec.limit; rec.over {
		return 0, errTooBig
	}
	rec.chunks = append(rec.chunks, append([]byte(nil), p...)) // the origin uses p again
	rec.size += int64(len(p))
	return len(p), nil
}

// through is a ResponseWriter that adds what the edge adds.
type through struct {
	*visit
	wrote bool
}

func (t *through) Header() http.Header { return t.w.Header() }

func (t *through) WriteHeader(status int) {
	t.wrote = true
	t.tidy(t.w.Header(), status)
	t.mark(status >= 400, xMiss)
	t.w.WriteHeader(status)
}

func (t *through) Write(p []byte) (int, error) {
	if !t.wrote {
		t.WriteHeader(http.StatusOK)
	}
	return t.w.Write(p)
}
