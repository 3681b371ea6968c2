// Package diagnose turns what AWS answered into causes and fixes. It is one
// table, used by the connection test, by errors of the media library and by
// "mediadock explain". A diagnosis is a pure function of the evidence and the
// facts known about the connection.
//
// The package is a leaf: of this project it imports leaves alone.
package diagnose

import (
	"encoding/json"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Evidence is one request and what came back for it.
type Evidence struct {
	Operation  string `json:"operation"` // "sts:AssumeRole", "s3:PutObject", "GET https://..."
	HTTPStatus int    `json:"http_status,omitempty"`
	Code       string `json:"code,omitempty"`
	Message    string `json:"message,omitempty"`
	RequestID  string `json:"-"`
	HostID     string `json:"-"`
	Host       string `json:"host,omitempty"` // the endpoint that answered or could not be reached
	// BucketRegion is the x-amz-bucket-region header, or the region that an
	// error's text or <Region> element expects.
	BucketRegion string `json:"bucket_region,omitempty"`
	// Network is set instead of HTTPStatus when no answer came: one of
	// "dns", "refused", "unreachable", "timeout", "tls", "proxy", "reset",
	// "canceled"; in a browser's text also "cors", an answer that was kept
	// from a script.
	Network string `json:"network,omitempty"`
	// Header keeps the few response headers that tell who answered.
	// Names are in lower case.
	Header map[string]string `json:"headers,omitempty"`
	// DNS, TLS and AnsweredBy are told of delivery requests alone.
	DNS        *DNS     `json:"dns,omitempty"`
	TLS        *TLS     `json:"tls,omitempty"`
	AnsweredBy Answerer `json:"answered_by,omitempty"`
	// Elements are further elements of an XML error, such as "Condition"
	// and "Endpoint".
	Elements map[string]string `json:"-"`
	// Skew is how far the answering server's clock is ahead of ours.
	Skew time.Duration `json:"-"`
}

// Likelihood says how sure a cause is.
type Likelihood string

// The likelihoods, surest first. Certain only where the evidence excludes
// every other cause.
const (
	Certain  Likelihood = "certain"
	Likely   Likelihood = "likely"
	Possible Likelihood = "possible"
	RuledOut Likelihood = "ruled-out"
)

// Args fill the placeholders of a text.
type Args map[string]string

// Cause explains a failed or warning check. IDs are those of the contract's
// section 4; texts are found by ID in tui/text.
type Cause struct {
	ID         string
	Likelihood Likelihood
	Args       Args
	Fixes      []Fix
	// Compare shows what was refused beside what is granted; nil where the
	// message names no resource, or the two agree.
	Compare *Comparison
}

// Fix mends a cause.
type Fix struct {
	ID         string // text in tui/text
	Args       Args
	Command    string          // exact AWS CLI command, or empty
	ConsoleURL string          // deep link, or empty
	Document   json.RawMessage // policy document, or nil
	// Before is the document as it is now, which Document is to replace; nil
	// where it could not be read. Then Document is what is needed, and must
	// be merged into what there is.
	Before json.RawMessage
	// File is the name under which Command reads Document
	// ("bucket-policy.json"); empty where it reads none.
	File string
}

// Note is a fact worth knowing about a passed check.
type Note struct {
	ID   string
	Args Args
}

// Facts are what the program knows about the connection when it diagnoses.
// All may be empty: "explain" knows nothing but the text.
type Facts struct {
	CallerARN     string
	CallerAccount string
	RoleARN       string
	// TrustedPrincipal is who is to assume the role: an account's number or a
	// principal's ARN. Empty: the caller.
	TrustedPrincipal string
	// ExternalID is the connection's, by which it is told from others in an
	// existing trust policy. It never stands in a cause or a fix.
	ExternalID     string
	Bucket         string
	Region         string
	Prefix         string
	Domain         string
	Distribution   string
	Key            string // the object key that the failed request named
	CustomEndpoint bool
	Proxied        bool
	// ExpectedOwner is the account sent as x-amz-expected-bucket-owner.
	ExpectedOwner string
	// WithoutOwnerOK is true when the same request succeeded without the
	// expected-owner header: then the bucket belongs to another account.
	WithoutOwnerOK bool
	// Passed names the checks that have passed so far.
	Passed map[string]bool

	// Answered are the hosts that have answered some request.
	Answered map[string]bool

	// CallerAccess is true where the program uses the caller's own rights
	// in place of the role's.
	CallerAccess bool
	// Reader is true where the caller is a user that is only to read: the
	// holder of imgix's key.
	Reader bool
	// Encryption is how the bucket stored the probe: "AES256", "aws:kms".
	Encryption string
	// EncryptionAccepted is the encryption header with which a refused
	// upload succeeded.
	EncryptionAccepted string
	// ObjectKeys are the KMS keys, as ARNs, that objects under the prefix were
	// seen to be encrypted with.
	ObjectKeys []string
	// InPrefix tells that the role may delete where its upload was refused:
	// then its policy does name the connection's prefix.
	InPrefix bool
	// ListedWith is the prefix with which a refused listing succeeded;
	// Listed tells that there is one, for it may be the empty prefix.
	ListedWith string
	Listed     bool
	// Elsewhere tells whether a name of AWS that is known to exist can be
	// looked up where another could not.
	Elsewhere Lookup
	// ServedAt is another URL under the domain that served the probe.
	ServedAt string
	// Served is what came in place of the probe; nil when nothing did.
	Served *Served
	// Delivery is what further delivery requests told.
	Delivery Delivery
	// Wanted is a document that only the check knows: what a fix is to put.
	Wanted json.RawMessage
	// Existing are the documents that the owner's side could read.
	Existing Existing
	// Granted is an ARN that a policy is known to allow where another was
	// refused.
	Granted string
	// AccessKeyID begins with AKIA where the caller's key is a long-term one
	// and with ASIA where it is temporary; the rest does not matter.
	AccessKeyID string
	// Connection is the name under which the settings are kept; empty where
	// they are not.
	Connection string
	// Flags are then the settings themselves, as mediadock's commands take
	// them, without the external ID.
	Flags []string
	// Profile is the profile of AWS's configuration that was asked for.
	Profile string
	// Found says where the caller's credentials come from: a kind of
	// connect.Found; empty: not known.
	Found string
}

// Lookup is the outcome of looking up a second name.
type Lookup string

// The outcomes.
const (
	NotLookedUp Lookup = ""          // not tried, or behind a proxy, where it decides nothing
	Resolves    Lookup = "resolves"  // so the first name is wrong, or blocked by itself
	NoName      Lookup = "not-found" // so no name of AWS can be looked up here
)

// Served is a successful answer to a delivery request.
type Served struct {
	Same bool // byte for byte the probe
	HTML bool // a web page
}

// Existing are documents as they are now; nil: not read, or none.
type Existing struct {
	Trust       *policy.Document
	Permissions map[string]policy.Document // the role's inline policies, by name
	Attached    map[string]policy.Document // the managed policies attached to it, by ARN
	Bucket      *policy.Document
	// NoBucketPolicy: it was read that the bucket has none.
	NoBucketPolicy bool
	Key            *policy.Document
	KeyARN         string
	// Boundary is the role's permissions boundary, BoundaryARN its policy.
	Boundary    *policy.Document
	BoundaryARN string
}
