package awscheck

// ownerBucketReasons: the owner's side: the bucket's settings and the distribution.
var ownerBucketReasons = map[string][]string{
	"owner.public-access": {
		"unknown needs",
		"not-asked",
	},
	"owner.object-ownership": {
		"unknown needs",
		"not-asked",
	},
	"owner.encryption": {
		"unknown needs",
		"not-asked",
	},
	"owner.versioning": {
		"unknown needs",
		"not-asked",
	},
	"owner.lifecycle": {
		"unknown needs",
		"not-asked",
	},
	"owner.cors": {
		"unknown needs",
		"not-asked",
	},
	"owner.distribution": {
		"unknown needs",
		"not-asked",
	},
}
