// Package account is the sandbox's account file (contract, section 5): its
// types, its defaults, and the scenarios that are built in.
package account

import (
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Account is everything that exists in a sandbox.
type Account struct {
	ID                     string
	ClockOffset            time.Duration
	Callers                []Caller
	Roles                  []Role
	ServiceControlPolicies []policy.Document // nil: no organization
	// ResourceControlPolicies bind everybody's requests about the account's
	// resources; nil: none. A Deny is all that they may hold.
	ResourceControlPolicies []policy.Document
	// VPCEndpointPolicy is that of the endpoint in the callers' network through
	// which S3 is reached, and every other service whose actions it names.
	VPCEndpointPolicy *policy.Document
	// AccountPublicAccessBlock is the account's own setting; nil: it has none,
	// and blocks nothing.
	AccountPublicAccessBlock *PublicAccessBlock
	KMSKeys                  []KMSKey
	Buckets                  []Bucket
	Distributions            []Distribution
	Sites                    []Site
	ImgixSources             []ImgixSource
	Faults                   []Fault
}

// Caller is an IAM user with long-term keys.
type Caller struct {
	Name            string
	AccessKeyID     string
	SecretAccessKey string
	Account         string
	Policy          *policy.Document
	// MFASerial is the serial number or ARN of the user's MFA device, which
	// always shows MFACode; empty: there is none.
	MFASerial, MFACode string
}

// Role is an IAM role of the account.
type Role struct {
	Name                string
	Path                string
	TrustPolicy         policy.Document
	Policy              *policy.Document
	AttachedPolicies    []AttachedPolicy
	PermissionsBoundary *policy.Document
	MaxSessionDuration  time.Duration
	// CreatedAgo is the role's age as the sandbox starts; 0 means long ago.
	// A role younger than ten seconds is not yet known everywhere.
	CreatedAgo time.Duration
}

// AttachedPolicy is a managed policy that a role has.
type AttachedPolicy struct {
	Name   string
	Policy *policy.Document // nil: AWS's own policy of that name
}

// KMSKey is a customer managed key.
type KMSKey struct {
	ARN     string
	Aliases []string // "alias/media"
	Policy  *policy.Document
	State   string // "Enabled", "Disabled", "PendingDeletion"
}

// Bucket is a general purpose bucket and what is in it.
type Bucket struct {
	Name              string
	Region            string
	Owner             string
	Policy            *policy.Document
	PublicAccessBlock PublicAccessBlock
	ObjectOwnership   string
	Encryption        Encryption
	Versioning        string
	ObjectLock        *ObjectLock
	CORS              []map[string]any
	Lifecycle         []map[string]any
	RequesterPays     bool
	Objects           []Object
}

// PublicAccessBlock is the bucket's Block Public Access setting.
type PublicAccessBlock struct {
	BlockPublicACLs       bool
	IgnorePublicACLs      bool
	BlockPublicPolicy     bool
	RestrictPublicBuckets bool
}

// Encryption is the bucket's default encryption.
type Encryption struct {
	Algorithm string // "AES256", "aws:kms"
	Key       string
}

// ObjectLock is the bucket's default retention: so many days or years.
type ObjectLock struct {
	Mode  string
	Days  int
	Years int
}

// Object is an object, or with Count a family of synthetic ones.
type Object struct {
	Key         string
	Content     []byte // from `content` or `file`
	Size        int64  // synthetic when Content is nil
	ContentType string
	Metadata    map[string]string
	KMSKey      string
	// Prefix, Count and Name describe synthetic objects made as they are
	// read: Prefix + Name with {n} replaced by 0-padded 0..Count-1.
	Prefix string
	Count  int
	Name   string
}

// Fault is a failure injected into matching requests.
type Fault struct {
	Service   string
	Operation string
	Status    int
	Code      string
	Times     int // 0: always
	Delay     time.Duration
	Drop      bool
	// Body answers instead of AWS's own words, with ContentType and Status
	// (default 200).
	Body        string
	ContentType string
	// Truncate breaks the connection after so many bytes of the answer's body.
	Truncate *int
	Hang     bool   // no answer, until the client gives up
	Redirect string // the URL of a Location, with Status (default 307)
}
