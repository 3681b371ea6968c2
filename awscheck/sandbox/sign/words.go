package sign

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// words says a refusal as the service does: S3 and the query services use
// other codes and texts for the same thing.
type words struct{ service string }

func (w words) s3() bool { return w.service == "s3" }

func (w words) mechanism() *awserr.Error {
	if w.s3() {
		return awserr.New(http.StatusBadRequest, "InvalidRequest",
			"The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")
	}
	return awserr.New(http.StatusBadRequest, "IncompleteSignature", "Unsupported AWS authentication type; use AWS4-HMAC-SHA256.")
}

// incomplete leaves out that AWS repeats the whole header: a signature does not
// belong in texts that people paste into tickets.
func (w words) incomplete(part map[string]string) *awserr.Error {
	if w.s3() {
		return awserr.New(http.StatusBadRequest, "AuthorizationHeaderMalformed",
			"The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.")
	}
	var missing []string
	for _, name := range []string{"Credential", "Signature", "SignedHeaders"} {
		if part[name] == "" {
			missing = append(missing, "Authorization header requires '"+name+"' parameter.")
		}
	}
	return awserr.New(http.StatusBadRequest, "IncompleteSignature", strings.Join(missing, " "))
}

func (w words) credential(given string, query bool) *awserr.Error {
	const form = `"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"`
	switch {
	case !w.s3():
		return awserr.New(http.StatusBadRequest, "IncompleteSignature",
			"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"+given+"'")
	case query:
		return awserr.New(http.StatusBadRequest, "AuthorizationQueryParametersError",
			"Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "+form+".")
	}
	return awserr.New(http.StatusBadRequest, "AuthorizationHeaderMalformed",
		"The authorization header is malformed; the Credential is mal-formed; expecting "+form+".")
}

func (w words) date() *awserr.Error {
	if w.s3() {
		return awserr.New(http.StatusForbidden, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header")
	}
	return awserr.New(http.StatusBadRequest, "IncompleteSignature",
		"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
}

func (w words) queryIncomplete() *awserr.Error {
	return w.queryParameter("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
}

func (w words) queryParameter(text string) *awserr.Error {
	if w.s3() {
		return awserr.New(http.StatusBadRequest, "AuthorizationQueryParametersError", text)
	}
	return awserr.New(http.StatusBadRequest, "IncompleteSignature", text)
}

func (w words) wrongService(sig *signature) *awserr.Error {
	switch {
	case !w.s3():
		return awserr.New(http.StatusForbidden, "SignatureDoesNotMatch", "Credential should be scoped to correct service: '"+w.service+"'.")
	case sig.presigned:
		return awserr.New(http.StatusBadRequest, "AuthorizationQueryParametersError",
			fmt.Sprintf(`Error parsing the X-Amz-Credential parameter; incorrect service "%s". This endpoint belongs to "s3".`, sig.service))
	}
	return awserr.New(http.StatusBadRequest, "AuthorizationHeaderMalformed",
		fmt.Sprintf(`The authorization header is malformed; incorrect service "%s". This endpoint belongs to "s3".`, sig.service))
}

func (w words) wrongRegion(sig *signature, want string) *awserr.Error {
	var e *awserr.Error
	switch {
	case !w.s3():
		return awserr.New(http.StatusForbidden, "SignatureDoesNotMatch", "Credential should be scoped to a valid region.")
	case sig.presigned:
		e = awserr.New(http.StatusBadRequest, "AuthorizationQueryParametersError",
			fmt.Sprintf("Error parsing the X-Amz-Credential parameter; the region '%s' is wrong; expecting '%s'", sig.region, want))
	default:
		e = awserr.New(http.StatusBadRequest, "AuthorizationHeaderMalformed",
			fmt.Sprintf("The authorization header is malformed; the region '%s' is wrong; expecting '%s'", sig.region, want))
	}
	e.Extra = []awserr.Element{{Name: "Region", Value: want}}
	return e
}

func (w words) wrongDate(sig *signature) *awserr.Error {
	if w.s3() {
		text := fmt.Sprintf(`Invalid credential date "%s". This date is not the same as X-Amz-Date: "%s".`, sig.date, sig.time.Format(dateFormat))
		if sig.presigned {
			return w.queryParameter(text)
		}
		return awserr.New(http.StatusBadRequest, "AuthorizationHeaderMalformed", "The authorization header is malformed; "+text)
	}
	return awserr.New(http.StatusForbidden, "SignatureDoesNotMatch", fmt.Sprintf(
		"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'.",
		sig.date, sig.time.Format(dateFormat), sig.time.Format(dateTimeFormat)))
}

func (w words) standing(s Standing, sig *signature) *awserr.Error {
	switch {
	case !w.s3():
		return awserr.New(http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid.")
	case s == InvalidToken:
		e := awserr.New(http.StatusBadRequest, "InvalidToken", "The provided token is malformed or otherwise invalid.")
		e.Extra = []awserr.Element{{Name: "Token-0", Value: sig.token}}
		return e
	}
	e := awserr.New(http.StatusForbidden, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
	e.Extra = []awserr.Element{{Name: "AWSAccessKeyId", Value: sig.accessKeyID}}
	return e
}

func (w words) expiredToken(sig *signature) *awserr.Error {
	if !w.s3() {
		return awserr.New(http.StatusForbidden, "ExpiredToken", "The security token included in the request is expired")
	}
	e := awserr.New(http.StatusBadRequest, "ExpiredToken", "The provided token has expired.")
	e.Extra = []awserr.Element{{Name: "Token-0", Value: sig.token}}
	return e
}

func (w words) skewed(sig *signature, now time.Time) *awserr.Error {
	if w.s3() {
		e := awserr.New(http.StatusForbidden, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
		e.Extra = []awserr.Element{
			{Name: "RequestTime", Value: sig.time.Format(dateTimeFormat)},
			{Name: "ServerTime", Value: now.Format(time.RFC3339)},
			{Name: "MaxAllowedSkewMilliseconds", Value: fmt.Sprint(MaxSkew.Milliseconds())},
		}
		return e
	}
	at, server := sig.time.Format(dateTimeFormat), now.Format(dateTimeFormat)
	if sig.time.Before(now) {
		return awserr.New(http.StatusForbidden, "SignatureDoesNotMatch", fmt.Sprintf(
			"Signature expired: %s is now earlier than %s (%s - 15 min.)", at, now.Add(-MaxSkew).Format(dateTimeFormat), server))
	}
	return awserr.New(http.StatusForbidden, "SignatureDoesNotMatch", fmt.Sprintf(
		"Signature not yet current: %s is still later than %s (%s + 15 min.)", at, now.Add(MaxSkew).Format(dateTimeFormat), server))
}

func (w words) presignExpired(sig *signature, now time.Time) *awserr.Error {
	if !w.s3() {
		return w.skewed(sig, now)
	}
	e := awserr.New(http.StatusForbidden, "AccessDenied", "Request has expired")
	e.Extra = []awserr.Element{
		{Name: "X-Amz-Expires", Value: fmt.Sprint(int64(sig.expires.Seconds()))},
		{Name: "Expires", Value: sig.time.Add(sig.expires).Format(time.RFC3339)},
		{Name: "ServerTime", Value: now.Format(time.RFC3339)},
	}
	return e
}

func (w words) mismatch(sig *signature, toSign, canonical string) *awserr.Error {
	if !w.s3() {
		return awserr.New(http.StatusForbidden, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	}
	e := awserr.New(http.StatusForbidden, "SignatureDoesNotMatch",
		"The request signature we calculated does not match the signature you provided. Check your key and signing method.")
	e.Extra = []awserr.Element{
		{Name: "AWSAccessKeyId", Value: sig.accessKeyID},
		{Name: "StringToSign", Value: toSign},
		{Name: "SignatureProvided", Value: sig.value},
		{Name: "StringToSignBytes", Value: hexBytes(toSign)},
		{Name: "CanonicalRequest", Value: canonical},
		{Name: "CanonicalRequestBytes", Value: hexBytes(canonical)},
	}
	return e
}

func hexBytes(s string) string { return fmt.Sprintf("% x", s) }

func (w words) notSigned(names []string) *awserr.Error {
	e := awserr.New(http.StatusForbidden, "AccessDenied", "There were headers present in the request which were not signed")
	e.Extra = []awserr.Element{{Name: "HeadersNotSigned", Value: strings.Join(names, ", ")}}
	return e
}
