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
		"denied role principal statement what",
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
		"unknown needs",
		"not-asked",
	},
	"owner.bucket-type": {
		"unknown needs",
		"not-asked",
	},
	"owner.bucket-policy": {
		"unknown needs",
		"not-asked",
	},
}

// ownerCommon are reasons that rows of the owner's side share.
var ownerCommon = []string{
	"owner.unread message",
	"owner.other-account account want name",
	"owner.no-role",
	"skip.vendor-only vendor",
}

var ownerNotes = []string{
	"role-new seconds",
	"role-boundary policy",
	"trust-vendor-only vendor caller role",
	"trust-caller-too vendor caller role",
}

// ownerFixes are fixes that the owner's side adds to those of package
// diagnose.
var ownerFixes = []string{
	"use-role-arn actual role",
}
