package media

import (
	"errors"

	"github.com/mediadock/mediadock/media/remote"
)

// Codes of imports, beside those of remote, which are here with "url-" in
// front.
const (
	CodeImported    = "url-imported"   // by an earlier run, and still there
	CodeRepeated    = "url-repeated"   // the list has the URL twice
	CodeSameURLName = "url-same-name"  // another URL of the run has brought a file of this name
	CodeListBusy    = "url-list-busy"  // another process imports into the same folder
	CodeListWrite   = "url-list-state" // what was done cannot be written down
	CodeHTML        = "url-html"       // a web page came in place of the file
	CodeWrongType   = "url-wrong-type" // {type} came in place of {want}
	CodeEmptyFile   = "url-empty"
)

const urlPrefix = "url-"

// skippedURLs have nothing left to do.
var skippedURLs = map[string]bool{CodeImported: true, CodeRepeated: true}

// refusedURLs are refused for safety, before anything was asked for or stored.
var refusedURLs = map[string]bool{
	urlPrefix + remote.CodeScheme: true, urlPrefix + remote.CodeHTTP: true, urlPrefix + remote.CodeUserinfo: true,
	urlPrefix + remote.CodeHost: true, urlPrefix + remote.CodePort: true, urlPrefix + remote.CodeAddress: true, urlPrefix + remote.CodeForbidden: true,
	urlPrefix + remote.CodeTooLarge: true, CodeListBusy: true, CodeSameURLName: true,
}

// Hopeless tells that an item which ended with a code ends so again however
// often it is tried: what was asked for has to change first, or what is allowed.
func Hopeless(code string) bool {
	return refusedURLs[code] && code != CodeListBusy && code != CodeSameURLName
}

// importError makes sure that an event's error is an *Error.
func importError(err error, from string) *Error {
	var r *remote.Error
	if errors.As(err, &r) {
		return fetchError(r)
	}
	return asError(err, from)
}

// fetchError turns what remote says into an Error of this package.
func fetchError(err error) *Error {
	var f *remote.Error
	if !errors.As(err, &f) {
		return &Error{Code: CodeUnexpected, Err: err}
	}
	switch f.Code {
	case remote.CodeAborted:
		return &Error{Code: CodeAborted, Path: f.URL, Err: f.Err}
	case remote.CodeWrite:
		return localError("", f.Err, CodeLocalUnwritable)
	}
	return &Error{Code: urlPrefix + f.Code, Path: f.URL, Args: f.Args, Err: f.Err}
}
