package diagnose

import (
	"maps"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

// layerFixes are those of a refusal that names the policy type.
var layerFixes = map[string]func(bench) []Fix{
	"explicit-deny":   explicitDeny,
	"boundary-denied": widenBoundary,
	"scp-denied": func(b bench) []Fix {
		return []Fix{b.fix("ask-organization", "", b.link.organizations(), nil)}
	},
	"rcp-denied": func(b bench) []Fix {
		return []Fix{b.fix("ask-organization-rcp", "", b.link.organizations(), nil)}
	},
	"vpc-endpoint-denied": func(b bench) []Fix {
		return []Fix{b.fix("widen-endpoint-policy", b.aws("ec2", "describe-vpc-endpoints", "--filters", "Name=service-name,Values=com.amazonaws."+b.args["region"]+".s3"), "", nil)}
	},
	"session-policy-denied": func(b bench) []Fix {
		return []Fix{b.fix("drop-session-policy", "aws sts get-caller-identity", "", nil)}
	},
}

// explicitDeny adds an exception to the Deny that hit, in the kind of policy
// that the message names.
func explicitDeny(b bench) []Fix {
	switch Layer(b.args["layer"]) {
	case layerKey:
		return b.exemptingKey("mend-key-deny")
	case LayerResource:
		if strings.HasPrefix(b.args["action"], "kms:") {
			return b.exemptingKey("mend-key-deny")
		}
		return b.exempting("mend-bucket-deny")
	case LayerTrust:
		return b.exemptingTrust("mend-trust-deny")
	case LayerIdentity:
		return b.exemptingRole("mend-role-deny")
	}
	return []Fix{b.fix("mend-deny", "", "", nil)}
}

// exempting keeps the role out of what the bucket's policy denies.
func (b bench) exempting(id string) []Fix {
	_, arn := b.self()
	return b.onBucketPolicy(id, nil, func(d policy.Document) (policy.Document, bool) {
		return exempt(d, arn, b.inside())
	})
}

// exemptingKey is exempting for the key's policy.
func (b bench) exemptingKey(id string) []Fix {
	_, arn := b.self()
	return b.onKeyPolicy(id, nil, func(d policy.Document) (policy.Document, bool) {
		return exempt(d, arn, b.keyRequests())
	})
}

// exemptingTrust keeps who is to assume the role out of what the trust policy
// denies. Of an account nobody knows who that is.
func (b bench) exemptingTrust(id string) []Fix {
	guest := first(b.f.TrustedPrincipal, b.f.CallerARN)
	if !strings.Contains(guest, ":iam:") && !strings.Contains(guest, ":sts:") || strings.HasSuffix(guest, ":root") && b.f.TrustedPrincipal != "" {
		return []Fix{b.fix(id, b.getTrust(), b.link.role("trust_relationships"), nil)}
	}
	who, arn := principal(guest)
	if strings.Contains(guest, ":role/") {
		who.Kind, who.RoleARN = policy.AssumedRole, guest
	}
	return b.onTrustDeny(id, func(d policy.Document) (policy.Document, bool) {
		return exempt(d, arn, []policy.Request{{
			Principal: who, Action: "sts:AssumeRole", Resource: b.args["role"], ResourceAccount: accountOf(b.args["role"]),
			Context: map[string][]string{"sts:externalid": {maskedID}, "aws:securetransport": {"true"}},
		}})
	})
}

// onTrustDeny is onTrust for what cannot be mended unread.
func (b bench) onTrustDeny(id string, change edit) []Fix {
	if b.f.Existing.Trust == nil || b.f.CallerARN == "" {
		return []Fix{b.fix(id, b.getTrust(), b.link.role("trust_relationships"), nil)}
	}
	return b.onTrust(id, change)
}

// exemptingRole takes the connection's bucket out of a Deny for everything in
// the role's own inline policies; any other Deny has to be read by a person.
func (b bench) exemptingRole(id string) []Fix {
	link := b.link.role("permissions")
	for _, name := range slices.Sorted(maps.Keys(b.f.Existing.Permissions)) {
		now := b.f.Existing.Permissions[name]
		if after, ok := b.spare(now); ok {
			return []Fix{b.replacing(id, b.putRolePolicy(name, "permissions.json"), link, now, after)}
		}
	}
	return []Fix{b.fix(id, b.iam("iam", "list-role-policies", "--role-name", b.args["role_name"]), link, nil)}
}

// spare turns Resource "*" of a Deny that hits into everything but what the
// connection needs.
func (b bench) spare(d policy.Document) (policy.Document, bool) {
	out := copied(d)
	changed := false
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Effect != policy.Deny || !slices.Equal(s.Resource, []string{"*"}) || !b.hits(*s) {
			continue
		}
		s.Resource, s.NotResource = nil, []string{b.args["bucket_arn"], b.args["objects_arn"]}
		changed = true
	}
	return out, changed
}

func (b bench) hits(s policy.Statement) bool {
	doc := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{s}}
	return slices.ContainsFunc(b.inside(), func(r policy.Request) bool {
		return policy.Evaluate(r, policy.Policies{Identity: []policy.Document{doc}}).Explicit
	})
}

// widenBoundary lets the boundary allow what the CMS does. It is a managed
// policy, which changes by a new version.
func widenBoundary(b bench) []Fix {
	link := b.link.role("permissions")
	add := documented.Permissions(params(b.f))
	remove := b.fix("remove-boundary", b.iam("iam", "delete-role-permissions-boundary", "--role-name", b.args["role_name"]), link, nil)
	now := b.f.Existing.Boundary
	if now == nil || b.f.Existing.BoundaryARN == "" {
		read := b.iam("iam", "get-role", "--role-name", b.args["role_name"], "--query", "Role.PermissionsBoundary")
		return []Fix{b.fix("widen-boundary", read, link, render(add)), remove}
	}
	put := b.iam("iam", "create-policy-version", "--policy-arn", b.f.Existing.BoundaryARN,
		"--policy-document", "file://boundary.json", "--set-as-default")
	if after, ok := adding(add)(*now); ok {
		return []Fix{b.replacing("widen-boundary", put, link, *now, after), remove}
	}
	return []Fix{b.fix("widen-boundary", put, link, render(add)), remove}
}
