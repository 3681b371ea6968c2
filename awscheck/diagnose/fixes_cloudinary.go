package diagnose

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/media/address"
)

// cloudinaryFixes let Cloudinary in, by statements that are added to what is
// there (C14).
var cloudinaryFixes = map[string]func(bench) []Fix{
	"cloudinary-bucket-dots": func(b bench) []Fix {
		return []Fix{b.fix("cloudinary-other-bucket", "", b.link.buckets(), nil)}
	},
	"cloudinary-marker-missing":   markerFixes,
	"cloudinary-marker-misplaced": markerFixes,
	"cloudinary-policy-missing":   letCloudinaryRead,
	"cloudinary-policy-narrow":    letCloudinaryRead,
	"cloudinary-denied":           func(b bench) []Fix { return b.onBucketPolicy("cloudinary-exempt", nil, exemptCloudinary) },
	"cloudinary-restrict-public": func(b bench) []Fix {
		return b.onBucketPolicy("cloudinary-close-public", nil, withoutPublic)
	},
	"cloudinary-key-not-granted": func(b bench) []Fix {
		p := params(b.f)
		p.KeyARN = b.key()
		add := documented.CloudinaryKey(p)
		return b.onKeyPolicy("cloudinary-allow-key", &add, adding(add))
	},
	"cloudinary-key-managed": func(b bench) []Fix {
		return []Fix{b.fix("cloudinary-own-key", "", b.link.bucket("properties"), nil)}
	},
	"cloudinary-key-mismatch": func(b bench) []Fix {
		const flag = "--kms-key-arns"
		name := b.ours("connection edit", flag, b.args["keys"])
		if b.f.Connection == "" { // nothing is saved that could be edited
			others := slices.DeleteFunc(slices.Clone(b.f.Flags), func(f string) bool { return strings.HasPrefix(f, flag) })
			b.f.Flags = append(others, flag+"="+b.args["keys"])
			name = b.ours("check")
		}
		return []Fix{
			b.fix("cloudinary-name-key", name, b.link.bucket("objects"), nil),
			b.fix("then-cloudinary-key-policy", b.ours("policy kms"), "", nil),
		}
	},
	"cloudinary-too-wide": func(b bench) []Fix {
		add := documented.CloudinaryBucketTight(params(b.f))
		return b.onBucketPolicy("cloudinary-narrow", &add, func(d policy.Document) (policy.Document, bool) {
			out := copied(d)
			out.Statements = slices.DeleteFunc(out.Statements, ofCloudinaryAlone)
			return policy.Merge(out, add), len(out.Statements) < len(d.Statements)
		})
	},
}

func markerFixes(b bench) []Fix {
	command := b.ours("marker add")
	if b.f.Connection != "" { // its arguments are cloud names
		command = "mediadock marker add " + shell("-c", b.f.Connection)
	}
	cloud, _, _ := strings.Cut(b.args["clouds"], ", ")
	put := b.aws("s3api", "put-object", "--bucket", b.args["bucket"], "--key", address.CloudinaryMarker(orPlaceholder(cloud, "CLOUD_NAME")))
	return []Fix{
		b.fix("cloudinary-add-marker", command, "", nil),
		b.fix("cloudinary-put-marker", put, b.link.bucket("objects"), nil),
	}
}

func letCloudinaryRead(b bench) []Fix {
	add := documented.CloudinaryBucket(params(b.f))
	return b.onBucketPolicy("cloudinary-add-statement", &add, adding(add))
}

// CloudinaryReads is a request of Cloudinary's to read a key; account is the
// bucket's owner. Its organization is another than the owner's.
func CloudinaryReads(bucketARN, key, account string) policy.Request {
	return policy.Request{
		Principal: policy.Principal{
			Kind: policy.User, Account: documented.CloudinaryAccount,
			ARN: "arn:aws:iam::" + documented.CloudinaryAccount + ":user/cloudinary",
		},
		Action: "s3:GetObject", Resource: bucketARN + "/" + key, ResourceAccount: account,
		Context: map[string][]string{
			"aws:securetransport": {"true"}, "s3:tlsversion": {"1.3"}, "aws:principalorgid": {"o-another"},
			"s3:signatureversion": {"AWS4-HMAC-SHA256"}, "s3:authtype": {"REST-HEADER"},
		},
	}
}

// exemptCloudinary keeps Cloudinary's account out of every Deny of reading
// that is about everybody. It is false where there is none.
func exemptCloudinary(d policy.Document) (policy.Document, bool) {
	out, changed := copied(d), false
	for i, s := range out.Statements {
		if s.Effect != policy.Deny || s.Principal == nil || !s.CoversAction("s3:GetObject") || exemptsCloudinary(s) || asksForTLS(s) {
			continue
		}
		out.Statements[i].Conditions = append(slices.Clone(s.Conditions), policy.Condition{
			Operator: "StringNotEquals", Key: "aws:PrincipalAccount", Values: []string{documented.CloudinaryAccount},
		})
		changed = true
	}
	return out, changed
}

func exemptsCloudinary(s policy.Statement) bool {
	return slices.ContainsFunc(s.Conditions, func(c policy.Condition) bool {
		return strings.EqualFold(c.Key, "aws:PrincipalAccount") && slices.Contains(c.Values, documented.CloudinaryAccount)
	})
}

// asksForTLS tells a Deny that Cloudinary does not run into: it reads by
// HTTPS.
func asksForTLS(s policy.Statement) bool {
	return slices.ContainsFunc(s.Conditions, func(c policy.Condition) bool {
		return strings.EqualFold(c.Key, "aws:SecureTransport") && slices.Contains(c.Values, "false")
	})
}

// withoutPublic takes the statements away for which S3 calls a policy public.
func withoutPublic(d policy.Document) (policy.Document, bool) {
	out := copied(d)
	out.Statements = slices.DeleteFunc(out.Statements, func(s policy.Statement) bool { return s.Public() })
	return out, len(out.Statements) < len(d.Statements)
}

// ofCloudinaryAlone tells a grant that nobody else has.
func ofCloudinaryAlone(s policy.Statement) bool {
	if s.Effect != policy.Allow || s.Principal == nil || s.Principal.Any || len(s.Principal.AWS) == 0 {
		return false
	}
	others := slices.ContainsFunc(s.Principal.AWS, func(p string) bool { return !strings.Contains(p, documented.CloudinaryAccount) })
	return !others && len(s.Principal.Service)+len(s.Principal.Federated)+len(s.Principal.CanonicalUser) == 0
}
