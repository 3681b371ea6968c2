package text

// alttextEN: judging alt texts, and taking them to a spreadsheet and back.
var alttextEN = map[string]string{
	"help.media.alt.short": "See how much is described, and work on alt texts in a spreadsheet",
	"help.media.alt.long":  "Count which images have an alt text, list those that somebody should look at, and take all of them to a spreadsheet and back. In the terminal UI, the key E of the media library opens the same as a workbench.",
	"help.media.alt.example": `mediadock media alt status --folders
mediadock media alt export --missing-alt --output todo.csv
mediadock media alt import todo.csv --dry-run`,

	"help.media.alt.status.short":        "Count which images have an alt text",
	"help.media.alt.status.long":         "Count the images that have an alt text, lack one, have one that looks wrong, or are decorative: of everything, or of a FOLDER with all beneath it.",
	"help.media.alt.status.example":      `mediadock media alt status news --folders`,
	"help.media.alt.status.flag.folders": "count each folder, too",

	"help.media.alt.list.short": "List the images whose alt text somebody should look at",
	"help.media.alt.list.long":  "List images whose alt text is missing, looks wrong or is long, with the reasons, in the order of their paths. An alt text that is right as it is leaves the list with media set --alt-checked, an image that needs none with --decorative.",
	"help.media.alt.list.example": `mediadock media alt list --suspicious-alt
mediadock media alt list news --reason camera,file-name --json`,

	"help.media.alt.export.short":   "Write one row an image, with its alt text or without",
	"help.media.alt.export.long":    "Write a CSV file (JSON with --json) with one row an image: path, URL, alt text, mark, reason, revision. Fill in the column alt, or write decorative into the column mark, and take the file back with import. Leave the revision as it is: it tells what others have changed meanwhile.",
	"help.media.alt.export.example": `mediadock media alt export news --missing-alt --output todo.csv`,

	"help.media.alt.import.short": "Take alt texts from a CSV or JSON file",
	"help.media.alt.import.long":  "Take in the rows of FILE, all of them or, where one is wrong, none. What others have changed since the export is left as they wrote it, and told. A column that is missing and a cell that is empty change nothing. CSV may be UTF-8, UTF-16, or Shift_JIS as Excel saves it in Japanese.",
	"help.media.alt.import.example": `mediadock media alt import todo.csv --dry-run
mediadock media alt import todo.csv`,
	"help.media.alt.import.flag.clear-empty": "a cell of the column alt that is empty removes the alt text",
	"help.media.alt.import.flag.overwrite":   "also write over what others have changed since the export",

	"help.media.alt.flag.refresh":        "read the whole bucket again first",
	"help.media.alt.flag.missing-alt":    "images without alt text",
	"help.media.alt.flag.suspicious-alt": "images whose alt text looks wrong",
	"help.media.alt.flag.reason":         "images with one of these `REASON`s, such as camera or too-long",

	"media.alt.missing":      "no alt text",
	"media.alt.garbled":      "read in a wrong encoding once",
	"media.alt.control":      "characters that are not seen, or line breaks",
	"media.alt.placeholder":  "a placeholder",
	"media.alt.url":          "a URL or a path",
	"media.alt.file-name":    "the file's name",
	"media.alt.camera":       "a name from a camera or a screenshot",
	"media.alt.untitled":     "a name that a program gave",
	"media.alt.no-words":     "nothing but digits and signs",
	"media.alt.generic":      "true of any image",
	"media.alt.repeated":     "the same on several different images",
	"media.alt.says-picture": "says that it is an image, as readers do already",
	"media.alt.blanks":       "blanks at its beginning or end",
	"media.alt.too-long":     "over 125 characters: long to listen to",
	"media.alt.and":          "; ",
	"media.alt.none":         "Nothing to look at: {count} images are described or decorative.",

	"media.alt.mark.decorative": "decorative",
	"media.alt.mark.checked":    "checked by a person",

	"media.alt.count.images":      "Images",
	"media.alt.count.with-alt":    "With alt text",
	"media.alt.count.decorative":  "Decorative",
	"media.alt.count.missing":     "Without alt text",
	"media.alt.count.suspicious":  "Suspicious",
	"media.alt.count.hints":       "Long",
	"media.alt.count.done":        "Nothing left to do",
	"media.alt.column.images":     "images",
	"media.alt.column.missing":    "without",
	"media.alt.column.suspicious": "suspicious",
	"media.alt.column.folder":     "folder",

	"cmd.bad_alt_reason":     "--reason {value}: use one of {values}.",
	"cmd.alt_and_decorative": "--alt and --decorative contradict each other: a decorative image has no alt text.",

	"cmd.alttable_encoding":  "The file was read as {encoding}.",
	"cmd.alttable_emptied":   "Empty cells beside an alt text: {count}. The text stays; --clear-empty removes it:",
	"cmd.alttable_conflicts": "Changed by somebody else since the export: {count}. They were left as they are; export again, or use --overwrite:",
	"cmd.alttable_now":       "now: {text}",
	"cmd.alttable_yours":     "in the file: {text}",

	"cmd.alttable.empty":        "The file is empty.",
	"cmd.alttable.empty-stdin":  "Nothing was written to it.",
	"cmd.alttable.too-long":     "The file is longer than 64 MB. Export and import folder by folder.",
	"cmd.alttable.encoding":     "The file is neither UTF-8, UTF-16 nor Shift_JIS. In Excel, save it as \"CSV UTF-8\".",
	"cmd.alttable.syntax":       "Line {line} is neither CSV nor JSON as export writes it: {detail}.",
	"cmd.alttable.no-path":      "The first line has no column “path”, which says which file a row is about.",
	"cmd.alttable.column":       "The first line has a column “{detail}”. There are path, url, alt, mark, reason and revision.",
	"cmd.alttable.column-twice": "The first line has the column “{detail}” twice.",
	"cmd.alttable.path":         "Line {line} names no file in the column “path”.",
	"cmd.alttable.twice":        "Line {line} names {detail} a second time.",
	"cmd.alttable.mark":         "Line {line} has “{detail}” in the column “mark”. It is decorative, checked, none or empty.",
	"cmd.alttable.both":         "Line {line} has an alt text for {detail} and says that it is decorative. Empty one of the two cells.",
	"cmd.alttable.computed":     "Line {line} has {detail} in place of the alt text: the spreadsheet took it for a formula. Write it again with ' before it.",
}
