package sandbox

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

type bucket = account.Bucket

// queryHost matches the host names of STS and IAM.
var queryHost = lazyregexp.New(`^(sts|iam|kms)(\.[a-z]{2,4}(-[a-z]+)+-\d+)?\.amazonaws\.(com|com\.cn|eu)$`)

// site is who answers for a host name behind the proxy: a distribution, S3 or
// another service. nil: there is no such host.
func (s *Sandbox) site(host string) http.Handler {
	if s.cdn.Serves(host) {
		return s.proxied(s.serveCDN)
	}
	if _, ok := s3.ParseHost(host); ok || queryHost.MatchString(host) {
		return s.proxied(s.endpoint)
	}
	if web := s.web(host); web != nil {
		return s.proxied(web.ServeHTTP)
	}
	if s.imgix.Serves(host) {
		return s.proxied(s.serveImgix)
	}
	return nil
}

func (s *Sandbox) certificateNames(host string) []string {
	if s.cdn.Serves(host) {
		return s.cdn.CertificateNames(host)
	}
	if i := s.webSite(host); i >= 0 {
		return s.account.Sites[i].Certificate
	}
	if s.imgix.Serves(host) {
		return s.imgix.CertificateNames(host)
	}
	return s3.CertificateNames(host)
}

// webSite is the site of the account file that has the name, or -1.
func (s *Sandbox) webSite(host string) int {
	return slices.IndexFunc(s.account.Sites, func(w account.Site) bool { return w.Host == host })
}

// web is a plain web server that gives one answer to everything; nil: there is
// none of that name.
func (s *Sandbox) web(host string) http.Handler {
	i := s.webSite(host)
	if i < 0 {
		return nil
	}
	site := s.account.Sites[i]
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Server", "nginx")
		h.Set("Content-Type", cmp.Or(site.ContentType, "text/html"))
		h.Set("Content-Length", strconv.Itoa(len(site.Body)))
		for name, value := range site.Headers {
			h.Set(name, value)
		}
		w.WriteHeader(cmp.Or(site.Status, http.StatusOK))
		if r.Method != http.MethodHead {
			_, _ = io.WriteString(w, site.Body) // the client may be gone
		}
	})
}

// proxied guards a handler that a server of the proxy's may run.
func (s *Sandbox) proxied(h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.enter()()
		r, end := s.begin(r)
		defer end()
		if r.TLS == nil {
			r = r.WithContext(access.WithPlainProxied(r.Context()))
		}
		h(w, r)
	})
}

// serveImgix answers for the sources of imgix; what it asks of S3 a fault of
// S3's can strike, as anybody's request.
func (s *Sandbox) serveImgix(w http.ResponseWriter, r *http.Request) {
	s.imgix.ServeHTTP(w, r)
	cutOff(w)
}

func (s *Sandbox) serveCDN(w http.ResponseWriter, r *http.Request) {
	w, over := s.strike(w, r, "cloudfront", r.Method, s.refuseCDN)
	if over {
		return
	}
	s.cdn.ServeHTTP(w, r)
	cutOff(w)
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
