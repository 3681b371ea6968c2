package sandbox

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Request is one request that the sandbox has answered: when it arrived and
// when its answer was complete, by the real clock. A CONNECT to the proxy is
// none; what goes through the tunnel is.
type Request struct {
	Service, Operation string // as faults name them; empty: nobody's
	Start, End         time.Time
}

type requestKey struct{}

// begin notes a request that arrives; with the context given, named says
// what it asks for. The function ends it.
func (s *Sandbox) begin(r *http.Request) (*http.Request, func()) {
	if s.log == nil {
		return r, func() {}
	}
	entry := &Request{Start: s.clock()}
	return r.WithContext(context.WithValue(r.Context(), requestKey{}, entry)), func() {
		entry.End = s.clock()
		s.log(*entry)
	}
}

func named(ctx context.Context, service, operation string) {
	if entry, ok := ctx.Value(requestKey{}).(*Request); ok {
		entry.Service, entry.Operation = service, operation
	}
}

// Connections is how many connections the sandbox has accepted.
func (s *Sandbox) Connections() int { return int(s.accepted.Load()) }

func (s *Sandbox) count(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		s.accepted.Add(1)
	}
}
