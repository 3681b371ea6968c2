// Package sign verifies AWS Signature Version 4 as S3 and the query services
// (STS, IAM) do: in the Authorization header or in the query of a presigned
// URL, with the body's hash, chunk signatures, trailers and checksums. It
// refuses with the codes and texts that AWS uses.
//
// Bodies are verified while they are read and never held in memory.
package sign

import (
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
)

// Algorithm is the one signing algorithm that the sandbox accepts.
const Algorithm = "AWS4-HMAC-SHA256"

// MaxSkew is how far a request's time may be from the server's.
const MaxSkew = 15 * time.Minute

const (
	dateTimeFormat = "20060102T150405Z"
	dateFormat     = "20060102"
)

// Key is what belongs to an access key ID.
type Key struct {
	Secret  string
	Expires time.Time // zero: never
	Caller  access.Caller
}

// Standing says what is wrong with an access key ID and session token.
type Standing int

// The standings of a key.
const (
	Known        Standing = iota
	Unknown               // no such access key ID, or a temporary one without its token
	InvalidToken          // the session token is not one that belongs to the key
)

// Keys finds the key of an access key ID; sessionToken is empty for
// long-term keys.
type Keys func(accessKeyID, sessionToken string) (Key, Standing)

// Expect is where the request arrived.
type Expect struct {
	Service string // "s3", "sts", "iam"
	// Regions are those that may have been signed for, the right one first;
	// empty: any.
	Regions []string
}

// Verifier verifies requests.
type Verifier struct {
	Keys Keys
	Now  func() time.Time
}
