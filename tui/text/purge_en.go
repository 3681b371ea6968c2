package text

// purgeEN: what caches keep of deleted media, and taking it out of them.
// "purge." and a code of package media/purge is an error.
var purgeEN = map[string]string{
	"help.media.purge.short": "Take deleted or replaced files out of the CDN",
	"help.media.purge.long":  "Have CloudFront forget its copies of files that were deleted or replaced, in the CMS as well: the files need not exist any more. PATH is relative to the URL prefix, or is the URL of a file; with a slash at the end it is a folder with everything in it. Copies with parameters in the URL go as well. The distribution is the connection's, or is looked up by the domain. The role of the CMS may not invalidate as documented: then it is tried as who the program runs as, and where that is refused, too, the command for somebody who may is printed and the exit code is 1.",
	"help.media.purge.example": `mediadock media purge docs/annual.pdf
mediadock media purge campaign/ --wait
# from the job that a webhook of the CMS starts
mediadock media purge --from deleted.txt --job-id "$DELIVERY_ID" --json`,
	"help.media.purge.flag.wait":   "wait until CloudFront has finished",
	"help.media.purge.flag.exact":  "no wildcard after files: copies with parameters in the URL stay",
	"help.media.purge.flag.from":   "paths or URLs from a `FILE`, one a line; - is the input",
	"help.media.purge.flag.job-id": "the same `ID` with the same paths is one invalidation, however often it is asked for",
	"help.media.flag.purge":        "invalidate the CDN's copies afterwards; off with --purge=false. By default done where a distribution is set and one request is enough",

	"purge.nothing":       "Name the paths to purge, or a list of them with --from.",
	"purge.no-cdn":        "This connection has neither a domain nor a distribution: there is no CDN to purge. If there is one, set it with --distribution.",
	"purge.unreadable":    "{file} cannot be read: {detail}",
	"purge.plan":          "{count} path(s) to invalidate in CloudFront {distribution}. The first {free} a month are free; one with * counts once.",
	"purge.batches":       "{requests} requests, one after the other: CloudFront takes {limit} paths with * at a time. Ctrl+C stops in between.",
	"purge.requested":     "CloudFront is invalidating {paths} of {total} ({id}). This cannot be taken back.",
	"purge.waiting":       "CloudFront takes no more at once ({paths} of {total} so far). Again in {seconds} s.",
	"purge.completed":     "{id} has completed.",
	"purge.unseen":        "It was asked for, but its end cannot be followed: {action} is not allowed ({reason}).",
	"purge.run":           "Run this as somebody who may:",
	"purge.as.role":       "  as the role: {reason}",
	"purge.as.caller":     "  as who the program runs as: {reason}",
	"purge.hours":         "{n} h",
	"purge.linger-set":    "Caches may go on serving copies for up to {time} (Cache-Control: {header}).",
	"purge.linger-never":  "Caches keep no copies of these files (Cache-Control: {header}).",
	"purge.linger":        "The CDN may go on serving copies until its own cache time is up; CloudFront's default is 24 hours.",
	"purge.linger-seen":   "The last connection test still got a deleted file from the CDN; that copy was {age} old.",
	"purge.will":          "Afterwards up to {count} path(s) are invalidated in CloudFront {distribution}. The first {free} a month are free. --purge=false does not.",
	"purge.will-find":     "Afterwards up to {count} path(s) are invalidated in the CloudFront distribution of {domain}. The first {free} a month are free.",
	"purge.will-not-many": "The CDN is not purged: up to {count} paths would need more than one request. --purge does it.",
	"purge.left-many":     "The CDN was not purged: {count} paths need more than one request. --purge would have done it. The commands:",
	"purge.left-off":      "The CDN was not purged. The command that does it:",
	"purge.left-unknown":  "A CDN may go on serving copies of these files. Set its distribution for the connection, or: mediadock media purge PATH",
	"purge.not-done":      "The files are done with, but the CDN was not purged.",
	"purge.versions":      "The bucket keeps old versions: deleted files are hidden by a delete marker, not gone, and go on costing storage.",
	"purge.no-versions":   "Unless the bucket keeps versions, this cannot be undone.",
	"purge.remove-hidden": "To remove them for good, as the bucket's owner: S3 console > {bucket} > Show versions, select all versions of the file, Delete. Or a lifecycle rule for noncurrent versions. Under Object Lock a version stays until its retention or legal hold ends.",

	"purge.denied":          "CloudFront refused: {action} is not allowed.",
	"purge.no-distribution": "CloudFront knows no such distribution in this account. Check the connection's distribution, and who the program runs as.",
	"purge.not-found":       "No CloudFront distribution of this account has the domain {domain}. Set the connection's distribution, or purge at the CDN that it is.",
	"purge.several":         "Several CloudFront distributions may serve {domain}: {ids}. Set the right one as the connection's distribution.",
	"purge.busy":            "CloudFront is busy with other invalidations for too long now. Run the rest later.",
	"purge.session":         "AWS does not accept the credentials for CloudFront: {reason}",
	"purge.network":         "CloudFront cannot be reached: {reason}",
	"purge.aborted":         "Stopped. What was asked for until then goes on at CloudFront.",
	"purge.unexpected":      "CloudFront answered: {reason}",
	"purge.path-empty":      "A path is empty: perhaps a variable that is not set. Name a file or folder.",
	"purge.whole-library":   "“{path}” is the whole library. That is not purged at once: name the files and folders.",
	"purge.reserved":        "{path} is no media: connection tests and environments use this directory.",
	"purge.outside":         "{path} is no URL of this connection's media.",
}
