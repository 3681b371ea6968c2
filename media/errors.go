package media

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Sentinels for errors.Is. They group codes; an Error's code says which.
var (
	// ErrExists: the target exists and was left as it is.
	ErrExists = errors.New("the target exists")
	// ErrNotFound: there is no such object, file or folder.
	ErrNotFound = errors.New("not found")
	// ErrRefused: refused for safety, nothing was changed. ErrExists is one
	// of its cases.
	ErrRefused = errors.New("refused for safety")
)

// Error is what every function here returns: a code that is worded by
// tui/text, the path it happened on, and for a request that failed what AWS
// answered.
type Error struct {
	Code     string
	Path     string
	Args     map[string]string // further placeholders of the text
	Evidence diagnose.Evidence
	Err      error
}

// Error is for logs; people see the text of tui/text.
func (e *Error) Error() string {
	s := "media: " + e.Code
	if e.Path != "" {
		s += " " + strconv.Quote(e.Path)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// passing tells of trouble that has nothing to do with what was asked for, and
// passes: the network, S3 being busy, credentials.
func (e *Error) passing() bool {
	return e.Code == CodeNetwork || e.Code == CodeBusy || e.Code == CodeSession || e.Code == CodeClock
}

// Unwrap gives the SDK's or the operating system's error.
func (e *Error) Unwrap() error { return e.Err }

// Is compares with the sentinels.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrExists:
		return e.Code == CodeExists || e.Code == CodeLocalExists
	case ErrNotFound:
		return e.Code == CodeNotFound || e.Code == CodeLocalMissing
	case ErrRefused:
		return StatusOf(e.Code) == StatusRefused
	}
	return false
}

// TextArgs are the placeholders of the error's text: {path}, {reason} (the
// shortest exact thing known of the cause) and Args.
func (e *Error) TextArgs() map[string]string {
	args := map[string]string{"path": e.Path, "reason": e.Code}
	if e.Err != nil {
		args["reason"] = e.Err.Error()
	}
	for k, v := range e.Args {
		args[k] = v
	}
	return args
}

func refuse(code, path string, args ...string) *Error {
	e := &Error{Code: code, Path: path}
	if len(args) > 0 {
		e.Args = map[string]string{}
		for i := 0; i+1 < len(args); i += 2 {
			e.Args[args[i]] = args[i+1]
		}
	}
	return e
}

// nameError turns a refused name into an Error.
func nameError(err error) *Error {
	var n *address.NameError
	if !errors.As(err, &n) {
		return &Error{Code: CodeUnexpected, Err: err}
	}
	e := &Error{Code: "name-" + n.Code, Path: n.Path, Args: map[string]string{"char": n.Char}, Err: err}
	if n.Code == address.NameTooLong {
		part := longestPart(n.Path)
		e.Args["bytes"], e.Args["limit"] = strconv.Itoa(n.Bytes), strconv.Itoa(address.MaxKeyBytes)
		e.Args["over"] = strconv.Itoa(n.Bytes - address.MaxKeyBytes)
		e.Args["part"], e.Args["size"] = beginning(part), strconv.Itoa(len(part))
	}
	return e
}

// longestPart is the folder's or file's name of a path that takes most bytes:
// where to shorten it.
func longestPart(path string) string {
	longest := ""
	for part := range strings.SplitSeq(path, "/") {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

// beginning is a name as far as it is recognised by.
func beginning(name string) string {
	const most = 24
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}

// localError classifies an error of the local disk.
func localError(path string, err error, otherwise string) *Error {
	code := otherwise
	switch {
	case errors.Is(err, fs.ErrNotExist) && otherwise == CodeLocalUnreadable:
		code = CodeLocalMissing
	case errors.Is(err, fs.ErrExist):
		code = CodeLocalExists
	}
	return &Error{Code: code, Path: path, Err: err}
}

// failure classifies an error of a request; operation is "s3:PutObject" and
// so on. An error that is an *Error already stays as it is.
func failure(operation, path string, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	e := &Error{Code: CodeUnexpected, Path: path, Err: err}
	if errors.Is(err, context.Canceled) {
		e.Code = CodeAborted
		return e
	}
	e.Evidence = connect.EvidenceOf(err, operation)
	e.Code = codeOf(e.Evidence)
	e.Args = map[string]string{"operation": e.Evidence.Operation, "reason": reasonOf(e.Evidence)}
	if e.Code == CodeDenied || e.Code == CodeSession { // what was denied is half of the answer
		e.Args["reason"] += " (" + e.Evidence.Operation + ")"
	}
	if said := e.Evidence.Message; e.Code == CodeUnexpected && e.Evidence.Code != "" && said != "" && said != e.Evidence.Code {
		e.Args["reason"] += ": " + said // no words of ours say what it is
	}
	return e
}

// codeOf classifies what AWS answered. A HEAD has no body and thus no code of
// its own: the status decides then.
func codeOf(ev diagnose.Evidence) string {
	if strings.HasPrefix(ev.Operation, "sts:") && ev.Network == "" {
		return CodeSession // the role was refused, before anything of S3
	}
	if code, ok := codesOfAWS[ev.Code]; ok {
		return code
	}
	switch {
	case ev.Network == "canceled":
		return CodeAborted
	case ev.Network != "", isCut(ev):
		return CodeNetwork
	}
	switch ev.HTTPStatus {
	case 301, 307:
		return CodeWrongRegion
	case 401:
		return CodeSession
	case 403:
		return CodeDenied
	case 404:
		return CodeNotFound
	case 412:
		return CodeChanged
	case 413:
		return CodeTooLarge
	case 429, 502, 503, 504:
		return CodeBusy
	}
	return CodeUnexpected
}

var codesOfAWS = map[string]string{
	"NoSuchKey":                          CodeNotFound,
	"NoSuchBucket":                       CodeBucketNotFound,
	"AccessDenied":                       CodeDenied,
	"AllAccessDisabled":                  CodeDenied,
	"PreconditionFailed":                 CodeChanged,
	"ConditionalRequestConflict":         CodeChanged,
	"EntityTooLarge":                     CodeTooLarge,
	"KeyTooLongError":                    CodeNameTooLong,
	"InvalidObjectState":                 CodeArchived,
	"ObjectNotInActiveTierError":         CodeArchived, // CopyObject says it so
	"PermanentRedirect":                  CodeWrongRegion,
	"AuthorizationHeaderMalformed":       CodeWrongRegion,
	"IllegalLocationConstraintException": CodeWrongRegion,
	"SlowDown":                           CodeBusy,
	"ServiceUnavailable":                 CodeBusy,
	"RequestTimeout":                     CodeBusy,
	"InternalError":                      CodeBusy,
	"ExpiredToken":                       CodeSession,
	"TokenRefreshRequired":               CodeSession,
	"InvalidToken":                       CodeSession,
	"InvalidAccessKeyId":                 CodeSession,
	"SignatureDoesNotMatch":              CodeSession,
	"RequestTimeTooSkewed":               CodeClock,
	"BadDigest":                          CodeUnverified,
	"XAmzContentSHA256Mismatch":          CodeUnverified,
	"XAmzContentChecksumMismatch":        CodeUnverified,
}

// isCut tells of an answer that began well and could not be read to its end.
func isCut(ev diagnose.Evidence) bool { return ev.HTTPStatus/100 == 2 && ev.Code == "" }

// reasonOf is the shortest exact thing that AWS or the network said.
func reasonOf(ev diagnose.Evidence) string {
	switch {
	case ev.Code != "":
		return ev.Code
	case ev.Network != "":
		return ev.Network
	case isCut(ev):
		return "HTTP " + strconv.Itoa(ev.HTTPStatus) + ", incomplete answer"
	case ev.HTTPStatus != 0:
		return "HTTP " + strconv.Itoa(ev.HTTPStatus)
	}
	return ev.Message
}

// answered tells whether err is an answer of S3 with this code, or, where the
// answer has no code of its own, this status.
func answered(err error, status int, codes ...string) bool {
	var ae smithy.APIError
	if errors.As(err, &ae) {
		for _, c := range codes {
			if ae.ErrorCode() == c {
				return true
			}
		}
	}
	var re *smithyhttp.ResponseError
	return status != 0 && errors.As(err, &re) && re.HTTPStatusCode() == status
}
