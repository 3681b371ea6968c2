package s3_test

import (
	"fmt"
	"strings"
	"testing"
)

type deleteResult struct {
	Deleted []struct {
		Key          string
		VersionID    string `xml:"VersionId"`
		MarkerID     string `xml:"DeleteMarkerVersionId"`
		DeleteMarker bool
	}
	Error []struct {
		Key, Code, Message string
		VersionID          string `xml:"VersionId"`
	}
}

// batch is a DeleteObjects body.
func batch(quiet bool, keys ...string) string {
	var b strings.Builder
	b.WriteString(`<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`)
	for _, k := range keys {
		b.WriteString("<Object><Key>" + k + "</Key></Object>")
	}
	fmt.Fprintf(&b, "<Quiet>%v</Quiet></Delete>", quiet)
	return b.String()
}

const md5Header = "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA=="

func TestDeleteObjects(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("in/a", "x"), object("in/b&c", "x"), object("out/a", "x")))
	inside := role(allowing(t, "arn:aws:s3:::b-one/in/*", "s3:DeleteObject"))
	got := parse[deleteResult](r.do(inside, "POST", "/b-one?delete", batch(false, "in/a", "in/b&amp;c", "in/none", "out/a"), md5Header).want(200, ""))
	if len(got.Deleted) != 3 || got.Deleted[1].Key != "in/b&c" || got.Deleted[2].Key != "in/none" {
		t.Errorf("deleted %+v", got.Deleted)
	}
	if len(got.Error) != 1 || got.Error[0].Key != "out/a" || got.Error[0].Code != "AccessDenied" ||
		!strings.Contains(got.Error[0].Message, `s3:DeleteObject on resource: "arn:aws:s3:::b-one/out/a" because no identity-based policy allows`) {
		t.Errorf("errors %+v", got.Error)
	}
	r.do(admin(t), "GET", "/b-one?list-type=2", "").contains("<KeyCount>1</KeyCount>").contains("<Key>out/a</Key>")

	quiet := parse[deleteResult](r.do(admin(t), "POST", "/b-one?delete", batch(true, "out/a", strings.Repeat("k", 1025)), md5Header).want(200, ""))
	if len(quiet.Deleted) != 0 || len(quiet.Error) != 1 || quiet.Error[0].Code != "KeyTooLongError" {
		t.Errorf("quiet: %+v", quiet)
	}
}

func TestDeleteObjectsRefusals(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	r.do(me, "POST", "/b-one?delete", batch(false, many...), md5Header).want(400, "MalformedXML")
	r.do(me, "POST", "/b-one?delete", batch(false, many[:1000]...), md5Header).want(200, "")
	r.do(me, "POST", "/b-one?delete", batch(false), md5Header).want(400, "MalformedXML")
	r.do(me, "POST", "/b-one?delete", batch(false, ""), md5Header).want(400, "MalformedXML")
	r.do(me, "POST", "/b-one?delete", "nonsense", md5Header).want(400, "MalformedXML")
	r.do(me, "POST", "/b-one?delete", batch(false, "k")+"<more/>", md5Header).want(400, "MalformedXML")
	r.do(me, "POST", "/b-one?delete", batch(false, "k")).want(400, "InvalidRequest").contains("Missing required header for this request: Content-MD5")
	r.do(me, "POST", "/b-one?delete", batch(false, "k"), "X-Amz-Checksum-Crc32: AAAAAA==").want(200, "")
}

func TestDeleteObjectsByETag(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("a", "x"), object("b", "y")))
	etag := r.do(admin(t), "HEAD", "/b-one/a", "").value("ETag")
	body := "<Delete><Object><Key>a</Key><ETag>" + etag + "</ETag></Object><Object><Key>b</Key><ETag>" + etag + "</ETag></Object></Delete>"
	got := parse[deleteResult](r.do(admin(t), "POST", "/b-one?delete", body, md5Header))
	if len(got.Deleted) != 1 || got.Deleted[0].Key != "a" || len(got.Error) != 1 || got.Error[0].Code != "PreconditionFailed" {
		t.Errorf("got %+v", got)
	}
}

func TestDeleteSynthetic(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", family("m/", "{n}", 200)))
	me := admin(t)
	var keys []string
	for i := range 200 {
		if i%3 > 0 {
			keys = append(keys, fmt.Sprintf("m/%03d", i))
		}
	}
	r.do(me, "POST", "/b-one?delete", batch(true, keys...), md5Header).want(200, "")
	r.do(me, "PUT", "/b-one/m/000", "own").want(200, "")
	r.do(me, "DELETE", "/b-one/m/000", "").want(204, "")
	r.do(me, "GET", "/b-one?list-type=2&max-keys=3", "").
		contains("<Key>m/003</Key>").contains("<Key>m/006</Key>").contains("<Key>m/009</Key>").lacks("m/000").lacks("m/004")
	page := parse[listed](r.do(me, "GET", "/b-one?list-type=2", ""))
	if len(page.Contents) != 66 {
		t.Errorf("%d are left", len(page.Contents))
	}
}
