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
