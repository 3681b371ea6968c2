package awscheck

// imgixReasons and imgixNotes are the texts of imgix's rows.
var imgixReasons = map[string][]string{
	"imgix.key": {
		"pass account name",
		"unknown",
		"root account",
		"temporary name",
		"shared name",
	},
	"imgix.read": {
		"pass key",
		"pass-empty dir",
		"empty dir",
		"unlisted",
		"fail key",
	},
	"imgix.rights": {
		"pass",
		"writes what",
		"others what",
		"not-its-own",
		"inconclusive",
	},
	"imgix.rules": {
		"pass mode shown total",
		"pass-some mode shown total",
		"empty",
		"unlisted",
	},
	"imgix.delivery": {
		"pass url",
		"not-found status url",
		"refused status url",
		"waiting seconds",
		"redirected location url",
		"no-answer url",
		"inconclusive status url",
		"nothing",
		"no-subdomain",
		"custom-endpoint",
	},
}

var imgixNotes = []string{
	"imgix-template",
	"imgix-us-east-1",
	"imgix-reads-everything",
	"imgix-policies-unread needs",
	"imgix-rights-unsure what",
	"imgix-rules-unmatched paths",
	"imgix-rules-show-nothing",
}
