package diagnose

import (
	"encoding/json"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// fixTables are all fixes, by cause.
func fixTables() []map[string]func(bench) []Fix {
	return []map[string]func(bench) []Fix{
		callerFixes, roleFixes, bucketFixes, objectFixes, layerFixes, deliveryFixes, sourceFixes, requestFixes, settingsFixes, profileFixes, cloudinaryFixes, imgixFixes, amplifyFixes,
	}
}

// sourceFixes mend where credentials and requests come from.
var sourceFixes = map[string]func(bench) []Fix{
	"profile-not-found": func(b bench) []Fix {
		return []Fix{b.fix("choose-profile", "aws configure list-profiles", "", nil)}
	},
	"region-missing": func(b bench) []Fix {
		return []Fix{b.fix("give-region", shell("export", "AWS_REGION="+b.args["region"]), "", nil)}
	},
	"session-token-invalid": func(b bench) []Fix {
		return []Fix{b.fix("set-session-token", "", "", nil), b.fix("sign-in-again", "aws sso login", "", nil)}
	},
	"session-token-global": func(b bench) []Fix {
		return []Fix{b.fix("use-regional-sts", "export AWS_STS_REGIONAL_ENDPOINTS=regional", b.link.accountSettings(), nil)}
	},
	"region-not-enabled": func(b bench) []Fix {
		return []Fix{b.fix("enable-region", b.iam("account", "enable-region", "--region-name", b.args["region"]), b.link.global("/billing/home#/account"), nil)}
	},
	"partition-mismatch": func(b bench) []Fix {
		return []Fix{b.fix("use-one-partition", "aws sts get-caller-identity", "", nil)}
	},
	"wrong-endpoint": func(b bench) []Fix {
		return []Fix{b.fix("use-rest-endpoint", "", "", nil)}
	},
	"session-tags-denied": func(b bench) []Fix {
		return []Fix{b.fix("allow-session-tags", b.getTrust(), b.link.role("trust_relationships"), nil)}
	},
}

// requestFixes mend what is wrong with a request itself.
var requestFixes = map[string]func(bench) []Fix{
	"request-malformed":   words("correct-request"),
	"acl-not-supported":   words("send-no-acl"),
	"public-acl-blocked":  words("send-no-acl"),
	"checksum-required":   words("send-checksum"),
	"content-corrupted":   words("find-changer"),
	"precondition-failed": words("look-again"),
	"write-conflict":      words("look-again"),
	"feature-unsupported": func(b bench) []Fix {
		return []Fix{b.fix("ask-less", "export AWS_REQUEST_CHECKSUM_CALCULATION=when_required", "", nil)}
	},
	"entity-too-large":   words("upload-in-parts"),
	"entity-too-small":   words("make-parts-larger"),
	"metadata-too-large": words("shorten-metadata"),
	"key-too-long":       words("shorten-key"),
	"tag-invalid":        words("correct-tags"),
	"quota-exceeded":     words("raise-quota"),
	"upload-timed-out":   words("upload-again"),
	"copy-to-itself":     words("replace-metadata"),
	"copy-too-large":     words("copy-in-parts"),
	"mfa-delete":         words("delete-with-mfa"),
	"bucket-name-invalid": func(b bench) []Fix {
		return []Fix{b.fix("check-bucket-name", b.iam("s3api", "list-buckets", "--query", "Buckets[].Name"), b.link.buckets(), nil)}
	},
	"object-not-found": func(b bench) []Fix {
		return []Fix{b.fix("find-key", b.aws("s3", "ls", "s3://"+b.args["bucket"]+"/"+b.args["dir"], "--recursive"), b.link.bucket("objects"), nil)}
	},
	"object-vanished": func(b bench) []Fix {
		return []Fix{b.fix("check-endpoint", b.aws("s3api", "head-object", "--bucket", b.args["bucket"], "--key", b.args["key"]), "", nil)}
	},
	"tagging-denied": func(b bench) []Fix {
		return []Fix{b.fix("allow-tagging", "", b.link.role("permissions"), allow(b.args["action"], b.args["resource"]))}
	},
	"action-denied": func(b bench) []Fix {
		return []Fix{b.fix("allow-action", "", b.link.global("/iam/home#/home"), allow(b.args["action"], b.args["resource"]))}
	},
}

// words is a fix that no command does.
func words(id string) func(bench) []Fix {
	return func(b bench) []Fix { return []Fix{b.fix(id, "", "", nil)} }
}

// allow is a policy that allows one action; nil where it is not known.
func allow(action, resource string) json.RawMessage {
	if strings.HasPrefix(action, "<") {
		return nil
	}
	return render(policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{action}, Resource: []string{resource},
	}}})
}
