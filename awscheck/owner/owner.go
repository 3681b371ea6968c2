// Package owner is the owner's side of a connection test (B16): with the
// credentials of whoever administers bucket and role it reads what is set up,
// and judges with package policy whether the exact requests that the CMS will
// make are allowed. It changes nothing.
//
// What it may not read is unknown, never a failure: every administrator sees
// another part of an account.
//
// Reading and judging are apart: a row reads parts of the account, each once
// however many rows need it, and hands them to a pure function.
package owner

import (
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Clients reach the account with the owner's credentials.
type Clients struct {
	STS        *sts.Client
	IAM        *iam.Client
	S3         *s3.Client // names the expected bucket owner
	S3Control  *s3control.Client
	KMS        func(region string) *kms.Client
	CloudFront *cloudfront.Client
	// CustomEndpoint: the services are not AWS's; what they do not know is
	// unknown.
	CustomEndpoint bool
}

// Wants is the connection that the account has to serve.
type Wants struct {
	Integration string
	Bucket      string
	Region      string
	Prefix      string
	RoleARN     string
	ExternalID  string
	// TrustedPrincipal is who will assume the role: an account's number or a
	// principal's ARN.
	TrustedPrincipal string
	// CallerAccess: media are managed with the caller's own rights, so that
	// no role needs to be trusted for that.
	CallerAccess bool
	Domain       string
	Distribution string // id or ARN
	Facts        diagnose.Facts
}

// Status of a row of the owner's side.
type Status string

// The statuses of rows. Unknown says that the owner's credentials may not
// read what the row needs.
const (
	Pass    Status = "pass"
	Warn    Status = "warn"
	Fail    Status = "fail"
	Unknown Status = "unknown"
	// Moot: there is nothing to look at, such as a distribution where none
	// is used.
	Moot Status = "moot"
)

// Finding is what a row came to. What completes the text id
// "result.<row>.<what>"; an unknown row's is "unknown", its Args name the IAM
// action in "needs".
type Finding struct {
	Status Status
	What   string
	Args   diagnose.Args
	Notes  []diagnose.Note
	Causes []diagnose.Cause
}

// Side is an account as its owner sees it. Its methods may be called from
// several goroutines.
type Side struct {
	clients Clients
	wants   Wants
	reads   reads
}

// New looks at nothing yet.
func New(c Clients, w Wants) *Side { return &Side{clients: c, wants: w} }

// unknown is the finding of a row for which IAM action needs was refused.
func unknown(needs string) Finding {
	return Finding{Status: Unknown, What: "unknown", Args: diagnose.Args{"needs": needs}}
}
