package sandbox_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// ask sends a plain request to the sandbox's listener.
func (r *rig) ask(method, target, body string, headers ...string) *http.Response {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.Endpoint()+target, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
		}
		req.Header.Set(name, value)
	}
	return r.read((&http.Client{Transport: r.transport, Timeout: time.Minute}).Do(req))
}

// read reads an answer to its end; its body can be read again.
func (r *rig) read(res *http.Response, err error) *http.Response {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	data, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		r.t.Fatal(err)
	}
	res.Body = io.NopCloser(bytes.NewReader(data))
	return res
}

func body(res *http.Response) string {
	data, _ := io.ReadAll(res.Body)
	return string(data)
}

func TestRequestIDs(t *testing.T) {
	r := start(t)
	res := r.ask("GET", "/no-such-bucket-zz/k", "")
	id, host := res.Header.Get("X-Amz-Request-Id"), res.Header.Get("X-Amz-Id-2")
	if !regexp.MustCompile(`^[0-9A-F]{16}$`).MatchString(id) || len(host) < 60 || res.Header.Get("Server") != "AmazonS3" {
		t.Errorf("header %v", res.Header)
	}
	var e struct{ Code, BucketName, RequestId, HostId string }
	if err := xml.Unmarshal([]byte(body(res)), &e); err != nil || e.Code != "NoSuchBucket" || e.BucketName != "no-such-bucket-zz" || e.RequestId != id || e.HostId != host {
		t.Errorf("%v %+v", err, e)
	}
	res = r.ask("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", "Content-Type: application/x-www-form-urlencoded; charset=utf-8")
	id = res.Header.Get("X-Amzn-Requestid")
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(id) {
		t.Errorf("header %v", res.Header)
	}
	if text := body(res); res.StatusCode != 403 || !strings.Contains(text, "<Code>MissingAuthenticationToken</Code>") || !strings.Contains(text, "<RequestId>"+id+"</RequestId>") {
		t.Errorf("%d %s", res.StatusCode, text)
	}
}

func TestUnsignedQueryInTheURL(t *testing.T) {
	res := start(t).ask("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", "")
	if res.StatusCode != 403 || !strings.Contains(body(res), "MissingAuthenticationToken") {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestOtherServices(t *testing.T) {
	res := start(t).ask("GET", "/", "",
		"Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/acm/aws4_request, SignedHeaders=host, Signature=00")
	if res.StatusCode != http.StatusNotImplemented || !strings.Contains(body(res), "no service acm") {
		t.Errorf("%d", res.StatusCode)
	}
}

// TestClock: answers carry the sandbox's time, and sessions end by it.
func TestClock(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	r := start(t, func(o *sandbox.Options) {
		o.Account.ClockOffset = time.Hour
		o.Now = func() time.Time { return now }
	})
	for _, target := range []string{"/alpha-prod-assets/media/logo.png", "/?Action=X"} {
		if got := r.ask("GET", target, "").Header.Get("Date"); got != "Sat, 21 Nov 2026 10:00:00 GMT" {
			t.Errorf("%s: Date %s", target, got)
		}
	}
}

func TestSessionExpires(t *testing.T) {
	began := time.Now()
	now := began
	r := start(t, func(o *sandbox.Options) { o.Now = func() time.Time { return now } })
	session := r.session()
	now = began.Add(61 * time.Minute) // the SDK signs by the machine's clock: the skew is corrected, the expiry is not
	c := r.config(tokyo, static(session))
	c.RetryMaxAttempts = 3
	_, err := s3.NewFromConfig(c).ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String(assets)})
	if got := wantCode(t, err, "ExpiredToken"); got.ErrorMessage() != "The provided token has expired." {
		t.Error(got)
	}
	_, err = sts.NewFromConfig(c).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	wantCode(t, err, "ExpiredToken")
}

func TestIAM(t *testing.T) {
	r := start(t)
	c := iam.NewFromConfig(r.config("us-east-1", r.keys("admin")))
	role, err := c.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("MediaRole")})
	if err != nil {
		t.Fatal(err)
	}
	text, err := url.QueryUnescape(*role.Role.AssumeRolePolicyDocument)
	if err != nil || *role.Role.Arn != roleARN {
		t.Errorf("%s %v", *role.Role.Arn, err)
	}
	if doc, err := policy.Parse([]byte(text)); err != nil || doc.Statements[0].Conditions[0].Values[0] != externalID {
		t.Errorf("%s %v", text, err)
	}
	names, err := c.ListRolePolicies(t.Context(), &iam.ListRolePoliciesInput{RoleName: aws.String("MediaRole")})
	if err != nil || len(names.PolicyNames) != 1 {
		t.Fatalf("%+v %v", names, err)
	}
	inline, err := c.GetRolePolicy(t.Context(), &iam.GetRolePolicyInput{RoleName: aws.String("MediaRole"), PolicyName: &names.PolicyNames[0]})
	if err != nil || !strings.Contains(*inline.PolicyDocument, "s3%3APutObject") {
		t.Errorf("%+v %v", inline, err)
	}
	attached, err := c.ListAttachedRolePolicies(t.Context(), &iam.ListAttachedRolePoliciesInput{RoleName: aws.String("MediaRole")})
	if err != nil || len(attached.AttachedPolicies) != 0 {
		t.Errorf("%+v %v", attached, err)
	}
	_, err = c.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("Nope")})
	wantCode(t, err, "NoSuchEntity")
	_, err = iam.NewFromConfig(r.config("us-east-1", static(r.session()))).GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("MediaRole")})
	wantCode(t, err, "AccessDenied")
}

// withFaults starts the good scenario with faults.
func withFaults(t testing.TB, faults ...account.Fault) *rig {
	return start(t, func(o *sandbox.Options) { o.Account.Faults = faults })
}

func TestFaultsOnTheWire(t *testing.T) {
	r := withFaults(t,
		account.Fault{Service: "s3", Operation: "PutObject", Status: 503, Code: "SlowDown", Times: 2},
		account.Fault{Service: "sts", Operation: "GetCallerIdentity", Status: 403, Code: "RegionDisabledException"},
		account.Fault{Service: "s3", Operation: "GetObject", Drop: true, Times: 1},
	)
	session := r.session()
	c := s3.NewFromConfig(r.config(tokyo, static(session)))
	// A kept connection that breaks has net/http itself try once more, and
	// which one is kept is chance: downloads have a connection each.
	once := r.transport.Clone()
	once.DisableKeepAlives = true
	defer once.CloseIdleConnections()
	reading := r.config(tokyo, static(session))
	reading.HTTPClient = &http.Client{Transport: once, Timeout: time.Minute}
	reader := s3.NewFromConfig(reading)
	put := func() error {
		_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/f.txt"), Body: strings.NewReader("f")})
		return err
	}
	for range 2 {
		if got := wantCode(t, put(), "SlowDown"); got.ErrorMessage() != "Please reduce your request rate." {
			t.Error(got)
		}
	}
	if err := put(); err != nil {
		t.Errorf("the third upload: %v", err)
	}
	_, err := r.sts("admin").GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	wantCode(t, err, "RegionDisabledException")
	get := func() error {
		out, err := reader.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(assets), Key: aws.String("media/f.txt")})
		if err == nil {
			err = out.Body.Close()
		}
		return err
	}
	var answered smithy.APIError
	if err := get(); err == nil || errors.As(err, &answered) {
		t.Errorf("a broken connection gave %v", err)
	}
	if err := get(); err != nil {
		t.Errorf("the second download: %v", err)
	}
}

func TestDroppedUpload(t *testing.T) {
	r := withFaults(t, account.Fault{Service: "s3", Operation: "PutObject", Drop: true, Times: 1})
	c := r.config(tokyo, static(r.session()))
	c.RetryMaxAttempts = 2
	_, err := s3.NewFromConfig(c).PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/big.bin"), Body: bytes.NewReader(make([]byte, 8<<20))})
	if err != nil {
		t.Errorf("not even the retry succeeded: %v", err)
	}
}

// TestBucketInLocalhost: clients that put the bucket before the endpoint's
// host name.
func TestBucketInLocalhost(t *testing.T) {
	r := start(t)
	_, port, _ := net.SplitHostPort(r.ProxyURL().Host)
	c := r.config(tokyo, static(r.session()))
	c.BaseEndpoint = aws.String("http://localhost:" + port)
	transport := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, r.ProxyURL().Host)
	}}
	defer transport.CloseIdleConnections()
	var hosts []string
	c.HTTPClient = &http.Client{Timeout: time.Minute, Transport: roundTripper(func(req *http.Request) (*http.Response, error) {
		hosts = append(hosts, req.URL.Host)
		return transport.RoundTrip(req)
	})}
	client := s3.NewFromConfig(c)
	for _, key := range []string{"media/via-host.txt", "media/日本 +%.txt"} {
		if _, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String(key), Body: strings.NewReader("x")}); err != nil {
			t.Fatal(err)
		}
		if _, err := client.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String(assets), Key: aws.String(key)}); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	direct := r.s3() // the key is the same when the bucket is in the path
	if _, err := direct.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String(assets), Key: aws.String("media/日本 +%.txt")}); err != nil {
		t.Error(err)
	}
	if _, err := client.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String(assets), Prefix: aws.String("media/docs/")}); err != nil {
		t.Error(err)
	}
	if want := assets + ".localhost:" + port; len(hosts) == 0 || hosts[0] != want {
		t.Errorf("the client asked %v, not %s", hosts, want)
	}
}

// TestChunksInLocalhost: what verification decodes is what S3 gets, also when
// the address is rewritten on the way.
func TestChunksInLocalhost(t *testing.T) {
	r := openToAll(t)
	res := r.ask("PUT", "/media/chunks.txt", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "Host: "+assets+".localhost",
		"X-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER", "X-Amz-Decoded-Content-Length: 5", "X-Amz-Trailer: x-amz-checksum-crc32", "Content-Encoding: aws-chunked")
	if res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, body(res))
	}
	if got := body(r.ask("GET", "/"+assets+"/media/chunks.txt", "")); got != "hello" {
		t.Errorf("stored %q", got)
	}
}

// openToAll is a sandbox whose bucket anybody may write to.
func openToAll(t testing.TB) *rig {
	return start(t, func(o *sandbox.Options) {
		doc, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}`))
		if err != nil {
			t.Fatal(err)
		}
		o.Account.Buckets[0].Policy = &doc
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestRefusedUploadGetsItsAnswer: also a client that reads nothing before it
// has sent everything.
func TestRefusedUploadGetsItsAnswer(t *testing.T) {
	r := start(t)
	conn, err := net.Dial("tcp", r.ProxyURL().Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	_, err = io.WriteString(conn, "PUT /alpha-prod-assets/media/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 16777216\r\n"+
		"Authorization: AWS4-HMAC-SHA256 Credential=AKIANOBODY/20260101/ap-northeast-1/s3/aws4_request, SignedHeaders=host, Signature=00\r\n"+
		"X-Amz-Date: 20260101T000000Z\r\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\n\r\n"+strings.Repeat("x", 16<<20))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if res = r.read(res, err); res.StatusCode != 403 || !strings.Contains(body(res), "InvalidAccessKeyId") {
		t.Errorf("%d", res.StatusCode)
	}
}

// An empty upload that waits for 100 Continue gets one, whatever becomes of it,
// since clients that count on it hang otherwise.
func TestContinueForNothing(t *testing.T) {
	for _, c := range []struct {
		name, header, want string
		change             func(*sandbox.Options)
	}{
		{"signed wrongly", "Authorization: AWS4-HMAC-SHA256 Credential=AKIANOBODY/20260101/ap-northeast-1/s3/aws4_request, SignedHeaders=host, Signature=00\r\n", "HTTP/1.1 4", nil},
		{"not signed", "", "HTTP/1.1 403 ", nil},
		{"accepted", "", "HTTP/1.1 200 ", func(o *sandbox.Options) {
			b := &o.Account.Buckets[0]
			b.PublicAccessBlock = account.PublicAccessBlock{}
			b.Policy = &policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
				Effect: policy.Allow, Principal: &policy.Principals{Any: true}, Action: []string{"s3:PutObject"}, Resource: []string{"arn:aws:s3:::alpha-prod-assets/*"},
			}}}
		}},
		{"a fault", "", "HTTP/1.1 503 ", func(o *sandbox.Options) {
			o.Account.Faults = []account.Fault{{Service: "s3", Operation: "PutObject", Status: 503, Code: "SlowDown"}}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var changes []func(*sandbox.Options)
			if c.change != nil {
				changes = append(changes, c.change)
			}
			r := start(t, changes...)
			var d net.Dialer
			conn, err := d.DialContext(t.Context(), "tcp", r.ProxyURL().Host)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(time.Minute))
			_, _ = io.WriteString(conn, "PUT /alpha-prod-assets/media/empty HTTP/1.1\r\nHost: "+r.ProxyURL().Host+"\r\n"+c.header+
				"Content-Length: 0\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
			answer, err := io.ReadAll(conn)
			rest, gone := strings.CutPrefix(string(answer), "HTTP/1.1 100 Continue\r\n\r\n")
			if err != nil || !gone || !strings.HasPrefix(rest, c.want) || !strings.Contains(rest, "X-Amz-Request-Id") || strings.Contains(rest, "100 Continue") {
				t.Errorf("%v: %s", err, answer)
			}
		})
	}
}
