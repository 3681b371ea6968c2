package text

// lintEN: what policy.Lint finds in a document. {statement} is the statement's
// Sid in quotes, or # and its number.
var lintEN = twice(map[string]string{
	"version-missing":         "The document names no Version, so policy variables such as ${aws:username} are plain text in it.",
	"variable-in-old-version": "Statement {statement} uses the variable {value}, which Version 2008-10-17 takes for plain text. Use 2012-10-17.",
	"too-large":               "The document has {size} characters without white space; AWS takes at most {limit}.",
	"too-large-default":       "The document has {size} characters; AWS takes {limit} unless the account's quota was raised.",
	"too-large-managed":       "With {size} characters the document fits inline, but not as a managed policy ({limit}).",
	"id-not-allowed":          "An Id does not belong in this kind of policy.",
	"no-statements":           "The document has no statements, so it grants nothing.",

	"sid-charset":           "The Sid {value} has characters that IAM does not take; use letters and digits.",
	"sid-repeated":          "The Sid {value} appears twice; AWS refuses the document.",
	"principal-missing":     "Statement {statement} names no Principal, so it applies to nobody.",
	"principal-not-allowed": "Statement {statement} has a Principal, which a policy of a role or user must not have.",
	"resource-missing":      "Statement {statement} names no Resource.",
	"resource-not-allowed":  "Statement {statement} has a Resource, which a trust policy must not have.",
	"empty-list":            "Statement {statement}: {name} is an empty list and matches nothing.",
	"allow-not-principal":   "Statement {statement} allows everybody but those listed (NotPrincipal with Allow).",
	"deny-not-principal":    "Statement {statement} denies with NotPrincipal, which is easily wrong: account, role and session all have to be listed.",
	"allow-not-action":      "Statement {statement} allows every action but those listed (NotAction), those of the future included.",
	"allow-not-resource":    "Statement {statement} allows everything but the resources listed (NotResource).",

	"action-everything": "Statement {statement} allows every action of every service ({action}).",
	"action-service":    "Statement {statement} allows every action of the service ({action}).",
	"action-wildcard":   "Statement {statement} allows actions by a pattern ({action}).",
	"action-powerful":   "Statement {statement} allows {action}, which a CMS never needs.",

	"resource-format":         "Statement {statement}: {resource} is no ARN of S3.",
	"resource-everything":     "Statement {statement} is about every resource ({resource}).",
	"resource-region":         "Statement {statement}: S3 ARNs have no Region and no account. Write {want} in place of {resource}.",
	"resource-empty-segment":  "Statement {statement}: {resource} holds //, which matches no file. Write {want}.",
	"resource-open-end":       "Statement {statement}: {resource} also matches folders whose names begin alike. Write {want}.",
	"object-action-on-bucket": "Statement {statement}: {action} is about files, but {resource} is the bucket. Write {want}.",
	"bucket-action-on-object": "Statement {statement}: {action} is about the bucket, but {resource} names files. Write {want}.",
	"resource-other-bucket":   "Statement {statement} is about another bucket than {bucket}: {resource}.",
	"resource-beyond-prefix":  "Statement {statement} reaches beyond the prefix: {resource}. {want} is enough.",

	"principal-format":   "Statement {statement}: {value} is no principal that AWS knows.",
	"principal-wildcard": "Statement {statement}: {value} has a wildcard. In principals only * by itself has a meaning.",
	"principal-group":    "Statement {statement}: {value} is a group, which cannot be a principal.",
	"principal-deleted":  "Statement {statement} names {value}: a user or role that was deleted. One made anew under the same name is another.",
	"principal-empty":    "Statement {statement} names nobody.",

	"condition-value":        "Statement {statement}: {value} is no value for {operator} {key}.",
	"condition-empty":        "Statement {statement}: {operator} {key} lists no values.",
	"condition-literal-star": "Statement {statement}: under {operator}, the * or ? in {value} ({key}) is an ordinary character. Use StringLike if a pattern is meant.",
	"condition-for-all":      "Statement {statement}: {operator} {key} also holds for requests that lack the key.",
	"prefix-on-objects":      "Statement {statement}: {action} carries no s3:prefix, so under this condition it is never allowed.",

	"trust-anyone":         "Statement {statement} trusts every AWS account.",
	"trust-not-principal":  "Statement {statement} trusts everybody but those listed (NotPrincipal).",
	"trust-action-wide":    "Statement {statement} allows {action}; sts:AssumeRole is enough.",
	"trust-no-assume-role": "No statement allows sts:AssumeRole, so nobody can assume the role.",
	"trust-mixed":          "Statement {statement} trusts services or identity providers as well; a role of its own for the CMS is clearer.",
	"trust-mfa":            "Statement {statement} asks for multi-factor authentication, which no program can give.",
	"trust-condition":      "Statement {statement} has a further condition: {operator} {key}.",

	"external-id-missing":      "Statement {statement} asks for no external ID.",
	"external-id-wildcard":     "Statement {statement} accepts external IDs by a pattern.",
	"external-id-optional":     "Statement {statement} asks for the external ID only when one is given ({operator}).",
	"external-id-negated":      "Statement {statement} accepts every external ID but one ({operator}).",
	"external-id-wrong-key":    "Statement {statement} asks for {key}, which no request has; the key is sts:ExternalId.",
	"external-id-format":       "Statement {statement} asks for an external ID that AWS STS does not take: 2 to 1,224 letters, digits and _+=,.@:/-.",
	"external-id-ignores-case": "Statement {statement} compares the external ID without regard to case.",
	"external-id-several":      "Statement {statement} accepts {count} external IDs. Remove those no longer in use.",
	"external-id-short":        "Statement {statement} asks for an external ID under 16 characters, which can be guessed.",

	"public-read":            "Statement {statement} lets everybody read.",
	"public-list":            "Statement {statement} lets everybody list all file names.",
	"public-write":           "Statement {statement} lets everybody do {action}.",
	"public-beyond-prefix":   "Statement {statement} lets everybody read beyond the prefix: {resource}. {want} is enough.",
	"service-without-source": "Statement {statement} lets {service} in without AWS:SourceArn: on behalf of anybody's resources, not only yours.",
	"source-wildcard":        "Statement {statement}: {key} {value} has a wildcard, which makes the policy public in S3's eyes.",
})

// twice keeps the texts of lint findings under "lint.", and under "note.lint."
// for where a finding is a note of a row.
func twice(texts map[string]string) map[string]string {
	all := map[string]string{}
	for code, t := range texts {
		all["lint."+code], all["note.lint."+code] = t, t
	}
	return all
}
