package media

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
)

// longestPresign is the longest that a signature of version 4 may live.
const longestPresign = 7 * 24 * time.Hour

// Presign makes a URL that anybody may fetch the file with until it expires.
// It never outlives the credentials that signed it: expires is the true end.
// A session that would end too early is renewed first. The file must exist.
func (l *Library) Presign(ctx context.Context, path string, d time.Duration) (url string, expires time.Time, err error) {
	item, err := l.Info(ctx, path)
	if err != nil {
		return "", time.Time{}, err
	}
	d = min(d, longestPresign)
	now := time.Now()
	if end, ok, err := l.sessionEnd(ctx, now.Add(d)); err != nil {
		return "", time.Time{}, failure("s3:GetObject", path, err)
	} else if ok && end.Sub(now) < d {
		d = end.Sub(now)
	}
	d = d.Truncate(time.Second)
	if d < time.Second {
		return "", time.Time{}, &Error{Code: CodeSession, Path: path}
	}
	req, err := l.presign.PresignGetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(l.space.Bucket),
		Key:    aws.String(item.Key),
	}, s3.WithPresignExpires(d))
	if err != nil {
		return "", time.Time{}, failure("s3:GetObject", path, err)
	}
	return req.URL, now.Add(d), nil
}

// sessionEnd is when the credentials end, after renewing those that would end
// before wanted; ok is false for credentials that do not end.
func (l *Library) sessionEnd(ctx context.Context, wanted time.Time) (end time.Time, ok bool, err error) {
	c, has := l.api.(interface{ Options() s3.Options })
	if !has || c.Options().Credentials == nil {
		return time.Time{}, false, nil
	}
	provider := c.Options().Credentials
	creds, err := provider.Retrieve(ctx)
	if err != nil || !creds.CanExpire || !creds.Expires.Before(wanted) {
		return creds.Expires, creds.CanExpire, err
	}
	if err := renew(ctx, provider); err != nil {
		return time.Time{}, false, err
	}
	creds, err = provider.Retrieve(ctx)
	return creds.Expires, creds.CanExpire, err
}

// renew asks for a new session where the kind of credentials allows it.
func renew(ctx context.Context, provider aws.CredentialsProvider) error {
	switch p := provider.(type) {
	case *connect.Session:
		_, err := p.Assume(ctx)
		return err
	case interface{ Invalidate() }:
		p.Invalidate()
	}
	return nil
}
