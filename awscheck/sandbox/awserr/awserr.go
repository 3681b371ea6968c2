// Package awserr is the shape of AWS's error answers.
package awserr

import "net/http"

// Element is a further XML element of an S3 error body, such as <Region>.
type Element struct{ Name, Value string }

// Error is one AWS error answer. S3 writes it as <Error>, the query services
// (STS, IAM) as <ErrorResponse>.
type Error struct {
	Status  int
	Code    string
	Message string
	Extra   []Element
	Header  http.Header // further response headers, such as x-amz-bucket-region
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

// New returns an Error without further elements.
func New(status int, code, message string) *Error {
	return &Error{Status: status, Code: code, Message: message}
}
