package diagnose

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	reKMSAnonymous = regexp.MustCompile(`(?i)AWS KMS managed keys require|require AWS Signature Version 4|server side encryption with AWS KMS`)
	reValidFor     = regexp.MustCompile(`(?i)certificate is (?:valid for|not valid for any names)[^,\n]*`)
	reHandshake    = regexp.MustCompile(`(?i)handshake failure|unrecognized name|internal error|no application protocol`)
	reUnknownCA    = regexp.MustCompile(`(?i)unknown authority|self.signed|not trusted|certificate has expired|not yet valid`)
	reWAF          = regexp.MustCompile(`(?i)request blocked|block access from your country|geo restriction|access denied by (?:the )?(?:waf|firewall)|web application firewall`)
	reNoAlias      = regexp.MustCompile(`(?i)can't connect to the server for this app or website|distribution is not configured|bad request`)
	reNotDeployed  = regexp.MustCompile(`(?i)distribution is (?:disabled|not deployed|being deployed)|not yet (?:been )?deployed|InProgress`)
	reNoSuchHost   = regexp.MustCompile(`(?i)no such host|name or service not known|could not (?:be )?resolve`)
)

// Answerer is who answered a delivery request.
type Answerer string

// Those who answer.
const (
	FromS3         Answerer = "s3"
	FromCloudFront Answerer = "cloudfront"
	// FromS3ByCDN is S3's answer handed on by CloudFront.
	FromS3ByCDN Answerer = "s3-by-cloudfront"
	FromOther   Answerer = "other"
)

// Answered tells from the headers and the body who answered.
func (ev Evidence) Answered() Answerer {
	cloudfront := strings.Contains(strings.ToLower(ev.Header["via"]), "cloudfront") ||
		ev.Header["x-amz-cf-id"] != "" || strings.Contains(strings.ToLower(ev.Header["x-cache"]), "cloudfront") ||
		strings.EqualFold(ev.Header["server"], "CloudFront")
	s3 := strings.EqualFold(ev.Header["server"], "AmazonS3") || ev.RequestID != "" || ev.HostID != ""
	switch {
	case cloudfront && (s3 || ev.Code != ""):
		return FromS3ByCDN
	case cloudfront:
		return FromCloudFront
	case s3:
		return FromS3
	}
	return FromOther
}

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
	case ev.HTTPStatus >= 200 && ev.HTTPStatus < 300:
		c.servedOther()
	case ev.HTTPStatus >= 300 && ev.HTTPStatus < 400:
		c.redirected()
	case reKMSAnonymous.MatchString(ev.Message):
		c.certain("kms-anonymous")
	case ev.Header["x-amzn-waf-action"] != "":
		c.certain("waf-blocked")
	case c.f.ServedAt != "" && c.f.Domain != "":
		c.certain("origin-path-doubled", Args{"url": c.f.ServedAt})
	case ev.HTTPStatus == 403 || ev.HTTPStatus == 401:
		c.deliveryDenied()
	case ev.HTTPStatus == 404:
		c.deliveryMissing()
	case ev.HTTPStatus == 429 || ev.Code == "SlowDown":
		c.certain("throttled")
	case ev.HTTPStatus >= 500:
		c.deliveryBroken()
	default:
		c.likely("domain-wrong-target", c.statusArgs())
	}
}

func (c *diagnosis) statusArgs() Args { return Args{"status": strconv.Itoa(c.ev.HTTPStatus)} }

func (c *diagnosis) deliveryNetwork() {
	custom := c.f.Domain != ""
	switch m := c.ev.Message; c.ev.Network {
	case "dns":
		if custom {
			c.certain("domain-not-found")
			return
		}
		c.network()
	case "tls":
		c.deliveryTLS(m)
	case "proxy":
		c.certain("proxy-refused")
	default:
		if custom {
			c.likely("domain-wrong-target")
			c.possible("network-unreachable")
			return
		}
		c.unanswered()
	}
}

func (c *diagnosis) deliveryTLS(message string) {
	switch {
	case reValidFor.MatchString(message):
		c.certain("tls-name-mismatch", Args{"certificate": aside(reValidFor.FindString(message))})
	case reUnknownCA.MatchString(message):
		c.likely("tls-untrusted", Args{"message": message})
		c.possible("tls-name-mismatch")
	case reHandshake.MatchString(message):
		// A CDN that has no certificate for the name ends the handshake.
		c.likely("tls-name-mismatch")
		c.likely("alias-missing")
		c.possible("tls-untrusted", Args{"message": message})
	default:
		c.likely("tls-name-mismatch")
		c.possible("tls-untrusted", Args{"message": message})
	}
}

// servedOther explains a 200 that is not the probe.
func (c *diagnosis) servedOther() {
	switch s := c.f.Served; {
	case s == nil || s.Same:
	case s.HTML:
		c.likely("spa-fallback")
		c.likely("domain-wrong-target", c.statusArgs())
		c.possible("origin-path-doubled")
	default:
		c.certain("wrong-content")
	}
}

func (c *diagnosis) redirected() {
	location := c.ev.Header["location"]
	args := c.statusArgs()
	args["location"] = orPlaceholder(location, "LOCATION")
	if strings.Contains(location, ".s3.") || strings.Contains(location, ".s3-") {
		// A CDN whose origin is the global name of a bucket elsewhere.
		c.likely("origin-redirects", args)
		c.possible("domain-wrong-target", args)
		return
	}
	c.likely("domain-wrong-target", args)
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
		c.likely("waf-blocked")
		c.likely("domain-wrong-target", c.statusArgs())
	}
	c.cachedError()
}

// deniedByS3 explains S3's refusal of a stranger. It looks the same whether
// public access is blocked, no policy allows it, or one names another path.
func (c *diagnosis) deniedByS3() {
	if c.ev.Code == "NoSuchBucket" {
		c.certain("domain-wrong-target", c.statusArgs())
		return
	}
	if c.denial.Layer == LayerBlockPublic {
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

// deniedByOrigin explains S3's refusal of CloudFront.
func (c *diagnosis) deniedByOrigin() {
	if c.f.Distribution != "" {
		c.likely("origin-access-wrong-distribution")
	}
	c.likely("bucket-policy-missing")
	c.likely("origin-access-missing")
	c.possible("origin-access-wrong-distribution")
	c.possible("bucket-policy-wrong-path")
	c.possible("origin-path-doubled")
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

func (c *diagnosis) deniedByCloudFront() {
	switch m := c.ev.Message; {
	case reWAF.MatchString(m):
		c.certain("waf-blocked")
	case reNotDeployed.MatchString(m):
		c.certain("distribution-deploying")
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

// deliveryMissing explains a 404 for an object that is there.
func (c *diagnosis) deliveryMissing() {
	args := c.statusArgs()
	switch {
	case c.ev.Code == "NoSuchBucket":
		c.certain("domain-wrong-target", args)
		return
	case c.ev.Code == "NoSuchKey" && c.f.Domain != "":
		c.likely("origin-path-doubled")
		c.possible("domain-wrong-target", args)
	case c.ev.Answered() == FromCloudFront:
		c.likely("domain-wrong-target", args)
		c.possible("distribution-deploying")
		c.possible("origin-path-doubled")
	default:
		c.likely("domain-wrong-target", args)
	}
	c.cachedError()
}

func (c *diagnosis) deliveryBroken() {
	switch c.ev.Answered() {
	case FromCloudFront, FromS3ByCDN:
		if reNotDeployed.MatchString(c.ev.Message) {
			c.certain("distribution-deploying")
			return
		}
		c.likely("origin-unreachable", c.statusArgs())
		c.possible("distribution-deploying")
	case FromS3:
		c.likely("service-unavailable")
	default:
		c.likely("domain-wrong-target", c.statusArgs())
		c.possible("service-unavailable")
	}
	c.cachedError()
}

// cachedError adds that an old refusal is still being handed out: an answer
// that has an age was not made for this request.
func (c *diagnosis) cachedError() {
	age, err := strconv.Atoi(c.ev.Header["age"])
	if err == nil && age > 0 && strings.Contains(strings.ToLower(c.ev.Header["x-cache"]), "error") {
		c.likely("error-cached", Args{"count": strconv.Itoa(age)})
	}
}
