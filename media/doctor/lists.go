package doctor

import "github.com/mediadock/mediadock/media/lazyregexp"

// extensions are those that a type may have; the first is the one to give.
// Formats that are one container under several names accept one another's.
var extensions = map[string]string{
	"image/png": ".png .apng", "image/jpeg": ".jpg .jpeg .jpe .jfif", "image/gif": ".gif", "image/webp": ".webp",
	"image/avif": ".avif .avifs .heif .heic", "image/heic": ".heic .heif .avif .hif", "image/heif": ".heif .heic .avif .hif",
	"image/jxl": ".jxl", "image/tiff": ".tif .tiff .dng .nef .arw .cr2", "image/bmp": ".bmp .dib", "image/vnd.adobe.photoshop": ".psd .psb",
	"application/pdf": ".pdf .ai", "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/flac": ".flac",
	"video/webm": ".webm", "video/mp4": ".mp4 .m4v .m4a .mov", "video/quicktime": ".mov .qt .mp4 .m4v", "font/woff": ".woff", "font/woff2": ".woff2",
}

// programs run when they are opened after a download.
var programs = set(".exe", ".scr", ".com", ".bat", ".cmd", ".pif", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".msi", ".hta", ".lnk", ".jar",
	".app", ".command", ".sh", ".apk", ".reg", ".cpl", ".dll", ".iso", ".url")

// shown are extensions that make people expect something to look at.
var shown = set(".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".pdf", ".doc", ".docx", ".xls", ".xlsx",
	".ppt", ".pptx", ".txt", ".csv", ".mp3", ".mp4", ".mov", ".zip")

func set(all ...string) map[string]bool {
	m := make(map[string]bool, len(all))
	for _, s := range all {
		m[s] = true
	}
	return m
}

// generic are the names that cameras, telephones and programs give.
var generic = lazyregexp.New(`(?i)^(?:` +
	`_?(?:img|dsc|dscn|dscf|dsc_|pict|p|pxl|mvi|mov|vid|gopr|gp|gx|dji|wp|imag|sam|cimg|kif|hpim|r)[-_ ]?(?:e?\d{4,8})(?:[-_ ]?\d{3,9})?(?:[-_ ](?:\d{1,3}|hdr|mp|burst|edited))?` +
	`|\d{8}[-_ ]\d{4,9}|\d{13}` +
	`|(?:image|photo|picture|file|untitled|unnamed|download|scan|screenshot|screen ?shot|document|new|copy|pasted|clipboard)(?:[-_ ]?\(?\d{0,4}\)?)` +
	`|(?:screenshot|screen shot|screenrecord(?:er|ing)?|スクリーンショット|画面収録|whatsapp image|whatsapp video|line_album|received|fb_img|signal|telegram)[-_ ]?\d.*` +
	`|(?:画像|写真|無題|名称未設定|新規|図|スキャン|ファイル|コピー)[-_ ]?[（(]?\d{0,4}[）)]?` +
	`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` +
	`)(?: ?\(\d{1,3}\)| ?- ?copy| ?copy| のコピー)?$`)

func isGeneric(stem string) bool { return len(stem) < 100 && generic.MatchString(stem) }
