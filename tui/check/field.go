package check

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// fieldByCause says which setting may be the wrong one where a cause is true.
// Causes that are mended in AWS alone are not in it.
var fieldByCause = map[string]string{
	"external-id-mismatch": "external_id", "external-id-malformed": "external_id",
	"role-not-found": "role_arn", "role-arn-invalid": "role_arn",
	"bucket-not-found": "bucket", "bucket-foreign-owner": "bucket", "bucket-type-unsupported": "bucket",
	"wrong-region": "region", "region-unknown": "region",
	"put-wrong-prefix": "prefix",
	"domain-not-found": "domain", "domain-wrong-target": "domain",
}

// fieldOf is the setting that a row puts in question: that of its first cause
// that is not ruled out; empty when it is something in AWS.
func fieldOf(r awscheck.Result) string {
	for _, c := range r.Causes {
		if c.Likelihood != diagnose.RuledOut {
			return fieldByCause[c.ID]
		}
	}
	if r.ID != "settings.valid" {
		return ""
	}
	// The codes are "field.rule", the first the most telling.
	field, _, _ := strings.Cut(r.Args["codes"], ".")
	if field == "" {
		return "bucket"
	}
	return field
}
