package s3_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	client "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// sdk starts a whole sandbox and returns AWS's own client for it. The account
// has admin, who may do everything, and reader, who may read and nothing else.
func sdk(t *testing.T, caller string, buckets ...account.Bucket) *client.Client {
	t.Helper()
	all, reading := allowing(t, "*", "*"), allowing(t, "*", "s3:GetObject")
	sb, err := sandbox.Start(t.Context(), sandbox.Options{Account: account.Account{
		ID: home, Buckets: buckets,
		Callers: []account.Caller{
			{Name: "admin", AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Account: home, Policy: &all},
			{Name: "reader", AccessKeyID: "AKIAI44QH8DHBEXAMPLE", SecretAccessKey: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY", Account: home, Policy: &reading},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	c := sb.Caller(caller)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return client.New(client.Options{
		BaseEndpoint: aws.String(sb.Endpoint()), Region: sb.Region(), UsePathStyle: true,
		HTTPClient:                 &http.Client{Transport: connect.HearRefusals(transport)},
		Credentials:                credentials.NewStaticCredentialsProvider(c.AccessKeyID, c.SecretAccessKey, ""),
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenSupported,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenSupported,
	})
}

// code is the error code of an answer.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return fmt.Sprint(err)
}

func TestClientObjects(t *testing.T) {
	ctx := t.Context()
	c := sdk(t, "admin", bucketNamed("b-one"))
	b := aws.String("b-one")
	// Keys and values that need every kind of encoding.
	for _, key := range []string{"media/a b+c&d=e?f#g%h.png", "media/日本語/夏の海 ☀.jpg", "media//double/./dot/../up", "media/~!$'()*,;:@", "media/\"<>\\^`{|}"} {
		put, err := c.PutObject(ctx, &client.PutObjectInput{
			Bucket: b, Key: aws.String(key), Body: strings.NewReader("hello"), ContentType: aws.String("image/png"),
			Metadata: map[string]string{"microcms-service": "SERVICE#1", "upload-source": "microcms"}, IfNoneMatch: aws.String("*"),
		})
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		got, err := c.GetObject(ctx, &client.GetObjectInput{Bucket: b, Key: aws.String(key), ChecksumMode: types.ChecksumModeEnabled})
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		data, err := io.ReadAll(got.Body) // validates the checksum
		if err != nil || string(data) != "hello" || got.Metadata["microcms-service"] != "SERVICE#1" || *got.ETag != *put.ETag || got.ChecksumCRC32 == nil {
			t.Errorf("%s: %q %v %v", key, data, got.Metadata, err)
		}
		to := key + ".copy"
		if _, err := c.CopyObject(ctx, &client.CopyObjectInput{Bucket: b, Key: aws.String(to), CopySource: aws.String("b-one/" + escaped(key)), IfNoneMatch: aws.String("*")}); err != nil {
			t.Errorf("copying %s: %v", key, err)
		}
		if _, err := c.HeadObject(ctx, &client.HeadObjectInput{Bucket: b, Key: aws.String(to)}); err != nil {
			t.Errorf("the copy of %s: %v", key, err)
		}
	}
	out, err := c.ListObjectsV2(ctx, &client.ListObjectsV2Input{Bucket: b, Prefix: aws.String("media/日本語/")})
	if err != nil || len(out.Contents) != 2 || *out.Contents[0].Key != "media/日本語/夏の海 ☀.jpg" {
		t.Errorf("listed %v %v", out, err)
	}
}

// escaped percent-encodes a key as a copy source needs it.
func escaped(key string) string {
	var b strings.Builder
	for i := range len(key) {
		if c := key[i]; c == '/' || c >= 'a' && c <= 'z' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func TestClientErrors(t *testing.T) {
	ctx := t.Context()
	c := sdk(t, "admin", bucketNamed("b-one", object("k", "x")))
	b := aws.String("b-one")
	_, err := c.GetObject(ctx, &client.GetObjectInput{Bucket: b, Key: aws.String("none")})
	var noKey *types.NoSuchKey
	if !errors.As(err, &noKey) {
		t.Errorf("GetObject: %v", err)
	}
	_, err = c.HeadObject(ctx, &client.HeadObjectInput{Bucket: b, Key: aws.String("none")})
	var notFound *types.NotFound
	if !errors.As(err, &notFound) {
		t.Errorf("HeadObject: %v", err)
	}
	_, err = c.ListObjectsV2(ctx, &client.ListObjectsV2Input{Bucket: aws.String("no-such-bucket")})
	var noBucket *types.NoSuchBucket
	if !errors.As(err, &noBucket) {
		t.Errorf("ListObjectsV2: %v", err)
	}
	_, err = c.PutObject(ctx, &client.PutObjectInput{Bucket: b, Key: aws.String("k"), Body: strings.NewReader("y"), IfNoneMatch: aws.String("*")})
	if code(err) != "PreconditionFailed" {
		t.Errorf("PutObject: %v", err)
	}
	// 5 MiB refused before it is read: the answer arrives all the same.
	_, err = c.PutObject(ctx, &client.PutObjectInput{Bucket: b, Key: aws.String("k"), Body: bytes.NewReader(make([]byte, 5<<20)), IfNoneMatch: aws.String("*")})
	if code(err) != "PreconditionFailed" {
		t.Errorf("PutObject of 5 MiB: %v", err)
	}
	_, err = c.HeadBucket(ctx, &client.HeadBucketInput{Bucket: b, ExpectedBucketOwner: aws.String(foreign)})
	var response *awshttp.ResponseError
	if code(err) != "Forbidden" || !errors.As(err, &response) || response.Response.Header.Get("X-Amz-Bucket-Region") != "ap-northeast-1" {
		t.Errorf("HeadBucket: %v", err)
	}
	_, err = c.CopyObject(ctx, &client.CopyObjectInput{Bucket: b, Key: aws.String("k"), CopySource: aws.String("b-one/k")})
	if code(err) != "InvalidRequest" {
		t.Errorf("CopyObject: %v", err)
	}
	_, err = c.GetObjectTorrent(ctx, &client.GetObjectTorrentInput{Bucket: b, Key: aws.String("k")})
	if code(err) != "NotImplemented" {
		t.Errorf("GetObjectTorrent: %v", err)
	}
}

func TestClientRefusals(t *testing.T) {
	ctx := t.Context()
	c := sdk(t, "reader", bucketNamed("b-one", object("k", "x")))
	b := aws.String("b-one")
	_, err := c.PutObject(ctx, &client.PutObjectInput{Bucket: b, Key: aws.String("日本 k"), Body: strings.NewReader("x")})
	want := `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b-one/日本 k" because no identity-based policy allows the s3:PutObject action`
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() != "AccessDenied" || api.ErrorMessage() != want {
		t.Errorf("got %v", err)
	}
	out, err := c.DeleteObjects(ctx, &client.DeleteObjectsInput{Bucket: b, Delete: &types.Delete{Objects: []types.ObjectIdentifier{{Key: aws.String("k")}}}})
	if err != nil || len(out.Errors) != 1 || *out.Errors[0].Code != "AccessDenied" {
		t.Errorf("DeleteObjects: %+v %v", out, err)
	}
	if _, err := c.HeadObject(ctx, &client.HeadObjectInput{Bucket: b, Key: aws.String("none")}); code(err) != "Forbidden" {
		t.Errorf("HeadObject: %v", err)
	}
}

func TestClientMultipart(t *testing.T) {
	ctx := t.Context()
	c := sdk(t, "admin", bucketNamed("b-one"))
	b, k := aws.String("b-one"), aws.String("big file.bin")
	u, err := c.CreateMultipartUpload(ctx, &client.CreateMultipartUploadInput{Bucket: b, Key: k, ContentType: aws.String("video/mp4"), ChecksumAlgorithm: types.ChecksumAlgorithmCrc32})
	if err != nil {
		t.Fatal(err)
	}
	data := bytes.Repeat([]byte("0123456789abcdef"), 12<<20/16)
	var done types.CompletedMultipartUpload
	for i, part := range [][]byte{data[:6<<20], data[6<<20:]} {
		n := aws.Int32(int32(i + 1))
		out, err := c.UploadPart(ctx, &client.UploadPartInput{Bucket: b, Key: k, UploadId: u.UploadId, PartNumber: n, Body: bytes.NewReader(part), ChecksumAlgorithm: types.ChecksumAlgorithmCrc32})
		if err != nil {
			t.Fatal(err)
		}
		done.Parts = append(done.Parts, types.CompletedPart{PartNumber: n, ETag: out.ETag, ChecksumCRC32: out.ChecksumCRC32})
	}
	out, err := c.CompleteMultipartUpload(ctx, &client.CompleteMultipartUploadInput{Bucket: b, Key: k, UploadId: u.UploadId, MultipartUpload: &done, IfNoneMatch: aws.String("*")})
	if err != nil || !strings.HasSuffix(*out.ETag, `-2"`) || !strings.HasSuffix(*out.ChecksumCRC32, "-2") {
		t.Fatalf("%+v %v", out, err)
	}
	got, err := c.GetObject(ctx, &client.GetObjectInput{Bucket: b, Key: k})
	if err != nil {
		t.Fatal(err)
	}
	if back, err := io.ReadAll(got.Body); err != nil || !bytes.Equal(back, data) {
		t.Errorf("%d bytes came back, %v", len(back), err)
	}
}

func TestClientPages(t *testing.T) {
	c := sdk(t, "admin", bucketNamed("b-one", family("media/", "写真 {n}+.jpg", 2500)))
	pages := client.NewListObjectsV2Paginator(c, &client.ListObjectsV2Input{Bucket: aws.String("b-one"), Prefix: aws.String("media/")})
	n := 0
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Contents {
			if want := fmt.Sprintf("media/写真 %04d+.jpg", n); *o.Key != want || *o.Size != 20480 {
				t.Fatalf("object %d is %s", n, *o.Key)
			}
			n++
		}
	}
	if n != 2500 {
		t.Errorf("%d objects", n)
	}
}

func TestClientPresign(t *testing.T) {
	c := sdk(t, "admin", bucketNamed("b-one", object("a b.txt", "hi")))
	url, err := client.NewPresignClient(c).PresignGetObject(t.Context(), &client.GetObjectInput{
		Bucket: aws.String("b-one"), Key: aws.String("a b.txt"), ResponseContentDisposition: aws.String("attachment"),
	}, client.WithPresignExpires(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(url.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if data, _ := io.ReadAll(res.Body); res.StatusCode != 200 || string(data) != "hi" || res.Header.Get("Content-Disposition") != "attachment" {
		t.Errorf("%d %q %v", res.StatusCode, data, res.Header)
	}
}

func TestClientSettings(t *testing.T) {
	ctx := t.Context()
	c := sdk(t, "admin", bucketNamed("b-one"))
	b := aws.String("b-one")
	location, err := c.GetBucketLocation(ctx, &client.GetBucketLocationInput{Bucket: b})
	if err != nil || location.LocationConstraint != "ap-northeast-1" {
		t.Errorf("%v %v", location, err)
	}
	block, err := c.GetPublicAccessBlock(ctx, &client.GetPublicAccessBlockInput{Bucket: b})
	if err != nil || !*block.PublicAccessBlockConfiguration.RestrictPublicBuckets {
		t.Errorf("%v %v", block, err)
	}
	if _, err := c.GetBucketPolicy(ctx, &client.GetBucketPolicyInput{Bucket: b}); code(err) != "NoSuchBucketPolicy" {
		t.Error(err)
	}
	_, err = c.PutBucketPolicy(ctx, &client.PutBucketPolicyInput{Bucket: b, Policy: aws.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + foreign + `:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one/*"}]}`)})
	if err != nil {
		t.Fatal(err)
	}
	status, err := c.GetBucketPolicyStatus(ctx, &client.GetBucketPolicyStatusInput{Bucket: b})
	if err != nil || *status.PolicyStatus.IsPublic {
		t.Errorf("%v %v", status, err)
	}
	if _, err := c.PutBucketCors(ctx, &client.PutBucketCorsInput{Bucket: b, CORSConfiguration: &types.CORSConfiguration{CORSRules: []types.CORSRule{
		{AllowedMethods: []string{"GET"}, AllowedOrigins: []string{"*"}}}}}); err != nil {
		t.Error(err)
	}
	cors, err := c.GetBucketCors(ctx, &client.GetBucketCorsInput{Bucket: b})
	if err != nil || len(cors.CORSRules) != 1 || cors.CORSRules[0].AllowedOrigins[0] != "*" {
		t.Errorf("%v %v", cors, err)
	}
	enc, err := c.GetBucketEncryption(ctx, &client.GetBucketEncryptionInput{Bucket: b})
	if err != nil || len(enc.ServerSideEncryptionConfiguration.Rules) != 1 {
		t.Errorf("%v %v", enc, err)
	}
	buckets, err := c.ListBuckets(ctx, &client.ListBucketsInput{})
	if err != nil || len(buckets.Buckets) != 1 || *buckets.Buckets[0].Name != "b-one" {
		t.Errorf("%v %v", buckets, err)
	}
}
