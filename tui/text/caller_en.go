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

	"caller.found.environment":  "from keys in the environment",
	"caller.found.profile":      "from the AWS profile {profile}",
	"caller.found.sso":          "from the AWS profile {profile} (IAM Identity Center)",
	"caller.found.login":        "from the AWS profile {profile} (aws login)",
	"caller.found.process":      "from the AWS profile {profile} (credential_process)",
	"caller.found.role":         "from the AWS profile {profile} (its role)",
	"caller.found.web-identity": "from a web identity token",
	"caller.found.container":    "from the role of this container",
	"caller.found.instance":     "from the role of this EC2 instance",
	"caller.found.given":        "given to the program",
	"caller.found.unknown":      "from the AWS configuration",
	"caller.no-profile":         "There is no AWS profile {profile} on this computer. There are: {names}.",
	"caller.no-profiles":        "There is no AWS profile {profile}: this computer has none (~/.aws/config, ~/.aws/credentials).",
	"caller.mfa-needed":         "AWS asks for the code of an MFA device, and none was given. Nothing was done.",
	"caller.mfa-refused":        "AWS did not accept the MFA code, so nothing was done.",
	"caller.process":            "The program that gives the AWS profile its credentials failed, so nothing was done.",
	"caller.role-refused":       "AWS does not give the AWS profile the role that it asks for, so nothing was done.",
	"caller.signin-open":        "Open this page in a browser and agree there:\n  {url}",
	"caller.signin-other":       "On another device, open {short} and enter {code}. Waiting until {until}; Ctrl-C cancels.",
	"caller.signin-done":        "Signed in: {name} in account {account}. Use it with --aws-profile {profile}.",
	"caller.signin-no-profile":  "There is no AWS profile {profile} to sign in with. Write it to the file ~/.aws/config; your AWS administrator can tell you the values:\n\n[profile {profile}]\nsso_start_url = https://YOUR-COMPANY.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = ROLE\nregion = ap-northeast-1\n\nThen run mediadock signin {profile}.",
	"caller.signin-not-sso":     "The AWS profile {profile} gets its credentials without a sign-in to IAM Identity Center: it has neither sso_session nor sso_start_url.",
	"caller.signin-refused":     "The sign-in was refused in the browser. Nobody is signed in.",
	"caller.signin-expired":     "Nobody agreed in the browser in time. Run it again for a new code.",
	"caller.signin-unknown":     "IAM Identity Center in {region} does not know the address {url}. Compare sso_start_url and sso_region of the AWS profile {profile} with what your AWS administrator says.",
	"caller.signin-no-region":   "There is no IAM Identity Center in the region {region}. Correct sso_region of the AWS profile {profile}.",
	"caller.signin-unsaved":     "You agreed, but the sign-in cannot be kept under ~/.aws/sso/cache: {detail}",
	"caller.signin-failed":      "IAM Identity Center could not be asked to sign you in: {detail}",

	"help.signin.short": "Sign in to AWS (IAM Identity Center) in the browser",
	"help.signin.long": `Sign in to IAM Identity Center for an AWS profile of ~/.aws/config, by default the one in use. The AWS CLI is not needed.

An address and a code are shown: open the address in a browser, on this computer or another, and agree there. The sign-in is kept where the AWS CLI and the AWS SDKs keep theirs, and serves them, too. A mediadock that is running goes on with it.
Exit codes: 0 signed in, 1 refused or not in time, 3 could not run.`,
	"help.signin.example": `mediadock signin prod
mediadock check --aws-profile prod`,
}
