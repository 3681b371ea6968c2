package wizard

// Amplify is the ID of the integration of AWS Amplify.
const Amplify = "amplify"

// amplify gives a bucket to the Storage API of AWS Amplify (A1 to A29).
var amplify = Integration{
	ID:            Amplify,
	Name:          "AWS Amplify",
	DefaultAccess: "caller",
	Fields: []string{
		"integration", "bucket", "region", "access", "prefix", "domain", "storage_name", "default_storage", "paths", "app_roles", "cors_origins", "managed_by", "notes",
	},
	Required: []string{"integration", "bucket", "region", "storage_name", "paths"},
	Steps: []Step{
		{ID: "service", Fields: []string{"integration"}},
		{ID: "bucket", Fields: []string{"bucket", "region"}},
		{ID: "storage", Fields: []string{"storage_name", "default_storage"}},
		{ID: "paths", Fields: []string{"paths"}},
		{ID: "app", Fields: []string{"app_roles", "cors_origins"}},
		{ID: "place", Fields: []string{"prefix", "domain"}},
		{ID: "rules", Fields: []string{"notes"}},
		{ID: "review"},
	},
	BucketActions: []string{"s3:ListBucket"},
	ObjectActions: []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
	Kinds:         []string{DocumentPermissions, DocumentBucket, DocumentCORS, DocumentAmplifyBackend, DocumentAmplifyOutputs},
	pieces:        amplifyPieces,
	NextStep:      "next.amplify",
}
