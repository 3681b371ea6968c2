package policy

import "strings"

// PrincipalKind tells what kind of requester a Principal is.
type PrincipalKind int

// The kinds of requester.
const (
	Anonymous   PrincipalKind = iota // an unsigned request
	User                             // an IAM user with long-term keys
	AssumedRole                      // a session of a role
	Root                             // an account's root user
	Service                          // an AWS service, for example cloudfront.amazonaws.com
)

// Principal is who makes a request.
type Principal struct {
	Kind    PrincipalKind
	Account string // 12 digits; empty for Anonymous and Service
	ARN     string // arn:aws:iam::A:user/u, or arn:aws:sts::A:assumed-role/R/session
	RoleARN string // of an AssumedRole: arn:aws:iam::A:role/path/R
	UserID  string // AIDA..., AROA...:session
	Service string // of a Service principal
}

// Request is one question to the evaluator.
type Request struct {
	Principal       Principal
	Action          string // "s3:GetObject"
	Resource        string // ARN
	ResourceAccount string // account that owns the resource; empty: the principal's own
	// Context holds condition keys, in lower case, with their values. A key
	// that is missing is not in the request context at all. Keys that follow
	// from Principal (aws:PrincipalArn, aws:PrincipalAccount, aws:userid,
	// aws:PrincipalType, ...) are added by Evaluate and need not be given.
	Context map[string][]string
}

// Policies are the documents that apply to a request.
type Policies struct {
	Identity       []Document // attached to the principal (of a session: to its role)
	Boundary       *Document
	Session        *Document  // given to AssumeRole
	ServiceControl []Document // nil: no organization, everything allowed
	Resource       *Document  // bucket policy, trust policy, key policy
	// ResourceControl are the resource control policies of the account that
	// owns the resource; nil: none. AWS's RCPFullAWSAccess, which cannot be
	// detached, is implied.
	ResourceControl []Document
	// VPCEndpoint is the policy of the endpoint that the request passes; nil:
	// it passes none, or one that lets everything through.
	VPCEndpoint *Document
}

// Layer names a kind of policy as AWS's error messages do.
type Layer string

// The layers of policy evaluation.
const (
	LayerNone           Layer = ""
	LayerIdentity       Layer = "identity-based policy"
	LayerResource       Layer = "resource-based policy"
	LayerBoundary       Layer = "permissions boundary"
	LayerSession        Layer = "session policy"
	LayerServiceControl Layer = "service control policy"
	LayerTrust          Layer = "role trust policy"

	LayerResourceControl Layer = "resource control policy"
	LayerVPCEndpoint     Layer = "VPC endpoint policy"
)

// Decision is the answer to a Request.
type Decision struct {
	Allowed bool
	// Explicit is true when a Deny statement decided.
	Explicit bool
	// Layer is the layer that refused: the one with the explicit deny, or
	// the one where an allow is missing. On an allowed request it is the
	// layer that allowed; LayerNone for an account's root user, who needs no
	// grant in their own account.
	Layer Layer
	// Statement decided: the matching Deny, or the Allow that let the
	// request through. nil on an implicit deny. It points into the document
	// that was given.
	Statement *Statement
}

// Evaluate decides a request as AWS documents it ("Policy evaluation logic",
// "Cross-account policy evaluation logic"):
//
//   - a Deny that applies, in whatever layer, wins;
//   - service control policies, when there are any, must allow, and so must
//     the policy of a VPC endpoint that the request passes;
//   - resource control policies only take away: they bind every principal's
//     requests to the account's resources, strangers and services too;
//   - within one account an Allow of the identity's policies or of the
//     resource's policy is enough, and the first must also pass the boundary
//     and the session policy;
//   - a resource policy that names the account (its root ARN or its number)
//     only delegates: the identity's own policies must allow as well;
//   - what a resource policy grants to a role's ARN is limited by boundary and
//     session policy; what it grants to a user, to one session or to everybody
//     is not;
//   - across accounts both sides must allow;
//   - a role's trust policy and a KMS key's policy must allow or delegate in
//     any case.
//
// Anonymous requests and AWS services have no policies of their own: the
// resource's policy decides alone.
func Evaluate(r Request, p Policies) Decision {
	e := evaluation{request: &r, bounded: p.Boundary != nil && (r.Principal.Kind == User || r.Principal.Kind == AssumedRole)}
	resource := e.resourceGrants(p.Resource)
	resourceLayer := e.resourceLayer()
	control := e.everybodysGrants(p.ResourceControl)
	endpoint := e.optionalEverybody(p.VPCEndpoint)
	if r.Principal.Kind == Anonymous || r.Principal.Kind == Service {
		return e.resourceAlone(resource, resourceLayer, control, endpoint)
	}

	service := e.identityGrants(p.ServiceControl)
	identity := e.identityGrants(p.Identity)
	boundary := e.optionalGrants(p.Boundary)
	session := e.optionalGrants(p.Session)

	switch {
	case service.deny != nil:
		return denied(LayerServiceControl, service.deny)
	case control.deny != nil:
		return denied(LayerResourceControl, control.deny)
	case endpoint.deny != nil:
		return denied(LayerVPCEndpoint, endpoint.deny)
	case resource.deny != nil && !e.ownersEscape():
		return denied(resourceLayer, resource.deny)
	case identity.deny != nil:
		return denied(LayerIdentity, identity.deny)
	case boundary.deny != nil:
		return denied(LayerBoundary, boundary.deny)
	case session.deny != nil:
		return denied(LayerSession, session.deny)
	case p.ServiceControl != nil && service.allow == nil:
		return missing(LayerServiceControl)
	case endpoint.missing():
		return missing(LayerVPCEndpoint)
	}

	if d, granted := e.resourceSuffices(resource, resourceLayer, boundary, session); granted {
		return d
	}
	if r.Principal.Kind == Root {
		return e.rootUser(resource, resourceLayer)
	}
	switch {
	case identity.allow == nil:
		return missing(LayerIdentity)
	case boundary.missing():
		return missing(LayerBoundary)
	case session.missing():
		return missing(LayerSession)
	case e.needsResource() && resource.any() == nil:
		return missing(resourceLayer)
	}
	return Decision{Allowed: true, Layer: LayerIdentity, Statement: identity.allow}
}

// resourceAlone decides for requesters who have no policies of their own.
func (e *evaluation) resourceAlone(g resourceGrants, layer Layer, control, endpoint grants) Decision {
	switch {
	case control.deny != nil:
		return denied(LayerResourceControl, control.deny)
	case endpoint.deny != nil:
		return denied(LayerVPCEndpoint, endpoint.deny)
	case g.deny != nil:
		return denied(layer, g.deny)
	case endpoint.missing():
		return missing(LayerVPCEndpoint)
	}
	if s := g.any(); s != nil {
		return Decision{Allowed: true, Layer: layer, Statement: s}
	}
	return missing(layer)
}

// resourceSuffices reports whether, within one account, the resource's policy
// alone lets the request through.
func (e *evaluation) resourceSuffices(g resourceGrants, layer Layer, boundary, session grants) (Decision, bool) {
	if e.crossAccount() {
		return Decision{}, false
	}
	if g.direct != nil {
		return Decision{Allowed: true, Layer: layer, Statement: g.direct}, true
	}
	if g.role == nil {
		return Decision{}, false
	}
	switch {
	case boundary.missing():
		return missing(LayerBoundary), true
	case session.missing():
		return missing(LayerSession), true
	}
	return Decision{Allowed: true, Layer: layer, Statement: g.role}, true
}

// rootUser decides for an account's root user, who has full access at home
// unless a key policy leaves them out, and abroad what the resource grants.
func (e *evaluation) rootUser(g resourceGrants, layer Layer) Decision {
	if e.needsResource() && g.any() == nil {
		return missing(layer)
	}
	if s := g.any(); s != nil {
		return Decision{Allowed: true, Layer: layer, Statement: s}
	}
	return Decision{Allowed: true}
}

// ownersEscape is S3's exception: the root user of the bucket's account can
// always read, replace and remove the bucket policy, even one that denies it.
func (e *evaluation) ownersEscape() bool {
	r := e.request
	if r.Principal.Kind != Root || e.crossAccount() {
		return false
	}
	return strings.EqualFold(r.Action, "s3:GetBucketPolicy") ||
		strings.EqualFold(r.Action, "s3:PutBucketPolicy") ||
		strings.EqualFold(r.Action, "s3:DeleteBucketPolicy")
}

// crossAccount reports whether principal and resource live in two accounts.
func (e *evaluation) crossAccount() bool {
	r := e.request
	return r.ResourceAccount != "" && r.ResourceAccount != r.Principal.Account
}

// needsResource reports whether identity policies alone can never allow.
func (e *evaluation) needsResource() bool {
	return e.crossAccount() || e.assumesRole() || hasPrefixFold(e.request.Action, "kms:") && isKeyARN(e.request.Resource)
}

// assumesRole reports whether the resource's policy is a role's trust policy.
func (e *evaluation) assumesRole() bool {
	return hasPrefixFold(e.request.Action, "sts:") && strings.Contains(e.request.Resource, ":role/")
}

func (e *evaluation) resourceLayer() Layer {
	if e.assumesRole() {
		return LayerTrust
	}
	return LayerResource
}

func isKeyARN(arn string) bool {
	return strings.Contains(arn, ":kms:") && strings.Contains(arn, ":key/")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func denied(l Layer, s *Statement) Decision {
	return Decision{Explicit: true, Layer: l, Statement: s}
}

func missing(l Layer) Decision { return Decision{Layer: l} }
