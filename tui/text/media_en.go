package text

// mediaEN: codes of package media ("media." and the code), and notes about
// what an operation brings with it ("media.note.").
var mediaEN = map[string]string{
	// Nothing to do.
	"media.same":        "{path} is there already with the same content.",
	"media.junk":        "{path} was left out: the operating system made it.",
	"media.hidden-file": "{path} was left out: its name begins with a dot. Name the file itself to upload it.",
	"media.symlink":     "{path} was left out: it is a symbolic link. Name the file that it leads to.",
	"media.not-regular": "{path} was left out: it is no ordinary file.",

	// Refused: nothing was changed.
	"media.exists":             "{path} exists already and was left as it is.",
	"media.conflict":           "{path} exists already with other content and was left as it is.",
	"media.duplicate":          "{path} was left out: another file of this run has the same name.",
	"media.target-is-folder":   "{path} is a folder. Put a slash at the end to move into it.",
	"media.name-fixed":         "{path}: file names are fixed for this connection. A file cannot be renamed, and can be re-uploaded only under the same name.",
	"media.is-folder":          "{path} is a folder. To take it with everything in it, use -r.",
	"media.into-itself":        "{path} cannot be moved into itself.",
	"media.same-name":          "{path} has this name already.",
	"media.path-empty":         "A path is empty: perhaps a variable that is not set. Name a file or folder.",
	"media.whole-library":      "“{path}” is the whole library. That is not removed or moved at once: name the files and folders.",
	"media.reserved":           "{path} is no media: connection tests and environments use this directory.",
	"media.outside":            "{path} was not written: its name would lead out of the directory.",
	"media.local-exists":       "{path} was not fetched: the local file exists already.",
	"media.local-not-file":     "{path} is no ordinary file.",
	"media.local-name":         "{path} was not fetched: this computer cannot have a file of this name.",
	"media.name-empty":         "A file needs a name.",
	"media.name-too-long":      "{path} is too long: with its directory a name may have 1,024 bytes.",
	"media.name-utf8":          "{path} has bytes that are no UTF-8 text. Rename the file first.",
	"media.name-control":       "{path} has a control character. Rename the file first.",
	"media.name-bidi":          "{path} has a character that reverses the writing direction and can disguise a name. Rename the file first.",
	"media.name-empty-segment": "{path} has a slash at its beginning or end, or two in a row.",
	"media.name-dot-segment":   "{path} has a part “.” or “..”, which browsers resolve away: the URL would not work.",
	"media.name-reserved":      "{path} begins with a name that is kept for connection tests or environments.",

	// Failed.
	"media.not-found":         "{path} does not exist.",
	"media.denied":            "AWS refused {path}: {reason}",
	"media.denied-or-missing": "AWS refused {path}. Either it does not exist, or reading it is not allowed: without s3:ListBucket AWS gives the same answer for both.",
	"media.changed":           "{path} was changed by somebody else meanwhile. Nothing of it was overwritten or deleted; look at it and try again.",
	"media.both-exist":        "{path} was copied to {to}, but the original could not be removed: both exist now.",
	"media.left-old":          "{to} was uploaded, but the old file {path} could not be removed: both exist now.",
	"media.unverified":        "{path}: what arrived is not what was sent. Try again, and compare before you rely on it.",
	"media.too-large":         "{path} is larger than S3 takes.",
	"media.local-changed":     "{path} changed while it was being uploaded, so it was not stored.",
	"media.local-not-found":   "{path} does not exist on this computer.",
	"media.local-unreadable":  "{path} cannot be read: {reason}",
	"media.local-unwritable":  "{path} cannot be written: {reason}",
	"media.archived":          "{path} is in an archive storage class. Restore it in S3 first.",
	"media.bucket-not-found":  "The bucket does not exist (any more).",
	"media.wrong-region":      "The bucket is not in the region of this connection ({reason}).",
	"media.session":           "AWS does not accept the credentials ({reason}). Sign in again, or run the connection test.",
	"media.busy":              "S3 is too busy for {path}, even after several tries ({reason}). Try again later, or with fewer transfers at once.",
	"media.network":           "{path}: the connection failed ({reason}).",
	"media.aborted":           "{path} was cancelled.",
	"media.unexpected":        "{path}: {reason}",

	// What an operation brings with it.
	"media.note.overruled":   "{path}: the content is {type}, whatever the name says, and is delivered as such.",
	"media.note.urls-end":    "These URLs stop working:",
	"media.note.urls-change": "The old URLs stop working; pages that use them need the new ones.",
	"media.note.cache":       "Caches and CDNs may go on serving deleted or replaced files until their time is up. Purge them if that matters.",
	"media.note.guessable":   "Anybody can guess this URL. A random part in the name makes that hopeless.",
	"media.note.hidden":      "{count} files are hidden, not gone: the bucket keeps old versions, which go on costing storage.",
	"media.note.left":        "{count} unfinished uploads could not be aborted and cost storage. Grant s3:AbortMultipartUpload, or let a lifecycle rule remove them.",
	"media.note.not-started": "{count} were not begun.",
}
