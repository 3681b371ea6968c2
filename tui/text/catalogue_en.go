package text

// catalogueEN: alt texts, tags, creators, and looking for them.
var catalogueEN = map[string]string{
	"help.catalogue.short": "Take alt texts, tags and creators out of the catalogue and into it",
	"help.catalogue.long":  "What is known about media beyond S3: alt text, tags, creator, what was decided about private data. It lies in one file on this computer, or on the PostgreSQL server that MEDIADOCK_CATALOGUE names; the bucket is never asked or changed by these commands.",
	"help.catalogue.example": `mediadock catalogue export -c prod --output prod.json
mediadock catalogue import prod.json -c prod --dry-run`,

	"help.catalogue.export.short":       "Write alt texts, tags and creators to a file",
	"help.catalogue.export.long":        "Write all that was written about a connection's media: as JSON, or as CSV for a spreadsheet.",
	"help.catalogue.export.example":     `mediadock catalogue export --format csv --output prod.csv`,
	"help.catalogue.export.flag.format": "`FORMAT`: json or csv",

	"help.catalogue.import.short": "Take alt texts, tags and creators from a file",
	"help.catalogue.import.long":  "Take in what export wrote, all of it or, where something in the file is wrong, nothing. What the file says nothing about stays as it is.",
	"help.catalogue.import.example": `mediadock catalogue import prod.json --dry-run
mediadock catalogue import prod.json`,

	"help.media.ls.flag.search":         "files whose name, alt text, tags or creator hold `TEXT`, newest first",
	"help.media.ls.flag.tag":            "files with this `TAG`; several must all be there",
	"help.media.ls.flag.creator":        "files of this `CREATOR`",
	"help.media.ls.flag.kind":           "files of a `KIND`: image, video, audio, pdf, text or other",
	"help.media.ls.flag.missing-alt":    "images that have no alt text",
	"help.media.ls.flag.suspicious-alt": "images whose alt text looks wrong: a file name, TODO, a URL",
	"help.media.ls.flag.private-data":   "files of which private data were `DECIDED` so at the upload: kept, undecided, stays or removed",
	"help.media.ls.flag.refresh":        "read the whole bucket again before looking",

	"help.media.set.short":            "Write alt text, tags and creator of a file",
	"help.media.set.long":             "Write what people are told about a file. It is kept in the catalogue on this computer, not in S3: the object, its date and its address stay as they are. An empty value removes what was there.",
	"help.media.set.example":          `mediadock media set hero.jpg --alt "Cherry trees" --tag spring,hero`,
	"help.media.set.flag.alt":         "the alt `TEXT`",
	"help.media.set.flag.tag":         "the `TAG`s, all of them; repeat it or use commas",
	"help.media.set.flag.decorative":  "the image says nothing: its alt text is empty on purpose",
	"help.media.set.flag.alt-checked": "the alt text is right, whatever it looks like",
	"help.media.set.flag.creator":     "the `CREATOR`",

	"cmd.info.alt":      "Alt text",
	"cmd.info.alt_mark": "Alt mark",
	"cmd.info.tags":     "Tags",
	"cmd.info.creator":  "Creator",
	"cmd.info.private":  "Private data",

	"cmd.bad_kind":         "--kind {value}: use image, video, audio, pdf, text or other.",
	"cmd.bad_private_data": "--private-data {value}: use kept, undecided, stays or removed.",
	"cmd.bad_notes_format": "--format {value}: use json or csv.",
	"cmd.nothing_to_set":   "Say what is to be written: --alt, --tag or --creator (or --decorative, --alt-checked).",
	"cmd.catalogue":        "The catalogue {file} cannot be used. It is left as it is. Move it away to begin a new one; media are not affected.",
	"cmd.catalogue_denied": "The catalogue {file} cannot be opened: {detail}. Choose another directory with --home, or another file with MEDIADOCK_CATALOGUE.",
	"cmd.catalogue_newer":  "The catalogue {file} was written by a newer mediadock. It is left as it is: use that version.",
	"cmd.catalogue_age":    "The list of files is from {time}. --refresh reads the bucket again.",
	"cmd.notes_exist":      "{file} exists and holds no alt texts of mediadock, so it was not replaced. Choose another name, or remove the file.",
	"cmd.notes_written":    "{count} files are in {file}.",
	"cmd.notes_taken":      "{changed} changed, {same} as before.",
	"cmd.notes_would":      "{changed} would change, {same} are as in the file. Nothing was changed.",
	"cmd.notes_unknown":    "Not in the bucket: {count}. What the file says about them is kept for when they are:",
	"cmd.notes_unreadable": "{file} cannot be read.",
	"cmd.url_unknown":      "{path} is not in the catalogue, as of {time}. `mediadock media info` asks S3.",
	"cmd.notes_bad":        "{file}: {detail} Nothing was changed.",

	"cmd.notes.empty":    "The file is empty.",
	"cmd.notes.syntax":   "Line {line} is neither CSV nor JSON as export writes it: {detail}",
	"cmd.notes.no-path":  "The first line has no column “path”, which says which file a row is about.",
	"cmd.notes.column":   "The first line has a column “{detail}”. There are path, alt, tags, creator, alt_mark, private_data and private_data_at.",
	"cmd.notes.mark":     "Line {line} has “{detail}” in the column “alt_mark”. It is decorative, checked or empty.",
	"cmd.notes.private":  "Line {line} has “{detail}” in “private_data” or “private_data_at”. They are written as “removed: gps, camera; stays: maker” and 2026-11-22T15:00:00Z.",
	"cmd.notes.path":     "Line {line} names no file in the column “path”.",
	"cmd.notes.encoding": "Line {line} is not UTF-8. In Excel, save the file as \"CSV UTF-8\".",
	"cmd.notes.twice":    "Line {line} names {detail} a second time.",
}
