package text

// partsEN: the question who will use the role, and what follows from the
// answer.
var partsEN = map[string]string{
	"field.parts.label": "Who will use the role?",
	"field.parts.help":  "Media are written through an IAM role. Its trust policy names who may assume it, and asks all of them for the external ID.",
	"field.parts.where": "",

	"choice.parts.vendor.label": "{service} alone, from its own AWS account",
	"choice.parts.vendor":       "Only {service} may assume the role, so it cannot be tested live from here: the AWS administrator's side is checked instead. mediadock works on the media with your own AWS rights.",
	"choice.parts.both.label":   "{service}, and mediadock too",
	"choice.parts.both":         "Both may assume the role, each from its own account, and everything is tested live from here. The trust policy has to name your account beside {service}'s.",
	"choice.parts.caller.label": "mediadock alone; {service} does not write (yet)",
	"choice.parts.caller":       "Only your own AWS account may assume the role, and everything is tested live from here. {service} cannot connect before the trust policy names its account.",
	"choice.parts.as-set.label": "As it is set now",
	"choice.parts.as-set":       "access is {access}, trusted_principal is {trusted_principal}, managed_by is {managed_by}. It stays so until you choose another answer.",

	"error.parts.missing": "Choose who will use the role: its trust policy follows from that.",
	"error.parts.unknown": "“{value}” is not an answer. Choose one of those that are listed.",
}
