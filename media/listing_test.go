package media

import (
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

type listingServer struct {
	status int
	body   io.Reader
}

func (a listingServer) Do(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(a.body)}, nil
}

type halfway struct{}

func (halfway) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func listed(t testing.TB, status int, body io.Reader, o ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	c := s3.New(s3.Options{
		Region: "us-east-1", HTTPClient: listingServer{status, body}, Credentials: credentials.NewStaticCredentialsProvider("a", "b", ""),
		RetryMaxAttempts: 1, BaseEndpoint: aws.String("http://127.0.0.1:1"), UsePathStyle: true,
	})
	return c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String("b")}, o...)
}

const ofAWS = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>media/</Prefix>` +
	`<NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=</NextContinuationToken><KeyCount>3</KeyCount><MaxKeys>1000</MaxKeys>` +
	`<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>` +
	`<Contents><Key>media/a%20b.jpg</Key><LastModified>2026-04-01T10:11:12.000Z</LastModified><ETag>&quot;70ee1738b6b21e2c8a43f3a5ab0eee71&quot;</ETag>` +
	`<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>11</Size><StorageClass>STANDARD</StorageClass></Contents>` +
	`<Contents><Key>media/c.jpg</Key><LastModified>2026-04-01T10:11:12Z</LastModified><ETag>"x-2"</ETag><Size>5368709121</Size><StorageClass>GLACIER</StorageClass>` +
	`<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus><Owner><ID>1</ID><DisplayName/></Owner></Contents>` +
	`<CommonPrefixes><Prefix>media/d%2F/</Prefix></CommonPrefixes><CommonPrefixes><Prefix>media/e/</Prefix></CommonPrefixes></ListBucketResult>`

// What the library uses of a page is what the SDK reads, whichever of the two
// has read it; and what is no page is the SDK's error.
func TestListingsAreReadAsTheSDKReadsThem(t *testing.T) {
	one := func(inside string) string {
		return "<ListBucketResult><Contents>" + inside + "</Contents></ListBucketResult>"
	}
	for name, body := range map[string]string{
		"of AWS":                       ofAWS,
		"indented":                     strings.ReplaceAll(ofAWS, "><", ">\n  <"),
		"with returns":                 strings.ReplaceAll(ofAWS, "><", ">\r\n<"),
		"nothing":                      "<ListBucketResult></ListBucketResult>",
		"nothing at all":               "<ListBucketResult/>",
		"escapes":                      one("<Key>a&amp;b&lt;c&gt;&apos;&quot;&#x65e5;&#26412;&#10;</Key>"),
		"an unknown escape":            one("<Key>a&nbsp;b</Key>"),
		"a character that XML has not": one("<Key>a&#x1;b</Key>"),
		"a control":                    one("<Key>a\x15b</Key>"),
		"no character":                 one("<Key>a\uFFFEb</Key>"),
		"the end of character data":    one("<Key>a]]>b</Key>"),
		"half an escape":               one("<Key>a&amp</Key>"),
		"character data":               one("<Key><![CDATA[a<b]]></Key>"),
		"a comment":                    one("<Key>a<!-- b -->c</Key>"),
		"a comment outside":            one("<!-- <Key>x</Key> --><Key>a</Key>"),
		"a namespace":                  `<s:ListBucketResult xmlns:s="x"><s:Contents><s:Key>a</s:Key></s:Contents></s:ListBucketResult>`,
		"attributes":                   `<ListBucketResult a="x>y" b='"'><Contents c="1"><Key d="/">a</Key></Contents></ListBucketResult>`,
		"an empty key":                 one("<Key/><Size>1</Size>"),
		"an empty date":                one("<LastModified></LastModified>"),
		"a wrong date":                 one("<LastModified>yesterday</LastModified>"),
		"a date with a zone":           one("<LastModified>2026-04-01T10:11:12+09:00</LastModified>"),
		"a wrong size":                 one("<Size>1e3</Size>"),
		"a size with blanks":           one("<Size> 1 </Size>"),
		"an element in a key":          one("<Key>a<b/>c</Key>"),
		"cut short":                    ofAWS[:len(ofAWS)/2],
		"without its end":              strings.TrimSuffix(ofAWS, "</ListBucketResult>"),
		"crossed":                      "<ListBucketResult><Contents><Key>a</Contents></Key></ListBucketResult>",
		"more after it":                ofAWS + "<More/>",
		"words after it":               ofAWS + "more",
		"no UTF-8":                     one("<Key>\xff</Key>"),
		"a web page":                   "<!DOCTYPE html><html><body>sign in</body></html>",
		"no XML":                       "hello",
		"empty":                        "",
		"maybe truncated":              "<ListBucketResult><IsTruncated>perhaps</IsTruncated></ListBucketResult>",
		"two prefixes":                 "<ListBucketResult><CommonPrefixes><Prefix>a/</Prefix><Other><Prefix>b</Prefix></Other></CommonPrefixes></ListBucketResult>",
	} {
		t.Run(name, func(t *testing.T) { asTheSDK(t, 200, func() io.Reader { return strings.NewReader(body) }) })
	}
	t.Run("refused", func(t *testing.T) {
		asTheSDK(t, 403, func() io.Reader { return strings.NewReader("<Error><Code>AccessDenied</Code></Error>") })
	})
	t.Run("interrupted", func(t *testing.T) {
		asTheSDK(t, 200, func() io.Reader { return io.MultiReader(strings.NewReader(ofAWS[:400]), halfway{}) })
	})
}

func asTheSDK(t *testing.T, status int, body func() io.Reader) {
	t.Helper()
	want, wantErr := listed(t, status, body())
	got, err := listed(t, status, body(), quickListing)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Fatalf("error %v, the SDK's %v", err, wantErr)
	}
	if err != nil {
		return
	}
	if aws.ToBool(got.IsTruncated) != aws.ToBool(want.IsTruncated) || aws.ToString(got.NextContinuationToken) != aws.ToString(want.NextContinuationToken) ||
		got.EncodingType != want.EncodingType || !reflect.DeepEqual(got.CommonPrefixes, want.CommonPrefixes) || len(got.Contents) != len(want.Contents) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for i, o := range got.Contents {
		w := want.Contents[i]
		if aws.ToString(o.Key) != aws.ToString(w.Key) || aws.ToString(o.ETag) != aws.ToString(w.ETag) || aws.ToInt64(o.Size) != aws.ToInt64(w.Size) ||
			o.StorageClass != w.StorageClass || !aws.ToTime(o.LastModified).Equal(aws.ToTime(w.LastModified)) {
			t.Errorf("got %+v, want %+v", o, w)
		}
	}
}

// A page as AWS writes it is not left to the SDK.
func TestListingsOfS3AreReadQuickly(t *testing.T) {
	out, err := readListing([]byte(ofAWS))
	if err != nil || len(out.Contents) != 2 || len(out.CommonPrefixes) != 2 || aws.ToString(out.Contents[0].ETag) != `"70ee1738b6b21e2c8a43f3a5ab0eee71"` {
		t.Errorf("%+v, %v", out, err)
	}
}

func FuzzListing(f *testing.F) {
	f.Add(ofAWS)
	f.Add(strings.ReplaceAll(ofAWS, "><", ">\n<"))
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := readListing([]byte(body)); err != nil {
			return
		}
		if _, err := listed(t, 200, strings.NewReader(body)); err != nil {
			t.Errorf("read what the SDK refuses (%v): %q", err, body)
		}
	})
}

func BenchmarkListing(b *testing.B) {
	item := ofAWS[strings.Index(ofAWS, "<Contents>") : strings.Index(ofAWS, "</Contents>")+len("</Contents>")]
	page := "<ListBucketResult>" + strings.Repeat(item, 1000) + "</ListBucketResult>"
	for name, o := range map[string][]func(*s3.Options){"quick": {quickListing}, "sdk": nil} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if out, err := listed(b, 200, strings.NewReader(page), o...); err != nil || len(out.Contents) != 1000 {
					b.Fatal(err)
				}
			}
		})
	}
}
