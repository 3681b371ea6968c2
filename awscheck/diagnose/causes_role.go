package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reAtRole     = lazyregexp.New(`(?i)at 'roleArn'|\S+ is invalid|Invalid principal|not a valid ARN|malformed ARN`)
	reAtExternal = lazyregexp.New(`(?i)at 'externalId'`)
	reAtField    = lazyregexp.New(`(?i)at '(\w+)(?:\.[\w.]+)?' failed`)
	reTooLong    = lazyregexp.New(`(?i)MaxSessionDuration|session (?:duration|limit)|role chaining`)
	reRootCaller = lazyregexp.New(`(?i)may not be assumed by root`)
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
	case c.crossesPartitions():
	case isValidation(ev):
		c.roleMalformed()
	case ev.Code == "MalformedPolicyDocument" || ev.Code == "PackedPolicyTooLarge":
		c.certain("request-malformed", Args{"field": "Policy", "message": ev.Message})
	case ev.Code == "NoSuchEntity":
		c.certain("role-not-found")
	case ev.HTTPStatus == 403 || ev.Code == "AccessDenied":
		c.roleDenied()
	case ev.HTTPStatus == 404:
		// STS has no 404: something else answers.
		c.likely("wrong-endpoint", Args{"location": ""})
		c.possible("role-not-found")
	default:
		c.notKnown()
	}
}

func isValidation(ev Evidence) bool {
	return ev.Code == "ValidationError" || ev.Code == "InvalidParameterValue" || ev.HTTPStatus == 400 && strings.Contains(ev.Message, "validation error")
}

// crossesPartitions tells that role and caller are of different partitions
// of AWS, between which nothing is trusted.
func (c *diagnosis) crossesPartitions() bool {
	role := partitionOf(c.f.RoleARN)
	caller := partitionOf(first(c.f.CallerARN, c.denial.Principal))
	if caller == "" {
		if p, ok := address.PartitionOf(c.f.Region); ok && c.f.Region != "" && !c.f.CustomEndpoint {
			caller = p.ID
		}
	}
	if role == "" || caller == "" || role == caller {
		return false
	}
	c.certain("partition-mismatch", Args{"want": role, "got": caller})
	return true
}

// partitionOf is the partition that an ARN names.
func partitionOf(arn string) string {
	parts := strings.SplitN(arn, ":", 3)
	if len(parts) < 3 || parts[0] != "arn" {
		return ""
	}
	return parts[1]
}

func (c *diagnosis) roleMalformed() {
	switch m := c.ev.Message; {
	case reAtExternal.MatchString(m):
		c.certain("external-id-malformed")
	case reTooLong.MatchString(m):
		c.certain("session-too-long")
	case strings.Contains(m, "at 'roleArn'"):
		c.certain("role-arn-invalid")
	case reAtField.MatchString(m):
		c.certain("request-malformed", Args{"field": reAtField.FindStringSubmatch(m)[1], "message": m})
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
	case d.Action == "sts:TagSession" || d.Action == "sts:SetSourceIdentity":
		c.layers()
		c.likely("session-tags-denied")
		c.possible("caller-lacks-permission")
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
