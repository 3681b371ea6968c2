package s3

import (
	"context"
	"fmt"
	"net/http"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// allow refuses unless the caller may do action on what the request is about:
// the object when there is a key, else the bucket, else everything.
func (c *call) allow(action string) error {
	return c.allowOn(action, c.resource(), c.bucket, c.conditions())
}

// resource is the ARN of what the request is about.
func (c *call) resource() string {
	switch {
	case c.key != "":
		return c.bucket.objectARN(c.key)
	case c.bucket != nil:
		return c.bucket.arn()
	}
	return "*"
}

// allowOn refuses unless the caller may do action on resource, which belongs
// to b (nil: to nobody's bucket).
func (c *call) allowOn(action, resource string, b *bucket, keys conditionKeys) error {
	d := c.decide(action, resource, b, keys)
	if d.Allowed {
		return nil
	}
	return c.refusal(d, action, resource, b)
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

// decide asks the policies. What Block Public Access takes away counts as
// missing.
func (c *call) decide(action, resource string, b *bucket, keys conditionKeys) policy.Decision {
	req := policy.Request{
		Principal: c.caller.Principal, Action: action, Resource: resource,
		ResourceAccount: c.caller.Principal.Account, Context: keys,
	}
	if b != nil {
		req.ResourceAccount = b.owner
	}
	p := c.srv.state.Policies(c.caller, "s3", req.ResourceAccount)
	if b != nil {
		p.Resource = b.settings().Policy
		if c.stranger(b) && c.srv.accessBlock(b).RestrictPublicBuckets && p.Resource != nil && p.Resource.Public() {
			return policy.Decision{Layer: policy.LayerResource}
		}
	}
	return policy.Evaluate(req, p)
}

// accessBlock is the Block Public Access that is in force for b: its own and
// its account's, whichever blocks more.
func (s *Server) accessBlock(b *bucket) account.PublicAccessBlock {
	p := b.settings().PublicAccessBlock
	if b.owner != s.state.ID() {
		return p
	}
	whole, _ := s.state.AccessBlock()
	return account.PublicAccessBlock{
		BlockPublicACLs:       p.BlockPublicACLs || whole.BlockPublicACLs,
		IgnorePublicACLs:      p.IgnorePublicACLs || whole.IgnorePublicACLs,
		BlockPublicPolicy:     p.BlockPublicPolicy || whole.BlockPublicPolicy,
		RestrictPublicBuckets: p.RestrictPublicBuckets || whole.RestrictPublicBuckets,
	}
}

// stranger reports whether the caller is neither of the bucket's account nor
// an AWS service.
func (c *call) stranger(b *bucket) bool {
	p := c.caller.Principal
	return p.Kind != policy.Service && p.Account != b.owner
}

// refusal words a denial. S3 tells the reason to principals of the bucket's
// own account only.
func (c *call) refusal(d policy.Decision, action, resource string, b *bucket) error {
	p := c.caller.Principal
	if p.ARN == "" || b != nil && p.Account != b.owner {
		return c.denied()
	}
	if resource == "*" {
		resource = "arn:aws:s3:::*"
	}
	// Quotes around the resource are S3's; %q would escape letters of the key.
	return c.deniedBecause(fmt.Sprintf(`User: %s is not authorized to perform: %s on resource: "%s" %s`,
		p.ARN, action, resource, c.srv.state.Clause(d, action)))
}

// denied is the plain refusal, which gives no reason.
func (c *call) denied() error { return c.deniedBecause("Access Denied") }

func (c *call) deniedBecause(message string) error {
	e := awserr.New(http.StatusForbidden, "AccessDenied", message)
	if c.bucket != nil && c.key == "" {
		e.Header = http.Header{"X-Amz-Bucket-Region": {c.bucket.region}}
	}
	return e
}

// missing is the answer for a key that is not there: those who may list the
// bucket learn that, others are refused as if it were there.
func (c *call) missing(b *bucket, key string) error {
	const action = "s3:ListBucket"
	d := c.decide(action, b.arn(), b, c.conditions())
	if d.Allowed {
		return noSuchKey(key)
	}
	return c.refusal(d, action, b.arn(), b)
}

type sourceKey struct{}

// FromService returns a context for a request that an AWS service, such as
// "cloudfront.amazonaws.com", makes on behalf of the resource sourceARN of
// sourceAccount.
func FromService(ctx context.Context, service, sourceARN, sourceAccount string) context.Context {
	ctx = access.WithCaller(ctx, access.Caller{Principal: policy.Principal{Kind: policy.Service, Service: service}})
	return context.WithValue(ctx, sourceKey{}, [2]string{sourceARN, sourceAccount})
}
