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
	"slices"
	"strings"
	"time"

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
	// CloudNames and KMSKeys are Cloudinary's: whose product environments may
	// read, and the ARNs of the keys that they have to be able to use.
	CloudNames, KMSKeys []string
	// Caller is who runs the live test, as an ARN; empty: not known.
	Caller string
	// WrongIDs are external IDs that the role has to refuse; the empty one
	// stands for none at all.
	WrongIDs []WrongID
	// App is what AWS Amplify's apps want; nil for other integrations.
	App   *App
	Facts diagnose.Facts
}

// WrongID is an external ID that is not the connection's.
type WrongID struct{ Kind, ID string }

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
	reads   *reads
	now     func() time.Time
}

// New looks at nothing yet.
func New(c Clients, w Wants) *Side {
	return &Side{clients: c, wants: w, reads: &reads{}, now: time.Now}
}

// Knowing is the same side, what was read included, of a test that knows f.
func (s *Side) Knowing(f diagnose.Facts) *Side {
	knowing := *s
	knowing.wants.Facts, knowing.wants.Caller = f, f.CallerARN
	return &knowing
}

// Unread is the What of a finding about something that gave no usable answer;
// the Args hold the "message". It reads alike for all rows.
const Unread = "unread"

// without is the finding of a row whose part p could not be read: ok is false
// for a part that is Known or Absent, which the row judges itself.
func without[T any](p Part[T]) (f Finding, ok bool) {
	switch p.State {
	case Denied:
		return unknown(p.Needs), true
	case Failed, NotAsked:
		return Finding{Status: Unknown, What: Unread, Args: diagnose.Args{"message": said(p.Evidence)}}, true
	}
	return Finding{}, false
}

// said is what an answer says, in few words.
func said(ev diagnose.Evidence) string {
	words := []string{ev.Code, ev.Network, ev.Message}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	if len(words) == 0 && ev.HTTPStatus > 0 {
		words = append(words, "HTTP "+itoa(ev.HTTPStatus))
	}
	return strings.Join(words, ": ")
}

// unknown is the finding of a row for which IAM action needs was refused.
func unknown(needs string) Finding {
	return Finding{Status: Unknown, What: "unknown", Args: diagnose.Args{"needs": needs}}
}
