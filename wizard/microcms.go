package wizard

// microcms is the Amazon S3 integration of microCMS (M37 to M60).
var microcms = Integration{
	ID:            "microcms",
	Name:          "microCMS",
	DefaultAccess: "role",
	Fields: []string{
		"integration", "bucket", "region", "access", "role_arn", "external_id", "trusted_principal",
		"prefix", "domain", "fix_file_names", "distribution", "service_id", "managed_by", "notes",
	},
	Required: []string{"integration", "bucket", "region", "role_arn", "external_id"},
	Steps: []Step{
		{ID: "service", Fields: []string{"integration"}},
		{ID: "bucket", Fields: []string{"bucket", "region"}},
		{ID: "access", Fields: []string{PartsKey, "trusted_principal", "role_arn", "external_id"}},
		{ID: "place", Fields: []string{"prefix", "domain", "distribution"}},
		{ID: "rules", Fields: []string{"fix_file_names", "service_id", "notes"}},
		{ID: "review"},
	},
	Parts:         roleParts,
	BucketActions: []string{"s3:GetBucketLocation", "s3:ListBucket"},
	ObjectActions: []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
	Kinds:         []string{DocumentTrust, DocumentPermissions, DocumentBucket, DocumentKMS},
	NextStep:      "next.microcms",
}
