package owner

import (
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Identity is who the owner's credentials belong to.
type Identity struct{ Account, ARN string }

// Role is the role as GetRole tells it.
type Role struct {
	ARN         string
	Name        string
	ID          string // "AROA..."
	Trust       policy.Document
	MaxSession  time.Duration
	BoundaryARN string
	Created     time.Time
}

// Permissions are the documents that decide what the role may do.
type Permissions struct {
	Inline   map[string]policy.Document // by policy name
	Attached map[string]policy.Document // by policy ARN
	Boundary *policy.Document           // nil: none, or not readable (see Missing)
	// Missing are IAM actions that would have been needed to read the rest.
	Missing []string
	// Unread is what was answered in place of a document, where it was no
	// refusal; empty: nothing of that kind.
	Unread string
}

// BucketPolicy is the bucket's policy; a bucket without one is Absent.
type BucketPolicy struct {
	Document policy.Document
	Text     string // as S3 returned it
}

// Encryption is the bucket's default encryption and its key.
type Encryption struct {
	Algorithm string // "AES256", "aws:kms", "aws:kms:dsse"
	Key       string // as configured; empty: the AWS managed key
	// Of a customer managed key, as far as they could be read:
	KeyARN    string
	KeyState  string // "Enabled", "Disabled", "PendingDeletion", ...
	Managed   bool   // an AWS managed key, whose policy cannot be edited
	KeyPolicy Part[policy.Document]
}

// Distribution is the CloudFront distribution and its origin.
type Distribution struct {
	ID, ARN, DomainName string
	Enabled             bool
	Deployed            bool
	Aliases             []string
	CertificateARN      string
	WebACL              string
	Origins             []Origin
}

// Origin is one origin of a distribution.
type Origin struct {
	Domain, Path  string
	AccessControl string // id; empty: none
	Signing       string // "always", "never", "no-override"; empty: not read
	Identity      string // a legacy origin access identity
}
