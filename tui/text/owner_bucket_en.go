package text

// ownerBucketEN: the owner's side: the bucket's settings and the distribution.
var ownerBucketEN = map[string]string{
	"check.owner.public-access":               "Block Public Access",
	"check.owner.object-ownership":            "Object Ownership",
	"check.owner.encryption":                  "Encryption",
	"check.owner.versioning":                  "Versioning",
	"check.owner.lifecycle":                   "Lifecycle rules",
	"check.owner.cors":                        "CORS",
	"check.owner.distribution":                "The CloudFront distribution",
	"result.owner.public-access.unknown":      "Unknown: needs {needs}",
	"result.owner.public-access.not-asked":    "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.object-ownership.unknown":   "Unknown: needs {needs}",
	"result.owner.object-ownership.not-asked": "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.encryption.unknown":         "Unknown: needs {needs}",
	"result.owner.encryption.not-asked":       "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.versioning.unknown":         "Unknown: needs {needs}",
	"result.owner.versioning.not-asked":       "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.lifecycle.unknown":          "Unknown: needs {needs}",
	"result.owner.lifecycle.not-asked":        "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.cors.unknown":               "Unknown: needs {needs}",
	"result.owner.cors.not-asked":             "Not asked: this is for the credentials of who owns the bucket (--owner)",
	"result.owner.distribution.unknown":       "Unknown: needs {needs}",
	"result.owner.distribution.not-asked":     "Not asked: this is for the credentials of who owns the bucket (--owner)",
}
