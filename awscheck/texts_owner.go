package awscheck

// ownerReasons: the owner's side: role, trust, permissions, bucket type and bucket policy.
var ownerReasons = map[string][]string{
	"owner.role": {
		"pass role account",
		"missing role account",
		"case arn actual",
		"path arn actual",
		"session role minutes",
		"unknown needs",
		"not-asked",
	},
	"owner.trust": {
		"pass role principal",
		"vendor-only role vendor",
		"no-principal role principal",
		"open role",
		"conditions role principal what",
		"denied role principal statement when",
		"nobody role",
		"principal role principal what",
		"principal-other role principal what",
		"principal-deleted role principal what",
		"principal-service role principal what",
		"id role wanted",
		"id-none role wanted",
		"id-space role wanted",
		"id-case role wanted",
		"id-part role wanted",
		"unmet role principal what",
		"unknown needs",
		"not-asked",
	},
	"owner.permissions": {
		"conditions role what",
		"pass role dir",
		"refused role actions action resource granted",
		"not-granted role actions action resource",
		"condition role actions action granted",
		"denied role actions action statement policy",
		"boundary role actions action",
		"refused-unless role actions",
		"organization role action",
		"wide role what",
		"unknown needs",
		"not-asked",
	},
	"owner.bucket-type": {
		"pass bucket region account",
		"pass-region bucket region",
		"type bucket",
		"missing bucket",
		"region bucket region actual",
		"foreign bucket account",
		"unknown needs",
		"not-asked",
	},
	"owner.bucket-policy": {
		"pass bucket",
		"pass-public dir",
		"pass-cdn dir",
		"denied role actions statement when",
		"encryption statement when",
		"conditions role what",
		"readers-denied statement when",
		"wrong-path granted resource",
		"wrong-distribution granted want",
		"no-cdn bucket dir",
		"no-readers bucket dir",
		"unknown needs",
		"not-asked",
	},
}

// ownerCommon are reasons that rows of the owner's side share.
var ownerCommon = []string{
	"owner.unread message",
	"owner.other-account account want name",
	"owner.no-credentials message",
	"owner.no-role",
	"skip.vendor-only vendor",
}

var ownerNotes = []string{
	"role-new seconds",
	"role-boundary policy",
	"trust-vendor-only vendor caller role",
	"trust-caller-too vendor caller role",
	"trust-name-principal principal",
	"abort-not-granted",
	"permissions-depend what",
	"classic-policy policy",
	"organization-unknown needs",
	"simulation-differs action",
	"bucket-policy-depends what",
	"bucket-policy-public",
	"readers-everybody",
	"readers-origin-access-identity",
	"readers-some-distribution granted",
	"readers-depend what",
}

// ownerFixes are fixes that the owner's side adds to those of package
// diagnose.
var ownerFixes = []string{
	"use-role-arn actual role",
}
