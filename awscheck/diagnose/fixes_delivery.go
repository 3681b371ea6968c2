package diagnose

var deliveryFixes = map[string]func(bench) []Fix{
	"public-access-blocked": func(b bench) []Fix {
		return []Fix{
			b.fix("unblock-public-policy", b.aws("s3api", "put-public-access-block", "--bucket", b.args["bucket"],
				"--public-access-block-configuration", "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false"), b.link.bucket("permissions"), nil),
			b.fix("use-cloudfront", "", b.link.distribution(""), nil),
		}
	},
	"bucket-policy-missing":    bucketPolicy("add-bucket-policy"),
	"bucket-policy-wrong-path": bucketPolicy("correct-bucket-policy"),
	"origin-access-missing": func(b bench) []Fix {
		return []Fix{b.fix("set-origin-access", b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig.Origins"), b.link.distribution("origins"), nil)}
	},
	"origin-access-wrong-distribution": bucketPolicy("correct-source-arn"),
	"origin-path-doubled": func(b bench) []Fix {
		return []Fix{b.fix("clear-origin-path", b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig.Origins.Items[].[Id,OriginPath]"), b.link.distribution("origins"), nil)}
	},
	"origin-redirects": func(b bench) []Fix {
		return []Fix{b.fix("use-regional-origin", b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig.Origins"), b.link.distribution("origins"), nil)}
	},
	"origin-unreachable": func(b bench) []Fix {
		return []Fix{b.fix("check-origin", b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig.Origins"), b.link.distribution("origins"), nil)}
	},
	"kms-anonymous": func(b bench) []Fix {
		if b.f.Domain != "" {
			add := cloudFrontKey(b.f)
			return b.onKeyPolicy("allow-cloudfront-kms", &add, adding(add))
		}
		return []Fix{b.fix("use-sse-s3", b.aws("s3api", "put-bucket-encryption", "--bucket", b.args["bucket"], "--server-side-encryption-configuration",
			`{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}`), b.link.bucket("properties"), nil)}
	},
	"domain-not-found": func(b bench) []Fix {
		return []Fix{b.fix("add-dns-record", shell("dig", "+short", b.args["host"]), b.link.distribution(""), nil)}
	},
	"domain-wrong-target": func(b bench) []Fix {
		return []Fix{b.fix("correct-dns-record", shell("dig", "+short", b.args["host"]), b.link.distribution(""), nil)}
	},
	"alias-missing": func(b bench) []Fix {
		return []Fix{b.fix("add-alias", b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig.Aliases"), b.link.distribution(""), nil)}
	},
	"tls-name-mismatch": func(b bench) []Fix {
		if b.f.Domain == "" && b.f.Bucket != "" {
			return []Fix{b.fix("avoid-dots", "", b.link.distribution(""), nil)}
		}
		return []Fix{b.fix("add-certificate", shell("aws", "acm", "request-certificate", "--domain-name", b.args["host"], "--validation-method", "DNS", "--region", "us-east-1"), b.link.certificates(), nil)}
	},
	"distribution-deploying": func(b bench) []Fix {
		return []Fix{b.fix("wait-for-distribution", b.iam("cloudfront", "wait", "distribution-deployed", "--id", b.args["distribution"]), b.link.distribution(""), nil)}
	},
	"waf-blocked": func(b bench) []Fix {
		return []Fix{b.fix("allow-in-waf", "", b.link.distribution("security"), nil)}
	},
	"error-cached": func(b bench) []Fix {
		return []Fix{b.fix("invalidate-error", b.invalidate(), b.link.distribution("invalidations"), nil)}
	},
	"spa-fallback": func(b bench) []Fix {
		return []Fix{b.fix("add-behaviour", b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig.[CacheBehaviors,CustomErrorResponses]"), b.link.distribution("behaviors"), nil)}
	},
	"wrong-content": func(b bench) []Fix {
		return []Fix{b.fix("invalidate", b.invalidate(), b.link.distribution("invalidations"), nil)}
	},
	"cors-missing": func(b bench) []Fix {
		return []Fix{b.fix("set-cors", b.aws("s3api", "put-bucket-cors", "--bucket", b.args["bucket"], "--cors-configuration",
			`{"CORSRules":[{"AllowedMethods":["GET","HEAD"],"AllowedOrigins":["https://www.example.com"],"AllowedHeaders":["*"],"MaxAgeSeconds":3600}]}`), b.link.bucket("permissions"), nil)}
	},
	"direct-access-open": func(b bench) []Fix {
		return b.closing("close-direct-access", "s3:GetObject")
	},
	"listing-public": func(b bench) []Fix {
		return b.closing("close-listing", "s3:ListBucket")
	},
	"cdn-stale": func(b bench) []Fix {
		return []Fix{
			b.fix("invalidate", b.invalidate(), b.link.distribution("invalidations"), nil),
			b.fix("shorten-ttl", "", b.link.distribution("behaviors"), nil),
		}
	},
}

// bucketPolicy is the fix of a bucket policy that does not let readers in.
func bucketPolicy(id string) func(bench) []Fix {
	return func(b bench) []Fix {
		chosen := id
		if b.f.Domain == "" && id == "add-bucket-policy" {
			chosen = "add-public-policy"
		}
		add := readers(b.f)
		return b.onBucketPolicy(chosen, &add, adding(add))
	}
}

// CauseIDs are all causes that have a fix of their own, for tests of their
// texts.
func CauseIDs() []string {
	var ids []string
	for _, table := range fixTables() {
		for id := range table {
			ids = append(ids, id)
		}
	}
	return ids
}
