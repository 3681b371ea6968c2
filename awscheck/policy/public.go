package policy

import (
	"net/netip"
	"strings"
)

// Public reports whether Amazon S3 takes the document for a public bucket
// policy ("The meaning of public"): a single statement that grants to
// everybody without a fixed limit makes the whole policy public. Block Public
// Access decides by this.
func (d *Document) Public() bool {
	for i := range d.Statements {
		if d.Statements[i].Public() {
			return true
		}
	}
	return false
}

// Public reports whether the statement allows something to principals that
// are not fixed, and no condition limits them to fixed values.
func (s *Statement) Public() bool {
	return s.Effect == Allow && s.openToAll() && !limited(s.Conditions)
}

// openToAll reports whether the principals are not a fixed list.
func (s *Statement) openToAll() bool {
	p := s.Principal
	if p == nil {
		return s.NotPrincipal != nil
	}
	return p.Any || contains(p.AWS, "*") || len(p.Federated) > 0
}

// limited reports whether some condition holds for fixed values of a limiting
// key alone.
func limited(conditions []Condition) bool {
	for i := range conditions {
		if conditions[i].limits() {
			return true
		}
	}
	return false
}

// limitingKeys are the condition keys that S3 counts, in lower case.
var limitingKeys = map[string]bool{
	"aws:principalarn":          true,
	"aws:principalaccount":      true,
	"aws:principalorgid":        true,
	"aws:sourceip":              true,
	"aws:sourcearn":             true,
	"aws:sourcevpc":             true,
	"aws:sourcevpce":            true,
	"aws:sourceowner":           true,
	"aws:sourceaccount":         true,
	"aws:userid":                true,
	"s3:dataaccesspointarn":     true,
	"s3:dataaccesspointaccount": true,
	sseKeyID:                    true,
}

const sseKeyID = "s3:x-amz-server-side-encryption-aws-kms-key-id"

// limits reports whether the condition is met by fixed values alone. An
// operator that a missing key satisfies limits nothing.
func (c *Condition) limits() bool {
	op, ok := parseOperator(c.Operator)
	key := strings.ToLower(c.Key)
	if !ok || op.negated || op.ifExists || op.set == forAllValues || !limitingKeys[key] {
		return false
	}
	switch op.kind {
	case opStringEquals, opStringEqualsIgnoreCase, opStringLike, opArn, opIP:
	default:
		return false
	}
	for _, v := range c.Values {
		if !fixed(key, v) {
			return false
		}
	}
	return true
}

// fixed reports whether one value of a limiting key is narrow enough.
func fixed(key, value string) bool {
	switch key {
	case "aws:sourceip":
		return narrow(value)
	case "aws:userid":
		value = strings.TrimSuffix(value, ":*")
	case "s3:dataaccesspointarn":
		value = strings.TrimSuffix(value, "accesspoint/*")
	}
	return !strings.ContainsAny(value, "*?") && !strings.Contains(value, "${")
}

// narrow reports whether an address range is not "very broad": wider than /8
// of IPv4 or /32 of IPv6.
func narrow(cidr string) bool {
	if strings.IndexByte(cidr, '/') < 0 {
		_, err := netip.ParseAddr(cidr)
		return err == nil
	}
	p, err := netip.ParsePrefix(cidr)
	if err != nil {
		return false
	}
	if p.Addr().Is4() {
		return p.Bits() >= 8
	}
	return p.Bits() >= 32
}
