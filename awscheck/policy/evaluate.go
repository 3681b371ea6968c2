package policy

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
	ResourceAccount string // account that owns the resource
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
)

// Decision is the answer to a Request.
type Decision struct {
	Allowed bool
	// Explicit is true when a Deny statement decided.
	Explicit bool
	// Layer is the layer that refused: the one with the explicit deny, or
	// the one where an allow is missing. On an allowed request it is the
	// layer that allowed.
	Layer Layer
	// Statement decided: the matching Deny, or the Allow that let the
	// request through. nil on an implicit deny.
	Statement *Statement
}
