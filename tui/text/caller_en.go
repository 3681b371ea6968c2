package text

// callerEN: who the program runs as, and how it became that.
var callerEN = map[string]string{
	// what is wrong with a profile's lines in AWS's files
	"caller.profile.source-missing":      "Its source_profile {source} does not exist.",
	"caller.profile.source-empty":        "Its source_profile {source} has no credentials.",
	"caller.profile.cycle":               "Its source_profile leads back to {source}.",
	"caller.profile.role-missing":        "It says where credentials come from, but no role_arn to assume.",
	"caller.profile.role-without-source": "It names a role, but no source_profile that may assume it.",
	"caller.profile.keys-half":           "It has half of an access key: key ID and secret belong together.",
	"caller.profile.session-missing":     "Its section [sso-session {session}] does not exist.",
	"caller.profile.sso-incomplete":      "For IAM Identity Center it lacks {keys}.",

	"caller.profile-broken": "The AWS profile {profile} cannot be used. {what} (~/.aws/config, ~/.aws/credentials)",
	"caller.token-ask":      "Code of the MFA device {device} (AWS profile {profile}): ",
	"caller.token-refused":  "AWS refused that code. Each code is taken once: wait for the next one.",
}
