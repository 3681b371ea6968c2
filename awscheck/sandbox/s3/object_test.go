package s3_test

import "testing"

func TestPutGetHeadDelete(t *testing.T) {
	r, me := newRig(t, bucketNamed("b-one")), admin(t)
	r.do(me, "PUT", "/b-one/media/a%20b%2Bc.txt", "hello", "Content-Type: text/plain", "X-Amz-Meta-Note: one", "X-Amz-Meta-Name: メディア").
		want(200, "").
		has("ETag", `"5d41402abc4b2a76b9719d911017c592"`).
		has("X-Amz-Server-Side-Encryption", "AES256")
	r.do(me, "GET", "/b-one/media/a%20b%2Bc.txt", "").
		want(200, "").contains("hello").
		has("Content-Type", "text/plain").has("x-amz-meta-note", "one").
		has("x-amz-meta-name", "=?UTF-8?b?44Oh44OH44Kj44Ki?=").
		has("Content-Length", "5").has("Accept-Ranges", "bytes").
		has("Last-Modified", "Sat, 21 Nov 2026 09:00:00 GMT").has("Server", "AmazonS3")
	r.do(me, "GET", "/b-one/media/a+b%2Bc.txt", "").want(200, "") // a plus sign in a path is a space
	head := r.do(me, "HEAD", "/b-one/media/a%20b%2Bc.txt", "").want(200, "").has("Content-Length", "5")
	if head.body != "" {
		t.Errorf("HEAD has a body: %q", head.body)
	}
	r.do(me, "DELETE", "/b-one/media/a%20b%2Bc.txt", "").want(204, "")
	r.do(me, "GET", "/b-one/media/a%20b%2Bc.txt", "").want(404, "NoSuchKey").contains("<Key>media/a b+c.txt</Key>")
	r.do(me, "DELETE", "/b-one/media/a%20b%2Bc.txt", "").want(204, "")
}

func TestEnrichedRefusal(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	r.do(role(allowing(t, "arn:aws:s3:::b-one/other/*", "s3:PutObject")), "PUT", "/b-one/k", "x").
		want(403, "AccessDenied").
		contains(`<Message>User: arn:aws:sts::123456789012:assumed-role/MediaRole/s is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b-one/k" because no identity-based policy allows the s3:PutObject action</Message>`)
	r.do(stranger(allowing(t, "*", "s3:*")), "PUT", "/b-one/k", "x").want(403, "AccessDenied").contains("<Message>Access Denied</Message>")
	r.do(anonymous, "GET", "/b-one/k", "").want(403, "AccessDenied").contains("<Message>Access Denied</Message>")
}
