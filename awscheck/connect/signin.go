package connect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc/types"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// SignInPage is what a person opens in a browser.
type SignInPage struct {
	URL         string // with the code in it
	Short, Code string // for another device: an address, and what to type there
	Expires     time.Time
}

// The ways in which a sign-in fails.
const (
	SignInNoProfile = "no-profile" // there is no profile of that name
	SignInNotSSO    = "not-sso"    // the profile gets its credentials in another way
	SignInBroken    = "broken"     // Broken says what is wrong with the profile
	SignInRefused   = "refused"    // the person said no
	SignInExpired   = "expired"    // nobody agreed in time
	SignInUnknown   = "unknown"    // IAM Identity Center does not know the start URL in that region
	SignInNoRegion  = "no-region"  // there is no such region
	SignInUnsaved   = "unsaved"    // what came of it cannot be kept; Err says why
	SignInFailed    = "failed"     // anything else: Err, by EvidenceOf
)

// SignInError says why nobody is signed in.
type SignInError struct {
	Kind    string // one of the ways above
	Profile string
	SSO     SSOSignIn // where it was tried
	Broken  *BrokenProfile
	Err     error
}

func (e *SignInError) Error() string {
	s := fmt.Sprintf("sign in for AWS profile %q: %s", e.Profile, e.Kind)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *SignInError) Unwrap() error { return e.Err }

// What RFC 8628 and the AWS CLI wait and ask for.
const (
	grantDevice     = "urn:ietf:params:oauth:grant-type:device_code"
	scopeAccess     = "sso:account:access"
	defaultInterval = 5 * time.Second
	slowDown        = 5 * time.Second
	defaultLife     = 10 * time.Minute
	signInRequest   = 30 * time.Second // for one request
	brokenInARow    = 5                // polls without an answer, before it is given up
)

// SignIn signs in to IAM Identity Center for a profile, empty being
// DefaultProfile: it needs no AWS CLI, and what comes of it serves that, too.
// show is called once, with the page that the person has to open; SignIn waits
// until the person agreed there, refused, or let it expire. Errors are
// *SignInError, or ctx's.
func SignIn(ctx context.Context, profile string, o Options, show func(SignInPage)) error {
	p, ok := FindProfile(profile)
	fail := func(kind string, err error) error {
		e := &SignInError{Kind: kind, Profile: p.Name, Broken: p.Broken, Err: err}
		if p.SSO != nil {
			e.SSO = *p.SSO
		}
		return e
	}
	switch {
	case !ok:
		return fail(SignInNoProfile, nil)
	case p.SSO == nil:
		return fail(SignInNotSSO, nil)
	case p.SSO.StartURL == "" || p.SSO.Region == "":
		return fail(SignInBroken, nil)
	}
	o.Profile = p.Name
	source, _, err := newEnvironment().source(ctx, o)
	if err != nil {
		return fail(SignInFailed, &SetupError{Profile: p.Name, Err: err})
	}
	defer source.Close()
	d := &device{sso: *p.SSO, pause: Wait, client: ssooidc.NewFromConfig(source.cfg, func(s *ssooidc.Options) {
		s.Region = p.SSO.Region
		s.APIOptions = append(s.APIOptions, source.observe())
	})}
	if o.pause != nil {
		d.pause = o.pause
	}
	token, err := d.signIn(ctx, show)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fail(d.kind(ctx, source, err), err)
	}
	if err := token.save(); err != nil {
		return fail(SignInUnsaved, err)
	}
	return nil
}

// device is one device authorization (RFC 8628).
type device struct {
	sso    SSOSignIn
	client *ssooidc.Client
	pause  func(context.Context, time.Duration) error
}

func (d *device) signIn(ctx context.Context, show func(SignInPage)) (ssoToken, error) {
	token := ssoToken{sso: d.sso, StartURL: d.sso.StartURL, Region: d.sso.Region}
	in := &ssooidc.RegisterClientInput{ClientName: aws.String(appID), ClientType: aws.String("public")}
	if d.sso.Session != "" { // without a session there is no refreshing, as with the AWS CLI
		if in.Scopes = d.sso.Scopes; len(in.Scopes) == 0 {
			in.Scopes = []string{scopeAccess}
		}
	}
	limited, cancel := context.WithTimeout(ctx, signInRequest)
	defer cancel()
	client, err := d.client.RegisterClient(limited, in)
	if err != nil {
		return token, err
	}
	token.ClientID, token.ClientSecret = aws.ToString(client.ClientId), aws.ToString(client.ClientSecret)
	token.RegistrationExpires = stamp(time.Unix(client.ClientSecretExpiresAt, 0))
	start, err := d.client.StartDeviceAuthorization(limited, &ssooidc.StartDeviceAuthorizationInput{
		ClientId: client.ClientId, ClientSecret: client.ClientSecret, StartUrl: &d.sso.StartURL,
	})
	if err != nil {
		return token, err
	}
	life := cmp.Or(time.Duration(start.ExpiresIn)*time.Second, defaultLife)
	page := SignInPage{
		Short: aws.ToString(start.VerificationUri), Code: aws.ToString(start.UserCode), Expires: time.Now().Add(life),
	}
	page.URL = first(aws.ToString(start.VerificationUriComplete), page.Short)
	show(page)
	err = d.poll(ctx, &token, start, life)
	return token, err
}

var errSignInExpired = errors.New("nobody agreed in time")

// poll asks whether the person has agreed, no more often than it is told to.
func (d *device) poll(ctx context.Context, token *ssoToken, start *ssooidc.StartDeviceAuthorizationOutput, life time.Duration) error {
	interval := cmp.Or(time.Duration(start.Interval)*time.Second, defaultInterval)
	broken := 0
	for waited := time.Duration(0); waited+interval <= life; {
		if err := d.pause(ctx, interval); err != nil {
			return err
		}
		waited += interval
		limited, cancel := context.WithTimeout(ctx, signInRequest)
		got, err := d.client.CreateToken(limited, &ssooidc.CreateTokenInput{
			ClientId: &token.ClientID, ClientSecret: &token.ClientSecret, GrantType: aws.String(grantDevice), DeviceCode: start.DeviceCode,
		}, func(o *ssooidc.Options) { o.Retryer = aws.NopRetryer{} }) // the next poll is the retry
		cancel()
		if err == nil {
			token.AccessToken, token.RefreshToken = aws.ToString(got.AccessToken), aws.ToString(got.RefreshToken)
			token.Expires = stamp(time.Now().Add(time.Duration(got.ExpiresIn) * time.Second))
			return nil
		}
		var pending *types.AuthorizationPendingException
		var slower *types.SlowDownException
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &pending):
			broken = 0
		case errors.As(err, &slower):
			broken = 0
			interval += slowDown
		case passing(err) && broken+1 < brokenInARow:
			broken++
			interval *= 2
		default:
			return err
		}
	}
	return errSignInExpired
}

// passing tells a failure that says nothing of the sign-in: the line went
// dead for a while.
func passing(err error) bool {
	ev := EvidenceOf(err, "")
	return ev.Network != "" && ev.Network != "canceled" || ev.HTTPStatus >= 500
}

// kind classifies the error of a device authorization.
func (d *device) kind(ctx context.Context, s *Source, err error) string {
	var (
		denied  *types.AccessDeniedException
		expired *types.ExpiredTokenException
		invalid *types.InvalidRequestException
		region  *types.InvalidRequestRegionException
	)
	switch {
	case errors.As(err, &denied):
		return SignInRefused
	case errors.Is(err, errSignInExpired), errors.As(err, &expired):
		return SignInExpired
	case errors.As(err, &invalid), errors.As(err, &region):
		return SignInUnknown
	case EvidenceOf(err, "").Network == "dns" && s.Elsewhere(ctx, d.sso.Region) == diagnose.Resolves:
		return SignInNoRegion
	}
	return SignInFailed
}
