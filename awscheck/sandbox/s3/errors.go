package s3

import (
	"net/http"
	"strconv"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// with adds XML elements, given as name and value in turn, to e.
func with(e *awserr.Error, pairs ...string) *awserr.Error {
	for i := 0; i+1 < len(pairs); i += 2 {
		e.Extra = append(e.Extra, awserr.Element{Name: pairs[i], Value: pairs[i+1]})
	}
	return e
}

func invalidArgument(message, name, value string) *awserr.Error {
	return with(awserr.New(400, "InvalidArgument", message), "ArgumentName", name, "ArgumentValue", value)
}

func invalidRequest(message string) *awserr.Error {
	return awserr.New(400, "InvalidRequest", message)
}

func malformedXML() *awserr.Error {
	return awserr.New(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
}

func incompleteBody() *awserr.Error {
	return awserr.New(400, "IncompleteBody", "The request body terminated unexpectedly")
}

func notImplemented() *awserr.Error {
	return awserr.New(501, "NotImplemented", "A header you provided implies functionality that is not implemented")
}

// maxKey is the length of a key in bytes.
const maxKey = 1024

func keyTooLong(key string) *awserr.Error {
	return with(awserr.New(400, "KeyTooLongError", "Your key is too long"),
		"Size", strconv.Itoa(len(key)), "MaxSizeAllowed", strconv.Itoa(maxKey))
}

func preconditionFailed(condition string) *awserr.Error {
	return with(awserr.New(http.StatusPreconditionFailed, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
		"Condition", condition)
}

func noSuchKey(key string) *awserr.Error {
	return with(awserr.New(404, "NoSuchKey", "The specified key does not exist."), "Key", key)
}

func methodNotAllowed(r *http.Request, t Target) *awserr.Error {
	return with(awserr.New(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
		"Method", r.Method, "ResourceType", resourceType(t))
}

// resourceType is what S3 calls the kind of thing that a request is about.
func resourceType(t Target) string {
	switch {
	case t.Bucket == "":
		return "SERVICE"
	case t.Key == "":
		return "BUCKET"
	}
	return "OBJECT"
}
