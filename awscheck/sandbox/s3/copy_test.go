package s3_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestCopy(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"), bucketNamed("b-two"))
	me := admin(t)
	etag := r.do(me, "PUT", "/b-one/media/%E6%97%A5%E6%9C%AC%20%2B.png", "hello", "Content-Type: image/png", "Cache-Control: max-age=1",
		"X-Amz-Meta-Note: one", "X-Amz-Tagging: a=b&c=d", "X-Amz-Storage-Class: STANDARD_IA").value("ETag")
	const source = "X-Amz-Copy-Source: /b-one/media/%E6%97%A5%E6%9C%AC%20%2B.png"

	r.do(me, "PUT", "/b-two/all", "", source).want(200, "").contains("<ETag>&quot;" + strings.Trim(etag, `"`) + "&quot;</ETag>").
		contains("<LastModified>2026-11-21T09:00:00.000Z</LastModified>").contains("<ChecksumCRC64NVME>")
	r.do(me, "GET", "/b-two/all", "").contains("hello").has("Content-Type", "image/png").has("Cache-Control", "max-age=1").
		has("x-amz-meta-note", "one").has("X-Amz-Tagging-Count", "2").has("X-Amz-Storage-Class", "") // a class is not copied

	r.do(me, "PUT", "/b-one/new", "", source, "X-Amz-Metadata-Directive: REPLACE", "X-Amz-Tagging-Directive: REPLACE",
		"Content-Type: text/plain", "X-Amz-Meta-Other: two").want(200, "")
	r.do(me, "HEAD", "/b-one/new", "").has("Content-Type", "text/plain").has("Cache-Control", "").
		has("x-amz-meta-note", "").has("x-amz-meta-other", "two").has("X-Amz-Tagging-Count", "")

	// Without the directive, headers that describe the object are ignored.
	r.do(me, "PUT", "/b-one/kept", "", source, "Content-Type: text/plain", "X-Amz-Meta-Other: two").want(200, "")
	r.do(me, "HEAD", "/b-one/kept", "").has("Content-Type", "image/png").has("x-amz-meta-other", "").has("x-amz-meta-note", "one")
}

func TestCopySource(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("a b", "space"), object("a+b", "plus"), object("q?x", "question"), object("日本", "raw")))
	me := admin(t)
	for source, body := range map[string]string{
		"b-one/a%20b": "space", "/b-one/a+b": "space", "b-one/a%2Bb": "plus", "b-one/q%3Fx": "question", "b-one/日本": "raw", "/b-one%2Fa%20b": "space",
	} {
		r.do(me, "PUT", "/b-one/out", "", "X-Amz-Copy-Source: "+source).want(200, "")
		if got := r.do(me, "GET", "/b-one/out", ""); got.body != body {
			t.Errorf("%s copies %q, want %q", source, got.body, body)
		}
	}
	for source, code := range map[string]string{"b-one": "InvalidArgument", "/": "InvalidArgument", "b-one/%zz": "InvalidArgument", "none/k": "NoSuchBucket", "b-one/none": "NoSuchKey"} {
		if got := r.do(me, "PUT", "/b-one/out2", "", "X-Amz-Copy-Source: "+source); got.code() != code {
			t.Errorf("%s: %s, want %s", source, got.code(), code)
		}
	}
	r.do(me, "PUT", "/b-one/out2", "", "X-Amz-Copy-Source: b-one/a%20b", "X-Amz-Metadata-Directive: MERGE").want(400, "InvalidArgument").contains("Unknown metadata directive.")
	r.do(me, "HEAD", "/b-one/out2", "").want(404, "")
}

func TestCopyConditions(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("src", "one"), object("taken", "two")))
	me := admin(t)
	etag := r.do(me, "HEAD", "/b-one/src", "").value("ETag")
	const source = "X-Amz-Copy-Source: b-one/src"
	r.do(me, "PUT", "/b-one/taken", "", source, "If-None-Match: *").want(412, "PreconditionFailed").contains("<Condition>If-None-Match</Condition>")
	r.do(me, "PUT", "/b-one/taken", "", source, `If-Match: "0"`).want(412, "PreconditionFailed")
	r.do(me, "PUT", "/b-one/free", "", source, `If-Match: "0"`).want(404, "NoSuchKey")
	r.do(me, "PUT", "/b-one/free", "", source, `X-Amz-Copy-Source-If-Match: "0"`).want(412, "PreconditionFailed").
		contains("<Condition>x-amz-copy-source-If-Match</Condition>")
	r.do(me, "PUT", "/b-one/free", "", source, "X-Amz-Copy-Source-If-None-Match: "+etag).want(412, "PreconditionFailed")
	r.do(me, "PUT", "/b-one/free", "", source, "X-Amz-Copy-Source-If-Modified-Since: Sat, 21 Nov 2026 09:00:00 GMT").want(412, "PreconditionFailed")
	r.do(me, "PUT", "/b-one/free", "", source, "X-Amz-Copy-Source-If-Unmodified-Since: Sat, 21 Nov 2026 08:00:00 GMT").want(412, "PreconditionFailed")
	r.do(me, "PUT", "/b-one/free", "", source, "X-Amz-Copy-Source-If-Match: "+etag,
		"X-Amz-Copy-Source-If-Unmodified-Since: Sat, 21 Nov 2026 08:00:00 GMT", "If-None-Match: *").want(200, "")
}

func TestCopyOntoItself(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "one"), func(b *account.Bucket) {
		b.Objects = append(b.Objects, account.Object{Key: "huge", Size: 5<<30 + 1})
	}))
	me := admin(t)
	r.do(me, "PUT", "/b-one/k", "", "X-Amz-Copy-Source: b-one/k").want(400, "InvalidRequest").
		contains("This copy request is illegal because it is trying to copy an object to itself without changing")
	r.do(me, "PUT", "/b-one/k", "", "X-Amz-Copy-Source: b-one/k", "X-Amz-Metadata-Directive: REPLACE", "Content-Type: image/gif").want(200, "")
	r.do(me, "GET", "/b-one/k", "").contains("one").has("Content-Type", "image/gif")
	r.do(me, "PUT", "/b-one/k", "", "X-Amz-Copy-Source: b-one/k", "X-Amz-Storage-Class: STANDARD_IA").want(200, "").lacks("<Error>")
	r.do(me, "PUT", "/b-one/copy", "", "X-Amz-Copy-Source: b-one/huge").want(400, "InvalidRequest").
		contains("The specified copy source is larger than the maximum allowable size for a copy source: 5368709120")
}

// A copy of what came in parts is one object with the MD5 of all of it.
func TestCopyOfParts(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	u := r.begin(me, "/b-one/parts", "X-Amz-Checksum-Algorithm: CRC32")
	sum := r.do(me, "PUT", u+"&partNumber=1", "hello", "X-Amz-Checksum-Crc32: NhCmhg==")
	r.do(me, "POST", u, finish("<Part><PartNumber>1</PartNumber><ETag>"+sum.value("ETag")+"</ETag><ChecksumCRC32>NhCmhg==</ChecksumCRC32></Part>")).want(200, "")
	r.do(me, "PUT", "/b-one/whole", "", "X-Amz-Copy-Source: b-one/parts").want(200, "").
		contains("<ETag>&quot;5d41402abc4b2a76b9719d911017c592&quot;</ETag>").
		contains("<ChecksumCRC32>NhCmhg==</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType>")
}

func TestCopyRights(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("in/k", "x"), object("out/k", "x")))
	inside := role(allowing(t, "arn:aws:s3:::b-one/in/*", "s3:GetObject", "s3:PutObject"))
	r.do(inside, "PUT", "/b-one/in/c", "", "X-Amz-Copy-Source: b-one/in/k").want(200, "")
	r.do(inside, "PUT", "/b-one/out/c", "", "X-Amz-Copy-Source: b-one/in/k").want(403, "AccessDenied").contains(`s3:PutObject on resource: "arn:aws:s3:::b-one/out/c"`)
	r.do(inside, "PUT", "/b-one/in/c", "", "X-Amz-Copy-Source: b-one/out/k").want(403, "AccessDenied").contains(`s3:GetObject on resource: "arn:aws:s3:::b-one/out/k"`)
}
