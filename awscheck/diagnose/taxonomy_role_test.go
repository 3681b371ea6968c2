package diagnose

const (
	bareAssume = "User: arn:aws:iam::999988887777:user/cms is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/MediaRole"
	notTold    = "likely external-id-mismatch, likely caller-not-trusted, likely role-not-found, possible trust-condition-unmet, possible propagating, possible caller-lacks-permission"
	alike      = "external-id-mismatch caller-not-trusted role-not-found trust-condition-unmet propagating caller-lacks-permission"
	// callerSide is the list when the text hints at the caller's policies.
	callerSide = "likely caller-lacks-permission, possible external-id-mismatch, possible caller-not-trusted, possible role-not-found, possible trust-condition-unmet, possible propagating"
)

func refusedAssume(clause string) Evidence {
	return stsError("AssumeRole", 403, "AccessDenied", bareAssume+clause)
}

func invalid(message string) Evidence { return stsError("AssumeRole", 400, "ValidationError", message) }

// sts:AssumeRole, code by code.
var assumeTaxa = []taxon{
	{"assume/roleArn", invalid("1 validation error detected: Value 'x' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20"), known, "certain role-arn-invalid", ""},
	{"assume/externalId", invalid("1 validation error detected: Value 'x' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2"), known, "certain external-id-malformed", "role-arn-invalid"},
	{"assume/roleSessionName", invalid("1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"), known, "certain request-malformed", "role-arn-invalid"},
	{"assume/not-an-ARN", invalid("MediaRole is invalid"), known, "certain role-arn-invalid", ""},
	{"assume/DurationSeconds: over the role's limit", invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role."), known, "certain session-too-long", "role-arn-invalid"},
	{"assume/DurationSeconds: under AWS's", invalid("1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"), known, "certain request-malformed", "session-too-long"},
	{"assume/chained", invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"), known, "certain session-too-long", ""},
	{"assume/root", stsError("AssumeRole", 403, "AccessDenied", "Roles may not be assumed by root accounts."), known, "certain caller-is-root", ""},
	{"assume/bare", refusedAssume(""), known, notTold, alike},
	{"assume/identity", refusedAssume(" because no identity-based policy allows the sts:AssumeRole action"), known, callerSide, alike},
	{"assume/explicit: identity", refusedAssume(" with an explicit deny in an identity-based policy"), known, "certain explicit-deny, likely caller-lacks-permission", alike},
	{"assume/explicit: service control", refusedAssume(" with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-1"), known, "certain explicit-deny, certain scp-denied", alike},
	{"assume/explicit: resource control", refusedAssume(" with an explicit deny in a resource control policy"), known, "certain explicit-deny, certain rcp-denied", alike},
	{"assume/explicit: boundary", refusedAssume(" with an explicit deny in a permissions boundary"), known, "certain explicit-deny, certain boundary-denied", alike},
	{"assume/explicit: trust", refusedAssume(" with an explicit deny in a role trust policy"), known, "certain explicit-deny, likely trust-condition-unmet", alike},
	{"assume/TagSession", stsError("AssumeRole", 403, "AccessDenied", "User: arn:aws:iam::999988887777:user/cms is not authorized to perform: sts:TagSession on resource: arn:aws:iam::123456789012:role/MediaRole"), known, "likely session-tags-denied, possible caller-lacks-permission", "session-tags-denied"},
	{"assume/TagSession: source identity", stsError("AssumeRole", 403, "AccessDenied", "User: arn:aws:iam::999988887777:user/cms is not authorized to perform: sts:SetSourceIdentity on resource: arn:aws:iam::123456789012:role/MediaRole"), known, "likely session-tags-denied, possible caller-lacks-permission", "session-tags-denied"},
	{"assume/RegionDisabled", stsError("AssumeRole", 403, "RegionDisabledException", "STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console."), known, "certain sts-region-disabled", ""},
	{"assume/MalformedPolicyDocument", stsError("AssumeRole", 400, "MalformedPolicyDocument", "Syntax errors in policy."), known, "certain request-malformed", ""},
	{"assume/PackedPolicyTooLarge", stsError("AssumeRole", 400, "PackedPolicyTooLarge", "Packed policy consumes 120% of allotted space, please use smaller policy."), known, "certain request-malformed", ""},
	{"assume/ExpiredToken", stsError("AssumeRole", 403, "ExpiredTokenException", "The security token included in the request is expired"), known, "certain credentials-expired", ""},
	{"assume/other-partition", refusedAssume(""), with(func(f *Facts) { f.RoleARN = "arn:aws-cn:iam::123456789012:role/MediaRole" }), "certain partition-mismatch", alike},
	{"assume/other-partition: by the region alone", invalid("arn:aws-us-gov:iam::123456789012:role/R is invalid"), Facts{RoleARN: "arn:aws-us-gov:iam::123456789012:role/R", Region: "eu-west-1"}, "certain partition-mismatch", "role-arn-invalid"},
}

// The nine reasons for which AssumeRole is refused, told apart as far as
// they can be from outside.
var deputyTaxa = []taxon{
	{"B1: the caller's own policies", refusedAssume(" because no identity-based policy allows the sts:AssumeRole action"), known, callerSide, alike},
	{"B2: another caller", refusedAssume(""), known, notTold, alike},
	{"B3: no such role", refusedAssume(""), known, notTold, alike},
	{"B3: said by IAM", stsError("AssumeRole", 404, "NoSuchEntity", "The role with name MediaRole cannot be found."), known, "certain role-not-found", ""},
	{"B4: not the principal", refusedAssume(" because no role trust policy allows the sts:AssumeRole action"), known, "likely external-id-mismatch, likely caller-not-trusted, likely role-not-found, possible trust-condition-unmet, possible propagating, ruled-out caller-lacks-permission", alike},
	{"B5: external ID", refusedAssume(""), known, notTold, alike},
	{"B6: condition", refusedAssume(" because no resource-based policy allows the sts:AssumeRole action"), known, "likely external-id-mismatch, likely caller-not-trusted, likely role-not-found, possible trust-condition-unmet, possible propagating, ruled-out caller-lacks-permission", alike},
	{"B7: the customer's organization", refusedAssume(" with an explicit deny in a resource control policy"), known, "certain explicit-deny, certain rcp-denied", alike},
	{"B8: STS is off", stsError("AssumeRole", 403, "RegionDisabledException", "STS is not activated in this region for account:123456789012."), known, "certain sts-region-disabled", ""},
	{"B9: made moments ago", refusedAssume(""), known, notTold, "propagating"},

	// Servers that are not AWS.
	{"compatible/shape", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "AccessDenied", Message: "Access denied"}, with(func(f *Facts) { f.CustomEndpoint = true }), notTold, alike},
	{"compatible/empty", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "AccessDenied"}, with(func(f *Facts) { f.CustomEndpoint = true }), notTold, alike},
	{"compatible/bare", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "UnknownError"}, with(func(f *Facts) { f.CustomEndpoint = true }), notTold, alike},
	{"compatible/bare: no STS there", Evidence{Operation: "sts:AssumeRole", HTTPStatus: 404}, with(func(f *Facts) { f.CustomEndpoint = true }), "likely wrong-endpoint, possible role-not-found", "role-not-found wrong-endpoint"},
	{"compatible/bare: who am I", Evidence{Operation: "sts:GetCallerIdentity", HTTPStatus: 403}, with(func(f *Facts) { f.CustomEndpoint = true }), "likely secret-key-wrong, likely access-key-unknown, possible credentials-expired, possible clock-skew", "secret-key-wrong access-key-unknown"},
}
