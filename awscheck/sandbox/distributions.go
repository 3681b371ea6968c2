package sandbox

import (
	"net/http"
	"net/url"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/cloudfront"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
)

// serveCloudFront answers a request to CloudFront's control plane.
func (s *Sandbox) serveCloudFront(w http.ResponseWriter, r *http.Request) {
	identify(w, false)
	caller, problem := s.verifier.Verify(r, sign.Expect{Service: "cloudfront"})
	r.Form = url.Values{"Action": {cloudfront.Operation(r)}} // which names it to the faults
	if s.struckQuery(w, r, "cloudfront", cloudfront.Namespace) {
		return
	}
	if problem != nil {
		cloudfront.WriteError(w, r, problem)
		return
	}
	s.distributions.ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), caller)))
}
