package s3

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// unset is the answer for a configuration that the bucket does not have.
func (c *call) unset(code, message string) error {
	return with(awserr.New(http.StatusNotFound, code, message), "BucketName", c.bucket.name)
}

// never makes a handler for a configuration that no bucket here has.
func never(action, code, message string) func(*call) error {
	return func(c *call) error {
		if err := c.allow(action); err != nil {
			return err
		}
		return c.unset(code, message)
	}
}

// always makes a handler for a configuration that every bucket here has alike.
func always(action, document string) func(*call) error {
	return func(c *call) error {
		if err := c.allow(action); err != nil {
			return err
		}
		x := newXML()
		x.raw(document)
		return c.send(x)
	}
}

// empty is a document without content.
func empty(name string) string { return "<" + name + ` xmlns="` + namespace + `"/>` }

// allowOwner is allow for what only identities of the bucket's own account
// may do, whatever a policy grants to others.
func (c *call) allowOwner(action string) error {
	if err := c.allow(action); err != nil {
		return err
	}
	if c.stranger(c.bucket) {
		return methodNotAllowed(c.r, c.target)
	}
	return nil
}

func (c *call) getBucketPolicy() error {
	if err := c.allowOwner("s3:GetBucketPolicy"); err != nil {
		return err
	}
	doc := c.bucket.settings().Policy
	if doc == nil {
		return c.noPolicy()
	}
	data, err := json.Marshal(*doc)
	if err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(data) // the client may be gone
	return nil
}

func (c *call) noPolicy() error {
	return c.unset("NoSuchBucketPolicy", "The bucket policy does not exist")
}

func (c *call) getBucketPolicyStatus() error {
	if err := c.allow("s3:GetBucketPolicyStatus"); err != nil {
		return err
	}
	doc := c.bucket.settings().Policy
	if doc == nil {
		return c.noPolicy()
	}
	x := newXML()
	x.open("PolicyStatus")
	x.truth("IsPublic", doc.Public())
	x.end("PolicyStatus")
	return c.send(x)
}

func (c *call) getPublicAccessBlock() error {
	if err := c.allow("s3:GetBucketPublicAccessBlock"); err != nil {
		return err
	}
	p := c.bucket.settings().PublicAccessBlock
	if c.bucket.lacksAccessBlock() {
		return c.unset("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
	}
	x := newXML()
	x.open("PublicAccessBlockConfiguration")
	x.truth("BlockPublicAcls", p.BlockPublicACLs)
	x.truth("IgnorePublicAcls", p.IgnorePublicACLs)
	x.truth("BlockPublicPolicy", p.BlockPublicPolicy)
	x.truth("RestrictPublicBuckets", p.RestrictPublicBuckets)
	x.end("PublicAccessBlockConfiguration")
	return c.send(x)
}

func (c *call) getBucketOwnershipControls() error {
	if err := c.allow("s3:GetBucketOwnershipControls"); err != nil {
		return err
	}
	ownership := c.bucket.settings().ObjectOwnership
	if ownership == "" {
		return c.unset("OwnershipControlsNotFoundError", "The bucket ownership controls were not found")
	}
	x := newXML()
	x.open("OwnershipControls")
	x.open("Rule")
	x.text("ObjectOwnership", ownership)
	x.end("Rule")
	x.end("OwnershipControls")
	return c.send(x)
}

func (c *call) getBucketVersioning() error {
	if err := c.allow("s3:GetBucketVersioning"); err != nil {
		return err
	}
	x := newXML()
	x.open("VersioningConfiguration")
	if status := c.bucket.settings().Versioning; status != "" {
		x.text("Status", status)
	}
	x.end("VersioningConfiguration")
	return c.send(x)
}

func (c *call) getBucketEncryption() error {
	if err := c.allow("s3:GetEncryptionConfiguration"); err != nil {
		return err
	}
	e := c.bucket.defaultEncryptionNow()
	x := newXML()
	x.open("ServerSideEncryptionConfiguration")
	x.open("Rule")
	x.open("ApplyServerSideEncryptionByDefault")
	x.text("SSEAlgorithm", e.algorithm)
	if e.key != "" {
		x.text("KMSMasterKeyID", e.key)
	}
	x.end("ApplyServerSideEncryptionByDefault")
	x.truth("BucketKeyEnabled", e.bucketKey)
	x.end("Rule")
	x.end("ServerSideEncryptionConfiguration")
	return c.send(x)
}

func (c *call) getBucketCors() error {
	if err := c.allow("s3:GetBucketCORS"); err != nil {
		return err
	}
	rules := c.bucket.corsRules()
	if len(rules) == 0 {
		return c.unset("NoSuchCORSConfiguration", "The CORS configuration does not exist")
	}
	x := newXML()
	x.open("CORSConfiguration")
	for _, r := range rules {
		if err := x.marshal("CORSRule", r); err != nil {
			return err
		}
	}
	x.end("CORSConfiguration")
	return c.send(x)
}

func (c *call) getBucketLifecycle() error {
	if err := c.allow("s3:GetLifecycleConfiguration"); err != nil {
		return err
	}
	rules := c.bucket.settings().Lifecycle
	if len(rules) == 0 {
		return c.unset("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")
	}
	x := newXML()
	x.open("LifecycleConfiguration")
	for _, r := range rules {
		x.rule("Rule", r)
	}
	x.end("LifecycleConfiguration")
	return c.send(x)
}

func (c *call) getObjectLockConfiguration() error {
	if err := c.allow("s3:GetBucketObjectLockConfiguration"); err != nil {
		return err
	}
	lock := c.bucket.settings().ObjectLock
	if lock == nil {
		return c.unset("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")
	}
	x := newXML()
	x.open("ObjectLockConfiguration")
	x.text("ObjectLockEnabled", "Enabled")
	if lock.Mode != "" {
		x.open("Rule")
		x.open("DefaultRetention")
		x.text("Mode", lock.Mode)
		if lock.Years > 0 {
			x.number("Years", int64(lock.Years))
		} else {
			x.number("Days", int64(lock.Days))
		}
		x.end("DefaultRetention")
		x.end("Rule")
	}
	x.end("ObjectLockConfiguration")
	return c.send(x)
}
