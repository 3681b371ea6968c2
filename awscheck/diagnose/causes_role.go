package diagnose

import (
	"regexp"
	"strings"
)

var (
	reAtRole     = regexp.MustCompile(`(?i)at 'roleArn'|is invalid|Invalid principal|not a valid ARN|malformed ARN`)
	reAtExternal = regexp.MustCompile(`(?i)at 'externalId'`)
	reDuration   = regexp.MustCompile(`(?i)DurationSeconds|MaxSessionDuration|session (?:duration|limit)|role chaining`)
	reRootCaller = regexp.MustCompile(`(?i)may not be assumed by root`)
)

// role explains a refused AssumeRole. STS answers a missing role, a caller
// that is not trusted and a wrong external ID alike; only what its text
// rules out is ruled out.
func (c *diagnosis) role() {
	ev := c.ev
	switch {
	case ev.Code == "RegionDisabledException":
		c.certain("sts-region-disabled")
	case reRootCaller.MatchString(ev.Message):
		c.certain("caller-is-root")
	case isValidation(ev):
		c.roleMalformed()
	case ev.Code == "MalformedPolicyDocument" || ev.Code == "PackedPolicyTooLarge":
		c.certain("request-refused", Args{"message": ev.Message})
	case ev.HTTPStatus == 403 || ev.Code == "AccessDenied":
		c.roleDenied()
	case ev.HTTPStatus == 404 || ev.Code == "NoSuchEntity":
		c.certain("role-not-found")
	default:
		c.notKnown()
	}
}

func isValidation(ev Evidence) bool {
	return ev.Code == "ValidationError" || ev.Code == "InvalidParameterValue" || ev.HTTPStatus == 400 && strings.Contains(ev.Message, "validation error")
}

func (c *diagnosis) roleMalformed() {
	switch m := c.ev.Message; {
	case reAtExternal.MatchString(m):
		c.certain("external-id-malformed")
	case reDuration.MatchString(m):
		c.certain("session-too-long")
	case reAtRole.MatchString(m):
		c.certain("role-arn-invalid")
	default:
		c.likely("role-arn-invalid")
		c.possible("session-too-long")
	}
}

func (c *diagnosis) roleDenied() {
	d := c.denial
	switch {
	case d.Layer == LayerIdentity:
		c.layers()
		c.likely("caller-lacks-permission")
		if !d.Explicit {
			c.notSayingWhich(Possible)
		}
	case d.Layer == LayerTrust, d.Layer == LayerResource:
		c.layers()
		if d.Explicit {
			c.likely("trust-condition-unmet")
			return
		}
		c.notSayingWhich(Likely)
		c.ruledOut("caller-lacks-permission")
	case d.Layer != "":
		c.layers()
	default:
		c.notSayingWhich(Likely)
		c.possible("caller-lacks-permission")
	}
}

// notSayingWhich lists what STS answers alike.
func (c *diagnosis) notSayingWhich(l Likelihood) {
	c.add("external-id-mismatch", l)
	c.add("caller-not-trusted", l)
	c.add("role-not-found", l)
	c.possible("trust-condition-unmet")
	c.possible("propagating")
}
