package connect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"golang.org/x/text/width"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// TokenAsk says whose code is asked for.
type TokenAsk struct {
	Profile string
	Device  string // the MFA device's ARN or serial number
	Refused int    // how many codes were refused just before
}

// TokenFunc asks a person for the code of an MFA device. It gives an error
// where nobody can be asked (ErrNobodyToAsk), or the person does not answer.
type TokenFunc func(ctx context.Context, ask TokenAsk) (string, error)

// ErrNobodyToAsk is returned by a TokenFunc where there is no terminal.
var ErrNobodyToAsk = errors.New("there is nobody to ask for it")

// tokenTries is how many codes a person may give in a row.
const tokenTries = 3

// tokenRequest is how long AWS may take to answer to a code.
const tokenRequest = 30 * time.Second

// TokenError says that the code of an MFA device is missing or was refused.
type TokenError struct {
	Profile, Device string
	RoleARN, Source string // the profile's role, and the profile it builds on
	Err             error  // of the TokenFunc, or of AWS
}

func (e *TokenError) Error() string {
	return fmt.Sprintf("AWS profile %q needs the code of the MFA device %s: %v", e.Profile, e.Device, e.Err)
}

func (e *TokenError) Unwrap() error        { return e.Err }
func (e *TokenError) RetryableError() bool { return false }

func (e *TokenError) evidence() diagnose.Evidence {
	ev := diagnose.Evidence{Operation: "sts:AssumeRole"}
	var x *exchange
	if errors.As(e.Err, &x) {
		ev = x.evidence
	} else {
		ev.Message = e.Error()
	}
	return withElements(ev, "Profile", e.Profile, "Device", e.Device, "Role", e.RoleARN, "Source", e.Source)
}

// ProfileRoleError says that a profile's role could not be assumed.
type ProfileRoleError struct {
	Profile, RoleARN string
	Err              error
}

func (e *ProfileRoleError) Error() string {
	return fmt.Sprintf("AWS profile %q: assume %s: %v", e.Profile, e.RoleARN, e.Err)
}

func (e *ProfileRoleError) Unwrap() error        { return e.Err }
func (e *ProfileRoleError) RetryableError() bool { return false }

func (e *ProfileRoleError) evidence() diagnose.Evidence {
	return withElements(EvidenceOf(e.Err, "sts:AssumeRole"), "Profile", e.Profile, "Role", e.RoleARN)
}

func withElements(ev diagnose.Evidence, pairs ...string) diagnose.Evidence {
	elements := map[string]string{}
	for k, v := range ev.Elements {
		elements[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if elements[pairs[i]] == "" {
			elements[pairs[i]] = pairs[i+1]
		}
	}
	ev.Elements = elements
	return ev
}

// profileRole is the role of a profile, assumed when needed, with the code of
// an MFA device where the profile names one. Requests that need it at the same
// time ask once.
type profileRole struct {
	profile, sourceProfile, roleARN, externalID, device, name string
	length                                                    time.Duration
	client                                                    *sts.Client
	ask                                                       TokenFunc

	turns
	refused error // why the person was not asked again; Prepare forgets it
	asked   int   // how often somebody was
}

// Retrieve implements aws.CredentialsProvider.
func (r *profileRole) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if err := r.take(ctx); err != nil {
		return aws.Credentials{}, err
	}
	defer r.release()
	if r.live(refreshBefore) {
		return r.current, nil
	}
	if r.refused != nil {
		return aws.Credentials{}, r.refused
	}
	return r.renew(ctx)
}

func (r *profileRole) prepare(ctx context.Context) error {
	seen := r.times()
	if err := r.take(ctx); err != nil {
		return err
	}
	defer r.release()
	if r.live(refreshBefore) {
		return nil
	}
	if r.refused != nil && r.asked != seen {
		return r.refused // somebody answered while this waited
	}
	r.refused = nil
	_, err := r.renew(ctx)
	return err
}

// times is how often somebody was asked, also while somebody is being asked.
func (r *profileRole) times() int {
	select {
	case r.token <- struct{}{}:
		defer r.release()
		return r.asked
	default:
		return -1 // whatever comes of it is new
	}
}

func (r *profileRole) renew(ctx context.Context) (aws.Credentials, error) {
	c, err := r.assume(ctx)
	if err == nil {
		r.current = c
		return c, nil
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return c, err
	}
	var token *TokenError
	if errors.As(err, &token) {
		r.refused = err
		return c, err
	}
	return c, &ProfileRoleError{Profile: r.profile, RoleARN: r.roleARN, Err: err}
}

func (r *profileRole) assume(ctx context.Context) (aws.Credentials, error) {
	in := &sts.AssumeRoleInput{RoleArn: &r.roleARN, RoleSessionName: &r.name, DurationSeconds: aws.Int32(int32(r.length / time.Second))}
	if r.externalID != "" {
		in.ExternalId = &r.externalID
	}
	ctx = withSecret(ctx, r.externalID)
	if r.device == "" {
		out, err := r.client.AssumeRole(ctx, in)
		if err != nil {
			return aws.Credentials{}, err
		}
		return assumed(out, r.roleARN)
	}
	in.SerialNumber = &r.device
	var refusal error
	for n := range tokenTries {
		code, err := r.code(ctx, n)
		if err != nil {
			return aws.Credentials{}, r.tokenError(err)
		}
		if refusal = errTokenForm; !reToken.MatchString(code) {
			continue
		}
		out, err := r.withCode(ctx, in, code)
		if err == nil {
			return assumed(out, r.roleARN)
		}
		refused, another := diagnose.TokenRefused(EvidenceOf(err, "sts:AssumeRole"))
		if !refused {
			return aws.Credentials{}, err
		}
		if refusal = err; !another {
			break
		}
	}
	return aws.Credentials{}, r.tokenError(refusal)
}

// withCode assumes the role with a code. While the person looked for it the
// time of the request that needs it may have run out: the code is used all the
// same, for the requests after that one, rather than asked for again.
func (r *profileRole) withCode(ctx context.Context, in *sts.AssumeRoleInput, code string) (*sts.AssumeRoleOutput, error) {
	free, cancel := Unhurried(withSecret(ctx, code))
	defer cancel()
	limited, stop := context.WithTimeout(free, tokenRequest)
	defer stop()
	in.TokenCode = &code
	return r.client.AssumeRole(limited, in)
}

func (r *profileRole) tokenError(err error) error {
	return &TokenError{Profile: r.profile, Device: r.device, RoleARN: r.roleARN, Source: r.sourceProfile, Err: err}
}

var (
	reToken      = lazyregexp.New(`^[0-9]{6}$`)
	errTokenForm = errors.New("MultiFactorAuthentication failed with invalid MFA one time pass code: it is not six digits")
)

// code asks for a code. The person may take longer than a request may.
func (r *profileRole) code(ctx context.Context, refused int) (string, error) {
	if r.ask == nil {
		return "", ErrNobodyToAsk
	}
	free, cancel := Unhurried(ctx)
	defer cancel()
	code, err := r.ask(free, TokenAsk{Profile: r.profile, Device: r.device, Refused: refused})
	if !errors.Is(err, ErrNobodyToAsk) {
		r.asked++
	}
	// As input methods and people write them: full-width, in two groups.
	return strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(width.Narrow.String(strings.TrimSpace(code))), err
}
