package s3_test

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

func TestWriteConditions(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	r.do(me, "PUT", "/b-one/k", "one", "If-None-Match: *").want(200, "")
	r.do(me, "PUT", "/b-one/k", "two", "If-None-Match: *").want(412, "PreconditionFailed").contains("<Condition>If-None-Match</Condition>")
	r.do(me, "PUT", "/b-one/k", "two", `If-Match: "00000000000000000000000000000000"`).want(412, "PreconditionFailed").contains("<Condition>If-Match</Condition>")
	r.do(me, "PUT", "/b-one/gone", "two", `If-Match: "00000000000000000000000000000000"`).want(404, "NoSuchKey")
	etag := r.do(me, "HEAD", "/b-one/k", "").value("ETag")
	r.do(me, "PUT", "/b-one/k", "three", "If-Match: "+etag).want(200, "")
	r.do(me, "PUT", "/b-one/k", "four", "If-Match: "+etag).want(412, "PreconditionFailed")
	r.do(me, "GET", "/b-one/k", "").contains("three")
	r.do(me, "PUT", "/b-one/k", "five", `If-None-Match: "abc"`).want(501, "NotImplemented")
	r.do(me, "DELETE", "/b-one/k", "", "If-Match: "+etag).want(412, "PreconditionFailed")
	r.do(me, "DELETE", "/b-one/gone", "", "If-Match: "+etag).want(404, "NoSuchKey")
	r.do(me, "DELETE", "/b-one/k", "", "If-Match: *").want(204, "")
}

// Of many writers that each demand a free key, exactly one gets it.
func TestOneWriterWins(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", family("f/", "{n}", 3)))
	me := admin(t)
	r.do(me, "DELETE", "/b-one/f/1", "")
	for _, key := range []string{"new", "f/1"} {
		var won atomic.Int32
		var wg sync.WaitGroup
		for range 32 {
			wg.Go(func() {
				req := httptest.NewRequest("PUT", "http://127.0.0.1/b-one/"+key, strings.NewReader("x"))
				req.Header.Set("If-None-Match", "*")
				w := httptest.NewRecorder()
				r.srv.ServeHTTP(w, req.WithContext(access.WithCaller(req.Context(), me)))
				switch w.Code {
				case 200:
					won.Add(1)
				case 412:
				default:
					t.Errorf("got %d", w.Code)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%s: %d writers won", key, won.Load())
		}
	}
}

func TestHeadersOfAnObject(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	stored := []string{
		"Content-Type: image/png", "Cache-Control: max-age=60", "Content-Disposition: inline", "Content-Encoding: gzip",
		"Content-Language: ja", "Expires: Sat, 21 Nov 2026 10:00:00 GMT", "X-Amz-Meta-Upload-Source: microcms",
		"X-Amz-Website-Redirect-Location: /other",
	}
	r.do(me, "PUT", "/b-one/k", "x", stored...).want(200, "")
	for _, method := range []string{"GET", "HEAD"} {
		a := r.do(me, method, "/b-one/k", "").want(200, "")
		for _, h := range stored {
			name, value, _ := strings.Cut(h, ": ")
			a.has(name, value)
		}
	}
	r.do(me, "PUT", "/b-one/bare", "x")
	r.do(me, "HEAD", "/b-one/bare", "").has("Content-Type", "binary/octet-stream").has("Cache-Control", "")
	r.do(me, "PUT", "/b-one/bare", "x", "X-Amz-Storage-Class: WARM").want(400, "InvalidStorageClass")
}

func TestMetadataLimit(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	// Keys count without their prefix: 4 + 2044 is the limit.
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Meta-Note: "+strings.Repeat("a", 2044)).want(200, "")
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Meta-Note: "+strings.Repeat("a", 2045)).want(400, "MetadataTooLarge").
		contains("<Size>2049</Size><MaxSizeAllowed>2048</MaxSizeAllowed>")
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Meta-Note: "+strings.Repeat("あ", 682)).want(400, "MetadataTooLarge") // bytes count
}

func TestKeyLength(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	r.do(admin(t), "PUT", "/b-one/"+strings.Repeat("a", 1024), "x").want(200, "")
	r.do(admin(t), "PUT", "/b-one/"+strings.Repeat("a", 1025), "x").want(400, "KeyTooLongError").
		contains("<Message>Your key is too long</Message>").contains("<MaxSizeAllowed>1024</MaxSizeAllowed>")
	r.do(admin(t), "PUT", "/b-one/"+strings.Repeat("%E3%81%82", 342), "x").want(400, "KeyTooLongError")
	r.do(admin(t), "PUT", "/b-one/a%FFb", "x").want(400, "InvalidURI")
}

func TestUploadLength(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	req := httptest.NewRequest("PUT", "http://127.0.0.1/b-one/k", strings.NewReader("hello"))
	req.ContentLength = -1
	r.send(admin(t), req).want(411, "MissingContentLength")
	req = httptest.NewRequest("PUT", "http://127.0.0.1/b-one/k", strings.NewReader("hello"))
	req.ContentLength = 9
	r.send(admin(t), req).want(400, "IncompleteBody")
	req = httptest.NewRequest("PUT", "http://127.0.0.1/b-one/k", strings.NewReader(""))
	req.ContentLength = 5<<30 + 1
	r.send(admin(t), req).want(400, "EntityTooLarge").contains("<MaxSizeAllowed>5368709120</MaxSizeAllowed>")
	r.do(admin(t), "HEAD", "/b-one/k", "").want(404, "")
}

// failing is a body whose verification fails at its end.
type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		return n, awserr.New(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
	}
	return n, err
}

func TestBodyThatFailsVerification(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	req := httptest.NewRequest("PUT", "http://127.0.0.1/b-one/k", failing{strings.NewReader("hello")})
	req.ContentLength = 5
	r.send(admin(t), req).want(400, "BadDigest")
	r.do(admin(t), "HEAD", "/b-one/k", "").want(404, "")
}

func TestMemoryIsBounded(t *testing.T) {
	srv := s3.New(account.Account{ID: home, Buckets: []account.Bucket{bucketNamed("b-one", family("big/", "{n}", 3))}}, s3.Options{Memory: 10})
	r := &rig{t: t, srv: srv, clk: &clock{instant}}
	me := admin(t)
	r.do(me, "PUT", "/b-one/a", "123456").want(200, "")
	r.do(me, "PUT", "/b-one/b", "123456").want(507, "InsufficientStorage")
	r.do(me, "PUT", "/b-one/a", "1234").want(200, "") // the old one's bytes come back
	r.do(me, "PUT", "/b-one/copy", "", "X-Amz-Copy-Source: b-one/a").want(200, "")
	r.do(me, "PUT", "/b-one/copy2", "", "X-Amz-Copy-Source: b-one/big/1").want(200, "")
	r.do(me, "PUT", "/b-one/b", "123456").want(200, "") // neither copy took any
	r.do(me, "DELETE", "/b-one/a", "").want(204, "")
	r.do(me, "PUT", "/b-one/c", "1234").want(507, "InsufficientStorage") // the copy still holds them
	r.do(me, "DELETE", "/b-one/copy", "").want(204, "")
	r.do(me, "PUT", "/b-one/c", "1234").want(200, "")

	r.do(me, "DELETE", "/b-one/b", "").want(204, "")
	u := r.begin(me, "/b-one/m")
	r.do(me, "PUT", u+"&partNumber=1", "123").want(200, "")
	r.do(me, "PUT", u+"&partNumber=1", "321").want(200, "") // in the other's place
	r.do(me, "PUT", u+"&partNumber=2", "1234").want(507, "InsufficientStorage")
	r.do(me, "DELETE", u, "").want(204, "")
	r.do(me, "PUT", "/b-one/d", "123456").want(200, "")
}
