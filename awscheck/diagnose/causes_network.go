package diagnose

import (
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reCertTime = lazyregexp.New(`(?i)certificate has expired|is not yet valid|not yet valid`)
	reNoTLS    = lazyregexp.New(`(?i)does not look like a TLS handshake|wrong version number|record header|server gave HTTP response`)
	reIssuer   = lazyregexp.New(`(?i)issuer(?: CN)?[:=]\s*"?([^",\n]+)|candidate authority certificate "([^"]+)"`)
	reDialing  = lazyregexp.New(`(?i)\bdial\b|connect(?:ion)? time(?:d )?-?out|ConnectTimeout|connection timed out|ETIMEDOUT`)
)

// network explains a request that got no answer.
func (c *diagnosis) network() {
	switch c.ev.Network {
	case "tls":
		c.certificate()
	case "proxy":
		c.certain("proxy-refused")
	case "dns":
		c.noName()
	default:
		c.unanswered()
	}
}

// noName explains a name that could not be looked up. A second name that
// certainly exists tells a wrong name from a network without names.
func (c *diagnosis) noName() {
	known := c.f.CustomEndpoint || regionKnown(c.f.Region)
	switch {
	case c.f.Elsewhere == Resolves && !known:
		c.certain("region-unknown")
	case c.f.Elsewhere == Resolves:
		c.likely("network-unreachable")
		c.ruledOut("region-unknown")
	case known:
		c.certain("network-unreachable")
	case c.f.Elsewhere == NoName:
		c.likely("network-unreachable")
		c.possible("region-unknown")
	default:
		c.likely("region-unknown")
		c.possible("network-unreachable")
	}
}

// certificate explains an encrypted connection that did not come about.
// AWS's own certificates are in order: what is wrong with one is somebody's
// between, or this computer's clock.
func (c *diagnosis) certificate() {
	m := c.ev.Message
	issuer := c.ev.Elements["Issuer"]
	if issuer == "" && c.ev.TLS != nil {
		issuer = c.ev.TLS.Issuer
	}
	if found := reIssuer.FindStringSubmatch(m); issuer == "" && found != nil {
		issuer = strings.TrimSpace(first(found[1:]...))
	}
	args := Args{"message": m, "issuer": aside(issuer)}
	switch {
	case reCertTime.MatchString(m):
		c.likely("clock-skew", skewArgs(c.ev))
		c.likely("tls-untrusted", args)
	case reUnknownCA.MatchString(m):
		c.certain("tls-untrusted", args)
	case reValidFor.MatchString(m) && strings.Contains(c.f.Bucket, "."):
		c.certain("tls-name-mismatch", Args{"certificate": aside(reValidFor.FindString(m))})
	case reNoTLS.MatchString(m):
		c.likely("proxy-refused")
		c.possible("tls-untrusted", args)
	default:
		c.likely("tls-untrusted", args)
		c.possible("proxy-refused")
	}
}

// unanswered explains a connection that failed or broke. What broke had been
// there: only a host that lets no connection come about is out of reach.
func (c *diagnosis) unanswered() {
	answered := c.ev.Host != "" && c.f.Answered[c.ev.Host]
	switch n := c.ev.Network; {
	case n == "reset":
		c.likely("connection-broken")
		c.possible("network-unreachable")
		c.possible("proxy-refused")
	case answered, n == "timeout" && c.ev.Host == "" && len(c.f.Passed) > 0:
		c.likely("connection-broken")
		c.possible("network-unreachable")
	case n == "timeout" && !reDialing.MatchString(c.ev.Message):
		c.likely("network-unreachable")
		c.possible("connection-broken")
	default:
		c.certain("network-unreachable")
	}
}

func regionKnown(code string) bool {
	_, ok := address.RegionOf(code)
	return ok
}

// page tells a web page in place of an answer of AWS: a proxy's, a sign-in
// page's, another server's. A failure of AWS itself may come as a page, too.
func (ev Evidence) page() bool {
	return strings.HasPrefix(strings.ToLower(ev.Header["content-type"]), "text/html") && ev.mute() &&
		ev.HTTPStatus < 500 && !ev.wantsAnything()
}

// ledAway tells a redirect that leads out of AWS, and does not come from it.
func (ev Evidence) ledAway() bool {
	if ev.HTTPStatus < 300 || ev.HTTPStatus >= 400 || !ev.mute() || ev.BucketRegion != "" {
		return false
	}
	u, err := url.Parse(ev.Header["location"])
	return err == nil && u.Host != "" && !strings.Contains(u.Hostname(), "amazonaws.com")
}

// mute tells an answer that bears no sign of AWS.
func (ev Evidence) mute() bool { return ev.Code == "" && ev.RequestID == "" && ev.HostID == "" }

// wantsAnything tells the requests whose right answer may be a web page.
func (ev Evidence) wantsAnything() bool {
	return ev.HTTPStatus < 300 && (strings.HasSuffix(ev.Operation, ":GetObject") || strings.HasSuffix(ev.Operation, ":HeadObject"))
}

// foreignPage explains an answer that is not AWS's.
func (c *diagnosis) foreignPage() {
	args := Args{"location": aside(c.ev.Header["location"])}
	c.likely("proxy-refused", args)
	if c.f.CustomEndpoint {
		c.likely("wrong-endpoint", args)
	} else {
		c.possible("wrong-endpoint", args)
	}
}
