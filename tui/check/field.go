package check

import "github.com/mediadock/mediadock/awscheck"

// fieldByCause says which setting a cause puts in question.
var fieldByCause = map[string]string{
	"external-id-mismatch": "external_id", "external-id-not-required": "external_id", "external-id-optional": "external_id",
	"external-id-wildcard": "external_id", "caller-not-trusted": "trusted_principal",
	"role-not-found": "role_arn", "role-arn-invalid": "role_arn", "session-too-long": "role_arn",
	"bucket-not-found": "bucket", "bucket-foreign-owner": "bucket", "bucket-type-unsupported": "bucket",
	"wrong-region": "region", "region-unknown": "region", "sts-region-disabled": "region",
	"put-wrong-prefix": "prefix", "list-prefix-condition": "prefix", "bucket-policy-wrong-path": "prefix", "origin-path-doubled": "prefix",
	"domain-not-found": "domain", "domain-wrong-target": "domain", "alias-missing": "domain", "tls-name-mismatch": "domain",
	"origin-access-wrong-distribution": "distribution",
}

// fieldByCheck says which setting a check is about, where its causes do not
// say.
var fieldByCheck = map[string]string{
	"settings.valid": "bucket", "role.assume": "role_arn", "role.requires-external-id": "external_id",
	"bucket.region": "bucket", "delivery.url": "domain",
}

// fieldOf is the setting that a row puts in question; empty when it is
// something in AWS.
func fieldOf(r awscheck.Result) string {
	for _, c := range r.Causes {
		if f := fieldByCause[c.ID]; f != "" {
			return f
		}
	}
	return fieldByCheck[r.ID]
}
