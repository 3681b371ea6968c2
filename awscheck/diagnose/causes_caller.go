package diagnose

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media/address"
)

var (
	reNoCredentials = regexp.MustCompile(`(?i)no EC2 IMDS role found|no AWS credentials were found|static credentials are empty|failed to get shared config profile|unable to locate credentials|could not be found in the (?:config|credentials)|profile .* could not be found|NoCredentialProviders|failed to refresh cached credentials, access disabled`)
	reLoginExpired  = regexp.MustCompile(`(?i)SSO session (?:associated with this profile )?has expired|SSO token|token has expired and refresh failed|InvalidGrantException|expired.*aws sso login|refresh token has expired|login session .*expired|session token .*expired`)
	reExpiry        = regexp.MustCompile(`(?i)signature expired|signature not yet current|request time too skewed|RequestTimeTooSkewed|difference between the request time and the (?:server's|current) time`)
	// Some endpoints say this under the code AccessDenied.
	reWrongSignature = regexp.MustCompile(`(?i)signature we calculated does not match`)
	reUnknownKey     = regexp.MustCompile(`(?i)access key id you provided does not exist`)
	reProxyPage      = regexp.MustCompile(`(?i)proxy|firewall|gateway|blocked by|content filter`)
)

// Refused tells a refusal by permissions, of a request whose sender was
// known and that arrived whole, from every other failure.
func (ev Evidence) Refused() bool {
	if ev.HTTPStatus != 403 || ev.Code != "AccessDenied" {
		return false
	}
	return !(&diagnosis{ev: ev}).caller()
}

// skewWorthMention is how far clocks may be apart before it explains a
// refusal. AWS allows fifteen minutes.
const skewWorthMention = 5 * time.Minute

// caller explains failures that come before AWS looks at what was asked:
// the network, the credentials, the clock. It tells whether it did.
func (c *diagnosis) caller() bool {
	ev := c.ev
	switch {
	case ev.Network != "":
		c.network()
		return true
	case ev.HTTPStatus == 407:
		c.certain("proxy-refused")
		return true
	case ev.HTTPStatus == 0 && reNoCredentials.MatchString(ev.Message):
		c.certain("no-credentials")
		return true
	case ev.HTTPStatus == 0 && reLoginExpired.MatchString(ev.Message):
		c.certain("credentials-expired")
		return true
	}
	switch ev.Code {
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
		c.certain("credentials-expired")
	case "InvalidClientTokenId", "InvalidAccessKeyId", "UnrecognizedClientException":
		c.certain("access-key-unknown")
	case "InvalidToken":
		c.likely("credentials-expired")
		c.possible("access-key-unknown")
	case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture":
		c.certain("clock-skew", skewArgs(ev))
	case "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure":
		c.signature()
	case "MissingAuthenticationToken", "IncompleteSignature":
		c.likely("no-credentials")
		c.possible("access-key-unknown")
	case "UnauthorizedException", "UnauthorizedClient", "InvalidGrantException":
		c.certain("credentials-expired")
	case "SlowDown", "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded":
		c.certain("throttled")
	default:
		return c.callerWithoutCode()
	}
	return true
}

// callerWithoutCode explains answers whose code says nothing: a proxy's
// page, an outage, an endpoint that words errors its own way.
func (c *diagnosis) callerWithoutCode() bool {
	ev := c.ev
	vague := ev.Code == "" || ev.Code == "UnknownError" || ev.Code == "Forbidden"
	switch {
	case ev.HTTPStatus == 403 && reWrongSignature.MatchString(ev.Message):
		c.likely("secret-key-wrong")
	case ev.HTTPStatus == 403 && reUnknownKey.MatchString(ev.Message):
		c.likely("access-key-unknown")
	case ev.HTTPStatus == 429 || ev.HTTPStatus == 503 && vague:
		c.likely("throttled")
		c.possible("service-unavailable")
	case ev.HTTPStatus >= 500:
		c.likely("service-unavailable")
		if ev.Code == "" && ev.RequestID == "" {
			c.possible("proxy-refused")
		}
	case vague && ev.HTTPStatus == 403 && ev.RequestID == "" && reProxyPage.MatchString(ev.Message):
		c.likely("proxy-refused")
	case strings.HasSuffix(ev.Operation, "GetCallerIdentity") && ev.HTTPStatus >= 400:
		// AWS never refuses this operation to a caller it knows.
		c.likely("secret-key-wrong")
		c.likely("access-key-unknown")
		c.possible("credentials-expired")
		if abs(ev.Skew) >= skewWorthMention {
			c.likely("clock-skew", skewArgs(ev))
		} else {
			c.possible("clock-skew", skewArgs(ev))
		}
	default:
		return false
	}
	return true
}

func (c *diagnosis) signature() {
	ev := c.ev
	switch {
	case reExpiry.MatchString(ev.Message):
		c.certain("clock-skew", skewArgs(ev))
	case c.f.Passed["caller.identity"]:
		// The same key signed a request that was accepted: something on
		// the way changes what was signed.
		c.likely("proxy-refused")
		c.ruledOut("secret-key-wrong")
	case strings.HasSuffix(ev.Operation, "GetCallerIdentity"):
		c.certain("secret-key-wrong")
	default:
		c.likely("secret-key-wrong")
		c.possible("proxy-refused")
	}
}

// network explains a request that got no answer.
func (c *diagnosis) network() {
	switch c.ev.Network {
	case "tls":
		c.certain("tls-untrusted", Args{"message": c.ev.Message})
	case "proxy":
		c.certain("proxy-refused")
	case "dns":
		if c.f.CustomEndpoint || regionKnown(c.f.Region) {
			c.certain("network-unreachable")
			return
		}
		c.likely("region-unknown")
		c.possible("network-unreachable")
	default:
		c.unanswered()
	}
}

// unanswered explains a connection that failed or broke. A host that answers
// other requests can be reached: then something happened to this one.
func (c *diagnosis) unanswered() {
	if c.ev.Host == "" || !c.f.Answered[c.ev.Host] {
		c.certain("network-unreachable")
		return
	}
	c.likely("connection-broken", Args{"host": c.ev.Host})
	c.possible("network-unreachable")
	if c.ev.Network == "reset" {
		c.possible("proxy-refused")
	}
}

func regionKnown(code string) bool {
	_, ok := address.RegionOf(code)
	return ok
}

// skewArgs says by how many minutes the local clock is wrong: "+20" when it
// is fast.
func skewArgs(ev Evidence) Args {
	minutes := int((-ev.Skew).Round(time.Minute) / time.Minute)
	if minutes == 0 {
		return nil
	}
	return Args{"offset": aside(fmt.Sprintf("%+d min", minutes))}
}

func abs(d time.Duration) time.Duration {
	if d < 0 {
		return -d
	}
	return d
}
