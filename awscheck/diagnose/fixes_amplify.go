package diagnose

// amplifyFixes mend what an app built with AWS Amplify lacks. The documents
// are the check's (Facts.Wanted): it alone knows the table of paths.
var amplifyFixes = map[string]func(bench) []Fix{
	"amplify-role-missing":         appPolicy,
	"amplify-role-wide":            appPolicy,
	"amplify-guest-can-write":      appPolicy,
	"amplify-role-not-found":       appRole,
	"amplify-bucket-policy-denies": appBucketPolicy,
	"amplify-bucket-policy-wide":   appBucketPolicy,
	"amplify-cors-missing":         appCORS,
	"amplify-cors-origin":          appCORS,
	"amplify-cors-methods":         appCORS,
	"amplify-cors-etag":            appCORS,
	"amplify-cors-headers":         appCORS,
}

// appPolicy puts the role's policy in the place of what is there. An app
// deploys it from amplify/backend.ts; by hand it is one inline policy, and what
// other policies of the role grant too much stays to be taken away.
func appPolicy(b bench) []Fix {
	return []Fix{b.fix("put-app-policy", b.putRolePolicy("mediadock-storage", "app-policy.json"), b.link.role("permissions"), b.f.Wanted)}
}

func appRole(b bench) []Fix {
	return []Fix{b.fix("correct-app-role", "", b.link.roles(), nil)}
}

func appBucketPolicy(b bench) []Fix {
	return []Fix{b.fix("mend-app-bucket-policy", b.getBucketPolicy(), b.link.bucket("permissions"), nil)}
}

// appCORS is a bare array for the console; the command takes it wrapped.
func appCORS(b bench) []Fix {
	return []Fix{b.fix("put-app-cors", b.aws("s3api", "put-bucket-cors", "--bucket", b.args["bucket"], "--cors-configuration", "file://cors.json"), b.link.bucket("permissions"), b.f.Wanted)}
}
