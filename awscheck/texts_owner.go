package awscheck

// ownerReasons: the owner's side: role, trust, permissions, bucket type and bucket policy.
var ownerReasons = map[string][]string{
	"owner.role": {
		"unknown needs",
		"not-asked",
	},
	"owner.trust": {
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
