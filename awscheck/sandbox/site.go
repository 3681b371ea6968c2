package sandbox

import (
	"fmt"
	"net/http"
	"regexp"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

type bucket = account.Bucket

// queryHost matches the host names of STS and IAM.
var queryHost = regexp.MustCompile(`^(sts|iam)(\.[a-z]{2,4}(-[a-z]+)+-\d+)?\.amazonaws\.(com|com\.cn|eu)$`)

// site is who answers for a host name behind the proxy: a distribution, S3 or
// another service. nil: there is no such host.
func (s *Sandbox) site(host string) http.Handler {
	if s.cdn.Serves(host) {
		return s.proxied(s.serveCDN)
	}
	if _, ok := s3.ParseHost(host); ok || queryHost.MatchString(host) {
		return s.proxied(s.endpoint)
	}
	return nil
}

func (s *Sandbox) certificateNames(host string) []string {
	if s.cdn.Serves(host) {
		return s.cdn.CertificateNames(host)
	}
	return s3.CertificateNames(host)
}

// proxied guards a handler that a server of the proxy's may run.
func (s *Sandbox) proxied(h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.enter()()
		if r.TLS == nil {
			r = r.WithContext(access.WithPlainProxied(r.Context()))
		}
		h(w, r)
	})
}

func (s *Sandbox) serveCDN(w http.ResponseWriter, r *http.Request) {
	switch out, err := s.faults.Strike(r.Context(), "cloudfront", r.Method); {
	case err != nil || out.Drop:
		panic(http.ErrAbortHandler)
	case out.Error != nil:
		s.refuseCDN(w, out.Error)
	default:
		s.cdn.ServeHTTP(w, r)
	}
}

// refuseCDN answers a fault in CloudFront's manner, in HTML.
func (s *Sandbox) refuseCDN(w http.ResponseWriter, e *awserr.Error) {
	h := w.Header()
	h.Set("Date", s.now().UTC().Format(http.TimeFormat))
	h.Set("Server", "CloudFront")
	h.Set("X-Cache", "Error from cloudfront")
	h.Set("Content-Type", "text/html")
	w.WriteHeader(e.Status)
	_, _ = fmt.Fprintf(w, "<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY>\n"+
		"<H1>%d ERROR</H1>\n<H2>The request could not be satisfied.</H2>\n%s\n</BODY></HTML>\n", e.Status, awserr.Escape(e.Message))
}
