package sandbox

import (
	"net/http"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/kms"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3control"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
)

// serveKMS answers a request about keys. A refused signature has the codes
// that the JSON services give it.
func (s *Sandbox) serveKMS(w http.ResponseWriter, r *http.Request) {
	identify(w, false)
	caller, problem := s.verifier.Verify(r, sign.Expect{Service: "kms"})
	w, over := s.strike(w, r, "kms", kms.Operation(r), awserr.WriteJSON)
	if over {
		return
	}
	defer cutOff(w)
	if problem != nil {
		awserr.WriteJSON(w, jsonProblem(problem))
		return
	}
	s.kms.Serve(w, s.from(caller, r), sign.Region(r))
}

// jsonCodes are the JSON services' names for what the query services call
// otherwise.
var jsonCodes = map[string]string{
	"InvalidClientTokenId": "UnrecognizedClientException", "InvalidAccessKeyId": "UnrecognizedClientException",
	"SignatureDoesNotMatch": "InvalidSignatureException", "ExpiredToken": "ExpiredTokenException",
	"IncompleteSignature": "IncompleteSignatureException", "MissingAuthenticationToken": "MissingAuthenticationTokenException",
}

func jsonProblem(e *awserr.Error) *awserr.Error {
	named := *e
	named.Status = http.StatusBadRequest
	if code := jsonCodes[e.Code]; code != "" {
		named.Code = code
	}
	return &named
}

// serveS3Control answers a request about the account's S3 settings.
func (s *Sandbox) serveS3Control(w http.ResponseWriter, r *http.Request) {
	goOn(w, r)
	identify(w, true)
	w, over := s.strike(w, r, "s3control", s3control.Operation(r), awserr.WriteWrapped)
	if over {
		return
	}
	defer cutOff(w)
	caller, problem := s.verifier.Verify(r, sign.Expect{Service: "s3"})
	if problem != nil {
		awserr.WriteWrapped(w, problem)
		return
	}
	s.s3control.ServeHTTP(w, s.from(caller, r))
}
