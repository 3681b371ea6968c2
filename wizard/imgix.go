package wizard

// imgix is an Amazon S3 source of imgix (I1 to I23).
var imgix = Integration{
	ID:            "imgix",
	Name:          "imgix",
	DefaultAccess: "caller",
	Fields: []string{
		"integration", "bucket", "region", "access", "access_key_profile", "prefix", "subdomain", "video_subdomain", "domain", "path_rules", "managed_by", "notes",
	},
	Required: []string{"integration", "bucket", "region", "subdomain"},
	Steps: []Step{
		{ID: "service", Fields: []string{"integration"}},
		{ID: "bucket", Fields: []string{"bucket", "region"}},
		{ID: "key", Fields: []string{"access_key_profile"}},
		{ID: "place", Fields: []string{"prefix", "subdomain", "video_subdomain", "domain"}},
		{ID: "rules", Fields: []string{"path_rules", "notes"}},
		{ID: "review"},
	},
	BucketActions: []string{"s3:ListBucket", "s3:GetBucketLocation"},
	ObjectActions: []string{"s3:GetObject"},
	Kinds:         []string{DocumentPermissions},
	NextStep:      "next.imgix",
}
