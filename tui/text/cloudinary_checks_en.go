package text

// cloudinaryChecksEN: the rows of Cloudinary's connections.
var cloudinaryChecksEN = map[string]string{
	"check.cloudinary.bucket-name": "Bucket name that Cloudinary can read",
	"check.cloudinary.marker":      "Cloud names are allowed by marker files",
	"check.cloudinary.key":         "Keys that encrypt the objects",
	"check.cloudinary.policy":      "Bucket policy lets Cloudinary read",
	"check.cloudinary.key-policy":  "Key policies let Cloudinary decrypt",
	"check.cloudinary.exposure":    "What else Cloudinary may do",

	"result.cloudinary.bucket-name.pass": "{bucket} has no periods.",
	"result.cloudinary.bucket-name.dots": "{bucket} has periods: Cloudinary cannot read it.",

	"result.cloudinary.marker.pass":      "{count} of {count}: {clouds}",
	"result.cloudinary.marker.missing":   "No marker file for {clouds}: Cloudinary reads nothing for it.",
	"result.cloudinary.marker.misplaced": "The marker is in the wrong place: {found}",
	"result.cloudinary.marker.unknown":   "Unknown: looking at {key} needs {needs}.",

	"result.cloudinary.key.pass":     "{count} objects looked at; their keys are named: {keys}",
	"result.cloudinary.key.pass-s3":  "{count} objects looked at: no KMS key, nothing to grant.",
	"result.cloudinary.key.empty":    "No objects yet: nothing to compare with.",
	"result.cloudinary.key.mismatch": "{object} is encrypted with a key that the settings do not name.",
	"result.cloudinary.key.unknown":  "Unknown: needs {needs}.",

	"result.cloudinary.policy.pass":       "The bucket policy lets Cloudinary read {dir} and the markers.",
	"result.cloudinary.policy.missing":    "Nothing lets Cloudinary read {dir} in {bucket}.",
	"result.cloudinary.policy.narrow":     "Cloudinary may read {dir}, but not the marker files.",
	"result.cloudinary.policy.denied":     "{statement} denies Cloudinary{what}.",
	"result.cloudinary.policy.restricted": "Block Public Access keeps other accounts out of {bucket}.",
	"result.cloudinary.policy.depends":    "Depends on where Cloudinary's requests come from.",
	"result.cloudinary.policy.unknown":    "Unknown: needs {needs}.",
	"result.cloudinary.policy.not-asked":  "Unknown: only the owner's side can tell (--owner).",

	"result.cloudinary.key-policy.pass":      "Cloudinary may decrypt with all {count} keys.",
	"result.cloudinary.key-policy.none":      "No KMS keys: none is named, and new objects have none.",
	"result.cloudinary.key-policy.denied":    "The policy of {key} does not let Cloudinary decrypt.",
	"result.cloudinary.key-policy.missing":   "There is no key {key}.",
	"result.cloudinary.key-policy.managed":   "No other account can decrypt with the AWS managed key {key}.",
	"result.cloudinary.key-policy.disabled":  "The key {key} is not enabled: nobody can decrypt with it.",
	"result.cloudinary.key-policy.unknown":   "Unknown: needs {needs}.",
	"result.cloudinary.key-policy.not-asked": "The owner's side was not asked.",

	"result.cloudinary.exposure.pass":      "Cloudinary may read {dir}, and nothing else.",
	"result.cloudinary.exposure.whole":     "Cloudinary may read all of {bucket}, as documented.",
	"result.cloudinary.exposure.wide":      "Cloudinary may do more than read: {actions}",
	"result.cloudinary.exposure.unknown":   "Unknown: needs {needs}.",
	"result.cloudinary.exposure.not-asked": "The owner's side was not asked.",

	"note.cloudinary-reads-all":   "The documented policy covers the whole bucket. mediadock policy bucket --tight keeps it to {dir} and the marker files.",
	"note.cloudinary-keys-unused": "KMS keys are named, but the objects looked at are not encrypted with any.",

	"note.cloudinary-organization-unread": "Unknown: resource control policies (RCPs) of AWS Organizations, which only the organization's administrator can read. If Cloudinary is refused all the same, look there for a Deny of other organizations.",

	"verdict.ready.cloudinary":               "Ready: the bucket policy and the markers let Cloudinary read your assets.",
	"verdict.ready-with-warnings.cloudinary": "With warnings: nothing failed; look at the rows marked ! or ?.",

	"cause.cloudinary-bucket-dots":      "Cloudinary does not support bucket names with periods: they do not fit the TLS certificate of S3.",
	"cause.cloudinary-marker-missing":   "Cloudinary reads a bucket only for the cloud names that have an empty file in .wellknown/cloudinary at its root.",
	"cause.cloudinary-marker-misplaced": "Cloudinary looks into .wellknown/cloudinary at the root of the bucket alone: without a hyphen, and outside of the prefix.",
	"cause.cloudinary-policy-missing":   "No statement of the bucket policy lets Cloudinary's account 232482882421 read the media with s3:GetObject.",
	"cause.cloudinary-policy-narrow":    "Cloudinary first reads the marker files. The bucket policy grants the media alone, so that it is refused before it reads them.",
	"cause.cloudinary-denied":           "A Deny of the bucket policy hits Cloudinary, which is of another account and organization and reads from its own network. A Deny beats every Allow.",
	"cause.cloudinary-restrict-public":  "The bucket policy has a public statement, and RestrictPublicBuckets is on: then S3 refuses every other account, Cloudinary's too.",
	"cause.cloudinary-key-not-granted":  "The objects are encrypted, and the policy of the key {kms_key} does not let Cloudinary's account decrypt with it. The bucket policy cannot give that.",
	"cause.cloudinary-key-managed":      "The AWS managed key aws/s3 ({kms_key}) is what objects are encrypted with, or will be. Nobody can edit its policy, so that Cloudinary's account can never decrypt.",
	"cause.cloudinary-key-mismatch":     "Objects are encrypted with {kms_key}, and the settings name other keys or none. Granting the wrong key is what usually goes wrong with KMS.",
	"cause.cloudinary-too-wide":         "The bucket policy lets Cloudinary do more than the reading that it needs.",

	"fix.cloudinary-other-bucket":    "Create a bucket without periods in its name, copy the files, and set this connection up for it.",
	"fix.cloudinary-add-marker":      "Let mediadock add the missing files. It shows what it will do with --dry-run.",
	"fix.cloudinary-put-marker":      "Add the empty file with the AWS CLI or the S3 console. The folder is .wellknown/cloudinary, without a hyphen.",
	"fix.cloudinary-add-statement":   "Append Cloudinary's statement to the bucket policy; all others stay.",
	"fix.cloudinary-exempt":          "Except Cloudinary's account from the Deny: a condition StringNotEquals aws:PrincipalAccount 232482882421.",
	"fix.cloudinary-close-public":    "Take the public statement out of the bucket policy: Block Public Access makes it useless to strangers anyway. Check first who in your account relies on it.",
	"fix.cloudinary-allow-key":       "Append Cloudinary's statement to the key's policy; all others stay.",
	"fix.cloudinary-own-key":         "Set the bucket's default encryption to SSE-S3, or to a customer managed key that lets Cloudinary decrypt, and copy the existing objects onto themselves.",
	"fix.cloudinary-name-key":        "Name the keys that the objects really have.",
	"fix.then-cloudinary-key-policy": "Then add the statement to the policy of each of these keys. An AWS managed key (aws/s3) cannot be granted: encrypt the objects with another.",
	"fix.cloudinary-narrow":          "Replace Cloudinary's statements by reading of the media and the marker files alone.",
}
