package awscheck

import (
	"fmt"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/imgix"
)

// Target is the connection under test.
type Target struct {
	Connection   string   // name; empty when unsaved
	Flags        []string // by which commands name unsaved settings, without secrets
	Integration  string
	Access       string // "role" or "caller"
	Bucket       string
	Region       string
	RoleARN      string
	ExternalID   string
	Prefix       string
	Environment  string // id of the environment whose directory is tested; empty: production
	Domain       string // "https://host"; empty: the default S3 URL
	Distribution string // id or ARN; may be empty
	ServiceID    string
	// TrustedPrincipal is who will assume the role when it is not the
	// caller: an account's number or a principal's ARN.
	TrustedPrincipal string
	// CloudNames and KMSKeys are those of a Cloudinary connection. A key "*"
	// stands for all.
	CloudNames, KMSKeys []string
	// Subdomain and AssetRules are those of an imgix source.
	Subdomain  string
	AssetRules imgix.Rules
	// App is what AWS Amplify's apps want; nil for other integrations.
	App *owner.App
	// Outputs is the app's amplify_outputs.json; nil: not given.
	Outputs []byte
	// Invalid are the validation codes of the settings, as
	// "bucket.uppercase"; settings.valid fails while there are any.
	Invalid []string
}

// Options say how to test.
type Options struct {
	Source *connect.Source
	// Owner is who administers bucket and role: with it the owner's side is
	// read as well. nil: it is not.
	Owner *connect.Source
	// Only names the checks to run; what they need runs as well, and
	// probe.cleanup always. Empty: all but object.multipart.
	Only []string
	// Wait is how long a refused AssumeRole or delivery is tried again.
	Wait time.Duration
	// ScopeWrites lets scope.prefix try uploads outside the prefix that may
	// succeed, at an endpoint where no upload fails for certain. What it puts
	// there it removes.
	ScopeWrites bool
	// LedgerDir keeps what must be cleaned up. Empty: nothing is written
	// down, and a crash may leave a probe behind.
	LedgerDir string
}

// UnknownCheckError names ids in Options.Only that are no checks.
type UnknownCheckError struct{ IDs []string }

func (e *UnknownCheckError) Error() string {
	return fmt.Sprintf("unknown check: %s", strings.Join(e.IDs, ", "))
}

func (t Target) roleAccess() bool { return t.Access != "caller" }

func (t Target) space() address.Space {
	return address.Space{Bucket: t.Bucket, Region: t.Region, Prefix: t.Prefix, Environment: t.Environment, Domain: t.Domain}
}

func (t Target) place() connect.Place {
	return connect.Place{
		Access: t.Access, Region: t.Region, Bucket: t.Bucket,
		RoleARN: t.RoleARN, ExternalID: t.ExternalID,
	}
}

func (t Target) facts() diagnose.Facts {
	return diagnose.Facts{
		RoleARN: t.RoleARN, Bucket: t.Bucket, Region: t.Region, Prefix: t.Prefix,
		Domain: t.Domain, Distribution: t.Distribution,
		TrustedPrincipal: t.TrustedPrincipal, ExternalID: t.ExternalID,
		Connection: t.Connection, Flags: t.Flags,
	}
}
