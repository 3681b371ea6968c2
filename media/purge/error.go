package purge

import (
	"context"
	"errors"
	"maps"
	"slices"
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
	CodeForeign        = "foreign"         // the distribution is another account's
	CodeElsewhere      = "elsewhere"       // the domain leads to a distribution that the account does not have
	CodeBusy           = "busy"            // too much in progress, for too long
	CodeThrottled      = "throttled"       // CloudFront asks for a slower pace, for too long
	CodeTooLarge       = "too-large"       // more than one request may hold
	CodeReference      = "reference-taken" // other paths have the job's reference
	CodePathRefused    = "path-refused"    // CloudFront does not take a path as it is written
	CodeUnfinished     = "unfinished"      // asked for, but not completed for too long
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
	case ownCodes[code] != "":
		e.Code = ownCodes[code]
	case e.Evidence.HTTPStatus == 503, e.Evidence.HTTPStatus == 429:
		e.Code = CodeThrottled
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

// ownCodes are what CloudFront's codes are here.
var ownCodes = map[string]string{
	"NoSuchDistribution":             CodeNoDistribution,
	"TooManyInvalidationsInProgress": CodeBusy,
	"BatchTooLarge":                  CodeTooLarge,
	"InvalidationBatchAlreadyExists": CodeReference,
	"InvalidArgument":                CodePathRefused,
	"Throttling":                     CodeThrottled,
	"ThrottlingException":            CodeThrottled,
	"RequestLimitExceeded":           CodeThrottled,
	"TooManyRequestsException":       CodeThrottled,
	"ServiceUnavailable":             CodeThrottled,
}

var sessionCodes = map[string]bool{
	"ExpiredToken": true, "InvalidClientTokenId": true, "SignatureDoesNotMatch": true, "InvalidSignature": true,
	"MissingAuthenticationToken": true, "UnrecognizedClientException": true, "IncompleteSignature": true,
}

// another tells that another identity may fare better.
func another(err *Error) bool {
	return err.Code == CodeDenied || err.Code == CodeNoDistribution || err.Code == CodeSession
}

// worst is the refusal to tell of. Who finds no such distribution in its
// account knows more than who may not look there; that somebody may not says
// more than that somebody else looks into another account, or is not known.
func worst(refused []Refusal) *Error {
	if e := absent(refused); e != nil {
		return e
	}
	for _, code := range []string{CodeDenied, CodeNoDistribution, CodeForeign} {
		for i := len(refused) - 1; i >= 0; i-- {
			if refused[i].Err.Code == code {
				return named(*refused[i].Err, refused)
			}
		}
	}
	if len(refused) > 0 {
		return refused[len(refused)-1].Err
	}
	return &Error{Code: CodeSession, Action: "cloudfront:CreateInvalidation"}
}

// absent is the refusal of a way that knows the account to have no such
// distribution, where no other account was asked.
func absent(refused []Refusal) *Error {
	var found *Error
	for _, r := range refused {
		if r.Err.Code == CodeNoDistribution && r.Err.Args["mine"] != "" {
			found = r.Err
		}
	}
	for _, r := range refused {
		if found != nil && r.Err.Code == CodeDenied && r.Err.Args["mine"] != found.Args["mine"] {
			return nil
		}
	}
	if found == nil {
		return nil
	}
	return named(*found, refused)
}

// named has an error name all accounts that were asked.
func named(e Error, refused []Refusal) *Error {
	var mine []string
	for _, r := range refused {
		if a := r.Err.Args["mine"]; a != "" && !slices.Contains(mine, a) {
			mine = append(mine, a)
		}
	}
	if len(mine) > 0 {
		e.Args = maps.Clone(e.Args)
		e.Args["mine"] = strings.Join(mine, ", ")
	}
	return &e
}

func codeOf(err error) string {
	var ae smithy.APIError
	if errors.As(err, &ae) {
		return ae.ErrorCode()
	}
	return ""
}
