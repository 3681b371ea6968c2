package diagnose

import (
	"encoding/json"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

// Comparison is a refused ARN beside the one that is granted, or has to be.
type Comparison struct {
	Refused, Granted string
	// The bytes in which they differ, in each; empty where the other has
	// something too much.
	RefusedSpan, GrantedSpan policy.Span
}

// MarshalJSON writes the spans as pairs of byte offsets.
func (c Comparison) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Refused     string `json:"refused"`
		Granted     string `json:"granted"`
		RefusedSpan [2]int `json:"refused_span"`
		GrantedSpan [2]int `json:"granted_span"`
	}{c.Refused, c.Granted, [2]int{c.RefusedSpan.From, c.RefusedSpan.To}, [2]int{c.GrantedSpan.From, c.GrantedSpan.To}})
}

// compares tells the causes that are about the resource of a permission.
func compares(cause string) bool {
	switch cause {
	case "location-denied", "list-denied", "put-denied", "put-wrong-prefix", "get-denied", "copy-denied", "delete-denied",
		"kms-denied", "kms-decrypt-denied", "caller-lacks-permission", "role-not-found":
		return true
	}
	return false
}

// compare lays the refused resource over the granted one. It is nil where
// one of them is not known, and where they agree: then it is no resource that
// was refused, but an action, a condition, or another layer.
func (c *diagnosis) compare() *Comparison {
	refused := c.denial.Resource
	granted := c.granted()
	if refused == "" || granted == "" {
		return nil
	}
	r, g := policy.Compare(refused, granted)
	if r.From == r.To && g.From == g.To {
		return nil
	}
	return &Comparison{Refused: refused, Granted: granted, RefusedSpan: r, GrantedSpan: g}
}

// granted is the ARN to hold a refused one against: the one that is known to
// be allowed, the nearest that the role's own policies allow, or the one that
// the documented policy would allow.
func (c *diagnosis) granted() string {
	if c.f.Granted != "" || c.denial.Resource == "" {
		return c.f.Granted
	}
	if strings.HasPrefix(c.denial.Action, "sts:") {
		return c.settings.RoleARN
	}
	r := policy.Request{Action: c.denial.Action, Resource: c.denial.Resource}
	var own []policy.Document
	for _, name := range sortedNames(c.f.Existing.Permissions) {
		own = append(own, c.f.Existing.Permissions[name])
	}
	if pattern, ok := policy.Nearest(r, own...); ok {
		return pattern
	}
	if c.settings.Bucket == "" {
		return "" // what the text itself names says nothing about itself
	}
	pattern, _ := policy.Nearest(r, documented.Permissions(params(c.settings)))
	return pattern
}
