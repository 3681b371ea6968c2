package sandbox

import (
	"net/http"
	"regexp"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

type bucket = account.Bucket

var queryHost = regexp.MustCompile(`^(sts|iam)(\.[a-z]{2,4}(-[a-z]+)+-\d+)?\.amazonaws\.(com|com\.cn|eu)$`)

// site is who answers for a host name behind the proxy; nil: there is no such
// host.
func (s *Sandbox) site(host string) http.Handler {
	if _, ok := s3.ParseHost(host); ok || queryHost.MatchString(host) {
		return s.proxied(http.HandlerFunc(s.endpoint))
	}
	return nil
}

func (s *Sandbox) certificateNames(host string) []string { return s3.CertificateNames(host) }

// proxied guards a handler that the proxy's own server runs.
func (s *Sandbox) proxied(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil {
			r = r.WithContext(access.WithPlainProxied(r.Context()))
		}
		h.ServeHTTP(w, r)
	})
}
