package s3

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

var cannedACLs = map[string]bool{
	"private": true, "public-read": true, "public-read-write": true, "authenticated-read": true,
	"aws-exec-read": true, "bucket-owner-read": true, "bucket-owner-full-control": true,
}

// checkACL refuses the ACL headers of a write where the bucket has ACLs
// disabled, and public ones where Block Public Access forbids them.
func (c *call) checkACL(action string) error {
	acl := c.r.Header.Get("X-Amz-Acl")
	if acl != "" && !cannedACLs[acl] {
		return invalidArgument("", "x-amz-acl", acl)
	}
	conf := c.bucket.settings()
	if ownerEnforced(conf.ObjectOwnership) {
		if acl != "" && acl != "bucket-owner-full-control" || c.grants() {
			return aclsDisabled()
		}
		return nil
	}
	if c.srv.accessBlock(c.bucket).BlockPublicACLs && (publicACL(acl) || acl == "authenticated-read") {
		if c.stranger(c.bucket) {
			return c.denied()
		}
		return c.deniedBecause(fmt.Sprintf(`User: %s is not authorized to perform: %s on resource: "%s" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access`,
			c.caller.Principal.ARN, action, c.resource()))
	}
	return nil
}

// The permissions of a grantee that is everybody.
func publicACL(acl string) bool { return acl == "public-read" || acl == "public-read-write" }

// openByACL reports whether the object's ACL lets everybody read it, which
// counts where ACLs are not disabled and public ones not ignored.
func (s *Server) openByACL(b *bucket, v *version) bool {
	return v != nil && publicACL(v.acl) && !ownerEnforced(b.settings().ObjectOwnership) && !s.accessBlock(b).IgnorePublicACLs
}

func (c *call) getBucketACL() error {
	if err := c.allow("s3:GetBucketAcl"); err != nil {
		return err
	}
	return c.sendACL("")
}

func (c *call) getObjectACL() error {
	if err := c.allow("s3:GetObjectAcl"); err != nil {
		return err
	}
	v, err := c.pick(c.bucket, c.key, c.query.Get("versionId"))
	if err != nil {
		return err
	}
	return c.sendACL(v.acl)
}

func (c *call) sendACL(acl string) error {
	const schema = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type=`
	x := newXML()
	x.open("AccessControlPolicy")
	x.owner(c.bucket.owner)
	x.open("AccessControlList")
	x.raw(`<Grant><Grantee` + schema + `"CanonicalUser">`)
	x.text("ID", canonicalID(c.bucket.owner))
	x.raw(`</Grantee><Permission>FULL_CONTROL</Permission></Grant>`)
	if publicACL(acl) {
		x.raw(`<Grant><Grantee` + schema + `"Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>`)
	}
	x.end("AccessControlList")
	x.end("AccessControlPolicy")
	return c.send(x)
}

// putBucketACL takes canned ACLs that change nothing; what would open the
// bucket is not modelled.
func (c *call) putBucketACL() error {
	if err := c.allow("s3:PutBucketAcl"); err != nil {
		return err
	}
	if ownerEnforced(c.bucket.settings().ObjectOwnership) {
		return aclsDisabled()
	}
	if err := c.checkACL("s3:PutBucketAcl"); err != nil {
		return err
	}
	if c.r.Header.Get("X-Amz-Acl") != "private" {
		return notImplemented()
	}
	c.w.WriteHeader(http.StatusOK)
	return nil
}

func (c *call) putObjectACL() error {
	if err := c.allow("s3:PutObjectAcl"); err != nil {
		return err
	}
	if ownerEnforced(c.bucket.settings().ObjectOwnership) {
		return aclsDisabled()
	}
	if err := c.checkACL("s3:PutObjectAcl"); err != nil {
		return err
	}
	acl := c.r.Header.Get("X-Amz-Acl")
	if acl == "" { // a document, or grants
		return notImplemented()
	}
	v, err := c.change(func(v *version) error { v.acl = acl; return nil })
	if err != nil {
		return err
	}
	c.setVersion(v)
	c.w.WriteHeader(http.StatusOK)
	return nil
}

func aclsDisabled() *awserr.Error {
	return awserr.New(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
}

// grants reports whether the request carries x-amz-grant-* headers.
func (c *call) grants() bool {
	for name := range c.r.Header {
		if strings.HasPrefix(name, "X-Amz-Grant-") {
			return true
		}
	}
	return false
}

func ownerEnforced(ownership string) bool {
	return ownership == "" || ownership == "BucketOwnerEnforced"
}
