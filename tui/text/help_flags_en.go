package text

// helpFlagsEN: what each flag does. Those of settings are said by the fields'
// own texts.
var helpFlagsEN = map[string]string{
	"help.flag.connection":  "use the saved connection `NAME`, or NAME/ENVIRONMENT",
	"help.flag.aws-profile": "run as this `PROFILE` of your AWS configuration",
	"help.flag.lang":        "language, `en|ja`; by default the locale's",
	"help.flag.accessible":  "plain lines instead of the terminal UI; reads answers from a pipe, too",
	"help.flag.no-input":    "never ask; everything comes from flags and variables",
	"help.flag.json":        "machine-readable output on stdout",
	"help.flag.no-color":    "no colours",
	"help.flag.no-mouse":    "leave the mouse to the terminal (F8 switches it there)",
	"help.flag.home":        "keep config/, data/ and state/ under `DIR`",
	"help.flag.debug":       "write a log of every request to the state directory, without secrets",
	"help.flag.help":        "explain the command",
	"help.flag.version":     "print the version",

	"help.flag.dry-run":              "test and show, save nothing",
	"help.flag.yes":                  "confirm without being asked",
	"help.flag.wait":                 "retry a refused AssumeRole or delivery for that `TIME`, such as 60s",
	"help.flag.owner":                "read the owner's side as well: role, policies, bucket",
	"help.flag.owner-profile":        "AWS `PROFILE` of the owner; implies --owner",
	"help.flag.accept":               "accept a failed `CHECK` on a custom endpoint: role.requires-external-id",
	"help.flag.generate-external-id": "make an external ID and keep it in the draft",
	"help.flag.output":               "write to `FILE` instead of stdout",
	"help.flag.scenario":             "a built-in `ACCOUNT`, microcms by default; --scenario list shows them",

	"help.setup.flag.from": "read settings from a YAML or JSON `FILE`, - for stdin",

	"help.check.flag.only":         "run these `CHECK,...` and what they need",
	"help.check.flag.output":       "write the report to `FILE`: .md Markdown, .json JSON",
	"help.check.flag.with":         "join the other side's report in `FILE`",
	"help.check.flag.baseline":     "tell what changed since the report in `FILE`",
	"help.check.flag.scope-writes": "let scope.prefix really upload outside the prefix where nothing less can tell; it removes what it put there",
	"help.check.flag.watch":        "test what fails again until it passes",

	"help.flag.tight":         "narrow permissions: list only the prefix; allow aborting multipart uploads",
	"help.flag.also-trust":    "let this `PRINCIPAL` assume the role, too: a 12-digit account or an ARN",
	"help.flag.kms-key":       "`ARN` of the KMS key that the bucket is encrypted with",
	"help.policy.flag.format": "`FORMAT`: json, terraform, cloudformation or aws-cli",

	"help.media.flag.dry-run":                "show what would happen, change nothing",
	"help.media.flag.parallel":               "`N` requests at the same time; 32 by default, 8 of large files",
	"help.media.flag.limit-rate":             "at most `BYTES` a second, such as 500k or 10M",
	"help.media.flag.recursive":              "folders with everything in them",
	"help.media.ls.flag.recursive":           "everything below PATH, too",
	"help.media.get.flag.to":                 "download into this `DIR`",
	"help.media.get.flag.include":            "only files that match `PATTERN`; may be repeated",
	"help.media.get.flag.exclude":            "leave out files and folders that match `PATTERN`; may be repeated",
	"help.media.get.flag.if-exists":          "when a local file exists, `WHAT`: ask, fail, skip, replace or keep-both",
	"help.media.put.flag.to":                 "upload into this `FOLDER`",
	"help.media.put.flag.include":            "only files that match `PATTERN`; may be repeated",
	"help.media.put.flag.exclude":            "leave out files and folders that match `PATTERN`; may be repeated",
	"help.media.put.flag.if-exists":          "when the name is taken, `WHAT`: ask, fail, skip, replace or keep-both",
	"help.media.replace.flag.strip-metadata": "leave out what the file tells beside its content: place, camera, author, dates, thumbnails",
	"help.media.put.flag.strip-metadata":     "leave out what files tell beside their content: place, camera, author, dates, thumbnails",
	"help.media.put.flag.fix-names":          "give better names to files whose names break in URLs or on other systems",
	"help.media.put.flag.random-suffix":      "add an unguessable part to each name",
	"help.media.mv.flag.redirects":           "write old and new URLs as CSV to `FILE`",
	"help.media.url.flag.presign":            "a signed URL that works for that `TIME`, such as 15m, also where the file is not public",

	"help.connection.delete.flag.dry-run":            "tell whether it may be deleted, delete nothing",
	"help.connection.edit.flag.generate-external-id": "see mediadock connection rotate",
	"help.connection.export.flag.all":                "export every saved connection",
	"help.connection.export.flag.show-external-id":   "write the external ID, too",
	"help.connection.export.flag.output":             "write to `FILE`; - is stdout",

	"help.sandbox.flag.account":  "the account that this `FILE` describes",
	"help.sandbox.flag.listen":   "loopback `ADDRESS` to listen on; port 0 takes a free one",
	"help.sandbox.flag.env-file": "write the environment to `FILE` once ready",

	"help.completion.flag.no-descriptions": "complete without descriptions",
}
