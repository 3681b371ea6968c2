package diagnose

// amplifyFixes mend what an app built with AWS Amplify lacks. The documents
// are the check's (Facts.Wanted): it alone knows the table of paths.
var amplifyFixes = map[string]func(bench) []Fix{
	"amplify-role-missing":         appPolicy,
	"amplify-role-wide":            appSurplus,
	"amplify-guest-can-write":      appSurplus,
	"amplify-role-not-found":       appRole,
	"amplify-bucket-policy-denies": appBucketPolicy,
	"amplify-bucket-policy-wide":   appBucketPolicy,
	"amplify-auth-missing":         appFile("set-up-amplify-auth", ""),
	"amplify-guests-off":           appFile("let-guests-in", ""),
	"amplify-group-undefined":      appFile("define-group", ""),
	"amplify-outputs-unreadable":   appFile("generate-outputs", generateOutputs),
	"amplify-outputs-missing":      appFile("deploy-backend", generateOutputs),
	"amplify-outputs-differ":       appFile("deploy-backend", generateOutputs),
	"amplify-outputs-paths":        appFile("deploy-backend", generateOutputs),
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

// appSurplus is granted by the role's policies or by the bucket's.
func appSurplus(b bench) []Fix { return append(appPolicy(b), appBucketPolicy(b)...) }

// generateOutputs writes amplify_outputs.json anew (A27).
const generateOutputs = "npx ampx generate outputs"

// appFile is mended in the app's own project, where nothing of AWS is told.
func appFile(fix, command string) func(bench) []Fix {
	return func(b bench) []Fix { return []Fix{b.fix(fix, command, "", nil)} }
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
