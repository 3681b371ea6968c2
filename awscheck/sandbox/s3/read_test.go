package s3_test

import (
	"strings"
	"testing"
	"time"
)

// The table of the GetObject page: which condition wins over which.
func TestReadConditions(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	etag := r.do(admin(t), "PUT", "/b-one/k", "hello").value("ETag")
	const (
		same   = "Sat, 21 Nov 2026 09:00:00 GMT"
		older  = "Sat, 21 Nov 2026 08:00:00 GMT"
		newer  = "Sat, 21 Nov 2026 10:00:00 GMT"
		noDate = "yesterday"
	)
	for _, c := range []struct {
		headers []string
		status  int
		failed  string // the condition that S3 names
	}{
		{[]string{"If-Match: " + etag}, 200, ""},
		{[]string{"If-Match: " + strings.Trim(etag, `"`)}, 200, ""},
		{[]string{"If-Match: *"}, 200, ""},
		{[]string{`If-Match: "other", ` + etag}, 200, ""},
		{[]string{`If-Match: "other"`}, 412, "If-Match"},
		{[]string{"If-None-Match: " + etag}, 304, ""},
		{[]string{"If-None-Match: *"}, 304, ""},
		{[]string{`If-None-Match: "other"`}, 200, ""},
		{[]string{"If-Modified-Since: " + older}, 200, ""},
		{[]string{"If-Modified-Since: " + same}, 304, ""},
		{[]string{"If-Modified-Since: " + newer}, 304, ""},
		{[]string{"If-Modified-Since: " + noDate}, 200, ""},
		{[]string{"If-Unmodified-Since: " + older}, 412, "If-Unmodified-Since"},
		{[]string{"If-Unmodified-Since: " + same}, 200, ""},
		{[]string{"If-Match: " + etag, "If-Unmodified-Since: " + older}, 200, ""},
		{[]string{`If-Match: "other"`, "If-Unmodified-Since: " + newer}, 412, "If-Match"},
		{[]string{"If-None-Match: " + etag, "If-Modified-Since: " + older}, 304, ""},
		{[]string{`If-None-Match: "other"`, "If-Modified-Since: " + newer}, 200, ""},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			a := r.do(admin(t), method, "/b-one/k", "", c.headers...)
			if a.status != c.status {
				t.Errorf("%s %q: %d, want %d", method, c.headers, a.status, c.status)
			}
			if method == "HEAD" || c.failed == "" {
				continue
			}
			a.want(412, "PreconditionFailed").contains("<Condition>" + c.failed + "</Condition>").
				contains("<Message>At least one of the pre-conditions you specified did not hold</Message>")
		}
	}
	a := r.do(admin(t), "GET", "/b-one/k", "", "If-None-Match: "+etag)
	if a.body != "" || a.value("ETag") != etag || a.value("Content-Type") != "" {
		t.Errorf("304 with body %q and headers %v", a.body, a.header)
	}
}

func TestRanges(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "0123456789"), object("empty", "")))
	for header, want := range map[string]struct {
		status int
		body   string
		span   string
	}{
		"":                            {200, "0123456789", ""},
		"bytes=0-0":                   {206, "0", "bytes 0-0/10"},
		"bytes=3-":                    {206, "3456789", "bytes 3-9/10"},
		"bytes=3-5":                   {206, "345", "bytes 3-5/10"},
		"bytes=8-99":                  {206, "89", "bytes 8-9/10"},
		"bytes=-4":                    {206, "6789", "bytes 6-9/10"},
		"bytes=-99":                   {206, "0123456789", "bytes 0-9/10"},
		"bytes=0-9":                   {206, "0123456789", "bytes 0-9/10"},
		"bytes=5-3":                   {200, "0123456789", ""},
		"bytes=a-b":                   {200, "0123456789", ""},
		"bytes=0-1,3-4":               {200, "0123456789", ""},
		"bytes=+1-2":                  {200, "0123456789", ""},
		"lines=0-1":                   {200, "0123456789", ""},
		"bytes=1":                     {200, "0123456789", ""},
		"bytes=-":                     {200, "0123456789", ""},
		"bytes=99999999999999999999-": {200, "0123456789", ""},
	} {
		a := r.do(admin(t), "GET", "/b-one/k", "", "Range: "+header)
		if a.status != want.status || a.body != want.body || a.value("Content-Range") != want.span {
			t.Errorf("%q: %d %q %q, want %d %q %q", header, a.status, a.body, a.value("Content-Range"), want.status, want.body, want.span)
		}
		h := r.do(admin(t), "HEAD", "/b-one/k", "", "Range: "+header)
		if h.status != want.status || h.value("Content-Length") != a.value("Content-Length") {
			t.Errorf("HEAD %q: %d, length %s", header, h.status, h.value("Content-Length"))
		}
	}
	for _, target := range []string{"/b-one/k", "/b-one/empty"} {
		for _, header := range []string{"bytes=10-", "bytes=10-20", "bytes=-0"} {
			r.do(admin(t), "GET", target, "", "Range: "+header).want(416, "InvalidRange").
				contains("<RangeRequested>" + header + "</RangeRequested>").contains("<ActualObjectSize>")
		}
	}
	r.do(admin(t), "GET", "/b-one/empty", "", "Range: bytes=-5").want(416, "InvalidRange")
}

func TestPartNumberOfASinglePart(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "0123456789")))
	r.do(admin(t), "GET", "/b-one/k?partNumber=1", "").want(206, "").contains("0123456789").has("Content-Range", "bytes 0-9/10")
	r.do(admin(t), "GET", "/b-one/k?partNumber=2", "").want(416, "InvalidPartNumber")
	r.do(admin(t), "GET", "/b-one/k?partNumber=0", "").want(400, "InvalidArgument")
	r.do(admin(t), "GET", "/b-one/k?partNumber=1", "", "Range: bytes=0-1").want(400, "InvalidRequest")
}

func TestResponseOverrides(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", func(b *bucketT) { openTo(t, b, "s3:GetObject") }, object("k", "x")))
	query := "?response-content-type=image/png&response-content-disposition=attachment%3B%20filename%3D%22a.png%22&response-cache-control=no-cache"
	r.do(admin(t), "GET", "/b-one/k"+query, "").want(200, "").
		has("Content-Type", "image/png").has("Content-Disposition", `attachment; filename="a.png"`).has("Cache-Control", "no-cache")
	r.do(anonymous, "GET", "/b-one/k", "").want(200, "").has("Content-Type", "text/plain")
	r.do(anonymous, "GET", "/b-one/k"+query, "").want(400, "InvalidRequest")
}

func TestChecksumMode(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	r.do(admin(t), "PUT", "/b-one/default", "hello").has("X-Amz-Checksum-Crc64nvme", "M3eFcAZSQlc=").has("X-Amz-Checksum-Type", "FULL_OBJECT")
	r.do(admin(t), "PUT", "/b-one/named", "hello", "X-Amz-Checksum-Crc32: NhCmhg==").has("X-Amz-Checksum-Crc32", "NhCmhg==")
	r.do(admin(t), "PUT", "/b-one/sha", "hello", "X-Amz-Checksum-Sha256: LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")
	r.do(admin(t), "GET", "/b-one/named", "").has("X-Amz-Checksum-Crc32", "")
	r.do(admin(t), "HEAD", "/b-one/named", "", "X-Amz-Checksum-Mode: ENABLED").has("X-Amz-Checksum-Crc32", "NhCmhg==").has("X-Amz-Checksum-Type", "FULL_OBJECT")
	r.do(admin(t), "GET", "/b-one/sha", "", "X-Amz-Checksum-Mode: ENABLED").has("X-Amz-Checksum-Sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")
	r.do(admin(t), "GET", "/b-one/named", "", "X-Amz-Checksum-Mode: ENABLED", "Range: bytes=0-1").want(206, "").has("X-Amz-Checksum-Crc32", "")
}

func TestArchivedObject(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Storage-Class: GLACIER").want(200, "")
	r.do(admin(t), "GET", "/b-one/k", "").want(403, "InvalidObjectState").contains("<StorageClass>GLACIER</StorageClass>")
	r.do(admin(t), "HEAD", "/b-one/k", "").want(200, "").has("X-Amz-Storage-Class", "GLACIER")
	r.do(admin(t), "PUT", "/b-one/copy", "", "X-Amz-Copy-Source: b-one/k").want(403, "ObjectNotInActiveTierError")
}

func TestLastModifiedFollowsTheClock(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	r.clk.now = instant.Add(90*time.Minute + 700*time.Millisecond)
	r.do(admin(t), "PUT", "/b-one/k", "x")
	r.do(admin(t), "HEAD", "/b-one/k", "").has("Last-Modified", "Sat, 21 Nov 2026 10:30:00 GMT").has("Date", "Sat, 21 Nov 2026 10:30:00 GMT")
}
