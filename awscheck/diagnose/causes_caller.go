package diagnose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reNoCredentials = lazyregexp.New(`(?i)no EC2 IMDS role found|no AWS credentials were found|static credentials are empty|no AWS credentials were found|unable to locate credentials|NoCredentialProviders|Unable to load (?:AWS )?credentials|Could not load credentials|CredentialsProviderError|Missing credentials in config|Unable to get IAM security credentials|credentials provider chain|No valid credential sources found|error fetching credentials|failed to refresh cached credentials, access disabled`)
	reLoginExpired  = lazyregexp.New(`(?i)SSO session (?:associated with this profile )?has expired|SSO token|token has expired and refresh failed|InvalidGrantException|expired.*aws sso login|refresh token has expired|login session .*expired|session token .*expired`)
	reNoProfile     = lazyregexp.New(`(?i)failed to get shared config profile,?\s*([^\s,:]*)|the config profile \(([^)]*)\) could not be found|profile \[?['"]?([^\s'"\]]*)['"]?\]? (?:could )?not (?:be )?found|Profile ([^\s]+) could not be found`)
	reNoRegion      = lazyregexp.New(`(?i)Missing Region|Invalid region: region was not a valid DNS name|You must specify a region|Region is missing|ConfigError: Missing region|Unable to find a region|could not find region configuration|No RegionEndpoint or ServiceURL configured|missing required(?: configuration)?(?: field)?:? region|invalid input region`)
	reExpiry        = lazyregexp.New(`(?i)signature expired|signature not yet current|request time too skewed|RequestTimeTooSkewed|difference between the request time and the (?:server's|current) time`)
	// Some endpoints say this under the code AccessDenied.
	reWrongSignature = lazyregexp.New(`(?i)signature we calculated does not match`)
	reUnknownKey     = lazyregexp.New(`(?i)access key id you provided does not exist`)
	reProxyPage      = lazyregexp.New(`(?i)proxy|firewall|gateway|blocked by|content filter`)
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
	case ev.page(), ev.ledAway():
		c.foreignPage()
		return true
	case c.profile():
		return true
	case ev.HTTPStatus == 0 && reNoRegion.MatchString(ev.Message):
		c.certain("region-missing")
		return true
	case ev.HTTPStatus == 0 && reNoProfile.MatchString(ev.Message):
		name := first(append(reNoProfile.FindStringSubmatch(ev.Message)[1:], c.f.Profile)...)
		c.certain("profile-not-found", Args{"profile": orPlaceholder(name, "PROFILE")})
		return true
	case ev.HTTPStatus == 0 && reLoginExpired.MatchString(ev.Message):
		// Before "no credentials": the search for them ends in this.
		c.certain("credentials-expired")
		return true
	case ev.HTTPStatus == 0 && reNoCredentials.MatchString(ev.Message):
		c.certain("no-credentials")
		return true
	}
	switch ev.Code {
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
		c.certain("credentials-expired")
	case "InvalidClientTokenId", "InvalidAccessKeyId", "UnrecognizedClientException":
		c.unknownKey()
	case "InvalidToken":
		c.invalidToken()
	case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture":
		c.certain("clock-skew", skewArgs(ev))
	case "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure":
		c.signature()
	case "MissingAuthenticationToken", "MissingAuthenticationTokenException", "MissingSecurityHeader":
		c.likely("no-credentials")
		c.possible("proxy-refused")
	case "IncompleteSignature", "IncompleteSignatureException":
		c.likely("no-credentials") // an empty key id
		c.possible("access-key-unknown")
		c.possible("proxy-refused")
	case "UnauthorizedException", "UnauthorizedClient", "InvalidGrantException":
		c.certain("credentials-expired")
	case "InternalError", "InternalFailure", "ServiceUnavailable", "InternalServerError", "InternalServiceException", "ServiceException", "Busy":
		c.likely("service-unavailable")
	case "SlowDown", "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded",
		"BandwidthLimitExceeded", "RequestThrottled", "KMS.ThrottlingException":
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
	case ev.HTTPStatus >= 500 && ev.HTTPStatus != 501 && ev.HTTPStatus != 507 && ev.Code != "QuotaExceeded":
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

// unknownKey explains an access key that AWS does not know. In a Region that
// accounts have to enable it knows those of accounts alone that did.
func (c *diagnosis) unknownKey() {
	region := c.f.Region
	switch {
	case strings.HasPrefix(c.f.AccessKeyID, "ASIA"):
		c.likely("session-token-invalid")
		c.possible("access-key-unknown")
	case c.f.Passed["caller.identity"] && !c.f.CustomEndpoint:
		// The key itself has just been known.
		if optIn(region) {
			c.likely("region-not-enabled")
		}
		c.likely("access-key-unknown")
	case c.f.CustomEndpoint || region != "" && !optIn(region):
		c.certain("access-key-unknown")
		return
	default:
		c.likely("access-key-unknown")
	}
	if region == "" || optIn(region) {
		c.possible("region-not-enabled")
	}
}

// invalidToken explains a session token that was cut off, or one that the
// global endpoint of STS made: Regions that have to be enabled do not take
// those.
func (c *diagnosis) invalidToken() {
	c.likely("session-token-invalid")
	if c.f.Region == "" || optIn(c.f.Region) {
		c.possible("session-token-global")
	}
	c.possible("credentials-expired")
	c.possible("access-key-unknown")
}

// withoutEnabling are the Regions that every account may use.
var withoutEnabling = []string{
	"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1",
	"eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1",
	"ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-southeast-1", "ap-southeast-2",
}

// optIn tells the Regions that an account has to enable first.
func optIn(region string) bool {
	p, ok := address.PartitionOf(region)
	return ok && p.ID == "aws" && !slices.Contains(withoutEnabling, region)
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

// skewArgs says by how many minutes the local clock is wrong: "+20" when it
// is fast.
func skewArgs(ev Evidence) Args {
	skew := ev.Skew
	if skew == 0 {
		skew = ev.toldSkew()
	}
	minutes := int((-skew).Round(time.Minute) / time.Minute)
	if minutes == 0 {
		return nil
	}
	return Args{"offset": aside(fmt.Sprintf("%+d min", minutes))}
}

var reSignedAt = lazyregexp.New(`(?i)(\d{8}T\d{6}Z) is (?:now earlier than|still later than) \d{8}T\d{6}Z \((\d{8}T\d{6}Z)`)

// toldSkew is how far the server's clock is ahead, as the error itself tells:
// STS in its text, S3 in two elements.
func (ev Evidence) toldSkew() time.Duration {
	sent, server := ev.Elements["RequestTime"], ev.Elements["ServerTime"]
	if m := reSignedAt.FindStringSubmatch(ev.Message); m != nil {
		sent, server = m[1], m[2]
	}
	a, okA := instant(sent)
	b, okB := instant(server)
	if !okA || !okB {
		return 0
	}
	return b.Sub(a)
}

func instant(s string) (time.Time, bool) {
	for _, layout := range []string{"20060102T150405Z", time.RFC3339, time.RFC1123} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func abs(d time.Duration) time.Duration {
	if d < 0 {
		return -d
	}
	return d
}
