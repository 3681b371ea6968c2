package sign

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

var docsKeys = aws.Credentials{AccessKeyID: docsID, SecretAccessKey: docsSecret}

// signed is a request that the SDK's signer has signed, as it arrives.
func signed(t testing.TB, service, region string, at time.Time, creds aws.Credentials, method, target, body string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, "http://127.0.0.1:9000"+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Add(name, value)
	}
	sum := sha256.Sum256([]byte(body))
	hash := hex.EncodeToString(sum[:])
	if given := r.Header.Get("X-Amz-Content-Sha256"); given != "" {
		hash = given
	} else if service == "s3" {
		r.Header.Set("X-Amz-Content-Sha256", hash)
	}
	err = v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = service == "s3" }).
		SignHTTP(context.Background(), creds, r, hash, service, region, at)
	if err != nil {
		t.Fatal(err)
	}
	return arrive(r, body)
}

// arrive turns a client's request into a server's.
func arrive(r *http.Request, body string) *http.Request {
	in := httptest.NewRequest(r.Method, r.URL.RequestURI(), strings.NewReader(body))
	in.Host, in.Header, in.ContentLength = r.URL.Host, r.Header, int64(len(body))
	return in
}

func presigned(t testing.TB, service, region string, at time.Time, creds aws.Credentials, target, expires string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://127.0.0.1:9000"+target, nil)
	if err != nil {
		t.Fatal(err)
	}
	hash := emptyHash
	if service == "s3" {
		hash = unsignedPayload
	}
	if expires != "" {
		q := r.URL.Query()
		q.Set("X-Amz-Expires", expires)
		r.URL.RawQuery = q.Encode()
	}
	to, _, err := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = service == "s3" }).
		PresignHTTP(context.Background(), creds, r, hash, service, region, at)
	if err != nil {
		t.Fatal(err)
	}
	if r.URL, err = url.Parse(to); err != nil {
		t.Fatal(err)
	}
	return arrive(r, "")
}

const region = "ap-northeast-1"

func expectS3() Expect { return Expect{Service: "s3", Regions: []string{region}} }

func TestAccepts(t *testing.T) {
	at := docsTime
	session := aws.Credentials{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: docsSecret, SessionToken: "good"}
	for name, tc := range map[string]struct {
		r    *http.Request
		want Expect
	}{
		"plain key":         {signed(t, "s3", region, at, docsKeys, "GET", "/b/media/a.png", ""), expectS3()},
		"key with space":    {signed(t, "s3", region, at, docsKeys, "GET", "/b/media/a%20b.png", ""), expectS3()},
		"Japanese key":      {signed(t, "s3", region, at, docsKeys, "GET", "/b/media/%E6%97%A5%E6%9C%AC.png", ""), expectS3()},
		"odd characters":    {signed(t, "s3", region, at, docsKeys, "GET", "/b/media/a+b&c=d@e!f%27%28%29*;,$~%25.png", ""), expectS3()},
		"escaped plus":      {signed(t, "s3", region, at, docsKeys, "GET", "/b/a%2Bb", ""), expectS3()},
		"dots and slashes":  {signed(t, "s3", region, at, docsKeys, "GET", "/b/a/../b//c/./", ""), expectS3()},
		"query":             {signed(t, "s3", region, at, docsKeys, "GET", "/b?list-type=2&prefix=media%2F%E6%97%A5&delimiter=%2F&start-after=a%20b", ""), expectS3()},
		"query, no value":   {signed(t, "s3", region, at, docsKeys, "GET", "/b?location", ""), expectS3()},
		"body":              {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "hello"), expectS3()},
		"unsigned payload":  {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "hello", "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD"), expectS3()},
		"header with runs":  {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "x", "X-Amz-Meta-Note: a   b  c"), expectS3()},
		"14 minutes late":   {signed(t, "s3", region, at.Add(-14*time.Minute), docsKeys, "GET", "/b", ""), expectS3()},
		"session":           {signed(t, "s3", region, at, session, "GET", "/b", ""), expectS3()},
		"second region":     {signed(t, "s3", "us-east-1", at, docsKeys, "GET", "/b?location", ""), Expect{Service: "s3", Regions: []string{region, "us-east-1"}}},
		"any region":        {signed(t, "s3", "eu-west-3", at, docsKeys, "GET", "/", ""), Expect{Service: "s3"}},
		"sts form":          {signed(t, "sts", region, at, docsKeys, "POST", "/", "Action=GetCallerIdentity&Version=2011-06-15"), Expect{Service: "sts"}},
		"sts session":       {signed(t, "sts", region, at, session, "POST", "/", "Action=GetCallerIdentity"), Expect{Service: "sts"}},
		"other, odd path":   {signed(t, "service", region, at, docsKeys, "GET", "/a%20b/%E6%97%A5/c+d", ""), Expect{Service: "service"}},
		"presigned":         {presigned(t, "s3", region, at, docsKeys, "/b/media/a%20b+c.png?response-content-type=image%2Fpng", "60"), expectS3()},
		"presigned, late":   {presigned(t, "s3", region, at.Add(-time.Hour), docsKeys, "/b/k", "3600"), expectS3()},
		"presigned session": {presigned(t, "s3", region, at, session, "/b/k", "900"), expectS3()},
		"presigned sts":     {presigned(t, "sts", region, at, docsKeys, "/?Action=GetCallerIdentity&Version=2011-06-15", ""), Expect{Service: "sts"}},
	} {
		t.Run(name, func(t *testing.T) {
			caller, problem := verifierAt(at).Verify(tc.r, tc.want)
			if problem != nil {
				t.Fatalf("%v %v", problem, problem.Extra)
			}
			if caller.Principal != known.Principal {
				t.Errorf("caller %+v", caller)
			}
			if _, err := io.ReadAll(tc.r.Body); err != nil {
				t.Errorf("body: %v", err)
			}
		})
	}
}

// TestAcceptsBothPathForms: some clients sign the path as they send it, others
// as S3 documents it. A sub-delimiter shows the difference.
func TestAcceptsBothPathForms(t *testing.T) {
	wire := signed(t, "s3", region, docsTime, docsKeys, "GET", "/b/%E6%97%A5!", "") // the SDK signs what it sends
	if got := canonicalURIs(wire, "s3"); len(got) != 2 || got[0] != "/b/%E6%97%A5%21" || got[1] != "/b/%E6%97%A5!" {
		t.Fatalf("forms %q", got)
	}
	standard := signed(t, "s3", region, docsTime, docsKeys, "GET", "/b/%E6%97%A5%21", "")
	standard.URL.RawPath, standard.URL.Path = "/b/%E6%97%A5!", "/b/日!"
	for name, r := range map[string]*http.Request{"wire": wire, "standard": standard} {
		if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
			t.Errorf("%s: %v", name, problem)
		}
	}
}

func TestRefuses(t *testing.T) {
	at := docsTime
	unknownKey := aws.Credentials{AccessKeyID: "AKIANOSUCHKEY", SecretAccessKey: "x"}
	wrongSecret := aws.Credentials{AccessKeyID: docsID, SecretAccessKey: "wrong"}
	bogus := aws.Credentials{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: docsSecret, SessionToken: "bogus"}
	noToken := aws.Credentials{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: docsSecret}
	session := aws.Credentials{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: docsSecret, SessionToken: "good"}
	get := func(creds aws.Credentials, when time.Time, headers ...string) *http.Request {
		return signed(t, "s3", region, when, creds, "GET", "/b/k", "", headers...)
	}
	form := func(creds aws.Credentials, when time.Time) *http.Request {
		return signed(t, "sts", region, when, creds, "POST", "/", "Action=GetCallerIdentity")
	}
	change := func(r *http.Request, f func(*http.Request)) *http.Request { f(r); return r }
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	sts := Expect{Service: "sts"}
	for name, tc := range map[string]struct {
		r       *http.Request
		want    Expect
		now     time.Time
		status  int
		code    string
		message string
		extra   string // "Name=Value" of one element
	}{
		"unknown key": {get(unknownKey, at), expectS3(), at, 403, "InvalidAccessKeyId",
			"The AWS Access Key Id you provided does not exist in our records.", "AWSAccessKeyId=AKIANOSUCHKEY"},
		"unknown key, sts": {form(unknownKey, at), sts, at, 403, "InvalidClientTokenId", "The security token included in the request is invalid.", ""},
		"wrong secret": {get(wrongSecret, at), expectS3(), at, 403, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you provided. Check your key and signing method.", "AWSAccessKeyId=" + docsID},
		"wrong secret, sts": {form(wrongSecret, at), sts, at, 403, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.", ""},
		"wrong region": {signed(t, "s3", "us-east-1", at, docsKeys, "GET", "/b", ""), expectS3(), at, 400, "AuthorizationHeaderMalformed",
			"The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'ap-northeast-1'", "Region=ap-northeast-1"},
		"wrong region, presigned": {presigned(t, "s3", "us-east-1", at, docsKeys, "/b/k", "60"), expectS3(), at, 400, "AuthorizationQueryParametersError",
			"Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'ap-northeast-1'", "Region=ap-northeast-1"},
		"wrong service": {signed(t, "sts", region, at, docsKeys, "GET", "/b", ""), expectS3(), at, 400, "AuthorizationHeaderMalformed",
			`The authorization header is malformed; incorrect service "sts". This endpoint belongs to "s3".`, ""},
		"wrong service, sts": {signed(t, "iam", region, at, docsKeys, "POST", "/", ""), sts, at, 403, "SignatureDoesNotMatch",
			"Credential should be scoped to correct service: 'sts'.", ""},
		"slow clock": {get(docsKeys, at), expectS3(), at.Add(16 * time.Minute), 403, "RequestTimeTooSkewed",
			"The difference between the request time and the current time is too large.", "ServerTime=2013-05-24T00:16:00Z"},
		"fast clock": {get(docsKeys, at.Add(time.Hour)), expectS3(), at, 403, "RequestTimeTooSkewed", "", "RequestTime=20130524T010000Z"},
		"slow clock, sts": {form(docsKeys, at), sts, at.Add(time.Hour), 403, "SignatureDoesNotMatch",
			"Signature expired: 20130524T000000Z is now earlier than 20130524T004500Z (20130524T010000Z - 15 min.)", ""},
		"fast clock, sts": {form(docsKeys, at.Add(time.Hour)), sts, at, 403, "SignatureDoesNotMatch",
			"Signature not yet current: 20130524T010000Z is still later than 20130524T001500Z (20130524T000000Z + 15 min.)", ""},
		"bogus token":        {get(bogus, at), expectS3(), at, 400, "InvalidToken", "The provided token is malformed or otherwise invalid.", "Token-0=bogus"},
		"bogus token, sts":   {form(bogus, at), sts, at, 403, "InvalidClientTokenId", "", ""},
		"token left out":     {get(noToken, at), expectS3(), at, 403, "InvalidAccessKeyId", "", ""},
		"expired token":      {get(session, at.Add(time.Hour)), expectS3(), at.Add(time.Hour), 400, "ExpiredToken", "The provided token has expired.", "Token-0=good"},
		"expired token, sts": {form(session, at.Add(time.Hour)), sts, at.Add(time.Hour), 403, "ExpiredToken", "The security token included in the request is expired", ""},
		"presigned, expired": {presigned(t, "s3", region, at, docsKeys, "/b/k", "60"), expectS3(), at.Add(61 * time.Second), 403, "AccessDenied",
			"Request has expired", "Expires=2013-05-24T00:01:00Z"},
		"presigned, too long": {presigned(t, "s3", region, at, docsKeys, "/b/k", "604801"), expectS3(), at, 400, "AuthorizationQueryParametersError", "", ""},
		"presigned, no number": {presigned(t, "s3", region, at, docsKeys, "/b/k", "soon"), expectS3(), at, 400, "AuthorizationQueryParametersError",
			"X-Amz-Expires should be a number", ""},
		"presigned, negative": {presigned(t, "s3", region, at, docsKeys, "/b/k", "-1"), expectS3(), at, 400, "AuthorizationQueryParametersError",
			"X-Amz-Expires must be non-negative", ""},
		"presigned, no expiry": {presigned(t, "s3", region, at, docsKeys, "/b/k", ""), expectS3(), at, 400, "AuthorizationQueryParametersError", "", ""},
		"presigned, other key": {change(presigned(t, "s3", region, at, docsKeys, "/b/k", "60"), func(r *http.Request) { r.URL.Path = "/b/other" }),
			expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"presigned, longer": {change(presigned(t, "s3", region, at, docsKeys, "/b/k", "60"), func(r *http.Request) {
			r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "Expires=60", "Expires=6000", 1)
		}), expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"no payload hash": {change(get(docsKeys, at), func(r *http.Request) { r.Header.Del("X-Amz-Content-Sha256") }), expectS3(), at, 400, "InvalidRequest",
			"Missing required header for this request: x-amz-content-sha256", ""},
		"nonsense payload hash": {change(get(docsKeys, at), header("X-Amz-Content-Sha256", "nonsense")), expectS3(), at, 400, "InvalidArgument", "", "ArgumentValue=nonsense"},
		"no date":               {change(get(docsKeys, at), func(r *http.Request) { r.Header.Del("X-Amz-Date") }), expectS3(), at, 403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", ""},
		"other day in scope":    {change(get(docsKeys, at), header("X-Amz-Date", "20130525T000000Z")), expectS3(), at, 400, "AuthorizationHeaderMalformed", "", ""},
		"header added": {change(get(docsKeys, at), header("X-Amz-Meta-Added", "x")), expectS3(), at, 403, "AccessDenied",
			"There were headers present in the request which were not signed", "HeadersNotSigned=x-amz-meta-added"},
		"header changed":   {change(get(docsKeys, at, "X-Amz-Meta-Note: a"), header("X-Amz-Meta-Note", "b")), expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"method changed":   {change(get(docsKeys, at), func(r *http.Request) { r.Method = "DELETE" }), expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"host changed":     {change(get(docsKeys, at), func(r *http.Request) { r.Host = "127.0.0.1:9001" }), expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"query changed":    {change(get(docsKeys, at), func(r *http.Request) { r.URL.RawQuery = "acl" }), expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"form changed":     {change(form(docsKeys, at), func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("Action=AssumeRole")) }), sts, at, 403, "SignatureDoesNotMatch", "", ""},
		"signature no hex": {change(get(docsKeys, at), func(r *http.Request) { r.Header.Set("Authorization", r.Header.Get("Authorization")+"zz") }), expectS3(), at, 403, "SignatureDoesNotMatch", "", ""},
		"half a header":    {change(get(docsKeys, at), header("Authorization", "AWS4-HMAC-SHA256 Credential=x")), expectS3(), at, 400, "AuthorizationHeaderMalformed", "", ""},
		"half a header, sts": {change(form(docsKeys, at), header("Authorization", "AWS4-HMAC-SHA256 Credential=x")), sts, at, 400, "IncompleteSignature",
			"Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.", ""},
		"malformed credential": {change(get(docsKeys, at), header("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00")), expectS3(), at, 400, "AuthorizationHeaderMalformed", "", ""},
		"version 2": {change(get(docsKeys, at), header("Authorization", "AWS AKIA:sig")), expectS3(), at, 400, "InvalidRequest",
			"The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.", ""},
		"version 2, query": {request("GET", "/b/k?AWSAccessKeyId=A&Expires=1&Signature=x", "h", ""), expectS3(), at, 400, "InvalidRequest", "", ""},
		"twice":            {change(presigned(t, "s3", region, at, docsKeys, "/b/k", "60"), header("Authorization", "AWS4-HMAC-SHA256 x")), expectS3(), at, 400, "InvalidArgument", "", ""},
		"unsigned, sts":    {request("POST", "/", "h", "Action=GetCallerIdentity"), sts, at, 403, "MissingAuthenticationToken", "Request is missing Authentication Token", ""},
		"large form":       {change(form(docsKeys, at), func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", maxQueryBody+1))) }), sts, at, 413, "RequestEntityTooLarge", "", ""},
		"host not signed": {change(get(docsKeys, at), func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "SignedHeaders=host;", "SignedHeaders=", 1))
		}), expectS3(), at, 403, "AccessDenied", "", "HeadersNotSigned=host"},
		"no length":                 {change(request("PUT", "/b/k", "h", "x"), func(r *http.Request) { r.ContentLength = -1 }), expectS3(), at, 411, "MissingContentLength", "", ""},
		"streaming, no length":      {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "x", "X-Amz-Content-Sha256: "+streamingTrailer), expectS3(), at, 411, "MissingContentLength", "You must provide the Content-Length HTTP header.", ""},
		"anonymous, signed chunks":  {request("PUT", "/b/k", "h", "x", "X-Amz-Content-Sha256: "+streamingSigned), expectS3(), at, 403, "AccessDenied", "Access Denied", ""},
		"MD5 of the wrong length":   {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "x", "Content-Md5: AAAA"), expectS3(), at, 400, "InvalidDigest", "", ""},
		"checksum of wrong length":  {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "x", "X-Amz-Checksum-Crc32: AAAA"), expectS3(), at, 400, "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid.", ""},
		"checksum of an empty body": {signed(t, "s3", region, at, docsKeys, "PUT", "/b/k", "", "X-Amz-Checksum-Crc32: AAAAAQ=="), expectS3(), at, 400, "BadDigest", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, problem := verifierAt(tc.now).Verify(tc.r, tc.want)
			wantProblem(t, problem, tc.status, tc.code, tc.message, tc.extra)
		})
	}
}

func wantProblem(t *testing.T, p *awserr.Error, status int, code, message, extra string) {
	t.Helper()
	if p == nil {
		t.Fatalf("accepted, want %s", code)
	}
	if p.Status != status || p.Code != code || message != "" && p.Message != message {
		t.Errorf("got %d %s: %s\nwant %d %s: %s", p.Status, p.Code, p.Message, status, code, message)
	}
	if extra == "" {
		return
	}
	for _, x := range p.Extra {
		if x.Name+"="+x.Value == extra {
			return
		}
	}
	t.Errorf("elements %v, want %s", p.Extra, extra)
}

func TestAnonymous(t *testing.T) {
	r := request("GET", "/b/k", "h", "")
	caller, problem := verifierAt(docsTime).Verify(r, expectS3())
	if problem != nil || caller.Principal.ARN != "" || caller.AccessKeyID != "" {
		t.Errorf("%+v, %v", caller, problem)
	}
}

func TestService(t *testing.T) {
	for _, tc := range []struct {
		r    *http.Request
		want string
		ok   bool
	}{
		{signed(t, "iam", "us-east-1", docsTime, docsKeys, "POST", "/", ""), "iam", true},
		{presigned(t, "sts", region, docsTime, docsKeys, "/?Action=GetCallerIdentity", ""), "sts", true},
		{request("GET", "/", "h", ""), "", false},
		{request("GET", "/", "h", "", "Authorization: Bearer x"), "", false},
		{request("GET", "/", "h", "", "Authorization: AWS4-HMAC-SHA256 Credential=a/20130524/r/s3"), "", false},
	} {
		if got, ok := Service(tc.r); got != tc.want || ok != tc.ok {
			t.Errorf("%s %v: got %q, %v", tc.r.URL, tc.r.Header, got, ok)
		}
	}
}

// FuzzVerify: whatever arrives, nothing panics and nothing unsigned by a known
// key gets a caller.
func FuzzVerify(f *testing.F) {
	f.Add("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00", "X-Amz-Expires=1", streamingTrailer, "5\r\nhello\r\n0\r\n\r\n")
	f.Add("", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=%zz", "UNSIGNED-PAYLOAD", "")
	f.Fuzz(func(t *testing.T, auth, rawQuery, contentHash, body string) {
		r := request("PUT", "/b/k", "h", body)
		r.URL.RawQuery = rawQuery
		r.Header.Set("Authorization", auth)
		r.Header.Set("X-Amz-Content-Sha256", contentHash)
		r.Header.Set("X-Amz-Decoded-Content-Length", "5")
		r.Header.Set("X-Amz-Date", "20150830T123600Z")
		caller, problem := verifierAt(suiteTime).Verify(r, Expect{Service: "s3"})
		if problem == nil {
			_, _ = io.Copy(io.Discard, r.Body)
		}
		if caller.Principal == known.Principal {
			t.Fatal("signed by nobody, accepted as somebody")
		}
	})
}
