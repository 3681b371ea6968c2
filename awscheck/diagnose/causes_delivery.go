package diagnose

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reKMSAnonymous = lazyregexp.New(`(?i)AWS KMS managed keys require|require AWS Signature Version 4|server side encryption with AWS KMS`)
	reWAF          = lazyregexp.New(`(?i)request blocked|block access from your country|geo restriction|access denied by (?:the )?(?:waf|firewall)|web application firewall`)
	reNoAlias      = lazyregexp.New(`(?i)can't connect to the server for this app or website|distribution is not configured|bad request`)
	reNotDeployed  = lazyregexp.New(`(?i)distribution is (?:disabled|not deployed|being deployed)|not yet (?:been )?deployed|InProgress`)
	reNoSuchHost   = lazyregexp.New(`(?i)no such host|name or service not known|could not (?:be )?resolve`)
	reNoOrigin     = lazyregexp.New(`(?i)CloudFront (?:wasn't|was not|is not|isn't) able to (?:connect to|resolve) the origin|CloudFront attempted to establish a connection with the origin|origin closed the connection|couldn't (?:connect to|resolve) the origin`)
	reEdgeFunction = lazyregexp.New(`(?i)Lambda(?:@Edge)? function|CloudFront function|function (?:execution|validation|associated)|FunctionExecutionError|LambdaExecutionError|LambdaValidationError|LambdaLimitExceeded`)
	reSigned       = lazyregexp.New(`(?i)Key-Pair-Id|signed (?:URL|cookie)`)
)

// NoSuchHost tells a proxy's answer that it could not find the host.
func (ev Evidence) NoSuchHost() bool {
	return ev.HTTPStatus == 502 && reNoSuchHost.MatchString(ev.Message)
}

// delivery explains why a URL does not give the probe to people without
// credentials.
func (c *diagnosis) delivery() {
	ev := c.ev
	switch {
	case ev.Network != "":
		c.deliveryNetwork()
	case ev.HTTPStatus == 407:
		c.certain("proxy-refused")
	case ev.NoSuchHost() && c.f.Domain != "":
		c.certain("domain-not-found")
	case ev.Header["x-amzn-waf-action"] != "":
		c.certain("waf-blocked") // a challenge may come as a success
	case c.f.ServedAt != "" && c.f.Domain != "":
		c.certain("origin-path-doubled", Args{"url": c.f.ServedAt, "asked": ""})
	case c.f.Delivery.Anew == AnewServes && ev.HTTPStatus >= 300:
		// The origin is in order by now.
		c.certain("error-cached", c.cacheArgs())
	case ev.HTTPStatus >= 200 && ev.HTTPStatus < 300:
		c.servedOther()
	case ev.HTTPStatus >= 300 && ev.HTTPStatus < 400:
		c.redirected()
	case reKMSAnonymous.MatchString(ev.Message):
		c.certain("kms-anonymous")
	case ev.Code == "InvalidObjectState":
		c.certain("object-archived")
	case ev.HTTPStatus == 403 || ev.HTTPStatus == 401:
		c.deliveryDenied()
	case ev.HTTPStatus == 404:
		c.deliveryMissing()
	case ev.HTTPStatus == 429 || ev.Code == "SlowDown":
		c.certain("throttled")
	case ev.HTTPStatus >= 500:
		c.deliveryBroken()
	case c.f.Domain != "":
		c.likely("domain-wrong-target", c.statusArgs())
	default:
		c.likely("request-refused", Args{"message": first(ev.Message, "HTTP "+strconv.Itoa(ev.HTTPStatus))})
	}
}

func (c *diagnosis) statusArgs() Args {
	args := Args{"status": strconv.Itoa(c.ev.HTTPStatus)}
	if c.ev.DNS != nil && c.ev.DNS.Canonical != "" {
		args["leads"] = aside(c.ev.DNS.Canonical)
	}
	return args
}

// servedOther explains a success that is not the probe.
func (c *diagnosis) servedOther() {
	cloudfront := c.ev.Answered() == FromCloudFront || c.ev.Answered() == FromS3ByCDN
	switch s := c.f.Served; {
	case s != nil && s.Same:
	case s == nil || !s.HTML:
		args := Args{}
		if c.f.Domain != "" {
			args["by"] = string(c.ev.Answered())
		}
		c.certain("wrong-content", args)
	case cloudfront && c.errorBehind():
		// A custom error response: what the origin refused is hidden by it.
		c.likely("spa-fallback")
		c.possible("origin-path-doubled", Args{"asked": ""})
		c.possible("origin-wrong-bucket")
		c.possible("bucket-policy-missing")
		c.possible("origin-access-missing")
		c.possible("origin-access-wrong-distribution")
	case cloudfront:
		c.likely("spa-fallback")
		c.likely("origin-wrong-bucket")
	case c.f.Domain == "":
		c.likely("proxy-refused") // in the place of S3 itself
	default:
		c.likely("domain-wrong-target", c.statusArgs())
		c.likely("spa-fallback")
		c.proxyBetween()
	}
}

// proxyBetween adds that a proxy may have answered. Where the certificate was
// good for the name it would have to open encrypted connections.
func (c *diagnosis) proxyBetween() {
	switch {
	case c.f.Proxied && c.ev.TLS == nil:
		c.likely("proxy-refused")
	case c.f.Proxied:
		c.possible("proxy-refused")
	}
}

// errorBehind tells that the origin gave an error, whatever the status says:
// CloudFront marks its custom error responses so.
func (c *diagnosis) errorBehind() bool {
	return strings.Contains(strings.ToLower(c.ev.Header["x-cache"]), "error")
}

var reS3Host = lazyregexp.New(`(?i)^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.(?:com|com\.cn|eu)$`)

func (c *diagnosis) redirected() {
	location := c.ev.Header["location"]
	args := c.statusArgs()
	args["location"] = orPlaceholder(location, "LOCATION")
	u, err := url.Parse(location)
	if err != nil {
		u = &url.URL{}
	}
	by := c.ev.Answered()
	m := reS3Host.FindStringSubmatch(first(u.Hostname(), c.ev.Elements["Endpoint"]))
	other := ""
	if m != nil {
		other = first(c.ev.Elements["Bucket"], m[1])
	}
	switch {
	case by == FromS3 && c.f.Domain == "":
		if c.ev.Code == "TemporaryRedirect" || c.ev.HTTPStatus == 307 {
			c.likely("propagating")
			c.possible("wrong-region", Args{"actual": orPlaceholder(c.ev.BucketRegion, "BUCKET_REGION")})
			return
		}
		c.certain("wrong-region", Args{"actual": orPlaceholder(c.ev.BucketRegion, "BUCKET_REGION")})
	case m == nil && (by == FromCloudFront || by == FromS3ByCDN):
		c.likely("domain-wrong-target", args)
		c.possible("origin-wrong-bucket")
	case m == nil && c.f.Domain == "":
		c.likely("proxy-refused", args)
	case m == nil:
		c.likely("domain-wrong-target", args)
	case other != "" && c.f.Bucket != "" && other != c.f.Bucket:
		c.certain("origin-wrong-bucket", Args{"other": aside(other)})
	case by == FromS3ByCDN:
		// A CDN whose origin is the global name of a bucket elsewhere.
		c.certain("origin-redirects", args)
	default:
		c.likely("origin-redirects", args)
		c.possible("domain-wrong-target", args)
	}
}

func (c *diagnosis) deliveryDenied() {
	switch c.ev.Answered() {
	case FromS3:
		c.deniedByS3()
	case FromS3ByCDN:
		c.deniedByOrigin()
	case FromCloudFront:
		c.deniedByCloudFront()
	default:
		c.deniedByOther()
	}
	c.cachedError()
}

// deniedByS3 explains S3's refusal of a stranger. It looks the same whether
// public access is blocked, no policy allows it, or one names another path;
// and a missing key is refused as well where strangers may not list.
func (c *diagnosis) deniedByS3() {
	switch {
	case c.ev.Code == "NoSuchBucket" && c.f.Domain == "":
		c.certain("bucket-not-found")
		return
	case c.ev.Code == "NoSuchBucket":
		c.certain("domain-wrong-target", c.statusArgs())
		return
	case c.denial.Layer == LayerBlockPublic:
		c.certain("public-access-blocked")
		return
	}
	if c.f.Domain != "" {
		c.likely("domain-wrong-target", c.statusArgs())
	}
	if c.denial.Explicit {
		c.certain("explicit-deny")
		c.possible("public-access-blocked")
		return
	}
	c.likely("public-access-blocked")
	c.likely("bucket-policy-missing")
	c.possible("bucket-policy-wrong-path")
	c.kmsForReaders()
}

// deniedByOrigin explains S3's refusal of CloudFront. Where strangers get the
// probe from S3 itself, so would CloudFront: then it asks for something else.
func (c *diagnosis) deniedByOrigin() {
	if c.denial.Explicit {
		c.certain("explicit-deny")
		return
	}
	if c.f.Delivery.DirectServes {
		c.likely("origin-wrong-bucket")
		c.likely("origin-path-doubled", Args{"asked": ""})
		c.ruledOut("bucket-policy-missing")
		c.ruledOut("origin-access-missing")
		c.ruledOut("origin-access-wrong-distribution")
		return
	}
	if c.f.Distribution != "" {
		c.likely("origin-access-wrong-distribution")
	}
	c.likely("bucket-policy-missing")
	c.likely("origin-access-missing")
	c.possible("origin-access-wrong-distribution")
	c.possible("bucket-policy-wrong-path")
	c.possible("origin-path-doubled", Args{"asked": ""})
	c.possible("origin-wrong-bucket")
	c.kmsForReaders()
}

func (c *diagnosis) kmsForReaders() {
	switch {
	case strings.HasPrefix(c.f.Encryption, "aws:kms"):
		c.likely("kms-anonymous")
	case c.f.Encryption != "":
		c.ruledOut("kms-anonymous")
	}
}

// deniedByCloudFront explains CloudFront's own refusal: S3 was not asked.
func (c *diagnosis) deniedByCloudFront() {
	m := c.ev.Message
	switch c.ev.Code {
	case "MissingKey", "InvalidKey", "MissingPolicy", "MalformedPolicy", "MissingSignature", "MalformedSignature":
		c.certain("signed-url-required")
		return
	case "AccessDenied":
		c.likely("signed-url-required")
		c.possible("waf-blocked")
		return
	}
	switch {
	case reSigned.MatchString(m):
		c.certain("signed-url-required")
	case reWAF.MatchString(m):
		c.certain("waf-blocked")
	case reNotDeployed.MatchString(m):
		c.certain("distribution-deploying")
	case reEdgeFunction.MatchString(m):
		c.certain("edge-function-failed")
	case reNoAlias.MatchString(m):
		c.likely("alias-missing")
		c.possible("distribution-deploying")
		c.possible("waf-blocked")
	default:
		c.likely("waf-blocked")
		c.likely("alias-missing")
		c.possible("distribution-deploying")
	}
}

// deniedByOther explains a refusal that is neither S3's nor CloudFront's.
func (c *diagnosis) deniedByOther() {
	if c.f.Domain == "" && c.f.Bucket != "" {
		c.likely("proxy-refused") // S3's own host was asked
		return
	}
	c.likely("waf-blocked")
	c.likely("domain-wrong-target", c.statusArgs())
	c.proxyBetween()
}

// deliveryMissing explains a 404 for an object that is there.
func (c *diagnosis) deliveryMissing() {
	args := c.statusArgs()
	by := c.ev.Answered()
	switch {
	case c.ev.Code == "NoSuchBucket" && by == FromS3ByCDN:
		c.certain("origin-wrong-bucket", Args{"other": aside(c.ev.Elements["BucketName"])})
		return
	case c.ev.Code == "NoSuchBucket" && c.f.Domain == "":
		c.certain("bucket-not-found")
		return
	case c.ev.Code == "NoSuchBucket":
		c.certain("domain-wrong-target", args)
		return
	case c.ev.Code == "NoSuchKey" && c.f.Domain != "":
		c.askedForAnotherKey(args)
	case by == FromCloudFront:
		c.likely("domain-wrong-target", args)
		c.likely("origin-wrong-bucket")
		c.possible("distribution-deploying")
		c.possible("origin-path-doubled", Args{"asked": ""})
	case by == FromS3:
		c.likely("object-not-found")
	case c.f.Domain == "":
		c.likely("proxy-refused")
	default:
		c.likely("domain-wrong-target", args)
	}
	c.cachedError()
}

// askedForAnotherKey reads in S3's answer which key the CDN asked for.
func (c *diagnosis) askedForAnotherKey(args Args) {
	asked, key, prefix := c.ev.Elements["Key"], c.f.Key, strings.Trim(c.f.Prefix, "/")
	shown := Args{"asked": aside(asked), "key": orPlaceholder(key, "KEY")}
	added, longer := strings.CutSuffix(asked, "/"+key)
	switch {
	case asked == "" || key == "":
		if c.f.Delivery.WithoutPrefix == 0 || prefix == "" {
			c.likely("origin-path-doubled", Args{"asked": ""})
		} else {
			c.possible("origin-path-doubled", Args{"asked": ""})
		}
		c.likely("origin-wrong-bucket")
		c.possible("domain-wrong-target", args)
	case asked == key:
		c.likely("origin-wrong-bucket")
		c.possible("domain-wrong-target", args)
		c.ruledOut("origin-path-doubled", shown)
	case longer && added == prefix:
		c.certain("origin-path-doubled", shown)
	default:
		c.certain("origin-path-wrong", shown)
	}
}

func (c *diagnosis) deliveryBroken() {
	m := c.ev.Message
	switch c.ev.Answered() {
	case FromCloudFront, FromS3ByCDN:
		switch {
		case reNotDeployed.MatchString(m):
			c.certain("distribution-deploying")
			return
		case reEdgeFunction.MatchString(m):
			c.certain("edge-function-failed")
			return
		case reNoOrigin.MatchString(m):
			c.certain("origin-unreachable", c.statusArgs())
			return
		case c.ev.Code != "":
			c.likely("service-unavailable") // S3's, handed on
		}
		c.likely("origin-unreachable", c.statusArgs())
		c.possible("edge-function-failed")
		c.possible("distribution-deploying")
	case FromS3:
		c.likely("service-unavailable")
	default:
		if c.f.Domain == "" {
			c.likely("proxy-refused")
		} else {
			c.likely("domain-wrong-target", c.statusArgs())
			c.proxyBetween()
		}
		c.possible("service-unavailable")
	}
	c.cachedError()
}

// cachedError adds that an old refusal may still be handed out: an answer that
// has an age was not made for this request.
func (c *diagnosis) cachedError() {
	_, err := strconv.Atoi(c.ev.Header["age"])
	switch old := err == nil && c.errorBehind(); {
	case old && c.f.Delivery.Anew != AnewSame:
		c.likely("error-cached", c.cacheArgs())
	case c.errorBehind() && c.f.Delivery.Anew == AnewSame:
		c.ruledOut("error-cached", c.cacheArgs())
	}
}

func (c *diagnosis) cacheArgs() Args {
	return Args{"count": first(c.ev.Header["age"], "0"), "key": orPlaceholder(c.f.Key, "KEY")}
}
