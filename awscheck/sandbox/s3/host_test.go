package s3_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

func TestParseHost(t *testing.T) {
	for host, want := range map[string]s3.Endpoint{
		"b.s3.ap-northeast-1.amazonaws.com":      {Bucket: "b", Region: "ap-northeast-1"},
		"B.S3.AP-Northeast-1.amazonaws.com:443":  {Bucket: "b", Region: "ap-northeast-1"},
		"my.dotted.b.s3.us-west-2.amazonaws.com": {Bucket: "my.dotted.b", Region: "us-west-2"},
		"s3.us-west-2.amazonaws.com":             {Region: "us-west-2"},
		"s3.amazonaws.com":                       {},
		"b.s3.amazonaws.com":                     {Bucket: "b"},
		"b.s3-us-west-2.amazonaws.com":           {Bucket: "b", Region: "us-west-2"},
		"b.s3.dualstack.eu-west-1.amazonaws.com": {Bucket: "b", Region: "eu-west-1"},
		"b.s3-fips.us-east-1.amazonaws.com":      {Bucket: "b", Region: "us-east-1"},
		"b.s3-accelerate.amazonaws.com":          {Bucket: "b"},
		"b.s3.cn-north-1.amazonaws.com.cn":       {Bucket: "b", Region: "cn-north-1"},
		"b.s3.eusc-de-east-1.amazonaws.eu":       {Bucket: "b", Region: "eusc-de-east-1"},
		"s3.b.s3.us-east-1.amazonaws.com":        {Bucket: "s3.b", Region: "us-east-1"},
	} {
		if got, ok := s3.ParseHost(host); !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", host, got, ok, want)
		}
	}
	for _, host := range []string{
		"127.0.0.1:9000", "localhost", "media.example.com", "b.s3.tokyo.amazonaws.com", "s3.cn-north-1.amazonaws.com",
		"b.s3.us-east-1.amazonaws.com.example.com", "sts.us-east-1.amazonaws.com", "xs3.amazonaws.com", "b.s3-website-us-east-1.amazonaws.com", "",
	} {
		if got, ok := s3.ParseHost(host); ok {
			t.Errorf("%s: %+v", host, got)
		}
	}
	if got := s3.CertificateNames("a.b.s3.us-west-2.amazonaws.com:443"); !slices.Equal(got, []string{"*.s3.us-west-2.amazonaws.com", "s3.us-west-2.amazonaws.com"}) {
		t.Errorf("certificate for %v", got)
	}
}

func TestVirtualHost(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("media/a b.txt", "hi"), func(b *bucketT) { openTo(t, b, "s3:GetObject") }))
	at := func(host, path string) answer {
		req := httptest.NewRequest("GET", "http://"+host+path, nil)
		return r.send(anonymous, req)
	}
	at("b-one.s3.ap-northeast-1.amazonaws.com", "/media/a%20b.txt").want(200, "").contains("hi")
	at("b-one.s3.ap-northeast-1.amazonaws.com", "/media/a+b.txt").want(200, "")
	at("s3.ap-northeast-1.amazonaws.com", "/b-one/media/a%20b.txt").want(200, "")
	at("b-one.s3.amazonaws.com", "/media/a%20b.txt").want(200, "")
	at("b-one.s3.ap-northeast-1.amazonaws.com", "/").want(403, "AccessDenied")
	at("b-two.s3.ap-northeast-1.amazonaws.com", "/x").want(404, "NoSuchBucket").contains("<BucketName>b-two</BucketName>")
	moved := at("b-one.s3.us-west-2.amazonaws.com", "/media/a%20b.txt").want(301, "PermanentRedirect").
		contains("<Endpoint>b-one.s3.ap-northeast-1.amazonaws.com</Endpoint>").contains("<Bucket>b-one</Bucket>").has("X-Amz-Bucket-Region", "ap-northeast-1")
	if !strings.Contains(moved.body, "must be addressed using the specified endpoint") {
		t.Error(moved.body)
	}
	head := httptest.NewRequest("HEAD", "http://b-one.s3.us-west-2.amazonaws.com/", nil)
	r.send(admin(t), head).want(301, "").has("X-Amz-Bucket-Region", "ap-northeast-1")
}

func TestOperationNames(t *testing.T) {
	for target, want := range map[string]string{
		"GET /": "ListBuckets", "GET /b": "ListObjects", "GET /b?list-type=2": "ListObjectsV2", "GET /b/?location": "GetBucketLocation",
		"HEAD /b": "HeadBucket", "HEAD /b/k": "HeadObject", "GET /b/k": "GetObject", "PUT /b/k": "PutObject", "DELETE /b/k": "DeleteObject",
		"POST /b?delete": "DeleteObjects", "POST /b/k?uploads": "CreateMultipartUpload", "PUT /b/k?partNumber=1&uploadId=u": "UploadPart",
		"POST /b/k?uploadId=u": "CompleteMultipartUpload", "DELETE /b/k?uploadId=u": "AbortMultipartUpload", "GET /b/k?uploadId=u": "ListParts",
		"GET /b?versions": "ListObjectVersions", "PATCH /b": "", "POST /b/k": "", "POST /": "", "GET /b/k?x-id=GetObject": "GetObject",
	} {
		method, path, _ := strings.Cut(target, " ")
		if got := s3.Operation(httptest.NewRequest(method, "http://127.0.0.1"+path, nil)); got != want {
			t.Errorf("%s is %q, want %q", target, got, want)
		}
	}
	req := httptest.NewRequest("PUT", "http://b.s3.us-east-1.amazonaws.com/k", nil)
	req.Header.Set("X-Amz-Copy-Source", "b/other")
	if got := s3.Operation(req); got != "CopyObject" {
		t.Errorf("a copy is %q", got)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	r.do(admin(t), "PATCH", "/b-one", "").want(405, "MethodNotAllowed").contains("<Method>PATCH</Method><ResourceType>BUCKET</ResourceType>")
	r.do(admin(t), "POST", "/b-one/k", "").want(405, "MethodNotAllowed").contains("<ResourceType>OBJECT</ResourceType>")
	r.do(admin(t), "POST", "/b-one/k?select", "").want(501, "NotImplemented")
	r.do(admin(t), "GET", "/none?list-type=2", "").want(404, "NoSuchBucket").contains("<Message>The specified bucket does not exist</Message><BucketName>none</BucketName>")
	r.do(admin(t), "HEAD", "/none", "").want(404, "")
	r.do(admin(t), "GET", "/My_B..x/k", "").want(400, "InvalidBucketName")
}
