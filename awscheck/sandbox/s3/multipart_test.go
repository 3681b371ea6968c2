package s3_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// begin starts an upload and returns its target: path and uploadId.
func (r *rig) begin(caller access.Caller, path string, headers ...string) string {
	r.t.Helper()
	out := parse[struct {
		UploadID string `xml:"UploadId"`
	}](r.do(caller, "POST", path+"?uploads", "", headers...).want(200, ""))
	return path + "?uploadId=" + out.UploadID
}

// part uploads a part and returns its line for the end.
func (r *rig) part(caller access.Caller, upload string, number int, body string, headers ...string) string {
	r.t.Helper()
	a := r.do(caller, "PUT", fmt.Sprintf("%s&partNumber=%d", upload, number), body, headers...).want(200, "")
	return partLine(number, a.value("ETag"))
}

func partLine(number int, etag string) string {
	return fmt.Sprintf("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>", number, etag)
}

func finish(parts ...string) string {
	return "<CompleteMultipartUpload>" + strings.Join(parts, "") + "</CompleteMultipartUpload>"
}

var five = strings.Repeat("5", 5<<20)

func TestMultipart(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	u := r.begin(me, "/b-one/m/big%20one.bin", "Content-Type: video/mp4", "X-Amz-Meta-Note: n", "X-Amz-Tagging: a=b")
	one, three := r.part(me, u, 1, five), r.part(me, u, 3, "tail")
	r.part(me, u, 2, "left out") // not listed at the end: dropped
	r.do(me, "HEAD", "/b-one/m/big%20one.bin", "").want(404, "")
	r.do(me, "GET", u, "").want(200, "").
		contains("<PartNumber>2</PartNumber>").contains("<Size>5242880</Size>").contains("<IsTruncated>false</IsTruncated>")
	r.do(me, "GET", u+"&max-parts=1&part-number-marker=1", "").want(200, "").
		contains("<NextPartNumberMarker>2</NextPartNumberMarker>").contains("<IsTruncated>true</IsTruncated>").lacks("<PartNumber>3</PartNumber>")
	r.do(me, "GET", "/b-one?uploads", "").want(200, "").contains("<Key>m/big one.bin</Key>").contains("<Initiated>2026-11-21T09:00:00.000Z</Initiated>")

	r.do(me, "POST", u, finish(one, three)).want(200, "").
		contains("<Location>https://b-one.s3.ap-northeast-1.amazonaws.com/m/big%20one.bin</Location>").
		contains("<ETag>&quot;24e76ae47a9dc822b98488bc1c50ba81-2&quot;</ETag>").
		contains("<ChecksumType>FULL_OBJECT</ChecksumType>")
	a := r.do(me, "GET", "/b-one/m/big%20one.bin", "").want(200, "").
		has("Content-Type", "video/mp4").has("x-amz-meta-note", "n").has("X-Amz-Tagging-Count", "1")
	if a.body != five+"tail" {
		t.Error("the parts are not put together")
	}
	r.do(me, "GET", "/b-one/m/big%20one.bin?partNumber=2", "").want(206, "").contains("tail").
		has("X-Amz-Mp-Parts-Count", "2").has("Content-Range", "bytes 5242880-5242883/5242884")
	r.do(me, "POST", u, finish(one, three)).want(404, "NoSuchUpload")
	r.do(me, "GET", "/b-one?uploads", "").lacks("<Upload>")
}

func TestMultipartRefusals(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("taken", "x")))
	me := admin(t)
	u := r.begin(me, "/b-one/k")
	one, two := r.part(me, u, 1, "small"), r.part(me, u, 2, five)
	r.do(me, "POST", u, finish(one, two)).want(400, "EntityTooSmall").contains("<MinSizeAllowed>5242880</MinSizeAllowed>").contains("<PartNumber>1</PartNumber>")
	r.do(me, "POST", u, finish(two, one)).want(400, "InvalidPartOrder")
	r.do(me, "POST", u, finish(one, one)).want(400, "InvalidPartOrder")
	r.do(me, "POST", u, finish(partLine(1, `"00000000000000000000000000000000"`))).want(400, "InvalidPart")
	r.do(me, "POST", u, finish(partLine(7, `"00000000000000000000000000000000"`))).want(400, "InvalidPart").contains("<PartNumber>7</PartNumber>")
	r.do(me, "POST", u, finish()).want(400, "MalformedXML")
	r.do(me, "POST", u, "<Complete").want(400, "MalformedXML")
	r.do(me, "POST", u, finish(one), "X-Amz-Mp-Object-Size: 6").want(400, "InvalidRequest")
	r.do(me, "PUT", u+"&partNumber=0", "x").want(400, "InvalidArgument")
	r.do(me, "PUT", u+"&partNumber=10001", "x").want(400, "InvalidArgument").contains("Part number must be an integer between 1 and 10000, inclusive")
	r.do(me, "PUT", "/b-one/other?partNumber=1&uploadId="+strings.SplitN(u, "=", 2)[1], "x").want(404, "NoSuchUpload")
	r.do(me, "PUT", "/b-one/k?partNumber=1&uploadId=nonsense", "x").want(404, "NoSuchUpload").contains("<UploadId>nonsense</UploadId>")
	r.do(me, "DELETE", u, "").want(204, "")
	r.do(me, "DELETE", u, "").want(404, "NoSuchUpload")
	r.do(me, "GET", u, "").want(404, "NoSuchUpload")

	taken := r.begin(me, "/b-one/taken")
	line := r.part(me, taken, 1, "new")
	r.do(me, "POST", taken, finish(line), "If-None-Match: *").want(412, "PreconditionFailed")
	r.do(me, "POST", taken, finish(line)).want(200, "") // it can still be finished without the condition
}

func TestMultipartChecksums(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	u := r.begin(me, "/b-one/k", "X-Amz-Checksum-Algorithm: CRC32")
	r.do(me, "PUT", u+"&partNumber=1", "hello").want(400, "InvalidRequest").contains("expected checksum Type: crc32, actual checksum Type: null")
	etag := r.do(me, "PUT", u+"&partNumber=1", "hello", "X-Amz-Checksum-Crc32: NhCmhg==").want(200, "").has("X-Amz-Checksum-Crc32", "NhCmhg==").value("ETag")
	r.do(me, "POST", u, finish(partLine(1, etag))).want(400, "InvalidRequest").contains("It was missing for part 1 in the request.")
	with := func(sum string) string {
		return finish("<Part><PartNumber>1</PartNumber><ETag>" + etag + "</ETag><ChecksumCRC32>" + sum + "</ChecksumCRC32></Part>")
	}
	r.do(me, "POST", u, with("AAAAAA==")).want(400, "InvalidPart")
	r.do(me, "POST", u, with("NhCmhg==")).want(200, "").contains("-1</ChecksumCRC32><ChecksumType>COMPOSITE</ChecksumType>")

	whole := r.begin(me, "/b-one/w", "X-Amz-Checksum-Algorithm: CRC32", "X-Amz-Checksum-Type: FULL_OBJECT")
	etag = r.do(me, "PUT", whole+"&partNumber=1", "hello", "X-Amz-Checksum-Crc32: NhCmhg==").value("ETag")
	r.do(me, "POST", whole, finish(partLine(1, etag)), "X-Amz-Checksum-Crc32: AAAAAA==").want(400, "BadDigest")
	r.do(me, "POST", whole, finish(partLine(1, etag)), "X-Amz-Checksum-Crc32: NhCmhg==").want(200, "").contains("<ChecksumCRC32>NhCmhg==</ChecksumCRC32>")
	r.do(me, "POST", "/b-one/x?uploads", "", "X-Amz-Checksum-Algorithm: SHA1", "X-Amz-Checksum-Type: FULL_OBJECT").want(400, "InvalidRequest")
	r.do(me, "POST", "/b-one/x?uploads", "", "X-Amz-Checksum-Algorithm: ROT13").want(400, "InvalidRequest")
}

func TestUploadPartCopy(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("src", "0123456789"), func(b *account.Bucket) {
		b.Objects = append(b.Objects, account.Object{Key: "huge", Size: 12 << 30})
	}))
	me := admin(t)
	u := r.begin(me, "/b-one/k")
	copied := func(number int, source, span string) answer {
		headers := []string{"X-Amz-Copy-Source: " + source}
		if span != "" {
			headers = append(headers, "X-Amz-Copy-Source-Range: "+span)
		}
		return r.do(me, "PUT", fmt.Sprintf("%s&partNumber=%d", u, number), "", headers...)
	}
	for span, text := range map[string]string{
		"bytes=0-10": "Range specified is not valid for source object of size: 10", "bytes=5-": "must be of the form", "5-6": "must be of the form", "bytes=6-5": "must be of the form",
	} {
		copied(1, "/b-one/src", span).want(400, "InvalidArgument").contains(text)
	}
	copied(1, "/b-one/huge", "").want(400, "InvalidRequest").contains("5368709120")
	copied(1, "/b-one/none", "").want(404, "NoSuchKey")
	first := copied(1, "/b-one/huge", "bytes=0-5368709119").want(200, "")
	second := copied(2, "/b-one/src", "bytes=2-4").want(200, "").contains("<CopyPartResult")
	etag := func(a answer) string { return parse[struct{ ETag string }](a).ETag }
	if etag(second) != `"289dff07669d7a23de0ef88d2f7129e7"` { // MD5 of 234
		t.Errorf("the part's ETag is %s", etag(second))
	}
	r.do(me, "POST", u, finish(partLine(1, etag(first)), partLine(2, etag(second)))).want(200, "")
	r.do(me, "GET", "/b-one/k", "", "Range: bytes=5368709118-").want(206, "").has("Content-Length", "5")
	tail := r.do(me, "GET", "/b-one/k", "", "Range: bytes=-3")
	head := r.do(me, "GET", "/b-one/huge", "", "Range: bytes=1000-1010")
	if same := r.do(me, "GET", "/b-one/k", "", "Range: bytes=1000-1010"); tail.body != "234" || same.body != head.body {
		t.Errorf("the copy ends with %q", tail.body)
	}
}

// S3 lets who began an upload abort it and see its parts, without the action.
func TestInitiatorMayAbort(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	writer := role(allowing(t, "arn:aws:s3:::b-one/*", "s3:PutObject"))
	other := writer
	other.Principal.ARN, other.Principal.RoleARN = "arn:aws:sts::"+home+":assumed-role/Other/s", "arn:aws:iam::"+home+":role/Other"
	u := r.begin(writer, "/b-one/k")
	r.do(other, "DELETE", u, "").want(403, "AccessDenied").contains("s3:AbortMultipartUpload")
	r.do(other, "GET", u, "").want(403, "AccessDenied").contains("s3:ListMultipartUploadParts")
	again := writer
	again.Principal.ARN = "arn:aws:sts::" + home + ":assumed-role/MediaRole/another-session"
	r.do(again, "GET", u, "").want(200, "")
	r.do(again, "DELETE", u, "").want(204, "")
	r.do(writer, "GET", "/b-one?uploads", "").want(403, "AccessDenied")

	forbidding := role(allowing(t, "arn:aws:s3:::b-one/*", "s3:PutObject"), *document(t,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:AbortMultipartUpload","Resource":"*"}]}`))
	u = r.begin(forbidding, "/b-one/k")
	r.do(forbidding, "DELETE", u, "").want(403, "AccessDenied").contains("with an explicit deny in an identity-based policy")
}

func TestListUploads(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	for _, path := range []string{"/b-one/a/1", "/b-one/a/2", "/b-one/b", "/b-one/b", "/b-one/c"} {
		r.begin(me, path)
	}
	type page struct {
		Upload         []struct{ Key string }
		CommonPrefixes []struct{ Prefix string }
		IsTruncated    bool
		NextKeyMarker  string
		NextUploadID   string `xml:"NextUploadIdMarker"`
	}
	var keys []string
	query := "/b-one?uploads&max-uploads=2"
	for {
		p := parse[page](r.do(me, "GET", query, "").want(200, ""))
		for _, u := range p.Upload {
			keys = append(keys, u.Key)
		}
		if !p.IsTruncated {
			break
		}
		query = "/b-one?uploads&max-uploads=2&key-marker=" + p.NextKeyMarker + "&upload-id-marker=" + p.NextUploadID
	}
	if got := strings.Join(keys, " "); got != "a/1 a/2 b b c" {
		t.Errorf("pages show %s", got)
	}
	p := parse[page](r.do(me, "GET", "/b-one?uploads&delimiter=/&prefix=", ""))
	if len(p.CommonPrefixes) != 1 || p.CommonPrefixes[0].Prefix != "a/" || len(p.Upload) != 3 {
		t.Errorf("got %+v", p)
	}
}
