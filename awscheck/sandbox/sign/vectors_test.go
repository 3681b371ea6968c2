package sign

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// The keys of AWS's documentation: the first of "Signature Version 4 test
// suite", the second of "Authenticating Requests (AWS Signature Version 4)".
const (
	suiteID     = "AKIDEXAMPLE"
	suiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
	docsID      = "AKIAIOSFODNN7EXAMPLE"
	docsSecret  = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
)

var known = access.Caller{Principal: policy.Principal{Kind: policy.User, ARN: "arn:aws:iam::123456789012:user/u"}}

func keys(id, token string) (Key, Standing) {
	switch {
	case id == suiteID:
		return Key{Secret: suiteSecret, Caller: known}, Known
	case id == docsID && token != "":
		return Key{}, InvalidToken
	case id == docsID:
		return Key{Secret: docsSecret, Caller: known}, Known
	case id == "ASIATEMPORARY" && token == "good":
		return Key{Secret: docsSecret, Caller: known, Expires: docsTime.Add(time.Hour)}, Known
	case id == "ASIATEMPORARY" && token != "":
		return Key{}, InvalidToken
	}
	return Key{}, Unknown
}

var (
	suiteTime = time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)
	docsTime  = time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC)
)

func verifierAt(t time.Time) Verifier {
	return Verifier{Keys: keys, Now: func() time.Time { return t }}
}

// request builds a request as it arrives at a server; headers are
// "Name: value".
func request(method, target, host, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = host
	r.ContentLength = int64(len(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Add(name, value)
	}
	return r
}

func suiteAuth(signed, signature string) string {
	return "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=" + signed + ", Signature=" + signature
}

func docsAuth(signed, signature string) string {
	return "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=" + signed + ",Signature=" + signature
}

func TestTestSuite(t *testing.T) {
	const date = "X-Amz-Date: 20150830T123600Z"
	for name, r := range map[string]*http.Request{
		"get-vanilla": request("GET", "/", "example.amazonaws.com", "", date,
			suiteAuth("host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")),
		"get-vanilla-query-order-key-case": request("GET", "/?Param2=value2&Param1=value1", "example.amazonaws.com", "", date,
			suiteAuth("host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")),
		"post-vanilla": request("POST", "/", "example.amazonaws.com", "", date,
			suiteAuth("host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")),
		"post-x-www-form-urlencoded": request("POST", "/", "example.amazonaws.com", "Param1=value1", date,
			"Content-Type: application/x-www-form-urlencoded",
			suiteAuth("content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")),
	} {
		t.Run(name, func(t *testing.T) {
			caller, problem := verifierAt(suiteTime).Verify(r, Expect{Service: "service", Regions: []string{"us-east-1"}})
			if problem != nil {
				t.Fatal(problem)
			}
			if caller.Principal != known.Principal {
				t.Errorf("caller %+v", caller)
			}
		})
	}
}

// TestDocumentedRequests are the examples of the S3 API reference.
func TestDocumentedRequests(t *testing.T) {
	const (
		date  = "X-Amz-Date: 20130524T000000Z"
		empty = "X-Amz-Content-Sha256: " + emptyHash
		host  = "examplebucket.s3.amazonaws.com"
	)
	for name, r := range map[string]*http.Request{
		"GetObject": request("GET", "/test.txt", host, "", date, empty, "Range: bytes=0-9",
			docsAuth("host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")),
		"PutObject": request("PUT", "/test$file.text", host, "Welcome to Amazon S3.", date, "Date: Fri, 24 May 2013 00:00:00 GMT",
			"X-Amz-Storage-Class: REDUCED_REDUNDANCY", "X-Amz-Content-Sha256: 44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
			docsAuth("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")),
		"GetBucketLifecycle": request("GET", "/?lifecycle", host, "", date, empty,
			docsAuth("host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")),
		"ListObjects": request("GET", "/?max-keys=2&prefix=J", host, "", date, empty,
			docsAuth("host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")),
		"presigned": request("GET", "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"+
			"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"+
			"&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", host, ""),
	} {
		t.Run(name, func(t *testing.T) {
			if _, problem := verifierAt(docsTime).Verify(r, Expect{Service: "s3", Regions: []string{"us-east-1"}}); problem != nil {
				t.Fatal(problem)
			}
			if _, err := io.ReadAll(r.Body); err != nil {
				t.Error(err)
			}
		})
	}
}

// chunkedRequest is the example of "Signature calculations for the
// Authorization header: transferring payload in multiple chunks".
func chunkedRequest(change func(body string) string) *http.Request {
	a, b := strings.Repeat("a", 65536), strings.Repeat("a", 1024)
	body := "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" + a + "\r\n" +
		"400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" + b + "\r\n" +
		"0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n"
	if change != nil {
		body = change(body)
	}
	r := request("PUT", "/examplebucket/chunkObject.txt", "s3.amazonaws.com", body, "X-Amz-Date: 20130524T000000Z",
		"X-Amz-Storage-Class: REDUCED_REDUNDANCY", "X-Amz-Content-Sha256: "+streamingSigned, "Content-Encoding: aws-chunked",
		"X-Amz-Decoded-Content-Length: 66560", "Content-Length: 66824",
		docsAuth("content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
			"4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"))
	return r
}

func TestDocumentedChunks(t *testing.T) {
	r := chunkedRequest(nil)
	if _, problem := verifierAt(docsTime).Verify(r, Expect{Service: "s3"}); problem != nil {
		t.Fatal(problem)
	}
	if r.ContentLength != 66560 || r.Header.Get("Content-Encoding") != "" || r.Header.Get("Content-Length") != "66560" {
		t.Errorf("length %d, header %v", r.ContentLength, r.Header)
	}
	data, err := io.ReadAll(r.Body)
	if err != nil || string(data) != strings.Repeat("a", 66560) {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

// trailerRequest is the example of "... transferring payload in multiple
// chunks with trailing headers".
func trailerRequest(change func(body string) string) *http.Request {
	a, b := strings.Repeat("a", 65536), strings.Repeat("a", 1024)
	body := "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n" + a + "\r\n" +
		"400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n" + b + "\r\n" +
		"0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n" +
		"x-amz-checksum-crc32c:sOO8/Q==\r\n" +
		"x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n"
	if change != nil {
		body = change(body)
	}
	return request("PUT", "/examplebucket/chunkObject.txt", "s3.amazonaws.com", body, "X-Amz-Date: 20130524T000000Z",
		"X-Amz-Storage-Class: REDUCED_REDUNDANCY", "X-Amz-Content-Sha256: "+streamingSignedTrailer, "Content-Encoding: aws-chunked",
		"X-Amz-Decoded-Content-Length: 66560", "X-Amz-Trailer: x-amz-checksum-crc32c",
		docsAuth("content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
			"106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"))
}

func TestDocumentedTrailer(t *testing.T) {
	r := trailerRequest(nil)
	if _, problem := verifierAt(docsTime).Verify(r, Expect{Service: "s3"}); problem != nil {
		t.Fatal(problem)
	}
	data, err := io.ReadAll(r.Body)
	if err != nil || len(data) != 66560 {
		t.Fatalf("%d bytes, %v", len(data), err)
	}
	if got := r.Trailer.Get("X-Amz-Checksum-Crc32c"); got != "sOO8/Q==" {
		t.Errorf("trailer %v", r.Trailer)
	}
}

func TestTamperedChunks(t *testing.T) {
	swap := func(old, new string) func(string) string {
		return func(body string) string {
			if !strings.Contains(body, old) {
				panic("nothing to change: " + old)
			}
			return strings.Replace(body, old, new, 1)
		}
	}
	for name, tc := range map[string]struct {
		r    *http.Request
		code string
	}{
		"data":                {chunkedRequest(swap("aaaa", "aaab")), "SignatureDoesNotMatch"},
		"chunk signature":     {chunkedRequest(swap("0055", "0056")), "SignatureDoesNotMatch"},
		"no chunk signature":  {chunkedRequest(swap("400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", "400")), "InvalidRequest"},
		"last signature":      {chunkedRequest(swap("b6c6", "b6c7")), "SignatureDoesNotMatch"},
		"cut short":           {chunkedRequest(func(b string) string { return b[:65000] }), "IncompleteBody"},
		"no last chunk":       {chunkedRequest(func(b string) string { return b[:strings.Index(b, "0;chunk-signature=b6c6")] }), "IncompleteBody"},
		"chunk size":          {chunkedRequest(swap("10000;", "zz;")), "InvalidRequest"},
		"negative chunk size": {chunkedRequest(swap("10000;", "-1;")), "InvalidRequest"},
		"huge chunk size":     {chunkedRequest(swap("10000;", "7fffffffffffffff;")), "IncompleteBody"},
		"endless line":        {chunkedRequest(func(string) string { return strings.Repeat("0", 10000) }), "InvalidRequest"},
		"trailer value":       {trailerRequest(swap("sOO8", "sOO9")), "SignatureDoesNotMatch"},
		"trailer signature":   {trailerRequest(swap("d81f", "d81e")), "SignatureDoesNotMatch"},
		"unannounced trailer": {trailerRequest(swap("x-amz-checksum-crc32c:", "x-amz-checksum-sha1:")), "MalformedTrailerError"},
		"missing trailer":     {trailerRequest(swap("x-amz-checksum-crc32c:sOO8/Q==\r\n", "")), "MalformedTrailerError"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, problem := verifierAt(docsTime).Verify(tc.r, Expect{Service: "s3"}); problem != nil {
				t.Fatalf("refused before the body was read: %v", problem)
			}
			wantBodyProblem(t, tc.r, tc.code)
		})
	}
}

func wantBodyProblem(t *testing.T, r *http.Request, code string) {
	t.Helper()
	_, err := io.ReadAll(r.Body)
	problem, ok := err.(*awserr.Error) //nolint:errorlint // exactly this type is promised
	if !ok || problem.Code != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	if _, again := r.Body.Read(make([]byte, 1)); again != err {
		t.Errorf("the next Read says %v", again)
	}
}
