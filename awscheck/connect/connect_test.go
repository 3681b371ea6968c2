package connect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const testSecret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"

// server answers as told and keeps what was asked.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
	forms    []url.Values
}

func serve(t *testing.T, answer http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		s.mu.Lock()
		s.requests = append(s.requests, r.Clone(context.Background()))
		s.forms = append(s.forms, r.PostForm)
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) asked() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*http.Request(nil), s.requests...)
}

func (s *server) source(t *testing.T, change ...func(*Parts)) *Source {
	p := Parts{Endpoint: s.URL, Region: "eu-west-1", AccessKeyID: "AKIAEXAMPLE", SecretAccessKey: testSecret, MaxBackoff: time.Millisecond}
	for _, c := range change {
		c(&p)
	}
	source := FromParts(p)
	t.Cleanup(source.Close)
	return source
}

func client(t *testing.T, s *Source, p Place) *s3.Client {
	t.Helper()
	c, err := s.S3(p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var callerPlace = Place{Access: "caller", Region: "eu-west-1", Bucket: "b"}

// assumedRole is STS's answer, good for an hour.
func assumedRole(w http.ResponseWriter, lifetime time.Duration) {
	fmt.Fprintf(w, `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><AssumedRoleId>AROA:mediadock</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/R/mediadock</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>sessionsecretvalue</SecretAccessKey><SessionToken>sessiontokenvalue</SessionToken><Expiration>%s</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`, time.Now().Add(lifetime).UTC().Format(time.RFC3339))
}

func isSTS(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Path == "/" }

func TestErrorsKeepWhatTheSDKDrops(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Amz-Request-Id", "REQ1")
		h.Set("X-Amz-Id-2", "HOST1")
		h.Set("X-Amz-Bucket-Region", "us-west-2")
		h.Set("Server", "AmazonS3")
		h.Set("Set-Cookie", "secret=1")
		w.WriteHeader(400)
		io.WriteString(w, `<?xml version="1.0"?><Error><Code>AuthorizationHeaderMalformed</Code><Message>the region is wrong; expecting 'us-west-2'</Message><Region>us-west-2</Region><Condition>If-None-Match</Condition></Error>`)
	})
	ctx, trace := Observe(context.Background())
	_, err := client(t, s.source(t), callerPlace).ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String("b")})
	if err == nil {
		t.Fatal("no error")
	}
	for name, ev := range map[string]diagnose.Evidence{
		"the error": EvidenceOf(fmt.Errorf("while listing: %w", err), "s3:Other"),
		"the trace": trace.Exchanges()[0],
	} {
		if ev.Operation != "s3:ListObjectsV2" || ev.HTTPStatus != 400 || ev.Code != "AuthorizationHeaderMalformed" ||
			ev.BucketRegion != "us-west-2" || ev.RequestID != "REQ1" || ev.HostID != "HOST1" ||
			ev.Elements["Condition"] != "If-None-Match" || ev.Header["server"] != "AmazonS3" || ev.Host == "" {
			t.Errorf("%s: %+v", name, ev)
		}
		if _, kept := ev.Header["set-cookie"]; kept {
			t.Errorf("%s keeps cookies", name)
		}
	}
}

// The SDK must still read the error by itself, however long its body is.
func TestLongErrorBody(t *testing.T) {
	filler := strings.Repeat("<X>y</X>", maxErrorBody/4)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(403)
		io.WriteString(w, `<Error><Code>AccessDenied</Code><Message>no</Message>`+filler+`</Error>`)
	})
	_, err := client(t, s.source(t), callerPlace).GetObject(context.Background(), &s3.GetObjectInput{Bucket: aws.String("b"), Key: aws.String("k")})
	if ev := EvidenceOf(err, ""); ev.Code != "AccessDenied" || ev.HTTPStatus != 403 {
		t.Errorf("%+v", ev)
	}
}

// Retries are seen one by one, in the inner and the outer trace.
func TestEveryAttemptIsRecorded(t *testing.T) {
	n := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n++; n < 3 {
			w.WriteHeader(503)
			io.WriteString(w, `<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>`)
			return
		}
		io.WriteString(w, `<ListBucketResult/>`)
	})
	outer, all := Observe(context.Background())
	inner, some := Observe(outer)
	if _, err := client(t, s.source(t), callerPlace).ListObjectsV2(inner, &s3.ListObjectsV2Input{Bucket: aws.String("b")}); err != nil {
		t.Fatal(err)
	}
	Record(outer, diagnose.Evidence{Operation: "GET https://example.com"})
	if some.Requests() != 3 || all.Requests() != 4 {
		t.Errorf("recorded %d and %d", some.Requests(), all.Requests())
	}
	if got := some.Exchanges(); got[0].Code != "SlowDown" || got[1].HTTPStatus != 503 || got[2].HTTPStatus != 200 || got[2].Code != "" {
		t.Errorf("%+v", got)
	}
	Record(context.Background(), diagnose.Evidence{}) // nobody observes
}

// A copy may fail after it has answered 200.
func TestErrorInsideA200(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `<?xml version="1.0"?><Error><Code>InternalError</Code><Message>We failed.</Message></Error>`)
	})
	_, err := client(t, s.source(t), callerPlace).CopyObject(context.Background(), &s3.CopyObjectInput{
		Bucket: aws.String("b"), Key: aws.String("k"), CopySource: aws.String("b/j"),
	})
	if err == nil {
		t.Fatal("no error")
	}
	if ev := EvidenceOf(err, ""); ev.Code != "InternalError" {
		t.Errorf("%+v", ev)
	}
}

func TestExpectedOwnerIsOnEveryRequest(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if isSTS(r) {
			assumedRole(w, time.Hour)
			return
		}
		io.WriteString(w, `<CopyObjectResult/>`)
	})
	place := Place{Access: "role", Region: "eu-west-1", Bucket: "b", RoleARN: "arn:aws:iam::123456789012:role/x/R", ExternalID: "md-external-id-123456"}
	source := s.source(t)
	c := client(t, source, place)
	ctx := context.Background()
	bucket, key := aws.String("b"), aws.String("k")
	calls := map[string]func(context.Context) error{
		"HeadBucket": func(ctx context.Context) error {
			_, err := c.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: bucket})
			return err
		},
		"PutObject": func(ctx context.Context) error {
			_, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("x")})
			return err
		},
		"CopyObject": func(ctx context.Context) error {
			_, err := c.CopyObject(ctx, &s3.CopyObjectInput{Bucket: bucket, Key: key, CopySource: aws.String("b/j")})
			return err
		},
		"DeleteObject": func(ctx context.Context) error {
			_, err := c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: key})
			return err
		},
	}
	for name, call := range calls {
		for _, off := range []bool{false, true} {
			ctx, want := ctx, "123456789012"
			if off {
				ctx, want = WithoutOwner(ctx), ""
			}
			if err := call(ctx); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			all := s.asked()
			h := all[len(all)-1].Header
			if got := h.Get("x-amz-expected-bucket-owner"); got != want {
				t.Errorf("%s, off %v: owner %q", name, off, got)
			}
			wantSource := ""
			if name == "CopyObject" {
				wantSource = want
			}
			if got := h.Get("x-amz-source-expected-bucket-owner"); got != wantSource {
				t.Errorf("%s, off %v: source owner %q", name, off, got)
			}
		}
	}
	presign, err := source.Presign(place)
	if err != nil {
		t.Fatal(err)
	}
	u, err := presign.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToLower(u.URL+fmt.Sprint(u.SignedHeader)), "expected-bucket-owner") {
		t.Errorf("a browser cannot send what %s wants", u.URL)
	}
}

func TestOwnerOfAPlace(t *testing.T) {
	role := "arn:aws:iam::123456789012:role/R"
	aws, custom := FromParts(Parts{Region: "eu-west-1"}), FromParts(Parts{Region: "eu-west-1", Endpoint: "http://127.0.0.1:1"})
	for _, c := range []struct {
		source *Source
		place  Place
		want   string
	}{
		{aws, Place{Access: "role", RoleARN: role}, "123456789012"},
		{aws, Place{Access: "caller", RoleARN: role}, "123456789012"},
		{custom, Place{Access: "role", RoleARN: role}, "123456789012"},
		{custom, Place{Access: "caller", RoleARN: role}, ""},
		{aws, Place{Access: "caller"}, ""},
		{aws, Place{RoleARN: "arn:aws:iam::12:role/R"}, ""},
		{aws, Place{RoleARN: "not an arn"}, ""},
	} {
		if got := c.source.Owner(c.place); got != c.want {
			t.Errorf("%+v: %q, want %q", c.place, got, c.want)
		}
	}
	if aws.CustomEndpoint() || !custom.CustomEndpoint() {
		t.Error("a custom endpoint is not told from AWS")
	}
}

// Without a bucket the SDK would send the first segment of a key as one.
func TestPlacesThatWouldGoAstray(t *testing.T) {
	s := FromParts(Parts{Region: "eu-west-1"})
	for _, p := range []Place{{Region: "eu-west-1"}, {Bucket: "b"}, {Bucket: "a/b", Region: "eu-west-1"}} {
		if _, err := s.S3(p); !errors.Is(err, ErrPlace) {
			t.Errorf("%+v: %v", p, err)
		}
		if _, err := s.Presign(p); !errors.Is(err, ErrPlace) {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestHowBucketsAreAddressed(t *testing.T) {
	custom := client(t, FromParts(Parts{Region: "eu-west-1", Endpoint: "http://127.0.0.1:1"}), callerPlace).Options()
	if !custom.UsePathStyle || custom.RequestChecksumCalculation != aws.RequestChecksumCalculationWhenRequired {
		t.Errorf("a custom endpoint: path style %v, checksums %v", custom.UsePathStyle, custom.RequestChecksumCalculation)
	}
	own := client(t, FromParts(Parts{Region: "eu-west-1"}), callerPlace).Options()
	if own.UsePathStyle || own.RequestChecksumCalculation == aws.RequestChecksumCalculationWhenRequired {
		t.Errorf("AWS: path style %v, checksums %v", own.UsePathStyle, own.RequestChecksumCalculation)
	}
}

// The log tells what happened and nothing that opens a door.
func TestDebugLog(t *testing.T) {
	const id = "md-external-id-123456"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case isSTS(r) && r.PostForm.Get("RoleSessionName") == "bad":
			w.WriteHeader(400)
			fmt.Fprintf(w, `<ErrorResponse><Error><Code>ValidationError</Code><Message>1 validation error detected: Value '%s' at 'externalId' failed; %s</Message></Error></ErrorResponse>`, id, id)
		case isSTS(r):
			assumedRole(w, time.Hour)
		default:
			w.WriteHeader(403)
			io.WriteString(w, `<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message><StringToSign>AWS4 string</StringToSign><SignatureProvided>deadbeefsignature</SignatureProvided></Error>`)
		}
	})
	var log bytes.Buffer
	source := s.source(t, func(p *Parts) { p.Debug = &log })
	ctx, trace := Observe(context.Background())
	place := Place{Access: "role", Region: "eu-west-1", Bucket: "b", RoleARN: "arn:aws:iam::123456789012:role/R", ExternalID: id}
	_, _ = client(t, source, place).ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String("b")})
	_, err := source.STS("").AssumeRole(WithSecret(ctx, id), &sts.AssumeRoleInput{
		RoleArn: aws.String(place.RoleARN), RoleSessionName: aws.String("bad"), ExternalId: aws.String(id),
	})
	seen := log.String() + fmt.Sprintf("%+v", trace.Exchanges()) + fmt.Sprintf("%+v", EvidenceOf(err, ""))
	for _, secret := range []string{testSecret, "sessionsecretvalue", "sessiontokenvalue", "deadbeefsignature", id, "Signature="} {
		if strings.Contains(seen, secret) {
			t.Errorf("%q is seen in %s", secret, seen)
		}
	}
	for _, told := range []string{"sts:AssumeRole", "s3:ListObjectsV2", "SignatureDoesNotMatch", "status=403"} {
		if !strings.Contains(log.String(), told) {
			t.Errorf("the log does not tell %q: %s", told, log.String())
		}
	}
}

func TestRedaction(t *testing.T) {
	for in, secret := range map[string]string{
		`Get "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA&X-Amz-Signature=abc&x=1": EOF`: "abc",
		`https://b.s3.amazonaws.com/k?X-Amz-Security-Token=tok%2Fen`:                            "tok",
		`https://user:pass@host/`:              "pass",
		`Value 'my-id' at 'externalId' failed`: "my-id",
	} {
		out := redactText(in)
		if strings.HasPrefix(in, "https") {
			out = RedactURL(in)
		}
		if strings.Contains(out, secret) {
			t.Errorf("%s: %s", in, out)
		}
	}
	if got := RedactURL("https://h/p?list-type=2&prefix=media%2F"); got != "https://h/p?list-type=2&prefix=media%2F" {
		t.Errorf("an innocent URL became %s", got)
	}
}

func TestDeliveryIsAStranger(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "c", Value: "1"})
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "/b", http.StatusMovedPermanently)
		}
	})
	source := s.source(t)
	for range 2 {
		resp, err := source.Delivery().Get(s.URL + "/a")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != 301 {
			t.Errorf("status %d: the redirect was followed", resp.StatusCode)
		}
	}
	for _, r := range s.asked() {
		if r.URL.Path == "/b" || r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "" || r.Header.Get("Accept-Encoding") != "" {
			t.Errorf("%s %v", r.URL, r.Header)
		}
	}
}

func TestUserAgentNamesTheProgram(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404) })
	_, _ = client(t, s.source(t), callerPlace).HeadBucket(context.Background(), &s3.HeadBucketInput{Bucket: aws.String("b")})
	if ua := s.asked()[0].UserAgent(); !strings.Contains(ua, "app/mediadock") {
		t.Errorf("user agent %q", ua)
	}
}

// A redirect tells where the bucket is. S3 sends it without a Location, and
// with one it must not be followed: the signature is for this host.
func TestRedirectsAreEvidence(t *testing.T) {
	for _, location := range []string{"", "/elsewhere"} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				t.Error("the redirect was followed")
			}
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.Header().Set("X-Amz-Bucket-Region", "us-west-2")
			w.WriteHeader(307)
			io.WriteString(w, `<Error><Code>TemporaryRedirect</Code><Message>m</Message></Error>`)
		})
		_, err := client(t, s.source(t), callerPlace).GetObject(context.Background(), &s3.GetObjectInput{Bucket: aws.String("b"), Key: aws.String("k")})
		if ev := EvidenceOf(err, ""); ev.HTTPStatus != 307 || ev.BucketRegion != "us-west-2" || ev.Code != "TemporaryRedirect" {
			t.Errorf("%q: %+v", location, ev)
		}
	}
}
