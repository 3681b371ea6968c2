package purge

import (
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// Codes of what is no path to purge; like those of an Error.
const (
	CodePathEmpty    = "path-empty"
	CodeWholeLibrary = "whole-library" // "." and the like: never grown from one path
	CodeReserved     = "reserved"      // probes and environments are not media
	CodeOutside      = "outside"       // a URL that is not of this space
	CodePathTooLong  = "path-too-long" // longer than any key
)

// Keys are the keys that people mean by a path relative to the space, or by a
// URL of it, whether there is such an object or not. A path that ends in a
// slash is a folder with everything in it. Names that a Mac writes decomposed
// are meant composed, too.
func Keys(space address.Space, path string) ([]string, *Error) {
	refuse := func(code string) *Error { return &Error{Code: code, Args: map[string]string{"path": path}} }
	var relative string
	if u, err := url.Parse(path); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		key := strings.TrimPrefix(u.Path, "/")
		rest, ok := space.Path(key)
		if !ok || !ofSpace(space, u.Hostname()) {
			return nil, refuse(CodeOutside)
		}
		relative = rest
	} else {
		relative = strings.TrimPrefix(strings.TrimPrefix(path, "./"), "/")
	}
	switch {
	case strings.TrimSpace(path) == "":
		return nil, refuse(CodePathEmpty)
	case strings.Trim(relative, "./") == "":
		return nil, refuse(CodeWholeLibrary)
	case space.HiddenPath(strings.TrimSuffix(relative, "/") + "/"):
		return nil, refuse(CodeReserved)
	}
	if len(space.Key(relative)) > address.MaxKeyBytes { // a key's path, percent-encoded, is within CloudFront's 4,000 characters
		return nil, refuse(CodePathTooLong)
	}
	keys := []string{space.Key(relative)}
	if composed := address.NFC(relative); composed != relative {
		keys = append(keys, space.Key(composed))
	}
	return keys, nil
}

// ofSpace tells whether a host delivers the media of a space.
func ofSpace(space address.Space, host string) bool {
	host = strings.ToLower(host)
	return host == Host(space) || host == space.DirectHost()
}

// Host is the host of the space's domain, in lower case; empty without one.
func Host(space address.Space) string {
	domain := space.Domain
	if domain == "" {
		return ""
	}
	if !strings.Contains(domain, "://") {
		domain = "https://" + domain
	}
	u, err := url.Parse(domain)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
