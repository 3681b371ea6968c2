package s3_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

const user = "User: arn:aws:sts::123456789012:assumed-role/MediaRole/s is not authorized to perform: "

// Each operation asks for its actions on its resource, and says so when they
// are missing.
func TestActionsAndResources(t *testing.T) {
	const b, o = `"arn:aws:s3:::b-one"`, `"arn:aws:s3:::b-one/k"`
	for _, c := range []struct {
		method, target, body string
		headers              []string
		action, resource     string
	}{
		{"GET", "/", "", nil, "s3:ListAllMyBuckets", `"arn:aws:s3:::*"`},
		{"GET", "/b-one?location", "", nil, "s3:GetBucketLocation", b},
		{"GET", "/b-one?list-type=2", "", nil, "s3:ListBucket", b},
		{"GET", "/b-one", "", nil, "s3:ListBucket", b},
		{"GET", "/b-one?versions", "", nil, "s3:ListBucketVersions", b},
		{"GET", "/b-one?uploads", "", nil, "s3:ListBucketMultipartUploads", b},
		{"GET", "/b-one?policy", "", nil, "s3:GetBucketPolicy", b},
		{"GET", "/b-one?policyStatus", "", nil, "s3:GetBucketPolicyStatus", b},
		{"GET", "/b-one?publicAccessBlock", "", nil, "s3:GetBucketPublicAccessBlock", b},
		{"GET", "/b-one?ownershipControls", "", nil, "s3:GetBucketOwnershipControls", b},
		{"GET", "/b-one?versioning", "", nil, "s3:GetBucketVersioning", b},
		{"GET", "/b-one?encryption", "", nil, "s3:GetEncryptionConfiguration", b},
		{"GET", "/b-one?cors", "", nil, "s3:GetBucketCORS", b},
		{"GET", "/b-one?lifecycle", "", nil, "s3:GetLifecycleConfiguration", b},
		{"GET", "/b-one?object-lock", "", nil, "s3:GetBucketObjectLockConfiguration", b},
		{"GET", "/b-one?requestPayment", "", nil, "s3:GetBucketRequestPayment", b},
		{"GET", "/b-one?tagging", "", nil, "s3:GetBucketTagging", b},
		{"GET", "/b-one?acl", "", nil, "s3:GetBucketAcl", b},
		{"PUT", "/b-one?policy", "{}", nil, "s3:PutBucketPolicy", b},
		{"PUT", "/b-one?publicAccessBlock", "", nil, "s3:PutBucketPublicAccessBlock", b},
		{"DELETE", "/b-one?publicAccessBlock", "", nil, "s3:PutBucketPublicAccessBlock", b},
		{"GET", "/b-one/k", "", nil, "s3:GetObject", o},
		{"GET", "/b-one/k?versionId=v", "", nil, "s3:GetObjectVersion", o},
		{"GET", "/b-one/k?tagging", "", nil, "s3:GetObjectTagging", o},
		{"GET", "/b-one/k?tagging&versionId=v", "", nil, "s3:GetObjectVersionTagging", o},
		{"GET", "/b-one/k?acl", "", nil, "s3:GetObjectAcl", o},
		{"GET", "/b-one/k?retention", "", nil, "s3:GetObjectRetention", o},
		{"PUT", "/b-one/k", "x", nil, "s3:PutObject", o},
		{"PUT", "/b-one/k?tagging", "x", nil, "s3:PutObjectTagging", o},
		{"PUT", "/b-one/k?acl", "", nil, "s3:PutObjectAcl", o},
		{"PUT", "/b-one/k?partNumber=1&uploadId=u", "x", nil, "s3:PutObject", o},
		{"PUT", "/b-one/k", "", []string{"X-Amz-Copy-Source: b-one/k2"}, "s3:PutObject", o},
		{"POST", "/b-one/k?uploads", "", nil, "s3:PutObject", o},
		{"POST", "/b-one/k?uploadId=u", "", nil, "s3:PutObject", o},
		{"DELETE", "/b-one/k", "", nil, "s3:DeleteObject", o},
		{"DELETE", "/b-one/k?versionId=v", "", nil, "s3:DeleteObjectVersion", o},
		{"DELETE", "/b-one/k?tagging", "", nil, "s3:DeleteObjectTagging", o},
		{"DELETE", "/b-one/k?uploadId=u", "", nil, "s3:AbortMultipartUpload", o},
	} {
		r := newRig(t, bucketNamed("b-one", object("k", "x"), object("k2", "x")))
		r.do(role(), c.method, c.target, c.body, c.headers...).want(403, "AccessDenied").
			contains("<Message>" + user + c.action + " on resource: " + strings.ReplaceAll(c.resource, `"`, `"`) + " because no identity-based policy allows the " + c.action + " action</Message>")
		// With the action on the resource alone, what follows is no refusal of it.
		granted := allowing(t, strings.Trim(c.resource, `"`), c.action)
		if c.resource == `"arn:aws:s3:::*"` {
			granted = allowing(t, "*", c.action)
		}
		if a := r.do(role(granted), c.method, c.target, c.body, c.headers...); strings.Contains(a.body, c.action+" on resource") {
			t.Errorf("%s %s is refused with the action granted: %s", c.method, c.target, a.body)
		}
	}
}

// What a write's headers ask for beyond the object needs its own actions.
func TestActionsOfHeaders(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("tagged", "x")))
	r.do(admin(t), "PUT", "/b-one/tagged?tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>").want(200, "")
	writer := role(allowing(t, "arn:aws:s3:::b-one/*", "s3:PutObject", "s3:GetObject"))
	r.do(writer, "PUT", "/b-one/k", "x", "X-Amz-Tagging: a=b").want(403, "AccessDenied").contains("s3:PutObjectTagging")
	r.do(writer, "PUT", "/b-one/k", "x", "X-Amz-Acl: bucket-owner-full-control").want(403, "AccessDenied").contains("s3:PutObjectAcl")
	r.do(writer, "PUT", "/b-one/k", "", "X-Amz-Copy-Source: b-one/tagged").want(403, "AccessDenied").contains("s3:GetObjectTagging")
	r.do(writer, "PUT", "/b-one/k", "", "X-Amz-Copy-Source: b-one/tagged", "X-Amz-Tagging-Directive: REPLACE").want(200, "")
	r.do(writer, "DELETE", "/b-one/k", "").want(403, "AccessDenied").contains("s3:DeleteObject")
	deleter := role(allowing(t, "arn:aws:s3:::b-one/*", "s3:DeleteObject"))
	r.do(deleter, "DELETE", "/b-one/k", "", `If-Match: "x"`).want(403, "AccessDenied").contains("s3:GetObject")
}

func TestMissingKeyNeedsListing(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x")))
	reader := role(allowing(t, "arn:aws:s3:::b-one/*", "s3:GetObject"))
	r.do(reader, "GET", "/b-one/none", "").want(403, "AccessDenied").
		contains(user + `s3:ListBucket on resource: "arn:aws:s3:::b-one" because no identity-based policy allows the s3:ListBucket action`)
	r.do(reader, "HEAD", "/b-one/none", "").want(403, "")
	lister := role(allowing(t, "*", "s3:GetObject", "s3:ListBucket"))
	r.do(lister, "GET", "/b-one/none", "").want(404, "NoSuchKey").contains("<Message>The specified key does not exist.</Message><Key>none</Key>")
	r.do(lister, "HEAD", "/b-one/none", "").want(404, "")
	// A listing right for a prefix only does not help: the request has none.
	prefixed := role(allowing(t, "arn:aws:s3:::b-one/*", "s3:GetObject"), *document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
		"Action":"s3:ListBucket","Resource":"*","Condition":{"StringLike":{"s3:prefix":["","media/*"]}}}]}`))
	r.do(prefixed, "GET", "/b-one/none", "").want(403, "AccessDenied")
	r.do(prefixed, "GET", "/b-one?list-type=2&prefix=media/", "").want(200, "")
	r.do(prefixed, "GET", "/b-one?list-type=2&prefix=", "").want(200, "")
	r.do(prefixed, "GET", "/b-one?list-type=2", "").want(403, "AccessDenied")
	r.do(prefixed, "GET", "/b-one?list-type=2&prefix=other/", "").want(403, "AccessDenied")
	r.do(prefixed, "HEAD", "/b-one", "").want(403, "").has("X-Amz-Bucket-Region", "ap-northeast-1")
}

func TestDenyByRequest(t *testing.T) {
	deny := func(condition string) func(*bucketT) {
		return func(b *bucketT) {
			b.Policy = document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b-one/*","Condition":`+condition+`}]}`)
		}
	}
	me := admin(t)
	for condition, headers := range map[string]string{
		`{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}`: "X-Amz-Server-Side-Encryption: aws:kms",
		`{"Null":{"s3:x-amz-server-side-encryption":"true"}}`:               "X-Amz-Server-Side-Encryption: AES256",
		`{"Null":{"s3:if-none-match":"true"}}`:                              "If-None-Match: *",
		`{"StringNotEquals":{"s3:x-amz-storage-class":"STANDARD_IA"}}`:      "X-Amz-Storage-Class: STANDARD_IA",
		`{"StringNotLike":{"aws:UserAgent":"cms/*"}}`:                       "User-Agent: cms/1",
		`{"StringNotEquals":{"s3:RequestObjectTag/team":"web"}}`:            "X-Amz-Tagging: team=web",
		`{"StringNotEquals":{"s3:x-amz-metadata-directive":"REPLACE"}}`:     "X-Amz-Metadata-Directive: REPLACE",
	} {
		r := newRig(t, bucketNamed("b-one", deny(condition)))
		r.do(me, "PUT", "/b-one/k", "x").want(403, "AccessDenied").contains("with an explicit deny in a resource-based policy")
		r.do(me, "PUT", "/b-one/k", "x", headers).want(200, "")
	}
	for condition, status := range map[string]int{
		`{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}`:                  403, // httptest's address
		`{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}`:               200,
		`{"Bool":{"aws:SecureTransport":"false"}}`:                       200,
		`{"DateGreaterThan":{"aws:CurrentTime":"2026-11-21T08:59:59Z"}}`: 403,
		`{"DateGreaterThan":{"aws:CurrentTime":"2026-11-21T09:00:01Z"}}`: 200,
		`{"StringEquals":{"aws:ResourceAccount":"123456789012"}}`:        403,
		`{"StringEquals":{"aws:RequestedRegion":"ap-northeast-1"}}`:      403,
	} {
		r := newRig(t, bucketNamed("b-one", deny(condition)))
		if a := r.do(me, "PUT", "/b-one/k", "x"); a.status != status {
			t.Errorf("%s: %d, want %d", condition, a.status, status)
		}
	}
	r := newRig(t, bucketNamed("b-one", deny(`{"Bool":{"aws:SecureTransport":"false"}}`)))
	req := httptest.NewRequest("PUT", "http://b-one.s3.ap-northeast-1.amazonaws.com/k", strings.NewReader("x"))
	r.send(me, req.WithContext(access.WithPlainProxied(req.Context()))).want(403, "AccessDenied")
}

func TestTagsDecide(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x"), func(b *bucketT) {
		openTo(t, b, "s3:GetObject")
		b.Policy.Statements[0].Conditions = []policy.Condition{{Operator: "StringEquals", Key: "s3:ExistingObjectTag/public", Values: []string{"yes"}}}
	}))
	r.do(anonymous, "GET", "/b-one/k", "").want(403, "AccessDenied")
	r.do(admin(t), "PUT", "/b-one/k?tagging", "<Tagging><TagSet><Tag><Key>public</Key><Value>yes</Value></Tag></TagSet></Tagging>").want(200, "")
	r.do(anonymous, "GET", "/b-one/k", "").want(200, "")
}

func TestBlockPublicAccess(t *testing.T) {
	open := func(b *bucketT) { openTo(t, b, "s3:GetObject") }
	restrict := func(b *bucketT) { b.PublicAccessBlock.RestrictPublicBuckets = true }
	limited := func(b *bucketT) {
		b.PublicAccessBlock = account.PublicAccessBlock{RestrictPublicBuckets: true}
		b.Policy = document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"`+foreign+`"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one/*"}]}`)
	}
	vendor := stranger(allowing(t, "*", "s3:GetObject"))
	own := role(allowing(t, "*", "s3:ListBucket")) // no s3:GetObject of its own
	for name, c := range map[string]struct {
		change                 []func(*bucketT)
		anonymous, vendor, own int
	}{
		"closed":             {nil, 403, 403, 403},
		"open":               {[]func(*bucketT){open}, 200, 200, 200},
		"open, restricted":   {[]func(*bucketT){open, restrict}, 403, 403, 200},
		"granted to account": {[]func(*bucketT){limited}, 403, 200, 403},
	} {
		r := newRig(t, bucketNamed("b-one", append(c.change, object("k", "x"))...))
		for who, want := range map[string]int{"anonymous": c.anonymous, "vendor": c.vendor, "own": c.own} {
			caller := map[string]access.Caller{"anonymous": anonymous, "vendor": vendor, "own": own}[who]
			a := r.do(caller, "GET", "/b-one/k", "")
			if a.status != want {
				t.Errorf("%s: %s gets %d, want %d", name, who, a.status, want)
			}
			if a.status == 403 && who != "own" {
				a.contains("<Message>Access Denied</Message>")
			}
		}
	}
}

func TestPublicACL(t *testing.T) {
	put := func(change func(*bucketT)) *rig {
		r := newRig(t, bucketNamed("b-one", func(b *bucketT) { b.ObjectOwnership, b.PublicAccessBlock = "ObjectWriter", account.PublicAccessBlock{} }, change))
		return r
	}
	none := func(*bucketT) {}
	r := put(none)
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Acl: public-read").want(200, "")
	r.do(anonymous, "GET", "/b-one/k", "").want(200, "")
	r.do(admin(t), "GET", "/b-one/k?acl", "").contains("AllUsers")
	r.do(admin(t), "PUT", "/b-one/k?acl", "", "X-Amz-Acl: private").want(200, "")
	r.do(anonymous, "GET", "/b-one/k", "").want(403, "AccessDenied")

	r = put(func(b *bucketT) { b.PublicAccessBlock.IgnorePublicACLs = true })
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Acl: public-read").want(200, "")
	r.do(anonymous, "GET", "/b-one/k", "").want(403, "AccessDenied")

	r = put(func(b *bucketT) { b.PublicAccessBlock.BlockPublicACLs = true })
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Acl: public-read").want(403, "AccessDenied").
		contains("because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access")

	r = put(func(b *bucketT) { b.ObjectOwnership = "BucketOwnerEnforced" })
	for _, acl := range []string{"public-read", "authenticated-read", "aws-exec-read"} {
		r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Acl: "+acl).want(400, "AccessControlListNotSupported").contains("<Message>The bucket does not allow ACLs</Message>")
	}
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Grant-Read: id=1").want(400, "AccessControlListNotSupported")
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Acl: bucket-owner-full-control").want(200, "")
	r.do(admin(t), "PUT", "/b-one/k", "x", "X-Amz-Acl: purple").want(400, "InvalidArgument")
	r.do(admin(t), "PUT", "/b-one/k?acl", "", "X-Amz-Acl: public-read").want(400, "AccessControlListNotSupported")
}

func TestForeignBucket(t *testing.T) {
	r := newRig(t, bucketNamed("b-far", object("k", "x"), func(b *bucketT) { b.Owner = foreign }), bucketNamed("b-one"))
	me := admin(t)
	for _, c := range []struct{ method, target string }{{"GET", "/b-far/k"}, {"PUT", "/b-far/k"}, {"GET", "/b-far?list-type=2"}, {"GET", "/b-far?location"}} {
		r.do(me, c.method, c.target, "x").want(403, "AccessDenied").contains("<Message>Access Denied</Message>")
	}
	r.do(me, "HEAD", "/b-far", "").want(403, "").has("X-Amz-Bucket-Region", "ap-northeast-1")
	r.do(me, "GET", "/", "").contains("<Name>b-one</Name>").lacks("b-far")
	r.do(me, "PUT", "/b-far", "").want(409, "BucketAlreadyExists")
	r.do(me, "PUT", "/b-one", "").want(409, "BucketAlreadyOwnedByYou")
	r.do(me, "PUT", "/b-new", "").want(501, "NotImplemented")
}

func TestExpectedOwner(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x")))
	for _, c := range []struct{ method, target string }{{"GET", "/b-one/k"}, {"PUT", "/b-one/k"}, {"DELETE", "/b-one/k"}, {"GET", "/b-one?list-type=2"}, {"GET", "/b-one?location"}} {
		r.do(admin(t), c.method, c.target, "", "X-Amz-Expected-Bucket-Owner: "+foreign).want(403, "AccessDenied").contains("<Message>Access Denied</Message>")
	}
	r.do(admin(t), "HEAD", "/b-one", "", "X-Amz-Expected-Bucket-Owner: "+foreign).want(403, "")
	r.do(admin(t), "GET", "/b-one/k", "", "X-Amz-Expected-Bucket-Owner: "+home).want(200, "")
	r.do(admin(t), "PUT", "/b-one/c", "", "X-Amz-Copy-Source: b-one/k", "X-Amz-Source-Expected-Bucket-Owner: "+foreign).want(403, "AccessDenied")
}

func TestBoundaryAndSession(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x")))
	narrow := allowing(t, "*", "s3:PutObject")
	bound := admin(t)
	bound.Boundary = &narrow
	r.do(bound, "GET", "/b-one/k", "").want(403, "AccessDenied").contains("because no permissions boundary allows the s3:GetObject action")
	session := admin(t)
	session.Session = &narrow
	r.do(session, "GET", "/b-one/k", "").want(403, "AccessDenied").contains("because no session policy allows the s3:GetObject action")
	scp := admin(t)
	scp.ServiceControl = []policy.Document{narrow}
	r.do(scp, "GET", "/b-one/k", "").want(403, "AccessDenied").contains("because no service control policy allows the s3:GetObject action")
}
