package purge

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Codes of an Error. The text id of each is "purge." and the code.
const (
	CodeDenied         = "denied"          // nobody who was tried may do it
	CodeNoDistribution = "no-distribution" // there is none with this id
	CodeNotFound       = "not-found"       // no distribution has the domain
	CodeSeveral        = "several"         // more than one has
	CodeBusy           = "busy"            // too much in progress, for too long
	CodeSession        = "session"         // no credentials, or they are not taken
	CodeNetwork        = "network"
	CodeAborted        = "aborted"
	CodeUnexpected     = "unexpected"
)

// Error is why an invalidation was not asked for, or not followed.
type Error struct {
	Code string
	// Action is what was to be allowed: "cloudfront:CreateInvalidation".
	Action   string
	Args     map[string]string
	Evidence diagnose.Evidence
	Err      error
}

// Error is for logs; people see the text of tui/text.
func (e *Error) Error() string {
	s := "purge: " + e.Code
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the SDK's error.
func (e *Error) Unwrap() error { return e.Err }

// TextArgs are the placeholders of the error's text: {action}, {reason} (the
// shortest exact thing that AWS or the network said) and Args.
func (e *Error) TextArgs() map[string]string {
	args := map[string]string{"action": e.Action, "reason": e.reason()}
	for k, v := range e.Args {
		args[k] = v
	}
	return args
}

func (e *Error) reason() string {
	switch ev := e.Evidence; {
	case ev.Code != "":
		return ev.Code
	case ev.Network != "":
		return ev.Network
	case ev.HTTPStatus != 0:
		return "HTTP " + strconv.Itoa(ev.HTTPStatus)
	}
	return e.Code
}

// failure classifies what came back for an action.
func failure(action string, err error) *Error {
	e := &Error{Code: CodeUnexpected, Action: action, Err: err}
	if errors.Is(err, context.Canceled) {
		e.Code = CodeAborted
		return e
	}
	e.Evidence = connect.EvidenceOf(err, action)
	switch code := codeOf(err); {
	case strings.HasPrefix(e.Evidence.Operation, "sts:") && e.Evidence.Network == "":
		e.Code = CodeSession // the role was refused, before anything of CloudFront
	case code == "AccessDenied", code == "AccessDeniedException":
		e.Code = CodeDenied
	case code == "NoSuchDistribution":
		e.Code = CodeNoDistribution
	case code == tooMany:
		e.Code = CodeBusy
	case sessionCodes[code]:
		e.Code = CodeSession
	case e.Evidence.Network != "":
		e.Code = CodeNetwork
	case e.Evidence.HTTPStatus == 0: // nothing was sent: there are no credentials
		e.Code = CodeSession
	case e.Evidence.HTTPStatus == 403:
		e.Code = CodeDenied
	}
	return e
}

const tooMany = "TooManyInvalidationsInProgress"

var sessionCodes = map[string]bool{
	"ExpiredToken": true, "InvalidClientTokenId": true, "SignatureDoesNotMatch": true, "InvalidSignature": true,
	"MissingAuthenticationToken": true, "UnrecognizedClientException": true, "IncompleteSignature": true,
}

func codeOf(err error) string {
	var ae smithy.APIError
	if errors.As(err, &ae) {
		return ae.ErrorCode()
	}
	return ""
}
