package connect

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// chain makes the way to a profile's credentials where a person or a program
// takes part in it, or a role stands in it: the SDK's own asks for codes
// without a context, says nothing of the profile when it fails, and runs
// programs on the terminal that the terminal UI draws on.
type chain struct {
	source  *Source
	options Options
	load    func(ctx context.Context, profile string) (aws.Config, error)
	// asks are what Prepare has to have ready: whoever asks a person.
	asks []preparer
}

type preparer interface {
	prepare(ctx context.Context) error
}

// profileInEffect is the profile that credentials are taken from; nil where
// they come from the environment.
func profileInEffect(cfg aws.Config) *config.SharedConfig {
	p, ok := cfg.Credentials.(aws.CredentialProviderSource)
	if !ok {
		return nil
	}
	if s := p.ProviderSources(); len(s) > 0 && (s[0] == aws.CredentialSourceEnvVars || s[0] == aws.CredentialSourceEnvVarsSTSWebIDToken) {
		return nil
	}
	for _, source := range cfg.ConfigSources {
		if c, ok := source.(config.SharedConfig); ok {
			return &c
		}
	}
	return nil
}

// provider gives the credentials of a profile; nil where the SDK's own way is
// as good.
func (c *chain) provider(ctx context.Context, p *config.SharedConfig) (aws.CredentialsProvider, error) {
	base, err := c.base(ctx, p)
	if base == nil || err != nil || p.RoleARN == "" || p.WebIdentityTokenFile != "" {
		return base, err
	}
	length := SessionLength
	if d := p.RoleDurationSeconds; d != nil && *d/time.Minute > 15 {
		length = *d
	}
	cfg := c.source.cfg.Copy()
	cfg.Credentials = base
	role := &profileRole{
		profile: p.Profile, sourceProfile: p.SourceProfileName, roleARN: p.RoleARN, externalID: p.ExternalID, device: p.MFASerial,
		name: cmp.Or(p.RoleSessionName, SessionName), length: length, ask: c.options.Token, turns: newTurns(),
		client: sts.NewFromConfig(cfg, func(o *sts.Options) {
			o.Region = first(cfg.Region, p.Region, "us-east-1")
			o.APIOptions = append(o.APIOptions, c.source.observe())
		}),
	}
	if role.device != "" {
		c.asks = append(c.asks, role)
	}
	return role, nil
}

// base gives the credentials with which a profile's role is assumed, or that
// are the profile's own; nil for those of the SDK's ways that need nothing of
// us.
func (c *chain) base(ctx context.Context, p *config.SharedConfig) (aws.CredentialsProvider, error) {
	sso := p.SSOSessionName != "" || p.SSOStartURL != ""
	switch {
	case p.Source != nil:
		base, err := c.provider(ctx, p.Source)
		if base != nil || err != nil {
			return base, err
		}
		cfg, err := c.load(ctx, p.SourceProfileName)
		return cfg.Credentials, err
	case p.Credentials.HasKeys():
		return credentials.StaticCredentialsProvider{Value: p.Credentials}, nil
	case p.CredentialSource != "" || p.WebIdentityTokenFile != "" || sso || p.LoginSession != "" || p.CredentialProcess == "":
		return nil, nil
	}
	run := newProcess(p.Profile, p.CredentialProcess, c.options)
	c.asks = append(c.asks, run)
	return run, nil
}

// Prepare has ready what a person takes part in, an MFA code or a program's
// own question, before requests with a deadline need it. It does nothing for
// other callers, and nothing while what was made before lasts. Where a person
// refused before, it asks again; requests do not.
func (s *Source) Prepare(ctx context.Context) error {
	for _, p := range s.asks {
		if err := p.prepare(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Unhurried is ctx without its deadline: a person takes the time that it
// takes. It ends when ctx is cancelled.
func Unhurried(ctx context.Context) (context.Context, context.CancelFunc) {
	free, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		if errors.Is(ctx.Err(), context.Canceled) {
			cancel()
		}
	})
	return free, func() { stop(); cancel() }
}
