package connect

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// maxErrorBody is how much of an error's body is read for its elements.
const maxErrorBody = 64 << 10

type traceKey struct{}

// Trace records the requests made under a context.
type Trace struct {
	parent *Trace

	mu        sync.Mutex
	exchanges []diagnose.Evidence
}

// Observe returns a context whose requests are recorded, each attempt by
// itself. A Trace within a Trace records to both.
func Observe(ctx context.Context) (context.Context, *Trace) {
	parent, _ := ctx.Value(traceKey{}).(*Trace)
	t := &Trace{parent: parent}
	return context.WithValue(ctx, traceKey{}, t), t
}

// Exchanges gives what was recorded so far, oldest first.
func (t *Trace) Exchanges() []diagnose.Evidence {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]diagnose.Evidence(nil), t.exchanges...)
}

// Requests counts the attempts made so far.
func (t *Trace) Requests() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.exchanges)
}

func (t *Trace) add(ev diagnose.Evidence) {
	for ; t != nil; t = t.parent {
		t.mu.Lock()
		t.exchanges = append(t.exchanges, ev)
		t.mu.Unlock()
	}
}

// Record adds a request that was made by other means than these clients,
// such as a delivery request, to the Trace of ctx.
func Record(ctx context.Context, ev diagnose.Evidence) {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	t.add(ev)
}

// exchange is an error that carries the evidence of the attempt that failed.
type exchange struct {
	evidence diagnose.Evidence
	err      error
}

func (e *exchange) Error() string { return e.err.Error() }
func (e *exchange) Unwrap() error { return e.err }

type attemptKey struct{}

// observe records every attempt in the Trace of the context and attaches the
// evidence to the error. The inner step stands next to the wire, where the
// body of an error can still be read; the outer one sees the error.
func (s *Source) observe() func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		outer := middleware.DeserializeMiddlewareFunc("mediadock.Attempt",
			func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
				ev := &diagnose.Evidence{}
				ctx = context.WithValue(ctx, attemptKey{}, ev)
				out, md, err := next.HandleDeserialize(ctx, in)
				if err != nil {
					if ev.Operation == "" {
						ev.Operation = operationOf(ctx)
					}
					completeFromError(ev, err)
				}
				hideSecrets(ctx, ev)
				Record(ctx, *ev)
				if err != nil {
					err = &exchange{evidence: *ev, err: err}
				}
				return out, md, err
			})
		inner := middleware.DeserializeMiddlewareFunc("mediadock.Wire",
			func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
				start := time.Now()
				out, md, err := next.HandleDeserialize(ctx, in)
				ev, _ := ctx.Value(attemptKey{}).(*diagnose.Evidence)
				if ev == nil {
					return out, md, err
				}
				ev.Operation = operationOf(ctx)
				req, _ := in.Request.(*smithyhttp.Request)
				if req != nil {
					ev.Host = req.URL.Host
				}
				if err != nil {
					ev.Network = networkKind(err)
					ev.Message = err.Error()
				} else if resp, ok := out.RawResponse.(*smithyhttp.Response); ok {
					readAnswer(ev, resp.Response, start)
				}
				s.log.exchange(ctx, req, ev, time.Since(start))
				if err == nil && isForeignPage(ev) {
					err = errForeignPage
				}
				return out, md, err
			})
		if err := stack.Deserialize.Add(outer, middleware.Before); err != nil {
			return err
		}
		return stack.Deserialize.Add(inner, middleware.After)
	}
}

func operationOf(ctx context.Context) string {
	service := strings.ToLower(awsmiddleware.GetServiceID(ctx))
	return service + ":" + awsmiddleware.GetOperationName(ctx)
}

// readAnswer fills ev from an answer. The body of an error is read up to
// maxErrorBody and put back, so that the SDK reads the same bytes.
func readAnswer(ev *diagnose.Evidence, resp *http.Response, sent time.Time) {
	ev.HTTPStatus = resp.StatusCode
	ev.Header = tellingHeaders(resp.Header)
	ev.RequestID = first(resp.Header.Get("X-Amz-Request-Id"), resp.Header.Get("X-Amzn-Requestid"))
	ev.HostID = resp.Header.Get("X-Amz-Id-2")
	ev.BucketRegion = resp.Header.Get("X-Amz-Bucket-Region")
	ev.Skew = skew(resp.Header.Get("Date"), sent, time.Now())
	if resp.StatusCode < 300 && !mayHideError(ev.Operation) {
		return
	}
	head, err := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	rest := io.Reader(resp.Body)
	if err != nil {
		rest = failingReader{err}
	}
	resp.Body = &peekedBody{Reader: io.MultiReader(bytes.NewReader(head), rest), Closer: resp.Body}
	ev.ReadBody(head)
}

// errForeignPage is a success that is not AWS's: a sign-in page's, another
// server's. The SDK would read it as an empty answer.
var errForeignPage = errors.New("a web page came in place of an answer")

// isForeignPage tells a web page from an answer. Only an object may be one,
// and that has an ETag.
func isForeignPage(ev *diagnose.Evidence) bool {
	return ev.HTTPStatus < 300 && ev.RequestID == "" && ev.HostID == "" && ev.Header["etag"] == "" &&
		strings.HasPrefix(strings.ToLower(ev.Header["content-type"]), "text/html")
}

// mayHideError tells the operations that answer 200 before they are done and
// put an error into the body.
func mayHideError(operation string) bool {
	switch operation {
	case "s3:CopyObject", "s3:UploadPartCopy", "s3:CompleteMultipartUpload":
		return true
	}
	return false
}

type peekedBody struct {
	io.Reader
	io.Closer
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

// skew is how far the server's clock is ahead of ours, to the second that a
// Date header tells; zero when it tells none.
func skew(date string, sent, got time.Time) time.Duration {
	t, err := http.ParseTime(date)
	if err != nil {
		return 0
	}
	if t.Before(sent.Truncate(time.Second)) {
		return t.Sub(sent.Truncate(time.Second))
	}
	if t.After(got) {
		return t.Sub(got).Truncate(time.Second)
	}
	return 0
}
