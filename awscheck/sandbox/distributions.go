package sandbox

import (
	"net/http"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/cloudfront"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
)

// serveCloudFront answers a request to CloudFront's control plane.
func (s *Sandbox) serveCloudFront(w http.ResponseWriter, r *http.Request) {
	identify(w, false)
	caller, problem := s.verifier.Verify(r, sign.Expect{Service: "cloudfront"})
	refuse := func(w http.ResponseWriter, e *awserr.Error) { cloudfront.WriteError(w, r, e) }
	w, over := s.strike(w, r, "cloudfront", cloudfront.Operation(r), refuse)
	if over {
		return
	}
	defer cutOff(w)
	if problem != nil {
		refuse(w, problem)
		return
	}
	s.distributions.ServeHTTP(w, s.from(caller, r))
}
