package awscheck

// amplifyReasons: Amplify's own rows.
var amplifyReasons = map[string][]string{
	"amplify.cors": {
		"pass",
		"pass-preflight",
		"none",
		"origin what",
		"methods what",
		"headers",
		"etag",
		"unread message",
		"unknown needs",
		"no-app",
	},
	"amplify.access": {
		"pass roles",
		"differs roles",
		"some roles without",
		"unclear roles",
		"not-assumable without",
		"no-roles",
	},
	"amplify.outputs": {
		"pass name",
		"differs",
		"unreadable",
		"not-given",
	},
	"amplify.roles": {
		"pass roles",
		"differs roles",
		"some roles without",
		"no-roles",
		"unknown needs",
		"not-asked",
	},
	"amplify.bucket-policy": {
		"pass",
		"none",
		"denies",
		"wide",
		"no-roles",
		"unknown needs",
		"not-asked",
	},
}

var amplifyNotes = []string{
	"amplify-roles-unknown roles",
	"amplify-plain-http",
}
