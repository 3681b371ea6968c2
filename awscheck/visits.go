package awscheck

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// visits keep what delivery requests learned of hosts: a name is looked up
// once, and connections are used again. The zero value is ready for use.
type visits struct {
	patience time.Duration // for one request; 0: deliveryDeadline

	mu    sync.Mutex
	names map[string]*diagnose.DNS // what looking them up gave
	asked map[string]*canonical
}

// canonical is the end of a name's CNAME records, once ready is closed.
type canonical struct {
	ready chan struct{}
	name  string
}

// canonicalDeadline bounds the look-up beside the request, which needs none.
const canonicalDeadline = 2 * time.Second

// watcher sees one request on its way.
type watcher struct {
	ctx     context.Context
	visits  *visits
	host    string
	looksUp bool // names are looked up here, not by a proxy
	alias   *canonical

	mu      sync.Mutex // dialling may outlast the request
	version uint16
	leaf    *x509.Certificate
}

// watch observes a request to u that is made with w.ctx. Behind a proxy no
// name is looked up here.
func (v *visits) watch(ctx context.Context, source *connect.Source, u *url.URL) *watcher {
	w := &watcher{visits: v, host: u.Hostname()}
	w.looksUp = net.ParseIP(w.host) == nil && !source.Proxied(u)
	trace := &httptrace.ClientTrace{
		TLSHandshakeDone: func(s tls.ConnectionState, _ error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.version = s.Version
		},
		GotConn: func(got httptrace.GotConnInfo) {
			c, ok := got.Conn.(*tls.Conn)
			if !ok {
				return
			}
			s := c.ConnectionState()
			w.mu.Lock()
			defer w.mu.Unlock()
			w.version = s.Version
			if len(s.PeerCertificates) > 0 {
				w.leaf = s.PeerCertificates[0]
			}
		},
	}
	if w.looksUp {
		trace.DNSDone = func(d httptrace.DNSDoneInfo) { v.lookedUp(w.host, d) }
		w.alias = v.alias(ctx, source, w.host)
	}
	w.ctx = httptrace.WithClientTrace(ctx, trace)
	return w
}

// alias looks for the end of a name's CNAME records, once for each name.
func (v *visits) alias(ctx context.Context, source *connect.Source, host string) *canonical {
	v.mu.Lock()
	defer v.mu.Unlock()
	if c := v.asked[host]; c != nil {
		return c
	}
	c := &canonical{ready: make(chan struct{})}
	if v.asked == nil {
		v.asked = map[string]*canonical{}
	}
	v.asked[host] = c
	go func() { // seen waits for it
		defer close(c.ready)
		ctx, cancel := context.WithTimeout(ctx, canonicalDeadline)
		defer cancel()
		c.name = source.CanonicalName(ctx, host)
	}()
	return c
}

func (v *visits) lookedUp(host string, info httptrace.DNSDoneInfo) {
	d := &diagnose.DNS{Name: clean(host)}
	var dns *net.DNSError
	switch {
	case info.Err == nil:
	case errors.As(info.Err, &dns) && dns.IsNotFound:
		d.Failed = "not-found"
	case errors.As(info.Err, &dns) && dns.IsTimeout || errors.Is(info.Err, context.DeadlineExceeded):
		d.Failed = "timeout"
	default:
		d.Failed = "failed"
	}
	for _, a := range info.Addrs {
		d.Addresses = append(d.Addresses, a.String())
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.names == nil {
		v.names = map[string]*diagnose.DNS{}
	}
	v.names[host] = d
}

// seen is what the request showed of names and certificates. It returns once
// nothing of the request runs any more.
func (w *watcher) seen(resp *http.Response, err error) (*diagnose.DNS, *diagnose.TLS) {
	name := ""
	if w.alias != nil {
		<-w.alias.ready
		name = clean(w.alias.name)
	}
	var found *diagnose.DNS
	if w.looksUp {
		w.visits.mu.Lock()
		if d := w.visits.names[w.host]; d != nil {
			known := *d
			known.Canonical = name
			found = &known
		}
		w.visits.mu.Unlock()
	}
	return found, w.certificate(resp, err)
}

// certificate is what the host showed, also where it was not accepted.
func (w *watcher) certificate(resp *http.Response, err error) *diagnose.TLS {
	w.mu.Lock()
	version, leaf := w.version, w.leaf
	w.mu.Unlock()
	if resp != nil && resp.TLS != nil {
		version = resp.TLS.Version
		if len(resp.TLS.PeerCertificates) > 0 {
			leaf = resp.TLS.PeerCertificates[0]
		}
	}
	var refused *tls.CertificateVerificationError
	if leaf == nil && errors.As(err, &refused) && len(refused.UnverifiedCertificates) > 0 {
		leaf = refused.UnverifiedCertificates[0]
	}
	if leaf == nil && version == 0 {
		return nil
	}
	t := &diagnose.TLS{Asked: clean(w.host)}
	if version != 0 {
		t.Version = tls.VersionName(version)
	}
	if leaf == nil {
		return t
	}
	t.Names = namesOn(leaf, w.host)
	t.Expires = leaf.NotAfter.UTC()
	t.Issuer = clean(leaf.Issuer.CommonName)
	if len(leaf.Issuer.Organization) > 0 && leaf.Issuer.Organization[0] != leaf.Issuer.CommonName {
		t.Issuer = strings.TrimSpace(t.Issuer + " (" + clean(leaf.Issuer.Organization[0]) + ")")
	}
	return t
}

// namesShown is how many of a certificate's names are kept: some have a
// hundred.
const namesShown = 8

// namesOn are the certificate's names, those that are good for host first.
func namesOn(c *x509.Certificate, host string) []string {
	var names []string
	for _, n := range c.DNSNames {
		names = append(names, clean(n))
	}
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 && c.Subject.CommonName != "" {
		names = append(names, clean(c.Subject.CommonName))
	}
	good := func(n string) bool {
		_, parent, _ := strings.Cut(host, ".")
		return strings.EqualFold(n, host) || strings.EqualFold(n, "*."+parent)
	}
	slices.SortStableFunc(names, func(a, b string) int {
		switch {
		case good(a) && !good(b):
			return -1
		case good(b) && !good(a):
			return 1
		}
		return 0
	})
	return names[:min(len(names), namesShown)]
}

// clean is what a stranger's certificate or name server may put into a
// report: no control characters, and no more than a name holds.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 253 {
		s = string(r[:253])
	}
	return s
}
