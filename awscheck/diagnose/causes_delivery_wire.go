package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reValidFor  = lazyregexp.New(`(?i)certificate is (?:valid for|not valid for any names)[^,\n]*`)
	reOtherName = lazyregexp.New(`(?i)ERR_CERT_COMMON_NAME_INVALID|SSL_ERROR_BAD_CERT_DOMAIN|no alternative certificate subject name matches`)
	reHandshake = lazyregexp.New(`(?i)handshake failure|unrecognized name|internal error|no application protocol|ERR_SSL_VERSION_OR_CIPHER_MISMATCH|SSL_ERROR_NO_CYPHER_OVERLAP|ERR_SSL_UNRECOGNIZED_NAME_ALERT|SSL_ERROR_UNRECOGNIZED_NAME_ALERT`)
	reUnknownCA = lazyregexp.New(`(?i)unknown authority|self.signed|SELF_SIGNED|not trusted|certificate has expired|not yet valid|get local issuer|ERR_CERT_AUTHORITY_INVALID|SEC_ERROR_UNKNOWN_ISSUER`)
	reExpired   = lazyregexp.New(`(?i)certificate has expired|certificate expired|ERR_CERT_DATE_INVALID|SEC_ERROR_EXPIRED_CERTIFICATE`)
	reNotYet    = lazyregexp.New(`(?i)not yet valid`)
)

// deliveryNetwork explains a URL from which no answer came.
func (c *diagnosis) deliveryNetwork() {
	custom := c.f.Domain != ""
	switch n := c.ev.Network; {
	case n == "tls":
		c.deliveryTLS(c.ev.Message)
	case n == "cors":
		c.likely("cors-missing") // or an error answer, which has no such headers either
	case n == "proxy":
		c.certain("proxy-refused")
	case !custom:
		c.network()
	case n == "dns":
		c.domainNotFound()
	case c.ev.DNS.IPv6Only() && (n == "unreachable" || n == "timeout" || n == "refused"):
		c.likely("domain-ipv6-only", c.leads())
		c.possible("domain-wrong-target", c.leads())
		c.possible("network-unreachable")
	case n == "timeout" && c.ev.TLS != nil:
		// The connection stood: somebody is there, and says nothing.
		c.likely("delivery-silent")
		c.possible("domain-wrong-target", c.leads())
		c.possible("network-unreachable")
	case n == "reset":
		c.likely("connection-broken")
		c.possible("domain-wrong-target", c.leads())
		c.possible("proxy-refused")
	default:
		c.likely("domain-wrong-target", c.leads())
		c.possible("network-unreachable")
	}
}

// leads says where the name leads, as far as it was looked up.
func (c *diagnosis) leads() Args {
	d := c.ev.DNS
	switch {
	case d == nil:
		return nil
	case d.Canonical != "":
		return Args{"leads": aside(d.Canonical)}
	case len(d.Addresses) > 0:
		return Args{"leads": aside(d.Addresses[0])}
	}
	return nil
}

// domainNotFound explains a name that could not be looked up. Only the answer
// that there is none says so for certain.
func (c *diagnosis) domainNotFound() {
	if d := c.ev.DNS; d != nil && d.Failed != "not-found" {
		c.likely("domain-not-found")
		c.likely("network-unreachable")
		return
	}
	c.certain("domain-not-found")
}

// deliveryTLS explains an encrypted connection that did not come about.
func (c *diagnosis) deliveryTLS(message string) {
	args := Args{"message": message}
	shown := c.leads()
	if shown == nil {
		shown = Args{}
	}
	shown["certificate"] = aside(reValidFor.FindString(message))
	if c.ev.TLS != nil && !c.ev.TLS.Expires.IsZero() {
		args["until"] = aside(c.ev.TLS.Expires.UTC().Format("2006-01-02"))
	} else {
		args["until"] = ""
	}
	switch {
	case reValidFor.MatchString(message) && c.f.Domain == "" && !dotted(c.f.Bucket) && c.f.Bucket != "":
		// S3's certificate covers the name: somebody else showed his.
		c.likely("tls-untrusted", args)
		c.possible("proxy-refused")
	case reValidFor.MatchString(message), reOtherName.MatchString(message):
		c.certain("tls-name-mismatch", shown)
	case reExpired.MatchString(message) && c.f.Domain != "":
		c.likely("certificate-expired", args)
		c.possible("clock-skew", skewArgs(c.ev))
		c.possible("tls-untrusted", args)
	case reNotYet.MatchString(message):
		c.likely("clock-skew", skewArgs(c.ev))
		c.possible("tls-untrusted", args)
	case reUnknownCA.MatchString(message):
		c.likely("tls-untrusted", args)
		c.possible("tls-name-mismatch", shown)
	case reHandshake.MatchString(message):
		// A CDN that has no certificate for the name ends the handshake.
		c.likely("tls-name-mismatch", shown)
		c.likely("alias-missing")
		c.possible("tls-untrusted", args)
	default:
		c.likely("tls-name-mismatch", shown)
		c.possible("tls-untrusted", args)
	}
}

func dotted(bucket string) bool {
	return strings.Contains(bucket, ".")
}
