package connect

import (
	"context"
	"io"
	"net/http"
	"sync"
)

// HearRefusals sends requests by next and makes sure that the answer to an
// upload is heard, also one that comes before the upload is done.
//
// The SDK closes a request's body as soon as the answer's head is there. Its
// io.WriterTo then fails, and its Read ends too early: in either case net/http
// takes the request for broken and cuts the connection from which the rest of
// the answer is being read, and "connection reset" stands in the place of the
// refusal. Here a body is a reader alone, and one that ends too early after an
// answer holds its last word back until the answer has been read.
//
// It may be used by several goroutines at once if next may.
func HearRefusals(next http.RoundTripper) http.RoundTripper { return hearing{next} }

type hearing struct{ next http.RoundTripper }

func (h hearing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return h.next.RoundTrip(r)
	}
	up := &upload{body: r.Body, left: r.ContentLength, ctx: r.Context(), answered: make(chan struct{}), heard: make(chan struct{})}
	sent := r.WithContext(r.Context())
	sent.Body = up
	resp, err := h.next.RoundTrip(sent)
	if err != nil {
		up.release()
		return resp, err
	}
	close(up.answered)
	resp.Body = &answer{ReadCloser: resp.Body, up: up}
	return resp, nil
}

// CloseIdleConnections is what http.Client.CloseIdleConnections asks for.
func (h hearing) CloseIdleConnections() {
	if c, ok := h.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// upload is a request's body. It has no other methods than Read and Close.
type upload struct {
	body io.ReadCloser
	left int64 // bytes announced and not yet read; negative: none were announced
	ctx  context.Context

	answered chan struct{} // closed when an answer has begun
	once     sync.Once
	heard    chan struct{} // closed when nobody reads the answer any more
}

func (u *upload) Read(p []byte) (int, error) {
	n, err := u.body.Read(p)
	if u.left >= 0 {
		u.left = max(u.left-int64(n), 0)
	}
	if err != nil && u.left != 0 {
		u.wait()
	}
	return n, err
}

// wait keeps net/http from seeing an upload fail whose answer is being read.
// Before any answer a body that ends too early is a failure like any other.
func (u *upload) wait() {
	select {
	case <-u.answered:
	default:
		return
	}
	select {
	case <-u.heard:
	case <-u.ctx.Done():
	}
}

func (u *upload) Close() error {
	u.release()
	return u.body.Close()
}

func (u *upload) release() { u.once.Do(func() { close(u.heard) }) }

// answer is a response's body that tells the upload when it is done with.
type answer struct {
	io.ReadCloser
	up *upload
}

func (a *answer) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	if err != nil {
		a.up.release()
	}
	return n, err
}

func (a *answer) Close() error {
	a.up.release()
	return a.ReadCloser.Close()
}
