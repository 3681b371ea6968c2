package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// Answers that are nobody's: of a proxy, a portal, a server that is broken.
func TestForeignAnswers(t *testing.T) {
	for name, tc := range map[string]struct {
		fault  account.Fault
		status int
		header string
		value  string
		body   string
	}{
		"a page":              {account.Fault{Service: "s3", Status: 403, Body: "<html>Blocked by policy</html>"}, 403, "Content-Type", "text/html; charset=utf-8", "<html>Blocked by policy</html>"},
		"without AWS's marks": {account.Fault{Service: "s3", Body: "<html></html>"}, 200, "X-Amz-Request-Id", "", "<html></html>"},
		"a type of its own":   {account.Fault{Service: "s3", Body: "{}", ContentType: "application/json"}, 200, "Content-Type", "application/json", "{}"},
		"a portal":            {account.Fault{Service: "s3", Redirect: "https://portal.example.com/login", Status: 302}, 302, "Location", "https://portal.example.com/login", ""},
		"moved":               {account.Fault{Service: "s3", Redirect: "https://portal.example.com/"}, 307, "Location", "https://portal.example.com/", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := withFaults(t, tc.fault)
			res := r.read(r.transport.RoundTrip(mustRequest(t, r.Endpoint()+"/"+assets+"/media/x"))) // which follows nothing
			if got := body(res); res.StatusCode != tc.status || res.Header.Get(tc.header) != tc.value || got != tc.body {
				t.Errorf("%d %q %v", res.StatusCode, got, res.Header)
			}
		})
	}
}

func TestTruncatedAnswer(t *testing.T) {
	three := 3
	r := changed(t, func(a *account.Account) {
		a.Buckets[0].Objects = []account.Object{{Key: "media/a.txt", Content: []byte("hello"), Size: 5}}
		a.Faults = []account.Fault{{Service: "s3", Operation: "GetObject", Truncate: &three, Times: 1}}
	})
	owner := s3.NewFromConfig(r.config(tokyo, r.keys("admin")))
	get := func() ([]byte, error) {
		out, err := owner.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(assets), Key: aws.String("media/a.txt")})
		if err != nil {
			return nil, err
		}
		defer func() { _ = out.Body.Close() }()
		return io.ReadAll(out.Body)
	}
	if data, err := get(); !errors.Is(err, io.ErrUnexpectedEOF) || string(data) != "hel" {
		t.Errorf("%q %v", data, err)
	}
	if data, err := get(); err != nil || string(data) != "hello" {
		t.Errorf("%q %v", data, err)
	}
}

// A server that never answers lets go when its client does, also of one that
// was sending.
func TestSilence(t *testing.T) {
	r := withFaults(t, account.Fault{Service: "s3", Hang: true})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	owner := s3.NewFromConfig(r.config(tokyo, r.keys("admin")))
	_, err := owner.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/x"), Body: bytes.NewReader(make([]byte, 1<<20))})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	waitFor(t, func() bool { return r.InFlight() == 0 })
}

func TestCopyThatFailsWith200(t *testing.T) {
	r := withFaults(t, account.Fault{Service: "s3", Operation: "CopyObject", Status: 200, Code: "InternalError"})
	owner := s3.NewFromConfig(r.config(tokyo, r.keys("admin")))
	_, err := owner.CopyObject(t.Context(), &s3.CopyObjectInput{Bucket: aws.String(assets), Key: aws.String("media/y"), CopySource: aws.String(assets + "/media/x")})
	wantCode(t, err, "InternalError")
}

func TestFaultsOfTheControlPlanes(t *testing.T) {
	r := withFaults(t, account.Fault{Service: "kms", Operation: "DescribeKey", Code: "ThrottlingException"},
		account.Fault{Service: "s3control", Operation: "GetPublicAccessBlock", Status: 503},
		account.Fault{Service: "iam", Operation: "SimulatePrincipalPolicy", Code: "Throttling"})
	_, err := kms.NewFromConfig(r.config(tokyo, r.keys("admin"))).DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: aws.String("alias/aws/s3")})
	wantCode(t, err, "ThrottlingException")
	_, err = r.owner().S3Control(tokyo).GetPublicAccessBlock(t.Context(), &s3control.GetPublicAccessBlockInput{AccountId: aws.String(home)})
	wantCode(t, err, "ServiceUnavailable")
	_, err = iam.NewFromConfig(r.config("us-east-1", r.keys("admin"))).SimulatePrincipalPolicy(t.Context(), &iam.SimulatePrincipalPolicyInput{PolicySourceArn: aws.String(roleARN), ActionNames: []string{"s3:GetObject"}})
	wantCode(t, err, "Throttling")
}
