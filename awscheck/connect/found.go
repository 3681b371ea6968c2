package connect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// ErrNoCredentials is returned where no source of credentials exists.
var ErrNoCredentials = errors.New("no AWS credentials were found")

// nothingFound stands for the error of the last source, EC2's metadata
// service, where there is none. It does not unwrap to that error: the SDK
// would take a time-out for a passing trouble and look three times.
type nothingFound struct{ reason string }

func (e *nothingFound) Error() string { return ErrNoCredentials.Error() + ": " + e.reason }

func (e *nothingFound) Is(target error) bool { return target == ErrNoCredentials }

// lookOnce makes a failed search final.
func lookOnce(p aws.CredentialsProvider) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
		c, err := p.Retrieve(ctx)
		if err != nil && ctx.Err() == nil {
			return c, &nothingFound{err.Error()}
		}
		return c, err
	})
}

// SetupError says that AWS's configuration could not be read: a profile that
// does not exist, a malformed file, an unreadable certificate bundle.
type SetupError struct {
	Profile string
	Err     error
}

func (e *SetupError) Error() string {
	if e.Profile != "" {
		return fmt.Sprintf("AWS profile %q: %v", e.Profile, e.Err)
	}
	return fmt.Sprintf("AWS configuration: %v", e.Err)
}

func (e *SetupError) Unwrap() error { return e.Err }

// Kinds of Found.
const (
	FoundGiven       = "given"        // by Parts
	FoundEnvironment = "environment"  // AWS_ACCESS_KEY_ID
	FoundProfile     = "profile"      // keys in a profile
	FoundSSO         = "sso"          // IAM Identity Center
	FoundLogin       = "login"        // aws login
	FoundProcess     = "process"      // credential_process
	FoundWebIdentity = "web-identity" // a token file
	FoundRole        = "role"         // a profile's role_arn
	FoundContainer   = "container"    // ECS, EKS
	FoundInstance    = "instance"     // EC2, or nothing at all
	FoundKeyring     = "keyring"      // a key of the operating system's keyring
	FoundUnknown     = "unknown"
)

// Found says where the caller's credentials come from, without asking them.
type Found struct {
	Kind    string
	Profile string // the AWS profile in effect, if one is
}

// Found says how the caller was found.
func (s *Source) Found() Found { return s.found }

// Identity gives the caller's credentials' access key id, never the secret.
// It fails as any request would where there are none.
func (s *Source) Identity(ctx context.Context) (accessKeyID string, err error) {
	c, err := s.cfg.Credentials.Retrieve(ctx)
	return c.AccessKeyID, err
}

func foundIn(cfg aws.Config, profile string) Found {
	f := Found{Kind: FoundUnknown, Profile: profile}
	for _, source := range cfg.ConfigSources {
		if c, ok := source.(config.SharedConfig); ok && f.Profile == "" && c.Profile != "" {
			if c.Profile != "default" || os.Getenv("AWS_PROFILE") != "" {
				f.Profile = c.Profile
			}
		}
	}
	p, ok := cfg.Credentials.(aws.CredentialProviderSource)
	if !ok {
		return f
	}
	// The last source decides; those before it are the way to it.
	for _, s := range p.ProviderSources() {
		if kind, ok := kinds[s]; ok {
			f.Kind = kind
		}
	}
	if f.Kind == FoundEnvironment && strings.TrimSpace(profile) == "" {
		f.Profile = "" // keys in the environment win over AWS_PROFILE
	}
	return f
}

var kinds = map[aws.CredentialSource]string{
	aws.CredentialSourceEnvVars:              FoundEnvironment,
	aws.CredentialSourceEnvVarsSTSWebIDToken: FoundWebIdentity,
	aws.CredentialSourceProfileSTSWebIDToken: FoundWebIdentity,
	aws.CredentialSourceSTSAssumeRoleWebID:   FoundWebIdentity,
	aws.CredentialSourceProfile:              FoundProfile,
	aws.CredentialSourceProfileSSO:           FoundSSO,
	aws.CredentialSourceSSO:                  FoundSSO,
	aws.CredentialSourceProfileSSOLegacy:     FoundSSO,
	aws.CredentialSourceSSOLegacy:            FoundSSO,
	aws.CredentialSourceProfileProcess:       FoundProcess,
	aws.CredentialSourceProcess:              FoundProcess,
	aws.CredentialSourceHTTP:                 FoundContainer,
	aws.CredentialSourceIMDS:                 FoundInstance,
	aws.CredentialSourceProfileLogin:         FoundLogin,
	aws.CredentialSourceLogin:                FoundLogin,
	aws.CredentialSourceSTSAssumeRole:        FoundRole,
	aws.CredentialSourceProfileSourceProfile: FoundRole,
}
