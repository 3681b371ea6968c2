package text

// importEN: import from URLs.
var importEN = map[string]string{
	// Nothing to do.
	"media.url-imported": "{path} is there since an earlier run.",
	"media.url-repeated": "The list has this URL more than once.",

	// Refused: nothing was asked for, or nothing was stored.
	"media.url-scheme":            "{url} is no https URL.",
	"media.url-http":              "{url} is not encrypted: anybody on the way could change the file. Try https, or allow it with mediadock media import --allow-http.",
	"media.url-userinfo":          "{url} carries a user name or password. Credentials are never sent: use a URL that works without.",
	"media.url-host":              "{url}: “{host}” is no host name and no address in the usual form.",
	"media.url-port":              "{url}: port {port} is none of a web server's.",
	"media.url-address":           "{url} leads to {address}, an address inside a network. For your own intranet: mediadock media import --allow-private.",
	"media.url-forbidden-address": "{url} leads to {address}, which is reserved, such as for a cloud's metadata. It is never fetched from.",
	"media.url-too-large":         "{url} is larger than {limitsize}. mediadock media import --max-size raises the limit.",
	"media.url-same-name":         "{path}: another URL of this run has a file of this name. --if-exists keep-both keeps both, under names that tell them apart.",
	"media.url-list-busy":         "Another mediadock on this computer is importing into this folder. Wait until it is done.",

	// Failed.
	"media.url-invalid":    "{url} cannot be read as a URL.",
	"media.url-dns":        "{url}: there is no host {host}, or its name cannot be looked up. Check the spelling and your network.",
	"media.url-connect":    "{url}: {host} cannot be reached ({reason}).",
	"media.url-tls":        "{url}: the certificate of {host} is not trusted ({reason}). Behind a proxy that opens TLS, set AWS_CA_BUNDLE.",
	"media.url-timeout":    "{url}: {host} did not answer in time, even after several tries.",
	"media.url-stalled":    "{url}: the download stopped coming, even after several tries.",
	"media.url-truncated":  "{url}: the connection ended before the whole file had come, even after several tries. Nothing was stored.",
	"media.url-redirects":  "{url} redirects in a circle, or more than {limit} times.",
	"media.url-redirect":   "{url} redirects to nowhere ({reason}).",
	"media.url-denied":     "{url}: the server refuses (HTTP {status}). Only public files can be imported: perhaps it needs a sign-in or has expired.",
	"media.url-missing":    "{url} does not exist (HTTP {status}).",
	"media.url-busy":       "{url}: the server is too busy or has a fault, even after several tries (HTTP {status}). Run the import again later; what is done is skipped.",
	"media.url-status":     "{url}: the server answered with HTTP {status} in place of the file.",
	"media.url-encoding":   "{url} came compressed as “{encoding}”, which was not asked for and cannot be read.",
	"media.url-proxy":      "{url}: the proxy does not let it through ({reason}).",
	"media.url-html":       "{path}: a web page came in place of the file, such as a sign-in or an error. Open it in a private window: it has to show the file itself.",
	"media.url-wrong-type": "{path}: {type} came in place of {want}. Open the URL in a browser to see what it is.",
	"media.url-empty":      "{path} is empty (0 bytes), so it was not stored.",
	"media.url-list-state": "{path} cannot be written ({reason}). Imports are written down there first, so that a later run goes on; nothing more was stored.",

	// What is not as strict, or not as expected.
	"media.note.from-plain":    "{count} URL{s} fetched without encryption (http): anybody on the way could change what comes.",
	"media.note.from-original": "{count} URL{s} of microCMS with image parameters: without them, so that the originals are imported.",
	"media.note.from-earlier":  "{count} imported by an earlier run: skipped.",
	"media.note.import-unseen": "What the files tell beside their content is known once they have come: a preview fetches only their beginnings.",
	"media.note.from-private":  "Addresses inside your network are allowed (--allow-private).",
	"media.note.from-proxy":    "The proxy {proxy} looks the names up. Internal hosts are refused by name and literal address only.",

	"cmd.import_nothing":    "Name a URL, or a list with --from FILE.",
	"cmd.import_both":       "Name URLs or --from FILE, not both.",
	"cmd.import_list":       "{file} is no list of URLs: one a line, or CSV with a column “url”.",
	"cmd.import_empty":      "{file} has no URLs.",
	"cmd.bad_max_size":      "--max-size {value}: give bytes, such as 20M or 5G.",
	"cmd.bad_per_host":      "--per-host takes a number from 1.",
	"cmd.redirects_foreign": "{file} exists and is no table of old and new URLs, so it was not replaced. Choose another name, or remove the file.",
	"cmd.plan.import":       "would import   {from}  ->  {url}  {size}",
	"cmd.plan.import_why":   "not imported   {reason}",
	"cmd.plan.import_not":   "not imported   {from}  {reason}",

	"help.media.import.short": "Fetch public URLs into the bucket",
	"help.media.import.long": `Fetch public URLs into the bucket, such as media that stayed with the CMS when its media moved to your bucket.

A list has one URL a line, or is CSV with the columns url and, if you like, path (where to, below FOLDER; a slash at the end is a folder) and alt (the alt text). Run it again after an interruption: what is imported is skipped. --redirects keeps the old URLs beside the new ones, for redirects or to replace them in content.

Only what anybody may fetch is fetched: over https, without credentials or cookies, and never from inside a network or a cloud's metadata service, whatever a name or a redirect says. A web page in place of a file is refused. Of microCMS's images the original is taken, without parameters of the image API.`,
	"help.media.import.example": `mediadock media import https://www.example.com/logo.png --to brand
# what would be imported, asked of the servers, nothing stored
mediadock media import --from urls.txt --to old --dry-run
mediadock media import --from urls.csv --to old --if-exists keep-both \
  --redirects moved.csv`,
	"help.media.import.flag.from":           "the list of URLs, a `FILE` or - for standard input",
	"help.media.import.flag.to":             "import into this `FOLDER`",
	"help.media.import.flag.if-exists":      "when the name is taken, `WHAT`: ask, fail, skip, replace or keep-both",
	"help.media.import.flag.random-suffix":  "add an unguessable part to each name",
	"help.media.import.flag.keep-metadata":  "upload files as they are, without asking",
	"help.media.import.flag.ask-metadata":   "ask about each file that says where or who, as by default",
	"help.media.import.flag.remember":       "do so from now on in this connection, on this computer",
	"help.media.import.flag.strip-metadata": "leave out what files tell beside their content: place, camera, author, dates, thumbnails",
	"help.media.import.flag.fix-names":      "give better names to files whose names break in URLs or on other systems",
	"help.media.import.flag.allow-http":     "fetch over http, too, which is not encrypted",
	"help.media.import.flag.allow-private":  "fetch from addresses inside your own network, too",
	"help.media.import.flag.max-size":       "refuse files larger than `BYTES`, such as 20M or 5G",
	"help.media.import.flag.per-host":       "at most `N` downloads from one host at the same time",
	"help.media.import.flag.redirects":      "write old and new URLs as CSV to `FILE`, also when interrupted",
	"help.media.import.flag.again":          "import also what an earlier run has imported",
}
