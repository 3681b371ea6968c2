package diagnose

import "github.com/mediadock/mediadock/media/address"

var deliveryFixes = map[string]func(bench) []Fix{
	"public-access-blocked": func(b bench) []Fix {
		return append(b.unblock(), b.fix("use-cloudfront", "", b.link.distribution(""), nil))
	},
	"bucket-policy-missing":    bucketPolicy("add-bucket-policy"),
	"bucket-policy-wrong-path": bucketPolicy("correct-bucket-policy"),
	"origin-access-missing": func(b bench) []Fix {
		return []Fix{
			b.fix("create-origin-access", b.iam("cloudfront", "create-origin-access-control", "--origin-access-control-config",
				"Name=mediadock,SigningProtocol=sigv4,SigningBehavior=always,OriginAccessControlOriginType=s3"), b.link.originAccess(), nil),
			b.fix("set-origin-access", b.config("Origins"), b.link.distribution("origins"), nil),
		}
	},
	"origin-access-wrong-distribution": bucketPolicy("correct-source-arn"),
	"origin-path-doubled": func(b bench) []Fix {
		return []Fix{b.fix("clear-origin-path", b.config("Origins.Items[].[Id,OriginPath]"), b.link.distribution("origins"), nil)}
	},
	"origin-redirects": func(b bench) []Fix {
		return []Fix{b.fix("use-regional-origin", b.config("Origins"), b.link.distribution("origins"), nil)}
	},
	"origin-wrong-bucket": func(b bench) []Fix {
		return []Fix{b.fix("set-origin-bucket", b.config("Origins.Items[].[Id,DomainName,OriginPath]"), b.link.distribution("origins"), nil)}
	},
	"origin-path-wrong": func(b bench) []Fix {
		return []Fix{b.fix("correct-origin-path", b.config("[Origins.Items[].[Id,OriginPath],DefaultCacheBehavior.FunctionAssociations]"), b.link.distribution("origins"), nil)}
	},
	"origin-unreachable": func(b bench) []Fix {
		return []Fix{b.fix("check-origin", b.config("Origins"), b.link.distribution("origins"), nil)}
	},
	"kms-anonymous": func(b bench) []Fix {
		if b.f.Domain != "" || b.f.Distribution != "" {
			add := cloudFrontKey(b.f)
			return b.onKeyPolicy("allow-cloudfront-kms", &add, adding(add))
		}
		return []Fix{b.useSSES3()}
	},
	"domain-not-found":    func(b bench) []Fix { return []Fix{b.dnsRecord("add-dns-record")} },
	"domain-wrong-target": func(b bench) []Fix { return []Fix{b.dnsRecord("correct-dns-record")} },
	"domain-ipv6-only": func(b bench) []Fix {
		return []Fix{b.fix("add-ipv4-record", shell("dig", "+short", b.args["host"], "A", b.args["host"], "AAAA"), b.link.distribution(""), nil)}
	},
	"delivery-silent": func(b bench) []Fix {
		return []Fix{
			b.fix("check-origin", b.config("Origins"), b.link.distribution("origins"), nil),
			b.fix("look-at-url", shell("curl", "-sv", "-o", "/dev/null", "--max-time", "60", b.args["url"]), "", nil),
		}
	},
	"alias-missing": func(b bench) []Fix {
		return []Fix{
			b.alias(),
			b.fix("find-conflicting-alias", b.iam("cloudfront", "list-conflicting-aliases", "--distribution-id", b.args["distribution"], "--alias", b.args["host"]), b.link.distribution(""), nil),
		}
	},
	"tls-name-mismatch": func(b bench) []Fix {
		if b.f.Domain == "" && b.f.Bucket != "" {
			return []Fix{b.fix("avoid-dots", "", b.link.distribution(""), nil)}
		}
		return []Fix{b.certificate(), b.alias(), b.dnsRecord("correct-dns-record")}
	},
	"certificate-expired": func(b bench) []Fix {
		return []Fix{b.fix("renew-certificate", b.iam("acm", "list-certificates", "--region", certificateRegion(b.f), "--query",
			"CertificateSummaryList[].[DomainName,Status,RenewalEligibility,NotAfter]"), b.link.certificates(), nil), b.certificate()}
	},
	"distribution-deploying": func(b bench) []Fix {
		return []Fix{b.fix("wait-for-distribution", b.iam("cloudfront", "wait", "distribution-deployed", "--id", b.args["distribution"]), b.link.distribution(""), nil)}
	},
	"waf-blocked": func(b bench) []Fix {
		return []Fix{b.fix("allow-in-waf", b.config("[WebACLId,Restrictions.GeoRestriction]"), b.link.distribution("security"), nil)}
	},
	"signed-url-required": func(b bench) []Fix {
		return []Fix{b.fix("lift-viewer-restriction", b.config("[DefaultCacheBehavior.TrustedKeyGroups,CacheBehaviors.Items[].[PathPattern,TrustedKeyGroups]]"), b.link.distribution("behaviors"), nil)}
	},
	"edge-function-failed": func(b bench) []Fix {
		return []Fix{b.fix("mend-edge-function", b.config("DefaultCacheBehavior.[FunctionAssociations,LambdaFunctionAssociations]"), b.link.distribution("behaviors"), nil)}
	},
	"error-cached": func(b bench) []Fix {
		return []Fix{b.fix("invalidate-error", b.purge(), b.link.distribution("invalidations"), nil)}
	},
	"spa-fallback": func(b bench) []Fix {
		return []Fix{b.fix("add-behaviour", b.config("[CacheBehaviors,CustomErrorResponses]"), b.link.distribution("behaviors"), nil)}
	},
	"wrong-content": func(b bench) []Fix {
		purge := b.fix("invalidate", b.purge(), b.link.distribution("invalidations"), nil)
		if b.args["by"] == string(FromOther) {
			return []Fix{b.dnsRecord("correct-dns-record"), purge}
		}
		return []Fix{purge}
	},
	"cors-missing": func(b bench) []Fix {
		if b.f.Wanted != nil { // the check knows the rules, and that there are none yet
			return appCORS(b)
		}
		rules := `{"CORSRules":[{"AllowedMethods":["GET","HEAD"],"AllowedOrigins":["https://www.example.com"],"AllowedHeaders":["*"],"ExposeHeaders":["ETag"],"MaxAgeSeconds":3000}]}`
		return []Fix{ // putting rules replaces those that there are
			b.fix("set-cors", b.aws("s3api", "get-bucket-cors", "--bucket", b.args["bucket"]), b.link.bucket("permissions"), nil),
			b.fix("then-put-cors", b.aws("s3api", "put-bucket-cors", "--bucket", b.args["bucket"], "--cors-configuration", rules), b.link.bucket("permissions"), nil),
		}
	},
	"direct-access-open": func(b bench) []Fix {
		return b.closing("close-direct-access", "s3:GetObject")
	},
	"listing-public": func(b bench) []Fix {
		return b.closing("close-listing", "s3:ListBucket")
	},
	"cdn-stale": func(b bench) []Fix {
		return []Fix{
			b.fix("invalidate", b.purge(), b.link.distribution("invalidations"), nil),
			b.fix("shorten-ttl", "", b.link.distribution("behaviors"), nil),
		}
	},
}

// config reads a part of the distribution's configuration. Changing it takes
// the whole of it, so that the console is the better place.
func (b bench) config(part string) string {
	return b.iam("cloudfront", "get-distribution-config", "--id", b.args["distribution"], "--query", "DistributionConfig."+part)
}

// purge removes the key's copies from the CDN, whatever their query strings.
func (b bench) purge() string {
	key := b.f.Key
	paths := []string{"/<KEY>*"}
	if key != "" {
		paths = address.Space{}.InvalidationPaths(key)
	}
	return b.iam(append([]string{"cloudfront", "create-invalidation", "--distribution-id", b.args["distribution"], "--paths"}, paths...)...)
}

func (b bench) alias() Fix {
	return b.fix("add-alias", b.config("[Aliases,ViewerCertificate]"), b.link.distribution(""), nil)
}

func (b bench) certificate() Fix {
	return b.fix("add-certificate", shell("aws", "acm", "request-certificate", "--domain-name", b.args["host"],
		"--validation-method", "DNS", "--region", certificateRegion(b.f)), b.link.certificates(), nil)
}

// certificateRegion is where CloudFront takes certificates of ACM from.
func certificateRegion(f Facts) string { return first(globalRegions[partition(f)], "us-east-1") }

func (b bench) dnsRecord(id string) Fix {
	return b.fix(id, shell("dig", "+short", b.args["host"]), b.link.distribution(""), nil)
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
