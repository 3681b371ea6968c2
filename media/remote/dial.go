package remote

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// transports are one that goes there itself, and judges each address that it
// is about to connect to, and one that goes through a proxy. That a name
// resolves differently from one moment to the next changes nothing: what is
// judged is the address of the very connection.
func (c *Client) transports() (direct, proxied *http.Transport) {
	dialer := func(control func(context.Context, string, string, syscall.RawConn) error) func(context.Context, string, string) (net.Conn, error) {
		d := &net.Dialer{Timeout: c.o.Times.Dial, KeepAlive: 30 * time.Second, Resolver: c.o.Resolver, ControlContext: control}
		return d.DialContext
	}
	base := func() *http.Transport {
		return &http.Transport{
			TLSClientConfig:        &tls.Config{RootCAs: c.o.Roots, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    c.o.Times.TLS,
			ResponseHeaderTimeout:  c.o.Times.Header,
			MaxResponseHeaderBytes: 256 << 10,
			DisableCompression:     true,
			ForceAttemptHTTP2:      true,
			IdleConnTimeout:        30 * time.Second,
		}
	}
	direct, proxied = base(), base()
	direct.DialContext = dialer(c.control)
	proxied.DialContext = dialer(nil)
	proxied.Proxy = c.o.Proxy
	proxied.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
		if resp.StatusCode != http.StatusOK {
			return &refusedByProxy{resp.Status}
		}
		return nil
	}
	return direct, proxied
}

// control is asked with the address that a socket is about to connect to.
func (c *Client) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return &refusedAddress{kind: KindReserved}
	}
	if kind := c.refuses(a); kind != "" {
		return &refusedAddress{addr: a.Addr(), kind: kind}
	}
	return nil
}

// refusedByProxy is a proxy's answer to CONNECT.
type refusedByProxy struct{ status string }

func (e *refusedByProxy) Error() string { return e.status }

// refusedAddress travels through the dialer's errors.
type refusedAddress struct {
	addr netip.Addr
	kind string
}

func (e *refusedAddress) Error() string { return "no public address: " + e.addr.String() }
