package diagnose

import (
	"net/url"
)

// consoleHosts are the management consoles of the partitions.
var consoleHosts = map[string]string{
	"aws":        "console.aws.amazon.com",
	"aws-cn":     "console.amazonaws.cn",
	"aws-us-gov": "console.amazonaws-us-gov.com",
	"aws-eusc":   "console.amazonaws-eusc.eu",
}

// globalRegions are where the consoles of IAM and CloudFront live.
var globalRegions = map[string]string{
	"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1", "aws-eusc": "eusc-de-east-1",
}

// console makes a deep link; empty where there is nothing to link to: the
// bucket of a custom endpoint is not in AWS's console.
type console struct{ f Facts }

func (l console) base(region string) string {
	host, ok := consoleHosts[partition(l.f)]
	if !ok || l.f.CustomEndpoint {
		return ""
	}
	if region == "" {
		return "https://" + host
	}
	return "https://" + region + "." + host
}

func (l console) global(path string) string {
	b := l.base(globalRegions[partition(l.f)])
	if b == "" {
		return ""
	}
	return b + path
}

func (l console) regional(path string) string {
	b := l.base(l.f.Region)
	if b == "" {
		return ""
	}
	return b + path
}

// role links to a role's tab: "permissions" or "trust_relationships".
func (l console) role(tab string) string {
	name := roleName(l.f.RoleARN)
	if name == "" {
		return l.global("/iam/home#/roles")
	}
	return l.global("/iam/home#/roles/details/" + url.PathEscape(name) + "?section=" + tab)
}

func (l console) roles() string { return l.global("/iam/home#/roles") }

func (l console) users() string { return l.global("/iam/home#/users") }

func (l console) accountSettings() string { return l.global("/iam/home#/account_settings") }

// bucket links to a bucket's tab: "objects", "properties", "permissions".
func (l console) bucket(tab string) string {
	if l.f.Bucket == "" {
		return l.regional("/s3/buckets")
	}
	link := l.regional("/s3/buckets/" + url.PathEscape(l.f.Bucket))
	if link == "" {
		return ""
	}
	q := url.Values{"tab": {tab}}
	if l.f.Region != "" {
		q.Set("region", l.f.Region)
	}
	return link + "?" + q.Encode()
}

func (l console) buckets() string { return l.regional("/s3/buckets") }

// distribution links to a distribution's page: "", "origins", "invalidations".
func (l console) distribution(page string) string {
	id := distributionID(l.f.Distribution)
	if id == "" {
		return l.global("/cloudfront/v4/home#/distributions")
	}
	link := l.global("/cloudfront/v4/home#/distributions/" + url.PathEscape(id))
	if link != "" && page != "" {
		link += "/" + page
	}
	return link
}

func (l console) originAccess() string { return l.global("/cloudfront/v4/home#/originAccess") }

func (l console) organizations() string { return l.global("/organizations/v2/home/policies") }

func (l console) key(arn string) string {
	id := distributionID(arn)
	if accountOf(arn) == "" {
		return l.regional("/kms/home#/kms/keys")
	}
	return l.regional("/kms/home#/kms/keys/" + url.PathEscape(id))
}

func (l console) accessKeys() string {
	return l.global("/iam/home#/security_credentials")
}

func (l console) certificates() string { return l.global("/acm/home#/certificates/list") }
