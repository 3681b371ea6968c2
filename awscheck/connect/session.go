package connect

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// SessionName is what AWS CloudTrail shows for every session.
const SessionName = "mediadock"

const (
	// SessionLength is the longest that every role and every chained
	// session allows.
	SessionLength = time.Hour
	// refreshBefore renews a session early enough for a request that is
	// being signed now to arrive in time.
	refreshBefore = 5 * time.Minute
)

type sessionKey struct{ region, roleARN, externalID string }

// Session is the place's role, assumed when needed. It is shared by all
// clients of the same role, and safe for concurrent use.
type Session struct {
	source     *Source
	region     string // of the STS that is asked
	roleARN    string
	externalID string

	turns
	elsewhere string // the region that was asked because region's STS is off
	doubted   time.Time
}

// Session gives the session of p's role.
func (s *Source) Session(p Place) *Session {
	region := first(p.Region, s.cfg.Region, "us-east-1")
	key := sessionKey{region, p.RoleARN, p.ExternalID}
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.sessions[key]
	if !ok {
		r = &Session{source: s, region: region, roleARN: p.RoleARN, externalID: p.ExternalID, turns: newTurns()}
		s.sessions[key] = r
	}
	return r
}

// Retrieve implements aws.CredentialsProvider. It assumes the role unless a
// session is at hand that lives for a while.
func (r *Session) Retrieve(ctx context.Context) (aws.Credentials, error) {
	c, err := r.get(ctx, false)
	if err != nil {
		return c, &sessionError{err}
	}
	return c, nil
}

// sessionError keeps the request that needed the session from being tried
// again: the AssumeRole has been, and would be thrice for each of its tries.
type sessionError struct{ err error }

func (e *sessionError) Error() string        { return e.err.Error() }
func (e *sessionError) Unwrap() error        { return e.err }
func (e *sessionError) RetryableError() bool { return false }

// Assume assumes the role now, whatever is at hand, and keeps the session
// for the clients of the same place. It gives the session's ARN and expiry.
func (r *Session) Assume(ctx context.Context) (Assumed, error) {
	c, err := r.get(ctx, true)
	if err != nil {
		return Assumed{}, err
	}
	return Assumed{ARN: c.Source, AccountID: c.AccountID, Expires: c.Expires, Elsewhere: r.askedElsewhere()}, nil
}

// Expires is when the session at hand ends; the zero time without one.
func (r *Session) Expires() time.Time {
	r.token <- struct{}{}
	defer r.release()
	return r.current.Expires
}

// Assumed describes a session, without its keys.
type Assumed struct {
	ARN       string // arn:aws:sts::A:assumed-role/R/mediadock
	AccountID string
	Expires   time.Time
	// Elsewhere is the region whose STS gave the session, where it is
	// another than the place's because that one's is switched off.
	Elsewhere string
}

func (r *Session) askedElsewhere() string {
	r.token <- struct{}{}
	defer r.release()
	return r.elsewhere
}

func (r *Session) get(ctx context.Context, fresh bool) (aws.Credentials, error) {
	if err := r.take(ctx); err != nil {
		return aws.Credentials{}, err
	}
	defer r.release()
	if !fresh && r.live(refreshBefore) {
		return r.current, nil
	}
	in := &sts.AssumeRoleInput{
		RoleArn:         aws.String(r.roleARN),
		RoleSessionName: aws.String(SessionName),
		DurationSeconds: aws.Int32(int32(SessionLength / time.Second)),
	}
	if r.externalID != "" { // STS refuses an empty one as malformed
		in.ExternalId = aws.String(r.externalID)
	}
	ctx = withSecret(ctx, r.externalID)
	out, err := r.source.STS(first(r.elsewhere, r.region)).AssumeRole(ctx, in)
	if home, ok := anotherRegion(err, r.region); err != nil && ok && r.elsewhere == "" {
		if other, failed := r.source.STS(home).AssumeRole(ctx, in); failed == nil {
			out, err, r.elsewhere = other, nil, home
		}
	}
	if err != nil {
		return aws.Credentials{}, err
	}
	c, err := assumed(out, r.roleARN)
	if err == nil {
		r.current = c
	}
	return c, err
}

// assumed are the credentials of a session; their Source is its ARN.
func assumed(out *sts.AssumeRoleOutput, roleARN string) (aws.Credentials, error) {
	if out.Credentials == nil {
		return aws.Credentials{}, ErrNoCredentials
	}
	c := aws.Credentials{
		AccessKeyID:     aws.ToString(out.Credentials.AccessKeyId),
		SecretAccessKey: aws.ToString(out.Credentials.SecretAccessKey),
		SessionToken:    aws.ToString(out.Credentials.SessionToken),
		CanExpire:       true,
		Expires:         aws.ToTime(out.Credentials.Expiration),
		AccountID:       Place{RoleARN: roleARN}.roleAccount(),
	}
	if out.AssumedRoleUser != nil {
		c.Source = aws.ToString(out.AssumedRoleUser.Arn)
	}
	return c, nil
}
