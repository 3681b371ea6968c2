package diagnose

import (
	"encoding/json"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// bench is what a fix is made of: the facts, the text arguments, and links.
type bench struct {
	f    Facts
	args Args
	link console
}

// fixesFor gives the fixes of a cause, the best first. Every cause has one.
func fixesFor(cause string, f Facts, args Args) []Fix {
	b := bench{f: f, args: args, link: console{f}}
	for _, table := range fixTables() {
		if make, ok := table[cause]; ok {
			return make(b)
		}
	}
	return []Fix{b.fix("read-message", "", "", nil)}
}

func (b bench) fix(id, command, link string, document json.RawMessage) Fix {
	f := Fix{ID: id, Args: b.args, Command: command, ConsoleURL: link, Document: document}
	if m := fileArgument.FindStringSubmatch(command); m != nil && document != nil {
		f.File = m[1]
	}
	return f
}

var fileArgument = lazyregexp.New(`file://([A-Za-z0-9._-]+)`)

// Refix makes the fixes of a cause anew, from facts that know more than those
// it was found with: the documents that the owner's side has read since.
//
// What the fixes of Amplify's causes hold, their checks alone know.
func Refix(c Cause, f Facts) Cause {
	if _, ok := amplifyFixes[c.ID]; ok || c.ID == "cors-missing" {
		return c
	}
	c.Fixes = Because(c.ID, c.Likelihood, f, c.Args).Fixes
	return c
}

// aws is an AWS CLI command in the connection's region.
func (b bench) aws(args ...string) string {
	all := append([]string{"aws"}, args...)
	if b.f.Region != "" {
		all = append(all, "--region", b.f.Region)
	}
	return shell(all...)
}

// iam is an AWS CLI command of a service without regions.
func (b bench) iam(args ...string) string { return shell(append([]string{"aws"}, args...)...) }

func (b bench) getTrust() string {
	return b.iam("iam", "get-role", "--role-name", b.args["role_name"], "--query", "Role.AssumeRolePolicyDocument")
}

func (b bench) putTrust() string {
	return b.iam("iam", "update-assume-role-policy", "--role-name", b.args["role_name"], "--policy-document", "file://trust.json")
}

// putRolePolicy gives the role an inline policy, in place of any of that name.
func (b bench) putRolePolicy(name, file string) string {
	return b.iam("iam", "put-role-policy", "--role-name", b.args["role_name"],
		"--policy-name", name, "--policy-document", "file://"+file)
}

func (b bench) getBucketPolicy() string {
	return b.aws("s3api", "get-bucket-policy", "--bucket", b.args["bucket"], "--query", "Policy", "--output", "text")
}

func (b bench) putBucketPolicy() string {
	return b.aws("s3api", "put-bucket-policy", "--bucket", b.args["bucket"], "--policy", "file://bucket-policy.json")
}

var callerFixes = map[string]func(bench) []Fix{
	"no-credentials": func(b bench) []Fix {
		return []Fix{
			b.fix("sign-in", "aws configure sso", "", nil),
			b.fix("choose-profile", "aws configure list-profiles", "", nil),
			b.fix("write-profile", "mediadock signin media", "", nil),
		}
	},
	"credentials-expired": expired,
	"access-key-unknown": func(b bench) []Fix {
		return []Fix{
			b.fix("new-access-key", "aws configure", b.link.accessKeys(), nil),
			b.fix("set-session-token", "", "", nil),
		}
	},
	"secret-key-wrong": func(b bench) []Fix {
		return []Fix{b.fix("enter-secret-again", "aws configure", b.link.accessKeys(), nil)}
	},
	"clock-skew": func(b bench) []Fix {
		return []Fix{b.fix("set-clock", "sudo timedatectl set-ntp true", "", nil)}
	},
	"network-unreachable": func(b bench) []Fix {
		return []Fix{b.fix("open-network", "", "", nil)}
	},
	"connection-broken": func(b bench) []Fix {
		return []Fix{b.fix("try-later", "", "", nil)}
	},
	"tls-untrusted": func(b bench) []Fix {
		return []Fix{b.fix("trust-authority", "export AWS_CA_BUNDLE=/path/to/authority.pem", "", nil)}
	},
	"proxy-refused": func(b bench) []Fix {
		return []Fix{b.fix("configure-proxy", "export HTTPS_PROXY=http://PROXY_HOST:PORT NO_PROXY=localhost,127.0.0.1,169.254.169.254", "", nil)}
	},
	"region-unknown": func(b bench) []Fix {
		return []Fix{b.fix("choose-region", b.iam("s3api", "get-bucket-location", "--bucket", b.args["bucket"]), b.link.buckets(), nil)}
	},
	"service-unavailable": func(b bench) []Fix {
		return []Fix{b.fix("try-later", "", "https://health.aws.amazon.com/health/status", nil)}
	},
	"throttled": func(b bench) []Fix {
		return []Fix{b.fix("slow-down", "", "", nil)}
	},
	"request-refused": func(b bench) []Fix {
		return []Fix{b.fix("read-message", "", "", nil)}
	},
}

var roleFixes = map[string]func(bench) []Fix{
	"external-id-mismatch": func(b bench) []Fix {
		compare := b.fix("compare-external-id", b.getTrust(), b.link.role("trust_relationships"), nil)
		if b.f.Existing.Trust == nil {
			return append([]Fix{compare}, b.onTrust("replace-trust", nil)...)
		}
		return append(b.onTrust("add-trust", adding(documented.Trust(params(b.f)))), compare)
	},
	"caller-not-trusted": func(b bench) []Fix {
		return append(b.onTrust("trust-caller", adding(documented.Trust(params(b.f)))),
			b.fix("be-the-vendor", "aws sts get-caller-identity", "", nil))
	},
	"role-not-found": func(b bench) []Fix {
		return []Fix{b.fix("find-role", b.iam("iam", "get-role", "--role-name", b.args["role_name"], "--query", "Role.Arn", "--output", "text"), b.link.roles(), nil)}
	},
	"caller-lacks-permission": func(b bench) []Fix {
		return []Fix{b.fix("allow-assume-role", b.callerPolicy(), b.link.global("/iam/home#/home"), assumeRole(b.f))}
	},
	"trust-condition-unmet": func(b bench) []Fix {
		return []Fix{b.fix("read-trust-conditions", b.getTrust(), b.link.role("trust_relationships"), nil)}
	},
	"role-arn-invalid": func(b bench) []Fix {
		return []Fix{b.fix("copy-role-arn", b.iam("iam", "get-role", "--role-name", b.args["role_name"], "--query", "Role.Arn", "--output", "text"), b.link.roles(), nil)}
	},
	"sts-region-disabled": func(b bench) []Fix {
		return []Fix{b.fix("activate-sts", "", b.link.accountSettings(), nil)}
	},
	"session-too-long": func(b bench) []Fix {
		return []Fix{b.fix("raise-session-length", b.iam("iam", "update-role", "--role-name", b.args["role_name"], "--max-session-duration", "3600"), b.link.role("permissions"), nil)}
	},
	"propagating": func(b bench) []Fix {
		return []Fix{b.fix("wait", b.ours("check", "--wait", "1m"), "", nil)}
	},
	"caller-is-root": func(b bench) []Fix {
		return []Fix{b.fix("use-iam-identity", "aws configure sso", "", nil)}
	},
	"external-id-malformed": func(b bench) []Fix {
		return []Fix{b.fix("correct-external-id", "", "", nil)}
	},
	"external-id-not-required": requireExternalID,
	"external-id-optional":     requireExternalID,
	"external-id-wildcard":     requireExternalID,
	"trust-too-wide":           requireExternalID,
}

func requireExternalID(b bench) []Fix {
	return b.onTrust("require-external-id", func(d policy.Document) (policy.Document, bool) {
		// What it requires besides stays required: nothing is added that
		// would let the same principal in by less.
		arn := documented.Trust(params(b.f)).Statements[0].Principal.AWS[0]
		after := requireID(d, trusted(b.f), arn)
		return after, len(policy.Diff(d, after)) > 0
	})
}

// callerPolicy attaches a policy to the caller, as far as the CLI can: the
// policies of an SSO session are set elsewhere.
func (b bench) callerPolicy() string {
	arn := b.f.CallerARN
	// Of a name of its own: the same caller may assume other roles by others.
	name := "mediadock-assume-" + b.args["role_name"]
	switch {
	case strings.Contains(arn, ":user/"):
		return b.iam("iam", "put-user-policy", "--user-name", distributionID(arn), "--policy-name", name, "--policy-document", "file://assume-role.json")
	case strings.Contains(arn, ":assumed-role/") && !strings.Contains(arn, ":assumed-role/AWSReservedSSO_"):
		return b.iam("iam", "put-role-policy", "--role-name", roleName(roleOfSession(arn)), "--policy-name", name, "--policy-document", "file://assume-role.json")
	}
	return ""
}

var bucketFixes = map[string]func(bench) []Fix{
	"bucket-not-found": func(b bench) []Fix {
		return []Fix{b.fix("check-bucket-name", b.iam("s3api", "list-buckets", "--query", "Buckets[].Name"), b.link.buckets(), nil)}
	},
	"wrong-region": func(b bench) []Fix {
		return []Fix{b.fix("use-region", b.iam("s3api", "get-bucket-location", "--bucket", b.args["bucket"]), b.link.bucket("properties"), nil)}
	},
	"bucket-foreign-owner": func(b bench) []Fix {
		return []Fix{b.fix("check-owner", b.aws("s3api", "head-bucket", "--bucket", b.args["bucket"], "--expected-bucket-owner", b.args["role_account"]), "", nil)}
	},
	"bucket-type-unsupported": func(b bench) []Fix {
		return []Fix{b.fix("use-general-purpose", "", b.link.buckets(), nil)}
	},
	"account-suspended": func(b bench) []Fix {
		return []Fix{b.fix("contact-aws", "", b.link.base(""), nil)}
	},
	"location-denied": attach("allow-location"),
	"list-denied":     attach("allow-list"),
	"list-prefix-condition": func(b bench) []Fix {
		return b.onPermissions("correct-list-condition", inlinePolicy, "permissions.json", documented.PermissionsTight(params(b.f)))
	},
}

// attach is the fix of a permission that the documented policy grants.
func attach(id string) func(bench) []Fix {
	return func(b bench) []Fix {
		return b.onPermissions(id, inlinePolicy, "permissions.json", documented.Permissions(params(b.f)))
	}
}

var objectFixes = map[string]func(bench) []Fix{
	"put-denied":       attach("attach-permissions"),
	"put-wrong-prefix": attach("correct-resource"),
	"get-denied":       attach("attach-permissions"),
	"copy-denied":      attach("attach-permissions"),
	"delete-denied":    attach("attach-permissions"),
	"scope-too-wide":   func(b bench) []Fix { return b.narrowing("narrow-permissions") },
	"encryption-required": func(b bench) []Fix {
		return b.exempting("exempt-from-encryption-rule")
	},
	"kms-denied":         allowKey,
	"kms-decrypt-denied": allowKey,
	"kms-key-unusable": func(b bench) []Fix {
		return []Fix{
			b.fix("check-key", b.aws("kms", "describe-key", "--key-id", b.key()), b.link.key(b.key()), nil),
			b.fix("then-enable-key", b.aws("kms", "enable-key", "--key-id", b.key()), b.link.key(b.key()), nil),
			b.fix("cancel-key-deletion", b.aws("kms", "cancel-key-deletion", "--key-id", b.key()), b.link.key(b.key()), nil),
			b.useSSES3(),
		}
	},
	"acls-enabled": func(b bench) []Fix {
		return []Fix{b.fix("disable-acls", b.aws("s3api", "put-bucket-ownership-controls", "--bucket", b.args["bucket"], "--ownership-controls", "Rules=[{ObjectOwnership=BucketOwnerEnforced}]"), b.link.bucket("permissions"), nil)}
	},
	"object-locked": func(b bench) []Fix {
		return []Fix{
			b.fix("check-object-lock", b.aws("s3api", "get-object-lock-configuration", "--bucket", b.args["bucket"]), b.link.bucket("properties"), nil),
			b.fix("then-lift-retention", b.aws("s3api", "put-object-lock-configuration", "--bucket", b.args["bucket"],
				"--object-lock-configuration", `{"ObjectLockEnabled":"Enabled"}`), b.link.bucket("properties"), nil),
		}
	},
	"object-archived": func(b bench) []Fix {
		return []Fix{b.fix("restore-object", b.aws("s3api", "restore-object", "--bucket", b.args["bucket"], "--key", b.args["key"], "--restore-request", "Days=7"), b.link.bucket("objects"), nil)}
	},
	"requester-pays": func(b bench) []Fix {
		return []Fix{b.fix("owner-pays", b.aws("s3api", "put-bucket-request-payment", "--bucket", b.args["bucket"], "--request-payment-configuration", "Payer=BucketOwner"), b.link.bucket("properties"), nil)}
	},
	"delete-marker": func(b bench) []Fix {
		rules := `{"Rules":[{"ID":"expire-old-versions","Status":"Enabled","Filter":{"Prefix":"` + b.args["dir"] +
			`"},"NoncurrentVersionExpiration":{"NoncurrentDays":30},"Expiration":{"ExpiredObjectDeleteMarker":true}}]}`
		return []Fix{
			b.fix("expire-versions", b.aws("s3api", "get-bucket-lifecycle-configuration", "--bucket", b.args["bucket"]), b.link.bucket("management"), nil),
			b.fix("then-put-lifecycle", b.aws("s3api", "put-bucket-lifecycle-configuration", "--bucket", b.args["bucket"], "--lifecycle-configuration", rules), b.link.bucket("management"), nil),
		}
	},
	"metadata-lost": func(b bench) []Fix {
		return []Fix{b.fix("find-rewriter", b.aws("s3api", "head-object", "--bucket", b.args["bucket"], "--key", b.args["key"]), "", nil)}
	},
	"content-type-lost": func(b bench) []Fix {
		return []Fix{b.fix("find-type-rewriter", b.aws("s3api", "head-object", "--bucket", b.args["bucket"], "--key", b.args["key"]), "", nil)}
	},
	"left-behind": func(b bench) []Fix {
		return []Fix{b.fix("remove-by-hand", b.aws("s3", "rm", "s3://"+b.args["bucket"]+"/"+b.args["key"]), b.link.bucket("objects"), nil)}
	},
}
