package s3

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// The fixes that a diagnosis proposes are commands for AWS's own tools. What
// they change can be changed here too, so that a rehearsal ends where the
// real thing does.

// configure changes the bucket's configuration and answers with status.
func (c *call) configure(status int, change func(*account.Bucket)) error {
	return c.reconfigure(status, func() { change(&c.bucket.conf) })
}

func (c *call) reconfigure(status int, edit func()) error {
	if err := c.bucket.reconfigure(edit); err != nil {
		return err
	}
	c.w.WriteHeader(status)
	return nil
}

const maxPolicy = 20 << 10

func (c *call) putBucketPolicy() error {
	if err := c.allowOwner("s3:PutBucketPolicy"); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(c.r.Body, maxPolicy+1))
	if err != nil {
		return err
	}
	if len(data) > maxPolicy {
		return invalidArgument("Policy exceeds the maximum allowed document size", "policy", "")
	}
	doc, err := policy.Parse(data)
	if err != nil {
		return malformedPolicy(err)
	}
	if reason := c.policyFault(doc); reason != "" {
		return awserr.New(400, "MalformedPolicy", reason)
	}
	if c.srv.accessBlock(c.bucket).BlockPublicPolicy && doc.Public() {
		return c.deniedBecause(fmt.Sprintf(`User: %s is not authorized to perform: s3:PutBucketPolicy on resource: "%s" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`,
			c.caller.Principal.ARN, c.bucket.arn()))
	}
	return c.configure(http.StatusNoContent, func(b *account.Bucket) { b.Policy = &doc })
}

func malformedPolicy(err error) error {
	var p *policy.ParseError
	if errors.As(err, &p) {
		return awserr.New(400, "MalformedPolicy", fmt.Sprintf("Policies must be valid JSON and the first byte must be '{' (line %d: %s)", p.Line, p.Reason))
	}
	return awserr.New(400, "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'")
}

// policyFaults are what S3 says of a document that it does not take, by what
// Lint finds. Other findings are no reason for S3 to refuse.
var policyFaults = map[string]string{
	"no-statements":           "Missing required field Statement",
	"principal-missing":       "Missing required field Principal",
	"resource-missing":        "Missing required field Resource",
	"principal-format":        "Invalid principal in policy",
	"principal-group":         "Invalid principal in policy",
	"principal-wildcard":      "Invalid principal in policy",
	"principal-deleted":       "Invalid principal in policy",
	"resource-format":         "Policy has invalid resource",
	"resource-region":         "Policy has invalid resource",
	"object-action-on-bucket": "Action does not apply to any resource(s) in statement",
	"bucket-action-on-object": "Action does not apply to any resource(s) in statement",
	"sid-charset":             "Statement IDs (SID) must be alphanumeric",
	"sid-repeated":            "Statement IDs (SID) in a single policy must be unique",
}

// policyFault is why S3 does not take doc as this bucket's policy, or empty.
func (c *call) policyFault(doc policy.Document) string {
	for _, f := range policy.Lint(doc, policy.KindBucket) {
		if reason := policyFaults[f.Code]; reason != "" {
			return reason
		}
	}
	for _, s := range doc.Statements {
		for _, r := range slices.Concat(s.Resource, s.NotResource) {
			rest, ours := strings.CutPrefix(r, c.bucket.arn())
			if !(ours && (rest == "" || rest[0] == '/' || rest[0] == '*')) && r != "*" {
				return "Policy has invalid resource"
			}
		}
	}
	return ""
}

func (c *call) deleteBucketPolicy() error {
	if err := c.allowOwner("s3:DeleteBucketPolicy"); err != nil {
		return err
	}
	return c.configure(http.StatusNoContent, func(b *account.Bucket) { b.Policy = nil })
}

func (c *call) putPublicAccessBlock() error {
	if err := c.allow("s3:PutBucketPublicAccessBlock"); err != nil {
		return err
	}
	var body struct {
		XMLName               xml.Name `xml:"PublicAccessBlockConfiguration"`
		BlockPublicAcls       bool
		IgnorePublicAcls      bool
		BlockPublicPolicy     bool
		RestrictPublicBuckets bool
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	return c.configure(http.StatusOK, func(b *account.Bucket) {
		c.bucket.unblock = false
		b.PublicAccessBlock = account.PublicAccessBlock{
			BlockPublicACLs: body.BlockPublicAcls, IgnorePublicACLs: body.IgnorePublicAcls,
			BlockPublicPolicy: body.BlockPublicPolicy, RestrictPublicBuckets: body.RestrictPublicBuckets,
		}
	})
}

func (c *call) deletePublicAccessBlock() error {
	if err := c.allow("s3:PutBucketPublicAccessBlock"); err != nil {
		return err
	}
	return c.configure(http.StatusNoContent, func(b *account.Bucket) {
		c.bucket.unblock = true
		b.PublicAccessBlock = account.PublicAccessBlock{}
	})
}

func (c *call) putBucketOwnershipControls() error {
	if err := c.allow("s3:PutBucketOwnershipControls"); err != nil {
		return err
	}
	var body struct {
		Rule []struct{ ObjectOwnership string }
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	known := []string{"BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"}
	if len(body.Rule) != 1 || !slices.Contains(known, body.Rule[0].ObjectOwnership) {
		return malformedXML()
	}
	return c.configure(http.StatusOK, func(b *account.Bucket) { b.ObjectOwnership = body.Rule[0].ObjectOwnership })
}

func (c *call) putBucketVersioning() error {
	if err := c.allow("s3:PutBucketVersioning"); err != nil {
		return err
	}
	var body struct{ Status string }
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if body.Status != "Enabled" && body.Status != "Suspended" {
		return awserr.New(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified")
	}
	if c.bucket.settings().ObjectLock != nil && body.Status == "Suspended" {
		return awserr.New(409, "InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.")
	}
	return c.configure(http.StatusOK, func(b *account.Bucket) { b.Versioning = body.Status })
}

func (c *call) putBucketEncryption() error {
	if err := c.allow("s3:PutEncryptionConfiguration"); err != nil {
		return err
	}
	var body struct {
		Rule []struct {
			Default struct {
				Algorithm string `xml:"SSEAlgorithm"`
				Key       string `xml:"KMSMasterKeyID"`
			} `xml:"ApplyServerSideEncryptionByDefault"`
		}
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if len(body.Rule) != 1 || !slices.Contains([]string{"AES256", "aws:kms", "aws:kms:dsse"}, body.Rule[0].Default.Algorithm) {
		return malformedXML()
	}
	e := account.Encryption{Algorithm: body.Rule[0].Default.Algorithm, Key: c.qualifyKey(body.Rule[0].Default.Key)}
	return c.configure(http.StatusOK, func(b *account.Bucket) { b.Encryption = e })
}

func (c *call) putBucketCors() error {
	if err := c.allow("s3:PutBucketCORS"); err != nil {
		return err
	}
	var body struct {
		Rules []corsRule `xml:"CORSRule"`
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if len(body.Rules) == 0 || len(body.Rules) > 100 {
		return malformedXML()
	}
	for _, r := range body.Rules {
		if len(r.AllowedMethod) == 0 || len(r.AllowedOrigin) == 0 {
			return malformedXML()
		}
		for _, m := range r.AllowedMethod {
			if !slices.Contains([]string{"GET", "PUT", "POST", "DELETE", "HEAD"}, m) {
				return invalidRequest("Found unsupported HTTP method in CORS config. Unsupported method is " + m)
			}
		}
	}
	return c.setRules(http.StatusOK, body.Rules)
}

func (c *call) deleteBucketCors() error {
	if err := c.allow("s3:PutBucketCORS"); err != nil {
		return err
	}
	return c.setRules(http.StatusNoContent, nil)
}

func (c *call) setRules(status int, rules []corsRule) error {
	return c.reconfigure(status, func() { c.bucket.cors = rules })
}

// createBucket makes no buckets: those that are there are in the account file.
// Clients such as rclone ask all the same before they upload.
func (c *call) createBucket() error {
	b := c.srv.buckets[c.target.Bucket]
	if b == nil {
		return awserr.New(http.StatusNotImplemented, "NotImplemented", "The sandbox's buckets are those of its account file; it makes no others.")
	}
	if b.owner != c.caller.Principal.Account {
		return with(awserr.New(409, "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again."),
			"BucketName", b.name)
	}
	return with(awserr.New(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it."), "BucketName", b.name)
}
