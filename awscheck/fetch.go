package awscheck

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

const (
	// deliveryDeadline is how long one delivery request may take: CloudFront
	// itself waits so long for its origin.
	deliveryDeadline = 30 * time.Second
	// deliveryLimit is that of a delivery check: a request, and those that
	// follow a failed one all at once.
	deliveryLimit = 2*deliveryDeadline + 5*time.Second
	// fetchLimit is how much of an answer is read: probes are far smaller.
	fetchLimit = 64 << 10
)

// answer is what a stranger is given for a URL.
type answer struct {
	url      string
	evidence diagnose.Evidence
	header   http.Header
	body     []byte
	err      error // no answer came
}

func (a *answer) ok() bool { return a.err == nil && a.evidence.HTTPStatus == http.StatusOK }

// status is the answer's status; 0 when none came.
func (a *answer) status() int { return a.evidence.HTTPStatus }

// serves tells whether the answer is the probe, byte for byte.
func (a *answer) serves(p *probe) bool { return a.ok() && bytes.Equal(a.body, p.body) }

// ask is a delivery request.
type ask struct {
	method string // default GET
	url    string
	byteOf bool   // only the first byte is asked for
	origin string // the web page that asks; empty: none
	// preflight is the method that the page would use; empty: none is asked for.
	preflight string
	once      bool // a failure in passing is no reason to ask again
}

// fetch gets a URL as people do, without credentials, and like the AWS calls
// again where the failure may pass.
func (x *test) fetch(ctx context.Context, target string) *answer {
	return x.send(ctx, ask{url: target})
}

// fetchAll gets several URLs at the same time. An empty one gives nil.
func (x *test) fetchAll(ctx context.Context, asks ...ask) []*answer {
	answers := make([]*answer, len(asks))
	done := make(chan struct{})
	for i, q := range asks {
		go func() {
			defer func() { done <- struct{}{} }()
			if q.url != "" {
				answers[i] = x.send(ctx, q)
			}
		}()
	}
	for range asks {
		<-done
	}
	return answers
}

func (x *test) send(ctx context.Context, q ask) *answer {
	for n := 1; ; n++ {
		a := x.sendOnce(ctx, q)
		if !a.mayPass() || q.once || n == connect.Tries || x.sleep(ctx, x.source.Pause(n)) != nil {
			return a
		}
	}
}

// mayPass tells a failure that the next try may not meet: a broken
// connection or a server's trouble. A proxy that knows no such host will not
// learn it.
func (a *answer) mayPass() bool {
	if a.err != nil {
		return a.evidence.Network == "reset"
	}
	switch a.evidence.HTTPStatus {
	case http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusBadGateway:
		return !a.evidence.NoSuchHost()
	}
	return false
}

func (x *test) sendOnce(ctx context.Context, q ask) *answer {
	q.method = cmp.Or(q.method, http.MethodGet)
	a := &answer{url: q.url, evidence: diagnose.Evidence{Operation: q.method + " " + q.url}}
	defer func() { connect.Record(ctx, a.evidence) }()
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(x.visits.patience, deliveryDeadline))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, q.method, q.url, nil)
	if err != nil {
		a.err, a.evidence.Message = err, err.Error()
		return a
	}
	a.evidence.Host = req.URL.Host
	req.Header.Set("User-Agent", "mediadock")
	if q.byteOf {
		req.Header.Set("Range", "bytes=0-0")
		a.evidence.Operation += " (bytes=0-0)"
	}
	if q.origin != "" {
		req.Header.Set("Origin", q.origin)
	}
	if q.preflight != "" {
		req.Header.Set("Access-Control-Request-Method", q.preflight)
		req.Header.Set("Access-Control-Request-Headers", "authorization,x-amz-content-sha256,x-amz-date,x-amz-user-agent")
	}
	w := x.visits.watch(ctx, x.source, req.URL)
	resp, err := x.source.Delivery().Do(req.WithContext(w.ctx))
	defer func() { a.evidence.DNS, a.evidence.TLS = w.seen(resp, a.err) }()
	if err != nil {
		return a.failed(err)
	}
	defer resp.Body.Close()
	a.header = resp.Header
	a.evidence.HTTPStatus = resp.StatusCode
	a.evidence.Header = connect.TellingHeaders(resp.Header)
	a.evidence.RequestID = resp.Header.Get("X-Amz-Request-Id")
	a.evidence.HostID = resp.Header.Get("X-Amz-Id-2")
	a.evidence.BucketRegion = resp.Header.Get("X-Amz-Bucket-Region")
	if a.body, err = io.ReadAll(io.LimitReader(resp.Body, fetchLimit)); err != nil {
		return a.failed(err)
	}
	if resp.StatusCode >= 300 {
		a.evidence.ReadBody(a.body)
	}
	a.evidence.AnsweredBy = a.evidence.Answered()
	return a
}

func (a *answer) failed(err error) *answer {
	a.err = err
	a.evidence.Network = connect.NetworkKind(err)
	if a.evidence.Network == "" {
		a.evidence.Network = "reset"
	}
	a.evidence.HTTPStatus = 0
	a.evidence.Message = err.Error()
	return a
}

// byCDN tells whether CloudFront gave the answer.
func (a *answer) byCDN() bool {
	by := a.evidence.Answered()
	return by == diagnose.FromCloudFront || by == diagnose.FromS3ByCDN
}

// looksHTML tells a web page from a file.
func (a *answer) looksHTML() bool {
	if strings.HasPrefix(strings.ToLower(a.header.Get("Content-Type")), "text/html") {
		return true
	}
	start := bytes.ToLower(bytes.TrimSpace(a.body[:min(len(a.body), 256)]))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// mayFetch tells whether a URL leads to what is under test. With a custom
// endpoint the default S3 URL is AWS's own, where the same bucket name may be
// a stranger's: unless a proxy stands in for that host, only the domain that
// was entered is asked.
func (x *test) mayFetch(target string) bool {
	u, err := url.Parse(target)
	if err != nil {
		return false
	}
	if !x.source.CustomEndpoint() || x.source.Proxied(u) {
		return true
	}
	domain, err := url.Parse(x.target.Domain)
	return err == nil && x.target.Domain != "" && strings.EqualFold(domain.Host, u.Host)
}
