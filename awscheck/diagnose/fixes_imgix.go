package diagnose

import (
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

// imgixFixes mend the key that imgix holds, and its source.
var imgixFixes = map[string]func(bench) []Fix{
	"imgix-key-root":      newReader,
	"imgix-key-shared":    newReader,
	"imgix-key-temporary": newReader,
	"imgix-key-writes":    narrowReader,
	"imgix-key-other-buckets": func(b bench) []Fix {
		return narrowReader(b)
	},
	"imgix-bucket-lets-more": func(b bench) []Fix {
		return []Fix{b.fix("imgix-narrow-bucket", b.aws("s3api", "get-bucket-policy", "--bucket", b.args["bucket"]), b.link.bucket("permissions"), nil)}
	},
	"imgix-queued": func(b bench) []Fix {
		return []Fix{b.fix("imgix-wait", b.ours("check", "--wait", "5m"), imgixSources, nil)}
	},
	"imgix-subdomain-wrong": func(b bench) []Fix { return []Fix{b.fix("imgix-check-subdomain", "", imgixSources, nil)} },
	"imgix-prefix-wrong":    func(b bench) []Fix { return []Fix{b.fix("imgix-check-prefix", "", imgixSources, nil)} },
	"imgix-refused": func(b bench) []Fix {
		return []Fix{b.fix("imgix-check-key", "", imgixSources, nil), b.fix("imgix-check-prefix", "", imgixSources, nil)}
	},
}

// imgixSources is the list of sources in imgix's dashboard.
const imgixSources = "https://dashboard.imgix.com/sources"

// user is the name of the caller where that is a user of IAM; empty for
// others.
func (b bench) user() string {
	if !strings.Contains(b.f.CallerARN, ":user/") {
		return ""
	}
	return distributionID(b.f.CallerARN) // what follows the last slash
}

// userLink is the user's page in the console.
func (b bench) userLink() string {
	if b.user() == "" {
		return b.link.global("/iam/home#/users")
	}
	return b.link.global("/iam/home#/users/details/" + url.PathEscape(b.user()) + "?section=permissions")
}

func (b bench) putUserPolicy() string {
	if b.user() == "" {
		return ""
	}
	return b.iam("iam", "put-user-policy", "--user-name", b.user(), "--policy-name", b.ownName(inlinePolicy), "--policy-document", "file://imgix-policy.json")
}

// lettingRead gives the user what imgix needs.
func (b bench) lettingRead() []Fix {
	return []Fix{b.fix("imgix-let-read", b.putUserPolicy(), b.userLink(), render(documented.ReadOnlyTight(params(b.f))))}
}

// narrowReader leaves the user that alone: what else it has, the person who
// gave it takes away.
func narrowReader(b bench) []Fix {
	return []Fix{
		b.fix("imgix-narrow-key", b.putUserPolicy(), b.userLink(), render(documented.ReadOnlyTight(params(b.f)))),
		b.fix("then-imgix-take-away", "", b.userLink(), nil),
	}
}

// newReader makes a user for imgix alone (I15). The key is made in the console,
// so that its secret is in no terminal's history.
func newReader(b bench) []Fix {
	return []Fix{
		b.fix("imgix-make-user", "", b.link.global("/iam/home#/users/create"), nil),
		b.fix("then-imgix-allow-user", b.iam("iam", "put-user-policy", "--user-name", "imgix", "--policy-name", b.ownName(inlinePolicy), "--policy-document", "file://imgix-policy.json"),
			b.link.global("/iam/home#/users/details/imgix?section=permissions"), render(documented.ReadOnlyTight(params(b.f)))),
		b.fix("then-imgix-make-key", "", b.link.global("/iam/home#/users/details/imgix?section=security_credentials"), nil),
	}
}
