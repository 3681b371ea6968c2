package sandbox

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/fault"
)

// strike lets the account's faults happen to a request. over: it is answered.
// Otherwise the answer goes to the writer returned, and the caller calls
// cutOff when it is written. refuse writes an error in the service's manner.
func (s *Sandbox) strike(w http.ResponseWriter, r *http.Request, service, operation string, refuse func(http.ResponseWriter, *awserr.Error)) (to http.ResponseWriter, over bool) {
	named(r.Context(), service, operation)
	out, err := s.faults.Strike(r.Context(), service, operation)
	if out.Hang {
		silence(r)
	}
	if err != nil || out.Drop || out.Hang {
		panic(http.ErrAbortHandler) // net/http's way to break a connection
	}
	if out.Truncate != nil {
		w = &shortened{ResponseWriter: w, left: *out.Truncate}
	}
	switch {
	case out.Error != nil:
		refuse(w, out.Error)
	case out.Answer != nil:
		interpose(w, r, out.Answer)
	default:
		return w, false
	}
	cutOff(w)
	return w, true
}

// silence returns when the client has given up, or the sandbox stops. The
// request's body is read first: until then net/http does not watch the client.
func silence(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // a client that is gone already is as good
	<-r.Context().Done()
}

// interpose writes an answer that is not AWS's: without the request IDs by
// which AWS's are known, unless it is XML, which AWS speaks itself.
func interpose(w http.ResponseWriter, r *http.Request, a *fault.Answer) {
	if r.Header.Get("Expect") == "" {
		_, _ = io.CopyN(io.Discard, r.Body, drainLimit)
	}
	h := w.Header()
	if !strings.Contains(a.ContentType, "xml") {
		for _, name := range []string{"X-Amz-Request-Id", "X-Amz-Id-2", "X-Amzn-Requestid", "Server"} {
			h.Del(name)
		}
	}
	if a.ContentType != "" {
		h.Set("Content-Type", a.ContentType)
	}
	if a.Location != "" {
		h.Set("Location", a.Location)
	}
	h.Set("Content-Length", strconv.Itoa(len(a.Body)))
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, a.Body) // the client may be gone
	}
}

// shortened passes on the beginning of a body.
type shortened struct {
	http.ResponseWriter
	left  int
	begun bool // the header is out
	cut   bool // there was more
}

// Unwrap is for http.ResponseController.
func (s *shortened) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func (s *shortened) WriteHeader(status int) {
	s.begun = s.begun || status >= http.StatusOK
	s.ResponseWriter.WriteHeader(status)
}

func (s *shortened) Write(b []byte) (int, error) {
	if !s.begun {
		s.WriteHeader(http.StatusOK)
	}
	n := min(len(b), s.left)
	s.left -= n
	s.cut = s.cut || n < len(b)
	if n == 0 {
		return len(b), nil
	}
	if _, err := s.ResponseWriter.Write(b[:n]); err != nil {
		return 0, err
	}
	return len(b), nil
}

// cutOff breaks the connection of an answer that was cut short.
func cutOff(w http.ResponseWriter) {
	if s, ok := w.(*shortened); ok && s.cut {
		_ = http.NewResponseController(s.ResponseWriter).Flush() // the client may be gone
		panic(http.ErrAbortHandler)
	}
}
