package sandbox_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"
	"github.com/aws/smithy-go"
	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(another); dir != "" {
		runAnother(dir)
	}
	goleak.VerifyTestMain(m)
}

const (
	roleARN    = "arn:aws:iam::123456789012:role/MediaRole"
	externalID = "md-7q4kz2m9x1c8v5b3n6t0w8r2"
	assets     = "alpha-prod-assets"
	tokyo      = "ap-northeast-1"
)

// rig is a running sandbox and a client's transport to it.
type rig struct {
	*sandbox.Sandbox
	t         testing.TB
	transport *http.Transport
}

func start(t testing.TB, change ...func(*sandbox.Options)) *rig {
	t.Helper()
	return startScenario(t, "microcms", change...)
}

func startScenario(t testing.TB, name string, change ...func(*sandbox.Options)) *rig {
	t.Helper()
	a, _, err := account.Scenario(name)
	if err != nil {
		t.Fatal(err)
	}
	o := sandbox.Options{Account: a, Dir: t.TempDir()}
	for _, f := range change {
		f(&o)
	}
	s, err := sandbox.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Sandbox: s, t: t, transport: &http.Transport{}}
	t.Cleanup(func() {
		r.transport.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return r
}

func (r *rig) config(region string, keys aws.CredentialsProvider) aws.Config {
	return aws.Config{
		Region: region, Credentials: keys, BaseEndpoint: aws.String(r.Endpoint()),
		HTTPClient: &http.Client{Transport: r.transport, Timeout: time.Minute}, RetryMaxAttempts: 1,
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenSupported,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenSupported,
	}
}

func (r *rig) keys(caller string) aws.CredentialsProvider {
	c := r.Caller(caller)
	return credentials.NewStaticCredentialsProvider(c.AccessKeyID, c.SecretAccessKey, "")
}

func (r *rig) sts(caller string) *sts.Client {
	return sts.NewFromConfig(r.config(tokyo, r.keys(caller)))
}

// session assumes the role and returns its keys.
func (r *rig) session() *ststypes.Credentials {
	r.t.Helper()
	out, err := r.sts("admin").AssumeRole(context.Background(), &sts.AssumeRoleInput{
		RoleArn: aws.String(roleARN), RoleSessionName: aws.String("test"), ExternalId: aws.String(externalID),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out.Credentials
}

func static(c *ststypes.Credentials) aws.CredentialsProvider {
	return credentials.NewStaticCredentialsProvider(*c.AccessKeyId, *c.SecretAccessKey, *c.SessionToken)
}

// s3 is a client with the role's session.
func (r *rig) s3() *s3.Client { return s3.NewFromConfig(r.config(tokyo, static(r.session()))) }

// wantCode fails the test unless err is AWS's error of that code.
func wantCode(t testing.TB, err error, code string) smithy.APIError {
	t.Helper()
	var api smithy.APIError
	if !errors.As(err, &api) {
		t.Fatalf("got %v, want %s", err, code)
	}
	if api.ErrorCode() != code {
		t.Fatalf("got %s (%s), want %s", api.ErrorCode(), api.ErrorMessage(), code)
	}
	return api
}

func TestRoleWorksInItsBucket(t *testing.T) {
	r := start(t)
	c := r.s3()
	ctx := t.Context()
	body := bytes.Repeat([]byte("mediadock "), 1000)
	if _, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/日本 +&.txt"), Body: bytes.NewReader(body)}); err != nil {
		t.Fatal(err)
	}
	got, err := c.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(assets), Key: aws.String("media/日本 +&.txt")})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if data, err := io.ReadAll(got.Body); err != nil || !bytes.Equal(data, body) {
		t.Fatalf("read %d bytes, %v", len(data), err)
	}
	_, err = c.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("outside.txt"), Body: bytes.NewReader(body)})
	denied := wantCode(t, err, "AccessDenied")
	want := `User: arn:aws:sts::123456789012:assumed-role/MediaRole/test is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::alpha-prod-assets/outside.txt" because no identity-based policy allows the s3:PutObject action`
	if denied.ErrorMessage() != want {
		t.Errorf("message\n got %s\nwant %s", denied.ErrorMessage(), want)
	}
}

func TestCallerIdentity(t *testing.T) {
	r := start(t)
	out, err := r.sts("admin").GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		t.Fatal(err)
	}
	if *out.Arn != "arn:aws:iam::123456789012:user/admin" || *out.Account != "123456789012" || len(*out.UserId) != 21 {
		t.Errorf("got %s, %s, %s", *out.Arn, *out.Account, *out.UserId)
	}
}

// stranger is a client without credentials that reaches the delivery domains
// through the proxy, as a browser would.
func (r *rig) stranger() *http.Client {
	t := &http.Transport{Proxy: http.ProxyURL(r.ProxyURL()), TLSClientConfig: &tls.Config{RootCAs: r.RootCAs()}}
	r.t.Cleanup(t.CloseIdleConnections)
	return &http.Client{
		Transport: t, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
