package account

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// policies reads a list of documents; one that is there and empty is not nil.
func (d *decoder) policies(to *[]policy.Document, kind policy.Kind) field {
	return func(n ast.Node, path string) {
		*to = []policy.Document{}
		d.list(n, path, func(n ast.Node, path string) {
			var p *policy.Document
			d.policy(&p, kind)(n, path)
			if p != nil {
				*to = append(*to, *p)
			}
		})
	}
}

// resourceControl reads resource control policies. Besides AWS's own, which
// allows everything, they may only deny, to everybody.
func (d *decoder) resourceControl(to *[]policy.Document) field {
	return func(n ast.Node, path string) {
		d.policies(to, policy.KindBucket)(n, path)
		for _, doc := range *to {
			for _, s := range doc.Statements {
				reason := ""
				switch {
				case s.Effect != policy.Deny:
					reason = "a resource control policy may only deny; AWS's own RCPFullAWSAccess allows the rest"
				case s.Principal == nil || !s.Principal.Any:
					reason = "the Principal of a resource control policy is \"*\"; choose by a Condition"
				}
				if reason != "" {
					d.problems = append(d.problems, Problem{Line: s.Line, Path: path, Code: "policy", Reason: reason})
				}
			}
		}
	}
}

func (d *decoder) accountAccessBlock(to **PublicAccessBlock) field {
	return func(n ast.Node, path string) {
		*to = &PublicAccessBlock{}
		d.publicAccessBlock(*to)(n, path)
	}
}

func (d *decoder) attached(to *[]AttachedPolicy) field {
	return func(n ast.Node, path string) {
		names := map[string]bool{}
		d.list(n, path, func(n ast.Node, path string) {
			var p AttachedPolicy
			seen := d.object(n, path, map[string]field{
				"name":   d.matching(&p.Name, policyNameGrammar, "policy name"),
				"policy": d.policy(&p.Policy, policy.KindIdentity),
			})
			d.require(n, path, seen, "name")
			if _, known := AWSManagedPolicy(p.Name); p.Name != "" && !seen["policy"] && !known {
				d.report(n, join(path, "policy"), "missing", "is required: %q is no policy of AWS's own that the sandbox knows (%s)",
					p.Name, strings.Join(AWSManagedPolicies(), ", "))
			}
			if names[p.Name] {
				d.report(n, join(path, "name"), "duplicate", "%q is there twice", p.Name)
			}
			names[p.Name] = true
			*to = append(*to, p)
		})
	}
}

// checkAttached refuses two policies of one name: a managed policy is one,
// whoever has it.
func (d *decoder) checkAttached(root ast.Node, a Account) {
	known := map[string]string{}
	for i, r := range a.Roles {
		for n, p := range r.AttachedPolicies {
			if p.Policy == nil {
				continue
			}
			text, _ := json.Marshal(*p.Policy) // what was parsed marshals
			if before, ok := known[strings.ToLower(p.Name)]; ok && before != string(text) {
				d.report(d.at(root, "roles", i), fmt.Sprintf("roles[%d].attached_policies[%d].name", i, n), "duplicate",
					"there is another policy called %q", p.Name)
			}
			known[strings.ToLower(p.Name)] = string(text)
		}
	}
}

var aliasGrammar = lazyregexp.New(`^alias/[A-Za-z0-9/_-]{1,250}$`)

func (d *decoder) kmsKey(n ast.Node, path string) KMSKey {
	k := KMSKey{State: "Enabled"}
	seen := d.object(n, path, map[string]field{
		"arn": d.matching(&k.ARN, kmsGrammar, "KMS key ARN (arn:aws:kms:REGION:ACCOUNT:key/ID)"),
		"aliases": d.listOf(func(n ast.Node, path string) {
			var alias string
			d.matching(&alias, aliasGrammar, "alias (alias/NAME)")(n, path)
			if strings.HasPrefix(alias, "alias/aws/") {
				d.report(n, path, "invalid", "alias/aws/ is for the keys that AWS manages")
			}
			k.Aliases = append(k.Aliases, alias)
		}),
		"policy": d.policy(&k.Policy, policy.KindKey),
		"state":  d.oneOf(&k.State, "Enabled", "Disabled", "PendingDeletion"),
	})
	d.require(n, path, seen, "arn")
	return k
}

func regionOfKey(arn string) string {
	if f := strings.SplitN(arn, ":", 6); len(f) == 6 {
		return f[3] + "/" + f[4] + "/"
	}
	return ""
}
