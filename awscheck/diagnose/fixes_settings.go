package diagnose

// settingsFixes mend what only the owner's side sees: settings of bucket, key
// and distribution that are wrong before anybody has met with a refusal.
var settingsFixes = map[string]func(bench) []Fix{
	"public-access-unblocked": func(b bench) []Fix { return []Fix{b.blockPublicAccess()} },
	"lifecycle-expires":       narrowRule,
	"lifecycle-archives":      narrowRule,
	"kms-managed-key": func(b bench) []Fix {
		return append([]Fix{b.fix("use-own-key", b.aws("kms", "create-key", "--description", b.args["bucket"]), b.link.key(""), nil)}, b.useSSES3())
	},
	"distribution-not-found": func(b bench) []Fix {
		return []Fix{b.fix("find-distribution", b.iam("cloudfront", "list-distributions", "--query",
			"DistributionList.Items[].[Id,DomainName,join(',',Aliases.Items||`[]`)]", "--output", "text"), b.link.global("/cloudfront/v4/home#/distributions"), nil)}
	},
	"distribution-disabled": func(b bench) []Fix {
		return []Fix{b.fix("enable-distribution", b.getDistributionConfig("DistributionConfig.Enabled"), b.link.distribution(""), nil)}
	},
	"origin-other-bucket": useBucketOrigin,
	"origin-website":      useBucketOrigin,
}

func (b bench) getDistributionConfig(query string) string {
	return b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", query)
}

func useBucketOrigin(b bench) []Fix {
	return []Fix{b.fix("use-bucket-origin", b.getDistributionConfig("DistributionConfig.Origins"), b.link.distribution("origins"), nil)}
}

// narrowRule has a rule leave the media alone. Putting a configuration
// replaces all rules, so that none can be given here.
func narrowRule(b bench) []Fix {
	return []Fix{b.fix("narrow-rule", b.aws("s3api", "get-bucket-lifecycle-configuration", "--bucket", b.args["bucket"]), b.link.bucket("management"), nil)}
}

const allBlocked = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true"

func (b bench) blockPublicAccess() Fix {
	return b.fix("block-public-access", b.aws("s3api", "put-public-access-block", "--bucket", b.args["bucket"],
		"--public-access-block-configuration", allBlocked), b.link.bucket("permissions"), nil)
}

func (b bench) useSSES3() Fix {
	return b.fix("use-sse-s3", b.aws("s3api", "put-bucket-encryption", "--bucket", b.args["bucket"], "--server-side-encryption-configuration",
		`{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}`), b.link.bucket("properties"), nil)
}

// unblock lets a public bucket policy work, at the levels that are known to
// keep it from working; of levels that are not known, at the bucket's.
func (b bench) unblock() []Fix {
	bucket := b.fix("unblock-public-policy", b.aws("s3api", "put-public-access-block", "--bucket", b.args["bucket"],
		"--public-access-block-configuration", "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false"), b.link.bucket("permissions"), nil)
	account := func() Fix {
		return b.fix("unblock-account", b.aws("s3control", "put-public-access-block", "--account-id", b.args["account"],
			"--public-access-block-configuration", b.args["account_acls"]+",BlockPublicPolicy=false,RestrictPublicBuckets=false"), b.link.global("/s3/settings"), nil)
	}
	switch b.args["level"] {
	case "bucket":
		bucket.ID = "unblock-bucket" // the account is known to allow it
		return []Fix{bucket}
	case "account":
		return []Fix{account()}
	case "both":
		bucket.ID = "unblock-bucket"
		return []Fix{bucket, account()}
	}
	return []Fix{bucket}
}
