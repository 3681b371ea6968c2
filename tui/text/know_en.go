package text

// knowEN: what is to be known before the first save (wizard.Facts).
var knowEN = map[string]string{
	"know.list-separator": ", ",

	"know.group.binding":  "What binds you from the first upload on",
	"know.group.delivery": "What visitors get",
	"know.group.work":     "Working with the media",
	"know.group.plan":     "Plan and cost",

	"know.locked":    "Fixed once the first file is uploaded: {fields}. The settings cannot be deleted then. Can be rotated: {rotated}.",
	"know.guessable": "URLs have no random part, as microCMS's own have, so they are easy to guess. Give a sensitive file a name that nobody can predict.",
	"know.backup":    "microCMS's periodic backup leaves these files out. Looking after the bucket and its data is up to its owner: turn on versioning or a backup of your own.",

	"know.image-api":     "microCMS's image API (resizing, formats by URL parameters) does not work on these files. Use imgix or a similar service for that.",
	"know.cache-header":  "Files are stored without a Cache-Control header; microCMS documents that they are not cached. For caching, put CloudFront or another CDN in front.",
	"know.cache-browser": "In fact a browser may still keep a copy for a while: without the header it guesses from Last-Modified.",
	"know.cache-cdn":     "In fact caches keep them all the same: CloudFront for the default TTL of its cache policy (24 hours unless set otherwise), browsers by a guess from Last-Modified.",
	"know.stale":         "The CDN may go on serving a deleted file from its cache. Notice deletions, by the media webhook for example, and purge the cache; or keep its TTL short.",
	"know.purge":         "URLs may be cached along with their parameters: purge with a wildcard at the end of the path, such as {path}.",
	"know.cdn-later":     "A CDN put in front later may go on serving deleted files: purge it on deletion (media webhook), with a wildcard at the end of the path since URLs may be cached with parameters, or keep its TTL short.",

	"know.past-cms":       "Changes to media or settings that bypass microCMS's screens and API are not supported. Adding, changing or deleting files directly in S3 can leave media missing and cause unexpected errors.",
	"know.beside-service": "The CMS writes to this bucket, too: mediadock's changes bypass it in that sense. mediadock says so before its first write and asks for consent.",
	"know.fixed-names":    "File names are fixed: a file cannot be renamed, and it is replaced only by one of the same name.",
	"know.existing":       "Media uploaded before stay where they are. Only what is uploaded from then on goes to this bucket.",
	"know.environments":   "Other environments start from a copy of these settings and keep copies of the media in a directory of their own, {dir}env-..., with other URLs. Deleting an environment deletes all media in it.",

	"know.prerequisites": "The feature belongs to microCMS's Enterprise plan (compare plans at microcms.io/pricing) and works with Amazon S3 only. All that stands here is a prerequisite: check it before use.",
	"know.enabling":      "It is off until microCMS enables it, and cannot be completed in the screens alone: contact microCMS first and prepare the AWS side together.",
	"know.fees":          "Depending on requirements microCMS may charge extra.",
	"know.billing":       "AWS bills storage and transfer of the media to the bucket's owner; microCMS does not count them as data transfer.",
	"know.graphs":        "Reads of these media do not appear in microCMS's graphs of data transfer and content fetches.",

	"know.owner.title": "What to know about running it",
}
