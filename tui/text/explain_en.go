package text

// explainEN: errors that people paste.
var explainEN = map[string]string{
	// Why a list of causes names several.
	"undecided.sts":  "AWS STS refuses all of these in the same words; nothing in its answer tells them apart.",
	"undecided.s3":   "S3 gave no reason. It explains refusals to callers of the bucket's own account only.",
	"undecided.kms":  "AWS KMS has one text for a key that is missing, elsewhere, or refuses.",
	"undecided.head": "The answer to a HEAD request has no body: a wrong Region and an expired session look alike.",

	// A refused ARN beside the granted one.
	"compare.refused": "refused",
	"compare.granted": "granted",

	// The command.
	"explain.empty":   "There is nothing to explain. Pass the error's text, or pipe it in: COMMAND 2>&1 | mediadock explain",
	"explain.read":    "The text could not be read: {detail}",
	"explain.cut":     "The text is long: its first and its last {bytes} bytes were read.",
	"explain.several": "{count} different errors are in this text.",
	"explain.number":  "Error {number} of {count} ({times}×):",
	"explain.request": "Request ID for AWS Support: {request}",
	"explain.unknown": "This text is not known to mediadock. It is repeated below, without secrets.",

	// What happened, in one sentence.
	"explain.denied":              "AWS refused {action} to {principal}{resource}.",
	"explain.denied-somebody":     "AWS refused {action}{resource}.",
	"explain.denied-stranger":     "AWS refused {action} to a caller without credentials{resource}.",
	"explain.answered":            "{operation} was answered with {answer}.",
	"explain.refused":             "AWS answered with {answer}.",
	"explain.delivery":            "A request without credentials was answered with {answer}.",
	"explain.page":                "A web page came in place of AWS's answer.",
	"explain.local":               "The program gave up before it sent a request.",
	"explain.network.dns":         "A name could not be looked up{host}.",
	"explain.network.refused":     "The connection was refused{host}.",
	"explain.network.unreachable": "No way leads to the server{host}.",
	"explain.network.timeout":     "No answer came in time{host}.",
	"explain.network.cors":        "The browser kept the answer from a script (CORS){host}.",
	"explain.network.tls":         "No encrypted connection came about{host}.",
	"explain.network.proxy":       "A proxy did not let the request through{host}.",
	"explain.network.reset":       "The connection broke before the answer came{host}.",
}
