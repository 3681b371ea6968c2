// Package fault injects the failures that an account file asks for into
// requests: answers of an error or of somebody else, delays, broken and
// silent connections.
package fault

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// Injector decides what goes wrong. It is safe for concurrent use.
type Injector struct {
	faults []account.Fault
	left   []atomic.Int64 // of faults with Times
}

// New returns an injector of faults, which are tried in their order.
func New(faults []account.Fault) *Injector {
	i := &Injector{faults: slices.Clone(faults), left: make([]atomic.Int64, len(faults))}
	for n := range faults {
		i.left[n].Store(int64(faults[n].Times))
	}
	return i
}

// Outcome is what happens to a request besides its delay.
type Outcome struct {
	Error  *awserr.Error // answer this instead, as the service writes errors
	Answer *Answer       // answer this instead, whatever the service
	Drop   bool          // break the connection
	Hang   bool          // never answer
	// Truncate breaks the connection after so many bytes of the answer's
	// body, whatever it is; nil: it is sent whole.
	Truncate *int
}

// Answer is one that no service of AWS gave: of a proxy, a portal, or a server
// that is broken.
type Answer struct {
	Status      int
	ContentType string
	Location    string
	Body        string
}

// Strike delays a request as its faults ask, and returns what else happens to
// it. Every fault that matches counts; the first that answers, hangs or drops
// ends the search. The error is ctx's, when it ends during the delay.
func (i *Injector) Strike(ctx context.Context, service, operation string) (Outcome, error) {
	var delay time.Duration
	var out Outcome
	for n := range i.faults {
		f := &i.faults[n]
		if !matches(f, service, operation) || !i.take(n) {
			continue
		}
		delay += f.Delay
		if f.Truncate != nil {
			out.Truncate = f.Truncate
		}
		if out.take(f, service) {
			break
		}
	}
	return out, wait(ctx, delay)
}

// take reports whether f decides what becomes of the request.
func (o *Outcome) take(f *account.Fault, service string) bool {
	switch {
	case f.Drop:
		o.Drop = true
	case f.Hang:
		o.Hang = true
	case f.Redirect != "":
		o.Answer = &Answer{Status: cmp.Or(f.Status, http.StatusTemporaryRedirect), Location: f.Redirect}
	case f.Body != "":
		o.Answer = &Answer{
			Status: cmp.Or(f.Status, http.StatusOK), Body: f.Body,
			ContentType: cmp.Or(f.ContentType, http.DetectContentType([]byte(f.Body))),
		}
	case f.Status != 0 || f.Code != "":
		o.Error = answer(f, service)
	default:
		return false
	}
	return true
}

func matches(f *account.Fault, service, operation string) bool {
	return (f.Service == "" || f.Service == "*" || f.Service == service) &&
		(f.Operation == "" || f.Operation == "*" || f.Operation == operation)
}

// take uses up one of a fault's times.
func (i *Injector) take(n int) bool {
	if i.faults[n].Times <= 0 {
		return true
	}
	return i.left[n].Add(-1) >= 0
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answer is the error that f asks for: what the file leaves out follows from
// the rest.
func answer(f *account.Fault, service string) *awserr.Error {
	status, code := f.Status, f.Code
	if code == "" {
		code = codeOf(status, service)
	}
	known, ok := texts[code]
	if status == 0 {
		if status = http.StatusInternalServerError; ok {
			status = known.status
		}
	}
	text := known.text
	if text == "" {
		text = http.StatusText(status)
	}
	return awserr.New(status, code, text)
}

// codeOf is the code that AWS most often sends with a status.
func codeOf(status int, service string) string {
	s3 := service == "s3"
	switch status {
	case http.StatusForbidden:
		return "AccessDenied"
	case http.StatusNotFound:
		if s3 {
			return "NoSuchKey"
		}
		return "NoSuchEntity"
	case http.StatusTooManyRequests:
		return "TooManyRequests"
	case http.StatusInternalServerError:
		if s3 {
			return "InternalError"
		}
		return "InternalFailure"
	case http.StatusServiceUnavailable:
		if s3 {
			return "SlowDown"
		}
		return "ServiceUnavailable"
	}
	if status < http.StatusInternalServerError {
		return "InvalidRequest"
	}
	return "InternalError"
}

// texts are AWS's words for the codes that are worth rehearsing.
var texts = map[string]struct {
	status int
	text   string
}{
	"AccessDenied":               {403, "Access Denied"},
	"AccountProblem":             {403, "There is a problem with your AWS account that prevents the operation from completing successfully."},
	"AllAccessDisabled":          {403, "All access to this object has been disabled"},
	"BadDigest":                  {400, "The Content-MD5 you specified did not match what we received."},
	"ConditionalRequestConflict": {409, "The conditional request cannot succeed due to a conflicting operation against this resource."},
	"EntityTooLarge":             {400, "Your proposed upload exceeds the maximum allowed size"},
	"EntityTooSmall":             {400, "Your proposed upload is smaller than the minimum allowed size"},
	"ExpiredToken":               {400, "The provided token has expired."},
	"InternalError":              {500, "We encountered an internal error. Please try again."},
	"InternalFailure":            {500, "The request processing has failed because of an unknown error, exception or failure."},
	"InvalidAccessKeyId":         {403, "The AWS Access Key Id you provided does not exist in our records."},
	"InvalidClientTokenId":       {403, "The security token included in the request is invalid."},
	"InvalidObjectState":         {403, "The operation is not valid for the object's storage class"},
	"InvalidToken":               {400, "The provided token is malformed or otherwise invalid."},
	"KMS.DisabledException":      {400, "The request was rejected because the specified KMS key is not enabled."},
	"KMS.NotFoundException":      {400, "The specified KMS key does not exist."},
	"NoSuchBucket":               {404, "The specified bucket does not exist"},
	"NoSuchEntity":               {404, "The role cannot be found."},
	"NoSuchKey":                  {404, "The specified key does not exist."},
	"NoSuchUpload":               {404, "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."},
	"NotImplemented":             {501, "A header you provided implies functionality that is not implemented"},
	"OperationAborted":           {409, "A conflicting conditional operation is currently in progress against this resource. Please try again."},
	"PreconditionFailed":         {412, "At least one of the pre-conditions you specified did not hold"},
	"RegionDisabledException":    {403, "STS is not activated in this region for account. Your account administrator can activate STS in this region using the IAM Console."},
	"RequestTimeTooSkewed":       {403, "The difference between the request time and the current time is too large."},
	"RequestTimeout":             {400, "Your socket connection to the server was not read from or written to within the timeout period."},
	"ServiceUnavailable":         {503, "Service is unable to handle request."},
	"SignatureDoesNotMatch":      {403, "The request signature we calculated does not match the signature you provided. Check your key and signing method."},
	"SlowDown":                   {503, "Please reduce your request rate."},
	"TemporaryRedirect":          {307, "Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests."},
	"Throttling":                 {400, "Rate exceeded"},
	"ThrottlingException":        {400, "Rate exceeded"},
	"TooManyRequests":            {429, "Please reduce your request rate."},
	"XAmzContentSHA256Mismatch":  {400, "The provided 'x-amz-content-sha256' header does not match what was computed."},
}
