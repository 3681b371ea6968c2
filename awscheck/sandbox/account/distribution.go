package account

import "time"

// Distribution is a CloudFront distribution.
type Distribution struct {
	ID      string
	Aliases []string
	// OriginBucket is the bucket that the origin's name leads to; empty when
	// OriginDomain is no bucket's.
	OriginBucket string
	// OriginDomain is the origin's domain name; empty: the bucket's own, in
	// its region.
	OriginDomain        string
	OriginPath          string
	OriginAccessControl bool
	// Signing is the origin access control's signing behaviour: SignAlways
	// (also when empty), SignNever, SignNoOverride.
	Signing     string
	Certificate []string
	CacheTTL    time.Duration
	// QueryStrings says that query strings are part of the cache key.
	QueryStrings bool
	// ErrorCaching is the error caching minimum TTL; nil: ten seconds.
	ErrorCaching *time.Duration
	// InvalidationTime is how long an invalidation is in progress; 0: two
	// seconds. The edge lets go at once.
	InvalidationTime time.Duration
	// ErrorResponse replaces the origin's 403 and 404; nil: they are passed on.
	ErrorResponse *ErrorResponse
	Enabled       bool
	Deployed      bool
	Blocked       bool // a firewall in front refuses everybody
}

// The signing behaviours of an origin access control.
const (
	SignAlways     = "always"
	SignNever      = "never"       // as if there were none
	SignNoOverride = "no-override" // unless the viewer signs; cached answers are not signed for anybody
)

// ErrorResponse is a custom error response, as of single-page applications.
type ErrorResponse struct {
	Status      int // told to the viewer; 0: the origin's
	Content     []byte
	ContentType string // default text/html
}

// Site is a host that is not AWS's: a plain web server.
type Site struct {
	Host        string
	Status      int // default 200
	Headers     map[string]string
	ContentType string // default text/html
	Body        string
	Certificate []string // names; nil: the host's own
}
