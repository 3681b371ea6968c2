package proxy

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"sync"
)

// tunnel is a hijacked connection on its way to the server inside.
type tunnel struct {
	net.Conn
	early *bufio.Reader // what the client sent before it saw the answer
	host  string
}

func (t *tunnel) Read(p []byte) (int, error) {
	if t.early != nil {
		if t.early.Buffered() > 0 {
			return t.early.Read(p[:min(len(p), t.early.Buffered())])
		}
		t.early = nil
	}
	return t.Conn.Read(p)
}

type tunnelKey struct{}

// withTunnel puts the tunnel's host into the context of its requests.
func withTunnel(ctx context.Context, c net.Conn) context.Context {
	if outer, ok := c.(*tls.Conn); ok {
		c = outer.NetConn()
	}
	if t, ok := c.(*tunnel); ok {
		return context.WithValue(ctx, tunnelKey{}, t.host)
	}
	return ctx
}

// tunnels are the ways inside, by port.
type tunnels struct{ secure, plain *queue }

func (t *tunnels) to(port string) *queue {
	switch port {
	case "443":
		return t.secure
	case "80":
		return t.plain
	}
	return nil
}

// queue is a net.Listener whose connections are handed over.
type queue struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newQueue() *queue {
	return &queue{conns: make(chan net.Conn), closed: make(chan struct{})}
}

// hand gives c to whoever accepts, and reports false when nobody will.
func (q *queue) hand(c net.Conn) bool {
	select {
	case q.conns <- c:
		return true
	case <-q.closed:
		return false
	}
}

func (q *queue) Accept() (net.Conn, error) {
	select {
	case c := <-q.conns:
		return c, nil
	case <-q.closed:
		return nil, net.ErrClosed
	}
}

func (q *queue) Close() error {
	q.once.Do(func() { close(q.closed) })
	return nil
}

func (q *queue) Addr() net.Addr { return queueAddr{} }

type queueAddr struct{}

func (queueAddr) Network() string { return "tunnel" }
func (queueAddr) String() string  { return "tunnel" }
