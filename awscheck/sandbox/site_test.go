package sandbox_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestFaultAtTheEdge(t *testing.T) {
	r := startScenario(t, "microcms-cloudfront", func(o *sandbox.Options) {
		o.Account.Faults = []account.Fault{{Service: "cloudfront", Operation: "GET", Status: 503, Times: 1}, {Service: "cloudfront", Operation: "GET", Drop: true, Times: 1}}
	})
	visitor := r.stranger()
	const at = "https://media.example.com/media/logo.png"
	res := r.read(visitor.Get(at))
	if res.StatusCode != 503 || res.Header.Get("X-Cache") != "Error from cloudfront" || !strings.Contains(body(res), "could not be satisfied") {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	if res, err := (&http.Transport{Proxy: http.ProxyURL(r.ProxyURL()), TLSClientConfig: visitor.Transport.(*http.Transport).TLSClientConfig, DisableKeepAlives: true}).RoundTrip(mustRequest(t, at)); err == nil {
		_ = res.Body.Close()
		t.Errorf("the connection did not break: %s", res.Status)
	}
	if res := r.read(visitor.Get(at)); res.StatusCode != 200 {
		t.Errorf("%d", res.StatusCode)
	}
}

func mustRequest(t testing.TB, at string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func TestProxyKnowsItsOwnHostsAlone(t *testing.T) {
	r := start(t)
	visitor := r.stranger()
	for _, at := range []string{"https://example.com/", "http://example.com/", "https://alpha-prod-assets.s3.tokyo.amazonaws.com/", "https://media.example.com/"} {
		res, err := visitor.Get(at)
		switch {
		case strings.HasPrefix(at, "https:"):
			if err == nil || !strings.Contains(err.Error(), "no such host") {
				t.Errorf("%s: %v", at, err)
			}
		default:
			if res = r.read(res, err); res.StatusCode != http.StatusBadGateway || !strings.Contains(body(res), "no such host") {
				t.Errorf("%s: %s", at, res.Status)
			}
		}
	}
	for _, at := range []string{"https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/logo.png", "https://s3.ap-northeast-1.amazonaws.com/alpha-prod-assets/media/logo.png",
		"http://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/logo.png", "https://alpha-prod-assets.s3.amazonaws.com/media/logo.png"} {
		if res := r.read(visitor.Get(at)); res.StatusCode != 200 || len(body(res)) < 300 {
			t.Errorf("%s: %s", at, res.Status)
		}
	}
}

// awsConfig is a configuration without an endpoint: AWS's own host names,
// reached through the sandbox's proxy.
func (r *rig) awsConfig(keys aws.CredentialsProvider) aws.Config {
	c := r.config(tokyo, keys)
	c.BaseEndpoint = nil
	c.HTTPClient = r.stranger()
	return c
}

// TestAWSHostNames: over TLS the SDK addresses the bucket in the host name and
// sends checksums in trailers.
func TestAWSHostNames(t *testing.T) {
	r := start(t)
	out, err := sts.NewFromConfig(r.awsConfig(r.keys("admin"))).AssumeRole(t.Context(), &sts.AssumeRoleInput{
		RoleArn: aws.String(roleARN), RoleSessionName: aws.String("test"), ExternalId: aws.String(externalID),
	})
	if err != nil {
		t.Fatal(err)
	}
	c := s3.NewFromConfig(r.awsConfig(static(out.Credentials)))
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<18) // 4 MiB
	for _, key := range []string{"media/a b+c&日本.bin", "media/x'(1)!*.bin"} {
		if _, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String(key), Body: io.MultiReader(bytes.NewReader(data)), ContentLength: aws.Int64(int64(len(data)))}); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		head, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String(assets), Key: aws.String(key)})
		if err != nil || *head.ContentLength != int64(len(data)) || head.ContentEncoding != nil {
			t.Errorf("%s: %+v %v", key, head, err)
		}
	}
}

func TestPresigned(t *testing.T) {
	now := time.Now()
	r := start(t, func(o *sandbox.Options) { o.Now = func() time.Time { return now } })
	c := s3.NewPresignClient(s3.NewFromConfig(r.awsConfig(static(r.session()))))
	get, err := c.PresignGetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(assets), Key: aws.String("media/社員紹介/山田 太郎.jpg")}, s3.WithPresignExpires(10*time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	visitor := r.stranger()
	if res := r.read(visitor.Get(get.URL)); res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("%s %s", res.Status, body(res))
	}
	put, err := c.PresignPutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/up.txt"), ContentType: aws.String("text/plain")})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, put.URL, strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = put.SignedHeader.Clone()
	if res := r.read(visitor.Do(req)); res.StatusCode != 200 {
		t.Errorf("%s %s", res.Status, body(res))
	}
	now = now.Add(11 * time.Minute)
	res := r.read(visitor.Get(get.URL))
	if text := body(res); res.StatusCode != 403 || !strings.Contains(text, "<Message>Request has expired</Message>") || !strings.Contains(text, "<X-Amz-Expires>600</X-Amz-Expires>") {
		t.Errorf("%s %s", res.Status, text)
	}
}

// TestPlainHTTPIsNoSecureTransport: the endpoint on loopback counts as HTTPS,
// plain HTTP to an AWS host name does not.
func TestPlainHTTPIsNoSecureTransport(t *testing.T) {
	r := start(t, func(o *sandbox.Options) {
		doc, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha-prod-assets/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}}`))
		if err != nil {
			t.Fatal(err)
		}
		o.Account.Buckets[0].Policy = &doc
	})
	visitor := r.stranger()
	for at, want := range map[string]int{
		"https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/logo.png": 200,
		"http://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/logo.png":  403,
		r.Endpoint() + "/alpha-prod-assets/media/logo.png":                         200,
	} {
		client := visitor
		if strings.HasPrefix(at, r.Endpoint()) {
			client = &http.Client{Transport: r.transport}
		}
		if res := r.read(client.Get(at)); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", at, res.StatusCode, want)
		}
	}
}

// TestAliasWithoutProxy: whoever sends the alias as Host gets the edge.
func TestAliasWithoutProxy(t *testing.T) {
	r := startScenario(t, "microcms-cloudfront")
	res := r.ask("GET", "/media/logo.png", "", "Host: media.example.com")
	if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Via"), "CloudFront") {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}
