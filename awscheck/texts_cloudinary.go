package awscheck

// cloudinaryReasons: what Cloudinary needs, and what else it may do.
var cloudinaryReasons = map[string][]string{
	"cloudinary.bucket-name": {
		"pass bucket",
		"dots bucket",
	},
	"cloudinary.marker": {
		"pass clouds count",
		"missing clouds",
		"misplaced clouds found",
		"unknown key needs",
	},
	"cloudinary.key": {
		"pass count keys",
		"pass-s3 count",
		"empty",
		"mismatch key object",
		"unknown needs",
	},
	"cloudinary.policy": {
		"pass bucket dir",
		"missing bucket dir",
		"narrow bucket dir",
		"denied statement what",
		"restricted bucket",
		"depends bucket",
		"unknown needs",
		"not-asked",
	},
	"cloudinary.key-policy": {
		"pass count",
		"none",
		"denied key",
		"missing key",
		"managed key",
		"disabled key",
		"unknown needs",
		"not-asked",
	},
	"cloudinary.exposure": {
		"pass dir",
		"whole bucket",
		"wide actions",
		"unknown needs",
		"not-asked",
	},
}

var cloudinaryNotes = []string{
	"cloudinary-reads-all dir",
	"cloudinary-keys-unused",
	"cloudinary-organization-unread",
}
