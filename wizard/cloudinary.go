package wizard

// cloudinary lets Cloudinary read a bucket (C1 to C23).
var cloudinary = Integration{
	ID:            "cloudinary",
	Name:          "Cloudinary",
	DefaultAccess: "caller",
	Fields: []string{
		"integration", "bucket", "region", "access", "prefix", "domain", "cloud_names", "kms_key_arns", "managed_by", "notes",
	},
	Required: []string{"integration", "bucket", "region", "cloud_names"},
	Steps: []Step{
		{ID: "service", Fields: []string{"integration"}},
		{ID: "bucket", Fields: []string{"bucket", "region"}},
		{ID: "clouds", Fields: []string{"cloud_names", "kms_key_arns"}},
		{ID: "place", Fields: []string{"prefix", "domain"}},
		{ID: "rules", Fields: []string{"notes"}},
		{ID: "review"},
	},
	ObjectActions: []string{"s3:GetObject"},
	Kinds:         []string{DocumentBucket, DocumentKMS},
	NextStep:      "next.cloudinary",
}
