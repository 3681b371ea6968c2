// Package proxy is the sandbox's forward proxy. Delivery domains (a bucket's
// own host name, a distribution's alias) are reached through it, over plain
// HTTP and over TLS with certificates of the sandbox's own authority. It
// serves the sandbox's hosts and no others: nothing leaves the machine.
package proxy

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options say what a Proxy serves.
type Options struct {
	// Handler answers for a host name (lower case, without a port), or is nil
	// for a host that does not exist.
	Handler func(host string) http.Handler
	// Names are the names on the certificate that the host shows. nil, or no
	// names: the host's own.
	Names func(host string) []string
	// CA signs the certificates.
	CA *Authority
}

// Proxy is the http.Handler of a forward proxy: it answers CONNECT and
// requests with an absolute URL. Close it to end the tunnels.
type Proxy struct {
	o       Options
	tunnels *tunnels
	secure  *http.Server // serves the TLS tunnels
	plain   *http.Server // serves the tunnels to port 80
	serving sync.WaitGroup
}

// New returns a proxy, ready to serve.
func New(o Options) *Proxy {
	p := &Proxy{o: o}
	p.secure = p.server()
	p.secure.TLSConfig = &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: p.certificate,
		NextProtos:     []string{"http/1.1"},
	}
	p.plain = p.server()
	p.tunnels = &tunnels{secure: newQueue(), plain: newQueue()}
	p.serving.Go(func() { _ = p.secure.ServeTLS(p.tunnels.secure, "", "") }) // ends with ErrServerClosed
	p.serving.Go(func() { _ = p.plain.Serve(p.tunnels.plain) })
	return p
}

func (p *Proxy) server() *http.Server {
	return &http.Server{
		Handler:           http.HandlerFunc(p.inside),
		ConnContext:       withTunnel,
		ReadHeaderTimeout: 30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		// A client that refuses the certificate is the client's business.
		ErrorLog:     log.New(io.Discard, "", 0),
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
}

// Close ends every tunnel. Requests in flight have until ctx ends; then their
// connections are cut.
func (p *Proxy) Close(ctx context.Context) error {
	err := errors.Join(p.secure.Shutdown(ctx), p.plain.Shutdown(ctx))
	if err != nil {
		_, _ = p.secure.Close(), p.plain.Close()
	}
	p.serving.Wait()
	return err
}

// IsProxyRequest tells requests to a proxy from requests to a server.
func IsProxyRequest(r *http.Request) bool {
	return r.Method == http.MethodConnect || r.URL.IsAbs()
}

// ServeHTTP answers one request to the proxy.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect:
		p.connect(w, r)
	case r.URL.Scheme == "http":
		p.forward(w, r)
	default:
		http.Error(w, "not a request for a proxy", http.StatusBadRequest)
	}
}

// forward answers a request for an absolute http URL.
func (p *Proxy) forward(w http.ResponseWriter, r *http.Request) {
	h := p.o.Handler(hostOf(r.URL.Host))
	if h == nil {
		refuse(w, "no such host")
		return
	}
	r = r.Clone(r.Context())
	r.Host = r.URL.Host
	r.URL.Scheme, r.URL.Host = "", ""
	for _, name := range []string{"Proxy-Connection", "Proxy-Authorization"} {
		r.Header.Del(name)
	}
	h.ServeHTTP(w, r)
}

// connect opens a tunnel.
func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		host, port = r.Host, "443"
	}
	host = hostOf(host)
	queue := p.tunnels.to(port)
	switch {
	case p.o.Handler(host) == nil:
		refuse(w, "no such host")
		return
	case queue == nil:
		refuse(w, "connection refused")
		return
	}
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "this connection cannot be a tunnel", http.StatusInternalServerError)
		return
	}
	_ = conn.SetDeadline(time.Time{}) // the tunnel's server sets its own
	if _, err := io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		_ = conn.Close()
		return
	}
	if !queue.hand(&tunnel{Conn: conn, early: buffered.Reader, host: host}) {
		_ = conn.Close() // the proxy is closing
	}
}

// inside answers a request that came through a tunnel. The tunnel's host is
// who answers; which of its sites is meant, the request's Host header says.
func (p *Proxy) inside(w http.ResponseWriter, r *http.Request) {
	host, _ := r.Context().Value(tunnelKey{}).(string)
	if h := p.o.Handler(host); h != nil {
		h.ServeHTTP(w, r)
		return
	}
	http.Error(w, "no such host", http.StatusBadGateway)
}

// certificate picks the certificate by the name the client asks for, as a
// server with many sites does.
func (p *Proxy) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	host := hostOf(hello.ServerName)
	if host == "" {
		if t, ok := hello.Conn.(*tunnel); ok {
			host = t.host
		}
	}
	var names []string
	if p.o.Names != nil {
		names = p.o.Names(host)
	}
	if len(names) == 0 {
		names = []string{host}
	}
	return p.o.CA.Certificate(names...)
}

// refuse answers 502 with the reason as body and as status text, which is what
// clients show of a refused CONNECT.
func refuse(w http.ResponseWriter, reason string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // not HTTP/1.x: there is no status text to set
		http.Error(w, reason, http.StatusBadGateway)
		return
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "HTTP/1.1 502 "+reason+"\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "+
		strconv.Itoa(len(reason)+1)+"\r\nConnection: close\r\n\r\n"+reason+"\n")
}

// hostOf is the host of an authority, in lower case.
func hostOf(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		authority = host
	}
	return strings.ToLower(strings.TrimSuffix(authority, "."))
}
