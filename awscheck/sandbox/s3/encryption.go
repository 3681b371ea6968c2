package s3

import (
	"fmt"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// kms reports whether the object is encrypted with a KMS key.
func (e encryption) kms() bool { return strings.HasPrefix(e.algorithm, "aws:kms") }

// encryptionFor is how a new object will be encrypted: as the headers say,
// else by the bucket's default.
func (c *call) encryptionFor() (encryption, error) {
	h := c.r.Header
	if h.Get("X-Amz-Server-Side-Encryption-Customer-Algorithm") != "" {
		return encryption{}, notImplemented()
	}
	algorithm := h.Get("X-Amz-Server-Side-Encryption")
	key := h.Get("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id")
	switch algorithm {
	case "":
		if key != "" {
			return encryption{}, invalidArgument("Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
				"x-amz-server-side-encryption", "null")
		}
		return c.bucket.defaultEncryptionNow(), nil
	case "AES256":
		if key != "" {
			return encryption{}, invalidArgument("Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
				"x-amz-server-side-encryption", algorithm)
		}
		return encryption{algorithm: algorithm}, nil
	case "aws:kms", "aws:kms:dsse":
		if standard := c.bucket.defaultEncryptionNow(); key == "" && standard.kms() {
			key = standard.key
		}
		return encryption{
			algorithm: algorithm, key: c.qualifyKey(key),
			bucketKey: strings.EqualFold(h.Get("X-Amz-Server-Side-Encryption-Bucket-Key-Enabled"), "true"),
		}, nil
	}
	return encryption{}, invalidArgument("The encryption method specified is not supported", "x-amz-server-side-encryption", algorithm)
}

func (b *bucket) defaultEncryptionNow() encryption {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.defaultEncryption()
}

// qualifyKey makes a key ARN of what a request or configuration names a key
// by: an id, an alias, or an ARN.
func (c *call) qualifyKey(key string) string {
	if key == "" {
		return ""
	}
	k, _ := c.srv.state.KeyNamed(c.caller.Principal.Account, c.bucket.region, key)
	return k.ARN
}

// keyARN is the key's ARN.
func (c *call) keyARN(e encryption) string {
	if e.key != "" {
		return e.key
	}
	return state.ManagedKeyARN(c.bucket.owner, c.bucket.region)
}

// allowKey refuses unless the caller may do action, a KMS action, with the key
// that e names for the object key of bucket b.
func (c *call) allowKey(action string, e encryption, b *bucket, key string) error {
	if !e.kms() {
		return nil
	}
	p := c.caller.Principal
	if p.Kind == policy.Anonymous {
		return invalidArgument("Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.", "Authorization", "null")
	}
	arn := e.key
	if arn == "" { // the AWS managed key serves everybody in the account, and nobody else
		arn = state.ManagedKeyARN(b.owner, b.region)
	}
	k, ok := c.srv.state.Key(arn)
	if ok && k.Region != b.region {
		return awserr.New(400, "KMS.NotFoundException", "Invalid arn "+k.Region)
	}
	if !ok {
		return awserr.New(400, "KMS.NotFoundException", fmt.Sprintf("Key '%s' does not exist", arn))
	}
	if err := c.decideKey(action, k, e, b, key); err != nil {
		return err
	}
	switch k.State {
	case state.KeyDisabled:
		return awserr.New(400, "KMS.DisabledException", arn+" is disabled.")
	case state.KeyPendingDeletion:
		return awserr.New(400, "KMS.KMSInvalidStateException", arn+" is pending deletion.")
	}
	return nil
}

func (c *call) decideKey(action string, k state.Key, e encryption, b *bucket, object string) error {
	conditions := c.conditions()
	conditions["kms:viaservice"] = []string{"s3." + b.region + "." + b.partition.DNSSuffix}
	conditions["kms:calleraccount"] = []string{c.caller.Principal.Account}
	about := b.objectARN(object)
	if e.bucketKey {
		about = b.arn()
	}
	conditions["kms:encryptioncontext:aws:s3:arn"] = []string{about}
	conditions["kms:encryptioncontextkeys"] = []string{"aws:s3:arn"}
	policies := c.srv.state.Policies(c.caller, "kms", k.Account)
	policies.Resource = &k.Policy
	policies.VPCEndpoint = nil // S3 asks, not the caller
	d := policy.Evaluate(policy.Request{
		Principal: c.caller.Principal, Action: action, Resource: k.ARN, ResourceAccount: k.Account, Context: conditions,
	}, policies)
	p := c.caller.Principal
	switch {
	case d.Allowed:
		return nil
	case p.Kind == policy.Service:
		return c.denied()
	case d.Layer == policy.LayerResource && !d.Explicit || p.Account != k.Account:
		return c.keyDenied(action)
	}
	return c.deniedBecause(fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s %s", p.ARN, action, k.ARN, c.srv.state.Clause(d, action)))
}

// keyDenied is KMS's refusal where it does not say which policy refused.
func (c *call) keyDenied(action string) error {
	if c.caller.Principal.ARN == "" {
		return c.denied()
	}
	return c.deniedBecause(fmt.Sprintf("User: %s is not authorized to perform: %s on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
		c.caller.Principal.ARN, action))
}
