package s3

import (
	"fmt"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

var cannedACLs = map[string]bool{
	"private": true, "public-read": true, "public-read-write": true, "authenticated-read": true,
	"aws-exec-read": true, "bucket-owner-read": true, "bucket-owner-full-control": true,
}

// checkACL refuses the ACL headers of a write where the bucket has ACLs
// disabled, and public ones where Block Public Access forbids them.
func (c *call) checkACL() error {
	acl := c.r.Header.Get("X-Amz-Acl")
	if acl != "" && !cannedACLs[acl] {
		return invalidArgument("", "x-amz-acl", acl)
	}
	conf := c.bucket.settings()
	if ownerEnforced(conf.ObjectOwnership) {
		if acl != "" && acl != "bucket-owner-full-control" || c.grants() {
			return awserr.New(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
		}
		return nil
	}
	if conf.PublicAccessBlock.BlockPublicACLs && (strings.HasPrefix(acl, "public-") || acl == "authenticated-read") {
		if c.stranger(c.bucket) {
			return c.denied()
		}
		return c.deniedBecause(fmt.Sprintf(`User: %s is not authorized to perform: s3:PutObject on resource: "%s" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access`,
			c.caller.Principal.ARN, c.bucket.objectARN(c.key)))
	}
	return nil
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

// allowWrite authorises a write with everything its headers ask for.
func (c *call) allowWrite(action string) error {
	actions := []string{action}
	h := c.r.Header
	if h.Get("X-Amz-Tagging") != "" {
		actions = append(actions, "s3:PutObjectTagging")
	}
	if h.Get("X-Amz-Acl") != "" || c.grants() {
		actions = append(actions, "s3:PutObjectAcl")
	}
	if h.Get("X-Amz-Object-Lock-Mode") != "" {
		actions = append(actions, "s3:PutObjectRetention")
	}
	if h.Get("X-Amz-Object-Lock-Legal-Hold") != "" {
		actions = append(actions, "s3:PutObjectLegalHold")
	}
	for _, a := range actions {
		if err := c.allow(a); err != nil {
			return err
		}
	}
	return nil
}
