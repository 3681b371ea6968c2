package policy

import "testing"

const (
	home   = "123456789012"
	abroad = "999988887777"
)

var (
	alice = Principal{Kind: User, Account: home, ARN: "arn:aws:iam::" + home + ":user/staff/alice", UserID: "AIDAALICE0EXAMPLE"}
	role  = Principal{
		Kind: AssumedRole, Account: home,
		ARN:     "arn:aws:sts::" + home + ":assumed-role/MediaRole/session-1",
		RoleARN: "arn:aws:iam::" + home + ":role/cms/MediaRole",
		UserID:  "AROAMEDIA0EXAMPLE:session-1",
	}
	stranger = Principal{Kind: User, Account: abroad, ARN: "arn:aws:iam::" + abroad + ":user/eve", UserID: "AIDAEVE0EXAMPLE"}
	root     = Principal{Kind: Root, Account: home, ARN: "arn:aws:iam::" + home + ":root"}
	cdn      = Principal{Kind: Service, Service: "cloudfront.amazonaws.com"}
	nobody   = Principal{Kind: Anonymous}
)

func parse(t testing.TB, text string) Document {
	t.Helper()
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

// one wraps statements into a document of the current version.
func one(t testing.TB, statements string) Document {
	t.Helper()
	return parse(t, `{"Version":"2012-10-17","Statement":[`+statements+`]}`)
}

// optional is one for a layer that may be absent.
func optional(t testing.TB, statements string) *Document {
	t.Helper()
	if statements == "" {
		return nil
	}
	d := one(t, statements)
	return &d
}

// outcome is a decision without its statement.
type outcome struct {
	allowed  bool
	explicit bool
	layer    Layer
}

func allowedBy(l Layer) outcome { return outcome{allowed: true, layer: l} }
func deniedBy(l Layer) outcome  { return outcome{explicit: true, layer: l} }
func missingIn(l Layer) outcome { return outcome{layer: l} }

// layers are the statements of each kind of policy; "" is no policy.
type layers struct {
	identity, boundary, session, serviceControl, resource string
	resourceControl, endpoint                             string
}

func (l layers) policies(t testing.TB) Policies {
	p := Policies{Boundary: optional(t, l.boundary), Session: optional(t, l.session), Resource: optional(t, l.resource)}
	if l.identity != "" {
		p.Identity = []Document{one(t, l.identity)}
	}
	if l.serviceControl != "" {
		p.ServiceControl = []Document{one(t, l.serviceControl)}
	}
	if l.resourceControl != "" {
		p.ResourceControl = []Document{one(t, l.resourceControl)}
	}
	p.VPCEndpoint = optional(t, l.endpoint)
	return p
}

const (
	allow  = `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`
	deny   = `{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}`
	others = `{"Effect":"Allow","Action":"ec2:*","Resource":"*"}`
)

// to is a statement of a resource's policy for one principal element.
func to(effect, principal string) string {
	return `{"Effect":"` + effect + `","Principal":` + principal + `,"Action":"s3:*","Resource":"*"}`
}

func aws(principal string) string { return `{"AWS":"` + principal + `"}` }

// The rules are those of "Policy evaluation logic", "Cross-account policy
// evaluation logic", "Permissions boundaries for IAM entities" and "AWS JSON
// policy elements: Principal".
func TestLayers(t *testing.T) {
	for _, c := range []struct {
		rule   string
		who    Principal
		layers layers
		want   outcome
	}{
		{"by default everything is denied", alice, layers{}, missingIn(LayerIdentity)},
		{"an explicit allow overrides the default", alice, layers{identity: allow}, allowedBy(LayerIdentity)},
		{"an allow of another action does not", alice, layers{identity: others}, missingIn(LayerIdentity)},
		{"an explicit deny overrides any allow", alice, layers{identity: allow + "," + deny}, deniedBy(LayerIdentity)},
		{"a deny in the boundary", alice, layers{identity: allow, boundary: allow + "," + deny}, deniedBy(LayerBoundary)},
		{"a deny in the session policy", role, layers{identity: allow, session: allow + "," + deny}, deniedBy(LayerSession)},
		{"a deny in a service control policy", alice, layers{identity: allow, serviceControl: allow + "," + deny}, deniedBy(LayerServiceControl)},
		{"a deny in the bucket policy", alice, layers{identity: allow, resource: to("Deny", `"*"`)}, deniedBy(LayerResource)},
		{"a deny in the identity's policy overrides the bucket policy", alice, layers{identity: deny, resource: to("Allow", `"*"`)}, deniedBy(LayerIdentity)},

		{"the boundary is a maximum, it grants nothing", alice, layers{boundary: allow}, missingIn(LayerIdentity)},
		{"identity and boundary intersect", alice, layers{identity: allow, boundary: others}, missingIn(LayerBoundary)},
		{"the session policy is a maximum", role, layers{session: allow}, missingIn(LayerIdentity)},
		{"identity and session policy intersect", role, layers{identity: allow, session: others}, missingIn(LayerSession)},
		{"all three must allow", role, layers{identity: allow, boundary: allow, session: allow}, allowedBy(LayerIdentity)},
		{"service control policies grant nothing", alice, layers{serviceControl: allow}, missingIn(LayerIdentity)},
		{"service control policies must allow", alice, layers{identity: allow, serviceControl: others}, missingIn(LayerServiceControl)},
		{"service control policies bind the root user", root, layers{serviceControl: others}, missingIn(LayerServiceControl)},
		{"service control policies bind what the bucket policy grants", alice, layers{resource: to("Allow", aws(alice.ARN)), serviceControl: others}, missingIn(LayerServiceControl)},

		{"same account: the bucket policy alone is enough for a user", alice, layers{resource: to("Allow", aws(alice.ARN))}, allowedBy(LayerResource)},
		{"same account: and for a role", role, layers{resource: to("Allow", aws(role.RoleARN))}, allowedBy(LayerResource)},
		{"same account: everybody includes the role", role, layers{resource: to("Allow", `"*"`)}, allowedBy(LayerResource)},
		{"same account: everybody includes the user", alice, layers{resource: to("Allow", aws("*"))}, allowedBy(LayerResource)},
		{"the account's root ARN delegates to the identity's policies", alice, layers{resource: to("Allow", aws("arn:aws:iam::"+home+":root"))}, missingIn(LayerIdentity)},
		{"the account's number delegates as well", alice, layers{resource: to("Allow", aws(home))}, missingIn(LayerIdentity)},
		{"delegated and allowed", alice, layers{resource: to("Allow", aws(home)), identity: allow}, allowedBy(LayerIdentity)},

		{"a grant to a user is not limited by the boundary", alice, layers{resource: to("Allow", aws(alice.ARN)), boundary: others}, allowedBy(LayerResource)},
		{"a grant to a role's ARN is limited by the boundary", role, layers{resource: to("Allow", aws(role.RoleARN)), boundary: others}, missingIn(LayerBoundary)},
		{"a grant to a role's ARN is limited by the session policy", role, layers{resource: to("Allow", aws(role.RoleARN)), session: others}, missingIn(LayerSession)},
		{"a grant to a role's unique ID is limited like its ARN", role, layers{resource: to("Allow", aws("AROAMEDIA0EXAMPLE")), session: others}, missingIn(LayerSession)},
		{"a grant to the session's ARN is limited by neither", role, layers{resource: to("Allow", aws(role.ARN)), boundary: others, session: others}, allowedBy(LayerResource)},
		{"a grant to everybody is limited by neither", role, layers{resource: to("Allow", `"*"`), boundary: others, session: others}, allowedBy(LayerResource)},
		{"a grant to everybody still yields to a deny in the session policy", role, layers{resource: to("Allow", `"*"`), session: deny}, deniedBy(LayerSession)},
		{"the strongest of several grants counts", role, layers{resource: to("Allow", aws(home)) + "," + to("Allow", aws(role.RoleARN)) + "," + to("Allow", aws(role.ARN)), session: others}, allowedBy(LayerResource)},
		{"role granted by the bucket, allowed by the limits", role, layers{resource: to("Allow", aws(role.RoleARN)), boundary: allow, session: allow}, allowedBy(LayerResource)},

		{"cross-account: the identity's policy alone is not enough", stranger, layers{identity: allow}, missingIn(LayerResource)},
		{"cross-account: the bucket policy alone is not enough", stranger, layers{resource: to("Allow", aws(stranger.ARN))}, missingIn(LayerIdentity)},
		{"cross-account: not even for everybody", stranger, layers{resource: to("Allow", `"*"`)}, missingIn(LayerIdentity)},
		{"cross-account: both allow", stranger, layers{identity: allow, resource: to("Allow", aws(stranger.ARN))}, allowedBy(LayerIdentity)},
		{"cross-account: delegated to the account", stranger, layers{identity: allow, resource: to("Allow", aws(abroad))}, allowedBy(LayerIdentity)},
		{"cross-account: the boundary limits even a grant to the user", stranger, layers{identity: allow, boundary: others, resource: to("Allow", aws(stranger.ARN))}, missingIn(LayerBoundary)},
		{"cross-account: a grant to our own account is not theirs", stranger, layers{identity: allow, resource: to("Allow", aws(home))}, missingIn(LayerResource)},

		{"an anonymous request needs a grant to everybody", nobody, layers{}, missingIn(LayerResource)},
		{"everybody, short form", nobody, layers{resource: to("Allow", `"*"`)}, allowedBy(LayerResource)},
		{"everybody, long form", nobody, layers{resource: to("Allow", aws("*"))}, allowedBy(LayerResource)},
		{"an account is not everybody", nobody, layers{resource: to("Allow", aws(home))}, missingIn(LayerResource)},
		{"everybody but one includes strangers without a name", nobody, layers{resource: `{"Effect":"Allow","NotPrincipal":{"AWS":"` + home + `"},"Action":"s3:*","Resource":"*"}`}, allowedBy(LayerResource)},
		{"an anonymous request has no policies of its own", nobody, layers{identity: allow}, missingIn(LayerResource)},
		{"a deny to everybody hits anonymous requests", nobody, layers{resource: to("Allow", `"*"`) + "," + to("Deny", `"*"`)}, deniedBy(LayerResource)},

		{"a service needs a grant to itself", cdn, layers{resource: to("Allow", `{"Service":"cloudfront.amazonaws.com"}`)}, allowedBy(LayerResource)},
		{"another service's grant is not its own", cdn, layers{resource: to("Allow", `{"Service":"logging.s3.amazonaws.com"}`)}, missingIn(LayerResource)},
		{"a deny to everybody hits services", cdn, layers{resource: to("Allow", `{"Service":"cloudfront.amazonaws.com"}`) + "," + to("Deny", `"*"`)}, deniedBy(LayerResource)},
		{"an account's grant is no service's", cdn, layers{resource: to("Allow", aws(home))}, missingIn(LayerResource)},

		{"the root user has full access at home", root, layers{}, allowedBy(LayerNone)},
		{"a bucket policy can deny the root user", root, layers{resource: to("Deny", `"*"`)}, deniedBy(LayerResource)},
		{"a deny to the account hits its users", alice, layers{identity: allow, resource: to("Deny", aws(home))}, deniedBy(LayerResource)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := Evaluate(Request{
				Principal: c.who, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home,
			}, c.layers.policies(t))
			check(t, d, c.want)
		})
	}
}

// check compares a decision, and that the statement stands exactly where one
// decided.
func check(t *testing.T, d Decision, want outcome) {
	t.Helper()
	if got := (outcome{d.Allowed, d.Explicit, d.Layer}); got != want {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	decided := d.Explicit || d.Allowed && d.Layer != LayerNone
	switch {
	case decided && d.Statement == nil:
		t.Error("no statement decided")
	case !decided && d.Statement != nil:
		t.Errorf("%+v decided nothing", d.Statement)
	case d.Statement != nil && (d.Statement.Effect == Allow) != d.Allowed:
		t.Errorf("a %s decided", d.Statement.Effect)
	}
}

// "IAM role trust policies and KMS key policies must explicitly allow access
// for principals."
func TestTrustAndKeyPolicies(t *testing.T) {
	const (
		roleARN = "arn:aws:iam::" + home + ":role/MediaRole"
		keyARN  = "arn:aws:kms:ap-northeast-1:" + home + ":key/1234abcd-12ab-34cd-56ef-1234567890ab"
		mayAll  = `{"Effect":"Allow","Action":["sts:AssumeRole","kms:Decrypt"],"Resource":"*"}`
		mayNone = `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`
	)
	trust := func(principal string) string {
		return `{"Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"}`
	}
	key := func(principal string) string {
		return `{"Effect":"Allow","Principal":` + principal + `,"Action":"kms:*","Resource":"*"}`
	}
	for _, c := range []struct {
		rule     string
		who      Principal
		resource string
		layers   layers
		want     outcome
	}{
		{"trust: naming the user is enough at home", alice, roleARN, layers{resource: trust(aws(alice.ARN))}, allowedBy(LayerTrust)},
		{"trust: the unique ID stands for the user", alice, roleARN, layers{resource: trust(aws(alice.UserID))}, allowedBy(LayerTrust)},
		{"trust: another unique ID, as of a user made again", alice, roleARN, layers{resource: trust(aws("AIDADELETED0EXAMPLE"))}, missingIn(LayerIdentity)},
		{"trust: naming the role lets its sessions in", role, roleARN, layers{resource: trust(aws(role.RoleARN))}, allowedBy(LayerTrust)},
		{"trust: the account delegates", alice, roleARN, layers{resource: trust(aws(home))}, missingIn(LayerIdentity)},
		{"trust: delegated and allowed", alice, roleARN, layers{resource: trust(aws(home)), identity: mayAll}, allowedBy(LayerIdentity)},
		{"trust: the identity's policy alone is not enough", alice, roleARN, layers{identity: mayAll, resource: trust(aws(abroad))}, missingIn(LayerTrust)},
		{"trust: no trust policy at all", alice, roleARN, layers{identity: mayAll}, missingIn(LayerTrust)},
		{"trust: abroad naming the user is not enough", stranger, roleARN, layers{resource: trust(aws(stranger.ARN))}, missingIn(LayerIdentity)},
		{"trust: abroad both", stranger, roleARN, layers{resource: trust(aws(abroad)), identity: mayAll}, allowedBy(LayerIdentity)},
		{"trust: abroad not trusted", stranger, roleARN, layers{resource: trust(aws(home)), identity: mayAll}, missingIn(LayerTrust)},
		{"trust: an explicit deny", alice, roleARN, layers{identity: mayAll, resource: trust(aws(alice.ARN)) + `,{"Effect":"Deny","Principal":"*","Action":"sts:*"}`}, deniedBy(LayerTrust)},
		{"trust: a service", Principal{Kind: Service, Service: "ec2.amazonaws.com"}, roleARN, layers{resource: trust(`{"Service":"ec2.amazonaws.com"}`)}, allowedBy(LayerTrust)},

		{"key: the identity's policy alone is not enough", alice, keyARN, layers{identity: mayAll, resource: key(aws(abroad))}, missingIn(LayerResource)},
		{"key: without a policy nobody may use it", alice, keyARN, layers{identity: mayAll}, missingIn(LayerResource)},
		{"key: the root statement lets IAM policies decide", alice, keyARN, layers{identity: mayAll, resource: key(aws("arn:aws:iam::" + home + ":root"))}, allowedBy(LayerIdentity)},
		{"key: the root statement alone grants nothing to users", alice, keyARN, layers{identity: mayNone, resource: key(aws("arn:aws:iam::" + home + ":root"))}, missingIn(LayerIdentity)},
		{"key: naming the role is enough", role, keyARN, layers{resource: key(aws(role.RoleARN))}, allowedBy(LayerResource)},
		{"key: not even the root user without the key policy", root, keyARN, layers{resource: key(aws(alice.ARN))}, missingIn(LayerResource)},
		{"key: the root statement names the root user", root, keyARN, layers{resource: key(aws(home))}, allowedBy(LayerResource)},
		{"key: a statement without Resource has no effect", role, keyARN, layers{resource: `{"Effect":"Allow","Principal":"*","Action":"kms:*"}`}, missingIn(LayerIdentity)},
		{"key: abroad both", stranger, keyARN, layers{identity: mayAll, resource: key(aws(abroad))}, allowedBy(LayerIdentity)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			action := "sts:AssumeRole"
			if c.resource == keyARN {
				action = "kms:Decrypt"
			}
			d := Evaluate(Request{Principal: c.who, Action: action, Resource: c.resource, ResourceAccount: home}, c.layers.policies(t))
			check(t, d, c.want)
		})
	}
}

// Only assuming a role asks its trust policy, and only using a key the key's.
func TestWhatNeedsTheResource(t *testing.T) {
	may := Policies{Identity: []Document{one(t, `{"Effect":"Allow","Action":"*","Resource":"*"}`)}}
	for _, c := range []struct {
		rule             string
		action, resource string
		want             outcome
	}{
		{"reading a role needs no trust", "iam:GetRole", "arn:aws:iam::" + home + ":role/R", allowedBy(LayerIdentity)},
		{"assuming it does", "sts:AssumeRole", "arn:aws:iam::" + home + ":role/R", missingIn(LayerTrust)},
		{"tagging the session does", "STS:TagSession", "arn:aws:iam::" + home + ":role/R", missingIn(LayerTrust)},
		{"STS about a user does not", "sts:GetFederationToken", "arn:aws:sts::" + home + ":federated-user/u", allowedBy(LayerIdentity)},
		{"using a key needs its policy", "KMS:Decrypt", "arn:aws:kms:us-east-1:" + home + ":key/1", missingIn(LayerResource)},
		{"listing keys does not", "kms:ListKeys", "*", allowedBy(LayerIdentity)},
		{"an alias is no key", "kms:CreateAlias", "arn:aws:kms:us-east-1:" + home + ":alias/a", allowedBy(LayerIdentity)},
		{"tagging a key by another service does not", "tag:TagResources", "arn:aws:kms:us-east-1:" + home + ":key/1", allowedBy(LayerIdentity)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			check(t, Evaluate(Request{Principal: alice, Action: c.action, Resource: c.resource, ResourceAccount: home}, may), c.want)
		})
	}
	d := Evaluate(Request{Principal: alice, Action: "s3:ListAllMyBuckets", Resource: "*"}, may)
	check(t, d, allowedBy(LayerIdentity)) // a resource of no account is the principal's own
}

// "The root user of the bucket owner's account can perform GetBucketPolicy,
// PutBucketPolicy and DeleteBucketPolicy even if the policy denies it."
func TestOwnersEscape(t *testing.T) {
	locked := Policies{Resource: optional(t, to("Deny", `"*"`)), Identity: []Document{one(t, allow)}}
	foreign := root
	foreign.Account, foreign.ARN = abroad, "arn:aws:iam::"+abroad+":root"
	for _, c := range []struct {
		rule   string
		who    Principal
		action string
		want   bool
	}{
		{"the root user removes the policy", root, "s3:DeleteBucketPolicy", true},
		{"the root user reads the policy", root, "s3:GetBucketPolicy", true},
		{"the root user replaces the policy", root, "s3:putbucketpolicy", true},
		{"but nothing else", root, "s3:ListBucket", false},
		{"an administrator does not", alice, "s3:DeleteBucketPolicy", false},
		{"another account's root user does not", foreign, "s3:DeleteBucketPolicy", false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := Evaluate(Request{Principal: c.who, Action: c.action, Resource: "arn:aws:s3:::b", ResourceAccount: home}, locked)
			if d.Allowed != c.want {
				t.Errorf("allowed = %v, want %v (%+v)", d.Allowed, c.want, d)
			}
		})
	}
}

func TestStatementOfTheDecision(t *testing.T) {
	identity := one(t, others+","+allow)
	bucket := one(t, to("Allow", aws(abroad))+","+to("Deny", aws(role.RoleARN)))
	req := Request{Principal: role, Action: "s3:PutObject", Resource: "arn:aws:s3:::b/k", ResourceAccount: home}
	d := Evaluate(req, Policies{Identity: []Document{identity}, Resource: &bucket})
	if d.Statement != &bucket.Statements[1] {
		t.Errorf("statement %+v, want the bucket policy's second", d.Statement)
	}
	d = Evaluate(req, Policies{Identity: []Document{identity}})
	if d.Statement != &identity.Statements[1] {
		t.Errorf("statement %+v, want the identity's second", d.Statement)
	}
	if d.Statement.Line != 1 {
		t.Errorf("line %d, want 1", d.Statement.Line)
	}
}

// The wording is that of "Troubleshoot access denied error messages".
func TestClause(t *testing.T) {
	for _, c := range []struct {
		decision Decision
		want     string
	}{
		{missing(LayerIdentity), "because no identity-based policy allows the s3:PutObject action"},
		{missing(LayerResource), "because no resource-based policy allows the s3:PutObject action"},
		{missing(LayerBoundary), "because no permissions boundary allows the s3:PutObject action"},
		{missing(LayerSession), "because no session policy allows the s3:PutObject action"},
		{missing(LayerServiceControl), "because no service control policy allows the s3:PutObject action"},
		{missing(LayerTrust), "because no role trust policy allows the s3:PutObject action"},
		{denied(LayerIdentity, nil), "with an explicit deny in an identity-based policy"},
		{denied(LayerResource, nil), "with an explicit deny in a resource-based policy"},
		{denied(LayerBoundary, nil), "with an explicit deny in a permissions boundary"},
		{denied(LayerSession, nil), "with an explicit deny in a session policy"},
		{denied(LayerServiceControl, nil), "with an explicit deny in a service control policy"},
		{denied(LayerTrust, nil), "with an explicit deny in the role trust policy"},
		{Decision{}, ""},
		{Decision{Allowed: true, Layer: LayerIdentity}, ""},
	} {
		if got := c.decision.Clause("s3:PutObject"); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
