package text

// imgixChecksEN: the rows, causes and fixes of imgix's connection test.
var imgixChecksEN = map[string]string{
	"result.caller.identity.pass-keyring": "You are {name} in account {account}, by the key {profile}.",

	"check.imgix.key":      "imgix's access key",
	"check.imgix.read":     "Read an asset",
	"check.imgix.rights":   "Nothing but reading",
	"check.imgix.rules":    "Asset Manager",
	"check.imgix.delivery": "imgix URL",

	"result.imgix.key.pass":      "The key is the IAM user {name}'s, of account {account}.",
	"result.imgix.key.unknown":   "The endpoint does not tell whose key it is.",
	"result.imgix.key.root":      "The key is the root user's of account {account}.",
	"result.imgix.key.temporary": "The key is a session's of {name} and will expire.",
	"result.imgix.key.shared":    "The owner's side was asked with the key of {name}, too.",

	"result.imgix.read.pass":       "{key} can be read.",
	"result.imgix.read.pass-empty": "Reading is allowed; there is no file in “{dir}” yet.",
	"result.imgix.read.empty":      "There is no file in “{dir}” to read. Upload one and test again.",
	"result.imgix.read.unlisted":   "No file could be found to read: the listing broke off.",
	"result.imgix.read.fail":       "{key} cannot be read.",

	"result.imgix.rights.pass":         "The key cannot write.",
	"result.imgix.rights.writes":       "The key may do more than read: {what}.",
	"result.imgix.rights.others":       "The key reaches other buckets: {what}.",
	"result.imgix.rights.not-its-own":  "Not tried: this key is not imgix's own (see imgix.key).",
	"result.imgix.rights.inconclusive": "What the key may do beyond reading could not be told.",

	"result.imgix.rules.pass":      "{shown} of {total} assets will show ({mode}).",
	"result.imgix.rules.pass-some": "{shown} of the first {total} assets will show ({mode}).",
	"result.imgix.rules.empty":     "There are no assets yet.",
	"result.imgix.rules.unlisted":  "The assets could not be counted: the listing broke off.",

	"result.imgix.delivery.pass":            "imgix serves {url}.",
	"result.imgix.delivery.not-found":       "imgix does not know {url} ({status}).",
	"result.imgix.delivery.refused":         "imgix refuses {url} ({status}).",
	"result.imgix.delivery.redirected":      "{url} leads to {location}.",
	"result.imgix.delivery.no-answer":       "No answer came from {url}.",
	"result.imgix.delivery.inconclusive":    "{url} answered {status}, which tells nothing. Try again later.",
	"result.imgix.delivery.nothing":         "There is no asset to ask imgix for yet. Upload one and test again.",
	"result.imgix.delivery.no-subdomain":    "No subdomain is set.",
	"result.imgix.delivery.custom-endpoint": "Not asked: imgix does not read from this endpoint.",

	"verdict.ready-with-warnings.imgix": "Ready, with warnings: imgix's key reads your assets; look at the rows marked ! or ?.",
	"verdict.ready.imgix":               "Ready: imgix's key reads your assets, and imgix serves them.",

	"note.imgix-template":           "The user has exactly AWS's policy AmazonS3ReadOnlyAccess, which imgix recommends for ease. It reads every bucket of the account.",
	"note.imgix-reads-everything":   "The key reads more than this bucket, as AWS's policy AmazonS3ReadOnlyAccess lets it, which imgix recommends for ease. Whether it is exactly that policy, --owner tells.",
	"note.imgix-rights-unsure":      "The user's policies may allow more, which depends on conditions or on its permissions boundary: {what}.",
	"note.imgix-policies-unread":    "The user's policies could not all be read; that takes {needs}.",
	"note.imgix-rules-unmatched":    "No asset's path begins with {paths}. Rules are written without the source's prefix.",
	"note.imgix-rules-show-nothing": "The Asset Manager will show nothing. What is served does not depend on it.",
	"note.imgix-us-east-1":          "In us-east-1 imgix comes through s3-external-1.amazonaws.com over the internet: a condition on aws:SourceVpce or aws:SourceIp shuts it out.",

	"cause.imgix-key-root":          "It is the root user's key, which can do everything in the account.",
	"cause.imgix-key-temporary":     "imgix keeps a key for good, and this one expires: the test may have run with your own session in place of imgix's key.",
	"cause.imgix-key-shared":        "The same key is used to administer the account, where imgix should have one of its own; or the administrator's credentials were not given (--owner-profile).",
	"cause.imgix-key-writes":        "The user's own policies allow {what}. imgix only reads.",
	"cause.imgix-key-other-buckets": "The user's own policies reach beyond {bucket}: {what}.",
	"cause.imgix-bucket-lets-more":  "A bucket's policy or ACL lets this user, or everybody, do {what}.",
	"cause.imgix-queued":            "The source is not saved in imgix yet, or still queued for deployment, as after every Save.",
	"cause.imgix-subdomain-wrong":   "No source has this subdomain, or it is another source's.",
	"cause.imgix-prefix-wrong":      "The source may have another prefix than “{dir}”, or another bucket.",
	"cause.imgix-refused":           "The source may have another access key than the one tested, or it demands signed URLs.",

	"fix.imgix-let-read":        "Give imgix's IAM user this policy: save it as imgix-policy.json.",
	"fix.imgix-narrow-key":      "Give imgix's IAM user this policy (imgix-policy.json), which is all that imgix needs.",
	"fix.then-imgix-take-away":  "Then remove this user's other policies and groups, if it is imgix's alone. If people or programs use it, leave them as they are and make a user for imgix instead.",
	"fix.imgix-make-user":       "Make an IAM user for imgix alone, without console access.",
	"fix.then-imgix-allow-user": "Give it this policy: save it as imgix-policy.json.",
	"fix.then-imgix-make-key":   "Make an access key for it, enter it in imgix, and store it here with: aws configure --profile imgix",
	"fix.imgix-narrow-bucket":   "Look at the bucket policies: take away what they allow this user, or everybody.",
	"fix.imgix-wait":            "Wait until the dashboard shows the source as deployed, then test again.",
	"fix.imgix-check-subdomain": "Compare the subdomain with the source's in imgix's dashboard.",
	"fix.imgix-check-prefix":    "Compare bucket and prefix with the source's in imgix's dashboard.",
	"fix.imgix-check-key":       "Enter the access key in the source once more and save; look for secure URLs in its Security settings.",
}
