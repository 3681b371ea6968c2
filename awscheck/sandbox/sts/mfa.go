package sts

import (
	"net/http"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// verifyMFA holds a request's device and code against the caller's own. The
// account file gives a device one code that never changes; AWS's would take
// each code once. A session of a role has no device.
//
// As with AWS, the session that comes of it does not carry the MFA on: only
// AssumeRole itself is made with it.
func (s *Server) verifyMFA(r *http.Request, caller access.Caller) *awserr.Error {
	if r.Form.Get("TokenCode") == "" || r.Form.Get("SerialNumber") == "" {
		return denyMFA(", must provide both MFA serial number and one time pass code.")
	}
	u, ok := s.state.UserByKey(caller.AccessKeyID)
	if !ok || u.MFASerial == "" || r.Form.Get("SerialNumber") != u.MFASerial {
		return denyMFA(", unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.")
	}
	if r.Form.Get("TokenCode") != u.MFACode {
		return denyMFA(" with invalid MFA one time pass code. ")
	}
	return nil
}

func denyMFA(why string) *awserr.Error {
	return awserr.New(http.StatusForbidden, "AccessDenied", "MultiFactorAuthentication failed"+why)
}
