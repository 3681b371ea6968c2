package text

// recoverEN: finishing or undoing what was cut short.
var recoverEN = map[string]string{
	"cmd.recover_none":          "Nothing was cut short here.",
	"cmd.recover_elsewhere":     "Something was cut short elsewhere, too: s3://{bucket}/{directory}. Recover it with that connection.",
	"cmd.recover_waiting":       "Cut short here: {count} operation{s}. `mediadock media recover` finishes or undoes them.",
	"cmd.recover_purge":         "{time}  CloudFront was not told of a change: {count} path{s}, the first {path}",
	"cmd.recover_purge_waiting": "CloudFront was not told of a change that was cut short, and may still serve old files. `mediadock media recover` tells it.",
	"cmd.recover_cut":           "{time}  {op}  {from}  ->  {to}",
	"cmd.recover.moved":         "{count} complete",
	"cmd.recover.both":          "{count} under both names",
	"cmd.recover.not-begun":     "{count} not begun",
	"cmd.recover.changed":       "{count} changed since (will be left alone)",
	"cmd.recover.taken":         "{count} whose new name is taken (will be left alone)",
	"cmd.recover.unsure":        "{count} that cannot be told apart (will be left alone)",
	"cmd.recover.gone":          "{count} gone under both names",
	"cmd.recover.markers":       "only empty folders are left to do",
	"cmd.recover_upload":        "{time}  upload  {file}  ->  {path}: {sent} of {bytes} sent, goes on when the same file is uploaded again",
	"cmd.recover_upload_stale":  "{time}  upload  {file}  ->  {path}: {sent} of {bytes} sent, cannot go on: the file is gone or changed",
	"cmd.recover_uploads_too":   "What was sent of {count} interrupted upload{s} will be removed, too.",
	"cmd.ask.recover_abort":     "Remove what was sent of {count} interrupted upload{s}? Uploading again then begins from the start. [y/N] ",
	"cmd.ask.recover":           "Finish {count} operation{s}? Their old URLs will answer 404. [y/N] ",
	"cmd.ask.recover_undo":      "Undo {count} operation{s}? The files go back to their old names. [y/N] ",

	"ui.recover.looking": "Looking how far interrupted renames came",
	"ui.recover.title":   "Cut short: {count} rename{s}",
	"ui.recover.body":    "The program ended before it was done with {count} operation{s}. Nothing is lost: every file is under its old name, its new one, or both.",
	"ui.recover.files":   "({count} file{s})",
	"ui.recover.later":   "decide later",
	"ui.recover.finish":  "finish them: the old URLs stop working",
	"ui.recover.undo":    "undo them: files go back to their old names",
	"ui.recover.running": "Recovering",
	"ui.recover.done":    "{count} brought to one name.",

	"help.media.recover.short": "Finish or undo renames that were cut short",
	"help.media.recover.long":  "Finish renames and re-uploads under a new name that were cut short by a crash, a lost network or a full disk, or with --undo take them back. Each is written down on this computer before it begins, so recovery knows what was meant, and looks in the bucket how far it came. Nothing that somebody changed since is touched. Interrupted uploads of large files are listed and left: uploading the same file again goes on with them, --undo removes what was sent. CloudFront is told of deleted and renamed files that it was not told of. What other computers began is recovered there.",
	"help.media.recover.example": `mediadock media recover --dry-run
mediadock media recover
mediadock media recover --undo --yes
mediadock media recover --redirects moved.csv`,
	"help.media.recover.flag.undo":      "take back what was begun instead of finishing it",
	"help.media.recover.flag.redirects": "write old and new URLs of all that was renamed, before the cut too, as CSV to `FILE`",

	"cmd.recover_redirects_undo": "--undo gives files their old URLs back, so there are no new ones to write: leave --redirects out.",
}
