package policy

import "testing"

// The rules are those of "Resource control policies (RCPs)", "RCP evaluation"
// and "Control access to VPC endpoints using endpoint policies".
func TestResourceControlAndEndpointPolicies(t *testing.T) {
	const (
		foreign  = `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + home + `"}}}`
		plain    = `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`
		nameless = `{"Effect":"Deny","Action":"s3:*","Resource":"*"}`
	)
	whole := to("Allow", `"*"`)
	for _, c := range []struct {
		rule   string
		who    Principal
		layers layers
		want   outcome
	}{
		{"rcp: full access is implied, none of its own is needed", alice, layers{identity: allow, resourceControl: foreign}, allowedBy(LayerIdentity)},
		{"rcp: an allow grants nothing", alice, layers{resourceControl: whole}, missingIn(LayerIdentity)},
		{"rcp: it binds principals of other accounts", stranger, layers{identity: allow, resource: to("Allow", aws(stranger.ARN)), resourceControl: foreign}, deniedBy(LayerResourceControl)},
		{"rcp: it binds anonymous requests", nobody, layers{resource: whole, resourceControl: foreign}, deniedBy(LayerResourceControl)},
		{"rcp: it binds services", cdn, layers{resource: to("Allow", `{"Service":"cloudfront.amazonaws.com"}`), resourceControl: foreign}, deniedBy(LayerResourceControl)},
		{"rcp: it binds the root user", root, layers{resourceControl: to("Deny", `"*"`)}, deniedBy(LayerResourceControl)},
		{"rcp: a condition that is not met does not bind", alice, layers{identity: allow, resourceControl: plain}, allowedBy(LayerIdentity)},
		{"rcp: a statement that names nobody means everybody", alice, layers{identity: allow, resourceControl: nameless}, deniedBy(LayerResourceControl)},
		{"rcp: a service control policy is named first", alice, layers{serviceControl: deny, resourceControl: nameless}, deniedBy(LayerServiceControl)},
		{"rcp: it is named before the bucket policy", alice, layers{identity: allow, resource: to("Deny", `"*"`), resourceControl: nameless}, deniedBy(LayerResourceControl)},

		{"endpoint: it must allow", alice, layers{identity: allow, endpoint: `{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"*"}`}, missingIn(LayerVPCEndpoint)},
		{"endpoint: it grants nothing", alice, layers{endpoint: whole}, missingIn(LayerIdentity)},
		{"endpoint: both allow", alice, layers{identity: allow, endpoint: whole}, allowedBy(LayerIdentity)},
		{"endpoint: another bucket's ARN does not allow", alice, layers{identity: allow, endpoint: `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::other","arn:aws:s3:::other/*"]}`}, missingIn(LayerVPCEndpoint)},
		{"endpoint: an explicit deny", alice, layers{identity: allow, endpoint: whole + "," + to("Deny", `"*"`)}, deniedBy(LayerVPCEndpoint)},
		{"endpoint: it limits a grant of the bucket policy, too", role, layers{resource: whole, endpoint: to("Allow", aws(alice.ARN))}, missingIn(LayerVPCEndpoint)},
		{"endpoint: it limits the root user", root, layers{endpoint: to("Allow", aws(alice.ARN))}, missingIn(LayerVPCEndpoint)},
		{"endpoint: it limits anonymous requests", nobody, layers{resource: whole, endpoint: to("Allow", aws(alice.ARN))}, missingIn(LayerVPCEndpoint)},
		{"endpoint: a service control policy is missed first", alice, layers{identity: allow, serviceControl: others, endpoint: to("Allow", aws(root.ARN))}, missingIn(LayerServiceControl)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := Evaluate(Request{
				Principal: c.who, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home,
				Context: map[string][]string{"aws:securetransport": {"true"}},
			}, c.layers.policies(t))
			check(t, d, c.want)
		})
	}
}

func TestClauseOfPerimeters(t *testing.T) {
	for _, c := range []struct {
		d    Decision
		want string
	}{
		{Decision{Explicit: true, Layer: LayerResourceControl}, "with an explicit deny in a resource control policy"},
		{Decision{Explicit: true, Layer: LayerVPCEndpoint}, "with an explicit deny in a VPC endpoint policy"},
		{Decision{Layer: LayerVPCEndpoint}, "because no VPC endpoint policy allows the s3:GetObject action"},
	} {
		if got := c.d.Clause("s3:GetObject"); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
