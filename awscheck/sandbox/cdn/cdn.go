// Package cdn is the sandbox's Amazon CloudFront: distributions with a bucket
// as origin, their host names and certificates, and one edge cache.
//
// What a distribution may read, the bucket's policy decides: with origin
// access control it asks as the service cloudfront.amazonaws.com on behalf of
// the distribution's ARN, without it as a stranger.
package cdn

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/media/address"
)

// Options tune a Server.
type Options struct {
	Now    func() time.Time // the sandbox's clock; nil: time.Now
	Memory int64            // bytes of bodies cached; 0: 256 MiB
	// Origin is who answers for an origin that is no bucket, or nil for a host
	// that does not exist. nil: none does.
	Origin func(host string) http.Handler
}

// Server is the edge. It is safe for concurrent use.
type Server struct {
	account account.Account
	origin  *s3.Server
	others  func(host string) http.Handler
	now     func() time.Time
	cache   *cache

	mu    sync.RWMutex // guards sites; a site itself never changes
	sites []*site
}

// site is a distribution at the edge.
type site struct {
	account.Distribution
	domain     string // dXXX.cloudfront.net
	arn        string
	account    string
	originHost string // bucket.s3.region.suffix, or another server's
}

// New returns the edge for the distributions of acct.
func New(acct account.Account, origin *s3.Server, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Memory == 0 {
		o.Memory = 256 << 20
	}
	if o.Origin == nil {
		o.Origin = func(string) http.Handler { return nil }
	}
	s := &Server{account: acct, origin: origin, others: o.Origin, now: o.Now, cache: newCache(o.Memory)}
	for _, d := range acct.Distributions {
		s.sites = append(s.sites, newSite(acct, d))
	}
	return s
}

// Configure puts d in place of the distribution with its ID, or beside the
// others when there is none. What is cached stays, as at CloudFront.
func (s *Server) Configure(d account.Distribution) {
	changed := newSite(s.account, d)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sites = slices.Clone(s.sites)
	if i := slices.IndexFunc(s.sites, func(old *site) bool { return old.ID == d.ID }); i >= 0 {
		s.sites[i] = changed
		return
	}
	s.sites = append(s.sites, changed)
}

// all are the distributions as they are now.
func (s *Server) all() []*site {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.sites
}

func newSite(acct account.Account, d account.Distribution) *site {
	region := "us-east-1" // of an origin that does not exist
	for _, b := range acct.Buckets {
		if b.Name == d.OriginBucket {
			region = b.Region
		}
	}
	p, ok := address.PartitionOf(region)
	if !ok {
		p, _ = address.PartitionByID("aws")
	}
	host := d.OriginDomain
	if host == "" {
		host = d.OriginBucket + ".s3." + region + "." + p.DNSSuffix
	}
	return &site{
		Distribution: d,
		domain:       DomainName(d.ID),
		arn:          "arn:" + p.ID + ":cloudfront::" + acct.ID + ":distribution/" + d.ID,
		account:      acct.ID,
		originHost:   host,
	}
}

// DomainName is the host name that a distribution has of itself. AWS makes it
// up; here it follows from the distribution's ID: E2EXAMPLE is
// d2example.cloudfront.net.
func DomainName(id string) string {
	return "d" + strings.TrimPrefix(strings.ToLower(id), "e") + ".cloudfront.net"
}

// Serves reports whether host leads to the edge: a distribution's own name,
// one of its aliases, or a name on its certificate, whose DNS then points here
// although no distribution may know it.
func (s *Server) Serves(host string) bool {
	host = hostOf(host)
	return s.named(host) != nil || s.certified(host) != nil
}

// CertificateNames are the names on the certificate that the edge shows to a
// client that asks for host.
func (s *Server) CertificateNames(host string) []string {
	host = hostOf(host)
	d := s.named(host)
	switch {
	case d != nil && host == d.domain:
	case d != nil && len(d.Certificate) > 0:
		return d.Certificate
	case d == nil:
		if d = s.certified(host); d != nil {
			return d.Certificate
		}
	}
	return []string{"*.cloudfront.net", "cloudfront.net"}
}

// named is the distribution that has host for its own name or alias. An exact
// alias wins over a wildcard.
func (s *Server) named(host string) *site {
	sites := s.all()
	for _, d := range sites {
		if host == d.domain || slices.ContainsFunc(d.Aliases, func(a string) bool { return strings.EqualFold(a, host) }) {
			return d
		}
	}
	for _, d := range sites {
		if covers(d.Aliases, host) {
			return d
		}
	}
	return nil
}

// certified is a distribution whose certificate is good for host.
func (s *Server) certified(host string) *site {
	for _, d := range s.all() {
		if covers(d.Certificate, host) {
			return d
		}
	}
	return nil
}

// covers reports whether a name or wildcard among names is good for host.
func covers(names []string, host string) bool {
	_, parent, _ := strings.Cut(host, ".")
	for _, name := range names {
		if strings.EqualFold(name, host) || parent != "" && strings.EqualFold(name, "*."+parent) {
			return true
		}
	}
	return false
}

func hostOf(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		authority = host
	}
	return strings.ToLower(strings.TrimSuffix(authority, "."))
}

// ServeHTTP answers one request of a viewer.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := &visit{srv: s, w: w, r: r, site: s.named(hostOf(r.Host))}
	v.sign()
	switch {
	case v.site == nil, !v.site.Enabled, !v.site.Deployed:
		// An edge knows a distribution once it is deployed and while it is
		// enabled. Otherwise it is as strange as one that does not exist.
		v.refuse(http.StatusForbidden, badRequest)
	case v.site.Blocked:
		v.refuse(http.StatusForbidden, blocked)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		v.refuse(http.StatusForbidden, wrongMethod)
	default:
		v.serve()
	}
}
