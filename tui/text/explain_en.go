package text

// explainEN: errors that people paste.
var explainEN = map[string]string{
	// Why a list of causes names several.
	"undecided.sts":  "AWS STS refuses all of these in the same words; nothing in its answer tells them apart.",
	"undecided.s3":   "S3 gave no reason. It explains refusals to callers of the bucket's own account only.",
	"undecided.kms":  "AWS KMS has one text for a key that is missing, elsewhere, or refuses.",
	"undecided.head": "The answer to a HEAD request has no body: a wrong Region and an expired session look alike.",

	// A refused ARN beside the granted one.
	"compare.refused": "refused",
	"compare.granted": "granted",
}
