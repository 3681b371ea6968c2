package s3

import (
	"net/http"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// etagMatches reports whether a condition header names the ETag. The header
// is a list of ETags, with or without quotes and W/, or "*".
func etagMatches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == "*" || strings.Trim(part, `"`) == etag {
			return true
		}
	}
	return false
}

// checkRead applies the conditions of GET and HEAD with S3's precedence: a
// matching If-Match overrides If-Unmodified-Since, and If-None-Match
// overrides If-Modified-Since.
func checkRead(r *http.Request, v *version) error {
	h := r.Header
	if m := h.Get("If-Match"); m != "" {
		if !etagMatches(m, v.etag) {
			return preconditionFailed("If-Match")
		}
	} else if t, ok := date(h.Get("If-Unmodified-Since")); ok && v.modified.After(t) {
		return preconditionFailed("If-Unmodified-Since")
	}
	if m := h.Get("If-None-Match"); m != "" {
		if etagMatches(m, v.etag) {
			return notModified(v)
		}
	} else if t, ok := date(h.Get("If-Modified-Since")); ok && !v.modified.After(t) {
		return notModified(v)
	}
	return nil
}

func notModified(v *version) error {
	return &awserr.Error{Status: http.StatusNotModified, Code: "NotModified", Header: http.Header{
		"Etag":          {`"` + v.etag + `"`},
		"Last-Modified": {v.modified.UTC().Format(http.TimeFormat)},
	}}
}

// date reads an HTTP date. One in the future says nothing (RFC 9110, 13.1.3),
// nor does one that cannot be read.
func date(value string) (time.Time, bool) {
	if value == "" {
		return time.Time{}, false
	}
	t, err := http.ParseTime(value)
	return t, err == nil
}

// checkWrite applies the conditions of a write to what stands under the key
// now (nil: nothing).
func checkWrite(h http.Header, key string, now *version) error {
	none, match := h.Get("If-None-Match"), h.Get("If-Match")
	if none != "" && now != nil {
		return preconditionFailed("If-None-Match")
	}
	if match == "" {
		return nil
	}
	if now == nil {
		return noSuchKey(key)
	}
	if !etagMatches(match, now.etag) {
		return preconditionFailed("If-Match")
	}
	return nil
}

// validWriteConditions refuses conditions that S3 does not know for writes.
func validWriteConditions(h http.Header) error {
	none, match := h.Get("If-None-Match"), h.Get("If-Match")
	if none != "" && match != "" || none != "" && none != "*" || match == "*" {
		return notImplemented()
	}
	return nil
}
