package text

// ownerEN: the owner's side: role, trust, permissions, bucket type and bucket policy.
var ownerEN = map[string]string{
	"check.owner.role":                     "The role",
	"check.owner.trust":                    "The trust policy",
	"check.owner.permissions":              "The role's permissions",
	"check.owner.bucket-type":              "The bucket",
	"check.owner.bucket-policy":            "The bucket policy",
	"result.owner.role.unknown":            "Unknown: needs {needs}",
	"result.owner.role.not-asked":          "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.trust.unknown":           "Unknown: needs {needs}",
	"result.owner.trust.not-asked":         "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.permissions.unknown":     "Unknown: needs {needs}",
	"result.owner.permissions.not-asked":   "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.bucket-type.unknown":     "Unknown: needs {needs}",
	"result.owner.bucket-type.not-asked":   "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.bucket-policy.unknown":   "Unknown: needs {needs}",
	"result.owner.bucket-policy.not-asked": "Not asked: this is for the credentials of who owns the bucket (--owner)",
}
