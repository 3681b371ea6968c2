package cdn

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

// edgeAddress is where the origin sees requests come from.
const edgeAddress = "130.176.0.1:443"

// request is what the edge asks the origin: the viewer's path behind the
// origin path, without the query, which is not part of the cache key.
func (v *visit) request(method string) *http.Request {
	raw := v.site.OriginPath + v.r.URL.EscapedPath()
	u := &url.URL{RawPath: raw}
	if path, err := url.PathUnescape(raw); err == nil {
		u.Path = path
	}
	ctx := access.WithCaller(v.r.Context(), access.Caller{})
	if v.site.OriginAccessControl {
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
	if old != nil && old.status == http.StatusOK {
		r.Header.Set("If-None-Match", old.header.Get("ETag"))
	}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	rec := &recorder{header: http.Header{}, limit: v.srv.cache.largest(), stop: stop}
	v.srv.origin.ServeHTTP(rec, r.WithContext(ctx))
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
	s.life = lifetime(s.status, s.header, v.site.CacheTTL, now)
	return s
}

// relay passes an answer through that is too big for the cache.
func (v *visit) relay() {
	r := v.request(v.r.Method)
	for _, name := range []string{"Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"} {
		if value := v.r.Header.Get(name); value != "" {
			r.Header.Set(name, value)
		}
	}
	v.srv.origin.ServeHTTP(&through{visit: v}, r)
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
	t.mark(status, xMiss)
	t.w.WriteHeader(status)
}

func (t *through) Write(p []byte) (int, error) {
	if !t.wrote {
		t.WriteHeader(http.StatusOK)
	}
	return t.w.Write(p)
}
